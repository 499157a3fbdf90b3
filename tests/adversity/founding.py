"""Founds an installation for writers, in a process of its own: prints their registrations and sessions."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - the program is imported once Django is set up
from django.test import Client  # noqa: E402

from accredit.toolkit import serving  # noqa: E402
from tests import factories as make  # noqa: E402


def found(writers: int) -> list[dict[str, object]]:
    """Migrate, and give each writer an empty portfolio and an open session."""
    serving.migrate()
    serving.collect_static()
    made = []
    for number in range(writers):
        person = make.person(f"Writer {number}", sign_in=True)
        draft = make.portfolio(make.registration(person))
        client = Client()
        assert person.user is not None
        client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        made.append({"registration": draft.registration_id, "session": session})
    return made


if __name__ == "__main__":
    print(json.dumps(found(int(sys.argv[1]))))
