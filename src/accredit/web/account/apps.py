"""The account pages as a Django app."""

from django.apps import AppConfig


class AccountConfig(AppConfig):
    """Name and label of these pages."""

    name = "accredit.web.account"
    label = "web_account"  # allauth has an app labelled "account"
