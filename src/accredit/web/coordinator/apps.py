"""The pages of coordinators as a Django app."""

from django.apps import AppConfig


class CoordinatorConfig(AppConfig):
    """Name and label of these pages."""

    name = "accredit.web.coordinator"
    label = "coordinator"
