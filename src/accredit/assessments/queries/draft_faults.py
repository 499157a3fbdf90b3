"""What is wrong with the panels of a draft as it stands, and how well a person would suit one of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from accredit.assessments.models import Appointment, Assessor, Draft, DraftPanel, DraftSeat
from accredit.assessments.queries.drafting import drafted, is_fixed, rule_of, standing_places
from accredit.assessments.queries.fitting import Suiting, suiting, weights_of
from accredit.assessments.queries.judging import Judged, judged
from accredit.rulebook import facts, panel
from accredit.rulebook.faults import Code, Fault, fault

SeatsNow = Mapping[int, list[DraftSeat]]


def seats_of_draft(draft: Draft) -> dict[int, list[DraftSeat]]:
    """Return the seats of a draft by registration, the lead first; one query."""
    rows = DraftSeat.objects.filter(panel__draft=draft).select_related("person", "panel")
    found: dict[int, list[DraftSeat]] = defaultdict(list)
    for each in rows.order_by("pk"):
        found[each.panel.registration_id].append(each)
    for seats in found.values():
        seats.sort(key=lambda each: (each.seat != "lead", each.seat != "second", each.pk))
    return found


def faults_of_draft(
    draft: Draft,
    on: date,
    *,
    panels: list[DraftPanel] | None = None,
    seats: SeatsNow | None = None,
    places: Mapping[int, list[Appointment]] | None = None,
) -> dict[int, tuple[Fault, ...]]:
    """Return what is wrong with each panel of a draft, by registration; nothing for a sound one. Whoever sits
    there already is not judged again. The same number of queries at any size."""
    panels = drafted(draft) if panels is None else panels
    seats = seats_of_draft(draft) if seats is None else seats
    places = standing_places(each.registration_id for each in panels) if places is None else places
    people = sorted({each.person_id for of_one in seats.values() for each in of_one})
    willing = set(
        Assessor.objects.filter(person_id__in=people, paused_at=None).values_list("person_id", flat=True)
    )
    more = _more(seats, places)
    change: Counter[int] = Counter()
    for of_one in more.values():
        change.update(of_one)
    found = {}
    registrations = [each.registration for each in panels]
    for each, judgement in zip(panels, judged(people, registrations, on, due=draft.due_on), strict=True):
        number = each.registration_id
        mine, known = seats.get(number, []), places.get(number, [])
        if each.is_movable and not more.get(number):
            continue
        others = {person: change[person] - more[number].get(person, 0) for person in change}
        wrong = _of_panel(each, mine, judgement, others, _sitting(known))
        wrong += _of_people(draft, mine, willing, known)
        if wrong:
            found[number] = tuple(dict.fromkeys(wrong))
    return found


def _sitting(places: Iterable[Appointment]) -> set[int]:
    return {each.person_id for each in places if each.ended_at is None}


def _more(seats: SeatsNow, places: Mapping[int, list[Appointment]]) -> dict[int, dict[int, int]]:
    """By registration and person, how the draft would change what they have under way: one more, one less."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for number, of_one in seats.items():
        sitting, named = _sitting(places.get(number, ())), {each.person_id for each in of_one}
        found[number] = dict.fromkeys(named - sitting, 1) | dict.fromkeys(sitting - named, -1)
    return found


def _of_panel(
    row: DraftPanel,
    seats: list[DraftSeat],
    judgement: Judged,
    others: Mapping[int, int],
    standing: set[int],
) -> list[Fault]:
    rule, edition = rule_of(row.registration)
    drafted = []
    for each in seats:
        known = judgement.assessors[each.person_id]
        more = others.get(each.person_id, 0)
        loaded = replace(known, load=known.load + more, this_year=known.this_year + more)
        drafted.append(facts.Seat(loaded, each.seat == "lead"))
    whole = facts.Panel(tuple(drafted))
    wrong = list(panel.faults(rule, edition, whole, judgement.candidate, standing=standing))
    surplus = Counter(each.seat for each in seats) - Counter(panel.seats_of(rule))
    return wrong + [fault(Code.SEAT_NOT_FREE, seat=seat) for seat in surplus]


def _of_people(
    draft: Draft, seats: list[DraftSeat], willing: set[int], places: list[Appointment]
) -> list[Fault]:
    """Who takes no part or has left, and whoever sits there for good and is not named."""
    left = {each.person_id for each in places if each.ended_at is not None}
    sitting, named = _sitting(places), {each.person_id for each in seats}
    wrong = []
    for each in seats:
        if each.person_id not in willing and each.person_id not in sitting:
            wrong.append(fault(Code.NOT_AN_ASSESSOR, name=each.person.name))
        if each.person_id in left:
            wrong.append(fault(Code.HAS_LEFT_PANEL, name=each.person.name))
    fixed = {each.person_id for each in places if each.ended_at is None and is_fixed(each, draft)}
    return wrong + [fault(Code.MEMBER_NOT_NAMED)] * bool(fixed - named)


def suiting_for(draft: Draft, panels: list[DraftPanel], people: Iterable[int], on: date) -> Suiting:
    """Return how well these persons suit the registrations of these panels."""
    ids = sorted(set(people))
    registrations = [each.registration for each in panels]
    new: set[int] = set()
    for each, judgement in zip(panels, judged(ids, registrations, on, due=draft.due_on), strict=True):
        needed = rule_of(each.registration)[0].assessments_before_lead
        new |= {person for person in ids if judgement.assessors[person].completed < needed}
    return suiting(ids, registrations, weights_of(draft.scheme), frozenset(new))
