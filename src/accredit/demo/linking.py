"""Gives the demo's links their answers: invented pages, written down by the program's own actions."""

import tomllib
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Link, Portfolio, Snapshot
from accredit.rulebook.terms import Finding
from accredit.rulebook.workflow import FINAL
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.fetching import Answer, Page

ASKED, KEPT = timedelta(hours=20), timedelta(minutes=4)


@lru_cache(maxsize=1)
def pages() -> dict[str, dict[str, Any]]:
    """Return the invented pages by their address."""
    rows = tomllib.loads((Path(__file__).parent / "pages.toml").read_text(encoding="utf-8"))["pages"]
    return {row["address"]: row for row in rows}


def answer(address: str, *, at: datetime) -> Answer:
    """Return what an address of the demo answers."""
    row = pages()[address]
    return Answer(
        finding=Finding(row["finding"]),
        http_code=row["code"],
        final_address=row.get("now_at", address),
        certificate_until_at=at + timedelta(days=row.get("ends_in_days", 200)),
        milliseconds=180,
        media_type="text/html",
    )


def answer_links(*, now: datetime) -> None:
    """Ask every link of a registration that goes on, yesterday, and every one of a submission on its day."""
    for portfolio in Portfolio.objects.exclude(registration__stage__in=FINAL).order_by("pk"):
        portfolios.know_links(portfolio, by=SYSTEM, at=now - ASKED)
    for link in Link.objects.filter(due_at__isnull=False, address__in=pages()).order_by("pk"):
        portfolios.record_answer(link, answer(link.address, at=now), by=SYSTEM, at=now - ASKED)
    rows = Snapshot.objects.filter(fetched_at=None, address__in=pages()).select_related("submission")
    for snapshot in rows.order_by("pk"):
        row, at = pages()[snapshot.address], snapshot.submission.submitted_at + KEPT
        page = Page(row.get("title", ""), row.get("text", "").strip())
        portfolios.keep_snapshot(snapshot, answer(snapshot.address, at=at), page, by=SYSTEM, at=at)
