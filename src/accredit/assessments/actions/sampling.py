"""Drawing decisions for a second look, and writing down what came of it."""

import secrets
from dataclasses import asdict
from datetime import date, datetime

from accredit.assessments.actions.locking import need_office_role
from accredit.assessments.models import Sample, Sampled
from accredit.assessments.permissions import can_run
from accredit.assessments.queries import decided_between, policy_of
from accredit.frameworks.models import Scheme
from accredit.rulebook import sampling as rules
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@action
def draw_sample(
    scheme: Scheme, *, since: date, until: date, by: Actor, at: datetime, seed: str = ""
) -> Sample:
    """Draw by the scheme's policy from the decisions of some days, both included. The seed is drawn too,
    unless one is given; it is kept, so that anybody can draw the same again.

    Refused where the days end before they begin, or nothing was decided in them. For the office.
    """
    need_office_role(by)
    if until < since:
        refuse(Code.DAYS_END_BEFORE_START)
    decided, policy = decided_between(scheme, since, until), policy_of(scheme)
    if not decided:
        refuse(Code.NOTHING_DECIDED)
    made = Sample.objects.create(
        scheme=scheme,
        since_on=since,
        until_on=until,
        policy=asdict(policy),
        seed=seed or secrets.token_hex(8),
        decisions=len(decided),
        drawn_at=at,
        drawn_by_id=by.person,
    )
    drawn = rules.sample(policy, decided, seed=made.seed)
    Sampled.objects.bulk_create(
        Sampled(sample=made, outcome_id=each.key, why=[[why.value, person] for why, person in each.reasons])
        for each in drawn
    )
    data: dict[str, object] = {"drawn": len(drawn), "decisions": len(decided), "seed": made.seed}
    trail.record("sample_drawn", by=by, at=at, subject=made, data=data)
    return made


@action
def record_second_look(sampled: Sampled, *, found: str, done: str, by: Actor, at: datetime) -> Sampled:
    """Write down what a second look found, and what was done about it; it may be written anew.

    Refused without a finding, and to whoever's own result it is.
    """
    need_office_role(by)
    locked = Sampled.objects.select_for_update(of=("self",)).select_related("outcome__panel__registration")
    row = locked.get(pk=sampled.pk)
    if not can_run(by.person, row.outcome.panel):
        refuse(Code.OWN_DECISION)
    if not found.strip():
        refuse(Code.FINDING_MISSING)
    row.found, row.done, row.looked_at, row.looked_by_id = found.strip(), done.strip(), at, by.person
    row.save(update_fields=["found", "done", "looked_at", "looked_by"])
    registration = row.outcome.panel.registration
    trail.record(
        "second_look",
        by=by,
        at=at,
        subject=row,
        registration=registration.pk,
        person=registration.person_id,
        words={"found": row.found, "done": row.done},
    )
    return row
