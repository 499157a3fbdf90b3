"""The plan: kept, refused, ticked off; and the letters it may ask for."""

from datetime import date, timedelta

import pytest
from django.core import mail

from accredit.notices import tasks
from accredit.notices.actions import words_of
from accredit.notices.models import Notice
from accredit.portfolios import actions, queries
from accredit.portfolios.models import Plan, Portfolio
from accredit.portfolios.queries import EntryContent, PlanContent
from accredit.registrations import actions as registrations
from accredit.rulebook.faults import Code
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.refusals import Clash, Refused
from tests import factories as make
from tests.factories import AT, owner_of, portfolio

pytestmark = pytest.mark.django_db
DAY = AT.date()
WEEK = timedelta(days=7)


def planned(draft: Portfolio, *, after: timedelta = timedelta(), **values: object) -> Plan:
    """A plan kept by its candidate."""
    content = PlanContent(**values)  # type: ignore[arg-type]
    return actions.save_plan(draft, content=content, by=owner_of(draft), at=AT + after)


def letters() -> list[Notice]:
    """The reminders written so far, the oldest first."""
    return list(Notice.objects.filter(kind="nudge").order_by("due_at"))


def test_a_plan_is_kept_and_asks_for_no_letters_of_itself() -> None:
    draft = portfolio()
    made = planned(draft, step="  List\nthe tools ", step_slot="1a", step_on=DAY, target_on=DAY + WEEK)
    assert (made.step, made.step_slot, made.version) == ("List the tools", "1a", 1)
    assert (made.nudge, made.nudge_due_on) == ("never", None)
    assert queries.plans_of(draft.registration.person_id) == {draft.registration_id: made}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"step_on": DAY - timedelta(days=1)}, Code.PLAN_DAY_PAST),
        ({"target_on": DAY - timedelta(days=1)}, Code.PLAN_DAY_PAST),
        ({"step_slot": "1c"}, Code.CHOICE_UNKNOWN),  # of another pathway
        ({"step_slot": "§"}, Code.CHOICE_UNKNOWN),
        ({"nudge": "hourly"}, Code.CHOICE_UNKNOWN),
        ({"step": "x" * 201}, Code.TEXT_TOO_LONG),
    ],
)
def test_what_a_plan_cannot_hold_is_refused_and_leaves_nothing(values: dict[str, object], code: Code) -> None:
    draft = portfolio()
    with pytest.raises(Refused) as refused:
        planned(draft, **values)
    assert [each.code for each in refused.value.faults] == [code]
    assert not Plan.objects.exists()


def test_a_day_that_has_passed_since_may_stay() -> None:
    draft = portfolio()
    planned(draft, step="One", step_on=DAY)
    assert planned(draft, after=WEEK, step="Two", step_on=DAY).step == "Two"


def test_a_day_after_the_last_is_kept() -> None:
    draft = portfolio()
    assert planned(draft, target_on=draft.registration.expires_on + WEEK).target_on


def test_two_windows_do_not_overwrite_each_other() -> None:
    draft = portfolio()
    planned(draft, step="One")
    with pytest.raises(Clash):
        actions.save_plan(draft, content=PlanContent(step="Two"), expected=0, by=owner_of(draft), at=AT)
    assert Plan.objects.get().step == "One"


def test_only_its_candidate_plans_and_only_while_writing() -> None:
    draft = make.complete_portfolio()
    stranger = make.candidate(make.person("Ruth Example"))
    for act in (
        lambda: actions.save_plan(draft, content=PlanContent(), by=stranger, at=AT),
        lambda: actions.finish_step(draft, by=stranger, at=AT),
    ):
        with pytest.raises(Refused):
            act()
    actions.submit(draft, by=owner_of(draft), at=AT)
    with pytest.raises(Refused) as refused:
        planned(draft, step="Too late")
    assert refused.value.faults[0].code is Code.DRAFT_CLOSED


def test_a_step_done_twice_is_done_once_and_letters_rest() -> None:
    draft = portfolio()
    planned(draft, step="One", step_slot="1a", step_on=DAY, target_on=DAY + WEEK, nudge="weekly")
    for _ in range(2):
        actions.finish_step(draft, by=owner_of(draft), at=AT)
    made = Plan.objects.get()
    assert (made.step, made.step_slot, made.step_on, made.nudge_due_on) == ("", "", None, None)
    assert (made.version, made.target_on, made.nudge) == (2, DAY + WEEK, "weekly")
    tasks.nudge_due(at=AT + 9 * WEEK)
    assert letters() == []
    assert planned(draft, after=WEEK, step="Two", nudge="weekly").nudge_due_on == DAY + 2 * WEEK


def test_saving_again_does_not_put_a_letter_off() -> None:
    draft = portfolio()
    planned(draft, step="One", nudge="weekly")
    assert planned(draft, after=timedelta(days=5), step="Two", nudge="weekly").nudge_due_on == DAY + WEEK
    assert planned(draft, step="Two", nudge="monthly").nudge_due_on == date(2026, 12, 2)
    assert planned(draft, step="Two", nudge="never").nudge_due_on is None


def test_a_letter_comes_when_due_says_why_and_never_twice() -> None:
    draft = portfolio()
    planned(draft, step="List the tools", step_on=DAY + WEEK, target_on=DAY + 9 * WEEK, nudge="weekly")
    tasks.nudge_due(at=AT + timedelta(days=6))
    assert letters() == []
    for _ in range(3):
        tasks.nudge_due(at=AT + WEEK)
    (letter,) = letters()
    # What they plan is their own: the row, which the office reads, does not say it; the letter does.
    assert "List the tools" not in letter.subject + letter.text + letter.html
    assert all("List the tools" in each for each in words_of(letter))
    planned(draft, step="Name the tools", nudge="weekly", after=WEEK)
    assert words_of(letter)[0] == "Your next step: Name the tools"
    assert "because you asked on the page of your plan to be reminded every week" in letter.text
    assert "planned for 9 November 2026" in letter.text
    assert "done by 4 January 2027" in letter.text
    assert f"/letters/stop/{queries.stop_token(draft.pk)}/" in letter.text
    assert letter.because == "asked to be reminded: weekly"
    tasks.nudge_due(at=AT + 2 * WEEK)
    assert len(letters()) == 2


def test_nobody_is_reminded_at_night() -> None:
    draft = portfolio()
    planned(draft, step="One", nudge="weekly")
    night = (AT + WEEK).replace(hour=0, minute=30)
    tasks.nudge_due(at=night)
    assert [each.due_at.hour for each in letters()] == [8]


def test_after_a_long_silence_one_letter_comes_and_not_five() -> None:
    draft = portfolio()
    planned(draft, step="One", nudge="weekly")
    back = AT + 5 * WEEK + timedelta(days=2)
    for hour in range(3):
        tasks.nudge_due(at=back + timedelta(hours=hour))
    assert len(letters()) == 1
    assert Plan.objects.get().nudge_due_on == back.date() + WEEK


def test_choosing_anew_on_the_day_of_a_letter_brings_no_second_one() -> None:
    draft = portfolio()
    planned(draft, step="One", nudge="weekly")
    tasks.nudge_due(at=AT + WEEK)
    for frequency in ("never", "weekly"):
        planned(draft, after=WEEK, step="One", nudge=frequency)
    tasks.nudge_due(at=AT + WEEK)
    assert len(letters()) == 1


def test_without_a_step_of_their_own_the_first_section_not_ready_is_named() -> None:
    draft = portfolio()
    planned(draft, nudge="fortnightly")
    make.write(queries.entry_at(draft, "context"), EntryContent(text="<p>Where I work.</p>"))
    tasks.nudge_due(at=AT + 2 * WEEK)
    assert letters()[0].subject.startswith("Your next step: 1a ")


def test_letters_stop_when_the_section_is_ready() -> None:
    draft = portfolio()
    planned(draft, step_slot="context", nudge="weekly")
    make.write(queries.entry_at(draft, "context"), EntryContent(text="<p>Where I work.</p>"))
    tasks.nudge_due(at=AT + WEEK)
    assert letters() == []
    assert Plan.objects.get().nudge_due_on is None


def test_of_a_step_in_their_own_words_only_they_know_when_it_is_done() -> None:
    draft = make.complete_portfolio()
    planned(draft, step="Read it aloud", step_slot="1a", nudge="weekly")
    tasks.nudge_due(at=AT + WEEK)
    assert len(letters()) == 1


def test_letters_stop_when_nothing_is_left_to_write() -> None:
    draft = make.complete_portfolio()
    planned(draft, nudge="weekly")
    tasks.nudge_due(at=AT + WEEK)
    assert letters() == []


@pytest.mark.parametrize("ending", ["submit", "withdraw", "expire"])
def test_letters_stop_when_the_portfolio_is_no_longer_written(ending: str) -> None:
    draft = make.complete_portfolio()
    planned(draft, step="Polish it", nudge="weekly")
    if ending == "submit":
        actions.submit(draft, by=owner_of(draft), at=AT)
    elif ending == "withdraw":
        registrations.withdraw(draft.registration, because="", by=owner_of(draft), at=AT)
    else:
        registrations.expire(draft.registration, by=SYSTEM, at=AT + 200 * WEEK)
    tasks.nudge_due(at=AT + 300 * WEEK)
    assert letters() == []
    assert Plan.objects.get().nudge_due_on is None


@pytest.mark.parametrize("ending", ["submit", "stop", "done"])
def test_a_letter_written_at_night_is_held_back_if_the_world_has_moved_on(ending: str, time_machine) -> None:  # type: ignore[no-untyped-def]
    draft = make.complete_portfolio()
    planned(draft, step="Polish it", nudge="weekly")
    tasks.nudge_due(at=(AT + WEEK).replace(hour=0))
    if ending == "submit":
        actions.submit(draft, by=owner_of(draft), at=AT + WEEK)
    elif ending == "done":
        actions.finish_step(draft, by=owner_of(draft), at=AT + WEEK)
    else:
        actions.stop_letters(draft.pk)
    time_machine.move_to(AT + WEEK)
    for letter in letters():
        tasks.deliver(letter)
    (letter,) = letters()
    assert letter.suppressed_at
    assert letter.suppressed_because
    assert not mail.outbox


def test_a_letter_carries_the_headers_by_which_mail_programs_stop_it(time_machine) -> None:  # type: ignore[no-untyped-def]
    draft = portfolio()
    planned(draft, step="One", nudge="weekly")
    tasks.nudge_due(at=AT + WEEK)
    time_machine.move_to(AT + WEEK + timedelta(hours=1))
    tasks.deliver(letters()[0])
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"].endswith(f"/letters/stop/{queries.stop_token(draft.pk)}/>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_other_letters_do_not_offer_to_be_stopped() -> None:
    portfolio()
    welcome = Notice.objects.filter(kind="registered").first()
    assert welcome is not None
    assert tasks.queries.stopping_headers(welcome) == {}


def test_stopping_twice_is_stopping() -> None:
    draft = portfolio()
    planned(draft, step="One", nudge="weekly")
    for _ in range(2):
        actions.stop_letters(draft.pk)
    made = Plan.objects.get()
    assert (made.nudge, made.nudge_due_on, made.step) == ("never", None, "One")


@pytest.mark.parametrize("token", ["", "12", "12:forged", "x" * 500, "\x00"])
def test_a_link_we_have_not_signed_names_nothing(token: str) -> None:
    assert queries.portfolio_of_stop_token(token) is None
    assert queries.portfolio_of_stop_token(queries.stop_token(7)) == 7


def test_the_next_step_goes_with_its_area_and_ends_with_it() -> None:
    draft = portfolio(pathway="senior")
    first, second = draft.entries.filter(section="5").order_by("position")
    make.write(second, EntryContent(title="Another"))
    made = make.write(actions.add_entry(draft, "5", by=owner_of(draft), at=AT), EntryContent(title="Mine"))
    planned(draft, step_slot="5c", step="Describe it")
    actions.remove_entry(first, by=owner_of(draft), at=AT)
    assert Plan.objects.get().step_slot == "5b"
    actions.add_entry(draft, "5", by=owner_of(draft), at=AT)
    actions.remove_entry(made, by=owner_of(draft), at=AT)
    assert (Plan.objects.get().step_slot, Plan.objects.get().step) == ("", "Describe it")
