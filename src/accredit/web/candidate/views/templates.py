"""The Word template of my pathway."""

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accredit.exchange.queries.template import filled_of, words_of
from accredit.exchange.writers.template import template_of
from accredit.web.candidate.mine import candidate_page, my_portfolio
from accredit.web.candidate.reads.tasks import pathway_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@candidate_page
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the template with the text so far."""
    portfolio = my_portfolio(request, pk)
    pathway = pathway_of(portfolio.registration).title
    words = words_of(pathway)
    content = template_of(filled_of(portfolio), words=words, language=get_language() or "en-GB")
    name = slugify(f"{pathway} {portfolio.registration.reference}") or "portfolio"
    headers = {"Content-Disposition": f'attachment; filename="{name}.docx"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=DOCX, headers=headers)
