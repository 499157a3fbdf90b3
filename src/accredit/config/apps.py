"""The top floor as a Django app: binds events to their subscribers once every app is loaded."""

from django.apps import AppConfig

from accredit.config import subscriptions


class ConfigConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.config"
    label = "config"

    def ready(self) -> None:
        """Bind what has happened to what follows from it."""
        subscriptions.bind()
