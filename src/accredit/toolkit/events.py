"""Events: what has happened, told to subscribers inside the transaction in which it happened."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")

_subscribers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[E], handler: Callable[[E], None]) -> None:
    """Have `handler` run for each event of `kind`; a second subscription of the same pair is one."""
    if handler not in _subscribers[kind]:
        _subscribers[kind].append(handler)


def publish(event: object) -> None:
    """Run the subscribers of the event's type, in the order they subscribed, in this transaction."""
    for handler in _subscribers[type(event)]:
        handler(event)


def subscriptions() -> dict[type, tuple[Callable[[Any], None], ...]]:
    """Return who listens to what, for tests and documentation."""
    return {kind: tuple(handlers) for kind, handlers in _subscribers.items()}
