"""What an address may name: the thing, and the part of the person whose it is."""

from dataclasses import dataclass
from typing import Any

from tests.access.cast import WHO, World


@dataclass(frozen=True)
class Target:
    """One thing an address may name: the values of its pattern, and whose it is."""

    values: dict[str, Any]
    owner: str = ""
    thing: Any = None


def who_is(world: World, person: int) -> str:
    """The part a person plays."""
    return next((who for who in WHO if world.key(who) == person), "")
