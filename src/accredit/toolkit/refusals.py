"""Refusals: an action that may not happen raises `Refused` with the codes that say why."""

from typing import NoReturn

from accredit.rulebook.faults import Code, Fault, fault


class Refused(Exception):
    """An action did not happen; nothing was written. `faults` say what is missing."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(str(each.code) for each in faults))
        self.faults = faults


class Clash(Refused):
    """Two saves collided; the one that came later was kept beside, not over, the other."""


def refuse(code: Code, **values: str | int) -> NoReturn:
    """Raise a refusal of one fault."""
    raise Refused(fault(code, **values))


def refuse_if(faults: tuple[Fault, ...]) -> None:
    """Raise a refusal when there is any fault."""
    if faults:
        raise Refused(*faults)
