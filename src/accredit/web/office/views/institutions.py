"""Institutions: other names, e-mail domains, what they are part of; two that are one."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accredit.people import actions
from accredit.people.models import Institution
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.institutions import InstitutionForm, MergeForm
from accredit.web.ui.pages import Page, paginate, render, role_required
from accredit.web.ui.parts import Cell, Column, Crumb, Table

METHODS = ["GET", "HEAD", "POST"]
FIELDS = {
    Code.INSTITUTION_NAMELESS: "name",
    Code.INSTITUTION_NAME_TAKEN: "aliases",
    Code.INSTITUTION_PART_OF_ITSELF: "parent",
    Code.DOMAIN_UNREADABLE: "domains",
    Code.DOMAIN_TAKEN: "domains",
}


def _crumbs() -> list[Crumb]:
    return [
        Crumb(_("People"), reverse("office:people")),
        Crumb(_("Institutions"), reverse("office:institutions")),
    ]


@require_safe
@role_required(Role.OFFICE)
def institutions(request: HttpRequest) -> HttpResponse:
    """List institutions with what they are also known as."""
    rows = Institution.objects.annotate(people=Count("affiliations__person", distinct=True))
    rows = rows.select_related("parent").prefetch_related("aliases", "domains").order_by("name", "pk")
    page = paginate(rows, request, 50)
    context = {
        "title": _("Institutions"),
        "lead": _("Who shares one with a candidate does not assess them."),
        "crumbs": _crumbs()[:1],
        "page": page,
        "table": _table(page),
    }
    return render(request, "office/book.html", context)


def _table(page: Page[Any]) -> Table:
    columns = [
        Column(_("Name"), is_head=True),
        Column(_("Other names")),
        Column(_("E-mail domains")),
        Column(_("Part of")),
        Column(_("People"), is_number=True),
    ]
    lines = [
        [
            Cell(each.name, reverse("office:institution", args=[each.pk])),
            ", ".join(alias.name for alias in each.aliases.all()) or "–",
            ", ".join(found.domain for found in each.domains.all()) or "–",
            each.parent.name if each.parent else "–",
            getattr(each, "people", 0),
        ]
        for each in page.items
    ]
    return Table(_("Institutions"), columns, lines, _("Nobody has named an institution yet."))


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def institution(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of an institution, or say that it is another one."""
    place = get_object_or_404(Institution.objects.select_related("parent"), pk=pk)
    merging = request.method == "POST" and "merge" in request.POST
    sent = scope.sent(request)
    form = InstitutionForm(None if merging else sent, initial=_known(place))
    merge = MergeForm(sent if merging else None)
    if merging and merge.is_valid() and _merged(request, place, merge):
        return redirect("office:institution", merge.cleaned_data["into"].pk)
    if sent is not None and not merging and form.is_valid() and _changed(request, place, form):
        return redirect("office:institutions")
    context = {"title": place.name, "crumbs": _crumbs(), "form": form, "merge": merge}
    wrong = bool(form.errors or merge.errors)
    return render(request, "office/institution.html", context, status=422 if wrong else 200)


def _known(place: Institution) -> dict[str, str]:
    return {
        "name": place.name,
        "aliases": "\n".join(each.name for each in place.aliases.order_by("name")),
        "domains": "\n".join(each.domain for each in place.domains.order_by("domain")),
        "parent": place.parent.name if place.parent else "",
    }


def _changed(request: HttpRequest, place: Institution, form: InstitutionForm) -> bool:
    try:
        actions.change_institution(place, **form.cleaned_data, by=scope.actor(request), at=timezone.now())
    except Refused as refused:
        form.add_refusal(refused, FIELDS)
        return False
    messages.success(request, _("Changed. It counts for panels from now on."))
    return True


def _merged(request: HttpRequest, place: Institution, form: MergeForm) -> bool:
    try:
        actions.merge_institutions(place, **form.cleaned_data, by=scope.actor(request), at=timezone.now())
    except Refused as refused:
        form.add_refusal(refused, {Code.INSTITUTION_PART_OF_ITSELF: "into"})
        return False
    messages.success(request, _("The two are one now."))
    return True
