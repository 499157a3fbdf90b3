"""Guards that hold while a test runs: only actions write, templates do not query, nothing leaves."""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import apps
from django.db.backends.signals import connection_created
from django.template.base import Template
from template_partials.templatetags.partials import TemplateProxy

from accredit.toolkit.actions import is_writing

WRITE = re.compile(
    r"^\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+\"?(\w+)\"?", re.IGNORECASE
)
READ = re.compile(r"\b(?:FROM|JOIN)\s+\"?(\w+)\"?", re.IGNORECASE)
LOCAL = {"127.0.0.1", "127.0.0.2", "::1", "localhost"}
EXEMPT_TEMPLATES = ("account/", "mfa/", "socialaccount/", "allauth/")

WRITES_OUTSIDE = """{table} was written outside an action:
    {sql}
Only functions marked @action in actions.py write. In tests: a factory, or `with allow_writes():`."""
QUERY_IN_TEMPLATE = """The template {template} ran a query:
    {sql}
Fetch it in the view or in reads.py (select_related, prefetch_related, annotate) and hand it over."""


class Broken(AssertionError):
    """A rule of the house was broken while a test ran."""


class Guard:
    """Active while a test's body runs; keeps what was broken, also in threads of the live server."""

    active = False
    broken: list[str]


guard = Guard()
guard.broken = []
_rendering: ContextVar[str] = ContextVar("rendering", default="")


@cache
def our_tables() -> frozenset[str]:
    """List the tables of our models; `User` is written by the sign-in library and therefore left out."""
    ours = [
        model
        for app in apps.get_app_configs()
        if app.name.startswith("accredit.")
        for model in app.get_models()
    ]
    links = [field.remote_field.through for model in ours for field in model._meta.local_many_to_many]
    return frozenset(model._meta.db_table for model in [*ours, *links]) - {"people_user"}


def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Let a statement through, or say which rule it breaks."""
    if guard.active:
        _judge(str(sql))
    return execute(sql, params, many, context)


def _judge(sql: str) -> None:
    found = WRITE.match(sql)
    if found and found[1] in our_tables() and not is_writing():
        _refuse(WRITES_OUTSIDE.format(table=found[1], sql=sql[:300]))
    template = _rendering.get()
    if template and not template.startswith(EXEMPT_TEMPLATES) and our_tables() & set(READ.findall(sql)):
        _refuse(QUERY_IN_TEMPLATE.format(template=template, sql=sql[:300]))


def _refuse(message: str) -> None:
    guard.broken.append(message)
    raise Broken(message)


@contextmanager
def guarded() -> Iterator[None]:
    """Hold the rules within the block and fail at its end if one was broken in any thread."""
    guard.active, guard.broken = True, []
    try:
        yield
    finally:
        guard.active = False
    if guard.broken:
        raise Broken(guard.broken[0])


def install() -> None:
    """Watch every connection, every rendering and every socket of this process."""
    connection_created.connect(_watch_connection, dispatch_uid="guards")
    for kind in (Template, TemplateProxy):
        kind.render = _marked(kind.render)
    socket.socket.connect = _local_only(socket.socket.connect)  # type: ignore[method-assign]


def _watch_connection(*, connection: Any, **_: Any) -> None:
    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(watch)


def _marked(render: Callable[..., str]) -> Callable[..., str]:
    def run(self: Any, context: Any) -> str:
        outer = _rendering.get()
        # An exempt page stays exempt within its layout, and ours within an included part of a library.
        token = _rendering.set(outer or str(getattr(self, "name", "") or "(unnamed)"))
        try:
            return render(self, context)
        finally:
            _rendering.reset(token)

    return run


def _local_only(connect: Callable[..., Any]) -> Callable[..., Any]:
    def run(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOCAL:
            raise Broken(
                f"a test tried to reach {address[0]}; tests stay on this machine: put a fake in its place"
            )
        return connect(self, address)

    return run
