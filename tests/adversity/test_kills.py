"""The server is killed at random moments while people write: every acknowledged word is there afterwards."""

import json
import random
import re
import threading
import time
import uuid
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psycopg
import pytest
from django.conf import settings

from tests.adversity.serving import Served, Writer

pytestmark = pytest.mark.both
SLOT = "context"
STORED = re.compile(r"(\d+) was written")


@pytest.fixture
def database() -> Iterator[str]:
    """The address of a database of its own; '' where it is a file in the server's folder."""
    given = settings.DATABASES["default"]
    if "sqlite" in given["ENGINE"]:
        yield ""
        return
    name, host = f"adversity_{uuid.uuid4().hex[:8]}", given["HOST"]
    where = f"host={host} user={given['USER']} dbname=postgres"
    with psycopg.connect(where, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield f"postgresql://{given['USER']}@/{name}?host={host}"
    with psycopg.connect(where, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Writing(threading.Thread):
    """A page that saves as fast as it can, and goes on from what was acknowledged when an answer is lost."""

    def __init__(self, server: Served, writer: Writer) -> None:
        super().__init__(daemon=True)
        self.server, self.writer = server, writer
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.typed = self.acknowledged = self.version = self.answers = 0
        self.faults: list[str] = []
        self.is_over = threading.Event()

    def run(self) -> None:
        """Write until told to stop."""
        while not self.is_over.is_set():
            self.typed += 1
            try:
                self._save(self.typed)
            except HTTPError as answer:
                self.faults.append(f"{answer.code}: {answer.read()[:200]!r}")
            except OSError:
                time.sleep(0.05)

    def ask(self, path: str, data: dict[str, object] | None = None) -> bytes:
        """Ask the server for something as the signed-in person."""
        headers = {"X-Autosave": "1", "Accept": "application/json"} if data else {}
        cookies = f"{settings.SESSION_COOKIE_NAME}={self.writer.session}"
        sent = urlencode(data).encode() if data else None
        jar = next(each for each in self.opener.handlers if isinstance(each, HTTPCookieProcessor)).cookiejar
        cookies += "".join(f"; {each.name}={each.value}" for each in jar if each.name == "csrftoken")
        request = Request(self.server.url + path, sent, headers | {"Cookie": cookies})
        with self.opener.open(request, timeout=10) as answer:
            found: bytes = answer.read()
        return found

    def _save(self, number: int) -> None:
        token = json.loads(self.ask("/_ui/token"))["token"] if not self.answers else self.token
        self.token = token
        told = json.loads(self.ask(self.writer.section(SLOT), {
            "csrfmiddlewaretoken": token, "version": self.version, "tab": f"tab{self.writer.registration}",
            "touched": json.dumps({"text": self.version}), "text": f"<p>{number} was written.</p>",
        }))  # fmt: skip
        self.version, self.acknowledged, self.answers = told["version"], number, self.answers + 1

    def stored(self) -> int:
        """The number that stands in the entry."""
        page = self.ask(self.writer.section(SLOT)).decode()
        return int(found[1]) if (found := STORED.search(page)) else 0


@pytest.mark.parametrize("kills", [3, pytest.param(1000, marks=pytest.mark.slow)])
def test_kills_lose_nothing_that_was_acknowledged(tmp_path: Path, database: str, kills: int) -> None:
    chance = random.Random(kills)
    with Served(tmp_path, database) as server:
        pages = [Writing(server, writer) for writer in server.found(4)]
        server.start()
        for page in pages:
            page.start()
        for number in range(kills):
            time.sleep(chance.uniform(0.1, 1.2))
            server.kill()
            seen = [page.acknowledged for page in pages]
            server.start()
            stored = [page.stored() for page in pages]
            lost = [each for each in zip(seen, stored, strict=True) if each[1] < each[0]]
            assert not lost, f"kill {number + 1}: acknowledged and stored {lost}"
        for page in pages:
            page.is_over.set()
        for page in pages:
            page.join(30)
        assert all(page.stored() == page.acknowledged for page in pages)
    assert not [fault for page in pages for fault in page.faults]
    assert all(page.answers > kills for page in pages), [page.answers for page in pages]
