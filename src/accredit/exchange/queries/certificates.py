"""Certificates as papers: what stands on one, in the active language."""

from io import BytesIO

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accredit.awards.models import Award
from accredit.exchange.writers.certificate import Certificate
from accredit.exchange.writers.glyphs import Glyphs
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import rules_of
from accredit.toolkit.colour import parse, readable, text

ACCENT = "#1f5f63"
WHITE = (255, 255, 255)


def accent_of(scheme: Scheme) -> str:
    """Return the colour of a scheme, as "#rrggbb", made so dark that it can be read on white."""
    colour = parse(scheme.accent) or parse(ACCENT)
    return text(readable(colour, on=WHITE, step=-0.05)) if colour else ACCENT


def check_address(award: Award) -> str:
    """Return the whole address under which whoever has the certificate can check it."""
    return f"{settings.SITE_URL}{reverse('public:award', args=[award.key])}"


def qr_of(address: str) -> str:
    """Return an address as a QR code, drawn in SVG without a size of its own."""
    out = BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, nl=False, omitsize=True, border=2, light="#ffffff"
    )
    return out.getvalue().decode()


def undrawable(name: str) -> str:
    """Return the characters of a name that no font here can draw, for a sentence; empty where all can be."""
    glyphs = Glyphs()
    glyphs.text(name)
    return glyphs.named


def certificate_of(award: Award) -> Certificate:
    """Return what the certificate of an award says. The same award gives the same bytes as long as nothing
    on it changes: it is dated with the day of issue."""
    pathway = rules_of(award.edition).pathway(award.pathway)
    address, areas = check_address(award), [each for each in award.areas if each]
    days = {"issued": date_format(award.issued_on, "j F Y"), "until": date_format(award.valid_until, "j F Y")}
    return {
        "title": _("Certificate"),
        "body": award.scheme.body,
        "scheme": award.scheme.name,
        "accent": accent_of(award.scheme),
        "certify": _("This is to certify that"),
        "name": award.name,
        "accredited": _("has been accredited as"),
        "pathway": pathway.title,
        "distinction": _("with distinction") if award.distinction else "",
        "areas": ", ".join(areas),
        "dates": _("Given on %(issued)s, valid until %(until)s") % days,
        "number": _("Number %(number)s") % {"number": award.number},
        "check": _("Check this certificate:"),
        "address": address,
        "qr": qr_of(address),
        "qr_means": _("QR code: the address at which this certificate can be checked"),
        "dated": award.issued_on.isoformat(),
    }
