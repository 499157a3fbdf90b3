"""Sentences about the locker and the uploads that fill it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.LIMIT_TOO_SMALL: _("A limit is at least %(needed)s MB. Enter a larger number."),
    Code.LIMITS_OUT_OF_ORDER: _(
        "A portfolio has to hold at least one file of the largest size. Raise the limit of a portfolio, or "
        "lower that of a file."
    ),
    Code.PERIOD_ENDS_BEFORE_START: _(
        "The last day lies before the first. Correct one of them, or leave one empty."
    ),
    Code.PERMISSION_UNSAID: _(
        "“%(title)s” names other people. Say whether they agreed, or that nobody can be recognised."
    ),
    Code.CAPTIONS_NOT_OPEN: _("Captions belong to sound or film. Choose such a file, or leave %(name)s out."),
    Code.UPLOADS_TOO_MANY: _(
        "%(allowed)s files are on their way already. Wait until one of them has arrived, or cancel one."
    ),
    Code.UPLOAD_GONE: _("This upload is no longer here. Choose the file again."),
    Code.UPLOAD_NOT_THERE: _("%(name)s has not arrived completely. Choose the same file again to go on."),
    Code.UPLOAD_OUT_OF_STEP: _("A part of %(name)s is missing. Choose the same file again to go on."),
    Code.UPLOAD_TOO_MUCH: _(
        "More of %(name)s was sent than it is large. Cancel this upload and choose the file again."
    ),
    Code.CAPTIONS_UNREADABLE: _(
        "Line %(line)s of %(name)s is not what a WebVTT file holds there. Correct it, or export the captions "
        "anew as WebVTT (.vtt), and choose the file again."
    ),
}
