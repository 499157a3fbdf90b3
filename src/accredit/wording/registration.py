"""Sentences about registrations: stages, dates, fees, editions and awards."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.MOVE_NOT_OPEN: _(
        "“%(move)s” is not possible while the registration is %(stage)s. Reload the page to see what is."
    ),
    Code.ROLE_NOT_PERMITTED: _("“%(move)s” is not open to %(role)s. Ask the office who can take this step."),
    Code.WINDOW_CLOSED: _(
        "Submission is closed at the moment. Your work is kept: submit it when the next window opens."
    ),
    Code.REGISTRATION_EXPIRED: _(
        "The registration ended on %(date)s. Ask the office whether it can be extended, or register again."
    ),
    Code.REASON_MISSING: _(
        "There is no reason yet. Write the reason, so that the person concerned can act on it."
    ),
    Code.CLASH: _(
        "This was changed elsewhere while you were working on it. Compare both versions and choose which to "
        "keep."
    ),
    Code.ALREADY_REGISTERED: _("There is a registration for this pathway already. Carry on with that one."),
    Code.EXTENSION_NOT_LATER: _("The new date must be after %(date)s. Choose a later one."),
    Code.FEE_NOT_OFFERED: _("This fee is not offered for this registration. Choose one of the fees shown."),
    Code.PAYMENT_AMOUNT: _("The amount must be more than nothing. Enter what was paid."),
    Code.PAYMENT_RECORDED: _(
        "A payment with the reference %(reference)s has been recorded already. Check whether it is the same."
    ),
    Code.EDITION_UNREADABLE: _("The document is not an edition. Mend these faults: %(problems)s"),
    Code.EDITION_TAKEN: _(
        "There is an edition %(edition)s already, and published editions never change. Give the new one "
        "another code."
    ),
    Code.AWARD_ENDS_BEFORE_ISSUE: _("The award would end before it is issued. Check both dates."),
    Code.NUMBER_TAKEN: _("The number %(number)s has been given already. Use another one."),
    Code.AWARD_CHANGE_NOT_OPEN: _(
        "The award is %(standing)s, so “%(change)s” is not possible. Reload the page to see what is."
    ),
    Code.AWARD_NAME_MISSING: _("There is no name. Write the name as it should stand on the certificate."),
}
