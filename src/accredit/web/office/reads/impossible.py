"""Why there are no panels, in words: which portfolios, which rule binds, and what would help."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accredit.allocation.problem import Bar, Rule
from accredit.web.office.reads.drafting import names_of

MOST_NAMED = 12
Names = Mapping[int, str]
RULES = {
    Rule.CAPACITY.value: gettext_lazy("Those who may assess them have too few places left."),
    Rule.LEADS.value: gettext_lazy("Too few of those who may assess them may lead."),
    Rule.GROUPS.value: gettext_lazy("Those who may assess them belong to the same institutions."),
    Rule.BARRED.value: gettext_lazy("Too few people may assess them at all."),
    Rule.LOCKED.value: gettext_lazy("More seats are locked than the panel has."),
}
LIFTED = {
    Bar.FORBIDDEN: gettext_lazy("Let onto the panel whom you keep off: %(pairs)s."),
    Bar.AWAY: gettext_lazy("Ask for an exception in a month in which they take nothing on: %(pairs)s."),
    Bar.UNWILLING: gettext_lazy("Ask for an exception to the pathways they offer: %(pairs)s."),
    Bar.EARLIER: gettext_lazy("Let somebody assess again: %(pairs)s."),
    Bar.NOT_SAME: gettext_lazy("Let somebody join who did not assess before: %(pairs)s."),
    Bar.INSTITUTION: gettext_lazy(
        "Look at conflicts of institution, and set one aside with a reason: %(pairs)s."
    ),
}


@dataclass(frozen=True, slots=True)
class Impossible:
    """The answer "there are no such panels", in words."""

    portfolios: list[tuple[int, str]]
    more: int
    rules: list[str]
    remedies: list[str]
    is_smallest: bool


def impossible(figures: Mapping[str, Any]) -> Impossible | None:
    """Return the reasons of a run that found that there are no panels; two queries."""
    if not figures.get("infeasible"):
        return None
    remedies = figures["remedies"]
    people = {each for remedy in remedies for each in remedy["assessors"]}
    rows = {each for remedy in remedies for each in remedy["portfolios"]} | set(figures["portfolios"])
    named, candidates = names_of(people, rows)
    shown = [(each, candidates.get(each, "–")) for each in figures["portfolios"]]
    return Impossible(
        portfolios=shown[:MOST_NAMED],
        more=max(len(shown) - MOST_NAMED, 0),
        rules=[str(RULES[each]) for each in figures["rules"] if each in RULES],
        remedies=[_remedy(each, named, candidates) for each in remedies],
        is_smallest=figures["is_smallest"],
    )


def _remedy(remedy: Mapping[str, Any], people: Names, candidates: Names) -> str:
    who = _joined(
        [_times(people.get(each, "–"), number) for each, number in Counter(remedy["assessors"]).items()]
    )
    match remedy["rule"]:
        case Rule.CAPACITY.value:
            number = remedy["places"]
            words = ngettext(
                "One more place, for example of %(who)s.",
                "%(n)s more places, for example of %(who)s.",
                number,
            )
        case Rule.LEADS.value:
            number = remedy["leads"]
            words = ngettext(
                "One more who may lead, for example %(who)s.",
                "%(n)s more who may lead, for example %(who)s.",
                number,
            )
        case Rule.BARRED.value:
            return _lifted(remedy, people, candidates)
        case _:
            return _newcomers(remedy, candidates)
    return words % {"n": number, "who": who}


def _lifted(remedy: Mapping[str, Any], people: Names, candidates: Names) -> str:
    pairs = zip(remedy["assessors"], remedy["portfolios"], strict=True)
    said = [
        _("%(assessor)s for %(candidate)s")
        % {"assessor": people.get(one, "–"), "candidate": candidates.get(other, "–")}
        for one, other in pairs
    ]
    return str(LIFTED[Bar(remedy["bar"])]) % {"pairs": _joined(said)}


def _newcomers(remedy: Mapping[str, Any], candidates: Names) -> str:
    number, leads = remedy["places"] + remedy["leads"], remedy["leads"]
    whom = _joined(list(dict.fromkeys(candidates.get(each, "–") for each in remedy["portfolios"])))
    words = ngettext(
        "One new assessor with a place, for %(whom)s",
        "%(n)s new assessors with a place each, for %(whom)s",
        number,
    )
    said = words % {"n": number, "whom": whom}
    if not leads:
        return said + "."
    more = ngettext(
        "%(said)s; one of them must be able to lead.",
        "%(said)s; %(leads)s of them must be able to lead.",
        leads,
    )
    return more % {"said": said, "leads": leads}


def _times(name: str, number: int) -> str:
    return name if number == 1 else _("%(name)s (%(number)s)") % {"name": name, "number": number}


def _joined(words: list[str]) -> str:
    return ", ".join(words[:MOST_NAMED]) + (" …" if len(words) > MOST_NAMED else "")
