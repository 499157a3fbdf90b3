"""The register of holders as visitors see it: search, lines, one holder."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.awards.models import Award
from accredit.register.queries import HolderLine, holders, line_of
from accredit.rulebook.framework import Edition
from accredit.web.public.reads import Showing
from accredit.web.ui.formats import day
from accredit.web.ui.parts import Filter, Filters, Row

MOST_LETTERS = 100


@dataclass(frozen=True, slots=True)
class Search:
    """What a visitor looks for."""

    text: str = ""
    pathway: str = ""

    @property
    def is_any(self) -> bool:
        """Say whether anything narrows the list."""
        return bool(self.text.strip() or self.pathway)


def wanted_by(given: QueryDict, rules: Edition) -> Search:
    """Read the search from the address; a pathway the edition does not have counts as none."""
    pathway = given.get("pathway", "")
    known = {each.code for each in rules.pathways}
    return Search(given.get("q", "")[:MOST_LETTERS], pathway if pathway in known else "")


def search(found: Showing, wanted: Search, on: date) -> QuerySet[Award]:
    """Return the awards of listed holders that match, ready to cut into pages."""
    return holders(wanted.text, wanted.pathway, on=on, scheme=found.scheme)


def filters(rules: Edition, wanted: Search) -> Filters:
    """Return the search as the list shows it."""
    pathways = [("", _("Any pathway")), *((each.code, each.title) for each in rules.pathways)]
    return Filters(
        fields=[Filter("pathway", _("Pathway"), pathways, wanted.pathway)],
        search=wanted.text,
        search_label=_("Name, area or certificate number"),
        clear=reverse("public:register") if wanted.is_any else "",
    )


def one(found: Showing, pk: int, on: date) -> tuple[HolderLine, str] | None:
    """Return a listed holder and the code of their pathway; None for anybody who is not listed."""
    award = holders(on=on, scheme=found.scheme).filter(pk=pk).first()
    return (line_of(award), award.pathway) if award else None


def facts(line: HolderLine) -> list[Row]:
    """Return what a holder agreed to show of an award."""
    rows = [
        Row(_("Certificate number"), line.number),
        Row(_("Since"), day(line.issued_on)),
        Row(_("Valid until"), day(line.valid_until)),
    ]
    if line.areas:
        rows.insert(0, Row(_("Areas"), ", ".join(line.areas)))
    return rows
