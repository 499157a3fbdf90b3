"""Before somebody assesses: what would stand in the way; and whom candidates have named."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accredit.assessments.actions import settle_named_conflict
from accredit.assessments.models import NamedConflict
from accredit.people.models import Profile
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.institutions import WhoIsMeantForm
from accredit.web.office.reads import standing as reads
from accredit.web.ui.pages import me, paginate, render, role_required
from accredit.web.ui.parts import Crumb


def _crumbs(person: Profile) -> list[Crumb]:
    here = reverse("office:person", args=[person.pk])
    return [Crumb(_("People"), reverse("office:people")), Crumb(person.name, here)]


@require_safe
@role_required(Role.OFFICE)
def dry_run(request: HttpRequest, pk: int) -> HttpResponse:
    """List the conflicts of a would-be assessor with everybody whose portfolio is under way."""
    person = scope.person(pk)
    page = paginate(reads.under_way(scope.registrations(request), pk), request, 50)
    context = {
        "title": _("If %(name)s were to assess") % {"name": person.name},
        "lead": _("What would stand between them and each candidate of now. What was set aside is left out."),
        "crumbs": _crumbs(person),
        "page": page,
        "table": reads.table(pk, page.items, localdate()),
    }
    return render(request, "office/book.html", context)


def _named(request: HttpRequest, pk: int) -> QuerySet[NamedConflict]:
    """Return whom a candidate has named, without what was said of the reader."""
    mine = Profile.objects.filter(pk=me(request).pk).values("email")
    rows = NamedConflict.objects.filter(person_id=pk).select_related("declared__about", "person")
    rows = rows.exclude(declared__about=me(request).pk).exclude(email__in=mine, email__gt="")
    return rows.order_by("named_at", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OFFICE)
def named_conflicts(request: HttpRequest, pk: int) -> HttpResponse:
    """Read whom a candidate has named; say who each of them is."""
    person = scope.person(pk)
    if me(request).pk == pk:
        raise Http404
    rows = list(_named(request, pk))
    forms = _forms(rows)
    if request.method == "POST":
        found = get_object_or_404(_named(request, pk), pk=_key(request.POST.get("named", "")))
        form = WhoIsMeantForm(request.POST, auto_id=f"named-{found.pk}-%s")
        if form.is_valid() and _settled(request, found, form):
            return redirect("office:named_conflicts", pk)
        forms[found.pk] = form
    context = {
        "title": _("Named by %(name)s") % {"name": person.name},
        "lead": _("Who should not assess this candidate, in their words. They do not learn what came of it."),
        "crumbs": _crumbs(person),
        "lines": [(each, forms.get(each.pk)) for each in rows],
    }
    wrong = any(each.errors for each in forms.values())
    return render(request, "office/named.html", context, status=422 if wrong else 200)


def _forms(rows: Iterable[NamedConflict]) -> dict[int, WhoIsMeantForm]:
    """Return a form for each of which nobody has said who it is."""
    return {
        each.pk: WhoIsMeantForm(auto_id=f"named-{each.pk}-%s") for each in rows if each.declared_id is None
    }


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _settled(request: HttpRequest, found: NamedConflict, form: WhoIsMeantForm) -> bool:
    by, at = scope.actor(request), timezone.now()
    try:
        settle_named_conflict(found, about=form.cleaned_data["about"], by=by, at=at)
    except Refused as refused:
        form.add_refusal(refused)
        return False
    messages.success(request, _("Noted."))
    return True
