"""Sentences about moving parts of a portfolio, changing pathway and carrying over."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.EXAMPLE_ELSEWHERE: _(
        "This example does not stand here any more: it was moved or removed. Go back to your task list and "
        "open the section in which it stands now."
    ),
    Code.EXAMPLES_FULL: _(
        "%(title)s takes no more than %(allowed)s examples on your pathway. Move or remove one of them first."
    ),
    Code.EXAMPLES_NOT_ASKED: _(
        "%(title)s holds a text and takes no examples. Choose another section for this example."
    ),
    Code.ENTRY_SET_ASIDE: _(
        "%(title)s is not asked on your pathway and is set aside. Choose a section of your pathway."
    ),
    Code.PATHWAY_FIXED: _(
        "The pathway can be changed only while you write your first submission. Ask the office what is "
        "possible now."
    ),
    Code.NOTHING_TO_CARRY: _(
        "This portfolio cannot be begun from: it is not an accredited one of yours that was written here. "
        "Write your new portfolio from the start."
    ),
    Code.DRAFT_BEGUN: _(
        "You have begun to write this portfolio already. Copy what you need from the earlier one, which you "
        "can still open."
    ),
    Code.NOT_CARRIED: _("This section was written for this portfolio, so there is nothing to answer here."),
    Code.PRACTICE_DAY_MISSING: _("The day is missing. Say on which day you last did what is shown here."),
    Code.PRACTICE_TO_COME: _("%(date)s is still to come. Give the last day of the practice, today at most."),
    Code.CARRIED_UNDECIDED: _(
        "%(title)s: this began in your earlier portfolio. Say whether it is still valid, and from when."
    ),
    Code.CARRIED_TO_REWRITE: _(
        "%(title)s: you said that this is no longer valid. Rewrite it, and then say so."
    ),
    Code.CARRIED_TOO_OLD: _(
        "%(title)s: the practice shown is of %(date)s, and only the last %(years)s years count. Write about "
        "newer practice, and then say from when it is."
    ),
}
