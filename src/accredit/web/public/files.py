"""Small text files for machines: robots.txt, sitemap.xml, security.txt."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accredit.web.public.reads import showing

LISTED = (
    "home",
    "about",
    "pathways",
    "which",
    "fees",
    "register",
    "check",
    "contact",
    "accessibility",
    "privacy",
)
PRIVATE = ("/account/", "/my/", "/assess/", "/office/", "/demo/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep machines out of what is not public; they could not read it anyway."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE)]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('public:sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the public pages; holders are found through the register, not handed out in bulk."""
    found = showing(timezone.localdate())
    paths = [reverse(f"public:{name}") for name in LISTED]
    paths += [reverse("public:pathway", args=[each.code]) for each in found.rules.pathways] if found else []
    addresses = [f"{settings.SITE_URL}{path}" for path in paths]
    body = render_to_string("public/sitemap.xml", {"addresses": addresses})
    return HttpResponse(body, content_type="application/xml")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness, as RFC 9116 has it."""
    found = showing(timezone.localdate())
    if found is None or not found.scheme.contact_email:
        raise Http404
    expires = timezone.now().replace(microsecond=0) + timedelta(days=180)
    lines = [f"Contact: mailto:{found.scheme.contact_email}", f"Expires: {expires.isoformat()}"]
    lines += ["Preferred-Languages: en", f"Canonical: {settings.SITE_URL}{request.path}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
