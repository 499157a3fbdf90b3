"""The files floor as a Django app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
