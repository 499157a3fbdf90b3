"""Sentences about the locker and the uploads that fill it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.PERIOD_ENDS_BEFORE_START: _(
        "The last day lies before the first. Correct one of them, or leave one empty."
    ),
    Code.PERMISSION_UNSAID: _(
        "“%(title)s” names other people. Say whether they agreed, or that nobody can be recognised."
    ),
    Code.CAPTIONS_NOT_OPEN: _("Captions belong to sound or film. Choose such a file, or leave %(name)s out."),
    Code.CAPTIONS_UNREADABLE: _(
        "Line %(line)s of %(name)s is not what a WebVTT file holds there. Correct it, or export the captions "
        "anew as WebVTT (.vtt), and choose the file again."
    ),
}
