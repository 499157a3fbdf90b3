"""The fees floor as a Django app."""

from django.apps import AppConfig


class FeesConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.fees"
    label = "fees"
    default_auto_field = "django.db.models.BigAutoField"
