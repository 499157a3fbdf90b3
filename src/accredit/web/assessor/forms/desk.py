"""The assessment form: a mark and a comment for each row, drawn from the edition."""

import html
import re
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accredit.assessments.queries import AssessmentContent
from accredit.rulebook.decision import Row, RowKind
from accredit.rulebook.framework import Outcome
from accredit.toolkit.richtext import clean_html
from accredit.web.ui.forms import Form, RichTextField, WordArea

LONGEST = 50_000
_between = re.compile(r"</(?:p|li|h[1-6]|blockquote|tr)>\s*", re.IGNORECASE)
_break = re.compile(r"<br\s*/?>", re.IGNORECASE)
_tag = re.compile(r"<[^>]*>")


def as_typed(text: str) -> str:
    """Return a stored comment as one types it: blank lines between paragraphs, no marks."""
    spaced = _break.sub("\n", _between.sub("\n\n", text))
    return html.unescape(_tag.sub("", spaced)).strip()


class CommentField(forms.CharField):
    """A comment typed as plain text and kept as clean HTML, as everything a candidate reads."""

    def to_python(self, value: Any) -> str:
        """Return clean HTML; blank lines part paragraphs."""
        return clean_html(super().to_python(value) or "")


def outcome_choices(outcomes: Sequence[Outcome]) -> list[tuple[str, str]]:
    """Return the outcomes that are open, each with what it means."""
    return [(each.code, f"{each.title}: {_lowered(each.meaning)}") for each in outcomes]


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


class DeskForm(Form):
    """All an assessor says of a portfolio; it may be saved at any point."""

    marks_optional = False
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    overall = RichTextField(
        label=gettext_lazy("Overall comment"), required=False, words=200, max_length=LONGEST, rows=8,
        help_text=gettext_lazy("The candidate reads it with the result: what stands out, what to work on."),
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label=gettext_lazy("The outcome you recommend"), required=False, widget=forms.RadioSelect,
        help_text=gettext_lazy("Your judgement of the whole; it is never computed from the ratings."),
    )  # fmt: skip
    revise = forms.MultipleChoiceField(
        label=gettext_lazy("Sections to revise"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only where the outcome you recommend asks for revisions."),
    )  # fmt: skip
    private_notes = forms.CharField(
        label=gettext_lazy("Private notes"), required=False, max_length=LONGEST, widget=WordArea(rows=4),
        help_text=gettext_lazy("For you alone: nobody else reads them, now or later."),
    )  # fmt: skip

    def __init__(
        self,
        rows: Sequence[Row],
        outcomes: Sequence[Outcome],
        *given: Any,
        standing: Collection[str] = (),
        **more: Any,
    ) -> None:
        """Draw the rows but those that keep what was said of them in an earlier round (`standing`)."""
        self.rows = [row for row in rows if row.key not in standing]
        super().__init__(*given, **more)
        for row in self.rows:
            self.fields[f"mark-{row.key}"] = forms.ChoiceField(
                label=row.title, choices=[(mark.code, mark.title) for mark in row.marks], required=False,
                widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[f"comment-{row.key}"] = CommentField(
                label=_comment_label(row), required=False, max_length=LONGEST, widget=WordArea(rows=2)
            )
        self.fields["outcome"].choices = outcome_choices(outcomes)  # type: ignore[attr-defined]
        self.fields["revise"].choices = slot_choices(rows)  # type: ignore[attr-defined]

    def mark(self, key: str) -> BoundField | None:
        """Return the ratings of a row; None where it stands."""
        return self[f"mark-{key}"] if f"mark-{key}" in self.fields else None

    def comment(self, key: str) -> BoundField | None:
        """Return the comment on a row; None where it stands."""
        return self[f"comment-{key}"] if f"comment-{key}" in self.fields else None

    def content(self) -> AssessmentContent:
        """Return what has been typed."""
        said = self.cleaned_data
        return AssessmentContent(
            marks={row.key: said[f"mark-{row.key}"] for row in self.rows if said[f"mark-{row.key}"]},
            comments={row.key: text for row in self.rows if (text := said[f"comment-{row.key}"])},
            overall=said["overall"],
            outcome=said["outcome"],
            revise=tuple(said["revise"]),
            private_notes=said["private_notes"],
        )


def _comment_label(row: Row) -> str:
    where = row.key if row.kind is RowKind.SECTION else row.title
    return _("Comment on %(row)s") % {"row": where}


def slot_choices(rows: Sequence[Row]) -> list[tuple[str, str | Promise]]:
    """Return the slots that can be named for revision."""
    return [(row.key, row.title) for row in rows if row.kind is not RowKind.PRINCIPLE]


def initial_of(content: AssessmentContent, version: int) -> dict[str, Any]:
    """Return how a stored assessment stands in the form."""
    return {
        "version": version,
        "overall": content.overall,
        "outcome": content.outcome,
        "revise": list(content.revise),
        "private_notes": content.private_notes,
        **{f"mark-{row}": mark for row, mark in content.marks.items()},
        **{f"comment-{row}": as_typed(text) for row, text in content.comments.items()},
    }
