"""Numbers of an edition put into words: examples, lengths, years."""

from collections.abc import Sequence

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accredit.rulebook.terms import ExampleType, Span


def number(value: int) -> str:
    """Write small numbers as words: “two”, but “12”."""
    return str(apnumber(value))


def examples(span: Span) -> str:
    """Write how many examples an entry holds: “1 to 2 examples”."""
    if span.at_most == span.at_least:
        return ngettext("%(n)s example", "%(n)s examples", span.at_least) % {"n": span.at_least}
    if span.at_most is None:
        return _("%(n)s or more examples") % {"n": span.at_least}
    return _("%(low)s to %(high)s examples") % {"low": span.at_least, "high": span.at_most}


def entries(span: Span) -> str:
    """Write how many areas a repeatable section asks: “at least two areas”."""
    if span.at_most == span.at_least:
        return ngettext("%(n)s area", "%(n)s areas", span.at_least) % {"n": number(span.at_least)}
    if span.at_most is None:
        return ngettext("%(n)s area or more", "%(n)s areas or more", span.at_least) % {
            "n": number(span.at_least)
        }
    return _("%(low)s to %(high)s areas") % {"low": number(span.at_least), "high": number(span.at_most)}


def words(span: Span) -> str:
    """Write the advised length; it is advice, never a limit."""
    if span.at_most is None:
        return _("about %(low)s words or more") % {"low": span.at_least}
    return _("about %(low)s to %(high)s words") % {"low": span.at_least, "high": span.at_most}


def types(kinds: Sequence[ExampleType]) -> str:
    """Write what examples may deal with: “a law, a policy or a standard”."""
    names = {
        ExampleType.LAW: _("a law"),
        ExampleType.POLICY: _("a policy"),
        ExampleType.STANDARD: _("a standard"),
    }
    listed = [names[kind] for kind in kinds]
    if len(listed) < 2:
        return "".join(listed)
    return pgettext("the last two of a list", "%(first)s or %(last)s") % {
        "first": ", ".join(listed[:-1]),
        "last": listed[-1],
    }


def years(count: int) -> str:
    """Write “three years”."""
    return ngettext("%(n)s year", "%(n)s years", count) % {"n": number(count)}
