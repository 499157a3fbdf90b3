"""Reading schemes and the rules of their editions."""

from datetime import date
from pathlib import Path

from accredit.frameworks.models import Edition, Scheme
from accredit.rulebook import framework
from accredit.rulebook.reading import read_edition

SHIPPED = Path(__file__).parent / "editions"


_read: dict[str, framework.Edition] = {}


def rules_of(edition: Edition) -> framework.Edition:
    """Return the rules an edition's document states; read once for each document.

    Known by its hash, so that lists may defer the document, which is long.
    """
    known = _read.get(edition.sha256)
    if known is None:
        known = _read[edition.sha256] = read_edition(edition.document)
    return known


def default_scheme() -> Scheme | None:
    """Return the scheme shown where none is named; None on an installation not yet set up."""
    return Scheme.objects.order_by("-is_default", "id").first()


def editions() -> list[Edition]:
    """Return every edition without its document, the oldest first; one query."""
    return list(Edition.objects.defer("document").order_by("in_force_on", "pk"))


def edition_in_force(scheme: Scheme, on: date) -> Edition:
    """Return the edition that governs forms and outcomes, and new registrations, on a day.

    Before the first one comes into force, that is the one which will.
    """
    begun = scheme.editions.filter(in_force_on__lte=on).order_by("-in_force_on", "-id").first()
    return begun or scheme.editions.order_by("in_force_on", "id")[0]


def shipped_documents() -> dict[str, str]:
    """Return the documents that come with the program, by edition code."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.toml"))}
