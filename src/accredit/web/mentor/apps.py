"""The pages of critical friends as a Django app."""

from django.apps import AppConfig


class MentorConfig(AppConfig):
    """Name and label of these pages."""

    name = "accredit.web.mentor"
    label = "mentor"
