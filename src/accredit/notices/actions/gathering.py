"""One letter in place of many, for those who wish it: once a day, what can wait."""

from datetime import datetime

from accredit.frameworks.queries import default_scheme
from accredit.notices.actions.delivery import plan, suppress
from accredit.notices.models import Notice
from accredit.notices.permissions import unwanted_because
from accredit.notices.queries import to_gather
from accredit.people.models import Profile
from accredit.toolkit.actions import action

BECAUSE = "letters that can wait come together once a day"


@action
def gather(person: Profile, *, at: datetime) -> Notice | None:
    """Put what waits for somebody into one letter; a single one goes out as it is. None where nothing waits.

    What is no longer true is held back first, as it would be by itself.
    """
    rows = list(to_gather(at).select_for_update(of=("self",)).filter(person=person))
    waiting = []
    for each in rows:
        unwanted = unwanted_because(each)
        if unwanted:
            suppress(each, because=unwanted, at=at)
        else:
            waiting.append(each)
    keys = [each.pk for each in waiting]
    if len(waiting) < 2:
        Notice.objects.filter(pk__in=keys).update(is_gathered=False)
        return waiting[0] if waiting else None
    digest = plan(
        "digest",
        person=person,
        because=BECAUSE,
        key=f"digest:{person.pk}:{keys[0]}",
        due_at=at,
        context={
            "scheme": default_scheme(),
            "letters": [{"title": each.subject, "text": body_of(each)} for each in waiting],
        },
    )
    Notice.objects.filter(pk__in=keys).update(
        gathered_in=digest, suppressed_at=at, suppressed_because="it stands in the letter of the day"
    )
    return digest


def body_of(notice: Notice) -> str:
    """Return the words of a letter without the greeting and the close, which the gathered letter has once."""
    blocks = notice.text.split("\n\n")
    return "\n\n".join(blocks[1:-1]) if len(blocks) > 2 else notice.text
