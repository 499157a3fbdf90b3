"""What happens to money."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaymentRecorded:
    """The office has recorded money received."""

    payment: int
    registration: int


@dataclass(frozen=True, slots=True)
class OrderAmended:
    """The office has changed what a registration costs; `trail` is the row that says why."""

    order: int
    registration: int
    trail: int
