"""Critical friends: asking, answering, commenting, and what each of the two may do."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from accredit.notices import tasks
from accredit.notices.models import Notice
from accredit.notices.permissions import unwanted_because
from accredit.people.models import Profile
from accredit.portfolios import actions
from accredit.portfolios.models import Comment, Entry, Mentor, Portfolio
from accredit.portfolios.queries import (
    EntryContent,
    digest_of,
    draft_of,
    mentor_invited_by,
    mentors_of,
    parts_of,
    passages,
    standing_of,
    token_of,
)
from accredit.rulebook.faults import Code
from accredit.rulebook.mentoring import Standing
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import Actor
from accredit.trail.models import Row
from tests import factories as make
from tests.factories import AT, LATER
from tests.portfolios import refused_with

pytestmark = pytest.mark.django_db
UNTIL = (AT + timedelta(days=14)).date()


def written() -> tuple[Portfolio, Entry]:
    """A draft, and its contextual statement."""
    draft = make.complete_portfolio()
    return draft, Entry.objects.get(portfolio=draft, section="context")


def friend(who: Profile) -> Actor:
    """Somebody acting as a critical friend."""
    return Actor(person=who.pk, role=Role.MENTOR)


def read_of(draft: Portfolio) -> Mentor:
    """The invitation as pages read it."""
    return mentors_of(draft.pk)[0]


def say(mentor: Mentor, place: Entry, who: Profile, **values: Any) -> Comment:
    """A comment on words that stand in the statement."""
    said = {"part": "text", "quote": "What I say", "text": "Say more.", "entry": place.pk} | values
    return actions.write_comment(mentor, **said, by=friend(who), at=values.pop("at", AT))


def test_an_invitation_stores_no_secret_and_writes_a_letter_that_holds_it() -> None:
    draft, entry = written()
    made = make.invite(draft, "Mina@Example.org", entry, message="Be <b>frank</b>.")
    token = token_of(read_of(draft))
    stored = Mentor.objects.get()
    assert stored.token_sha256 == digest_of(token)
    assert stored.email == "mina@example.org"
    assert mentor_invited_by(token) == made
    letter = Notice.objects.get(kind="mentor_invited")
    assert (letter.person, letter.address) == (None, "mina@example.org")
    assert token not in letter.text + letter.html
    assert "frank" not in letter.text + letter.html
    tasks.deliver(letter)
    sent = mail.outbox[0]
    assert sent.to == ["mina@example.org"]
    html = str(sent.alternatives[0][0])  # type: ignore[attr-defined]
    assert all(f"/friend/invitation/{token}/" in part for part in (str(sent.body), html))
    assert "Be <b>frank</b>." in sent.body
    assert "<b>" not in html
    row = Row.objects.get(what="mentor_invited")
    assert row.data["slots"] == ["context"]
    assert row.words.values["address"] == "mina@example.org"
    assert "frank" not in str(row.words.values)


def test_a_known_address_is_written_to_as_the_person() -> None:
    draft, entry = written()
    mina = make.person("Mina Example")
    make.invite(draft, mina.email.upper(), entry)
    assert Notice.objects.get(kind="mentor_invited").person == mina


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"email": "not an address"}, Code.MENTOR_ADDRESS_ODD),
        ({"email": "a" * 300 + "@example.org"}, Code.TEXT_TOO_LONG),
        ({"name": "x" * 300}, Code.TEXT_TOO_LONG),
        ({"message": "x" * 2001}, Code.TEXT_TOO_LONG),
        ({"entries": []}, Code.MENTOR_NO_SECTION),
        ({"entries": [10**9]}, Code.COMMENT_PLACE_UNKNOWN),
        ({"until_on": date(2026, 11, 1)}, Code.MENTOR_DAY_PAST),
        ({"until_on": date(2030, 11, 1)}, Code.MENTOR_DAY_FAR),
    ],
)
def test_odd_invitations_are_refused_and_leave_nothing(values: dict[str, Any], code: Code) -> None:
    draft, entry = written()
    said = {"name": "Mina", "email": "mina@example.org", "entries": [entry.pk], "until_on": UNTIL} | values
    with refused_with(code):
        actions.invite_mentor(draft, **said, by=make.owner_of(draft), at=AT)
    assert not Mentor.objects.exists()
    assert not Notice.objects.filter(kind="mentor_invited").exists()


def test_own_address_twice_the_same_and_another_candidates_entry_are_refused() -> None:
    draft, entry = written()
    with refused_with(Code.MENTOR_OWN_ADDRESS):
        make.invite(draft, draft.registration.person.email.upper(), entry)
    make.invite(draft, "mina@example.org", entry)
    with refused_with(Code.MENTOR_ASKED_ALREADY):
        make.invite(draft, "MINA@example.org", entry)
    other = make.portfolio(make.registration(make.person("Bea Example")))
    with refused_with(Code.COMMENT_PLACE_UNKNOWN):
        make.invite(other, "mina@example.org", entry)
    with refused_with(Code.NOT_YOURS):
        actions.invite_mentor(
            draft, name="M", email="m@example.org", entries=[entry.pk], until_on=UNTIL,
            by=make.owner_of(other), at=AT,
        )  # fmt: skip
    with refused_with(Code.NOT_YOURS):
        actions.invite_mentor(
            draft, name="M", email="m@example.org", entries=[entry.pk], until_on=UNTIL,
            by=make.office(), at=AT,
        )  # fmt: skip


def test_nobody_is_asked_once_it_is_handed_in() -> None:
    draft, entry = written()
    actions.submit(draft, by=make.owner_of(draft), at=AT)
    with refused_with(Code.DRAFT_CLOSED):
        make.invite(draft, "mina@example.org", entry)


def test_the_first_who_accepts_has_the_link() -> None:
    draft, entry = written()
    mina, vic = make.person("Mina Example"), make.person("Vic Example")
    made = make.invite(draft, "somebody@example.org", entry)
    actions.bind_mentor(made, by=friend(mina), at=AT)
    actions.bind_mentor(made, by=friend(mina), at=LATER)
    with refused_with(Code.MENTOR_OVER):
        actions.bind_mentor(made, by=friend(vic), at=AT)
    with refused_with(Code.MENTOR_OVER):
        actions.decline_mentoring(made, by=friend(vic), at=AT)
    stored = Mentor.objects.get()
    assert (stored.person, stored.accepted_at) == (mina, AT)
    assert Notice.objects.filter(kind="mentor_accepted", person=draft.registration.person).count() == 1
    assert Row.objects.filter(what="mentor_accepted").count() == 1


def test_neither_the_candidate_nor_a_friend_twice_accepts() -> None:
    draft, entry = written()
    mina = make.person("Mina Example")
    with refused_with(Code.MENTOR_IS_YOURS):
        actions.bind_mentor(make.invite(draft, "one@example.org", entry), by=make.owner_of(draft), at=AT)
    make.befriended(draft, mina, entry)
    with refused_with(Code.MENTOR_IS_ALREADY):
        actions.bind_mentor(make.invite(draft, "two@example.org", entry), by=friend(mina), at=AT)


def test_declining_needs_no_account_and_is_told_once() -> None:
    draft, entry = written()
    made = make.invite(draft, "mina@example.org", entry)
    for _ in range(2):
        actions.decline_mentoring(made, by=Actor(person=None, role=Role.MENTOR), at=AT)
    assert standing_of(read_of(draft), AT) is Standing.DECLINED
    assert Notice.objects.filter(kind="mentor_declined").count() == 1
    assert unwanted_because(Notice.objects.get(kind="mentor_invited"))
    make.invite(draft, "mina@example.org", entry, at=LATER)


def test_a_letter_sent_again_kills_the_link_of_the_first() -> None:
    draft, entry = written()
    made = make.invite(draft, "mina@example.org", entry)
    first = token_of(made)
    with refused_with(Code.MENTOR_SENT_JUST_NOW):
        actions.send_invitation_again(made, by=make.owner_of(draft), at=AT)
    actions.send_invitation_again(made, by=make.owner_of(draft), at=LATER)
    assert mentor_invited_by(first) is None
    assert mentor_invited_by(token_of(read_of(draft))) == made
    early, late = Notice.objects.filter(kind="mentor_invited").order_by("pk")
    assert (unwanted_because(early), unwanted_because(late)) == ("a newer letter has been sent", "")


def test_a_link_dies_with_the_last_day_the_end_and_the_handing_in() -> None:
    draft, entry = written()
    mina = make.person("Mina Example")
    late, ended, closed = (make.invite(draft, f"{each}@example.org", entry) for each in "abc")
    with refused_with(Code.MENTOR_OVER):
        actions.bind_mentor(late, by=friend(mina), at=AT + timedelta(days=15))
    actions.end_mentoring(ended, by=make.owner_of(draft), at=AT)
    with refused_with(Code.MENTOR_OVER):
        actions.bind_mentor(ended, by=friend(mina), at=AT)
    actions.submit(draft, by=make.owner_of(draft), at=AT)
    with refused_with(Code.MENTOR_OVER):
        actions.bind_mentor(closed, by=friend(mina), at=AT)


def test_sections_and_last_day_change_and_the_friend_is_told() -> None:
    draft, entry = written()
    mina = make.person("Mina Example")
    made = make.befriended(draft, mina, entry)
    other = Entry.objects.get(portfolio=draft, section="plans")
    by, until = make.owner_of(draft), UNTIL + timedelta(days=7)
    for _ in range(2):
        actions.change_mentoring(made, entries=[other.pk], until_on=until, by=by, at=LATER)
    assert list(made.entries.all()) == [other]
    assert Notice.objects.filter(kind="mentor_changed", person=mina).count() == 1
    with refused_with(Code.MENTOR_DAY_PAST):
        actions.change_mentoring(made, entries=[other.pk], until_on=AT.date(), by=by, at=LATER)
    actions.end_mentoring(made, by=friend(mina), at=LATER)
    with refused_with(Code.MENTOR_ANSWERED):
        actions.change_mentoring(made, entries=[other.pk], until_on=until, by=by, at=LATER)
    with refused_with(Code.MENTOR_ANSWERED):
        actions.send_invitation_again(made, by=by, at=LATER)


def test_only_the_two_of_them_end_it() -> None:
    draft, entry = written()
    made = make.befriended(draft, make.person("Mina Example"), entry)
    with refused_with(Code.NOT_YOURS):
        actions.end_mentoring(made, by=friend(make.person("Vic Example")), at=AT)
    with refused_with(Code.NOT_YOURS):
        actions.end_mentoring(made, by=make.office(), at=AT)
    for _ in range(2):
        actions.end_mentoring(made, by=make.owner_of(draft), at=AT)
    assert Row.objects.filter(what="mentor_ended").count() == 1


def test_a_comment_is_told_once_a_day_and_the_letter_holds_none_of_it() -> None:
    draft, entry = written()
    mina = make.person("Mina Example")
    made = make.befriended(draft, mina, entry)
    comment = say(made, entry, mina, before="x" * 100)
    assert say(made, entry, mina) == comment
    say(made, entry, mina, text="And more.")
    assert (comment.before, comment.quote) == ("x" * 60, "What I say")
    letter = Notice.objects.get(kind="comments_written")
    assert letter.due_at > AT
    assert not {"Say more", "What I say"} & set(letter.text.split("\n"))
    assert not unwanted_because(letter)
    for each in Comment.objects.all():
        actions.resolve_comment(each, by=make.owner_of(draft), at=AT)
    assert unwanted_because(letter) == "no comment waits any more"
    assert not Row.objects.filter(what__startswith="comment").exists()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"text": "  "}, Code.COMMENT_EMPTY),
        ({"text": "x" * 5001}, Code.TEXT_TOO_LONG),
        ({"quote": "What I say about context. " * 60}, Code.COMMENT_QUOTE_GONE),
        ({"quote": "words that never stood there"}, Code.COMMENT_QUOTE_GONE),
        ({"part": "e1-description"}, Code.COMMENT_PLACE_UNKNOWN),
        ({"part": "x" * 100}, Code.COMMENT_PLACE_UNKNOWN),
        ({"entry": 10**9}, Code.COMMENT_PLACE_UNKNOWN),
    ],
)
def test_odd_comments_are_refused(values: dict[str, Any], code: Code) -> None:
    draft, entry = written()
    mina = make.person("Mina Example")
    made = make.befriended(draft, mina, entry)
    with refused_with(code):
        say(made, entry, mina, **values)
    assert not Comment.objects.exists()


def test_a_section_that_was_not_chosen_takes_no_comment() -> None:
    draft, entry = written()
    mina = make.person("Mina Example")
    made = make.befriended(draft, mina, entry)
    other = Entry.objects.get(portfolio=draft, section="plans")
    with refused_with(Code.COMMENT_PLACE_UNKNOWN):
        say(made, other, mina)
    with refused_with(Code.NOT_YOURS):
        say(made, entry, make.person("Vic Example"))


def test_too_many_comments_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accredit.portfolios.actions.commenting.MOST_COMMENTS", 1)
    draft, entry = written()
    mina = make.person("Mina Example")
    made = make.befriended(draft, mina, entry)
    say(made, entry, mina)
    with refused_with(Code.COMMENTS_TOO_MANY):
        say(made, entry, mina, text="Another.")


def test_reading_rests_while_nothing_is_written() -> None:
    draft, entry = written()
    mina = make.person("Mina Example")
    made = make.befriended(draft, mina, entry)
    actions.submit(draft, by=make.owner_of(draft), at=AT)
    with refused_with(Code.MENTOR_NOT_READING):
        say(made, entry, mina)
    assert standing_of(read_of(draft), AT) is Standing.RESTING
    assert standing_of(read_of(draft), AT + timedelta(days=15)) is Standing.OVER


def test_the_friend_changes_and_takes_back_until_it_is_dealt_with() -> None:
    draft, entry = written()
    mina = make.person("Mina Example")
    comment = say(make.befriended(draft, mina, entry), entry, mina)
    assert actions.change_comment(comment, text="Say less.", by=friend(mina), at=AT).text == "Say less."
    with refused_with(Code.NOT_YOURS):
        actions.change_comment(comment, text="x", by=make.owner_of(draft), at=AT)
    actions.resolve_comment(comment, by=make.owner_of(draft), at=AT)
    with refused_with(Code.COMMENT_RESOLVED):
        actions.change_comment(comment, text="x", by=friend(mina), at=AT)
    with refused_with(Code.COMMENT_RESOLVED):
        actions.remove_comment(comment, by=friend(mina), at=AT)
    actions.reopen_comment(comment, by=make.owner_of(draft), at=AT)
    for _ in range(2):
        actions.remove_comment(comment, by=friend(mina), at=AT)
    with refused_with(Code.COMMENT_REMOVED):
        actions.answer_comment(comment, text="Why?", by=make.owner_of(draft), at=AT)


def test_the_candidate_alone_answers_and_settles() -> None:
    draft, entry = written()
    mina = make.person("Mina Example")
    made = make.befriended(draft, mina, entry)
    comment = say(made, entry, mina)
    for act in (actions.resolve_comment, actions.reopen_comment):
        for by in (friend(mina), friend(make.person("Vic Example")), make.office()):
            with refused_with(Code.NOT_YOURS):
                act(comment, by=by, at=AT)
    with refused_with(Code.COMMENT_EMPTY):
        actions.answer_comment(comment, text=" ", by=make.owner_of(draft), at=AT)
    assert actions.answer_comment(comment, text="I will.", by=make.owner_of(draft), at=AT).answer == "I will."
    actions.end_mentoring(made, by=make.owner_of(draft), at=AT)
    with refused_with(Code.MENTOR_OVER):
        actions.change_comment(comment, text="x", by=friend(mina), at=AT)


def test_words_are_found_however_they_are_spaced_and_lost_when_they_change() -> None:
    draft, entry = written()
    make.write(entry, EntryContent(text="<p>Our “first”\n trial.</p><p>It went well.</p>"))
    mina = make.person("Mina Example")
    made = make.befriended(draft, mina, entry)
    comment = say(made, entry, mina, quote='our "FIRST" trial.\n\nIt  went')
    whole = say(made, entry, mina, part="", quote="", text="On all of it.")

    def places() -> list[str]:
        loaded = draft_of(draft)
        fresh = next(each for each in loaded.entries if each.pk == entry.pk)
        found = passages([comment, whole], parts_of(loaded, fresh))
        return [each.part.key if each.part else "" for each in found]

    assert places() == ["text", ""]
    make.write(entry, EntryContent(text="<p>Something else.</p>"))
    assert places() == ["", ""]


def test_an_entry_that_moves_into_the_place_of_another_is_not_shown() -> None:
    draft = make.portfolio(pathway="senior")
    first = Entry.objects.filter(portfolio=draft, section="5").order_by("position")[0]
    make.write(first, EntryContent(title="Mine"))
    second = Entry.objects.filter(portfolio=draft, section="5", position=2).first()
    second = second or actions.add_entry(draft, "5", by=make.owner_of(draft), at=AT)
    make.write(second, EntryContent(title="Not shared"))
    third = actions.add_entry(draft, "5", by=make.owner_of(draft), at=AT)
    make.write(third, EntryContent(title="Third"))
    mina = make.person("Mina Example")
    made = make.befriended(draft, mina, first)
    actions.remove_entry(first, by=make.owner_of(draft), at=AT)
    assert not made.entries.exists()
    assert Entry.objects.get(pk=second.pk).position == 1
