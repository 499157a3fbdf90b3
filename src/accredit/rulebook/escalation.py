"""When a panel is not left to agree by itself: its marks lie too far apart, or its time is over."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from accredit.rulebook.framework import Edition


def too_far_apart(edition: Edition, marks: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """The rows in which two marks lie more steps of the scale apart than the edition leaves to the panel.

    `marks` holds one assessor's marks by row key. A mark that says that the row is outside the pathway, or of
    another scale, counts for nothing. Source: not known for any scheme; `agreement.spread` is a setting.
    """
    if edition.agreement.spread is None:
        return ()
    scale = [each.code for each in edition.form.marks if not each.outside]
    steps = {code: step for step, code in enumerate(scale)}
    keys = dict.fromkeys(key for each in marks for key in each)
    return tuple(key for key in keys if _distance(steps, key, marks) > edition.agreement.spread)


def _distance(steps: Mapping[str, int], key: str, marks: Sequence[Mapping[str, str]]) -> int:
    given = [steps[each[key]] for each in marks if each.get(key) in steps]
    return max(given) - min(given) if given else 0


def has_lapsed(edition: Edition, *, since: date, on: date) -> bool:
    """Whether a panel that has been agreeing since a day has had its time: `agreement.lapse_days` full days.

    Source: not known for any scheme; a setting of the edition.
    """
    days = edition.agreement.lapse_days
    return days is not None and on > since + timedelta(days=days)
