"""What pathways are called in each edition: read once for a whole list."""

from accredit.frameworks.models import Edition
from accredit.frameworks.queries import rules_of

Titles = dict[tuple[int, str], str]


def pathway_titles() -> Titles:
    """Return the title of each pathway by edition and code; one query."""
    rows = Edition.objects.order_by("in_force_on", "pk")
    return {(row.pk, each.code): each.title for row in rows for each in rules_of(row).pathways}


def options(titles: Titles) -> list[tuple[str, str]]:
    """Return each pathway once, with its newest title, for a filter."""
    return list({code: title for (_edition, code), title in titles.items()}.items())
