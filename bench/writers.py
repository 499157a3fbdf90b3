"""Many people who write at once: their portfolios, and the saves a browser would send for them."""

import http.client
import json
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.urls import reverse
from lxml import html

from accredit.demo.cast import Plan
from accredit.demo.writing import Writer as Author
from accredit.fees.actions import enrol
from accredit.frameworks.models import Scheme
from accredit.people.actions import Details, Stay, record_person
from accredit.people.models import Profile, User
from accredit.portfolios.actions import open_portfolio
from accredit.portfolios.models import Portfolio
from accredit.rulebook.workflow import Role
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import SYSTEM, Actor
from bench.pages import cookies_of

# A pathway's text of the demo, and a section in the middle of it.
PLAN = Plan(pathway="cmalt", stage="drafting", portfolio="tomas-cmalt", progress=0.9)
HOME = "University of Wexcombe"
SLOT = "1a"


@dataclass
class Writer:
    """One open editor: the form as the page holds it, and what each save took from when it was due."""

    path: str
    cookies: str
    form: dict[str, str]
    text: str
    took: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    saves: int = 0

    def save(self, connection: http.client.HTTPConnection, due: float) -> None:
        """Add a sentence and send the form as the page does two seconds after a pause."""
        self.saves += 1
        words = f"<p>Sentence {self.saves}: I tried it with a second group and wrote down what changed.</p>"
        body = self.form | {self.text: self.form[self.text] + words, "touched": self.text}
        headers = {
            "Cookie": self.cookies,
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "X-Autosave": "1",
        }
        connection.request("POST", self.path, urlencode(body), headers)
        answer = connection.getresponse()
        content = answer.read()
        self.took.append(time.perf_counter() - due)
        if answer.status != 200:
            self.faults.append(f"{answer.status}: {content[:200]!r}")
            return
        self.form |= {name: str(value) for name, value in json.loads(content)["fields"].items()}


def make(number: int, *, at: datetime) -> list[Writer]:
    """Give so many new people a draft of real length, and open a section of each in an editor."""
    scheme = Scheme.objects.get(is_default=True)
    return [_opened(_candidate(scheme, each, at=at)) for each in range(number)]


def _candidate(scheme: Scheme, number: int, *, at: datetime) -> Portfolio:
    details = Details(name=f"Writer {number:03d}")
    person = record_person(
        details, email=f"writer{number}@bench.example", stays=(Stay(HOME),), by=SYSTEM, at=at
    )
    with allow_writes():
        person.user = User.objects.create_user(person.email)
        person.save()
    draft = registered(person, scheme, PLAN.pathway, at=at)
    Author(draft, person, HOME, PLAN).fill(at=at)
    return draft


def registered(person: Profile, scheme: Scheme, pathway: str, *, at: datetime) -> Portfolio:
    """Register a person for a pathway and return the portfolio, still empty."""
    by = Actor(person=person.pk, role=Role.CANDIDATE)
    made = enrol(person, scheme=scheme, pathway=pathway, fee=None, by=by, at=at)
    return open_portfolio(made.pk, by=SYSTEM, at=at)


def _opened(draft: Portfolio) -> Writer:
    user = draft.registration.person.user
    if user is None:
        raise LookupError("the writer has no sign-in")
    token = _get_new_csrf_string()
    path = reverse("candidate:section", args=[draft.registration_id, SLOT])
    form = _form_of(user, path) | {"csrfmiddlewaretoken": token}
    text = next(name for name in form if name.endswith("description"))
    return Writer(path, cookies_of(user, token), form, text)


def _form_of(user: User, path: str) -> dict[str, str]:
    """Read the page once and return the fields of its form, as a browser would send them."""
    client = Client(HTTP_HOST="127.0.0.1", SERVER_PORT=80)
    with allow_writes():
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    page: Any = html.fromstring(client.get(path).content)
    form = next(each for each in page.forms if "data-autosave" in each.attrib)
    return dict(form.form_values())


def at_their_pace(port: int, writers: Sequence[Writer], *, every: float, seconds: float) -> float:
    """Let each save every so many seconds, out of step; a late answer delays none of the saves after it."""

    def work(writer: Writer, first: float) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        due = first
        while due < end:
            time.sleep(max(0.0, due - time.perf_counter()))
            writer.save(connection, due)
            due += every

    began = time.perf_counter()
    end = began + seconds
    chance = random.Random(1)
    threads = [
        threading.Thread(target=work, args=(each, began + chance.random() * every)) for each in writers
    ]
    return _together(threads, began)


def without_pause(port: int, writers: Sequence[Writer], *, seconds: float) -> float:
    """Let each save again as soon as it is answered: how many saves there can be at all."""

    def work(writer: Writer) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.perf_counter() < end:
            writer.save(connection, time.perf_counter())

    began = time.perf_counter()
    end = began + seconds
    return _together([threading.Thread(target=work, args=(each,)) for each in writers], began)


def _together(threads: Sequence[threading.Thread], began: float) -> float:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began
