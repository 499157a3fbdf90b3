"""One award: what it is worth, and what the office may do about it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accredit.awards import actions
from accredit.awards.models import Award
from accredit.awards.queries import standing_of
from accredit.rulebook.lineage import Change, changes_open
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.awards import ChangeForm, NameForm
from accredit.web.office.reads import awards as reads
from accredit.web.ui.badges import certificate_file
from accredit.web.ui.forms import Form
from accredit.web.ui.pages import render, role_required


def _award(pk: int) -> Award:
    rows = Award.objects.select_related("person", "scheme", "edition", "registration")
    return get_object_or_404(rows, pk=pk)


@require_safe
@role_required(Role.OFFICE)
def award(request: HttpRequest, pk: int) -> HttpResponse:
    """One award, its lineage, and what may be done about it."""
    found = _award(pk)
    title = _("Award %(number)s") % {"number": found.number}
    context = reads.page(found, localdate()) | {"title": title, "crumbs": reads.crumbs(found)}
    return render(request, "office/award.html", context)


@require_safe
@role_required(Role.OFFICE)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate as a PDF, while the award has not been taken away."""
    return certificate_file(_award(pk))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OFFICE)
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Suspend, revoke, retire or take one of these back, with what it will do said first."""
    found = _award(pk)
    if what not in set(Change):
        raise Http404
    wanted, form = Change(what), ChangeForm(scope.sent(request))
    if request.method != "POST" and wanted not in changes_open(standing_of(found, localdate())):
        return redirect("office:award", pk)

    def act() -> None:
        actions.change_standing(
            found, wanted, **form.cleaned_data, by=scope.actor(request), at=timezone.now()
        )

    if _done(request, form, act):
        messages.success(request, _("Done. The holder is told by a letter."))
        return redirect("office:award", pk)
    title = f"{reads.capital(wanted)}: {found.number}"
    return _page(request, form, found, title, lead=reads.effects()[wanted], button=reads.capital(wanted))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OFFICE)
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Write another name on an award."""
    found = _award(pk)
    form = NameForm(scope.sent(request), initial={"name": found.name})

    def act() -> None:
        actions.rename_award(found, **form.cleaned_data, by=scope.actor(request), at=timezone.now())

    if _done(request, form, act):
        messages.success(request, _("The certificate bears this name from now on; number and dates stay."))
        return redirect("office:award", pk)
    lead = _("The number and the dates stay. Certificates made before still name the person as they did.")
    return _page(request, form, found, _("Another name on the certificate"), lead=lead, button=_("Save"))


def _done(request: HttpRequest, form: Form, act: Callable[[], object]) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        form.add_refusal(refused)
        return False
    return True


def _page(
    request: HttpRequest, form: Form, award: Award, title: str, *, lead: str, button: str
) -> HttpResponse:
    context = {"title": title, "lead": lead, "crumbs": reads.crumbs(award, title), "form": form}
    status = 422 if form.errors else 200
    return render(request, "office/form.html", context | {"button": button}, status=status)
