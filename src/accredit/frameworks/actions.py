"""Founding schemes, publishing editions, giving out numbers."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from accredit.frameworks.events import EditionPublished
from accredit.frameworks.models import Counter, Edition, Scheme
from accredit.rulebook.faults import Code
from accredit.rulebook.fit import MOST_WEIGHT, Kind, folded
from accredit.rulebook.reading import BadEdition, read_edition
from accredit.rulebook.sampling import MOST_FIRST, MOST_SHARE, Policy
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail

MEBIBYTE = 1024 * 1024
MOST_LANGUAGES = 20
MOST_HOURS = 168


@action
def found_scheme(code: str, *, name: str, body: str, by: Actor, at: datetime, **settings: object) -> Scheme:
    """Make a scheme; the first of an installation is its default. `settings` are fields of the model."""
    scheme = Scheme.objects.create(
        code=code, name=name, body=body, is_default=not Scheme.objects.exists(), **settings
    )
    trail.record("scheme_founded", by=by, at=at, subject=scheme, data={"code": code})
    return scheme


@action
def set_limits(scheme: Scheme, *, file_limit: int, portfolio_limit: int, by: Actor, at: datetime) -> Scheme:
    """Say how large a file and all files of a portfolio may be, in bytes; what is stored already stays.

    Refused below a megabyte, and when a portfolio could not hold one file. Nothing changed is nothing done.
    """
    if min(file_limit, portfolio_limit) < MEBIBYTE:
        refuse(Code.LIMIT_TOO_SMALL, needed=1)
    if portfolio_limit < file_limit:
        refuse(Code.LIMITS_OUT_OF_ORDER)
    locked = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if (locked.file_limit, locked.portfolio_limit) == (file_limit, portfolio_limit):
        return locked
    locked.file_limit, locked.portfolio_limit = file_limit, portfolio_limit
    locked.save(update_fields=["file_limit", "portfolio_limit"])
    megabytes: dict[str, object] = {"file": file_limit // MEBIBYTE, "portfolio": portfolio_limit // MEBIBYTE}
    trail.record("limits_set", by=by, at=at, subject=locked, data={"code": locked.code} | megabytes)
    return locked


@action
def set_hours(scheme: Scheme, *, recall: int, assessing: int, by: Actor, at: datetime) -> Scheme:
    """Say for how many hours (0 to 168) a released result may be recalled before the candidate is told, and
    how many (0 to 168; 0: not stated) an assessment is taken to need. It holds from now on; nothing changed
    is nothing done."""
    if not (0 <= recall <= MOST_HOURS and 0 <= assessing <= MOST_HOURS):
        refuse(Code.WEIGHT_OUT_OF_RANGE, allowed=MOST_HOURS)
    locked = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if (locked.recall_hours, locked.assessing_hours) != (recall, assessing):
        locked.recall_hours, locked.assessing_hours = recall, assessing
        locked.save(update_fields=["recall_hours", "assessing_hours"])
        told: dict[str, object] = {"recall": recall, "assessing": assessing}
        trail.record("hours_set", by=by, at=at, subject=locked, data=told)
    return locked


@action
def set_sampling(scheme: Scheme, *, policy: Policy, by: Actor, at: datetime) -> Scheme:
    """Say which decisions get a second look; it holds from the next sample on. Nothing changed is nothing
    done. Refused where the share is above 100 per cent, or more than 20 first assessments are asked for."""
    if not 0 <= policy.share <= MOST_SHARE:
        refuse(Code.WEIGHT_OUT_OF_RANGE, allowed=MOST_SHARE)
    if not 0 <= policy.first <= MOST_FIRST:
        refuse(Code.WEIGHT_OUT_OF_RANGE, allowed=MOST_FIRST)
    locked = Scheme.objects.select_for_update().get(pk=scheme.pk)
    told: dict[str, object] = asdict(policy)
    if locked.sampling != told:
        locked.sampling = told
        locked.save(update_fields=["sampling"])
        trail.record("sampling_set", by=by, at=at, subject=locked, data=told)
    return locked


@action
def set_languages(scheme: Scheme, *, languages: Sequence[str], by: Actor, at: datetime) -> Scheme:
    """Say in which languages (at most 20, each named in at most 60 characters) portfolios may be written.

    With fewer than two nobody is asked. What has been said of a portfolio or an assessor stays. Names that
    differ in case or blanks only are one; nothing changed is nothing done.
    """
    plain = (" ".join(each.replace("\x00", "").split())[:60] for each in languages)
    tidy: dict[str, str] = {}
    for each in plain:
        if each:
            tidy.setdefault(folded(each), each)
    if len(tidy) > MOST_LANGUAGES:
        refuse(Code.WEIGHT_OUT_OF_RANGE, allowed=MOST_LANGUAGES)
    locked = Scheme.objects.select_for_update().get(pk=scheme.pk)
    found = list(tidy.values())
    if locked.languages != found:
        locked.languages = found
        locked.save(update_fields=["languages"])
        trail.record("languages_set", by=by, at=at, subject=locked, data={"languages": found})
    return locked


@action
def weigh_fit(scheme: Scheme, *, weights: Mapping[Kind, int], by: Actor, at: datetime) -> Scheme:
    """Say how much each thing weighs that makes an assessor suit a portfolio, each from 0 to 100; it holds
    from the next draft of panels on. Nothing changed is nothing done."""
    if any(not 0 <= each <= MOST_WEIGHT for each in weights.values()):
        refuse(Code.WEIGHT_OUT_OF_RANGE, allowed=MOST_WEIGHT)
    locked = Scheme.objects.select_for_update().get(pk=scheme.pk)
    told: dict[str, object] = {kind.value: weight for kind, weight in sorted(weights.items())}
    if locked.fit_weights != told:
        locked.fit_weights = told
        locked.save(update_fields=["fit_weights"])
        trail.record("fit_weighed", by=by, at=at, subject=locked, data=told)
    return locked


@action
def publish_edition(scheme: Scheme, document: str, *, in_force_on: date, by: Actor, at: datetime) -> Edition:
    """Store an edition's document for good, with its hash. Refuses a document the rulebook cannot read."""
    try:
        rules = read_edition(document)
    except BadEdition as bad:
        refuse(Code.EDITION_UNREADABLE, problems=str(bad))
    if Edition.objects.filter(code=rules.code).exists():
        refuse(Code.EDITION_TAKEN, edition=rules.code)
    edition = Edition.objects.create(
        scheme=scheme,
        code=rules.code,
        title=rules.title,
        document=document,
        sha256=hashlib.sha256(document.encode()).hexdigest(),
        published_at=at,
        in_force_on=in_force_on,
    )
    trail.record("edition_published", by=by, at=at, subject=edition, data={"sha256": edition.sha256})
    publish(EditionPublished(edition.pk))
    return edition


@action
def next_number(scheme: Scheme, name: str) -> int:
    """Give out the next number under a name; the row lock makes each number given once."""
    Counter.objects.get_or_create(scheme=scheme, name=name)
    counter = Counter.objects.select_for_update().get(scheme=scheme, name=name)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
