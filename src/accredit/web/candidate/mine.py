"""Fetching what is mine: another person's registrations do not exist for these pages."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accredit.awards.models import Award
from accredit.awards.queries import of_person as awards_of_person
from accredit.exchange.models import Export, Import
from accredit.exchange.permissions import exports_visible_to
from accredit.exchange.queries import import_of
from accredit.files.models import Blob, Upload
from accredit.people.models import Profile
from accredit.portfolios.models import Entry, Evidence, Portfolio, Submission
from accredit.portfolios.queries import bound_for, entry_at, portfolio_of, slot_of, submission_of_round
from accredit.registrations.models import Registration
from accredit.registrations.queries import of_person
from accredit.rulebook.faults import Code, fault
from accredit.rulebook.workflow import EDITABLE, Role, Stage
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Refused
from accredit.web.ui.pages import actor_of, me, sign_in_required
from accredit.web.ui.shell import person_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
MOST_DIGITS = 18  # a key any database can hold


def candidate_page(view: View[P]) -> View[P]:
    """Let in who is signed in; who has no profile yet is asked for it first. Pages are read or posted to."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if person_of(request) is None:
            return redirect(f"{reverse('account:profile')}?next={request.path}")
        return view(request, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(sign_in_required(guarded))  # type: ignore[arg-type]


def actor(request: HttpRequest) -> Actor:
    """Return the signed-in person as a candidate."""
    return actor_of(request, Role.CANDIDATE)


def my_profile(request: HttpRequest) -> Profile:
    """Return the signed-in person's profile."""
    return Profile.objects.get(pk=me(request).pk)


def my_registration(request: HttpRequest, pk: int) -> Registration:
    """Return a registration of mine."""
    found = of_person(me(request).pk).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def my_portfolio(request: HttpRequest, pk: int) -> Portfolio:
    """Return the portfolio of a registration of mine."""
    portfolio = portfolio_of(pk)
    if portfolio is None or portfolio.registration.person_id != me(request).pk:
        raise Http404
    return portfolio


def my_entry(request: HttpRequest, pk: int, slot: str) -> Entry:
    """Return what stands in a slot of a portfolio of mine."""
    entry = entry_at(my_portfolio(request, pk), slot)
    if entry is None:
        raise Http404
    return entry


def slot_meant(request: HttpRequest, portfolio: Portfolio, slot: str) -> str:
    """Return where the entry that a page was opened with stands now, whatever stands at its address since.

    Refused when it has been removed: its text must not go into the one that moved up.
    """
    key = request.POST.get("entry", "")
    if not (key.isascii() and key.isdecimal() and len(key) <= MOST_DIGITS):
        return slot
    entry = portfolio.entries.filter(pk=key).first()
    if entry is None:
        raise Refused(fault(Code.ENTRY_REMOVED))
    return slot_of(entry)


def my_evidence(request: HttpRequest, pk: int, evidence: int) -> Evidence:
    """Return a piece of my locker that has not been removed."""
    portfolio = my_portfolio(request, pk)
    found = portfolio.evidence.filter(pk=evidence, removed_at=None).select_related("blob", "captions").first()
    if found is None:
        raise Http404
    found.portfolio = portfolio
    return found


def my_import(request: HttpRequest, pk: int, brought: int) -> Import:
    """Return a document brought into a portfolio of mine and not dropped."""
    found = import_of(my_portfolio(request, pk), brought)
    if found is None:
        raise Http404
    return found


def uploads_of(portfolio: Portfolio) -> QuerySet[Upload]:
    """Return the uploads for a portfolio of mine."""
    return Upload.objects.filter(owner=portfolio.registration.person_id, bound_for=bound_for(portfolio))


def my_upload(portfolio: Portfolio, key: UUID) -> Upload:
    """Return an upload for a portfolio of mine."""
    found = uploads_of(portfolio).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def arrived_for(request: HttpRequest, portfolio: Portfolio) -> Upload | None:
    """Return the upload a form names in place of a file; None when it sends a file or names none of mine."""
    try:
        key = UUID(request.POST.get("arrived", ""))
    except ValueError:
        return None
    return None if "upload" in request.FILES else uploads_of(portfolio).filter(key=key).first()


def my_submission(request: HttpRequest, pk: int, number: int) -> Submission:
    """Return what I handed in in a round."""
    my_registration(request, pk)
    found = submission_of_round(pk, number)
    if found is None:
        raise Http404
    return found


def my_export(request: HttpRequest, pk: int, export: int) -> tuple[Export, Blob]:
    """Return a finished export of a portfolio of mine, and its file."""
    rows = exports_visible_to(me(request).pk).filter(portfolio__registration_id=pk, blob__isnull=False)
    found = rows.filter(pk=export).select_related("blob", "portfolio__registration").first()
    if found is None or found.blob is None:
        raise Http404
    return found, found.blob


def my_award(request: HttpRequest, pk: int) -> Award:
    """Return an award of mine."""
    found = awards_of_person(me(request).pk).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def is_editable(registration: Registration) -> bool:
    """Say whether the candidate writes in this stage."""
    return Stage(registration.stage) in EDITABLE
