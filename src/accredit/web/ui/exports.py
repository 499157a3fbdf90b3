"""How far a document asked for is, in words."""

from collections.abc import Sequence

from accredit.exchange.models import Export
from accredit.rulebook.faults import Code, fault
from accredit.wording import sentence


def state_of(export: Export | None) -> str:
    """Say how far it is: new, making, ready or failed."""
    if export is None:
        return "new"
    if export.made_at is not None:
        return "ready"
    return "failed" if export.fault else "making"


def told_of(export: Export | None) -> Sequence[str]:
    """Return what was said on making it: why it failed, or what it could not hold."""
    told = export.fault if export is not None and export.fault else []
    return [sentence(fault(Code(code), **values)) for code, values in told]
