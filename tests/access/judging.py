"""What is wrong with the visits of a walk, in words."""

from collections.abc import Iterable, Iterator

from tests.access.cast import World
from tests.access.rules import LINES
from tests.access.secrets import leaks
from tests.access.things import Target
from tests.access.visiting import Visit
from tests.access.walking import Walk

MOST_QUERIES = 12


def faults_of(world: World, made: Walk) -> list[str]:
    """Everything wrong, each once."""
    found = [*_of_permission(world, made), *_of_pages(made.visits), *_of_links(made.followed)]
    found += leaks(world, made.visits)
    return list(dict.fromkeys(found))


def _of_permission(world: World, made: Walk) -> Iterator[str]:
    for name, target, visit in made.by_line:
        told = _judge(world, name, target, visit)
        if told:
            yield f"[permission] {told}: {visit}"


def _judge(world: World, name: str, target: Target, visit: Visit) -> str:
    line = LINES[name]
    if visit.verdict == "broken":
        return "broken"
    if not line.who(world, visit.who, target):
        return "" if visit.verdict == "refused" and not visit.writes else "opens to somebody who may not"
    if visit.method == "POST":
        return ""
    is_time = line.when(world, target)
    if is_time is None:
        return ""
    if is_time and visit.verdict not in {"open", "moved"}:
        return "does not open to somebody who may"
    if not is_time and visit.verdict == "open":
        return f"opens at a stage it should not ({world.stage})"
    return ""


def _of_pages(visits: Iterable[Visit]) -> Iterator[str]:
    for visit in visits:
        if visit.method == "GET":
            if visit.writes:
                yield f"[write] a GET wrote {visit.writes[0]}: {visit}"
            if visit.queries > MOST_QUERIES:
                yield f"[queries] {visit.queries} of {MOST_QUERIES}: {visit.name} as {visit.who}"


def _of_links(followed: Iterable[Visit]) -> Iterator[str]:
    for visit in followed:
        if visit.verdict == "broken":
            yield f"[link] broken: {visit}, shown on {visit.shown_on}"
        elif visit.verdict == "refused":
            yield f"[link] leads nowhere: {visit}, shown on {visit.shown_on}"
