"""Sentences about documents that go out."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.EXPORT_FORM_UNKNOWN: _("There is no copy of the kind “%(value)s”. Choose one of those on the page."),
    Code.EXPORT_OVERRAN: _(
        "Making this copy took too long and was stopped. Your portfolio is untouched. Another kind of "
        "copy may still work: the JSON copy is the lightest to make."
    ),
    Code.EXPORT_BROKE: _(
        "This copy could not be made. Your portfolio is untouched, and the other kinds of copy still "
        "work. Ask for it again; if it fails again, tell the office."
    ),
    Code.EXPORT_FILES_LOST: _(
        "These files could not be found, so the copy only names them: %(what)s. Tell the office, and keep"
        " your own."
    ),
    Code.EXPORT_GLYPHS: _(
        "The letters of the PDF have no shape for these characters: %(what)s. A box or a name stands in "
        "their place; the web page and the Word document hold them."
    ),
    Code.EXPORT_PROFILE: _(
        "The PDF could not keep to the profiles for accessibility and long keeping (%(what)s). The web "
        "page is the safer copy."
    ),
    Code.RESTORE_NOT_OURS: _(
        "This is not a JSON copy made here, or it has been changed: %(where)s does not fit."
    ),
}
