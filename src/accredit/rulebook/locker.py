"""What the locker asks of a piece of evidence, and what it only advises."""

from datetime import date

from accredit.rulebook.faults import Code, Fault, fault


def period_faults(start: date | None, end: date | None) -> tuple[Fault, ...]:
    """What is wrong with the period of a practice; either end may be left open."""
    if start is not None and end is not None and end < start:
        return (fault(Code.PERIOD_ENDS_BEFORE_START),)
    return ()


def permission_advice(title: str, *, others: str, permission: str) -> tuple[Fault, ...]:
    """Advice where other people are named and nobody has said how they agreed; it never blocks.

    The scheme asks candidates to anonymise evidence or to hold permission; only they can know.
    """
    if others.strip() and not permission:
        return (fault(Code.PERMISSION_UNSAID, title=title),)
    return ()
