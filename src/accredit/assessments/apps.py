"""The assessments floor as a Django app."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.assessments"
    label = "assessments"
    default_auto_field = "django.db.models.BigAutoField"
