"""Draws the plain form controls in Python: a page of forty of them is much quicker than by templates.

What each writes is what Django's own templates write (a test compares them), but for choices: those stand in
our own markup.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]


def _attributes(widget: Widget, without: str = "") -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False and name != without
    )


def _input(widget: Widget) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{conditional_escape(value)}"'
    name = conditional_escape(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{said}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    value, name = widget["value"], conditional_escape(widget["name"])
    said = conditional_escape(value) if value else ""
    return f'<textarea name="{name}"{_attributes(widget)}>\n{said}</textarea>'


def _choices(widget: Widget) -> str:
    attrs = widget["attrs"]
    marked = f' id="{conditional_escape(attrs["id"])}"' if attrs.get("id") else ""
    more = f" {conditional_escape(attrs['class'])}" if attrs.get("class") else ""
    drawn = []
    for group, options, _index in widget["optgroups"]:
        if group:
            drawn.append(f'<p class="choice-group">{conditional_escape(group)}</p>')
        drawn.extend(_choice(option) for option in options)
    return f'<div{marked} class="choices{more}">{"".join(drawn)}</div>'


def _choice(option: Widget) -> str:
    key = option["attrs"].get("id")
    aimed = f' for="{conditional_escape(key)}"' if key else ""
    label = conditional_escape(option["label"])
    return f'<div class="choice">{_input(option)}<label{aimed}>{label}</label></div>'


_INPUTS = ("checkbox", "date", "email", "hidden", "input", "number", "password", "text", "url")
_DRAWN: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in _INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/radio.html": _choices,
    "django/forms/widgets/checkbox_select.html": _choices,
}


def draw(template_name: str, widget: Widget) -> SafeString | None:
    """Return the control that a template of that name would draw; None for those left to their templates."""
    drawn = _DRAWN.get(template_name)
    return None if drawn is None else mark_safe(drawn(widget))  # noqa: S308 - each value is escaped above
