"""The toolkit floor as a Django app."""

from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.toolkit"
    label = "toolkit"
    default_auto_field = "django.db.models.BigAutoField"
