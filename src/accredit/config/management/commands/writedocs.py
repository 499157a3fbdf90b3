"""`./accredit manage writedocs`: write the documents that are drawn from the code."""

from typing import Any

from django.core.management.base import BaseCommand

from accredit.config import documents


class Command(BaseCommand):
    """Write the generated documents."""

    help = "Write the documents under docs/ that are drawn from the code."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them and say which."""
        for name in documents.write():
            self.stdout.write(f"docs/{name}")
