"""Sentences about the assessment form, the agreement and the release."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.MARK_MISSING: _("%(title)s is not rated yet. Choose a rating."),
    Code.MARK_NOT_OPEN: _("%(title)s cannot be rated “%(mark)s”. Choose one of the ratings offered."),
    Code.ROW_UNKNOWN: _("“%(section)s” is not part of this form. Reload the page and rate the rows shown."),
    Code.COMMENT_MISSING: _(
        "%(title)s has no comment yet. Write what the candidate should know, above all what to revise."
    ),
    Code.OVERALL_TOO_SHORT: _(
        "The overall comment has %(have)s of the %(needed)s words needed. Say what stands out and what to "
        "work on."
    ),
    Code.OUTCOME_MISSING: _("There is no recommended outcome yet. Choose one."),
    Code.OUTCOME_NOT_OPEN: _(
        "The outcome “%(outcome)s” is not open in this round. Choose one of those offered."
    ),
    Code.REVISIONS_MISSING: _("A referral must say what to revise. Name at least one section."),
    Code.REVISION_UNKNOWN: _(
        "“%(section)s” cannot be named for revision: it is not a section of this submission. Choose from the "
        "sections shown."
    ),
    Code.ATTEMPTS_EXHAUSTED: _(
        "The limit of %(limit)s assessed submissions is reached, so there can be no further one. Register "
        "again to start anew."
    ),
    Code.ASSESSMENT_IN: _(
        "This assessment has been handed in, so it can no longer be changed. Ask the office."
    ),
    Code.ASSESSMENTS_ALL_IN: _("All assessments are in. Go on to the agreement."),
    Code.ASSESSMENT_NOT_IN: _("Your assessment is not in yet. Complete it and hand it in first."),
    Code.PROPOSAL_NOT_YOURS: _(
        "The lead assessor proposes the outcome. Wait for the proposal and answer it."
    ),
    Code.PROPOSAL_REPLACED: _(
        "The proposal has been replaced by a newer one. Reload the page and answer that one."
    ),
    Code.ALREADY_REPLIED: _("You have answered this proposal already. Wait for the others to answer."),
    Code.RELEASE_DONE: _("The candidate has been told already: a result that was read is not taken back."),
    Code.MESSAGE_EMPTY: _("Write what you want to say to the others."),
    Code.MESSAGE_TOO_LONG: _(
        "This has %(have)s characters; a message has at most %(allowed)s. Send it in parts."
    ),
    Code.FEEDBACK_MISSING: _("There is no feedback yet. Write what the candidate will read."),
    Code.OWN_DECISION: _(
        "You took part in this decision or are close to the candidate, so somebody else must take this "
        "step. Ask a colleague."
    ),
    Code.DAYS_END_BEFORE_START: _("The last day is before the first."),
    Code.NOTHING_DECIDED: _("Nothing was decided in these days, so there is nothing to draw from."),
    Code.FINDING_MISSING: _("Say what the second look found."),
    Code.APPEALS_NOT_OPEN: _("This edition of the scheme has no appeals. Ask the office what you can do."),
    Code.APPEAL_AGAINST_PASS: _("A pass cannot be appealed."),
    Code.APPEAL_TOO_LATE: _("The time to appeal ended on %(date)s."),
    Code.APPEALED_ALREADY: _("This result has been appealed already; a result is appealed once."),
    Code.APPEAL_BESIDE_ANOTHER: _(
        "You have another registration under way. Withdraw it first if you want this result looked at again."
    ),
    Code.APPEAL_ENDED: _("This appeal has ended, so nothing more can be decided on it."),
    Code.APPEAL_WORDS_MISSING: _("Say in your own words why you appeal."),
    Code.GROUND_MISSING: _("Choose at least one ground on which you appeal."),
    Code.GROUND_UNKNOWN: _('"%(ground)s" is not a ground of this scheme. Choose from the list.'),
    Code.REVIEWER_HAD_PART: _(
        "%(name)s had a part in this result, is close to the candidate, or is no moderator. Choose somebody "
        "else."
    ),
    Code.SAT_ON_APPEALED: _("Sat on the panel whose result was set aside on appeal."),
    Code.NO_AWARD_TO_SHOW: _("There is no award to show yet. Come back once the result has been released."),
}
