"""`./accredit manage found_scheme`: name the scheme of an installation and publish its edition."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accredit.exchange.actions import make_signing_key
from accredit.exchange.queries.credentials import key_in_use
from accredit.frameworks.actions import found_scheme, publish_edition
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import shipped_documents
from accredit.registrations.actions import set_window
from accredit.registrations.models import Window
from accredit.toolkit.actions import action
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.refusals import Refused
from accredit.wording import sentence


class Command(BaseCommand):
    """Found a scheme with one edition in force and submissions open all year."""

    help = (
        "Name the scheme of this installation and publish one of the editions that come with the program, "
        "or one of your own. Submissions are open all year until the office sets other windows."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--code", required=True, help="short name of the scheme, such as cmalt")
        parser.add_argument("--name", required=True, help="the scheme's name, as people see it")
        parser.add_argument("--body", required=True, help="who runs it")
        parser.add_argument("--contact", default="", help="address for enquiries")
        parser.add_argument(
            "--edition",
            default="cmalt-2026",
            help=f"one of: {', '.join(shipped_documents())}; or the path of a TOML document",
        )
        parser.add_argument("--from", dest="day", default="", help="first day in force (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Found, publish and open; all of it or nothing."""
        if Scheme.objects.filter(code=options["code"]).exists():
            raise CommandError(f"There is already a scheme {options['code']!r}.")
        try:
            day = date.fromisoformat(options["day"]) if options["day"] else timezone.localdate()
            document = self.document(options["edition"])
            self.found(options, document, day)
        except ValueError as fault:
            raise CommandError(f"--from takes a day such as 2026-01-31: {fault}") from fault
        except Refused as refused:
            raise CommandError(" ".join(sentence(each) for each in refused.faults)) from refused
        self.stdout.write(
            f"{options['name']} is founded and open. Set its fees in the office. "
            "Back up the key that signs its credentials: ./accredit manage signing_keys backup FILE"
        )

    def document(self, edition: str) -> str:
        """Return the text of a shipped edition, or of the file of that path."""
        shipped = shipped_documents()
        if edition in shipped:
            return shipped[edition]
        try:
            return Path(edition).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise CommandError(
                f"{edition} is neither an edition of the program nor a readable file."
            ) from fault

    @action
    def found(self, options: dict[str, Any], document: str, day: date) -> None:
        """Write the scheme, its edition and its window in one transaction."""
        at = timezone.now()
        scheme = found_scheme(
            options["code"],
            name=options["name"],
            body=options["body"],
            contact_email=options["contact"],
            by=SYSTEM,
            at=at,
        )
        publish_edition(scheme, document, in_force_on=day, by=SYSTEM, at=at)
        set_window(scheme, mode=Window.Mode.ROLLING, opens_at=None, closes_at=None, by=SYSTEM, at=at)
        if key_in_use() is None:
            make_signing_key(by=SYSTEM, at=at)
