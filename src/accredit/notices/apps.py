"""The notices floor as a Django app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
