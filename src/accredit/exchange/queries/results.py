"""A result as a paper: what the candidate reads on the page, to keep."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accredit.assessments.queries import Transcript
from accredit.exchange.writers.paper import Paper, chapter, heading, words
from accredit.exchange.writers.tree import Block, moved, paragraphs, table_of_words, tree_of
from accredit.frameworks.queries import rules_of
from accredit.registrations.models import Registration

UNDER_CHAPTER = -1


def paper_of_result(registration: Registration, found: Transcript) -> Paper:
    """Return a released result as a paper, in the active language.

    Names of assessors are on it only where the edition says so: it holds what `transcript_of` gave.
    """
    rules = rules_of(registration.edition)
    released = localtime(found.released_at)
    facts = [
        (_("Result"), found.outcome.title),
        (_("Released on"), date_format(released, "j F Y")),
        (_("Pathway"), f"{rules.pathway(registration.pathway).title} ({rules.title})"),
        (_("Round"), str(found.round)),
        (_("Registration"), registration.reference),
    ]
    return {
        "language": "en-GB",
        "name": registration.person.name,
        "title": _("Result"),
        "kind": found.outcome.title,
        "scheme": rules.scheme,
        "body": rules.body,
        "dated": released.replace(microsecond=0).isoformat(),
        "mark": "",
        "facts": facts,
        "chapters": list(_chapters(found)),
        "words": words(),
    }


def _chapters(found: Transcript) -> Iterator[Paper]:
    blocks = [*paragraphs(found.outcome.meaning), *paragraphs(found.outcome.next)]
    if found.revise:
        blocks.append(heading(2, _("Sections to revise")))
        items = [paragraphs(title) for _slot, title in found.revise]
        blocks.append({"kind": "ul", "items": items})
    if found.set_aside_at is not None:
        blocks += paragraphs(_("This result was set aside on appeal and counts for nothing any more."))
    if found.feedback:
        blocks += [heading(2, _("Feedback of the panel")), *tree_of(found.feedback)]
    yield chapter("result", found.outcome.title, blocks)
    if found.rows:
        yield chapter("ratings", _("How each assessor rated it"), list(_ratings(found)))
        yield chapter("overall", _("Overall comments"), list(_overall(found)))


def _names(found: Transcript) -> list[str]:
    return [column.name or _("Assessor %(number)s") % {"number": column.number} for column in found.columns]


def _ratings(found: Transcript) -> Iterator[Block]:
    yield from paragraphs(
        _(
            "The outcome is judged by the panel and never computed from the ratings. Where they differ, they "
            "stand side by side."
        )
    )
    lines = [[row.title, *(cell.title or "–" for cell in row.cells)] for row in found.rows]
    yield table_of_words([_("About"), *_names(found)], lines)
    for row in found.rows:
        said = [
            (who, cell.comment) for who, cell in zip(_names(found), row.cells, strict=True) if cell.comment
        ]
        if said:
            yield heading(2, row.title)
        for who, comment in said:
            yield heading(3, who)
            yield from tree_of(comment)


def _overall(found: Transcript) -> Iterator[Block]:
    for who, column in zip(_names(found), found.columns, strict=True):
        yield heading(2, who)
        yield from moved(tree_of(column.overall), by=UNDER_CHAPTER)
