"""`./accredit createadmin`: the first person of the office, who can invite the others."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from accredit.people.actions import create_office_person
from accredit.toolkit.refusals import Refused
from accredit.wording import sentence


class Command(BaseCommand):
    """Create a sign-in with the office role."""

    help = "Create a person who may sign in and has the office role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--email", required=True, help="address to sign in with")
        parser.add_argument("--name", required=True, help="full name, as colleagues see it")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password from standard input",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check what was typed and create the person."""
        password = (
            sys.stdin.readline().rstrip("\n") if options["password_stdin"] else getpass.getpass("Password: ")
        )
        try:
            validate_email(options["email"])
            validate_password(password)
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault
        try:
            person = create_office_person(
                email=options["email"], name=options["name"], password=password, at=timezone.now()
            )
        except Refused as refusal:
            raise CommandError(" ".join(sentence(fault) for fault in refusal.faults)) from refusal
        # Confirmed at once: whoever runs this has the server, and mail may not work yet.
        EmailAddress.objects.create(user=person.user, email=options["email"], verified=True, primary=True)
        self.stdout.write(f"{options['name']} may now sign in as {options['email']}.")
