"""Small views of the interface itself: colours of the brand, choice of theme."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accredit.frameworks.models import Scheme
from accredit.toolkit.colour import brand_css
from accredit.web.ui.shell import THEME_COOKIE, THEMES, person_of

YEAR = 365 * 24 * 3600


@require_safe
@cache_control(public=True, max_age=3600)
def brand(request: HttpRequest) -> HttpResponse:
    """Serve the scheme's accent as a style sheet: a strict policy allows no inline style."""
    scheme = Scheme.objects.order_by("-is_default", "pk").first()
    return HttpResponse(brand_css(scheme.accent if scheme else ""), content_type="text/css")


@require_safe
@never_cache
def token(request: HttpRequest) -> JsonResponse:
    """Tell a page that is still open who is signed in now, and the token its forms have to send."""
    person = person_of(request)
    return JsonResponse({"token": get_token(request), "person": person.pk if person else None})


@csrf_exempt
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark in a cookie, or forget it; harmless when forged, so visitors need no token."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(THEME_COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(THEME_COOKIE)
    return response
