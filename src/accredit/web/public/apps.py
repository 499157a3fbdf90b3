"""The public pages as a Django app."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Name and label of these pages."""

    name = "accredit.web.public"
    label = "public"
