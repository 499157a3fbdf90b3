"""Asking for an address as somebody, and noting what came: answer, text, questions asked, rows written."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from tests import guards
from tests.access.cast import WHO, World

CONTROL = re.compile(r"^\s*(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA|SET)\b", re.IGNORECASE)
LINK = re.compile(
    r"""<(?:a|iframe|img|source|embed|object|form)\b[^>]*?\b(?:href|src|data|action)="([^"]*)"([^>]*)"""
)
SIGN_IN = "/account/login/"


@dataclass
class Visit:
    """One answer to one person."""

    who: str
    method: str
    address: str
    status: int
    to: str = ""
    text: str = ""
    fault: str = ""
    queries: int = 0
    writes: list[str] = field(default_factory=list)
    shown_on: str = ""

    @property
    def name(self) -> str:
        """The name of the address."""
        try:
            return resolve(urlsplit(self.address).path).view_name
        except Resolver404:
            return ""

    @property
    def verdict(self) -> str:
        """`open`, `moved` (within), `refused`, `late` (a refusal in words) or `broken`."""
        if self.fault or self.status >= 500:
            return "broken"
        if self.status in {301, 302, 303}:
            return "refused" if self.to.startswith(SIGN_IN) else "moved"
        if self.status in {403, 404, 405}:
            return "refused"
        return "late" if self.status in {409, 422, 400} else "open"

    def __str__(self) -> str:
        told = self.fault or f"{self.status}{' to ' + self.to if self.to else ''}"
        return f"{self.method} {self.address} ({self.name}) as {self.who}: {told}"


class Rollback(Exception):
    """Undo what a visit did."""


class Visitors:
    """Everybody of a world, signed in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clients: dict[str, Client] = {}
        for who in WHO:
            client = Client(raise_request_exception=True)
            if world.people[who] is not None:
                user = world.person(who).user
                assert user is not None
                client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            self.clients[who] = client

    def get(self, who: str, address: str, *, shown_on: str = "") -> Visit:
        """Ask for a page; whatever it writes is undone."""
        return self._ask(who, "GET", address, shown_on=shown_on)

    def post(self, who: str, address: str, **data: Any) -> Visit:
        """Send a form, empty unless given; whatever it writes is undone."""
        return self._ask(who, "POST", address, **data)

    def _ask(self, who: str, method: str, address: str, *, shown_on: str = "", **data: Any) -> Visit:
        visit = Visit(who, method, address, 0, shown_on=shown_on)
        client = self.clients[who]
        cookies = deepcopy(client.cookies)
        ask: Callable[..., Any] = client.get if method == "GET" else client.post
        with watching(visit):
            try:
                with transaction.atomic():
                    _note(visit, ask(address, data, headers={"referer": f"http://testserver{shown_on}"}))
                    raise Rollback
            except Rollback:
                pass
            except Exception as raised:  # noqa: BLE001 - a broken page is a finding, not the end of the walk
                visit.fault = f"{type(raised).__name__}: {str(raised)[:300]}"
        client.cookies = cookies
        return visit


def _note(visit: Visit, answer: HttpResponseBase) -> None:
    visit.status = answer.status_code
    visit.to = str(answer.headers.get("Location", ""))
    body = answer.getvalue()
    headers = "\n".join(f"{key}: {value}" for key, value in answer.headers.items())
    visit.text = f"{headers}\n\n{bytes(body).decode('utf-8', 'replace')}"


@contextmanager
def watching(visit: Visit) -> Iterator[None]:
    """Count the questions put to the database and note the writes to our tables."""

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not CONTROL.match(sql):
            visit.queries += 1
            found = guards.WRITE.match(sql)
            if found and found[1] in guards.our_tables():
                visit.writes.append(sql[:160])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield


def links(visit: Visit) -> list[str]:
    """The addresses of this site a page leads to by a plain click, without those that need a form."""
    if "text/html" not in visit.text[:2000]:
        return []
    found = []
    for match in LINK.finditer(visit.text):
        address = urljoin(visit.address, unescape(match[1]))
        parts = urlsplit(urldefrag(address)[0])
        is_post = match[0].startswith("<form") and 'method="post"' in match[0].lower()
        if parts.scheme or parts.netloc or is_post or parts.path.startswith("/static/"):
            continue
        found.append(unquote(parts.geturl()) if not parts.query else parts.geturl())
    return list(dict.fromkeys(found))
