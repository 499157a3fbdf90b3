"""What to make of an address's answer, and when to ask it again."""

from datetime import datetime, timedelta

from accredit.rulebook.terms import Finding

# It answers: whoever follows the link reads something, or is let in after signing in.
ANSWERING = frozenset({Finding.OK, Finding.MOVED})
# Only a person can tell: the page may be there for those who sign in, keep cookies, or are no program.
UNCERTAIN = frozenset({Finding.NEEDS_SIGN_IN, Finding.TURNED_AWAY, Finding.TOO_LARGE, Finding.LOOP})
BROKEN = frozenset(Finding) - ANSWERING - UNCERTAIN
# What an hour may mend: asked again before it is believed.
PASSING = frozenset(
    {
        Finding.SERVER_ERROR,
        Finding.UNREACHABLE,
        Finding.NO_SUCH_NAME,
        Finding.TOO_SLOW,
        Finding.TURNED_AWAY,
    }
)
USUAL = timedelta(days=14)
AFTER_FAILURE = (timedelta(hours=1), timedelta(days=1), timedelta(days=3), timedelta(days=7))
# So that links found on one day are not all asked on one day again.
SPREAD = timedelta(days=4)
SOON = timedelta(days=21)
SNAPSHOT_AGAIN = (timedelta(minutes=10), timedelta(hours=2), timedelta(hours=24))


def next_check(finding: Finding, *, failures: int, key: int, at: datetime) -> datetime:
    """Return when to ask again; `failures` counts this one, `key` spreads addresses over days.

    A link that does not answer is asked again after an hour, a day, three days, then weekly.
    """
    if finding in BROKEN:
        return at + AFTER_FAILURE[min(max(failures, 1), len(AFTER_FAILURE)) - 1]
    return at + USUAL + SPREAD * (key * 37 % 97) / 97


def next_try(finding: Finding, *, tries: int, at: datetime) -> datetime | None:
    """Return when to try a snapshot again after `tries` tries; None when what was found is kept."""
    if finding not in PASSING or tries > len(SNAPSHOT_AGAIN):
        return None
    return at + SNAPSHOT_AGAIN[max(tries, 1) - 1]


def ends_soon(until: datetime | None, *, at: datetime) -> bool:
    """Say whether a certificate ends within three weeks; browsers then warn instead of opening the page."""
    return until is not None and until - at < SOON
