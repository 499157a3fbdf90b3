"""Draft panels and runs of the allocation."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.PANELS_DRAFTED: _("Panels are being drafted already. Publish or drop that draft first."),
    Code.DRAFT_ENDED: _("This draft has been published or dropped. Nothing in it can change any more."),
    Code.DRAFT_EMPTY: _("There is nothing to draft: choose at least one portfolio that waits for a panel."),
    Code.DRAFT_CHANGED: _("The draft has changed since you opened the page. Look at it again."),
    Code.DRAFT_HAS_FAULTS: _(
        "Nothing was published: %(panels)s of the panels break a rule or have a free seat. They stand first "
        "in the list, each with what is wrong."
    ),
    Code.NOT_IN_DRAFT: _("This portfolio is not in the draft any more."),
    Code.SEAT_STANDS: _("This place has been given already. Replace its holder on the registration’s page."),
    Code.MEMBER_NOT_NAMED: _(
        "Somebody who has a place on this panel already is not named. Work the draft out again."
    ),
    Code.SWAP_ON_ONE_PANEL: _("Two members of one panel cannot be swapped. Give one of them another seat."),
    Code.RUN_UNDER_WAY: _("The panels are being worked out. Wait until that has ended, or stop it."),
    Code.RUN_OUT_OF_TIME: _(
        "No panels were found in the time allowed, nor a reason why there are none. Allow more time, or "
        "leave some portfolios out."
    ),
    Code.RUN_OVERRAN: _("This took more memory than is allowed. Leave some portfolios out."),
    Code.RUN_BROKE: _("The program broke while it worked the panels out. Its log says where. Try again."),
    Code.WEIGHT_OUT_OF_RANGE: _("Enter a whole number from 0 to %(allowed)s."),
    Code.TABLE_UNREADABLE: _("This table cannot be read: %(what)s."),
    Code.TABLE_ROW: _("Row %(row)s: %(what)s."),
}
