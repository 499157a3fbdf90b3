"""The top floor as a Django app: binds events to their subscribers once every app is loaded."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class ConfigConfig(AppConfig):
    """Name and label of this floor."""

    name = "accredit.config"
    label = "config"

    def ready(self) -> None:
        """Bind what has happened to what follows from it."""
        # By name: the module needs models, which do not exist while this one is read.
        import_string("accredit.config.subscriptions.bind")()
