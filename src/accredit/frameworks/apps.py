"""The frameworks floor as a Django app."""

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.frameworks"
    label = "frameworks"
    default_auto_field = "django.db.models.BigAutoField"
