"""Sentences about who may assess whom, and about a panel and its seats."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.OWN_PORTFOLIO: _("This is the candidate. Nobody assesses their own portfolio: choose someone else."),
    Code.NOT_HOLDER: _(
        "Does not hold %(pathway)s or a pathway above it. Choose a holder in good standing, or record the "
        "award if it is missing."
    ),
    Code.SAME_INSTITUTION: _(
        "Shares an institution with the candidate now or within the last %(years)s years: %(institution)s. "
        "Choose someone from elsewhere."
    ),
    Code.SAME_PARENT_INSTITUTION: _(
        "Belongs to the same group of institutions as the candidate (%(institution)s), now or within the "
        "last %(years)s years. Choose someone from elsewhere."
    ),
    Code.SAME_BY_ADDRESS: _(
        "By their e-mail address, shares an institution with the candidate: %(institution)s. Choose someone "
        "from elsewhere, or set it aside if it does not hold."
    ),
    Code.INSTITUTION_NAMELESS: _("An institution needs a name."),
    Code.INSTITUTION_NAME_TAKEN: _(
        "“%(name)s” is the name of another institution. Merge the two if they are one."
    ),
    Code.INSTITUTION_PART_OF_ITSELF: _("An institution cannot be part of itself, nor of one of its parts."),
    Code.DOMAIN_UNREADABLE: _(
        "“%(domain)s” is no domain. Write it as it stands after the @, like example.org."
    ),
    Code.DOMAIN_TAKEN: _("The domain %(domain)s belongs to another institution."),
    Code.NAMED_TOO_MANY: _("You have named %(allowed)s people; more cannot be taken. Write to the office."),
    Code.TOO_FEW_ASSESSMENTS_TO_LEAD: _(
        "Has completed %(have)s of the %(needed)s assessments needed before leading. Appoint as second "
        "assessor, or choose another lead."
    ),
    Code.LEAD_NOT_CONFIRMED: _(
        "Has completed enough assessments to lead, but the office has not said that they may. Say so under "
        "“Who leads”, or appoint them as second assessor."
    ),
    Code.AT_CAPACITY: _(
        "Has %(load)s assessments under way and takes no more than %(capacity)s. Wait, or choose someone "
        "with room."
    ),
    Code.ASSESSED_EARLIER: _(
        "Assessed this candidate in an earlier round, and a re-assessment needs a new panel. Choose someone "
        "else."
    ),
    Code.CONFLICT_DECLARED: _(
        "Has declared a conflict of interest with this candidate. Choose someone else."
    ),
    Code.CONFLICT_MENTOR: _("Is, or was, a critical friend for this portfolio. Choose someone else."),
    Code.CONFLICT_COORDINATOR: _(
        "Coordinates, or coordinated, the cohort of this candidate. Choose someone else."
    ),
    Code.CONFLICT_LINE: _("Manages, or is managed by, this candidate. Choose someone else."),
    Code.PANEL_SIZE: _(
        "The panel has %(have)s members and needs %(needed)s. Add or remove members until it does."
    ),
    Code.PANEL_LEADS: _("The panel has %(have)s lead assessors and needs %(needed)s. Say who leads."),
    Code.PANEL_TWICE: _("The same person is on the panel twice. Replace one of the two."),
    Code.PANEL_ONE_INSTITUTION: _(
        "Two members of the panel are from one institution: %(institution)s. Replace one of them."
    ),
    Code.NOT_AN_ASSESSOR: _(
        "%(name)s is not on the list of assessors. Add them to the list first, or choose someone else."
    ),
    Code.ALREADY_VOLUNTEERED: _("You are on the list of assessors already. Nothing more is needed."),
    Code.NUMBER_TOO_SMALL: _("The number is too small. Enter %(needed)s or more."),
    Code.HAS_LEFT_PANEL: _("%(name)s has left this panel. Invite someone else."),
    Code.SEAT_TAKEN: _("The seat “%(seat)s” is taken. Choose another seat, or free this one first."),
    Code.SEAT_NOT_FREE: _(
        "There is no free seat “%(seat)s” on this panel. Reload the page to see its seats."
    ),
    Code.DUE_DATE_PAST: _("The due date %(date)s is in the past. Choose a later date."),
    Code.INVITATION_ENDED: _(
        "This invitation has ended, so it can no longer be answered. Ask the office if you still want to "
        "assess."
    ),
    Code.ALREADY_DECLINED: _(
        "You have declined this invitation. Ask the office if you have changed your mind."
    ),
    Code.NOT_ACCEPTED_YET: _(
        "The invitation has not been accepted yet. Accept it, and declare that you have no conflict, first."
    ),
    Code.CONFLICT_ON_SELF: _("A conflict is between two different people. Choose the other person."),
    Code.CONFLICT_SETTLED: _("This conflict has been settled already. Reload the page to see how."),
}
