"""One translatable sentence for every code of the rulebook: what is missing and what to do."""

from collections.abc import Mapping

from django.utils.functional import Promise

from accredit.rulebook.faults import Code, Fault
from accredit.wording import (
    assessment,
    drafting,
    exports,
    files,
    guidance,
    imports,
    interest,
    links,
    locker,
    mentoring,
    panel,
    people,
    portfolio,
    registration,
    structure,
    writing,
)
from accredit.wording.vocabulary import in_words

SENTENCES: Mapping[Code, str | Promise] = {
    **portfolio.SENTENCES,
    **panel.SENTENCES,
    **assessment.SENTENCES,
    **registration.SENTENCES,
    **people.SENTENCES,
    **files.SENTENCES,
    **writing.SENTENCES,
    **guidance.SENTENCES,
    **structure.SENTENCES,
    **mentoring.SENTENCES,
    **links.SENTENCES,
    **locker.SENTENCES,
    **imports.SENTENCES,
    **exports.SENTENCES,
    **interest.SENTENCES,
    **drafting.SENTENCES,
}


class _Values(dict[str, object]):
    """A value that a fault does not carry shows as an ellipsis: a refusal must never fail in its wording."""

    def __missing__(self, name: str) -> str:
        return "…"


def sentence(fault: Fault) -> str:
    """The sentence of a fault, in the active language."""
    values = _Values({name: in_words(name, value) for name, value in fault.values})
    return str(SENTENCES[fault.code]) % values
