"""The one way to write: a function marked `@action` is one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

_writing: ContextVar[bool] = ContextVar("accredit_writing", default=False)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` in one transaction; an action called by an action joins the outer one."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with allow_writes(), transaction.atomic():
            return function(*args, **kwargs)

    return run


@contextmanager
def allow_writes() -> Iterator[None]:
    """Mark the block as one that may write; tests refuse writes outside such a block."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def is_writing() -> bool:
    """Say whether the running code is inside an action."""
    return _writing.get()
