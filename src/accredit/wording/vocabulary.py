"""Words for the fixed terms that occur as values in sentences."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.lineage import Change
from accredit.rulebook.standing import Standing
from accredit.rulebook.terms import ExampleType
from accredit.rulebook.workflow import Move, Role, Stage

TYPES: Mapping[str, str | Promise] = {
    ExampleType.LAW: _("law"),
    ExampleType.POLICY: _("policy"),
    ExampleType.STANDARD: _("standard"),
}
STAGES: Mapping[str, str | Promise] = {
    Stage.DRAFTING: _("being written"),
    Stage.SUBMITTED: _("submitted"),
    Stage.CHECKING: _("being checked"),
    Stage.RETURNED: _("returned for correction"),
    Stage.APPOINTING: _("waiting for its panel"),
    Stage.ASSESSING: _("being assessed"),
    Stage.AGREEING: _("before its panel for agreement"),
    Stage.THIRD_ASSESSMENT: _("with a third assessor"),
    Stage.MODERATING: _("with the moderator"),
    Stage.RATIFYING: _("waiting for ratification"),
    Stage.HELD: _("decided but not yet released"),
    Stage.REVISING: _("being revised"),
    Stage.APPEALING: _("under appeal"),
    Stage.ACCREDITED: _("accredited"),
    Stage.FAILED: _("closed without accreditation"),
    Stage.WITHDRAWN: _("withdrawn"),
    Stage.EXPIRED: _("expired"),
}
ROLES: Mapping[str, str | Promise] = {
    Role.CANDIDATE: _("the candidate"),
    Role.ASSESSOR: _("an assessor"),
    Role.OFFICE: _("the office"),
    Role.MODERATOR: _("the moderator"),
    Role.COMMITTEE: _("the committee"),
    Role.MENTOR: _("a critical friend"),
    Role.COORDINATOR: _("a coordinator"),
    Role.SYSTEM: _("the program"),
}
MOVES: Mapping[str, str | Promise] = {
    Move.SUBMIT: _("submit"),
    Move.TAKE_BACK: _("take back"),
    Move.TAKE_BACK_REVISION: _("take back"),
    Move.BEGIN_CHECK: _("begin the check"),
    Move.RETURN: _("return for correction"),
    Move.ACCEPT: _("accept"),
    Move.ACCEPT_FOR_REVIEW: _("accept for review"),
    Move.APPOINT: _("appoint the panel"),
    Move.DISSOLVE: _("dissolve the panel"),
    Move.COMPARE: _("compare the assessments"),
    Move.CALL_THIRD: _("call a third assessor"),
    Move.THIRD_IN: _("take in the third assessment"),
    Move.CALL_MODERATOR: _("call the moderator"),
    Move.APPEAL: _("appeal"),
    Move.UPHOLD_APPEAL: _("uphold the appeal"),
    Move.RESUME_REVISION: _("let the revision go on"),
    Move.LET_FAIL_STAND: _("let the result stand"),
    Move.AGREE: _("agree the outcome"),
    Move.AGREE_FOR_RATIFICATION: _("agree the outcome"),
    Move.MODERATE: _("moderate"),
    Move.MODERATE_FOR_RATIFICATION: _("moderate"),
    Move.RATIFY: _("ratify"),
    Move.REMIT: _("send back to the moderator"),
    Move.DECIDE_REVIEW: _("decide the review"),
    Move.DECIDE_REVIEW_FOR_RATIFICATION: _("decide the review, for ratification"),
    Move.RELEASE_PASS: _("release"),
    Move.RELEASE_REFERRAL: _("release"),
    Move.RELEASE_FAIL: _("release"),
    Move.WITHDRAW: _("withdraw"),
    Move.EXPIRE: _("expire"),
}
# How other people in a piece of evidence agreed to be shown.
PERMISSIONS: Mapping[str, str | Promise] = {
    "nobody": _("Nobody else can be recognised in it."),
    "given": _("The people in it agreed to be shown."),
    "anonymised": _("The people in it have been made unrecognisable."),
}
STANDINGS: Mapping[str, str | Promise] = {
    Standing.ACTIVE: _("in good standing"),
    Standing.DUE: _("due for renewal"),
    Standing.IN_GRACE: _("overdue for renewal"),
    Standing.LAPSED: _("lapsed"),
    Standing.SUSPENDED: _("suspended"),
    Standing.REVOKED: _("revoked"),
    Standing.RETIRED: _("retired"),
}
CHANGES: Mapping[str, str | Promise] = {
    Change.SUSPEND: _("suspend"),
    Change.RESUME: _("end the suspension"),
    Change.REVOKE: _("revoke"),
    Change.RETIRE: _("mark as retired"),
    Change.RETURN: _("end the retirement"),
}
_WORDS = {
    "type": TYPES,
    "types": TYPES,
    "stage": STAGES,
    "role": ROLES,
    "move": MOVES,
    "standing": STANDINGS,
    "change": CHANGES,
}
_DAYS = ("date", "last")


def in_words(name: str, value: str | int) -> str | int:
    """The value as it stands in a sentence; terms and days are put into words, all else is kept."""
    if name in _DAYS and isinstance(value, str):
        return _day(value)
    if name == "month" and isinstance(value, str):
        return _day(f"{value}-01", "F Y")
    words = _WORDS.get(name)
    if words is None or not isinstance(value, str):
        return value
    joined = [str(words.get(each, each)) for each in value.split(", ")]
    return str(_(" or ")).join(joined)


def _day(value: str, form: str = "j F Y") -> str:
    try:
        return str(date_format(date.fromisoformat(value), form))
    except ValueError:
        return value
