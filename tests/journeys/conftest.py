"""A real browser against a real server: `visit()` opens a page for a visitor, `enter(user)` for a person."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

# A machine that is busy with all the other tests is slow, not wrong.
expect.set_options(timeout=15_000)

WIDE = {"width": 1280, "height": 900}


class Watch:
    """Notes what a page may never do: raise, break the content security policy, ask a third party."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.faults: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        """Watch every page of the context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            self.faults.append(f"{message.text} ({message.location.get('url')})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(
            (self.origin, "data:", "blob:", "about:", "chrome:", "chrome-extension:")
        ):
            self.faults.append(f"the page asked a third party: {request.url}")


@pytest.fixture
def watch(live_server: Any) -> Iterator[Watch]:
    """Fail at the end of the journey when a page did what it may never do."""
    watch = Watch(live_server.url)
    yield watch
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def visit(chromium: Browser, live_server: Any, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Open a page in a session of its own; keyword arguments go to the browser context."""
    contexts: list[BrowserContext] = []

    def open_page(path: str = "/", **options: Any) -> Page:
        context = chromium.new_context(
            **{"base_url": live_server.url, "viewport": WIDE, "reduced_motion": "reduce", "locale": "en-GB"}
            | options
        )
        context.set_default_timeout(20_000)
        watch.follow(context)
        contexts.append(context)
        page = context.new_page()
        if path:
            page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def enter(visit: Callable[..., Page], live_server: Any) -> Callable[..., Page]:
    """Open a page as somebody who has already signed in."""

    def open_page(user: Any, path: str = "/", **options: Any) -> Page:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        page = visit("", **options)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        page.goto(path)
        return page

    return open_page
