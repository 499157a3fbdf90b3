"""Sentences about links: refusals, and what an address answered."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code
from accredit.rulebook.terms import Finding

SENTENCES: Mapping[Code, str | Promise] = {
    Code.LINKS_NOT_CHECKED_HERE: _(
        "Links are not checked on this installation. Open each one yourself in a private window."
    ),
    Code.LINKS_ASKED_JUST_NOW: _(
        "The links were asked less than %(minutes)s minutes ago. What they answer stands here; ask later."
    ),
    Code.LINKS_NONE: _("There is no link in the portfolio yet. Add one as evidence or in a text first."),
}

# A word or two for a table.
FINDINGS: Mapping[str, str | Promise] = {
    "": _("Not checked yet"),
    Finding.OK: _("Answers"),
    Finding.MOVED: _("Has moved"),
    Finding.NEEDS_SIGN_IN: _("Does not let us in"),
    Finding.TURNED_AWAY: _("Lets no program read it"),
    Finding.GONE: _("Page not found"),
    Finding.SERVER_ERROR: _("Site has a fault"),
    Finding.UNREACHABLE: _("Does not answer"),
    Finding.NO_SUCH_NAME: _("No such site"),
    Finding.REFUSED_ADDRESS: _("Not a public address"),
    Finding.CERTIFICATE_BAD: _("Not secure"),
    Finding.TOO_SLOW: _("Too slow"),
    Finding.TOO_LARGE: _("Too large to read"),
    Finding.NOT_WEB: _("Not a web page"),
    Finding.LOOP: _("Leads in a circle"),
}

# What it means and what to do.
ADVICE: Mapping[str, str | Promise] = {
    "": _("It is asked soon; there is nothing to do."),
    Finding.OK: _("Whoever follows it reads a page."),
    Finding.MOVED: _("It still answers, from elsewhere. Write the new address before the old one ends."),
    Finding.NEEDS_SIGN_IN: _(
        "Perhaps one has to sign in, and assessors have no account there. Open it in a private window; share "
        "it with everybody who has the link, or add a file instead."
    ),
    Finding.TURNED_AWAY: _("Some sites answer people only. Open it yourself in a private window."),
    Finding.GONE: _("The site answers but has no such page. Find its new address, or add a file instead."),
    Finding.SERVER_ERROR: _("It may be a passing fault. Ask again later, or open it yourself."),
    Finding.UNREACHABLE: _("Nothing answers at this address. Ask again later, or find another address."),
    Finding.NO_SUCH_NAME: _("There is no site of this name. Look for a slip of the pen in the address."),
    Finding.REFUSED_ADDRESS: _(
        "It leads into a private network or carries a password, so assessors cannot open it. Give a public "
        "address, or add a file instead."
    ),
    Finding.CERTIFICATE_BAD: _(
        "Its certificate has ended or belongs to another name, so browsers warn before opening it. Tell "
        "whoever runs the site, or add a file instead."
    ),
    Finding.TOO_SLOW: _("It did not answer in time. Ask again later, or open it yourself."),
    Finding.TOO_LARGE: _("It answers with more than we read. Open it yourself to see that it works."),
    Finding.NOT_WEB: _("What answers there is no web page. Give the address of one, as a browser shows it."),
    Finding.LOOP: _(
        "It sends a reader without cookies round and round. Open it in a private window; if that fails too, "
        "give the address of the page itself."
    ),
}
