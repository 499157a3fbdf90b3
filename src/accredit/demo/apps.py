"""The demo as a Django app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.demo"
    label = "demo"
