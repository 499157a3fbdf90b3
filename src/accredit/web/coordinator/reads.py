"""A cohort as its coordinator may know it: of each candidate what they agreed to, of the others nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Portfolio
from accredit.portfolios.queries import Draft, drafts_of, task_list_of
from accredit.registrations.models import Cohort, CohortPlace
from accredit.registrations.queries import coordinated_by
from accredit.web.ui.formats import day
from accredit.web.ui.labels import stage_look
from accredit.web.ui.parts import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class Shown:
    """One candidate; counts and dates are None where they show the stage alone."""

    name: str
    pathway: str
    stage: str
    ready: int | None
    needed: int | None
    saved_at: datetime | None
    submitted_at: datetime | None

    @property
    def sections(self) -> str:
        """Return how many sections are ready, of how many."""
        if self.ready is None or self.needed is None:
            return ""
        return _("%(ready)s of %(needed)s") % {"ready": self.ready, "needed": self.needed}


def cohorts(person: int) -> list[Cohort]:
    """Return a coordinator's open cohorts with the number of candidates who show them something."""
    return list(coordinated_by(person))


def shown(places: Iterable[CohortPlace], on: date) -> list[Shown]:
    """Return what each agreed to show on a day: four queries for any number of places."""
    found = list(places)
    drafts = _drafts(each for each in found if each.shows == CohortPlace.Shows.PROGRESS)
    return [_shown(each, drafts.get(each.registration_id), on) for each in found]


def _drafts(places: Iterable[CohortPlace]) -> dict[int, Draft]:
    registrations = {each.registration_id: each.registration for each in places}
    portfolios = list(Portfolio.objects.filter(registration__in=list(registrations)))
    for each in portfolios:
        each.registration = registrations[each.registration_id]
    return {each.registration.pk: each for each in drafts_of(portfolios)}


def _shown(place: CohortPlace, draft: Draft | None, on: date) -> Shown:
    registration = place.registration
    tasks = task_list_of(draft, on=on) if draft else None
    saved = [entry.saved_at for entry in draft.entries if entry.version] if draft else []
    return Shown(
        name=registration.person.name or _("(no name yet)"),
        pathway=rules_of(registration.edition).pathway(registration.pathway).title,
        # A coordinator learns no more of a panel than the candidate does.
        stage=str(stage_look(registration.stage, "candidate").text),
        ready=tasks.ready if tasks else None,
        needed=tasks.needed if tasks else None,
        saved_at=max(saved, default=None),
        submitted_at=registration.submitted_at if draft else None,
    )


def table(rows: Sequence[Shown]) -> Table:
    """Return the cohort as a table; a dash where somebody shows less."""
    columns = [
        Column(_("Name"), is_head=True),
        Column(_("Pathway")),
        Column(_("Stage")),
        Column(_("Sections ready")),
        Column(_("Last written")),
        Column(_("Submitted")),
    ]
    lines = [
        [
            Cell(row.name),
            row.pathway,
            row.stage,
            row.sections or "–",
            day(row.saved_at) or "–",
            day(row.submitted_at) or "–",
        ]
        for row in rows
    ]
    empty = _("Nobody shows you anything yet. Give the code to your candidates: each decides what you see.")
    return Table(_("Candidates"), columns, lines, empty, is_caption_shown=False)


def export_head() -> list[str]:
    """Return the heads of the exported columns."""
    return [
        _("Name"), _("Pathway"), _("Stage"), _("Sections ready"), _("Sections needed"), _("Last written"),
        _("Submitted"),
    ]  # fmt: skip


def export_line(row: Shown) -> list[object]:
    """Return one line of the export."""
    moments = [each.date().isoformat() if each else "" for each in (row.saved_at, row.submitted_at)]
    return [row.name, row.pathway, row.stage, row.ready, row.needed, *moments]
