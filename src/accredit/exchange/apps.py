"""The exchange floor as a Django app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
