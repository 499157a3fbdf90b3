"""Stages of a registration and the one table of moves between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where a registration stands."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    CHECKING = "checking"
    RETURNED = "returned"
    APPOINTING = "appointing"
    ASSESSING = "assessing"
    AGREEING = "agreeing"
    THIRD_ASSESSMENT = "third_assessment"
    MODERATING = "moderating"
    RATIFYING = "ratifying"
    HELD = "held"
    REVISING = "revising"
    APPEALING = "appealing"
    ACCREDITED = "accredited"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Role(StrEnum):
    """In which capacity a person (or the program itself) acts."""

    CANDIDATE = "candidate"
    ASSESSOR = "assessor"
    OFFICE = "office"
    MODERATOR = "moderator"
    COMMITTEE = "committee"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    SYSTEM = "system"


class Move(StrEnum):
    """A change of stage."""

    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    TAKE_BACK_REVISION = "take_back_revision"
    BEGIN_CHECK = "begin_check"
    RETURN = "return"
    ACCEPT = "accept"
    ACCEPT_FOR_REVIEW = "accept_for_review"
    APPOINT = "appoint"
    DISSOLVE = "dissolve"
    COMPARE = "compare"
    CALL_THIRD = "call_third"
    THIRD_IN = "third_in"
    CALL_MODERATOR = "call_moderator"
    AGREE = "agree"
    AGREE_FOR_RATIFICATION = "agree_for_ratification"
    MODERATE = "moderate"
    MODERATE_FOR_RATIFICATION = "moderate_for_ratification"
    RATIFY = "ratify"
    REMIT = "remit"
    DECIDE_REVIEW = "decide_review"
    DECIDE_REVIEW_FOR_RATIFICATION = "decide_review_for_ratification"
    RELEASE_PASS = "release_pass"  # noqa: S105 - a move
    RELEASE_REFERRAL = "release_referral"
    RELEASE_FAIL = "release_fail"
    APPEAL = "appeal"
    UPHOLD_APPEAL = "uphold_appeal"
    RESUME_REVISION = "resume_revision"
    LET_FAIL_STAND = "let_fail_stand"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


# Ended; only an appeal against a fail leads out again.
FINAL = frozenset({Stage.ACCREDITED, Stage.FAILED, Stage.WITHDRAWN, Stage.EXPIRED})
# The stages in which the candidate writes.
EDITABLE = frozenset({Stage.DRAFTING, Stage.RETURNED, Stage.REVISING})


@dataclass(frozen=True)
class Rule:
    """From which stages a move leads where, and who may make it."""

    move: Move
    sources: frozenset[Stage]
    target: Stage
    roles: frozenset[Role]


def _rule(move: Move, sources: Iterable[Stage], target: Stage, *roles: Role) -> Rule:
    return Rule(move, frozenset(sources), target, frozenset(roles))


_CANDIDATE, _ASSESSOR, _OFFICE = Role.CANDIDATE, Role.ASSESSOR, Role.OFFICE
_MODERATOR, _COMMITTEE, _SYSTEM = Role.MODERATOR, Role.COMMITTEE, Role.SYSTEM
# Held too: a link that went away while a result is held would tell the candidate that it is decided. Not
# while appealing: then it is the appeal that is withdrawn.
_WITHDRAWABLE = frozenset(Stage) - FINAL - {Stage.APPEALING}

MOVES: tuple[Rule, ...] = (
    _rule(Move.SUBMIT, EDITABLE, Stage.SUBMITTED, _CANDIDATE, _OFFICE),
    _rule(Move.TAKE_BACK, {Stage.SUBMITTED}, Stage.DRAFTING, _CANDIDATE, _OFFICE),
    _rule(Move.TAKE_BACK_REVISION, {Stage.SUBMITTED}, Stage.REVISING, _CANDIDATE, _OFFICE),
    _rule(Move.BEGIN_CHECK, {Stage.SUBMITTED}, Stage.CHECKING, _OFFICE),
    _rule(Move.RETURN, {Stage.CHECKING}, Stage.RETURNED, _OFFICE),
    _rule(Move.ACCEPT, {Stage.CHECKING}, Stage.APPOINTING, _OFFICE),
    _rule(Move.ACCEPT_FOR_REVIEW, {Stage.CHECKING}, Stage.ASSESSING, _OFFICE),
    _rule(Move.APPOINT, {Stage.APPOINTING}, Stage.ASSESSING, _OFFICE),
    _rule(Move.DISSOLVE, {Stage.ASSESSING}, Stage.APPOINTING, _ASSESSOR, _OFFICE, _SYSTEM),
    _rule(Move.COMPARE, {Stage.ASSESSING}, Stage.AGREEING, _ASSESSOR, _OFFICE, _SYSTEM),
    _rule(Move.CALL_THIRD, {Stage.AGREEING}, Stage.THIRD_ASSESSMENT, _ASSESSOR, _OFFICE, _SYSTEM),
    _rule(Move.THIRD_IN, {Stage.THIRD_ASSESSMENT}, Stage.AGREEING, _ASSESSOR, _OFFICE, _SYSTEM),
    _rule(Move.CALL_MODERATOR, {Stage.AGREEING}, Stage.MODERATING, _ASSESSOR, _OFFICE, _SYSTEM),
    _rule(Move.AGREE, {Stage.AGREEING}, Stage.HELD, _ASSESSOR, _OFFICE, _SYSTEM),
    _rule(Move.AGREE_FOR_RATIFICATION, {Stage.AGREEING}, Stage.RATIFYING, _ASSESSOR, _OFFICE, _SYSTEM),
    _rule(Move.MODERATE, {Stage.MODERATING}, Stage.HELD, _MODERATOR),
    _rule(Move.MODERATE_FOR_RATIFICATION, {Stage.MODERATING}, Stage.RATIFYING, _MODERATOR),
    _rule(Move.RATIFY, {Stage.RATIFYING}, Stage.HELD, _COMMITTEE),
    _rule(Move.REMIT, {Stage.RATIFYING}, Stage.MODERATING, _COMMITTEE),
    _rule(Move.DECIDE_REVIEW, {Stage.ASSESSING}, Stage.HELD, _ASSESSOR, _OFFICE),
    _rule(Move.DECIDE_REVIEW_FOR_RATIFICATION, {Stage.ASSESSING}, Stage.RATIFYING, _ASSESSOR, _OFFICE),
    _rule(Move.RELEASE_PASS, {Stage.HELD}, Stage.ACCREDITED, _OFFICE),
    _rule(Move.RELEASE_REFERRAL, {Stage.HELD}, Stage.REVISING, _OFFICE),
    _rule(Move.RELEASE_FAIL, {Stage.HELD}, Stage.FAILED, _OFFICE),
    _rule(Move.APPEAL, {Stage.REVISING, Stage.FAILED}, Stage.APPEALING, _CANDIDATE),
    _rule(Move.UPHOLD_APPEAL, {Stage.APPEALING}, Stage.APPOINTING, _MODERATOR),
    _rule(Move.RESUME_REVISION, {Stage.APPEALING}, Stage.REVISING, _CANDIDATE, _OFFICE, _MODERATOR),
    _rule(Move.LET_FAIL_STAND, {Stage.APPEALING}, Stage.FAILED, _CANDIDATE, _OFFICE, _MODERATOR),
    _rule(Move.WITHDRAW, _WITHDRAWABLE, Stage.WITHDRAWN, _CANDIDATE, _OFFICE),
    _rule(Move.EXPIRE, EDITABLE, Stage.EXPIRED, _SYSTEM, _OFFICE),
)
_BY_MOVE = {rule.move: rule for rule in MOVES}


def rule_of(move: Move) -> Rule:
    """The line of the table for that move."""
    return _BY_MOVE[move]


def permitted(stage: Stage, move: Move, role: Role) -> bool:
    """Whether that role may make that move from that stage."""
    rule = rule_of(move)
    return stage in rule.sources and role in rule.roles


def moves_from(stage: Stage, role: Role | None = None) -> tuple[Move, ...]:
    """The moves that lead out of a stage, for one role or (None) for anybody, in the order of the table."""
    return tuple(
        rule.move for rule in MOVES if stage in rule.sources and (role is None or role in rule.roles)
    )


def as_markdown() -> str:
    """The workflow as a Mermaid drawing and a table: the text of `docs/workflow.md`."""
    return "\n".join([*_heading(), *_drawing(), *_table(), ""])


def _heading() -> list[str]:
    return [
        "# The workflow of a registration",
        "",
        "Drawn from `accredit.rulebook.workflow.MOVES`; a test fails when this page is stale.",
        "Which optional steps (third assessor, moderation, ratification) are used is data of the edition.",
        "",
    ]


def _drawing() -> list[str]:
    arrows = [
        f"    {source} --> {rule.target}: {rule.move}" for rule in MOVES for source in _in_order(rule.sources)
    ]
    ends = [f"    {stage} --> [*]" for stage in _in_order(FINAL)]
    return ["```mermaid", "stateDiagram-v2", "    [*] --> drafting", *arrows, *ends, "```", ""]


def _table() -> list[str]:
    lines = ["| move | from | to | who may |", "|---|---|---|---|"]
    for rule in MOVES:
        sources = ", ".join(_in_order(rule.sources))
        roles = ", ".join(role for role in Role if role in rule.roles)
        lines.append(f"| {rule.move} | {sources} | {rule.target} | {roles} |")
    return lines


def _in_order(stages: frozenset[Stage]) -> list[Stage]:
    return [stage for stage in Stage if stage in stages]
