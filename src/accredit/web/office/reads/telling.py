"""The trail in words: what happened, who did it, and what they said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accredit.people.models import Profile
from accredit.registrations.models import CohortPlace, Registration
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.richtext import plain
from accredit.trail.models import Row
from accredit.web.ui.formats import day, money
from accredit.web.ui.labels import APPEALS, STAGES
from accredit.web.ui.parts import Moment

Names = Mapping[int, str]
WHAT: Mapping[str, str | Promise] = {
    "registered": gettext_lazy("Registered for %(pathway)s"),
    "ordered": gettext_lazy("Invoice %(invoice)s: %(money)s"),
    "order_amended": gettext_lazy("Invoice %(invoice)s changed from %(former)s to %(money)s"),
    "pathway_changed": gettext_lazy("Pathway changed from %(former)s to %(pathway)s"),
    "payment_recorded": gettext_lazy("Payment recorded: %(money)s"),
    "submit": gettext_lazy("Portfolio submitted, round %(round)s"),
    "take_back": gettext_lazy("Submission taken back"),
    "take_back_revision": gettext_lazy("Submission taken back"),
    "begin_check": gettext_lazy("Check begun"),
    "return": gettext_lazy("Returned for correction"),
    "accept": gettext_lazy("Check passed: a panel is to be appointed"),
    "accept_for_review": gettext_lazy("Check passed: it goes to its readers"),
    "appoint": gettext_lazy("Panel complete: assessing begins"),
    "dissolve": gettext_lazy("A seat of the panel is free again"),
    "compare": gettext_lazy("The last assessment is in"),
    "call_third": gettext_lazy("The panel disagrees: a third assessor is needed"),
    "release_begun": gettext_lazy("Released; the candidate is told in %(hours)s hours unless it is recalled"),
    "release_recalled": gettext_lazy("Release recalled before the candidate was told"),
    "hours_set": gettext_lazy("Hours set: %(recall)s to recall a result, %(assessing)s an assessment"),
    "repair_proposed": gettext_lazy("A repair of the panel is worked out"),
    "draft_seat_given": gettext_lazy("%(person)s given a seat of the draft panel"),
    "draft_seat_locked": gettext_lazy("%(person)s locked on the draft panel"),
    "draft_seat_unlocked": gettext_lazy("%(person)s no longer locked on the draft panel"),
    "kept_off_draft_panel": gettext_lazy("%(person)s kept off the draft panel"),
    "let_on_draft_panel": gettext_lazy("%(person)s kept off the draft panel no longer"),
    "left_out_of_draft": gettext_lazy("Left out of the draft of panels"),
    "panels_drafted": gettext_lazy("Panels drafted for %(portfolios)s portfolios"),
    "draft_extended": gettext_lazy("%(portfolios)s portfolios added to the draft of panels"),
    "draft_dropped": gettext_lazy("Draft of panels dropped"),
    "draft_published": gettext_lazy("Draft published: %(panels)s panels"),
    "run_stopped": gettext_lazy("Working out the panels stopped"),
    "languages_set": gettext_lazy("Languages of portfolios set: %(languages)s"),
    "fit_weighed": gettext_lazy("Weights of what makes an assessor suit a portfolio changed"),
    "escalated_spread": gettext_lazy(
        "Marks lie too far apart: somebody else is called by the edition’s rule"
    ),
    "escalated_lapse": gettext_lazy("No agreement in %(days)s days: by the rule, somebody else is called"),
    "third_in": gettext_lazy("The third assessment is in"),
    "call_moderator": gettext_lazy("The panel disagrees: it goes to the moderator"),
    "agree": gettext_lazy("Outcome agreed; it waits to be released"),
    "agree_for_ratification": gettext_lazy("Outcome agreed; it goes to the committee"),
    "decide_review_for_ratification": gettext_lazy("Review decided; it goes to the committee"),
    "moderate": gettext_lazy("Outcome moderated; it waits to be released"),
    "moderate_for_ratification": gettext_lazy("Outcome moderated; it goes to the committee"),
    "ratify": gettext_lazy("Outcome ratified"),
    "remit": gettext_lazy("The committee sent the outcome back to the moderator"),
    "decide_review": gettext_lazy("Review decided; the outcome waits to be released"),
    "release_pass": gettext_lazy("Accredited"),
    "release_referral": gettext_lazy("Referred: revisions are open"),
    "release_fail": gettext_lazy("Ended without accreditation"),
    "reading_copy_asked": gettext_lazy("%(person)s asked for a copy to read offline"),
    "reading_copy_taken": gettext_lazy("%(person)s fetched a copy to read offline"),
    "sampling_set": gettext_lazy("Second looks set: %(share)s per cent, the first %(first)s of each"),
    "sample_drawn": gettext_lazy("Sample drawn: %(drawn)s of %(decisions)s decisions"),
    "second_look": gettext_lazy("A second look at the decision is written down"),
    "appeal": gettext_lazy("The candidate appealed against the result"),
    "appeal_admitted": gettext_lazy("Appeal given to %(about)s to review"),
    "appeal_ended": gettext_lazy("Appeal ended: %(decision)s"),
    "uphold_appeal": gettext_lazy("Appeal upheld: a new panel is to be appointed"),
    "resume_revision": gettext_lazy("The result stands: the revision goes on"),
    "let_fail_stand": gettext_lazy("The result stands: ended without accreditation"),
    "round_begun_again": gettext_lazy("Round %(round)s begun, with what was handed in before"),
    "time_given_back": gettext_lazy("The days of the appeal given back: revise by %(until)s"),
    "withdraw": gettext_lazy("Withdrawn"),
    "expire": gettext_lazy("Expired"),
    "round_begun": gettext_lazy("Round %(round)s begun, to be handed in by %(until)s"),
    "extended": gettext_lazy("Time extended to %(until)s"),
    "confirmed": gettext_lazy("Confirmation given"),
    "invited": gettext_lazy("%(person)s invited as %(seat)s"),
    "invitation_accepted": gettext_lazy("%(person)s accepted and declared no conflict"),
    "declined": gettext_lazy("%(person)s declined"),
    "invitation_declined": gettext_lazy("%(person)s declined"),
    "seat_changed": gettext_lazy("%(person)s now sits as %(seat)s"),
    "seat_ended": gettext_lazy("%(person)s left the panel: %(why)s"),
    "assessment_submitted": gettext_lazy("The assessment of %(person)s is in"),
    "assessment_reopened": gettext_lazy("%(person)s took their assessment back to change it"),
    "outcome_proposed": gettext_lazy("%(person)s proposed an outcome to the panel"),
    "proposal_answered": gettext_lazy("%(person)s answered the proposal"),
    "outcome_decided": gettext_lazy("Outcome decided: %(outcome)s"),
    "comment_edited": gettext_lazy("A comment was edited for the candidate"),
    "feedback_edited": gettext_lazy("The words for the candidate were edited"),
    "outcome_released": gettext_lazy("Result released to the candidate"),
    "award_granted": gettext_lazy("Award %(number)s granted"),
    "signing_key_made": gettext_lazy("Key made that signs credentials: %(name)s"),
    "award_suspend": gettext_lazy("Award %(number)s of %(person)s suspended"),
    "award_resume": gettext_lazy("Suspension of award %(number)s of %(person)s ended"),
    "award_revoke": gettext_lazy("Award %(number)s of %(person)s revoked"),
    "award_retire": gettext_lazy("%(person)s marked as retired: award %(number)s need not be renewed"),
    "award_return": gettext_lazy("%(person)s no longer marked as retired: award %(number)s"),
    "award_renamed": gettext_lazy("Another name on award %(number)s of %(person)s"),
    "award_recorded": gettext_lazy("Award %(number)s recorded, issued %(issued_on)s"),
    "conflict_declared": gettext_lazy("%(person)s declared a conflict about %(about)s"),
    "conflict_named": gettext_lazy("%(person)s named somebody who should not assess them"),
    "institution_changed": gettext_lazy("Institution changed: %(institution)s"),
    "institutions_merged": gettext_lazy("%(institution)s merged into %(into)s"),
    "conflict_dismissed": gettext_lazy("The conflict of %(person)s about %(about)s was dismissed"),
    "conflict_set_aside": gettext_lazy("A conflict of %(person)s about %(about)s was set aside"),
    "conflict_restored": gettext_lazy("A conflict of %(person)s about %(about)s counts again"),
    "past_assessments_recorded": gettext_lazy("%(number)s earlier assessments of %(person)s recorded"),
    "lead_confirmed": gettext_lazy("%(person)s may lead panels"),
    "lead_refused": gettext_lazy("%(person)s does not lead panels"),
    "volunteered": gettext_lazy("%(person)s assesses, at most %(at_most)s at a time"),
    "paused": gettext_lazy("%(person)s pauses assessing"),
    "profile_completed": gettext_lazy("Profile of %(person)s written"),
    "address_changed": gettext_lazy("E-mail address of %(person)s changed"),
    "profile_claimed": gettext_lazy("%(person)s signed in for the first time and claimed their profile"),
    "role_given": gettext_lazy("Role given to %(person)s: %(role)s"),
    "role_ended": gettext_lazy("Role of %(person)s ended: %(role)s"),
    "fee_set": gettext_lazy("Fee set: %(money)s"),
    "window_set": gettext_lazy("Window set: %(mode)s"),
    "edition_published": gettext_lazy("Edition published"),
    "limits_set": gettext_lazy("Limits of %(code)s: %(file)s MB a file, %(portfolio)s MB a portfolio"),
    "scheme_founded": gettext_lazy("Scheme founded: %(code)s"),
    "words_erased": gettext_lazy("Personal words erased"),
    "example_shared": gettext_lazy("%(person)s let candidates read a section of the portfolio"),
    "example_withdrawn": gettext_lazy("%(person)s let nobody read a section of the portfolio any more"),
    "register_consent_given": gettext_lazy("%(person)s agreed to stand in the register"),
    "register_consent_withdrawn": gettext_lazy("%(person)s left the register"),
    "mentor_invited": gettext_lazy("Critical friend invited, until %(until)s"),
    "mentor_accepted": gettext_lazy("%(person)s accepted to be a critical friend"),
    "mentor_declined": gettext_lazy("An invited critical friend declined"),
    "mentor_changed": gettext_lazy("What a critical friend may read was changed, until %(until)s"),
    "mentor_ended": gettext_lazy("A critical friend’s access, or an invitation, was ended"),
    "cohort_founded": gettext_lazy("Cohort founded, coordinated by %(person)s"),
    "cohort_closed": gettext_lazy("Cohort of %(person)s closed"),
    "cohort_joined": gettext_lazy("%(person)s joined a cohort and shows its coordinator %(shows)s"),
    "cohort_agreed": gettext_lazy("%(person)s now shows the coordinator %(shows)s"),
    "cohort_left": gettext_lazy("%(person)s left their cohort"),
    "demo_built": gettext_lazy("Demo scheme built"),
}
ROLES: Mapping[str, str | Promise] = {
    Role.CANDIDATE: gettext_lazy("candidate"),
    Role.ASSESSOR: gettext_lazy("assessor"),
    Role.OFFICE: gettext_lazy("office"),
    Role.MODERATOR: gettext_lazy("moderator"),
    Role.COMMITTEE: gettext_lazy("committee"),
    Role.MENTOR: gettext_lazy("critical friend"),
    Role.COORDINATOR: gettext_lazy("coordinator"),
    Role.SYSTEM: gettext_lazy("the program"),
}
SEATS: Mapping[str, str | Promise] = {
    "lead": gettext_lazy("lead assessor"),
    "second": gettext_lazy("second assessor"),
    "member": gettext_lazy("member of the panel"),
    "third": gettext_lazy("third assessor"),
}
WHYS: Mapping[str, str | Promise] = {
    "declined": gettext_lazy("declined"),
    "conflict": gettext_lazy("a conflict of interest"),
    "handed_back": gettext_lazy("handed back"),
    "relieved": gettext_lazy("relieved by the office"),
    "replaced": gettext_lazy("replaced"),
    "withdrawn": gettext_lazy("the registration was withdrawn"),
}
SHOWS: Mapping[str, str | Promise] = {
    CohortPlace.Shows.NOTHING: gettext_lazy("nothing"),
    CohortPlace.Shows.STAGE: gettext_lazy("the stage"),
    CohortPlace.Shows.PROGRESS: gettext_lazy("stage and progress"),
}
# What the members said to each other stays with the panel and its moderator.
_SILENT = frozenset({"outcome_proposed", "proposal_answered"})


@dataclass(frozen=True, slots=True)
class Told:
    """One row of the trail, ready to read."""

    row: Row
    text: str
    who: str
    because: str


class _Values(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"


def names_of(rows: Iterable[Row]) -> dict[int, str]:
    """Return the names of everybody the rows mention; one query."""
    keys = {key for row in rows for key in (row.actor, row.person, row.data.get("about")) if key}
    return dict(Profile.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def tell(rows: Iterable[Row], pathways: Mapping[str, str], outcomes: Mapping[str, str]) -> list[Told]:
    """Put rows into words."""
    listed = list(rows)
    names = names_of(listed)
    return [_tell(row, names, pathways, outcomes) for row in listed]


def _tell(row: Row, names: Names, pathways: Mapping[str, str], outcomes: Mapping[str, str]) -> Told:
    data = row.data
    values = _Values(
        {name: str(value) for name, value in data.items()}
        | {name: shown(data[name]) for name, shown in _SHOWN.items() if name in data}
        | {
            "person": names.get(row.person or 0, _("somebody")),
            "about": names.get(data.get("about") or 0, _("somebody")),
            "pathway": pathways.get(str(data.get("pathway")), str(data.get("pathway", "…"))),
            "outcome": outcomes.get(str(data.get("outcome")), str(data.get("outcome", "…"))),
            "money": _amount(data),
            "former": _former(data, pathways),
        }
    )
    words = {} if row.what in _SILENT else getattr(getattr(row, "words", None), "values", {})
    return Told(
        row=row,
        text=str(WHAT.get(row.what, row.what.replace("_", " ").capitalize())) % values,
        who=_who(row, names),
        because=" · ".join(plain(str(each)) for each in words.values() if each) if words else "",
    )


def _former(data: Mapping[str, Any], pathways: Mapping[str, str]) -> str:
    if "before" in data:
        return _amount({"amount": data["before"], "currency": data.get("currency", "GBP")})
    return pathways.get(str(data.get("from")), str(data.get("from", "…")))


def _who(row: Row, names: Names) -> str:
    role = str(ROLES.get(row.actor_role, row.actor_role))
    name = names.get(row.actor or 0)
    return f"{name} ({role})" if name else role


def _amount(data: Mapping[str, Any]) -> str:
    return money(Decimal(int(data.get("amount") or 0)) / 100, data.get("currency", "GBP"))


def _day(value: object) -> str:
    return day(date.fromisoformat(str(value)))


_SHOWN: Mapping[str, Callable[[object], str]] = {
    "languages": lambda value: ", ".join(map(str, value)) if isinstance(value, list) else str(value),
    "until": _day,
    "issued_on": _day,
    "seat": lambda value: str(SEATS.get(str(value), value)),
    "shows": lambda value: str(SHOWS.get(str(value), value)),
    "why": lambda value: str(WHYS.get(str(value), value)),
    "decision": lambda value: str(APPEALS[str(value)].text) if str(value) in APPEALS else str(value),
    "role": lambda value: str(ROLES.get(str(value), value)),
}


def moments(told: Iterable[Told]) -> list[Moment]:
    """Return the told rows as a timeline, the newest first."""
    return [Moment(each.text, each.row.at, each.because, who=each.who) for each in reversed(list(told))]


def now_line(registration: Registration) -> Moment:
    """Return where a registration stands, as the head of its timeline."""
    look = STAGES[Stage(registration.stage)]
    return Moment(look.text, registration.stage_since, state="current")
