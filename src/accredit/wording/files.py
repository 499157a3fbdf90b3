"""Sentences about files that come in."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.FILE_EMPTY: _("%(name)s is empty. Choose another file."),
    Code.FILE_TOO_LARGE: _(
        "%(name)s is larger than the limit of %(allowed)s MB. Make it smaller, or give a link instead."
    ),
    Code.FILE_KIND_NOT_OPEN: _("%(name)s is of a kind that is not taken. Choose one of these: %(kinds)s."),
    Code.FILE_IS_HEIC: _(
        "%(name)s is a HEIC picture, which most browsers cannot show. Export it as JPEG: on an iPhone set "
        "Settings, Camera, Formats to “Most Compatible”, or send the picture to yourself by mail."
    ),
    Code.FILE_NOT_WHAT_IT_SAYS: _(
        "%(name)s ends like a %(kind)s file but is not one. Save it again in that format and choose it anew."
    ),
    Code.FILE_DAMAGED: _("%(name)s cannot be opened. Save it again and choose it anew."),
    Code.FILE_UNPACKS_TOO_LARGE: _(
        "%(name)s unpacks to far more than its size. Save it again in another format."
    ),
    Code.FILE_HOLDS_MACROS: _("%(name)s holds macros. Save it without macros and choose it anew."),
    Code.FILE_NOT_UTF8: _("%(name)s is not in UTF-8. Save it with that encoding and choose it anew."),
}
