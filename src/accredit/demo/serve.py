"""`./accredit demo`: the example scheme in one folder, served with its background worker."""

import shutil

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from accredit.demo import building
from accredit.toolkit import background, serving

KEPT = ("secret-key", "tasks.sqlite3")


def run(port: int, reset: bool) -> None:
    """Build the example scheme if it is not there yet and serve it until interrupted."""
    if not settings.DEMO:
        raise ImproperlyConfigured("The demo runs in demo mode only; start it with ./accredit demo.")
    if reset:
        empty()
    serving.migrate()
    if not building.is_built():
        print("Building the demo scheme: people, portfolios, assessments.", flush=True)
        building.build(now=timezone.now())
    serving.serve("127.0.0.1", port, 1, True)


def empty() -> None:
    """Throw the demo's data away; the secret and the emptied queue stay: this process has them open."""
    background.forget_all()
    for path in settings.HOME.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif not path.name.startswith(KEPT):
            path.unlink()
