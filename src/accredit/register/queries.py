"""The public list of holders: those who agreed to stand in it and hold an award today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accredit.awards.models import Award
from accredit.awards.queries import held_on
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import rules_of
from accredit.register.models import Consent, RegisterEntry


@dataclass(frozen=True, slots=True)
class HolderLine:
    """What the public reads of a holder, and no more."""

    award: int
    name: str
    post_nominals: str
    pathway: str
    areas: tuple[str, ...]
    number: str
    issued_on: date
    valid_until: date
    distinction: bool


def holders(text: str = "", pathway: str = "", *, on: date, scheme: Scheme | None = None) -> QuerySet[Award]:
    """Return one award of each holder in the register, the newest they hold, by name.

    `text` is sought in names, areas and certificate numbers; every word must occur.
    """
    held = held_on(on)
    same = held.filter(person_id=OuterRef("person_id"), scheme_id=OuterRef("scheme_id"))
    newer = same.filter(
        Q(issued_on__gt=OuterRef("issued_on")) | Q(issued_on=OuterRef("issued_on"), pk__gt=OuterRef("pk"))
    )
    agreed = RegisterEntry.objects.filter(
        person_id=OuterRef("person_id"), scheme_id=OuterRef("scheme_id"), consented_at__isnull=False
    )
    rows = held.filter(Exists(agreed), ~Exists(newer)).select_related("edition")
    for word in text.replace("\x00", " ").split():
        rows = rows.filter(Q(name__icontains=word) | Q(areas__icontains=word) | Q(number__iexact=word))
    if pathway:
        rows = rows.filter(pathway=pathway)
    if scheme is not None:
        rows = rows.filter(scheme=scheme)
    return rows.defer("edition__document").order_by("name", "pk")


def line_of(award: Award) -> HolderLine:
    """Return what the public reads of one award."""
    level = rules_of(award.edition).pathway(award.pathway)
    return HolderLine(
        award=award.pk,
        name=award.name,
        post_nominals=level.post_nominals,
        pathway=level.title,
        areas=tuple(each for each in award.areas if each),
        number=award.number,
        issued_on=award.issued_on,
        valid_until=award.valid_until,
        distinction=award.distinction,
    )


def entry_of(person: int, scheme: Scheme) -> RegisterEntry | None:
    """Return a person's place in the register; `consented_at` says whether they stand in it."""
    return RegisterEntry.objects.filter(person_id=person, scheme=scheme).first()


def consents_of(person: int, scheme: Scheme) -> list[Consent]:
    """Return when a person agreed or withdrew, and the words they saw, the newest first."""
    rows = Consent.objects.filter(entry__person_id=person, entry__scheme=scheme)
    return list(rows.order_by("-at", "-pk"))
