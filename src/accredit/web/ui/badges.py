"""What an award is given out as: its certificate, and the picture of its badge."""

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string

from accredit.awards.models import Award
from accredit.exchange.queries.certificates import accent_of, certificate_of
from accredit.exchange.writers.certificate import pdf_of_certificate
from accredit.frameworks.models import Scheme
from accredit.rulebook.framework import Pathway
from accredit.web.ui.files import download


def picture_of(scheme: Scheme, pathway: Pathway) -> str:
    """Return the badge of a pathway as SVG; its colour is dark enough for white letters."""
    return render_to_string("ui/badge.svg", {"pathway": pathway, "accent": accent_of(scheme)})


def certificate_file(award: Award) -> HttpResponse:
    """Return the certificate of an award as a PDF to keep; not found while the award is taken away."""
    if award.is_taken_away:
        raise Http404
    content = pdf_of_certificate(certificate_of(award))
    return download(content, f"certificate-{award.number}.pdf", "application/pdf")
