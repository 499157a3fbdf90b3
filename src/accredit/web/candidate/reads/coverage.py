"""Where each principle is shown: section by section as a matrix, principle by principle as a list."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.portfolios.models import Portfolio
from accredit.portfolios.queries import Draft, draft_of, facts_of_draft
from accredit.rulebook.advice import Coverage, coverage
from accredit.web.ui.parts import Matrix, MatrixRow


@dataclass(frozen=True, slots=True)
class Shown:
    """One principle, what it means, and where it is shown: titles and addresses."""

    title: str
    meaning: str
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """The page: how many of the principles are shown, the matrix and the list."""

    covered: int
    principles: tuple[Shown, ...]
    matrix: Matrix

    @property
    def uncovered(self) -> list[Shown]:
        """Return the principles that are shown nowhere."""
        return [each for each in self.principles if not each.places]


def covered(portfolio: Portfolio, on: date) -> Covered:
    """Read where each principle is shown: four queries at any size."""
    draft = draft_of(portfolio)
    found = coverage(draft.rules, facts_of_draft(draft, on=on))
    return Covered(
        covered=sum(bool(each.slots) for each in found),
        principles=tuple(
            Shown(
                each.principle.title,
                each.principle.meaning,
                tuple((draft.rules.slot_title(slot), _href(draft, slot)) for slot in each.slots),
            )
            for each in found
        ),
        matrix=_matrix(draft, found),
    )


def _matrix(draft: Draft, found: tuple[Coverage, ...]) -> Matrix:
    rated = [section.code for section in draft.sections if section.is_rated]
    entries = {draft.slot(entry): entry for code in rated for entry in draft.of_section(code)}
    rows = [
        MatrixRow(
            label=draft.rules.slot_title(slot).removeprefix(slot).strip(),
            code=slot,
            href=_href(draft, slot),
            note=entry.title or entry.area,
            cells=[_cell(each, slot) for each in found],
        )
        for slot, entry in entries.items()
    ]
    titles = [each.principle.title for each in found]
    return Matrix(_("Which section shows which principle"), titles, rows, corner=_("Section"))


def _cell(found: Coverage, slot: str) -> object:
    return _("a text") if slot in found.written else slot in found.tagged


def _href(draft: Draft, slot: str) -> str:
    return reverse("candidate:section", args=[draft.registration.pk, slot])
