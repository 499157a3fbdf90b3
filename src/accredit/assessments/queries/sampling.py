"""The decisions a sample is drawn from."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from accredit.assessments.models import Appointment, Outcome
from accredit.assessments.queries.judging import past_of_people
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import rules_of
from accredit.rulebook.sampling import Decided, Policy
from accredit.rulebook.terms import Effect


def policy_of(scheme: Scheme) -> Policy:
    """Return the policy of a scheme."""
    return Policy(**scheme.sampling)


def decided_between(scheme: Scheme, since: date, until: date) -> list[Decided]:
    """Return the decisions of some days, both included, with which assessment of each assessor it was: those
    made before this record count. Four queries."""
    rows = Outcome.objects.filter(
        panel__registration__scheme=scheme,
        decided_at__date__gte=since,
        decided_at__date__lte=until,
        set_aside_at=None,
    ).select_related("panel__submission__edition")
    found = list(rows.defer("panel__submission__content").order_by("pk"))
    of_panel = _assessors(each.panel_id for each in found)
    return [
        Decided(
            key=each.pk,
            effect=Effect(each.effect),
            is_distinction=rules_of(each.panel.submission.edition).outcome(each.code).distinction,
            assessors=of_panel[each.panel_id],
        )
        for each in found
    ]


def _assessors(panels: Iterable[int]) -> dict[int, dict[int, int]]:
    """Return for each panel who assessed, and which assessment of theirs it was."""
    wanted = set(panels)
    mine = Appointment.objects.filter(panel__in=wanted, assessment__submitted_at__isnull=False)
    people = list(mine.values_list("person", flat=True).distinct())
    past, counted = past_of_people(people), defaultdict[int, int](int)
    found: dict[int, dict[int, int]] = defaultdict(dict)
    every = Appointment.objects.filter(person__in=people, assessment__submitted_at__isnull=False)
    for person, panel in every.order_by("assessment__submitted_at", "pk").values_list("person", "panel"):
        counted[person] += 1
        if panel in wanted:
            found[panel][person] = counted[person] + past.get(person, 0)
    return found
