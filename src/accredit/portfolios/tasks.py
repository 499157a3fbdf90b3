"""In the background: links are asked, and files of removed evidence are let go."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from accredit.portfolios import actions, queries
from accredit.portfolios.models import Link, Snapshot
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.background import every_day, every_minutes, task
from accredit.toolkit.fetching import Answer, ask, page_of

Fetch = Callable[[str], Answer]
Row = TypeVar("Row", Link, Snapshot)

AT_ONCE = 8
# One turn of the sweep: so many addresses, of one site so many, with so many seconds between them.
MOST_LINKS, MOST_OF_A_SITE, PAUSE = 60, 5, 2.0
# A site is left alone for so long after a turn began; a turn that died holds nobody up for longer.
SITE_RESTS, TURN_ENDS = 60, 300
LOOKED_BACK = timedelta(minutes=15)


def fetcher() -> Fetch:
    """Return what asks the real net, under our name."""
    return partial(ask, agent=f"Accredit link check (+{settings.SITE_URL})")


@every_minutes(5)
def look_for_links() -> None:
    """Know the links of what has been written lately."""
    if queries.is_fetching():
        know_links_since(timezone.now() - LOOKED_BACK)


@every_day(hour=3)
def look_everywhere() -> None:
    """Know the links of every draft: also of those written while no worker ran."""
    if queries.is_fetching():
        for portfolio in queries.being_written():
            actions.know_links(portfolio, by=SYSTEM, at=timezone.now())


@every_day(hour=2)
def let_go() -> None:
    """Let go of the files of pieces that were removed longer ago than the grace time."""
    actions.let_go_of_removed(before=timezone.now() - timedelta(days=settings.FILES_GRACE_DAYS))


def know_links_since(since: datetime) -> None:
    """Know the links of the drafts saved since; each in a transaction of its own."""
    for portfolio in queries.written_since(since):
        actions.know_links(portfolio, by=SYSTEM, at=timezone.now())


@every_minutes(1)
def sweep() -> None:
    """Ask what is due, and make the snapshots that are due; one turn at a time."""
    if queries.is_fetching() and cache.add("links:turn", 1, TURN_ENDS):
        try:
            make_snapshots(queries.due_snapshots(timezone.now())[:MOST_LINKS], fetch=fetcher())
            check(queries.due_links(timezone.now())[:MOST_LINKS], fetch=fetcher())
        finally:
            cache.delete("links:turn")


@task
def check_links_of(portfolio: int) -> None:
    """Ask the links of one draft that are due; the sweep asks those whose site has just been asked."""
    if queries.is_fetching():
        rows = queries.due_links(timezone.now()).filter(portfolio_id=portfolio)
        check(rows[:MOST_LINKS], fetch=fetcher())


@task
def fetch_snapshots(submission: int) -> None:
    """Make the snapshots of one submission that are due."""
    if queries.is_fetching():
        rows = queries.due_snapshots(timezone.now()).filter(submission_id=submission)
        make_snapshots(rows[:MOST_LINKS], fetch=fetcher())


def check(links: Iterable[Link], *, fetch: Fetch, pause: float = PAUSE) -> None:
    """Ask links and write down what they answer."""
    for link, answer in _answers(links, fetch=fetch, pause=pause):
        actions.record_answer(link, answer, by=SYSTEM, at=timezone.now())


def make_snapshots(rows: Iterable[Snapshot], *, fetch: Fetch, pause: float = PAUSE) -> None:
    """Ask the addresses of submissions and keep what they answer."""
    for snapshot, answer in _answers(rows, fetch=fetch, pause=pause):
        actions.keep_snapshot(snapshot, answer, page_of(answer), by=SYSTEM, at=timezone.now())


def _answers(rows: Iterable[Row], *, fetch: Fetch, pause: float) -> Iterator[tuple[Row, Answer]]:
    """Yield each row with its answer as it comes; threads ask, and only this one knows the database."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        turns = [pool.submit(_ask_in_turn, each, fetch, pause) for each in _by_site(rows)]
        for turn in as_completed(turns):
            yield from turn.result()


def _by_site(rows: Iterable[Row]) -> list[list[Row]]:
    sites: dict[str, list[Row]] = {}
    for row in rows:
        sites.setdefault(queries.host_of(row.address), []).append(row)
    return [
        each[:MOST_OF_A_SITE] for site, each in sites.items() if cache.add(f"links:{site}", 1, SITE_RESTS)
    ]


def _ask_in_turn(rows: Sequence[Row], fetch: Fetch, pause: float) -> list[tuple[Row, Answer]]:
    found = []
    for number, row in enumerate(rows):
        time.sleep(pause if number else 0)
        found.append((row, fetch(row.address)))
    return found
