"""Sentences about writing: versions and notes."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.NOTE_EMPTY: _("The note is empty. Write something into it, or remove it."),
    Code.NOTES_FULL: _(
        "There are %(allowed)s notes already, the most a portfolio holds. Remove some you have dealt with."
    ),
}
