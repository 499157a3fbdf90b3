"""Sentences about people: profiles, institutions, addresses."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.PROFILE_INCOMPLETE: _(
        "Your profile is not complete. Add your name as it should stand on the certificate and your "
        "institution."
    ),
    Code.STAY_ENDS_BEFORE_START: _("%(institution)s: the last day is before the first. Check both dates."),
    Code.ADDRESS_TAKEN: _("There is an account with the address %(address)s already. Sign in to that one."),
}
