"""The awards floor as a Django app."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.awards"
    label = "awards"
    default_auto_field = "django.db.models.BigAutoField"
