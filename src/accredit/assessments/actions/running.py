"""Runs of the allocation: asked for, claimed, watched, and what comes of them."""

import gzip
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from accredit.allocation.documents import write_answer, write_problem
from accredit.allocation.problem import Answer, Infeasible, Panel, Problem
from accredit.assessments.actions.judging import judge_draft
from accredit.assessments.actions.locking import need_office_role
from accredit.assessments.events import RunAsked
from accredit.assessments.models import Draft, DraftPanel, DraftSeat, Run
from accredit.assessments.queries import drafted, open_run, rule_of, seat_names, standing_places
from accredit.files import actions as files
from accredit.files.models import Blob
from accredit.rulebook.faults import Code, Fault
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail

SHORTEST, LONGEST = 5, 600
MEDIA_TYPE = "application/gzip"


@action
def ask_run(draft: Draft, *, limit: int, by: Actor, at: datetime) -> Run:
    """Have the panels of a draft worked out within `limit` seconds (5 to 600); refused while that is under
    way already. The door for the office is `rerun`."""
    found = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if found.published_at is not None or found.dropped_at is not None:
        refuse(Code.DRAFT_ENDED)
    if open_run(found) is not None:
        refuse(Code.RUN_UNDER_WAY)
    if not found.panels.exists():
        refuse(Code.DRAFT_EMPTY)
    limit = min(max(limit, SHORTEST), LONGEST)
    run = Run.objects.create(draft=found, asked_at=at, asked_by_id=by.person, limit=limit)
    publish(RunAsked(run.pk))
    return run


@action
def stop_run(run: Run, *, by: Actor, at: datetime) -> None:
    """Ask a run to end with the best panels it has found so far. Twice is once, too late is nothing."""
    need_office_role(by)
    asked = Run.objects.filter(pk=run.pk, ended_at=None, stop_asked_at=None).update(stop_asked_at=at)
    if asked:
        trail.record("run_stopped", by=by, at=at, subject=run)


@action
def end_runs(draft: Draft, *, at: datetime) -> None:
    """End whatever is being worked out for a draft: its answer is not wanted any more. Locks the draft before
    the run, as whoever brings an answer does."""
    Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    Run.objects.filter(draft=draft, ended_at=None).update(ended_at=at, stop_asked_at=at)


@action
def claim_run(run: Run, *, at: datetime) -> bool:
    """Take a run to work on it; False when another worker has it or it has ended meanwhile."""
    locked = Run.objects.select_for_update().filter(pk=run.pk, ended_at=None).first()
    if locked is None or locked.claimed_at != run.claimed_at:
        return False
    locked.claimed_at = at
    locked.save(update_fields=["claimed_at"])
    return True


@action
def note_run(run: Run, progress: Mapping[str, Any]) -> bool:
    """Write down how far a run is; say whether somebody has asked it to stop."""
    Run.objects.filter(pk=run.pk, ended_at=None).update(progress=dict(progress))
    return Run.objects.filter(pk=run.pk, stop_asked_at__isnull=False).exists()


@action
def fail_run(run: Run, *, fault: Fault, problem: Problem | None = None, at: datetime) -> None:
    """Write down why a run gave no answer; the draft stays as it was."""
    told = [fault.code.value, dict(fault.values)]
    kept = _kept(write_problem(problem), at) if problem else None
    Run.objects.filter(pk=run.pk, ended_at=None).update(fault=told, problem=kept, ended_at=at)


@action
def finish_run(run: Run, *, problem: Problem, answer: Answer | Infeasible, at: datetime) -> bool:
    """Keep the input and the answer, and lay the panels into the draft: the locked seats stand, all others
    are as the answer says. Where there are no panels the draft stays as it was. False when the run has ended
    meanwhile, or the draft has."""
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=run.draft_id)
    locked = Run.objects.select_for_update().filter(pk=run.pk, ended_at=None).first()
    if locked is None or draft.published_at is not None or draft.dropped_at is not None:
        return False
    if isinstance(answer, Answer):
        _lay_down(draft, problem, answer)
        locked.figures = _figures(answer)
    else:
        locked.figures = _reasons(problem, answer)
    locked.problem, locked.answer = _kept(write_problem(problem), at), _kept(write_answer(answer), at)
    locked.ended_at = at
    locked.save(update_fields=["figures", "problem", "answer", "ended_at"])
    judge_draft(draft, at=at)
    return True


def _lay_down(draft: Draft, problem: Problem, answer: Answer) -> None:
    panels = {each.registration_id: each for each in drafted(draft)}
    standing = standing_places(panels)
    DraftSeat.objects.filter(panel__draft=draft, is_locked=False).delete()
    kept = defaultdict[int, dict[int, str]](dict)
    for panel, person, seat in DraftSeat.objects.filter(panel__draft=draft).values_list(
        "panel", "person", "seat"
    ):
        kept[panel][person] = seat
    seats = []
    for each in answer.panels:
        row = panels.get(problem.portfolios[each.portfolio].key)
        if row is None:
            continue
        places = [one for one in standing.get(row.registration_id, ()) if one.ended_at is None]
        held = {one.person_id: one.seat for one in places} | kept[row.pk]
        seats += [one for one in _seats_of(row, problem, each, held) if one.person_id not in kept[row.pk]]
        row.worst, row.total, row.close = each.worst, each.total, _close(problem, each)
        row.save(update_fields=["worst", "total", "close"])
    DraftSeat.objects.bulk_create(seats)


def _seats_of(row: DraftPanel, problem: Problem, panel: Panel, held: Mapping[int, str]) -> list[DraftSeat]:
    rule, _ = rule_of(row.registration)
    sitting = [(problem.assessors[seat.assessor].key, seat.lead) for seat in panel.seats]
    names = seat_names(rule, sitting, held)
    fits = {
        problem.assessors[seat.assessor].key: int(problem.fit[seat.portfolio, seat.assessor])
        for seat in panel.seats
    }
    return [
        DraftSeat(panel=row, person_id=person, seat=names[person], fit=fits[person]) for person, _ in sitting
    ]


def _close(problem: Problem, panel: Panel) -> list[list[object]]:
    return [
        [problem.assessors[each.assessor].key, each.fit, int(each.bars), each.why] for each in panel.close
    ]


def _figures(answer: Answer) -> dict[str, object]:
    """What is said of an answer at a glance, with the locked seats, which the solver does not judge; loads
    are shares of the places offered, in hundredths."""
    shares = sorted(100 * (each.load + each.new) // (each.load + each.capacity) for each in answer.loads
                    if each.load + each.capacity)  # fmt: skip
    return {
        "panels": len(answer.panels),
        "seats": sum(len(each.seats) for each in answer.panels),
        "worst": min((each.worst for each in answer.panels), default=0),
        "total": sum(each.total for each in answer.panels),
        "bound": answer.bound,
        "gap": answer.gap,
        "worst_proven": answer.worst_proven,
        "changes": answer.changes,
        "seconds": round(answer.seconds, 2),
        "timed_out": answer.timed_out,
        "loads": [shares[0], shares[len(shares) // 2], shares[-1]] if shares else [],
        "used": sum(each.new > 0 for each in answer.loads),
    }


def _reasons(problem: Problem, answer: Infeasible) -> dict[str, object]:
    """Why there are no panels, by the keys of registrations and persons."""
    return {
        "infeasible": True,
        "portfolios": _keys(problem.portfolios, answer.portfolios),
        "rules": [each.value for each in answer.rules],
        "is_smallest": answer.is_smallest,
        "seconds": round(answer.seconds, 2),
        "remedies": [
            {
                "rule": each.rule.value,
                "places": each.places,
                "leads": each.leads,
                "bar": int(each.bar) if each.bar else 0,
                "portfolios": _keys(problem.portfolios, each.portfolios),
                "assessors": _keys(problem.assessors, each.assessors),
            }
            for each in answer.remedies
        ],
    }


def _keys(rows: Sequence[Any], numbers: Sequence[int]) -> list[int]:
    return [rows[number].key for number in numbers]


def _kept(text: str, at: datetime) -> Blob:
    # Without the moment in its head the same text is the same file.
    packed = gzip.compress(text.encode(), mtime=0)
    return files.keep_made(io.BytesIO(packed), media_type=MEDIA_TYPE, at=at)
