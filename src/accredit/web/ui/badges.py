"""The picture of an award: drawn from its letters and the colour of its scheme."""

from django.template.loader import render_to_string

from accredit.exchange.queries.certificates import ACCENT
from accredit.frameworks.models import Scheme
from accredit.rulebook.framework import Pathway
from accredit.web.ui.colour import parse, readable, text

WHITE = (255, 255, 255)


def picture_of(scheme: Scheme, pathway: Pathway) -> str:
    """Return the badge of a pathway as SVG; its colour is dark enough for white letters."""
    accent = parse(scheme.accent) or parse(ACCENT)
    drawn = text(readable(accent, on=WHITE, step=-0.05)) if accent else ACCENT
    return render_to_string("ui/badge.svg", {"pathway": pathway, "accent": drawn})
