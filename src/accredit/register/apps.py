"""The register floor as a Django app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"
