"""The browser that walks through the demo and makes the pictures; `screenshots.py` says where it goes."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

LARGEST = 250_000
WIDE, PHONE = (1280, 860), (390, 844)


class Clock:
    """The one moment at which the program believes to be."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 24, 10, 5, tzinfo=UTC)
        timezone.now = lambda: self.moment

    def pass_by(self, days: int, minutes: int = 25) -> None:
        """Move on."""
        self.moment += timedelta(days=days, minutes=minutes)


class Handler(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log_message(self, *values: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the demo from threads of this process."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Handler, connections_override=None)
    # Made here, because it looks for the static files only once.
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        connections.close_all()


class Walk:
    """One browser, one walk through the scheme, a picture at each stop."""

    def __init__(self, browser: Browser, base: str, clock: Clock, into: Path) -> None:
        self.browser, self.base, self.clock, self.into = browser, base, clock, into
        self.page: Page
        self.registration = 0

    def be(self, name: str) -> None:
        """Sign in as one of the cast, in a fresh browser session."""
        for old in self.browser.contexts:
            old.close()
        context = self.browser.new_context(base_url=self.base, locale="en-GB", reduced_motion="reduce")
        context.set_default_timeout(15_000)
        self.page = context.new_page()
        self.size(WIDE)
        self.go("/demo/")
        self.page.get_by_role("button", name=re.compile(f"^Be {name}")).click()
        self.page.wait_for_load_state()

    def size(self, size: tuple[int, int]) -> None:
        """Change the size of the window."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def go(self, path: str) -> None:
        """Open an address; `{}` stands for the registration."""
        answer = self.page.goto(path.format(self.registration))
        if answer is None or not answer.ok:
            raise SystemExit(f"{path}: {answer.status if answer else 'no answer'}")

    def press(self, name: str, role: str = "button") -> None:
        """Press a button or follow a link of the page."""
        self.page.get_by_role("main").get_by_role(role, name=re.compile(f"^{name}")).first.click()
        self.page.wait_for_load_state()

    def write(self, label: str, words: str) -> None:
        """Write into a field, plain or with an editor."""
        self.page.get_by_role("textbox", name=re.compile(f"^{label}")).first.fill(words)

    def take(
        self,
        name: str,
        *,
        at: Locator | None = None,
        looks: str = "light",
        phone: bool = False,
        height: int = WIDE[1],
    ) -> None:
        """Make a picture of the window, with `at` near its top."""
        self.size(PHONE if phone else (WIDE[0], height))
        self.page.emulate_media(color_scheme="dark" if looks == "dark" else "light")
        if at is None:
            self.page.evaluate("scrollTo(0, 0)")
        else:
            at.first.evaluate("each => scrollTo(0, each.getBoundingClientRect().top + scrollY - 24)")
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate("document.fonts.ready")
        self.page.wait_for_timeout(200)
        raw = self.page.screenshot(animations="disabled", caret="hide")
        save(raw, self.into / f"{name}.png")
        self.page.emulate_media(color_scheme="light")
        self.size(WIDE)


def save(raw: bytes, path: Path) -> None:
    """Write a picture with a palette, as small as that makes it."""
    path.with_suffix(".raw").write_bytes(raw)
    with Image.open(path.with_suffix(".raw")) as image:
        flat = image.convert("RGB").quantize(128, dither=Image.Dither.NONE)
        flat.save(path, optimize=True)
    path.with_suffix(".raw").unlink()
    size = path.stat().st_size
    print(f"{path.name:<28}{size:>9,}")
    if size > LARGEST:
        raise SystemExit(f"{path} is larger than {LARGEST:,} bytes.")
