"""Lucide icons as inline SVG, each drawn once."""

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from lucide import IconDoesNotExist, _render_icon


@lru_cache(maxsize=1024)
def drawn(name: str, label: str = "", size: int = 20, css: str = "") -> SafeString:
    """Return an icon: silent, unless `label` gives it a name. A circle stands in for an unknown one."""
    spoken = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true", "focusable": "false"}
    try:
        svg = _render_icon(name, size, **{"class": f"icon {css}".strip()}, **spoken)
    except IconDoesNotExist:
        svg = _render_icon("circle", size, **{"class": "icon"}, **spoken)
    return mark_safe(svg)  # noqa: S308 - made by the library from its own files; attributes are escaped
