"""The assessor pages as a Django app."""

from django.apps import AppConfig


class AssessorConfig(AppConfig):
    """Name and label of these pages."""

    name = "accredit.web.assessor"
    label = "assessor"
