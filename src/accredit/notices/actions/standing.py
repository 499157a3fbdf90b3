"""The letters about where somebody stands: conflicts, who leads, and what became of an award."""

from accredit.assessments.events import ConflictDeclared, ConflictNamed, LeadConfirmed
from accredit.assessments.models import Assessor, DeclaredConflict, NamedConflict
from accredit.assessments.queries import places_in_conflict
from accredit.awards.events import AwardRenamed, StandingChanged
from accredit.awards.models import Award
from accredit.frameworks.queries import default_scheme, rules_of
from accredit.notices.actions.delivery import plan
from accredit.people.models import RoleHeld
from accredit.people.queries import people_with
from accredit.toolkit.actions import action
from accredit.trail.models import Row


@action
def on_conflict_declared(event: ConflictDeclared) -> None:
    """Tell the office that somebody in conflict sits on a panel now; who declared it there knows already.

    The place does not end by itself: a candidate could otherwise find out by naming people who assesses them.
    """
    conflict = DeclaredConflict.objects.get(pk=event.conflict)
    for place in places_in_conflict(conflict):
        registration = place.panel.registration
        for person in people_with(RoleHeld.Name.OFFICE):
            if person.pk not in {conflict.declared_by_id, conflict.person_id, conflict.about_id}:
                plan(
                    "conflict_on_panel",
                    person=person,
                    registration=registration,
                    because="somebody on the panel is in conflict",
                    key=f"conflict_on_panel:{conflict.pk}:{place.pk}:{person.pk}",
                    due_at=conflict.declared_at,
                    context={"scheme": registration.scheme},
                )


@action
def on_lead_confirmed(event: LeadConfirmed) -> None:
    """Tell an assessor that they may be asked to lead."""
    assessor = Assessor.objects.select_related("person").get(pk=event.assessor)
    if assessor.leads_since is not None:
        plan(
            "lead_confirmed",
            person=assessor.person,
            because="the office said so",
            key=f"lead_confirmed:{assessor.pk}:{assessor.leads_since.isoformat()}",
            due_at=assessor.leads_since,
            context={"scheme": default_scheme()},
        )


@action
def on_conflict_named(event: ConflictNamed) -> None:
    """Ask the office who is meant; the letter names neither the person nor the reason."""
    named = NamedConflict.objects.select_related("person").get(pk=event.named)
    for person in people_with(RoleHeld.Name.OFFICE):
        if person.pk != named.person_id and named.settled_at is None:
            plan(
                "conflict_named",
                person=person,
                because="a candidate named somebody",
                key=f"conflict_named:{named.pk}:{person.pk}",
                due_at=named.named_at,
                context={"scheme": default_scheme(), "candidate": named.person_id},
            )


@action
def on_standing_changed(event: StandingChanged) -> None:
    """Tell a holder what has become of their award, with the reason the office wrote."""
    _to_holder("award_standing", event.award, event.row, change=event.change)


@action
def on_award_renamed(event: AwardRenamed) -> None:
    """Tell a holder that their certificate bears another name now; the reason is the office's."""
    _to_holder("award_renamed", event.award, event.row)


def _to_holder(kind: str, key: int, recorded: int, **told: object) -> None:
    row = Row.objects.select_related("words").get(pk=recorded)
    award = Award.objects.select_related("person", "scheme", "edition").get(pk=key)
    pathway = rules_of(award.edition).pathway(award.pathway)
    context = {
        "scheme": award.scheme,
        "award": award.pk,
        "number": award.number,
        "name": award.name,
        "pathway": pathway.title,
        "letters": pathway.post_nominals,
        "reason": row.words.values["because"],
    }
    plan(
        kind,
        person=award.person,
        because="the office said so",
        key=f"{kind}:{row.pk}",
        due_at=row.at,
        context=context | told,
    )
