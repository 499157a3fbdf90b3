"""`./accredit manage collect_files`: delete now what the nightly collection would delete."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from accredit.files.tasks import run_collection
from accredit.portfolios.actions import let_go_of_removed


class Command(BaseCommand):
    """Marks files that nothing refers to, and deletes those that have been so for longer than the grace."""

    help = "Delete files that nothing has referred to for FILES_GRACE_DAYS days; a submission's never."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take another grace time."""
        parser.add_argument("--days", type=int, default=settings.FILES_GRACE_DAYS, help="grace time in days")

    def handle(self, *args: Any, **options: Any) -> None:
        """Collect and say what was done."""
        at, grace = timezone.now(), timedelta(days=max(0, options["days"]))
        let_go_of_removed(before=at - grace)
        done = run_collection(at=at, grace=grace)
        self.stdout.write(
            f"{done.deleted} files deleted ({filesizeformat(done.freed)}), {done.waiting} wait for the end "
            f"of their grace time, {done.uploads} abandoned uploads forgotten."
        )
