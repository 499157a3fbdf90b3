"""What the links of a submission led to when it was made: rows first, their content in the background."""

import hashlib
from datetime import datetime

from accredit.portfolios.models import Snapshot, Submission
from accredit.portfolios.queries.links import addresses_in_content, distinct
from accredit.rulebook.links import next_try
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.fetching import Answer, Page


@action
def plan_snapshots(submission: Submission, *, by: Actor, at: datetime) -> None:
    """Write a row, due now, for each address of a submission."""
    wanted = distinct(addresses_in_content(submission.content))
    Snapshot.objects.bulk_create(
        Snapshot(submission=submission, address=address, due_at=at) for address in wanted
    )


@action
def keep_snapshot(snapshot: Snapshot, answer: Answer, page: Page, *, by: Actor, at: datetime) -> None:
    """Keep what an address answered, once and for good; where an hour may mend it, it is tried again.

    The hash is that of the text in UTF-8, as it is kept. What was kept already stays as it is.
    """
    tries = snapshot.tries + 1
    waiting = Snapshot.objects.filter(pk=snapshot.pk, fetched_at=None)
    again = next_try(answer.finding, tries=tries, at=at)
    if again is not None:
        waiting.update(tries=tries, due_at=again, finding=answer.finding.value, http_code=answer.http_code)
        return
    waiting.update(
        tries=tries,
        fetched_at=at,
        finding=answer.finding.value,
        http_code=answer.http_code,
        final_address=answer.final_address,
        media_type=answer.media_type,
        title=page.title,
        text=page.text,
        sha256=hashlib.sha256(page.text.encode("utf-8")).hexdigest() if page.text else "",
    )
