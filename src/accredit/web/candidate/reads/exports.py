"""Which copies of a portfolio may be taken away, and how far those asked for are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accredit.exchange.models import Export
from accredit.exchange.queries import exports_of
from accredit.exchange.writers import FORMS, WRITERS
from accredit.portfolios.models import Portfolio, Submission
from accredit.portfolios.queries import submissions_of
from accredit.web.candidate.mine import is_editable
from accredit.web.ui.exports import state_of, told_of
from accredit.web.ui.formats import day
from accredit.web.ui.parts import Tab

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Offer:
    """One form of one copy; `state` is new, making, ready or failed, `remarks` what was said on making it."""

    form: str
    title: str | Promise
    what_for: str | Promise
    state: str
    href: str
    name: str
    size: str
    made_at: datetime | None
    progress: tuple[int, int]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies there are, and the one looked at."""

    tabs: tuple[Tab, ...]
    chosen: str
    is_draft: bool
    offers: tuple[Offer, ...]

    @property
    def is_making(self) -> bool:
        """Say whether anything is under way."""
        return any(each.state == "making" for each in self.offers)

    @property
    def is_ready(self) -> bool:
        """Say whether anything can be fetched."""
        return any(each.state == "ready" for each in self.offers)


def chosen_copy(portfolio: Portfolio, of: str) -> tuple[str, Submission | None]:
    """Return the copy somebody means: a round's, or the draft; what is unknown means the first offered."""
    return _chosen(portfolio, _handed_in(portfolio), of)


def _chosen(portfolio: Portfolio, handed_in: list[Submission], of: str) -> tuple[str, Submission | None]:
    found = next((each for each in handed_in if str(each.round) == of), None)
    may_draft = not handed_in or is_editable(portfolio.registration)
    if found is None and not may_draft:
        found = handed_in[0]
    return (str(found.round), found) if found is not None else (DRAFT, None)


def copies(portfolio: Portfolio, of: str) -> Copies:
    """Read the page."""
    handed_in = _handed_in(portfolio)
    chosen, submission = _chosen(portfolio, handed_in, of)
    asked = {each.form: each for each in reversed(exports_of(portfolio)) if each.submission == submission}
    return Copies(
        tabs=tuple(_tabs(portfolio, handed_in, chosen)),
        chosen=chosen,
        is_draft=submission is None,
        offers=tuple(_offer(form, asked.get(form), portfolio) for form in FORMS),
    )


def address(portfolio: Portfolio, of: str) -> str:
    """Return the page of one copy."""
    return f"{reverse('candidate:exports', args=[portfolio.registration_id])}?of={of}"


def _handed_in(portfolio: Portfolio) -> list[Submission]:
    return [each for each in submissions_of(portfolio.registration_id) if each.set_aside_at is None]


def _tabs(portfolio: Portfolio, handed_in: list[Submission], chosen: str) -> Sequence[Tab]:
    found = [(DRAFT, _("Your draft"))] if not handed_in or is_editable(portfolio.registration) else []
    for each in handed_in:
        said = _("Submitted on %(day)s") % {"day": day(each.submitted_at)}
        found.append((str(each.round), said))
    return [Tab(label, address(portfolio, of), of == chosen) for of, label in found]


def _offer(form: str, export: Export | None, portfolio: Portfolio) -> Offer:
    writer = WRITERS[form]
    blob = export.blob if export is not None else None
    place = [portfolio.registration_id, export.pk if export is not None else 0]
    return Offer(
        form=form,
        title=writer.title,
        what_for=writer.what_for,
        state=state_of(export),
        href=reverse("candidate:export_file", args=place) if blob is not None else "",
        name=export.name if export else "",
        size=filesizeformat(blob.size) if blob is not None else "",
        made_at=export.made_at if export else None,
        progress=(export.done, export.of) if export else (0, 0),
        remarks=tuple(told_of(export)),
    )
