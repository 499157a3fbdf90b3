"""What pathways are called in each edition: read once for a whole list."""

from collections.abc import Sequence

from accredit.awards.models import Award
from accredit.frameworks.models import Edition
from accredit.frameworks.queries import editions, rules_of
from accredit.registrations.models import Registration

Titles = dict[tuple[int, str], str]


def pathway_titles(known: Sequence[Edition] = ()) -> Titles:
    """Return the title of each pathway by edition and code; one query unless the editions are known."""
    rows = known or editions()
    return {(row.pk, each.code): each.title for row in rows for each in rules_of(row).pathways}


def title(of: Registration | Award) -> str:
    """Return the title of the pathway of a row read with its edition."""
    return rules_of(of.edition).pathway(of.pathway).title


def options(titles: Titles) -> list[tuple[str, str]]:
    """Return each pathway once, with its newest title, for a filter."""
    return list({code: title for (_edition, code), title in titles.items()}.items())
