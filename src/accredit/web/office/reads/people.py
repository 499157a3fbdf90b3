"""The list of people and one person: what they hold, do and have declared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.assessments.models import Appointment, Assessor, DeclaredConflict, PastAssessments
from accredit.assessments.queries import conflicts_declared
from accredit.awards.models import Award
from accredit.awards.queries import held_on, of_person, standing_of
from accredit.people.models import Affiliation, Profile, RoleHeld
from accredit.people.queries import affiliations_of
from accredit.registrations.models import Registration
from accredit.rulebook.standing import Standing
from accredit.rulebook.workflow import Stage
from accredit.web.office.reads.telling import ROLES, SEATS
from accredit.web.office.reads.titles import options, pathway_titles, title
from accredit.web.office.tables import chosen, column
from accredit.web.ui.formats import day, moment
from accredit.web.ui.labels import STAGES
from accredit.web.ui.pages import Page
from accredit.web.ui.parts import Cell, Column, Filter, Filters, Row, Table
from accredit.wording.vocabulary import in_words

SORTS = ("name", "joined_at")
ROLE_NAMES = tuple(each.value for each in RoleHeld.Name)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for."""

    text: str
    who: str
    sort: str


def kinds() -> list[tuple[str, str]]:
    """Return the filter's choices."""
    return [
        ("", _("Everybody")),
        ("holder", _("Holders")),
        ("assessor", _("Assessors")),
        ("candidate", _("Candidates")),
        ("office", _("Office")),
        ("moderator", _("Moderators")),
        ("committee", _("Committee")),
    ]


def wanted(request: HttpRequest) -> Wanted:
    """Read the address; what it may not ask for is left out."""
    who = request.GET.get("who", "")
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:100]
    return Wanted(text, who if who in dict(kinds()) else "", chosen(request, SORTS, "name"))


def found(asked: Wanted, on: date) -> QuerySet[Profile]:
    """Return the people the address asks for, each marked as holder and assessor."""
    rows = Profile.objects.annotate(
        is_holder=Exists(held_on(on).filter(person_id=OuterRef("pk"))),
        is_assessor=Exists(Assessor.objects.filter(person_id=OuterRef("pk"), paused_at=None)),
    )
    if asked.who == "holder":
        rows = rows.filter(is_holder=True)
    elif asked.who == "assessor":
        rows = rows.filter(is_assessor=True)
    elif asked.who == "candidate":
        rows = rows.filter(Exists(Registration.objects.filter(person_id=OuterRef("pk"))))
    elif asked.who:
        rows = rows.filter(
            Exists(RoleHeld.objects.filter(person_id=OuterRef("pk"), role=asked.who, ended_at=None))
        )
    return (
        _said(rows, asked.text)
        .order_by(asked.sort, "pk")
        .prefetch_related("roles", "affiliations__institution")
    )


def _said(rows: QuerySet[Profile], text: str) -> QuerySet[Profile]:
    if not text:
        return rows
    there = Affiliation.objects.filter(person_id=OuterRef("pk"), institution__name__icontains=text)
    number = Award.objects.filter(person_id=OuterRef("pk"), number=text)
    return rows.filter(Q(name__icontains=text) | Q(email__icontains=text) | Exists(there) | Exists(number))


def filters(asked: Wanted) -> Filters:
    """Return the filter bar."""
    return Filters(
        [Filter("who", _("Who"), kinds(), asked.who)],
        search=asked.text,
        search_label=_("Name, address, institution or award number"),
        hidden=(("sort", asked.sort),),
        clear=reverse("office:people") if asked.text or asked.who else "",
    )


def table(request: HttpRequest, page: Page[Profile], asked: Wanted) -> Table:
    """Return one page of people."""
    columns = [
        column(request, _("Name"), "name", asked.sort, is_head=True),
        Column(_("Institutions")),
        Column(_("E-mail")),
        Column(_("Is")),
        column(request, _("Since"), "joined_at", asked.sort),
    ]
    lines = [_line(each) for each in page.items]
    return Table(
        _("People"),
        columns,
        lines,
        _("Nobody matches. Clear the filters to see everybody."),
        is_caption_shown=False,
    )


def _line(each: Profile) -> Sequence[object]:
    places = [row.institution.name for row in each.affiliations.all() if row.until_on is None]
    marks = [str(ROLES[row.role]) for row in each.roles.all() if row.ended_at is None]
    marks += [_("holder")] if getattr(each, "is_holder", False) else []
    marks += [_("assessor")] if getattr(each, "is_assessor", False) else []
    return [
        Cell(each.name or _("(no name yet)"), reverse("office:person", args=[each.pk])),
        ", ".join(places) or "–",
        each.email or "–",
        ", ".join(marks) or "–",
        day(each.joined_at),
    ]


def with_roles(rows: QuerySet[Profile]) -> QuerySet[Profile]:
    """Mark which roles each person holds, within the same query."""
    held = RoleHeld.objects.filter(person_id=OuterRef("pk"), ended_at=None)
    return rows.annotate(**{f"is_{name}": Exists(held.filter(role=name)) for name in ROLE_NAMES})


def details(person: Profile) -> list[Row]:
    """Return what is known of a person; one query."""
    places = [
        f"{row.institution.name} ({_('by their e-mail address')})"
        if row.by_address
        else f"{row.institution.name} ({day(row.since_on) or '…'} – {day(row.until_on) or _('today')})"
        for row in affiliations_of(person)
    ]
    return [
        Row(_("E-mail"), person.email or _("None")),
        Row(
            _("Sign-in"),
            _("Has one") if person.user_id else _("None: claimed when they sign up with this address"),
        ),
        Row(_("Job role"), person.job_role or "–"),
        Row(_("Sector"), person.sector or "–"),
        Row(_("Country"), person.country or "–"),
        Row(_("Institutions"), "\n".join(places) or "–"),
        Row(_("Here since"), moment(person.joined_at)),
    ]


TONES = {
    Standing.ACTIVE: "good",
    Standing.DUE: "warn",
    Standing.IN_GRACE: "warn",
    Standing.RETIRED: "calm",
    Standing.LAPSED: "bad",
    Standing.SUSPENDED: "bad",
    Standing.REVOKED: "bad",
}


def standings() -> dict[Standing, str]:
    """Return the words of each standing."""
    return {
        Standing.ACTIVE: _("In good standing"),
        Standing.DUE: _("Renewal open"),
        Standing.IN_GRACE: _("Renewal overdue"),
        Standing.LAPSED: _("Lapsed"),
        Standing.SUSPENDED: _("Suspended"),
        Standing.REVOKED: _("Revoked"),
        Standing.RETIRED: _("Retired"),
    }


def awards(person: int, on: date) -> Table:
    """Return a person's awards; one query."""
    columns = [
        Column(_("Number"), is_head=True),
        Column(_("Pathway")),
        Column(_("Issued")),
        Column(_("Valid until")),
        Column(_("Standing")),
        Column(_("Source")),
    ]
    words, lines = standings(), []
    found = list(of_person(person).defer("edition__document"))
    followed = {award.follows_id for award in found}
    for award in found:
        standing = standing_of(award, on)
        shown = Cell(_("Followed by a newer one"), tone="calm")
        lines.append(
            [
                Cell(award.number, reverse("office:award", args=[award.pk])),
                title(award),
                day(award.issued_on),
                day(award.valid_until),
                shown if award.pk in followed else Cell(words[standing], tone=TONES[standing]),
                _("Recorded by hand") if award.is_recorded_by_hand else _("Granted here"),
            ]
        )
    return Table(_("Awards"), columns, lines, _("No awards."))


def registrations(rows: QuerySet[Registration], person: int) -> Table:
    """Return a person's registrations this reader may see; one query."""
    columns = [
        Column(_("Number"), is_head=True),
        Column(_("Pathway")),
        Column(_("Stage")),
        Column(_("Registered")),
    ]
    lines = [
        [
            Cell(row.reference, reverse("office:registration", args=[row.pk])),
            title(row),
            Cell(STAGES[Stage(row.stage)].text, tone=STAGES[Stage(row.stage)].tone),
            day(row.registered_at),
        ]
        for row in rows.filter(person_id=person)
        .select_related("edition")
        .defer("edition__document")
        .order_by("-pk")
    ]
    return Table(_("Registrations"), columns, lines, _("No registrations."))


@dataclass(frozen=True, slots=True)
class Record:
    """What a person has done as an assessor."""

    assessor: Assessor | None
    rows: list[Row]
    table: Table


def record(rows: QuerySet[Registration], person: int) -> Record:
    """Return offer, earlier assessments and places on panels; three queries."""
    offer = Assessor.objects.filter(person_id=person).first()
    past = list(PastAssessments.objects.filter(person_id=person).order_by("pk"))
    places = list(
        Appointment.objects.filter(person_id=person, panel__registration__in=rows.values("pk"))
        .values(
            "seat",
            "answer",
            "ended_at",
            "panel__due_on",
            "panel__registration_id",
            "panel__registration__person__name",
            "assessment__submitted_at",
        )
        .order_by("-pk")[:100]
    )
    done = sum(each.number for each in past) + sum(1 for each in places if each["assessment__submitted_at"])
    facts = [
        Row(_("On the list"), _offer(offer)),
        Row(_("Areas"), ", ".join(offer.areas) if offer and offer.areas else "–"),
        *_limits(offer),
        *([Row(_("Leads panels"), _leads(offer))] if offer else []),
        Row(_("Assessments done"), done),
        *(
            Row(_("Before this record"), f"{each.number} × {SEATS.get(each.seat, each.seat)} ({each.source})")
            for each in past
        ),
    ]
    return Record(offer, facts, _places(places))


def _offer(offer: Assessor | None) -> str:
    if offer is None:
        return _("No")
    since = {"at_most": offer.at_most, "day": day(offer.since_on)}
    if offer.paused_at:
        return _("Pausing since %(day)s") % {"day": day(offer.paused_at)}
    return _("At most %(at_most)s at a time, since %(day)s") % since


def _leads(offer: Assessor) -> str:
    if offer.leads_since:
        return _("Since %(day)s") % {"day": day(offer.leads_since)}
    if offer.not_leading_at is None:
        return _("Not yet")
    return _("No: %(reason)s") % {"reason": offer.not_leading_reason}


def _limits(offer: Assessor | None) -> Iterator[Row]:
    """What an offer says of when and what, where it says anything."""
    if offer and offer.per_year:
        yield Row(_("Within a year"), _("At most %(number)s") % {"number": offer.per_year})
    if offer and offer.pathways:
        titles = dict(options(pathway_titles()))
        yield Row(_("Pathways"), ", ".join(titles.get(each, each) for each in offer.pathways))
    if offer and offer.languages:
        yield Row(_("Languages read"), ", ".join(offer.languages))
    if offer and offer.months_away:
        yield Row(_("Months away"), ", ".join(str(in_words("month", each)) for each in offer.months_away))


def _places(places: Sequence[Mapping[str, object]]) -> Table:
    columns = [Column(_("Candidate"), is_head=True), Column(_("Seat")), Column(_("Due")), Column(_("State"))]
    lines = [
        [
            Cell(
                each["panel__registration__person__name"],
                reverse("office:registration", args=[each["panel__registration_id"]]),
            ),
            str(SEATS.get(str(each["seat"]), each["seat"])),
            day(each["panel__due_on"]),  # type: ignore[arg-type]
            _place_state(each),
        ]
        for each in places
    ]
    return Table(_("Places on panels"), columns, lines, _("None yet."))


def _place_state(each: Mapping[str, object]) -> Cell:
    if each["assessment__submitted_at"]:
        return Cell(_("In"), tone="good")
    if each["answer"] == Appointment.Answer.DECLINED:
        return Cell(_("Declined"), tone="warn")
    if each["ended_at"]:
        return Cell(_("Left"), tone="calm")
    return Cell(_("Not in") if each["answer"] else _("Not answered"), tone="info")


def conflicts(person: int) -> list[DeclaredConflict]:
    """Return the conflicts a person has declared; one query."""
    return conflicts_declared(person)
