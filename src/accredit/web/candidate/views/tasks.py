"""The page of a registration."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.frameworks.queries import rules_of
from accredit.rulebook.workflow import Move, Role, Stage, permitted
from accredit.web.candidate import phrases
from accredit.web.candidate.mine import actor, candidate_page, is_editable, my_portfolio
from accredit.web.candidate.reads import tasks as reads
from accredit.web.candidate.reads.changing import may_change
from accredit.web.ui.pages import render


@require_safe
@candidate_page
def registration(request: HttpRequest, pk: int) -> HttpResponse:
    """The task list while it is mine to write; the progress otherwise."""
    portfolio = my_portfolio(request, pk)
    found, today = portfolio.registration, timezone.localdate()
    stage = Stage(found.stage)
    context = {
        "registration": found,
        "portfolio": portfolio,
        "pathway": reads.pathway_of(found),
        "next": phrases.what_next(found, today),
        "may_hand_over": rules_of(found.edition).as_it_is,
        "may_withdraw": permitted(stage, Move.WITHDRAW, Role.CANDIDATE),
        "may_take_back": stage is Stage.SUBMITTED,
    }
    if is_editable(found):
        context |= {"title": _("Your portfolio"), "list": reads.drafting(portfolio, today)}
        context |= {"may_change_pathway": may_change(portfolio)}
        return render(request, "candidate/tasks.html", context)
    context |= {"title": _("Your progress"), "progress": reads.progress(found, to=actor(request))}
    context |= {"expectation": reads.expectation(found, today)}
    return render(request, "candidate/progress.html", context)
