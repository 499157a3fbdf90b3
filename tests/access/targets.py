"""Which addresses there are, and which of them a world fills in: one target per thing they may name."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accredit.assessments.models import Appeal, DeclaredConflict, Outcome, Run, Sample, Sampled
from accredit.awards.models import Award
from accredit.exchange.models import Credential, Export, Import, SigningKey
from accredit.files.models import Upload
from accredit.frameworks.models import Edition
from accredit.notices.models import Notice
from accredit.people.models import Institution
from accredit.portfolios.models import (
    Comment,
    Entry,
    EntryVersion,
    Evidence,
    Mentor,
    Note,
    Snapshot,
    Submission,
    SubmittedFile,
)
from accredit.portfolios.queries import slot_of
from accredit.registrations.models import Cohort
from tests.access import panel_targets
from tests.access.cast import ADA, CORA, MINA, World
from tests.access.things import Target


def named_addresses() -> dict[str, frozenset[str]]:
    """Every named address of the program with the parameters of its patterns."""
    return dict(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, frozenset[str]]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _walk(each, f"{space}{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern) and each.name:
            yield f"{space}{each.name}", frozenset(each.pattern.regex.groupindex)


def _registration(world: World) -> list[Target]:
    return [Target({"pk": world.registration.pk}, ADA)]


def _with(world: World, values: list[dict[str, Any]]) -> list[Target]:
    return [Target({"pk": world.registration.pk} | each, ADA) for each in values]


def _entries(world: World) -> list[Target]:
    rows = Entry.objects.filter(portfolio__registration=world.registration).order_by("pk")
    return _with(world, [{"slot": slot_of(each)} for each in rows[:2]])


def _versions(world: World) -> list[Target]:
    rows = EntryVersion.objects.filter(entry__portfolio__registration=world.registration)
    found = rows.select_related("entry__portfolio__registration").order_by("pk")[:2]
    return _with(world, [{"slot": slot_of(each.entry), "version": each.pk} for each in found])


def _notes(world: World) -> list[Target]:
    rows = Note.objects.filter(portfolio__registration=world.registration).order_by("pk")
    return _with(world, [{"note": each.pk} for each in rows])


def _evidence_rows(world: World) -> list[Evidence]:
    rows = Evidence.objects.filter(portfolio__registration=world.registration, removed_at=None)
    return list(rows.order_by("pk"))


def _evidence(world: World) -> list[Target]:
    return _with(world, [{"evidence": each.pk} for each in _evidence_rows(world)])


def _brought(world: World) -> list[Target]:
    rows = Import.objects.filter(portfolio__registration=world.registration, dropped_at=None)
    return _with(world, [{"brought": each.pk} for each in rows.order_by("pk")])


def _files_of_evidence(world: World) -> list[Target]:
    rows = Evidence.objects.filter(portfolio__registration=world.registration, blob__isnull=False)
    return _with(world, [{"evidence": each.pk} for each in rows])


def _exports(world: World) -> list[Target]:
    rows = Export.objects.filter(portfolio__registration=world.registration, blob__isnull=False, place=None)
    return _with(world, [{"export": each.pk} for each in rows])


def _mentors(world: World) -> list[Mentor]:
    return list(Mentor.objects.filter(portfolio__registration=world.registration).order_by("pk"))


def _friends(world: World) -> list[Target]:
    return _with(world, [{"mentor": each.pk} for each in _mentors(world)])


def _comments(world: World) -> list[Target]:
    rows = Comment.objects.filter(mentor__portfolio__registration=world.registration)
    return _with(world, [{"comment": each.pk} for each in rows])


def _mentorships(world: World) -> list[Target]:
    return [Target({"pk": each.pk}, MINA, each) for each in _mentors(world)]


def _own_comments(world: World) -> list[Target]:
    rows = Comment.objects.filter(mentor__in=_mentors(world))
    return [Target({"pk": each.mentor_id, "comment": each.pk}, MINA, each) for each in rows]


def _friends_files(world: World) -> list[Target]:
    """Every file of the locker: those for assessors only have no owner here."""
    files = [each for each in _evidence_rows(world) if each.blob_id]
    return [
        Target({"pk": mentor.pk, "evidence": each.pk}, MINA if each.visibility == "all" else "", each)
        for mentor in _mentors(world)
        for each in files
    ]


def _cohorts(world: World) -> list[Target]:
    return [Target({"pk": each.pk}, CORA, each) for each in Cohort.objects.filter(scheme=world.scheme)]


def _uploads(world: World) -> list[Target]:
    rows = Upload.objects.filter(owner=world.registration.person_id).order_by("pk")
    return _with(world, [{"key": each.key} for each in rows])


def _submissions(world: World) -> list[Submission]:
    rows = Submission.objects.filter(portfolio__registration=world.registration, set_aside_at=None)
    return list(rows.order_by("round"))


def _rounds(world: World) -> list[Target]:
    return _with(world, [{"number": each.round} for each in _submissions(world)])


def _submitted_files(world: World) -> list[Target]:
    return _with(
        world,
        [
            {"number": made.round, "file": file.pk}
            for made in _submissions(world)
            for file in made.files.all()
        ],
    )


def _answers(world: World) -> list[Target]:
    """What the links of the standing submissions answered."""
    return _with(
        world,
        [
            {"number": made.round, "snapshot": kept.pk}
            for made in _submissions(world)
            for kept in made.snapshots.all()[:2]
        ],
    )


def _office_answers(world: World) -> list[Target]:
    rows = Snapshot.objects.filter(submission__portfolio__registration=world.registration)
    return [Target({"snapshot": each.pk}, ADA, each) for each in rows[:2]]


def _results(world: World) -> list[Target]:
    rows = Outcome.objects.filter(panel__registration=world.registration)
    return [
        Target({"pk": world.registration.pk, "number": row.panel.round}, ADA, row)
        for row in rows.select_related("panel")
    ]


def _awards(world: World) -> list[Target]:
    rows = Award.objects.filter(registration=world.registration)
    return [Target({"pk": each.pk}, ADA, each) for each in rows]


def _credentials(world: World) -> list[Target]:
    rows = Credential.objects.filter(award__registration=world.registration, signed_at__isnull=False)
    return [Target({"key": each.key}, "", each) for each in rows]


def _achievements(world: World) -> list[Target]:
    edition = world.registration.edition
    return [Target({"edition": edition.code, "pathway": world.registration.pathway}, "", edition)]


def _office_awards(world: World) -> list[Target]:
    return [Target(each.values, "", each.thing) for each in _awards(world)]


def _office_files(world: World) -> list[Target]:
    files = SubmittedFile.objects.filter(submission__portfolio__registration=world.registration)
    return [Target({"file": each.pk}, ADA, each) for each in files]


def _people(world: World) -> list[Target]:
    return [Target({"pk": world.person(who).pk}, who) for who in (ADA, "lead", "nora")]


def _named(world: World) -> list[Target]:
    return [Target({"pk": world.registration.person_id}, ADA)]


def _conflicts(world: World) -> list[Target]:
    return [Target({"pk": each.pk}, "", each) for each in DeclaredConflict.objects.all()]


def _editions(world: World) -> list[Target]:
    return [Target({"pk": each.pk}) for each in Edition.objects.all()]


def _notices(world: World) -> list[Target]:
    return [Target({"pk": each.pk}, "", each) for each in Notice.objects.order_by("pk")]


def _in_scheme(world: World) -> list[Target]:
    return _with(world, [{"scheme": world.scheme.code}])


def _scheme(world: World) -> list[Target]:
    return [Target({"scheme": world.scheme.code})]


def _runs(world: World) -> list[Target]:
    return [
        Target({"scheme": world.scheme.code, "run": each.pk, "what": what})
        for each in Run.objects.filter(problem__isnull=False)
        for what in ("problem", "answer")
    ]


def _pathways(world: World) -> list[Target]:
    return [Target({"code": world.registration.pathway})]


def _plain(world: World) -> list[Target]:
    return [Target({})]


# By name where the parameters alone do not say what is meant.
BY_NAME: dict[str, Callable[[World], list[Target]]] = {
    "public:pathway": _pathways,
    "public:holder": _awards,
    "public:letters_stop": lambda world: [Target({"token": "nothing"})],
    "public:award": lambda world: [
        Target({"key": each.thing.key}, "", each.thing) for each in _awards(world)
    ],
    "public:credential": _credentials, "public:credential_check": _credentials,
    "public:credential_token": _credentials,
    "public:issuer": lambda world: [Target({}) for _each in SigningKey.objects.all()],
    "public:status_list": lambda world: [
        Target({"purpose": "revocation", "number": 1}) for _each in SigningKey.objects.all()
    ],
    "public:achievement": _achievements, "public:badge": _achievements,
    "office:award": _office_awards, "office:award_paper": _office_awards, "office:award_name": _office_awards,
    "office:award_change": lambda world: [
        Target(each.values | {"what": "suspend"}, "", each.thing) for each in _office_awards(world)
    ],
    "candidate:award": _awards, "candidate:award_paper": _awards,
    "candidate:award_badge": lambda world: _awards(world) if _credentials(world) else [],
    "candidate:share": _awards,
    "candidate:share_section": lambda world: [
        Target(each.values | {"slot": "1a"}, each.owner, each.thing) for each in _awards(world)
    ],
    "candidate:areas": lambda world: _with(world, [{"code": "5"}]),
    "candidate:add_area": lambda world: _with(world, [{"code": "5"}]),
    "candidate:evidence_file": _files_of_evidence,
    "candidate:result": _results, "candidate:appeal": _results, "candidate:result_paper": _results,
    "assessor:appeal": lambda world: [
        Target({"pk": each.pk}, "", each)
        for each in Appeal.objects.filter(outcome__panel__registration=world.registration)
    ],
    "assessor:decline": lambda world: [Target({"token": "nothing"})],
    "mentor:invitation": lambda world: [Target({"token": "nothing"})],
    "mentor:evidence_file": _friends_files,
    "mentor:comment": _own_comments,
    "office:cohort": _cohorts,
    "office:cohort_close": _cohorts,
    "office:panel_replace": panel_targets.replaceable, "office:panel_relieve": panel_targets.replaceable,
    "office:release_comment": panel_targets.comments,
    "office:sample": lambda world: [Target({"pk": each.pk}) for each in Sample.objects.all()],
    "office:second_look": lambda world: [
        Target({"pk": each.pk}, "", each)
        for each in Sampled.objects.filter(outcome__panel__registration=world.registration)
    ],
    "office:interests": lambda world: _with(world, [{"person": world.person("ruth").pk}]),
    "office:answered": _office_answers,
    "office:draft_panel": _in_scheme, "office:draft_others": _in_scheme,
    "office:draft_document": _runs,
    "office:statistics_rows": lambda world: [
        Target({"what": each}) for each in ("turnaround", "agreement", "load", "outcomes")
    ],
    "assessor:answered": panel_targets.desk_answers, "assessor:panel_answered": panel_targets.panel_answers,
    "office:person": _people, "office:role": _people, "office:award_new": _people,
    "office:past_assessments": _people, "office:assessor": _people, "office:assessor_pause": _people,
    "office:institution": lambda world: [Target({"pk": each.pk}) for each in Institution.objects.all()[:2]],
    "office:dry_run": _people, "office:named_conflicts": _named,
    "office:conflict_new": _people, "office:conflict_dismiss": _conflicts,
    "office:edition_document": _editions, "office:notice": _notices, "office:file": _office_files,
    "assessor:invitation": panel_targets.places, "assessor:agreement": panel_targets.panels,
    "assessor:moderation": panel_targets.panels,
    "assessor:ratification": panel_targets.panels, "assessor:panel_file": panel_targets.panel_files,
    "account_confirm_email": lambda world: [Target({"key": "nothing"})],
    "account_reset_password_from_key": lambda world: [Target({"uidb36": "1", "key": "nothing"})],
    "mfa_remove_webauthn": lambda world: [Target({"pk": 1})],
    "mfa_edit_webauthn": lambda world: [Target({"pk": 1})],
    "openid_connect_login": lambda world: [Target({"provider_id": "nobody"})],
    "openid_connect_callback": lambda world: [Target({"provider_id": "nobody"})],
}  # fmt: skip
BY_PARAMETERS: dict[tuple[str, frozenset[str]], Callable[[World], list[Target]]] = {
    ("office", frozenset({"scheme"})): _scheme,
    ("candidate", frozenset({"pk"})): _registration,
    ("candidate", frozenset({"pk", "slot"})): _entries,
    ("candidate", frozenset({"pk", "slot", "version"})): _versions,
    ("candidate", frozenset({"pk", "note"})): _notes,
    ("candidate", frozenset({"pk", "evidence"})): _evidence,
    ("candidate", frozenset({"pk", "export"})): _exports,
    ("candidate", frozenset({"pk", "brought"})): _brought,
    ("candidate", frozenset({"pk", "key"})): _uploads,
    ("candidate", frozenset({"pk", "number"})): _rounds,
    ("candidate", frozenset({"pk", "number", "file"})): _submitted_files,
    ("candidate", frozenset({"pk", "number", "snapshot"})): _answers,
    ("candidate", frozenset({"pk", "mentor"})): _friends,
    ("candidate", frozenset({"pk", "comment"})): _comments,
    ("mentor", frozenset({"pk"})): _mentorships,
    ("coordinator", frozenset({"pk"})): _cohorts,
    ("office", frozenset({"pk"})): _registration,
    ("office", frozenset({"pk", "number"})): _rounds,
    ("assessor", frozenset({"pk"})): panel_targets.desks,
    ("assessor", frozenset({"pk", "file"})): panel_targets.desk_files,
    ("assessor", frozenset({"pk", "export"})): panel_targets.reading_copies,
    ("assessor", frozenset({"pk", "note"})): panel_targets.passage_notes,
    ("assessor", frozenset({"pk", "version"})): panel_targets.desk_versions,
}
UNKNOWN = """{name} has parameters nobody has explained: {parameters}.
Say in tests/access/targets.py which things of a world it may name (BY_NAME or BY_PARAMETERS)."""


def targets(name: str, parameters: frozenset[str], world: World) -> list[Target]:
    """The things of a world this address may name."""
    if name in BY_NAME:
        return BY_NAME[name](world)
    if not parameters:
        return _plain(world)
    key = (name.partition(":")[0], parameters)
    if key not in BY_PARAMETERS:
        raise AssertionError(UNKNOWN.format(name=name, parameters=", ".join(sorted(parameters))))
    return BY_PARAMETERS[key](world)


def address(name: str, target: Target) -> str:
    """The address of a target."""
    return reverse(name, kwargs=target.values)
