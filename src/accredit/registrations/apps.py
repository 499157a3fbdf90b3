"""The registrations floor as a Django app."""

from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.registrations"
    label = "registrations"
    default_auto_field = "django.db.models.BigAutoField"
