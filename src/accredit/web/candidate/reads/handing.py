"""Preview, the answers to check before submitting, and frozen copies."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Portfolio, Submission
from accredit.portfolios.queries import (
    Draft,
    TaskList,
    draft_of,
    freeze,
    is_fetching,
    links_of,
    snapshots_of,
    task_list,
)
from accredit.registrations.models import Registration
from accredit.registrations.queries import is_window_open
from accredit.rulebook.faults import Code, Fault
from accredit.rulebook.framework import SectionKind
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import Stage
from accredit.web.candidate.reads.home import windows
from accredit.web.candidate.reads.thoughts import href_of
from accredit.web.ui.answered import answered_of, with_answers
from accredit.web.ui.formats import day
from accredit.web.ui.links import LinkState, known_state
from accredit.web.ui.parts import Crumb, Row
from accredit.web.ui.portfolio import Reading, reading_of
from accredit.wording import sentence


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that leads somewhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Submitting:
    """What stands in the way, what to think about, and the answers to check."""

    missing: tuple[Told, ...]
    warnings: tuple[Told, ...]
    rows: tuple[Row, ...]
    is_open: bool
    window: str
    links: tuple[LinkState, ...]
    is_fetching: bool

    @property
    def may_submit(self) -> bool:
        """Say whether the button leads anywhere."""
        return self.is_open and not self.missing


def crumbs(registration: int, title: str) -> list[Crumb]:
    """Return the way to a page of a registration."""
    return [
        Crumb(_("My accreditation"), reverse("candidate:home")),
        Crumb(_("Task list"), reverse("candidate:registration", args=[registration])),
        Crumb(title),
    ]


def preview(portfolio: Portfolio) -> Reading:
    """Return the portfolio as an assessor would read it now."""
    return reading_of_draft(draft_of(portfolio))


def reading_of_draft(draft: Draft) -> Reading:
    """Return a draft already loaded as an assessor would read it."""
    pk = draft.registration.pk
    return reading_of(
        freeze(draft),
        draft.rules,
        file_url=lambda key: reverse("candidate:evidence_file", args=[pk, key]),
        source_url=reverse("candidate:source_file", args=[pk]),
    )


def frozen(submission: Submission) -> Reading:
    """Return a frozen copy as it was read."""
    registration = submission.portfolio.registration
    files: Mapping[int | None, int] = dict(submission.files.values_list("evidence_key", "pk"))

    def address(key: int | None) -> str:
        if key not in files:
            return ""
        return reverse("candidate:submitted_file", args=[registration.pk, submission.round, files[key]])

    reading = reading_of(
        submission.content,
        rules_of(registration.edition),
        file_url=lambda key: address(int(key)),
        source_url=address(None),
    )
    return with_answers(reading, answered_of(snapshots_of(submission), _kept(submission)))


def _kept(submission: Submission) -> Callable[[int], str]:
    pk, number = submission.portfolio.registration_id, submission.round
    return lambda key: reverse("candidate:answered", args=[pk, number, key])


def submitting(portfolio: Portfolio, at: datetime) -> Submitting:
    """Read the page before submitting."""
    registration = portfolio.registration
    found = task_list(portfolio, on=timezone.localdate(at))
    faults = [each for task in found.tasks if task.is_open for each in task.faults]
    told = [each for task in found.tasks if task.is_open for each in task.advice]
    # Each link stands below with what it answered.
    advice = [each for each in told if each.code is not Code.LINK_SILENT]
    kinds = {task.slot: task.section.kind for task in found.tasks}
    return Submitting(
        missing=tuple(_told(each, kinds, registration.pk) for each in (*faults, *found.overall)),
        warnings=tuple(
            Told(sentence(each), href_of(each, registration.pk)) for each in (*found.advice, *advice)
        ),
        rows=tuple(_rows(portfolio, found)),
        is_open=_is_time(registration, at),
        window=windows(registration.scheme, at) if registration.round_kind == RoundKind.FIRST else "",
        links=tuple(_states(portfolio, at)),
        is_fetching=is_fetching(),
    )


def _states(portfolio: Portfolio, at: datetime) -> Iterator[LinkState]:
    """Yield what is known of each link: of the rows, so that no text has to be read for it."""
    for link in links_of(portfolio).values():
        state = known_state(link.address, link, at=at)
        if state is not None:
            yield state


def _is_time(registration: Registration, at: datetime) -> bool:
    if registration.stage != Stage.DRAFTING:
        return True
    return is_window_open(registration.scheme, at)


def _told(fault: Fault, kinds: Mapping[str, SectionKind], registration: int) -> Told:
    slot = str(fault.get("section") or "")
    if slot not in kinds:
        name = "candidate:summary" if fault.code == "summary_missing" else "candidate:as_it_is"
        has_page = fault.code in ("summary_missing", "source_missing", "as_it_is_not_open")
        return Told(sentence(fault), reverse(name, args=[registration]) if has_page else "")
    if kinds[slot] is SectionKind.CONFIRMATION:
        return Told(sentence(fault), reverse("candidate:confirmation", args=[registration]))
    return Told(sentence(fault), reverse("candidate:section", args=[registration, slot]))


def _rows(portfolio: Portfolio, found: TaskList) -> list[Row]:
    registration = portfolio.registration
    pk = registration.pk
    sections = ngettext("%(count)d section", "%(count)d sections", found.needed) % {"count": found.needed}
    confirmed = _("%(name)s, on %(day)s") % {
        "name": portfolio.confirmed_name,
        "day": day(portfolio.confirmed_on),
    }
    confirmation = reverse("candidate:confirmation", args=[pk])
    return [
        Row(_("Pathway"), rules_of(registration.edition).pathway(registration.pathway).title),
        *_form(portfolio, found),
        Row(_("Sections"), sections, reverse("candidate:registration", args=[pk]), _("Change")),
        Row(
            _("Confirmed"),
            confirmed if portfolio.confirmed_on else _("Not yet"),
            confirmation,
            _("Change"),
        ),
        *_language(portfolio, confirmation),
        Row(
            _("Assessor you suggest"),
            portfolio.suggested_assessor or _("Nobody"),
            confirmation,
            _("Change"),
        ),
    ]


def _language(portfolio: Portfolio, confirmation: str) -> list[Row]:
    if not (portfolio.registration.scheme.asks_language or portfolio.language):
        return []
    return [Row(_("Language"), portfolio.language or _("Not said yet"), confirmation, _("Change"))]


def _form(portfolio: Portfolio, found: TaskList) -> list[Row]:
    pk = portfolio.registration_id
    if portfolio.form == Portfolio.Form.AS_IT_IS:
        source = portfolio.source_address or portfolio.source_name
        return [Row(_("How you hand it in"), source, reverse("candidate:as_it_is", args=[pk]), _("Change"))]
    words = ngettext("%(count)d word", "%(count)d words", found.words) % {"count": found.words}
    return [
        Row(_("How you hand it in"), _("Written here")),
        Row(_("Length"), words, reverse("candidate:preview", args=[pk]), _("Read it")),
    ]
