"""How large files may be, how much room they take, and how long it will last."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accredit.frameworks.actions import set_limits
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.files import FIELDS, LimitsForm
from accredit.web.office.reads import files as reads
from accredit.web.office.reads.books import schemes
from accredit.web.ui.pages import render, role_required


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OFFICE)
def files(request: HttpRequest) -> HttpResponse:
    """Show the room that files take, and change a scheme's limits."""
    known = schemes()
    wanted = request.POST.get("scheme") or request.GET.get("scheme") or ""
    scheme = next((each for each in known if str(each.pk) == wanted), known[0] if known else None)
    if scheme is None:
        raise Http404
    form = LimitsForm(scheme, scope.sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            set_limits(scheme, **form.values(), by=scope.actor(request), at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused, FIELDS)
        else:
            messages.success(request, _("The limits are changed; they hold from the next file on."))
            return redirect(f"{request.path}?scheme={scheme.pk}")
    context = reads.page(request, known, scheme, at=timezone.now()) | {"form": form}
    return render(request, "office/files.html", context, status=422 if form.errors else 200)
