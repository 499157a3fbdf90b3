"""Forms: a renderer with label, hint and linked errors; refusals as errors; fields with a word counter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList, pretty_name
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_prose_editor.widgets import ProseEditorWidget, importmap
from js_asset import Media, Script

from accredit.rulebook.faults import Code
from accredit.toolkit.plaintext import from_text, to_text
from accredit.toolkit.refusals import Refused
from accredit.toolkit.richtext import clean_html
from accredit.web.ui import icons, widgets
from accredit.wording import sentence

MENU = ("blockType -lists", "lists", "nodes -blockType -lists", "marks", "link", "table", "history")
# Longer texts are refused where they are saved; they are not worth taking apart first.
MOST_PLAIN = 200_000
PLAIN_MANNERS = gettext_lazy(
    "Plain text: an empty line between paragraphs, “- ” before the items of a list, "
    "[words](https://address) for a link. What you leave alone keeps its formatting."
)
GENERIC = forms.Field.default_error_messages["required"]
EXTENSIONS: dict[str, Any] = {
    "Heading": {"levels": [3, 4, 5]},
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "History": True,
    # Plain groups only: the vendor's drop-down cannot be reached by keyboard.
    "Menu": {"groups": [{"group": group} for group in MENU]},
}


class Field(BoundField):
    """A field as the templates see it: knows its kind and where an error link should land."""

    @property
    def is_optional(self) -> bool:
        """Say whether "(optional)" stands beside the label; required is the silent default."""
        is_marked = getattr(self.form, "marks_optional", True)
        return is_marked and not self.field.required and not self.field.disabled

    @property
    def is_checkbox(self) -> bool:
        """Say whether the label belongs after the control."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_radio(self) -> bool:
        """Say whether the group allows one choice."""
        return isinstance(self.field.widget, forms.RadioSelect)

    @property
    def is_rich(self) -> bool:
        """Say whether the editor takes its name from the label."""
        return isinstance(self.field.widget, RichTextWidget)

    @property
    def word_advice(self) -> int:
        """Return how many words are about right, or 0 when nobody counts."""
        return int(getattr(self.field.widget, "words", 0))

    @property
    def target(self) -> str:
        """Return the id of the first control, where a link in the error summary leads."""
        controls = self.subwidgets if self.use_fieldset else []
        first = controls[0].data.get("attrs", {}).get("id") if controls else ""
        return self.id_for_label or str(first or self.auto_id)

    @property
    def aria_describedby(self) -> str | None:
        """Name hint, error and word count, so that a screen reader speaks them with the control."""
        named = super().aria_describedby
        counted = f"{self.auto_id}_words" if self.word_advice else ""
        return " ".join(part for part in (named, counted) if part) or None

    def render(
        self,
        template_name: str | None = None,
        context: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """Draw label, hint, error, control and word count; a template given by name wins."""
        if template_name is None and context is None and renderer is None:
            return self._drawn()
        return super().render(template_name, context, renderer)

    def _drawn(self) -> SafeString:
        if self.is_hidden:
            return self.as_widget()
        inner = f"{self._name()}{self._hint('hint') if not self.is_checkbox else ''}{self._error()}"
        inner += self._ticked() if self.is_checkbox else str(self.as_widget())
        inner += self._count()
        if self.use_fieldset:
            described = self.aria_describedby
            marks = f' aria-describedby="{described}"' if described else ""
            role = ' role="radiogroup"' if self.is_radio else ""
            inner = f"<fieldset{marks}{role}>{inner}</fieldset>"
        faulty = " has-errors" if self.errors else ""
        name = conditional_escape(self.html_name)
        whole = f'<div class="field{faulty} {self.css_classes()}" data-field="{name}">{inner}</div>'
        return mark_safe(whole)  # noqa: S308 - each part is escaped where it is made

    def _name(self) -> str:
        optional = f' <span class="optional">{_("(optional)")}</span>' if self.is_optional else ""
        label = conditional_escape(self.label)
        if self.use_fieldset:
            return f'<legend class="label">{label}{optional}</legend>'
        if self.is_checkbox:
            return ""
        named = f' id="{self.auto_id}_label"' if self.is_rich else ""
        return f'<label class="label" for="{self.id_for_label}"{named}>{label}{optional}</label>'

    def _hint(self, css: str) -> str:
        # Help texts are ours and may hold marks; Django's own hints on passwords are lists.
        return (
            f'<div class="{css}" id="{self.auto_id}_helptext">{self.help_text}</div>'
            if self.help_text
            else ""
        )

    def _error(self) -> str:
        if not self.errors:
            return ""
        told = " ".join(conditional_escape(str(error)) for error in self.errors)
        icon = icons.drawn("circle-alert", size=18)
        spoken = f'<span class="hidden-visually">{_("Error:")}</span>'
        return f'<p class="field-error" id="{self.auto_id}_error">{icon}<span>{spoken} {told}</span></p>'

    def _ticked(self) -> str:
        label = f'<label for="{self.id_for_label}">{conditional_escape(self.label)}</label>'
        return f'<div class="choice">{self.as_widget()}{label}</div>{self._hint("hint choice-hint")}'

    def _count(self) -> str:
        if not self.word_advice:
            return ""
        template = _("%w words. About %n is a good length.")
        advice = _("About %(n)s words is a good length. Nothing stops you at that number.")
        return (
            f'<p class="hint word-count" id="{self.auto_id}_words" data-words-for="{self.auto_id}"'
            f' data-words-advice="{self.word_advice}" data-words-template="{conditional_escape(template)}">'
            f"{advice % {'n': self.word_advice}}</p>"
        )

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Leave `required` to the server: its message says what to do, the browser's does not."""
        built = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        return built


class Renderer(TemplatesSetting):
    """What `FORM_RENDERER` names: our templates for every form, those of libraries included."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    bound_field_class = Field

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        """Draw plain controls in Python and everything else by its template."""
        drawn = widgets.draw(template_name, context["widget"]) if "widget" in context else None
        return SafeString(super().render(template_name, context, request)) if drawn is None else drawn


class RefusalMixin(forms.BaseForm):
    """Takes a refusal of the rulebook in as errors of the form, and says what is missing by its name."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if field.error_messages.get("required") == GENERIC:
                label = field.label or pretty_name(name)
                field.error_messages["required"] = _missing(field) % {"label": label}

    def add_refusal(self, refused: Refused, fields: Mapping[Code, str] | None = None) -> None:
        """Show each fault's sentence at the field named for its code, else above the form."""
        for fault in refused.faults:
            self.add_error((fields or {}).get(fault.code), sentence(fault))


class Form(forms.Form, RefusalMixin):
    """The form every page starts from."""

    use_required_attribute = False


def _missing(field: forms.Field) -> str:
    match field:
        case forms.MultipleChoiceField():
            return _("Choose at least one: %(label)s")
        case forms.ChoiceField():
            return _("Choose one: %(label)s")
        case forms.FileField():
            return _("Choose a file: %(label)s")
        case forms.BooleanField():
            return _("Tick this to go on: %(label)s")
        case _:
            return _("Fill in: %(label)s")


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary; `href` leads to the control."""

    text: str
    href: str = ""


def problems(form: forms.BaseForm) -> list[Problem]:
    """List what must be mended, in the order of the fields, general faults first."""
    general = [Problem(str(error)) for error in form.non_field_errors()]
    return general + [Problem(str(error), f"#{target_of(bound)}") for bound in form for error in bound.errors]


def target_of(bound: BoundField) -> str:
    """Return the id an error link leads to."""
    return bound.target if isinstance(bound, Field) else bound.id_for_label or bound.auto_id


class WordArea(forms.Textarea):
    """A plain text box with a word counter; `words` is advice, never a limit."""

    def __init__(self, *, words: int = 0, rows: int = 8, attrs: dict[str, Any] | None = None) -> None:
        self.words = words
        super().__init__({"rows": rows, **(attrs or {})})


class RichTextWidget(ProseEditorWidget):
    """The editor; without JavaScript, or when a person prefers it, a plain text box.

    The box always holds plain text, beside it stands what it is: a script puts the rich text in before the
    editor begins. What comes back as plain text keeps the markup of `before` where nothing was changed.
    """

    def __init__(self, *, words: int = 0, plain: bool = False, rows: int = 10) -> None:
        self.words = words
        self.plain = plain
        self.before = ""
        super().__init__(attrs={"rows": rows}, preset="configurable", config={"extensions": EXTENSIONS})

    @property
    def media(self) -> Media:
        """Return script and styles; the vendor's rules come through ours, in their own layer."""
        if self.plain:
            return Media()
        return Media(
            importmap=importmap,
            css={"all": ["ui/css/editor.css"]},
            js=[
                Script("ui/js/before_editor.js", type="module"),
                Script("django_prose_editor/editor.js", type="module"),
                Script("django_prose_editor/configurable.js", type="module"),
            ],
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name the editor after its label; leave the hook out when plain text is preferred."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        given = context["widget"]["attrs"]
        given["data-rich"] = f"{given.get('id', '')}_label"
        if self.plain:
            given.pop("data-django-prose-editor-configurable", None)
            given["data-plain"] = True
        else:
            given["data-html"] = value or ""
        context["widget"]["value"] = to_text(value or "")
        return context

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        """Draw the box, what it holds, and how plain text is written."""
        box = super().render(name, value, attrs, renderer)
        told = conditional_escape(PLAIN_MANNERS)
        hint = f'<p class="hint">{told}</p>'
        marker = f'<input type="hidden" name="{conditional_escape(name)}-as" value="plain">'
        return box + mark_safe(marker + (hint if self.plain else f"<noscript>{hint}</noscript>"))  # noqa: S308

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return HTML, whichever way it was written."""
        value = super().value_from_datadict(data, files, name)
        if value is None or data.get(f"{name}-as") != "plain" or len(value) > MOST_PLAIN:
            return value
        return from_text(value, before=self.before)


class RichTextField(forms.CharField):
    """Rich text, sanitised on the way in by the one function that import and API use as well."""

    def __init__(self, *, words: int = 0, plain: bool = False, rows: int = 10, **options: Any) -> None:
        widget = options.pop("widget", RichTextWidget(words=words, plain=plain, rows=rows))
        super().__init__(widget=widget, **options)

    def get_bound_field(self, form: Any, field_name: str) -> BoundField:
        """Tell the widget what stood there before, whose markup plain text does not show."""
        if isinstance(self.widget, RichTextWidget):
            self.widget.before = form.get_initial_for_field(self, field_name) or ""
        return super().get_bound_field(form, field_name)

    def to_python(self, value: Any) -> str:
        """Return clean HTML; text typed into the plain box becomes paragraphs."""
        return clean_html(super().to_python(value) or "")


class PlainErrors(ErrorList):
    """Errors as sentences, for templates that place them themselves."""

    template_name = "ui/forms/errors.html"


def in_our_times(value: date) -> None:
    """Refuse a day or moment with a mistyped year: years are counted on from it, and calendars end."""
    if not 1900 <= value.year < 2200:
        raise forms.ValidationError(_("Check the year: it must lie between 1900 and 2199."))


class DayField(forms.DateField):
    """A day, typed or picked with the browser's own control."""

    default_validators = [in_our_times]  # noqa: RUF012 - Django's own way

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"])
        super().__init__(**options)


class YesNoField(forms.TypedChoiceField):
    """A question answered by one of two radios; no answer is not a no."""

    def __init__(self, *, yes: str | Promise, no: str | Promise, **options: Any) -> None:
        super().__init__(
            choices=[("yes", yes), ("no", no)],
            coerce=lambda value: value == "yes",
            widget=forms.RadioSelect,
            **options,
        )
