"""The people floor as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
