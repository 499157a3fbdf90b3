"""Asks for every address as everybody, then follows every link anybody is shown."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from accredit.rulebook.workflow import Stage
from tests.access.cast import BYSTANDERS, COMMITTEE, MODERATOR, SITTING, WHO, World
from tests.access.rules import LINES
from tests.access.targets import address, named_addresses, targets
from tests.access.things import Target
from tests.access.visiting import Visit, Visitors, links

# These stay the same at every stage: asked for in one situation.
STILL = (
    "public:", "account", "mfa", "socialaccount", "openid", "ui:", "candidate:register", "assessor:offer",
    "office:people", "office:person", "office:award", "office:past", "office:assessor", "office:conflict",
    "office:windows", "office:fees", "office:institution", "office:dry_run", "office:edition", "office:role",
    "office:cohort",
)  # fmt: skip
ONCE = "accredited"
# One for each stage, in which the forms are sent as well. In the others those ask who have a part in them.
WHOLE = {
    "drafting", "submitted", "checking", "returned", "appointing", "assessing-clerk", "agreeing-proposed",
    "third-draft", "blind-moderating", "blind-ratifying", "held", "revising", "accredited", "blind-failed",
    "withdrawn", "expired",
}  # fmt: skip
# Here everybody asks for everything. In the rest of WHOLE those without a part take turns, two at a time, and
# outside of it nobody knocks where their part has no door: who is refused there depends on who they are more
# than on the moment. `./accredit nightly` lets everybody ask for everything always.
CROWDED = {ONCE, "drafting", "assessing-clerk", "blind-moderating"}
LIBRARY = ("account_", "mfa", "socialaccount", "openid")
PRIVATE = ("/my/", "/assess/", "/office/", "/friend/", "/cohorts/")
MOST, MOST_ALIKE = 60, 2


def is_still(world: World, name: str) -> bool:
    """Whether an address is looked at in another situation."""
    is_registered = name == "candidate:registered"
    return world.name != ONCE and name.startswith(STILL) and not is_registered


def who_asks(world: World) -> list[str]:
    """Who has a part in this world, and of the others those whose turn it is."""
    if world.name == ONCE:
        return list(WHO)
    alike = {*SITTING, "stranger"} - {who for who in SITTING if world.place(who)}
    away = set() if world.name in CROWDED else set(BYSTANDERS) - _in_turn(world)
    if world.stage in {Stage.MODERATING, Stage.RATIFYING, Stage.APPEALING}:
        away -= {MODERATOR, COMMITTEE}
    return [who for who in WHO if who not in alike | away]


def _in_turn(world: World) -> set[str]:
    if world.name not in WHOLE:
        return set()
    first = 2 * sorted(WHOLE).index(world.name)
    return {BYSTANDERS[(first + more) % len(BYSTANDERS)] for more in (0, 1)}


def asked_for(world: World) -> Iterator[tuple[str, Target]]:
    """The named addresses of a world with everything they may name."""
    for name, parameters in named_addresses().items():
        if name in LINES and not is_still(world, name):
            for target in targets(name, parameters, world):
                yield name, target


class Walk:
    """Every visit made in a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.by_line: list[tuple[str, Target, Visit]] = []
        self.followed: list[Visit] = []

    @property
    def visits(self) -> list[Visit]:
        """All of them."""
        return [visit for _name, _target, visit in self.by_line] + self.followed


def walk(world: World, *, only: str = "", everybody: bool = False) -> Walk:
    """Visit everything once in every role, or look at all there is for one."""
    made, visitors = Walk(world), Visitors(world)
    whos = [only] if only else list(WHO) if everybody else who_asks(world)
    for who in whos:
        asked: Counter[str] = Counter()
        for name, target in asked_for(world):
            where, asked[name] = address(name, target), asked[name] + 1
            if asked[name] > MOST_ALIKE and not target.owner:
                continue
            if not (everybody or _is_worth_asking(world, who, name, target)):
                continue
            if not LINES[name].form_only:
                made.by_line.append((name, target, visitors.get(who, where)))
            if asked[name] == 1 and not only and world.name in WHOLE and not name.startswith(LIBRARY):
                made.by_line.append((name, target, visitors.post(who, where)))
    for who in whos:
        made.followed += _follow(who, visitors, made)
    return made


def _is_worth_asking(world: World, who: str, name: str, target: Target) -> bool:
    return world.name in WHOLE or name.startswith("assessor:") or LINES[name].who(world, who, target)


def is_public(world: World, path: str) -> bool:
    """Whether a page is the same for everybody, and looked at in another situation."""
    return world.name != ONCE and not path.startswith(PRIVATE)


def _follow(who: str, visitors: Visitors, made: Walk) -> list[Visit]:
    """Open what the pages lead to; of addresses alike the first few."""
    waiting = [each for each in made.visits if each.who == who and each.method == "GET"]
    seen, alike = {each.address for each in waiting}, Counter[str]()
    followed: list[Visit] = []
    while waiting and len(followed) < MOST:
        page = waiting.pop(0)
        for link in links(page) if page.verdict == "open" else []:
            path = urlsplit(link).path
            if link in seen or path.startswith(("/account/", "/_ui/")) or is_public(made.world, path):
                continue
            seen.add(link)
            kind = re.sub(r"\d+", "0", path)
            alike[kind] += 1
            if alike[kind] <= MOST_ALIKE:
                followed.append(visitors.get(who, link, shown_on=page.address))
                waiting.append(followed[-1])
    return followed
