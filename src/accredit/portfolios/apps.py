"""The portfolios floor as a Django app."""

from django.apps import AppConfig


class PortfoliosConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.portfolios"
    label = "portfolios"
    default_auto_field = "django.db.models.BigAutoField"
