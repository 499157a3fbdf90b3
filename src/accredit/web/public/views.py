"""The public pages: read only, without cookies, drawn from the edition in force."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accredit.register.queries import line_of
from accredit.rulebook.suggestion import suggest
from accredit.web.public import holders, linked, phrases, reads
from accredit.web.public.forms import WhichForm
from accredit.web.public.pages import page, public
from accredit.web.public.reads import Showing
from accredit.web.ui.pages import paginate
from accredit.web.ui.parts import Crumb


@public
def home(request: HttpRequest, found: Showing) -> HttpResponse:
    """Show what the accreditation is, for whom, and how to begin."""
    rules = found.rules
    context = {
        "assessors": phrases.number(rules.panel.size),
        "writing": phrases.years(rules.registration.years),
        "validity": phrases.years(rules.validity_years),
        "linked": linked.scheme(found),
    }
    title = found.scheme.tagline or rules.scheme
    return page(
        request, "home.html", found=found, title=title, summary=rules.about.definition[0], context=context
    )


@public
def about(request: HttpRequest, found: Showing) -> HttpResponse:
    """Show the definition, values, principles and benefits in full, and how assessment works."""
    rules = found.rules
    context = {
        "assessors": phrases.number(rules.panel.size),
        "writing": phrases.years(rules.registration.years),
        "validity": phrases.years(rules.validity_years),
    }
    title = _("About %(scheme)s") % {"scheme": rules.scheme}
    return page(
        request, "about.html", found=found, title=title, summary=rules.about.definition[0], context=context
    )


@public
def pathways(request: HttpRequest, found: Showing) -> HttpResponse:
    """Show the pathways side by side."""
    return page(
        request,
        "pathways.html",
        found=found,
        title=_("The pathways compared"),
        summary=_("For whom each pathway is, and which parts of the portfolio it asks."),
        context={"matrix": reads.matrix(found.rules)},
    )


@public
def pathway(request: HttpRequest, found: Showing, code: str) -> HttpResponse:
    """Show for whom a pathway is and what each section asks."""
    try:
        chosen = found.rules.pathway(code)
    except KeyError as unknown:
        raise Http404 from unknown
    context = {
        "pathway": chosen,
        "groups": reads.sections(found.rules, chosen),
        "crumbs": [Crumb(_("Pathways"), reverse("public:pathways")), Crumb(chosen.title)],
        "linked": linked.pathway(found, chosen),
    }
    return page(
        request, "pathway.html", found=found, title=chosen.title, summary=chosen.summary, context=context
    )


@public
def which(request: HttpRequest, found: Showing) -> HttpResponse:
    """Suggest a pathway from a few answers; they stand in the address and are kept nowhere."""
    form = WhichForm(request.GET or None, questions=found.rules.questionnaire)
    suggestion = suggest(found.rules, form.cleaned_data) if form.is_valid() else None
    return page(
        request,
        "which.html",
        found=found,
        title=_("Which pathway?"),
        summary=_("A few questions that suggest a pathway and explain why. Nothing you answer is kept."),
        context={"form": form, "suggestion": suggestion, "speaking": reads.speaking(suggestion)},
    )


@public
def fees(request: HttpRequest, found: Showing) -> HttpResponse:
    """Show what registration costs today."""
    table, has_samples = reads.fee_table(found.scheme, found.rules, timezone.localdate())
    context = {
        "table": table,
        "has_samples": has_samples,
        "writing": phrases.years(found.rules.registration.years),
    }
    return page(
        request,
        "fees.html",
        found=found,
        title=_("Fees"),
        summary=_("What registration costs, what the fee covers, and how to pay."),
        context=context,
    )


@public
def register(request: HttpRequest, found: Showing) -> HttpResponse:
    """Show the holders who agreed to be listed."""
    wanted = holders.wanted_by(request.GET, found.rules)
    listed = paginate(holders.search(found, wanted, timezone.localdate()), request)
    context = {
        "filters": holders.filters(found.rules, wanted),
        "listed": listed,
        "lines": [line_of(award) for award in listed.items],
        "is_search": wanted.is_any,
    }
    return page(
        request,
        "register.html",
        found=found,
        title=_("Register of holders"),
        summary=_("People who hold the accreditation today and agreed to be listed."),
        context=context,
    )


@public
def holder(request: HttpRequest, found: Showing, pk: int) -> HttpResponse:
    """Show one holder, as far as they agreed."""
    shown = holders.one(found, pk, timezone.localdate())
    if shown is None:
        raise Http404
    line, code = shown
    context = {
        "line": line,
        "facts": holders.facts(line),
        "crumbs": [Crumb(_("Register of holders"), reverse("public:register")), Crumb(line.name)],
        "linked": linked.holder(found, line, code),
    }
    summary = _("%(name)s holds %(what)s.") % {"name": line.name, "what": line.pathway}
    return page(request, "holder.html", found=found, title=line.name, summary=summary, context=context)


@public
def contact(request: HttpRequest, found: Showing) -> HttpResponse:
    """Show how to reach the office."""
    summary = _("How to reach the people who run the accreditation.")
    return page(request, "contact.html", found=found, title=_("Contact"), summary=summary)


@public
def accessibility(request: HttpRequest, found: Showing) -> HttpResponse:
    """Show what this site does for everyone to be able to use it, and what it does not do yet."""
    summary = _("How this site is made to work for everyone, and what to do where it does not.")
    return page(request, "accessibility.html", found=found, title=_("Accessibility"), summary=summary)


@public
def privacy(request: HttpRequest, found: Showing) -> HttpResponse:
    """Show what is kept about a person, who reads it and for how long."""
    summary = _("What is kept about you, who reads it, and what you can ask for.")
    return page(request, "privacy.html", found=found, title=_("Privacy"), summary=summary)
