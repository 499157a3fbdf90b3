"""The form of one entry: which fields it has follows from what the edition asks of its section."""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accredit.portfolios.models import Evidence
from accredit.portfolios.queries import EntryContent, ExampleContent, Page
from accredit.rulebook.framework import Edition, OnPathway, Section, SectionKind
from accredit.rulebook.kinds import PrincipleTexts
from accredit.toolkit.plaintext import to_text
from accredit.web.ui.forms import Form, RichTextField
from accredit.wording.vocabulary import TYPES

MOST_EXAMPLES = 20
MOST_DIGITS = 18  # a key any database can hold
PARTS = ("key", "title", "type", "jurisdiction", "description", "evidence", "reflection")


@dataclass(frozen=True)
class Asked:
    """What a section asks of the entry being written."""

    rules: Edition
    section: Section
    on: OnPathway
    as_it_is: bool

    @property
    def has_principle_texts(self) -> bool:
        """Say whether each principle gets a text of its own."""
        return any(isinstance(each, PrincipleTexts) for each in self.on.requirements)

    @property
    def has_examples(self) -> bool:
        """Say whether the section holds examples."""
        return self.on.examples is not None

    @property
    def has_text(self) -> bool:
        """Say whether the section holds one text."""
        return not self.has_examples and not self.has_principle_texts

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the suggested names for an area."""
        is_advanced = self.section.kind is SectionKind.ADVANCED
        return self.rules.advanced_areas if is_advanced else self.rules.areas

    @property
    def advised(self) -> int:
        """Return about how many words are a good length, 0 when nobody says."""
        span = self.on.words
        return (span.at_most or span.at_least) if span else 0

    @property
    def examples_allowed(self) -> int:
        """Return how many examples may stand here."""
        span = self.on.examples
        return (span.at_most or MOST_EXAMPLES) if span else 0


@dataclass(frozen=True)
class ExampleFields:
    """The fields of one example, as the template draws them."""

    number: int
    key: forms.BoundField
    fields: tuple[forms.BoundField, ...]
    evidence: forms.BoundField | None
    reflection: forms.BoundField


class Pieces(forms.MultipleChoiceField):
    """Pieces of the locker; one removed meanwhile is left out when saving, never a reason to lose a text."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        """Take any number: whether it is in the locker is judged where it is saved."""
        given = str(value)
        return given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS


class EntryForm(Form):
    """Everything of one entry. Nothing in it is required: a draft may be incomplete."""

    # A word that stood beside every label would tell nobody anything.
    marks_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    count = forms.IntegerField(widget=forms.HiddenInput, required=False)
    tab = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(
        self,
        data: Any = None,
        *,
        asked: Asked,
        stored: EntryContent,
        version: int,
        pieces: Sequence[Evidence] = (),
        wanted: int = 0,
        plain: bool = False,
    ) -> None:
        self.asked, self.stored, self.pieces, self.plain = asked, stored, pieces, plain
        self.shown = self._shown(data, wanted)
        super().__init__(data, initial=self._initial(version))
        self._add_fields()

    def _shown(self, data: Any, wanted: int) -> int:
        if not self.asked.has_examples or self.asked.as_it_is:
            return 0
        if data is not None:
            sent = str(data.get("count", ""))
            return min(int(sent), MOST_EXAMPLES) if sent.isascii() and sent.isdigit() and len(sent) < 4 else 0
        span = self.asked.on.examples
        least = span.at_least if span else 0
        most = max(self.asked.examples_allowed, len(self.stored.examples))
        return max(1, least, len(self.stored.examples), min(wanted, most))

    def _initial(self, version: int) -> dict[str, Any]:
        stored = self.stored
        values: dict[str, Any] = {
            "version": version, "count": self.shown, "tab": secrets.token_hex(8), "title": stored.title,
            "area": stored.area, "text": stored.text, "principles": list(stored.principles),
            "link": stored.link, "pages": stored.pages,
        }  # fmt: skip
        values |= {f"principle-{code}": text for code, text in stored.principle_texts.items()}
        for number, example in enumerate(stored.examples, 1):
            values |= {f"e{number}-{part}": getattr(example, part) for part in PARTS}
            values[f"e{number}-evidence"] = [str(key) for key in example.evidence]
        return values

    def _add_fields(self) -> None:
        asked = self.asked
        if asked.section.is_repeatable:
            self._add_area()
        if asked.as_it_is:
            self._add_location()
            return
        if asked.has_text:
            self.fields["text"] = RichTextField(
                label=_("Your text"), required=False, words=asked.advised, rows=14, plain=self.plain
            )
        if asked.has_principle_texts:
            self._add_principle_texts()
        for number in range(1, self.shown + 1):
            self._add_example(number)
        if asked.section.is_rated and not asked.has_principle_texts:
            self._add_principles()

    def _add_area(self) -> None:
        self.fields["title"] = forms.CharField(
            label=_("What you call this area"), max_length=200, required=False,
            help_text=_("In your own words: assessors and your certificate use this name."),
        )  # fmt: skip
        self.fields["area"] = forms.CharField(
            label=_("Nearest term"), max_length=120, required=False,
            help_text=_("Choose a suggestion or write another term: it helps to find fitting assessors."),
            widget=forms.TextInput(attrs={"list": "areas", "autocomplete": "off"}),
        )  # fmt: skip

    def _add_location(self) -> None:
        self.fields["link"] = forms.CharField(
            label=_("Link to this section"), max_length=1000, required=False,
            help_text=_("The address of the page where this section begins."),
            widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        )  # fmt: skip
        self.fields["pages"] = forms.CharField(
            label=_("Pages"), max_length=60, required=False, help_text=_("In a document, for example 12–15.")
        )

    def _add_principle_texts(self) -> None:
        words = self.asked.advised * 3 // 5 // max(1, len(self.asked.rules.principles))
        for principle in self.asked.rules.principles:
            self.fields[f"principle-{principle.code}"] = RichTextField(
                label=principle.title,
                required=False,
                words=words,
                help_text=principle.meaning,
                plain=self.plain,
            )

    def _add_principles(self) -> None:
        self.fields["principles"] = forms.MultipleChoiceField(
            label=_("Principles this section shows"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(each.code, each.title) for each in self.asked.rules.principles],
            help_text=_("Each principle has to inform your work somewhere in the portfolio."),
        )  # fmt: skip

    def _add_example(self, number: int) -> None:
        add = self.fields.__setitem__
        share = self.asked.advised * 2 // 5 if self.asked.has_principle_texts else self.asked.advised
        words = share // max(1, self.shown)
        add(f"e{number}-key", forms.IntegerField(widget=forms.HiddenInput, required=False))
        add(f"e{number}-title", forms.CharField(label=_("Title"), max_length=200, required=False))
        if self.asked.on.example_types:
            self._add_type(number)
        add(f"e{number}-description", RichTextField(
            label=_("Description"), required=False, plain=self.plain, words=int(round(words * 0.6, -1)),
            help_text=_("What you did, in the first person: “I”, not “we”."),
        ))  # fmt: skip
        if self.pieces:
            add(f"e{number}-evidence", Pieces(
                label=_("Evidence"), required=False, help_text=_("Tick what supports this example."),
                choices=[(str(each.pk), _labelled(each)) for each in self.pieces],
            ))  # fmt: skip
        add(f"e{number}-reflection", RichTextField(
            label=_("Reflection"), required=False, plain=self.plain, words=int(round(words * 0.4, -1)),
            help_text=_("What went well, what you would do differently, what difference it made."),
        ))  # fmt: skip

    def _add_type(self, number: int) -> None:
        self.fields[f"e{number}-type"] = forms.ChoiceField(
            label=_("What is this example about?"), required=False, widget=forms.RadioSelect,
            choices=[(each.value, f"{TYPES[each]}".capitalize()) for each in self.asked.on.example_types],
        )  # fmt: skip
        self.fields[f"e{number}-jurisdiction"] = forms.CharField(
            label=_("Where the law applies"), max_length=120, required=False,
            help_text=_("For a law: the country or region, such as Scotland or the European Union."),
        )  # fmt: skip

    @property
    def may_add(self) -> bool:
        """Say whether there is room for another example."""
        return 0 < self.shown < self.asked.examples_allowed

    @property
    def lead_fields(self) -> list[forms.BoundField]:
        """Return the fields before the examples."""
        names = ["title", "area", "link", "pages", "text"]
        names += [name for name in self.fields if name.startswith("principle-")]
        return [self[name] for name in names if name in self.fields]

    @property
    def examples(self) -> list[ExampleFields]:
        """Return the examples, ready to draw."""
        return [self._drawn(number) for number in range(1, self.shown + 1)]

    def _drawn(self, number: int) -> ExampleFields:
        upper = [f"e{number}-{part}" for part in ("title", "type", "jurisdiction", "description")]
        evidence = f"e{number}-evidence"
        return ExampleFields(
            number=number,
            key=self[f"e{number}-key"],
            fields=tuple(self[name] for name in upper if name in self.fields),
            evidence=self[evidence] if evidence in self.fields else None,
            reflection=self[f"e{number}-reflection"],
        )

    @property
    def principles(self) -> forms.BoundField | None:
        """Return the tags, where the section has them."""
        return self["principles"] if "principles" in self.fields else None

    def content(self) -> EntryContent:
        """Return what was typed; parts that this form does not show stay as they are stored."""
        given = self.cleaned_data
        shown: dict[str, Any] = {
            name: given[name] for name in ("title", "area", "text", "link", "pages") if name in self.fields
        }
        if "principles" in self.fields:
            shown["principles"] = tuple(given["principles"])
        if self.asked.has_principle_texts and not self.asked.as_it_is:
            codes = [each.code for each in self.asked.rules.principles]
            shown["principle_texts"] = {code: given[f"principle-{code}"] for code in codes}
        if self.asked.has_examples and not self.asked.as_it_is:
            shown["examples"] = tuple(self._example(number) for number in range(1, self.shown + 1))
        return replace(self.stored, **shown)

    def page(self) -> Page:
        """Return what the page says of itself: which one it is, and which fields were touched in it."""
        return Page(writer=self.cleaned_data["tab"], touched=_touched(self.data.get("touched")))

    def as_shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return values of fields as the page shows them: rich text as plain where it writes that."""
        is_plain = {name for name in values if self.data.get(f"{name}-as") == "plain"}
        return {name: to_text(value) if name in is_plain else value for name, value in values.items()}

    def _example(self, number: int) -> ExampleContent:
        given = {part: self.cleaned_data.get(f"e{number}-{part}") for part in PARTS}
        texts = {
            part: given[part] or "" for part in ("title", "type", "jurisdiction", "description", "reflection")
        }
        # Parts that this section does not ask for stay as they are: another one may ask for them again.
        stored = next((each for each in self.stored.examples if each.key == given["key"]), None)
        for part in texts if stored else ():
            if f"e{number}-{part}" not in self.fields:
                texts[part] = getattr(stored, part)
        chosen = [int(key) for key in given["evidence"] or ()]
        return ExampleContent(key=given["key"], evidence=self._in_order(given["key"], chosen), **texts)

    def _in_order(self, key: int | None, chosen: Iterable[int]) -> tuple[int, ...]:
        before = next((each.evidence for each in self.stored.examples if each.key == key), ())
        ticked = list(chosen)
        return (
            *(each for each in before if each in ticked),
            *(each for each in ticked if each not in before),
        )


def _touched(sent: Any) -> dict[str, int] | None:
    """Read the fields a script says were touched, with the version it knows of each; None where none says."""
    try:
        given = json.loads(sent or "")
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, dict) or not all(type(each) is int for each in given.values()):
        return None
    return {str(name): base for name, base in given.items()}


def _labelled(piece: Evidence) -> str:
    kinds = {"file": piece.file_name, "link": _("link"), "text": _("text")}
    return f"{piece.title} ({kinds[piece.kind]})"
