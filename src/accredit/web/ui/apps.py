"""The shared interface as a Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Name and label of the shared interface."""

    name = "accredit.web.ui"
    label = "ui"
