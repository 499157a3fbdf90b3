"""Conflicts of interest, institutions, what assessors offer."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.UNWILLING: _("They do not offer to assess %(pathway)s."),
    Code.YEAR_FULL: _("They have begun %(have)s assessments within a year and offered %(allowed)s."),
    Code.AWAY: _("They take nothing on in %(month)s."),
    Code.CONFLICT_ENDS_BEFORE: _("The last day, %(date)s, has passed. Leave it empty, or enter a later one."),
    Code.INTEREST_UNKNOWN: _("This conflict does not exist any more. Look at the list again."),
}
