"""Stopping letters from the link that each of them carries."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accredit.portfolios.actions import stop_letters
from accredit.portfolios.queries import plan_of, portfolio_of_stop_token
from accredit.web.ui.pages import render


# A mail program posts here by itself, with no page before it: the signed link is what allows it, and all
# it allows is to send somebody fewer letters.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first, for a scanner of mail may open any link; then stop, signed in or not."""
    portfolio = portfolio_of_stop_token(token)
    plan = plan_of(portfolio) if portfolio is not None else None
    if plan is None:
        raise Http404
    if request.method == "POST":
        stop_letters(plan.portfolio_id)
    is_stopped = request.method == "POST" or plan.nudge == plan.Nudge.NEVER
    title = _("No more reminders") if is_stopped else _("Stop the reminders?")
    return render(request, "public/letters_stop.html", {"title": title, "is_stopped": is_stopped})
