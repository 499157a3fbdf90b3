"""People, schemes, registrations and portfolios for tests, made by the same actions as in the program.

Every function takes what matters to the test and makes up the rest. All moments are `AT` unless given.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from accredit.assessments import actions as assessments
from accredit.assessments.models import Appointment, Assessment, Outcome, Panel, Seat
from accredit.assessments.queries import AssessmentContent, panels, rows_of, seats_for
from accredit.awards.actions import record_award
from accredit.fees.actions import enrol
from accredit.frameworks.actions import found_scheme, publish_edition
from accredit.frameworks.models import Edition, Scheme
from accredit.frameworks.queries import shipped_documents
from accredit.people.actions import Details, Stay, give_role, make_profile, record_person
from accredit.people.models import Profile, RoleHeld, User
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Entry, Evidence, Mentor, Portfolio, Submission
from accredit.portfolios.queries import EntryContent, ExampleContent, PieceContent, draft_of
from accredit.registrations.actions import begin_round, found_cohort, join_cohort, move, set_window
from accredit.registrations.models import Cohort, CohortPlace, Registration
from accredit.rulebook.framework import OnPathway, Section
from accredit.rulebook.kinds import PrincipleTexts, Types
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import Move, Role
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import SYSTEM, Actor
from tests.kept import kept

AT = datetime(2026, 11, 2, 12, tzinfo=UTC)
SOON = AT + timedelta(hours=1)
LATER = AT + timedelta(days=1)
_numbers = count(1)


def person(
    name: str = "Ada Example", *, institution: str = "", sign_in: bool = False, roles: tuple[str, ...] = ()
) -> Profile:
    """A person with a complete profile; with `sign_in` also a user of the password "accredit-test"."""
    address = f"person{next(_numbers)}@example.org"
    stays = (Stay(institution),) if institution else ()
    found = record_person(Details(name=name), email=address, stays=stays, by=SYSTEM, at=AT)
    if sign_in:
        user_of(found)
    for role in roles:
        give_role(found, role, by=SYSTEM, at=AT)
    return found


def user_of(person: Profile) -> User:
    """The sign-in of a person, made where there is none yet, of the password "accredit-test"."""
    if person.user is None:
        with allow_writes():
            person.user = User.objects.create_user(person.email, "accredit-test")
            person.save()
    return person.user


def newcomer(name: str = "Vic Example") -> Profile:
    """A person who has signed up and said nothing yet of themselves."""
    with allow_writes():
        user = User.objects.create_user(f"person{next(_numbers)}@example.org", "accredit-test")
    return make_profile(user, name=name, at=AT)


def candidate(who: Profile) -> Actor:
    """The person acting as a candidate."""
    return Actor(person=who.pk, role=Role.CANDIDATE)


def office() -> Actor:
    """Somebody of the office."""
    return Actor(person=person("Otis Example", roles=(RoleHeld.Name.OFFICE,)).pk, role=Role.OFFICE)


def scheme(edition: str = "cmalt-2026", *, window: str = "rolling", **settings: object) -> Scheme:
    """The scheme of an edition that comes with the program, in force, with a window; made once."""
    document = shipped_documents()[edition]
    known = Edition.objects.filter(code=edition).select_related("scheme").first()
    if known is not None:
        return known.scheme
    code = f"scheme-{edition}"
    made = found_scheme(code, name="Test scheme", body="Test body", by=SYSTEM, at=AT, **settings)
    publish_edition(made, document, in_force_on=date(2020, 1, 1), by=SYSTEM, at=AT)
    if window:
        set_window(made, mode=window, opens_at=None, closes_at=None, by=SYSTEM, at=AT)
    return made


def registration(
    who: Profile | None = None, *, pathway: str = "associate", within: Scheme | None = None, at: datetime = AT
) -> Registration:
    """A registration; its portfolio is there, still empty."""
    who = who or person()
    return enrol(who, scheme=within or scheme(), pathway=pathway, fee=None, by=candidate(who), at=at)


def portfolio(of: Registration | None = None, *, pathway: str = "associate") -> Portfolio:
    """The portfolio of a registration, still empty."""
    of = of or registration(pathway=pathway)
    return portfolios.open_portfolio(of.pk, by=SYSTEM, at=of.registered_at)


def owner_of(draft: Portfolio) -> Actor:
    """The candidate whose portfolio it is."""
    return Actor(person=draft.registration.person_id, role=Role.CANDIDATE)


def link(draft: Portfolio, title: str = "A page about it", **values: Any) -> Evidence:
    """A link in the locker of a portfolio."""
    values.setdefault("address", f"https://example.org/{next(_numbers)}")
    content = PieceContent(title=title, **values)
    return portfolios.add_evidence(draft, kind=Evidence.Kind.LINK, content=content, by=owner_of(draft), at=AT)


@kept
def complete_portfolio(
    of: Registration | None = None, *, pathway: str = "associate", at: datetime = AT
) -> Portfolio:
    """A portfolio that lacks nothing its pathway asks for."""
    draft = portfolio(of, pathway=pathway)
    fill(draft, at=at)
    portfolios.confirm(draft, name="Ada Example", by=owner_of(draft), at=at)
    return draft


def fill(draft: Portfolio, *, at: datetime = AT) -> None:
    """Write something that satisfies the edition into every entry that may be written now."""
    proof = Evidence.objects.filter(portfolio=draft, removed_at=None).first() or link(draft)
    loaded = draft_of(draft)
    for section in loaded.sections:
        asked = loaded.rules.on(section.code, loaded.registration.pathway)
        for entry in loaded.of_section(section.code):
            if loaded.is_open(loaded.slot(entry)):
                write(
                    entry,
                    content_for(section, asked, [each.code for each in loaded.rules.principles], proof),
                    at=at,
                )


def write(entry: Entry, content: EntryContent, *, at: datetime = AT) -> Entry:
    """Save an entry as its candidate, from the version it has now."""
    expected = Entry.objects.values_list("version", flat=True).get(pk=entry.pk)
    by = owner_of(entry.portfolio)
    return portfolios.save_entry(entry, content=content, expected=expected, by=by, at=at)


def content_for(section: Section, asked: OnPathway, principles: list[str], proof: Evidence) -> EntryContent:
    """Content that satisfies what a section asks on a pathway."""
    if asked.examples is None and not any(isinstance(each, PrincipleTexts) for each in asked.requirements):
        return EntryContent(text=f"<p>What I say about {section.code}.</p>")
    types = [
        each.of[0].value
        for each in asked.requirements
        if isinstance(each, Types)
        for _ in range(each.at_least)
    ]
    if asked.example_types and not types:
        types = [asked.example_types[0].value]
    number = max(asked.examples.at_least if asked.examples else 0, len(types))
    types += [asked.example_types[0].value if asked.example_types else ""] * (number - len(types))
    told = any(isinstance(each, PrincipleTexts) for each in asked.requirements)
    return EntryContent(
        title=f"My area in {section.code}" if section.is_repeatable else "",
        principles=tuple(principles),
        principle_texts={code: f"<p>How I meet {code}.</p>" for code in principles} if told else {},
        examples=tuple(example(kind, proof, number) for number, kind in enumerate(types, 1)),
    )


def example(kind: str, proof: Evidence, number: int = 1) -> ExampleContent:
    """An example with all its parts."""
    return ExampleContent(
        title=f"Example {number}",
        description="<p>I made a thing and showed it to colleagues.</p>",
        reflection="<p>It went well, and next time I would ask sooner.</p>",
        type=kind,
        jurisdiction="England" if kind == "law" else "",
        evidence=(proof.pk,),
    )


def invite(draft: Portfolio, email: str, *entries: Entry, message: str = "", at: datetime = AT) -> Mentor:
    """Ask somebody to read these entries for a fortnight."""
    return portfolios.invite_mentor(
        draft,
        name="A Friend",
        email=email,
        entries=[each.pk for each in entries],
        until_on=(at + timedelta(days=14)).date(),
        message=message,
        by=owner_of(draft),
        at=at,
    )


def befriended(draft: Portfolio, who: Profile, *entries: Entry, at: datetime = AT) -> Mentor:
    """Somebody who has accepted to read these entries."""
    made = invite(draft, who.email, *entries, at=at)
    return portfolios.bind_mentor(made, by=Actor(person=who.pk, role=Role.MENTOR), at=at)


def cohort(coordinator: Profile, *, within: Scheme | None = None, name: str = "A cohort") -> Cohort:
    """A cohort with this coordinator."""
    return found_cohort(within or scheme(), name=name, coordinator=coordinator, by=SYSTEM, at=AT)


def joined(of: Registration, to: Cohort, shows: str = "progress") -> CohortPlace:
    """A registration in a cohort."""
    by = Actor(person=of.person_id, role=Role.CANDIDATE)
    return join_cohort(of, code=to.code, shows=shows, by=by, at=AT)


@kept
def submission(
    of: Registration | None = None, *, pathway: str = "associate", at: datetime = AT
) -> Submission:
    """A complete portfolio, handed in."""
    draft = complete_portfolio(of, pathway=pathway, at=at)
    return portfolios.submit(draft, by=owner_of(draft), at=at)


@kept
def accepted(of: Registration | None = None, *, pathway: str = "associate", at: datetime = AT) -> Submission:
    """A submission the office has checked and accepted."""
    made = submission(of, pathway=pathway, at=at)
    by = office()
    portfolios.begin_check(made, by=by, at=at)
    portfolios.accept(made, by=by, at=at)
    return made


@kept
def referred(
    *slots: str, kind: RoundKind = RoundKind.REVIEW, pathway: str = "associate", until: date | None = None
) -> Portfolio:
    """A portfolio that was accepted, judged and referred: only the named slots are open for revision.

    The judging itself is left out: the registration is moved along the table, without a panel.
    """
    made, by = accepted(pathway=pathway), office()
    attempt = made.portfolio.registration
    for what in (Move.APPOINT, Move.COMPARE, Move.AGREE):
        move(attempt, what, by=by, at=AT)
    draft = portfolios.reopen(made.portfolio, slots=slots, by=by, at=AT)
    begin_round(attempt, kind=kind, until=until or (AT + timedelta(days=30)).date(), by=by, at=AT)
    move(attempt, Move.RELEASE_REFERRAL, by=by, at=AT)
    return draft


def assessor(
    name: str = "Lena Example",
    *,
    holding: str = "associate",
    completed: int = 3,
    institution: str = "",
    within: Scheme | None = None,
    at_most: int = 3,
    at: datetime = AT,
) -> Profile:
    """A holder who has offered to assess, with a history as second assessor."""
    who = person(name, institution=institution)
    edition = (within or scheme()).editions.get()
    number = f"past-{next(_numbers)}"
    record_award(who, edition=edition, pathway=holding, issued_on=at.date(), number=number, by=SYSTEM, at=at)
    if completed:
        assessments.record_past_assessments(
            who, seat=Seat.SECOND, number=completed, source="The office's list", by=SYSTEM, at=at
        )
    assessments.volunteer(who, at_most=at_most, areas=[], by=SYSTEM, at=at)
    if completed >= 3:
        confirmed(who, at=at)
    return who


def confirmed(*people: Profile, at: datetime = AT) -> None:
    """The office has said that these may lead."""
    by = Actor(person=None, role=Role.OFFICE)
    assessments.decide_leads([each.pk for each in people], leads=True, by=by, at=at)


def as_assessor(place: Appointment) -> Actor:
    """The person of a place on a panel, acting as its assessor."""
    return Actor(person=place.person_id, role=Role.ASSESSOR)


@kept
def panel(of: Submission | None = None, *, pathway: str = "associate", at: datetime = AT) -> Panel:
    """A panel for an accepted submission: Lena leads, Omar is second; members where none leads."""
    made = of or accepted(pathway=pathway, at=at)
    attempt = Registration.objects.select_related("scheme").get(pk=made.portfolio.registration_id)
    names = ("Lena Example", "Omar Example", "Nell Example")
    seats = [
        (assessor(name, holding=attempt.pathway, within=attempt.scheme).pk, Seat(seat))
        for name, seat in zip(names, seats_for(attempt, made), strict=False)
    ]
    due_on = (at + timedelta(days=28)).date()
    return assessments.appoint(attempt, seats=seats, due_on=due_on, by=office(), at=at)


def place(on: Panel, seat: Seat | str) -> Appointment:
    """The place of that seat which has not ended, the first of several."""
    return on.appointments.filter(seat=seat, ended_at=None).order_by("pk").select_related("panel")[0]


def form_content(on: Panel, outcome: str = "pass", revise: tuple[str, ...] = ()) -> AssessmentContent:
    """A form with every row rated: those to revise as needing it."""
    marks, comments = {}, {}
    for row in rows_of(panels().get(pk=on.pk)):
        open_marks = [each for each in row.marks if each.asks_revision == (row.key in revise)]
        marks[row.key] = (open_marks or row.marks)[0].code
        comments[row.key] = f"What I think of {row.key}."
    words = "A portfolio I was glad to read. " * 10
    return AssessmentContent(
        marks=marks,
        comments=comments,
        overall=words,
        outcome=outcome,
        revise=revise,
        private_notes=f"Private {next(_numbers)}",
    )


def hand_in(
    at_place: Appointment, outcome: str = "pass", revise: tuple[str, ...] = (), *, at: datetime = AT
) -> Assessment:
    """Accept where needed, fill the form and hand it in."""
    by = as_assessor(at_place)
    made = assessments.accept_invitation(at_place, by=by, at=at)
    content = form_content(at_place.panel, outcome, revise)
    return assessments.submit_assessment(made, content=content, by=by, at=at)


@kept
def compared(
    of: Submission | None = None,
    *,
    outcome: str = "pass",
    revise: tuple[str, ...] = (),
    pathway: str = "associate",
    at: datetime = AT,
) -> Panel:
    """A panel all of whose assessments are in, recommending the same."""
    on = panel(of, pathway=pathway, at=at)
    for each in on.appointments.select_related("panel").order_by("pk"):
        hand_in(each, outcome, revise, at=at)
    return panels().get(pk=on.pk)


@kept
def held(
    of: Submission | None = None,
    *,
    outcome: str = "pass",
    revise: tuple[str, ...] = (),
    pathway: str = "associate",
    at: datetime = AT,
) -> Outcome:
    """An outcome the lead has proposed and the second agreed to, not released yet."""
    on = compared(of, outcome=outcome, revise=revise, pathway=pathway, at=at)
    lead, second = place(on, Seat.LEAD), place(on, Seat.SECOND)
    said: dict[str, Any] = {"outcome": outcome, "feedback": "What you may read.", "revise": revise}
    proposed = assessments.propose(on, appointment=lead, **said, by=as_assessor(lead), at=at)
    assessments.reply(proposed, appointment=second, agrees=True, by=as_assessor(second), at=at)
    return Outcome.objects.select_related("panel__registration").get(panel=on)
