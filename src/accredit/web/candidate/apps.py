"""The candidate pages as a Django app."""

from django.apps import AppConfig


class CandidateConfig(AppConfig):
    """Name and label of these pages."""

    name = "accredit.web.candidate"
    label = "candidate"
