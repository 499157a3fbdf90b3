"""The components: `{% load ui %}`. Each is described, with its arguments, in docs/interface.md."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms, template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from js_asset import Media

from accredit.toolkit.richtext import clean_html
from accredit.web.ui import differences, formats, icons, labels
from accredit.web.ui.forms import problems
from accredit.web.ui.pages import Page
from accredit.web.ui.parts import Crumb, Filters, Group, Matrix, Moment, Piece, Row, Tab, Table, Task
from accredit.web.ui.shell import href as address_of

register = template.Library()

register.filter("day", formats.day)
register.filter("moment", formats.moment)
register.filter("iso", formats.iso)
register.filter("money", formats.money)
register.filter("initials", formats.initials)


@register.filter
def rich(text: str) -> SafeString:
    """Show stored rich text: it is cleaned again here, so that nothing can slip past the entrance."""
    return mark_safe(clean_html(text or ""))  # noqa: S308 - the sanitiser is the guard


@register.simple_tag
def icon(name: str, label: str = "", size: int = 20, css: str = "") -> SafeString:
    """Draw a Lucide icon: silent, unless `label` gives it a name."""
    return icons.drawn(str(name), str(label), size, css)


@register.simple_tag
def tag(text: object, tone: str = "calm", icon: str = "") -> SafeString:
    """Draw a badge: icon and words, so that the tone never speaks alone."""
    drawn = globals()["icon"](icon or labels.TONE_ICONS.get(tone, "circle-dot"), size=16)
    return format_html('<span class="tag is-{}">{}{}</span>', tone, drawn, text)


@register.simple_tag
def stage_tag(stage: str, audience: str = "") -> SafeString:
    """Draw the badge of a stage; pass "candidate" where a candidate reads it."""
    look = labels.stage_look(stage, audience)
    return tag(look.text, look.tone, look.icon)


@register.simple_tag
def outcome_tag(effect: str, label: str = "") -> SafeString:
    """Draw the badge of an outcome by its effect; `label` is the edition's own word for it."""
    look = labels.OUTCOMES[str(effect)]
    return tag(label or look.text, look.tone, look.icon)


@register.simple_tag
def task_tag(state: str) -> SafeString:
    """Draw the badge of a task."""
    look = labels.TASKS[state]
    return tag(look.text, look.tone, look.icon)


@register.simple_tag
def message_icon(level: str) -> SafeString:
    """Draw the icon of a message, with its kind as its name."""
    tone = labels.MESSAGE_TONES.get(level, "info")
    names = {"good": _("Done"), "warn": _("Note"), "bad": _("Problem"), "info": _("Information")}
    drawn: SafeString = icon(labels.TONE_ICONS[tone], label=names.get(tone, ""))
    return drawn


@register.simple_tag
def button(
    text: str, kind: str = "primary", icon: str = "", name: str = "", value: str = "", **more: Any
) -> SafeString:
    """Draw a submit button; kind primary, secondary, quiet or danger; other arguments become attributes."""
    given = {"type": "submit", "name": name, "value": value, **more}
    return _action("button", text, kind, icon, given)


@register.simple_tag
def link_button(text: str, href: str, kind: str = "primary", icon: str = "", **more: Any) -> SafeString:
    """Draw a link that looks like a button: for going somewhere, never for doing something."""
    return _action("a", text, kind, icon, {"href": href, **more})


def _action(element: str, text: str, kind: str, icon: str, given: dict[str, Any]) -> SafeString:
    drawn = globals()["icon"](icon) if icon else ""
    attributes = mark_safe(  # noqa: S308 - each part is escaped on the next line
        "".join(
            f' {conditional_escape(name.replace("_", "-"))}="{conditional_escape(value)}"'
            for name, value in given.items()
            if value not in ("", None, False)
        )
    )
    return format_html('<{0} class="button is-{1}"{2}>{3}{4}</{0}>', element, kind, attributes, drawn, text)


@register.simple_tag(takes_context=True)
def assets(context: template.Context, media: forms.Media) -> SafeString:
    """Write the scripts and styles a form needs, with this response's nonce; goes into {% block media %}."""
    # The nonce is lazy and false until it is read, so it is read without asking.
    nonce = str(getattr(context.get("request"), "csp_nonce", ""))
    written: SafeString = Media.from_media(media, nonce=nonce).render()
    return written


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "") -> SafeString:
    """Draw an inset with an icon; tones info, good, warn, bad, calm."""
    head = format_html('<p class="notice-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="notice is-{}">{}<div class="notice-body">{}{}</div></div>',
        tone,
        icon(labels.TONE_ICONS.get(tone, "info"), size=22),
        head,
        mark_safe(content),  # noqa: S308 - already rendered by the template engine
    )


@register.simple_block_tag
def disclosure(content: str, title: str, is_open: bool = False, remember: str = "") -> SafeString:
    """Draw details that open in place; with `remember` this browser keeps whether they were open."""
    return format_html(
        '<details class="disclosure"{}{}><summary>{}{}</summary>'
        '<div class="disclosure-body">{}</div></details>',
        mark_safe(" open") if is_open else "",
        format_html(' data-remember="{}"', remember) if remember else "",
        icon("chevron-right", size=18),
        title,
        mark_safe(content),  # noqa: S308 - already rendered by the template engine
    )


@register.simple_block_tag
def dialog(content: str, name: str, title: str) -> SafeString:
    """Draw a dialog opened by an element with data-opens="name"; that element must also work without it."""
    return format_html(
        '<dialog class="dialog" id="{0}" aria-labelledby="{0}-title"><h2 id="{0}-title">{1}</h2>{2}</dialog>',
        name,
        title,
        mark_safe(content),  # noqa: S308 - already rendered by the template engine
    )


@register.inclusion_tag("ui/parts/breadcrumb.html")
def breadcrumb(crumbs: Iterable[Crumb]) -> dict[str, Any]:
    """Draw the way here."""
    return {"crumbs": crumbs}


@register.inclusion_tag("ui/forms/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """List what must be mended, each linked to its field; takes the focus on load."""
    return {"problems": problems(form)}


@register.inclusion_tag("ui/parts/summary_list.html")
def summary_list(rows: Iterable[Row]) -> dict[str, Any]:
    """Draw "check your answers"."""
    return {"rows": rows}


@register.inclusion_tag("ui/parts/task_list.html")
def task_list(tasks: Iterable[Task | Group]) -> dict[str, Any]:
    """Draw tasks, plain or in groups."""
    given = list(tasks)
    groups = given if given and isinstance(given[0], Group) else [Group("", given)]
    return {"groups": groups}


@register.inclusion_tag("ui/parts/table.html")
def data_table(table: Table) -> dict[str, Any]:
    """Draw a table with a caption; on a phone each row becomes a card."""
    return {"table": table}


@register.inclusion_tag("ui/parts/pagination.html")
def pagination(page: Page[Any]) -> dict[str, Any]:
    """Draw the links to other pages of a list; nothing when there is one."""
    return {"page": page}


@register.inclusion_tag("ui/parts/filters.html")
def filter_bar(filters: Filters) -> dict[str, Any]:
    """Draw the filters of a list as a GET form."""
    return {"filters": filters}


@register.inclusion_tag("ui/parts/empty.html")
def empty_state(
    title: str, text: str = "", href: str = "", action: str = "", icon: str = "inbox"
) -> dict[str, Any]:
    """Say that there is nothing yet, and what to do."""
    return {"title": title, "text": text, "href": href, "action": action, "icon_name": icon}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(links: Iterable[Tab], label: str) -> dict[str, Any]:
    """Draw tabs that are links."""
    return {"links": links, "label": label}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(moments: Iterable[Moment]) -> dict[str, Any]:
    """Draw what has happened and what comes next."""
    return {"moments": moments}


@register.inclusion_tag("ui/parts/matrix.html")
def matrix(matrix: Matrix) -> dict[str, Any]:
    """Draw what applies where, as a table and as lists."""
    return {"matrix": matrix}


@register.inclusion_tag("ui/parts/progress.html")
def progress(ready: int, total: int, text: str = "") -> dict[str, Any]:
    """State progress: “7 of 12 sections ready”."""
    shown = text or _("%(ready)s of %(total)s sections ready") % {"ready": ready, "total": total}
    return {"ready": ready, "total": total, "text": shown}


@register.inclusion_tag("ui/parts/stat.html")
def stat(value: object, label: str, href: str = "", note: str = "", tone: str = "") -> dict[str, Any]:
    """Draw one number; with `href` it leads to the rows behind it."""
    return {"value": value, "label": label, "href": href, "note": note, "tone": tone}


@register.inclusion_tag("ui/parts/person.html")
def person_chip(name: str, note: str = "", href: str = "") -> dict[str, Any]:
    """Draw a person: initials, name, a quieter line."""
    return {"name": name, "note": note, "href": href}


@register.inclusion_tag("ui/parts/print_button.html")
def print_button() -> dict[str, Any]:
    """Draw the button that prints this page; shown only where scripts run."""
    return {}


@register.inclusion_tag("ui/parts/save_status.html")
def save_status(saved: str = "") -> dict[str, Any]:
    """Draw where autosave says “Saved 14:03”; goes inside the form with data-autosave."""
    return {"saved": saved, "token": address_of("ui:token"), "sign_in": address_of("account_login")}


@register.inclusion_tag("ui/parts/diff.html")
def diff(old: str, new: str) -> dict[str, Any]:
    """Draw what changed between two plain texts, in the text and as a list."""
    pieces: Sequence[Piece] = differences.compare(old, new)
    return {"pieces": pieces, "changes": differences.changes(pieces)}
