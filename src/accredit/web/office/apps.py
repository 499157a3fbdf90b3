"""The office pages as a Django app."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Name and label of these pages."""

    name = "accredit.web.office"
    label = "office"
