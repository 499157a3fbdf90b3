"""Windows, fees, editions, notices, the trail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accredit.fees.actions import set_fee
from accredit.fees.models import Fee
from accredit.frameworks.models import Edition
from accredit.registrations.actions import set_window
from accredit.registrations.models import Window
from accredit.rulebook.workflow import Role
from accredit.web.office import scope
from accredit.web.office.forms.books import FeeForm, WindowForm
from accredit.web.office.reads import books as reads
from accredit.web.office.reads.registration import notice_state, notices_as_table
from accredit.web.office.reads.titles import options, pathway_titles
from accredit.web.ui.pages import me, paginate, render, role_required
from accredit.web.ui.parts import Crumb

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def windows(request: HttpRequest) -> HttpResponse:
    """List the windows and add one."""
    form = WindowForm(reads.schemes(), scope.sent(request), initial={"mode": Window.Mode.DEADLINE})
    if request.method == "POST" and form.is_valid():
        set_window(**form.cleaned_data, by=scope.actor(request), at=timezone.now())
        messages.success(request, _("The window is added."))
        return redirect("office:windows")
    page = paginate(Window.objects.select_related("scheme").order_by("-closes_at", "-pk"), request)
    context = {
        "title": _("Windows"),
        "lead": _("When submissions are taken. A first submission needs an open window; revisions do not."),
        "page": page,
        "table": reads.windows(page.items),
        "form": form,
        "add": _("Add a window"),
    }
    return render(request, "office/book.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def fees(request: HttpRequest) -> HttpResponse:
    """List the fees and add one."""
    titles = pathway_titles()
    form = FeeForm(reads.schemes(), options(titles), scope.sent(request))
    if request.method == "POST" and form.is_valid():
        set_fee(**form.values(), by=scope.actor(request), at=timezone.now())
        messages.success(request, _("The fee is added. Invoices already written stay as they are."))
        return redirect("office:fees")
    page = paginate(Fee.objects.select_related("scheme").order_by("-valid_from_on", "-pk"), request)
    context = {
        "title": _("Fees"),
        "page": page,
        "table": reads.fees(page.items, titles),
        "form": form,
        "add": _("Add a fee"),
    }
    return render(request, "office/book.html", context, status=422 if form.errors else 200)


@require_safe
@role_required(Role.OFFICE)
def editions(request: HttpRequest) -> HttpResponse:
    """List the published editions; they never change."""
    page = paginate(
        Edition.objects.select_related("scheme").defer("document").order_by("scheme", "-in_force_on", "pk"),
        request,
    )
    lead = _("Published editions never change. Each registration keeps the edition it began with.")
    context = {"title": _("Editions"), "lead": lead, "page": page, "table": reads.editions(page.items)}
    return render(request, "office/book.html", context)


@require_safe
@role_required(Role.OFFICE)
def edition_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an edition's document."""
    found = get_object_or_404(Edition, pk=pk)
    response = HttpResponse(found.document, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.code}.toml"'
    return response


@require_safe
@role_required(Role.OFFICE)
def notices(request: HttpRequest) -> HttpResponse:
    """List what people were or will be told."""
    who = me(request).pk
    page = paginate(reads.notice_rows(request, scope.closed_keys(who), who), request, 50)
    table = notices_as_table(page.items, _("Notices"))
    context = {"title": _("Notices"), "page": page, "filters": reads.notice_filters(request), "table": table}
    return render(request, "office/book.html", context)


@require_safe
@role_required(Role.OFFICE)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one notice as it was or will be sent."""
    who = me(request).pk
    rows = reads.open_notices(scope.closed_keys(who), who).select_related("person", "registration")
    found = get_object_or_404(rows, pk=pk)
    context = {
        "title": found.subject,
        "crumbs": [Crumb(_("Notices"), reverse("office:notices"))],
        "notice": found,
        "state": notice_state(found),
        "rows": reads.notice_facts(found),
    }
    return render(request, "office/notice.html", context)


@require_safe
@role_required(Role.OFFICE)
def trail(request: HttpRequest) -> HttpResponse:
    """Show the latest decisions, in words."""
    page = paginate(reads.trail_rows(request, scope.closed_keys(me(request).pk)), request, 50)
    context = {
        "title": _("Trail"),
        "page": page,
        "filters": reads.trail_filters(request),
        "table": reads.trail(page.items, pathway_titles()),
    }
    return render(request, "office/book.html", context)
