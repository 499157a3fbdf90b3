"""Background work: typed doors to the task queue. A task is idempotent and finds its work in rows."""

from collections.abc import Callable
from typing import Any, ParamSpec, cast

from django.db import transaction
from huey import crontab
from huey.contrib.djhuey import HUEY, db_periodic_task, db_task

P = ParamSpec("P")


def task(function: Callable[P, object]) -> Callable[P, object]:
    """Make calling `function` enqueue it; it is tried three times more when it fails."""
    return cast(Callable[P, object], db_task(retries=3, retry_delay=10)(function))


def every_minutes(minutes: int) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Have the worker run a function at this distance; the sweep that finds what a crash lost."""

    def decorate(function: Callable[[], object]) -> Callable[[], object]:
        when = crontab(minute=f"*/{minutes}")
        return cast(Callable[[], object], db_periodic_task(when)(function))

    return decorate


def every_day(hour: int) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Have the worker run a function once a day at this hour (UTC)."""

    def decorate(function: Callable[[], object]) -> Callable[[], object]:
        when = crontab(hour=str(hour), minute="5")
        return cast(Callable[[], object], db_periodic_task(when)(function))

    return decorate


def on_commit(function: Callable[..., object], *args: Any) -> None:
    """Enqueue once the transaction is safely in the database, and not at all if it is rolled back."""
    transaction.on_commit(lambda: function(*args))


def forget_all() -> None:
    """Empty the queue: of a database thrown away, no task finds its rows."""
    HUEY.flush()
