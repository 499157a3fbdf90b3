"""What happens to money."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaymentRecorded:
    """The office has recorded money received."""

    payment: int
    registration: int
