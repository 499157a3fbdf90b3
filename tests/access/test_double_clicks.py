"""Two clicks, two tabs, two people at the same moment, through the pages: one effect, nothing torn, no 500.

Truly concurrent: real threads with a connection each, on PostgreSQL.
"""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from accredit.assessments.models import Appointment, Assessment, Outcome, Panel, Proposal
from accredit.awards.models import Award
from accredit.fees.models import Order, Payment
from accredit.notices.models import Notice
from accredit.portfolios.models import Check, Submission
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage
from accredit.trail.models import Row
from tests.access.cast import ADA, LEAD, MODERATOR, OFFICE, SECOND, THIRD, World
from tests.access.journey import Journey
from tests.access.situations import ORCHARD
from tests.factories import user_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture(autouse=True)
def _needs_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("row locks are PostgreSQL's")


class Click:
    """Somebody sends a form; the answer stays with it."""

    def __init__(self, world: World, who: str, name: str, *args: object, **data: Any) -> None:
        self.address, self.data, self.status, self.to = reverse(name, args=args), data, 0, ""
        self.client, self.fault = Client(), ""
        backend = "django.contrib.auth.backends.ModelBackend"
        self.client.force_login(user_of(world.person(who)), backend=backend)

    def send(self, barrier: Barrier) -> None:
        """Wait for the others, then send."""
        try:
            connection.ensure_connection()
            barrier.wait(10)
            answer = self.client.post(self.address, self.data)
            self.status, self.to = answer.status_code, str(answer.headers.get("Location", ""))
        except Exception as raised:  # noqa: BLE001 - a fault in a thread is the finding
            self.fault = f"{type(raised).__name__}: {raised}"
        finally:
            connections.close_all()


def at_once(*clicks: Click) -> list[int]:
    """Send everything at the same moment; answers of the server's own faults fail the test."""
    barrier = Barrier(len(clicks))
    threads = [Thread(target=click.send, args=(barrier,)) for click in clicks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    broken = [f"{click.address}: {click.fault or click.status}" for click in clicks if click.fault]
    broken += [f"{click.address}: {click.status}" for click in clicks if click.status >= 500]
    assert not broken, "\n".join(broken)
    return sorted(click.status for click in clicks)


def twice(world: World, who: str, name: str, *args: object, **data: Any) -> list[int]:
    """The same person clicks twice."""
    return at_once(*[Click(world, who, name, *args, **data) for _ in range(2)])


def moves(go: Journey, what: str) -> int:
    """How often the trail says so of this registration."""
    return Row.objects.filter(what=what, registration=go.world.registration.pk).count()


def stage(go: Journey) -> Stage:
    """The stage as stored."""
    return go.world.renew().stage


def letters(go: Journey, kind: str) -> int:
    """How many notices of a kind were planned for this registration."""
    return Notice.objects.filter(kind=kind, registration=go.world.registration).count()


def test_registering_twice_is_once() -> None:
    go = Journey("register")
    assert twice(go.world, "nora", "candidate:register", pathway="associate") == [302, 302]
    mine = Registration.objects.filter(person=go.world.person("nora"))
    assert mine.count() == 1
    assert Order.objects.filter(registration__in=mine).count() == 1


def test_submitting_twice_is_once() -> None:
    go = Journey("submit").write()
    assert twice(go.world, ADA, "candidate:submit", go.world.registration.pk) == [302, 302]
    assert (Submission.objects.count(), moves(go, "submit"), letters(go, "submission_received")) == (1, 1, 1)


def test_taking_back_and_beginning_the_check_exclude_each_other() -> None:
    go = Journey("take-back").submit()
    pk = go.world.registration.pk
    at_once(
        Click(go.world, ADA, "candidate:take_back", pk), Click(go.world, OFFICE, "office:check_begin", pk)
    )
    assert moves(go, "take_back") + moves(go, "begin_check") == 1
    assert Check.objects.exists() is (stage(go) is Stage.CHECKING)


def test_beginning_and_accepting_twice_is_once() -> None:
    go = Journey("check").submit()
    pk = go.world.registration.pk
    twice(go.world, OFFICE, "office:check_begin", pk)
    assert (Check.objects.count(), moves(go, "begin_check")) == (1, 1)
    twice(go.world, OFFICE, "office:check_accept", pk)
    assert (moves(go, "accept"), letters(go, "submission_accepted")) == (1, 1)


def test_returning_and_accepting_exclude_each_other() -> None:
    go = Journey("return").submit().begin_check()
    pk = go.world.registration.pk
    at_once(
        Click(go.world, OFFICE, "office:check_return", pk, reasons="A link is broken."),
        Click(go.world, OFFICE, "office:check_accept", pk),
    )
    assert moves(go, "return") + moves(go, "accept") == 1
    assert stage(go) in {Stage.RETURNED, Stage.APPOINTING}


def test_appointing_twice_is_one_panel() -> None:
    go = Journey("appoint").submit().accept()
    seats = {who: go.world.person(who).pk for who in (LEAD, SECOND)}
    twice(go.world, OFFICE, "office:panel", go.world.registration.pk, due_on="2027-11-02", **seats)
    assert (Panel.objects.count(), Appointment.objects.count(), moves(go, "appoint")) == (1, 2, 1)
    assert letters(go, "invited") == 2


def test_accepting_an_invitation_while_being_replaced() -> None:
    go = Journey("replace").seat()
    place, other = go.place(SECOND), go.world.person(THIRD).pk
    at_once(
        Click(go.world, SECOND, "assessor:invitation", place.pk, answer="accept"),
        Click(go.world, OFFICE, "office:panel_replace", go.world.registration.pk, place.pk, second=other),
    )
    standing = Appointment.objects.filter(panel=go.panel, seat="second", ended_at=None)
    assert standing.count() == 1
    assert standing.get().person_id == other
    assert Assessment.objects.filter(appointment__in=standing).count() == 0


def test_accepting_twice_opens_one_form() -> None:
    go = Journey("accept").seat()
    assert twice(go.world, LEAD, "assessor:invitation", go.place(LEAD).pk, answer="accept") == [302, 302]
    assert Assessment.objects.count() == 1


def test_declining_twice_dissolves_once() -> None:
    go = Journey("decline").seat()
    twice(go.world, LEAD, "assessor:invitation", go.place(LEAD).pk, answer="decline", reason="No time.")
    assert (stage(go), moves(go, "dissolve")) == (Stage.APPOINTING, 1)


def test_both_hand_in_at_the_same_moment() -> None:
    go = Journey("hand-in").seat().save(LEAD).save(SECOND)
    keys = [Assessment.objects.get(appointment=go.place(who)).pk for who in (LEAD, SECOND)]
    clicks = [
        Click(go.world, who, "assessor:submit", key)
        for who, key in zip((LEAD, SECOND), keys, strict=True)
        for _ in range(2)
    ]
    assert at_once(*clicks) == [302] * 4
    assert (stage(go), moves(go, "compare"), moves(go, "assessment_submitted")) == (Stage.AGREEING, 1, 2)
    assert letters(go, "assessments_in") == 2


def test_proposing_twice_is_one_proposal() -> None:
    go = Journey("propose").compare()
    said = {"outcome": "pass", "feedback": "Well done."}
    twice(go.world, LEAD, "assessor:agreement", go.panel.pk, **said)
    assert Proposal.objects.filter(replaced_at=None).count() == 1
    assert moves(go, "outcome_proposed") == 1


def test_replying_twice_decides_once() -> None:
    go = Journey("reply").compare().propose()
    standing = Proposal.objects.get()
    said = {"agrees": "yes", "proposal": standing.pk}
    twice(go.world, SECOND, "assessor:agreement", go.panel.pk, **said)
    assert (Outcome.objects.count(), moves(go, "agree"), standing.replies.count()) == (1, 1, 1)


def test_replying_while_the_lead_proposes_anew() -> None:
    go = Journey("anew").compare().propose()
    standing = Proposal.objects.get()
    at_once(
        Click(go.world, SECOND, "assessor:agreement", go.panel.pk, agrees="yes", proposal=standing.pk),
        Click(go.world, LEAD, "assessor:agreement", go.panel.pk, outcome="distinction", feedback="Anew."),
    )
    decided = Outcome.objects.first()
    standing.refresh_from_db()
    assert (decided is None) == (standing.replaced_at is not None)
    assert decided is None or decided.code == "pass"


def test_moderating_twice_is_once() -> None:
    go = Journey("moderate", ORCHARD).compare("recognised", second="prune")
    go.propose("recognised").reply(SECOND, agrees=False)
    said = {"outcome": "recognised", "feedback": "Well done.", "reasons": "Both are right."}
    twice(go.world, MODERATOR, "assessor:moderation", go.panel.pk, **said)
    assert (Outcome.objects.count(), moves(go, "moderate_for_ratification")) == (1, 1)


def test_releasing_twice_grants_one_award() -> None:
    go = Journey("release").decide()
    twice(go.world, OFFICE, "office:release", go.world.registration.pk)
    mine = Award.objects.filter(registration=go.world.registration)
    assert (mine.count(), moves(go, "release_pass"), letters(go, "result_released")) == (1, 1, 1)


def test_releasing_a_referral_twice_opens_one_round() -> None:
    go = Journey("refer").decide("minor")
    twice(go.world, OFFICE, "office:release", go.world.registration.pk)
    assert (stage(go), go.world.now.round, moves(go, "release_referral")) == (Stage.REVISING, 2, 1)


def test_withdrawing_while_the_office_releases() -> None:
    go = Journey("late").decide()
    pk = go.world.registration.pk
    at_once(
        Click(go.world, ADA, "candidate:withdraw", pk, because="I moved.", sure="yes"),
        Click(go.world, OFFICE, "office:release", pk),
    )
    granted = Award.objects.filter(registration=pk).exists()
    assert stage(go) is (Stage.ACCREDITED if granted else Stage.WITHDRAWN)


def test_recording_a_payment_twice_is_once() -> None:
    go = Journey("pay")
    said = {"amount": "10.00", "paid_on": "2026-11-02", "reference": "Bank 7"}
    twice(go.world, OFFICE, "office:payment", go.world.registration.pk, **said)
    assert (Payment.objects.count(), letters(go, "payment_recorded")) == (1, 1)
