"""Recognition: which stretch of a document belongs where in a portfolio, with how sure and why. Pure."""

from accredit.exchange.recognition.outline import Item, Outline, Said, Stretch, Sure, Why
from accredit.exchange.recognition.placing import outline_of
from accredit.exchange.recognition.slots import Slot, slots_for

__all__ = [
    "Item",
    "Outline",
    "Said",
    "Slot",
    "Stretch",
    "Sure",
    "Why",
    "outline_of",
    "slots_for",
]
