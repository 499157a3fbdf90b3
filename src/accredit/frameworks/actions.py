"""Founding schemes, publishing editions, giving out numbers."""

import hashlib
from datetime import date, datetime

from accredit.frameworks.events import EditionPublished
from accredit.frameworks.models import Counter, Edition, Scheme
from accredit.rulebook.faults import Code
from accredit.rulebook.reading import BadEdition, read_edition
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@action
def found_scheme(code: str, *, name: str, body: str, by: Actor, at: datetime, **settings: object) -> Scheme:
    """Make a scheme; the first of an installation is its default. `settings` are fields of the model."""
    scheme = Scheme.objects.create(
        code=code, name=name, body=body, is_default=not Scheme.objects.exists(), **settings
    )
    trail.record("scheme_founded", by=by, at=at, subject=scheme, data={"code": code})
    return scheme


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
