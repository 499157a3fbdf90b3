"""Sentences about documents that come in."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.IMPORT_FORM_UNKNOWN: _(
        "%(name)s is not a document that can be read here. Bring a Word document (DOCX), Markdown, a web "
        "page (HTML, or a zip file with its pictures), a Leap2A export or this program’s own JSON. From "
        "Google Docs, choose Download and then Microsoft Word."
    ),
    Code.IMPORT_OLD_WORD: _(
        "%(name)s is in Word’s old format. Open it, save it as a Word document (.docx) and bring that."
    ),
    Code.IMPORT_PASSWORD: _(
        "%(name)s is protected by a password. Save it without one and bring it again; nobody else sees it."
    ),
    Code.IMPORT_PATHS: _(
        "%(name)s holds files that point outside of it. Export it again, or pack only the page and its "
        "pictures."
    ),
    Code.IMPORT_DECLARATIONS: _(
        "%(name)s holds declarations that no document needs and that could do harm. Open it in the "
        "program it was written with, save it anew and bring that."
    ),
    Code.IMPORT_TOO_DEEP: _(
        "%(name)s has tables or lists nested so deeply that they cannot be read. Make them simpler and "
        "bring it again."
    ),
    Code.IMPORT_TOO_LONG: _(
        "%(name)s is longer than %(allowed)s characters, and a portfolio is not. Bring the part you need."
    ),
    Code.IMPORT_PICTURES_MANY: _(
        "%(name)s holds %(have)s pictures; at most %(allowed)s are taken at once. Leave out some, or "
        "bring it in parts."
    ),
    Code.IMPORT_NO_PAGE: _("%(name)s holds no web page. Pack the page (.html) together with its pictures."),
    Code.IMPORT_NOTHING: _("%(name)s holds no text and no pictures. Check that it is the right file."),
    Code.IMPORT_OVERRAN: _(
        "%(name)s took more time or memory to read than is allowed. Bring it in parts, or with smaller "
        "pictures."
    ),
    Code.IMPORT_UNREADABLE: _(
        "%(name)s could not be read. Save it anew in the program it was written with and bring that. Your "
        "portfolio is as it was."
    ),
    Code.IMPORT_NOT_READ_YET: _(
        "The document is still being read. Wait a moment, then open this page again."
    ),
    Code.IMPORT_DROPPED: _("You have dropped this document. Bring it in again if you want it after all."),
    Code.IMPORT_TAKEN: _(
        "This document is in your portfolio already. Bring it in again to compare it with what you have now."
    ),
    Code.IMPORT_PICTURES_GONE: _(
        "The pictures of %(name)s have been cleared away meanwhile. It is being read again: open this page "
        "in a moment, your corrections are kept."
    ),
    Code.IMPORT_NOTHING_CHOSEN: _("Nothing is to be taken. Give at least one part a place and choose it."),
    Code.IMPORTS_WAITING: _(
        "%(allowed)s documents of yours are still being read. Wait until one is done, or drop one."
    ),
    Code.IMPORTS_FULL: _(
        "The documents you have brought in would take %(have)s MB; %(allowed)s MB are allowed. Take those "
        "off the list that you no longer need."
    ),
}
