"""Which addresses a draft leads to, and what each of them answered."""

from datetime import datetime, timedelta

from django.db.models import Q

from accredit.portfolios.actions.desk import lock
from accredit.portfolios.events import LinksWanted
from accredit.portfolios.models import Link, Portfolio
from accredit.portfolios.queries.links import addresses_of, distinct, is_fetching
from accredit.registrations.events import Moved
from accredit.rulebook.faults import Code
from accredit.rulebook.links import BROKEN, next_check
from accredit.rulebook.workflow import FINAL, Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.fetching import Answer
from accredit.toolkit.refusals import refuse

ASKED_AGAIN_AFTER = timedelta(minutes=10)


@action
def know_links(portfolio: Portfolio, *, by: Actor, at: datetime) -> list[Link]:
    """Make the rows say what the draft says now: new addresses are due at once, those gone are forgotten.

    Called in the background, so that no save waits for it. At most 300 addresses are known.
    """
    wanted = distinct(addresses_of(portfolio))
    known = set(portfolio.links.values_list("address", flat=True))
    portfolio.links.filter(address__in=known - set(wanted)).delete()
    fresh = [Link(portfolio=portfolio, address=each, due_at=at) for each in wanted if each not in known]
    Link.objects.bulk_create(fresh, ignore_conflicts=True)
    return fresh


@action
def know_address(portfolio: Portfolio, address: str, *, by: Actor, at: datetime) -> None:
    """Know one more address of a draft, due at once."""
    if address:
        Link.objects.get_or_create(portfolio=portfolio, address=address, defaults={"due_at": at})


@action
def ask_again(portfolio: Portfolio, *, by: Actor, at: datetime) -> int:
    """Have the links asked now and return how many; each at most every ten minutes.

    Refused where this installation asks nobody, when there is no link, and when all were just asked.
    """
    desk = lock(portfolio.pk, by=by)
    if not is_fetching():
        refuse(Code.LINKS_NOT_CHECKED_HERE)
    if desk.registration.stage in FINAL:
        refuse(Code.DRAFT_CLOSED, stage=desk.registration.stage)
    know_links(desk.portfolio, by=by, at=at)
    if not desk.portfolio.links.exists():
        refuse(Code.LINKS_NONE)
    old = Q(checked_at=None) | Q(checked_at__lte=at - ASKED_AGAIN_AFTER)
    count = desk.portfolio.links.filter(old).update(due_at=at)
    if not count:
        refuse(Code.LINKS_ASKED_JUST_NOW, minutes=ASKED_AGAIN_AFTER.seconds // 60)
    publish(LinksWanted(desk.portfolio.pk))
    return count


@action
def record_answer(link: Link, answer: Answer, *, by: Actor, at: datetime) -> None:
    """Write down what an address answered and when to ask it again; nothing where the link has gone."""
    failures = link.failures + 1 if answer.finding in BROKEN else 0
    Link.objects.filter(pk=link.pk).update(
        checked_at=at,
        finding=answer.finding.value,
        http_code=answer.http_code,
        final_address=answer.final_address,
        certificate_until_at=answer.certificate_until_at,
        milliseconds=answer.milliseconds,
        failures=min(failures, 1000),
        due_at=next_check(answer.finding, failures=failures, key=link.pk, at=at),
    )


@action
def on_moved(event: Moved) -> None:
    """Ask nothing more for a registration that has ended."""
    if Stage(event.target) in FINAL:
        Link.objects.filter(portfolio__registration_id=event.registration).update(due_at=None)
