"""What the public pages show: read from the edition in force, made ready to draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accredit.fees.models import Fee
from accredit.fees.queries import offered
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import default_scheme, edition_in_force, rules_of
from accredit.rulebook import comparison
from accredit.rulebook.framework import Edition, OnPathway, Pathway, Section
from accredit.rulebook.suggestion import Suggestion
from accredit.web.public import phrases
from accredit.web.ui.formats import money
from accredit.web.ui.parts import Cell, Column, Group, Matrix, MatrixRow, Table


@dataclass(frozen=True, slots=True)
class Showing:
    """The scheme that visitors see, with the rules in force."""

    scheme: Scheme
    rules: Edition


@dataclass(frozen=True, slots=True)
class Asked:
    """What one section asks on one pathway; `before` is what the pathway below asks, where that differs."""

    section: Section
    on: OnPathway
    facts: tuple[str, ...]
    news: str = ""
    before: OnPathway | None = None

    @property
    def is_new(self) -> bool:
        """Whether the pathway below does not have it."""
        return bool(self.news) and self.before is None

    @property
    def anchor(self) -> str:
        """The fragment of the page under which it stands."""
        return f"section-{self.section.code}"


def showing(on: date) -> Showing | None:
    """Return what visitors see on a day; None on an installation that is not set up."""
    scheme = default_scheme()
    if scheme is None:
        return None
    try:
        return Showing(scheme, rules_of(edition_in_force(scheme, on)))
    except IndexError:
        return None


def matrix(rules: Edition) -> Matrix:
    """Return the comparison of all pathways, ready to draw."""
    compared = comparison.matrix(rules)
    return Matrix(
        caption=_("What each pathway asks"),
        corner=_("Part of the portfolio"),
        columns=[pathway.title for pathway in compared.pathways],
        rows=[_row(row) for row in compared.rows],
    )


def _row(row: comparison.MatrixRow) -> MatrixRow:
    group = row.section.group if row.section.group != row.section.title else ""
    return MatrixRow(label=row.title, note=group, cells=[_cell(cell) for cell in row.cells])


def _cell(cell: comparison.Cell) -> object:
    if cell.on is None or not (cell.asked or cell.more):
        return False
    if not cell.asked:
        return _("welcome, not asked")
    if cell.on.examples is None:
        return True
    counted = phrases.examples(cell.on.examples)
    return _("%(examples)s; more areas are welcome") % {"examples": counted} if cell.more else counted


def sections(rules: Edition, pathway: Pathway) -> list[Group]:
    """Return what a pathway asks, by group, beside what the pathway below it asks."""
    lower = [each for each in rules.pathways if each.rank < pathway.rank]
    below = lower[-1] if lower else None
    changed = comparison.changes(rules, below.code, pathway.code) if below else ()
    changes = {change.section.code: change for change in changed}
    groups: dict[str, list[Asked]] = {}
    for section in rules.sections_for(pathway.code):
        asked = _asked(rules, section, pathway, below, changes.get(section.code))
        groups.setdefault(section.group or section.title, []).append(asked)
    return [Group(title, items) for title, items in groups.items()]


def _asked(
    rules: Edition,
    section: Section,
    pathway: Pathway,
    below: Pathway | None,
    change: comparison.Change | None,
) -> Asked:
    on = rules.on(section.code, pathway.code)
    facts = _facts(section, on)
    if below is None or change is None:
        return Asked(section, on, facts)
    news = _("Not part of %(pathway)s") if change.before is None else _("What %(pathway)s asks here")
    return Asked(section, on, facts, news % {"pathway": below.title}, change.before)


def _facts(section: Section, on: OnPathway) -> tuple[str, ...]:
    facts = []
    if section.is_repeatable:
        facts.append(phrases.entries(on.entries))
    if on.examples:
        each = _("%(examples)s in each") if section.is_repeatable else "%(examples)s"
        facts.append(each % {"examples": phrases.examples(on.examples)})
    if on.example_types:
        facts.append(_("about %(types)s") % {"types": phrases.types(on.example_types)})
    if on.words:
        facts.append(phrases.words(on.words))
    if section.is_statement:
        facts.append(_("read, not rated"))
    return tuple(facts)


def speaking(suggestion: Suggestion | None) -> int:
    """Count the answers that speak for the suggested pathway."""
    reasons = suggestion.reasons if suggestion else ()
    return sum(1 for reason in reasons if suggestion and suggestion.pathway in reason.towards)


def fee_table(scheme: Scheme, rules: Edition, on: date) -> tuple[Table, bool]:
    """Return the fees in force and whether any of them is only a sample."""
    titles = {pathway.code: pathway.title for pathway in rules.pathways}
    fees = offered(scheme, on=on)
    table = Table(
        caption=_("Registration fees"),
        columns=(
            Column(_("Who you are"), is_head=True),
            Column(_("Pathway")),
            Column(_("Fee"), is_number=True),
        ),
        rows=[_fee_row(fee, titles) for fee in fees],
        empty=_("No fees have been published yet. Ask us what registration costs."),
    )
    return table, any(fee.is_sample for fee in fees)


def _fee_row(fee: Fee, titles: dict[str, str]) -> Sequence[object]:
    pathway = titles.get(fee.pathway, fee.pathway) or _("any pathway")
    amount = money(Decimal(fee.amount) / 100, fee.currency)
    return fee.title, pathway, Cell(amount, note=_("sample") if fee.is_sample else "")
