"""Notices: written once, sent once, held back with a reason, tried again after a fault."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accredit.fees.actions import amend_order, enrol, set_fee
from accredit.fees.models import Order
from accredit.notices import actions, permissions, queries, tasks
from accredit.notices.models import Notice
from accredit.people.models import Profile
from accredit.portfolios import actions as portfolios
from accredit.registrations import actions as registrations
from accredit.rulebook.workflow import Stage
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import SYSTEM
from tests import factories as make

pytestmark = pytest.mark.django_db


def notice(person: Profile | None = None, **values: object) -> Notice:
    registration = make.registration(person)
    with allow_writes():
        Notice.objects.exclude(kind="registered").delete()
    found = Notice.objects.get(kind="registered", registration=registration)
    with allow_writes():
        Notice.objects.filter(pk=found.pk).update(due_at=timezone.now() - timedelta(minutes=1), **values)
    found.refresh_from_db()
    return found


def test_registering_plans_a_welcome_and_the_warnings_before_the_end() -> None:
    registration = make.registration()
    kinds = list(Notice.objects.order_by("due_at").values_list("kind", flat=True))
    assert kinds == ["registered", "expiry_reminder", "expiry_reminder", "expiry_reminder"]
    welcome = Notice.objects.get(kind="registered")
    assert registration.reference in welcome.subject
    assert f"/my/{registration.pk}/" in welcome.text
    assert "<script" not in welcome.html


def test_the_same_key_is_the_same_notice() -> None:
    first = notice()
    again = actions.plan(
        "registered",
        person=first.person,
        because="again",
        key=first.key,
        due_at=first.due_at,
        context={},
    )
    assert again == first


def test_a_due_notice_is_sent_once_as_text_and_html() -> None:
    made = notice()
    tasks.sweep.call_local()
    tasks.sweep.call_local()
    tasks.send.call_local(made.pk)
    assert len(mail.outbox) == 1
    message = mail.outbox[0]
    assert message.to == [made.address]
    assert message.extra_headers["Message-ID"] == f"<notice-{made.pk}@accredit>"
    made.refresh_from_db()
    assert made.sent_at is not None


def test_a_person_without_an_address_is_not_written_to_and_the_row_says_why() -> None:
    who = make.person()
    with allow_writes():
        Profile.objects.filter(pk=who.pk).update(email="")
    who.refresh_from_db()
    registration = make.registration(who)
    row = Notice.objects.get(kind="registered", registration=registration)
    assert row.suppressed_because == "no address is known"
    tasks.sweep.call_local()
    assert not mail.outbox


def test_a_fault_of_the_mail_server_is_written_down_and_tried_again() -> None:
    made = notice()
    with patch.object(mail.EmailMultiAlternatives, "send", side_effect=OSError("refused")):
        tasks.sweep.call_local()
    made.refresh_from_db()
    assert made.last_fault == "OSError: refused"
    assert made.sent_at is None
    assert made not in queries.waiting(timezone.now())
    assert made in queries.waiting(timezone.now() + queries.CLAIM_ENDS_AFTER + timedelta(seconds=1))


def test_it_is_given_up_after_so_many_tries() -> None:
    made = notice(tries=queries.MOST_TRIES)
    assert made not in queries.waiting(timezone.now())


def test_two_workers_send_one_message() -> None:
    made = notice()
    stale = Notice.objects.get(pk=made.pk)
    assert actions.claim(made, at=timezone.now())
    assert not actions.claim(stale, at=timezone.now())


def test_a_reminder_is_held_back_when_the_portfolio_is_in() -> None:
    registration = make.registration()
    with allow_writes():
        Notice.objects.filter(kind="registered").delete()
        Notice.objects.update(due_at=timezone.now() - timedelta(minutes=1))
        type(registration).objects.update(stage=Stage.SUBMITTED)
    tasks.sweep.call_local()
    assert not mail.outbox
    reasons = set(Notice.objects.values_list("suppressed_because", flat=True))
    assert reasons == {"the portfolio has been handed in"}


def test_a_name_with_markup_stays_text() -> None:
    registration = make.registration(make.person('<img src=x onerror="1"> & Co'))
    html = Notice.objects.get(kind="registered", registration=registration).html
    assert "<img" not in html
    assert "&lt;img" in html


def test_withdrawing_is_confirmed() -> None:
    registration = make.registration()
    registrations.withdraw(registration, because="x", by=make.candidate(registration.person), at=make.SOON)
    assert Notice.objects.filter(kind="withdrawn", person=registration.person).count() == 1
    assert list(queries.of_person(registration.person_id)[:1])


def test_more_time_replaces_the_warnings_that_name_the_earlier_day() -> None:
    registration = make.registration()
    early = Notice.objects.filter(kind="expiry_reminder").order_by("due_at").first()
    assert early is not None
    assert permissions.unwanted_because(early) == ""
    later = registration.expires_on + timedelta(days=365)
    registrations.extend(registration, until=later, because="ill", by=make.office(), at=make.SOON)
    early.refresh_from_db()
    assert permissions.unwanted_because(early) == "more time has been given"
    standing = Notice.objects.filter(kind="expiry_reminder", key__endswith=later.isoformat())
    assert standing.count() == 3
    assert all(f"{later.day} {later:%B %Y}" in each.text for each in standing)


def test_no_warning_of_the_registrations_end_goes_out_in_a_revision() -> None:
    registration = make.registration()
    with allow_writes():
        type(registration).objects.filter(pk=registration.pk).update(stage=Stage.REVISING, round=2)
    for each in Notice.objects.filter(kind="expiry_reminder"):
        assert permissions.unwanted_because(each) == "a revision has a last day of its own"


def test_a_letter_that_no_provider_takes_keeps_no_other_from_going_out() -> None:
    broken, fine = notice(), notice()
    send = EmailMultiAlternatives.send

    def picky(message: EmailMultiAlternatives, *, fail_silently: bool = False) -> int:
        if broken.address in message.to:
            raise LookupError("no such template at the provider")
        return send(message, fail_silently=fail_silently)

    with allow_writes():
        Notice.objects.filter(pk=broken.pk).update(due_at=timezone.now() - timedelta(hours=1))
    with patch.object(EmailMultiAlternatives, "send", picky):
        tasks.sweep.call_local()
    broken.refresh_from_db()
    assert broken.last_fault.startswith("LookupError")
    assert [each.to for each in mail.outbox] == [[fine.address]]


def test_a_change_of_pathway_is_told_to_candidate_and_office_with_the_fee() -> None:
    make.office()
    scheme = make.scheme()
    mine = set_fee(
        scheme, person_kind="standard", title="Standard", amount=16500,
        valid_from_on=date(2026, 1, 1), by=SYSTEM, at=make.AT,
    )  # fmt: skip
    who = make.person()
    by = make.candidate(who)
    registration = enrol(who, scheme=scheme, pathway="associate", fee=mine, by=by, at=make.AT)
    draft = make.portfolio(registration)
    for pathway in ("cmalt", "cmalt"):
        portfolios.change_pathway(draft, pathway=pathway, by=by, at=make.SOON)
    told = Notice.objects.get(kind="pathway_changed")
    assert told.person == registration.person
    assert "Associate CMALT and is now for CMALT" in told.text
    assert "difference" not in told.text
    assert "The fee is the same" in Notice.objects.get(kind="pathway_to_see").text
    set_fee(
        scheme, person_kind="standard", title="Senior", amount=20000, pathway="senior",
        valid_from_on=date(2026, 1, 1), by=SYSTEM, at=make.AT,
    )  # fmt: skip
    portfolios.change_pathway(draft, pathway="senior", by=by, at=make.SOON)
    told = Notice.objects.filter(kind="pathway_changed").latest("pk")
    assert "165.00 GBP" in told.text
    assert "200.00 GBP" in told.text
    assert "The office will write to you about the difference" in told.text
    amend_order(
        Order.objects.get(registration=registration), amount=20000, because="The table of 2026.",
        by=make.office(), at=make.SOON,
    )  # fmt: skip
    amended = Notice.objects.get(kind="order_amended")
    assert amended.person == registration.person
    assert "165.00 GBP" in amended.text
    assert "The table of 2026." in amended.text


def test_the_office_is_not_written_to_about_its_own_registration() -> None:
    who = make.person(roles=("office",))
    draft = make.portfolio(make.registration(who))
    portfolios.change_pathway(draft, pathway="cmalt", by=make.candidate(who), at=make.SOON)
    assert not Notice.objects.filter(kind="pathway_to_see").exists()
