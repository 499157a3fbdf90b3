"""Sentences about critical friends and cohorts."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.MENTOR_ADDRESS_ODD: _("“%(address)s” is not an e-mail address. Check how it is written."),
    Code.MENTOR_OWN_ADDRESS: _("This is your own address. Give the address of somebody else."),
    Code.MENTOR_ASKED_ALREADY: _(
        "%(address)s has an open invitation already. Open it in the list of your critical friends to change "
        "it or to send it again."
    ),
    Code.MENTOR_TOO_MANY: _(
        "You have %(allowed)s open invitations, and no more are possible at a time. End one of them first."
    ),
    Code.MENTOR_TOO_OFTEN: _(
        "You have made %(allowed)s invitations for this portfolio, and no more are possible. Change one that "
        "is still open instead."
    ),
    Code.MENTOR_NO_SECTION: _("No section is chosen. Choose at least one that may be read."),
    Code.MENTOR_DAY_PAST: _("The last day, %(date)s, has passed. Choose today or a later day."),
    Code.MENTOR_DAY_FAR: _(
        "The last day is more than %(days)s days ahead. Choose an earlier one; you can move it on later."
    ),
    Code.MENTOR_SENT_JUST_NOW: _(
        "The letter has been sent within the last ten minutes. Give it a little time before you send another."
    ),
    Code.MENTOR_ANSWERED: _("This invitation has been answered. Reload the page to see how."),
    Code.MENTOR_OVER: _(
        "This invitation is no longer open. Ask the candidate for a new one if you still want to read."
    ),
    Code.MENTOR_IS_YOURS: _("This is your own portfolio. Sign in as the person whom you have invited."),
    Code.MENTOR_IS_ALREADY: _(
        "You are a critical friend of this portfolio already. Open it in your list of portfolios."
    ),
    Code.MENTOR_ASSESSES: _(
        "You have a place among the assessors of this candidate, and nobody may be both. Decline this "
        "invitation, and ask the office if you are in doubt."
    ),
    Code.MENTOR_NOT_READING: _(
        "The text is not open to you at the moment. Ask the candidate to move the last day on, if you need "
        "more time."
    ),
    Code.COMMENT_EMPTY: _("There is no text yet. Write what you want to say."),
    Code.COMMENT_PLACE_UNKNOWN: _(
        "This part of the portfolio is not open to you, or is no longer there. Choose another part."
    ),
    Code.COMMENT_QUOTE_GONE: _(
        "These words do not stand in the part you chose, as it reads now. Copy them from the text, or leave "
        "them out to comment on the whole part."
    ),
    Code.COMMENT_RESOLVED: _(
        "This comment has been marked as dealt with, so it stays as it is. Write a new one if there is more "
        "to say."
    ),
    Code.COMMENT_REMOVED: _("This comment has been taken back. Reload the page to see the others."),
    Code.COMMENTS_TOO_MANY: _(
        "You have written %(allowed)s comments here, and no more are possible. Change one of them instead."
    ),
    Code.COHORT_CODE_UNKNOWN: _(
        "No open cohort has this code. Check how it is written, or ask your coordinator for it."
    ),
    Code.COHORT_JOINED_ALREADY: _(
        "You are in the cohort “%(name)s” already. Leave it before you join another."
    ),
    Code.COHORT_LEFT: _("You are no longer in this cohort. Join again with its code."),
}
