"""The trail floor as a Django app."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.trail"
    label = "trail"
    default_auto_field = "django.db.models.BigAutoField"
