"""Second looks: the policy, drawing a sample, and what was found."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accredit.assessments import actions
from accredit.assessments.models import Sample, Sampled
from accredit.assessments.queries import policy_of
from accredit.frameworks.actions import set_sampling
from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.sampling import DrawForm, PolicyForm, SecondLookForm
from accredit.web.office.reads import sampling as reads
from accredit.web.ui.pages import paginate, render, role_required
from accredit.web.ui.parts import Crumb

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@role_required(Role.OFFICE)
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the second looks of the usual scheme."""
    return redirect("office:samples", scope.usual_scheme().code)


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def samples(request: HttpRequest, scheme: str) -> HttpResponse:
    """List samples; draw another one; change the policy."""
    found = scope.scheme(scheme)
    sent, is_policy = scope.sent(request), "policy" in request.POST
    policy = policy_of(found)
    initial = {name: getattr(policy, name) for name in ("share", "first", "fails", "distinctions")}
    forms: dict[str, PolicyForm | DrawForm] = {
        "policy": PolicyForm(sent if is_policy else None, initial=initial),
        "draw": DrawForm(None if is_policy else sent),
    }
    if sent is not None and _done(request, found, forms, "policy" if is_policy else "draw"):
        return redirect("office:samples", scheme)
    page = paginate(reads.samples(found), request, 30)
    context = {
        "title": _("Second looks"),
        "eyebrow": found.name,
        "lead": _("Some decisions are looked at again, by a policy and by lot. Only the office sees which."),
        "page": page,
        "table": reads.table(page.items),
        **forms,
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "office/samples.html", context, status=422 if wrong else 200)


def _done(request: HttpRequest, scheme: Scheme, forms: dict[str, PolicyForm | DrawForm], what: str) -> bool:
    form, by, at = forms[what], scope.actor(request), timezone.now()
    if not form.is_valid():
        return False
    try:
        if isinstance(form, PolicyForm):
            set_sampling(scheme, policy=form.policy(), by=by, at=at)
            messages.success(request, _("Changed. It holds from the next sample on."))
        else:
            made = actions.draw_sample(scheme, **form.cleaned_data, by=by, at=at)
            words = _("Drawn: %(n)s of %(of)s decisions.")
            messages.success(request, words % {"n": made.rows.count(), "of": made.decisions})
    except Refused as refused:
        form.add_refusal(refused, {Code.DAYS_END_BEFORE_START: "until"})
        return False
    return True


@require_safe
@role_required(Role.OFFICE)
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sample: which decisions, and why."""
    found = get_object_or_404(Sample.objects.select_related("scheme"), pk=pk)
    page = paginate(reads.rows_of(found, scope.registrations(request)), request, 50)
    context = {
        "title": _("Sample"),
        "eyebrow": found.scheme.name,
        "lead": _("Seed %(seed)s: who has it can draw the same again.") % {"seed": found.seed},
        "crumbs": [Crumb(_("Second looks"), reverse("office:samples", args=[found.scheme.code]))],
        "page": page,
        "table": reads.lines_of(page.items),
    }
    return render(request, "office/book.html", context)


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def second_look(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what a second look found, and what was done."""
    mine = scope.registrations(request).values("pk")
    rows = Sampled.objects.filter(outcome__panel__registration__in=mine)
    rows = rows.select_related("sample__scheme", "outcome__panel__registration__person")
    found = get_object_or_404(rows, pk=pk)
    owner = found.outcome.panel.registration
    form = SecondLookForm(scope.sent(request), initial={"found": found.found, "done": found.done})
    if request.method == "POST" and form.is_valid() and _looked(request, found, form):
        return redirect("office:sample", found.sample_id)
    people = Profile.objects.filter(pk__in=[person for _why, person in found.why if person])
    context = {
        "title": _("Second look"),
        "eyebrow": f"{owner.reference} · {owner.person.name}",
        "lead": reads.said(found, dict(people.values_list("pk", "name"))),
        "crumbs": [Crumb(_("Sample"), reverse("office:sample", args=[found.sample_id]))],
        "form": form,
        "registration": owner,
        "round": found.outcome.panel.round,
        "button": _("Save"),
    }
    return render(request, "office/second_look.html", context, status=422 if form.errors else 200)


def _looked(request: HttpRequest, found: Sampled, form: SecondLookForm) -> bool:
    by, at = scope.actor(request), timezone.now()
    try:
        actions.record_second_look(found, **form.cleaned_data, by=by, at=at)
    except Refused as refused:
        form.add_refusal(refused, {Code.FINDING_MISSING: "found"})
        return False
    return True
