"""The things of panels and desks that addresses may name."""

from accredit.exchange.models import Export
from accredit.portfolios.models import Snapshot, SubmittedFile
from tests.access.cast import World
from tests.access.things import Target, who_is


def places(world: World) -> list[Target]:
    """Places of a world."""
    return [Target({"pk": each.pk}, who_is(world, each.person_id), each) for each in world.places]


def desks(world: World) -> list[Target]:
    """The assessments that exist, by key."""
    return [
        Target({"pk": each.assessment.pk}, who_is(world, each.person_id), each)
        for each in world.places
        if hasattr(each, "assessment")
    ]


def passage_notes(world: World) -> list[Target]:
    """Passage notes of a world."""
    return [
        Target(each.values | {"note": note.pk}, each.owner, each.thing)
        for each in desks(world)
        for note in each.thing.assessment.passage_notes.all()
    ]


def desk_versions(world: World) -> list[Target]:
    """Desk versions of a world."""
    return [
        Target(each.values | {"version": kept.pk}, each.owner, each.thing)
        for each in desks(world)
        for kept in each.thing.assessment.versions.all()
    ]


def desk_files(world: World) -> list[Target]:
    """Desk files of a world."""
    files = list(SubmittedFile.objects.filter(submission__portfolio__registration=world.registration))
    return [
        Target(each.values | {"file": file.pk}, each.owner, each.thing)
        for each in desks(world)
        for file in files
        if file.submission_id == each.thing.assessment.submission_id
    ]


def panels(world: World) -> list[Target]:
    """Panels of a world."""
    return [Target({"pk": each.pk}, "", each) for each in world.panels]


def panel_files(world: World) -> list[Target]:
    """Panel files of a world."""
    files = list(SubmittedFile.objects.filter(submission__portfolio__registration=world.registration))
    return [
        Target({"pk": panel.pk, "file": file.pk}, "", panel)
        for panel in world.panels
        for file in files
        if file.submission_id == panel.submission_id
    ]


def replaceable(world: World) -> list[Target]:
    """Replaceable of a world."""
    return [
        Target({"pk": world.registration.pk, "appointment": each.pk}, "", each)
        for each in world.places
        if each.ended_at is None
    ]


def desk_answers(world: World) -> list[Target]:
    """Desk answers of a world."""
    return [
        Target(each.values | {"snapshot": kept.pk}, each.owner, each.thing)
        for each in desks(world)
        for kept in Snapshot.objects.filter(submission=each.thing.assessment.submission)[:2]
    ]


def panel_answers(world: World) -> list[Target]:
    """Panel answers of a world."""
    return [
        Target({"pk": panel.pk, "snapshot": kept.pk}, "", panel)
        for panel in world.panels
        for kept in Snapshot.objects.filter(submission=panel.submission_id)[:2]
    ]


def reading_copies(world: World) -> list[Target]:
    """Copies made for assessors to read offline."""
    return [
        Target(each.values | {"export": made.pk}, each.owner, each.thing)
        for each in desks(world)
        for made in Export.objects.filter(place=each.thing, blob__isnull=False)
    ]


def comments(world: World) -> list[Target]:
    """The comments of the latest panel that a result carries."""
    return [
        Target({"pk": world.registration.pk, "appointment": each.pk, "row": "overall"}, "", each)
        for each in world.places
        if world.panel is not None
        and each.panel_id == world.panel.pk
        and each.ended_at is None
        and getattr(getattr(each, "assessment", None), "submitted_at", None)
    ]
