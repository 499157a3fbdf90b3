"""Who may open what, and when: one line per named address. An address without a line fails the matrix."""

from collections.abc import Callable
from dataclasses import dataclass

from accredit.assessments.models import Appeal, Appointment, Draft, DraftPanel, Outcome, Seat
from accredit.portfolios.models import Portfolio, Submission
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import EDITABLE, FINAL, Stage
from tests.access.cast import CLERK, COMMITTEE, MODERATOR, OFFICE, World
from tests.access.things import Target

Who = Callable[[World, str, Target], bool]
# None: at no time in particular, nothing is expected but a page that is not broken.
When = Callable[[World, Target], bool | None]


@dataclass(frozen=True)
class Line:
    """Who may open an address, and when; at another time they are sent on or told why not."""

    who: Who
    when: When
    form_only: bool = False


# Who ---------------------------------------------------------------------------------------------------


def anybody(world: World, who: str, target: Target) -> bool:
    """Also visitors."""
    return True


def signed_in(world: World, who: str, target: Target) -> bool:
    """Everybody but visitors."""
    return who != "anonymous"


def owner(world: World, who: str, target: Target) -> bool:
    """Whose it is."""
    return who == target.owner


def office(world: World, who: str, target: Target) -> bool:
    """The office, also its person who sits on the panel."""
    return who in {OFFICE, CLERK}


def is_blind_clerk(world: World, who: str) -> bool:
    """Whether a person of the office is closed out: their own assessment for this panel is not in."""
    if who != CLERK:
        return False
    mine = [each for each in world.places if each.person_id == world.key(CLERK) and each.ended_at is None]
    return any(not _is_in(each) and not hasattr(each.panel, "outcome") for each in mine)


def desk_of_the_office(world: World, who: str, target: Target) -> bool:
    """The office, except whoever assesses this portfolio themselves and is not in."""
    return office(world, who, target) and not is_blind_clerk(world, who)


def reader_of_notice(world: World, who: str, target: Target) -> bool:
    """The office; whoever blinds to a panel reads of it only what was written to them."""
    mine = target.thing.person_id == world.key(who)
    about = target.thing.registration_id == world.registration.pk
    return office(world, who, target) and (mine or not about or not is_blind_clerk(world, who))


def _is_in(place: Appointment) -> bool:
    made = getattr(place, "assessment", None)
    return made is not None and made.submitted_at is not None


def holder_of_place(world: World, who: str, target: Target) -> bool:
    """Whose place or assessment it is, until the place ends."""
    return owner(world, who, target) and target.thing.ended_at is None


def sitting(world: World, who: str, target: Target) -> bool:
    """Whoever has accepted a place on that panel and not left it."""
    mine = world.place(who, on=target.thing)
    return mine is not None and mine.ended_at is None and mine.answer == Appointment.Answer.ACCEPTED


def moderator(world: World, who: str, target: Target) -> bool:
    """The moderator."""
    return who == MODERATOR


def committee(world: World, who: str, target: Target) -> bool:
    """The committee."""
    return who == COMMITTEE


def who_decides(world: World, who: str, target: Target) -> bool:
    """Moderator or committee, while the present round waits for them; the reviewer of its appeal."""
    if who == MODERATOR and under_review(world, target):
        return True
    waiting = {Stage.MODERATING: MODERATOR, Stage.RATIFYING: COMMITTEE}
    return who == waiting.get(world.stage) and target.thing.round == _round(world)


def under_review(world: World, target: Target) -> bool:
    """A result was appealed and waits for the reviewer."""
    rows = Appeal.objects.filter(outcome__panel__registration=world.registration, decided_at=None)
    return rows.exclude(reviewer=None).exists()


def _round(world: World) -> int:
    return world.now.round


# When --------------------------------------------------------------------------------------------------


def always(world: World, target: Target) -> bool:
    """At every stage."""
    return True


def at(*stages: Stage) -> When:
    """At these stages."""
    return lambda world, target: world.stage in stages


def revising(world: World, target: Target) -> bool:
    """The candidate writes, in a later round."""
    return world.stage in EDITABLE and world.now.round_kind != RoundKind.FIRST


def first_draft(world: World, target: Target) -> bool:
    """The candidate writes what nobody has assessed yet."""
    return world.stage in EDITABLE and world.now.round_kind == RoundKind.FIRST


def to_move(world: World, target: Target) -> bool:
    """The candidate writes, and the slot is open."""
    slots = Portfolio.objects.values_list("open_slots", flat=True).get(registration=world.registration)
    return world.stage in EDITABLE and (slots is None or target.values["slot"] in slots)


def open_to_friends(world: World, target: Target) -> bool | None:
    """The candidate writes; in a revision it depends on which sections are open."""
    return None if revising(world, target) else world.stage in EDITABLE


def as_it_stands(world: World, target: Target) -> bool:
    """The candidate writes, in a scheme that takes portfolios as they are."""
    return world.stage in EDITABLE and not world.name.startswith("blind")


def is_drafting(world: World, target: Target) -> bool:
    """The office has panels in preparation."""
    return Draft.objects.filter(published_at=None, dropped_at=None).exists()


def is_drafted(world: World, target: Target) -> bool:
    """The panel of this registration is one of them."""
    return DraftPanel.objects.filter(
        draft__published_at=None, draft__dropped_at=None, registration=world.registration
    ).exists()


def appealed(world: World, target: Target) -> bool:
    """A result of this registration was appealed."""
    return Appeal.objects.filter(outcome__panel__registration=world.registration).exists()


def has_appeals(world: World, target: Target) -> bool:
    """The result has been released, in a scheme that has appeals."""
    return released(world, target) and world.name.startswith("blind")


def released(world: World, target: Target) -> bool:
    """The result has been released."""
    return target.thing.released_at is not None


def listed(world: World, target: Target) -> bool:
    """The holder has agreed."""
    return world.name == "accredited"


def moved_on(world: World, target: Target) -> bool | None:
    """The library decides: anything but a broken page."""
    return None


def never(world: World, target: Target) -> bool:
    """Only in a demo, or for something no world has."""
    return False


def compared(world: World, target: Target) -> bool:
    """All assessments of that panel are in; a third assessor still to come reads theirs first."""
    return target.thing.compared_at is not None


def to_hand_in(world: World, target: Target) -> bool:
    """The form is open: not in yet, in a panel at work."""
    place = target.thing
    stages = {Stage.THIRD_ASSESSMENT} if place.seat == Seat.THIRD else {Stage.APPOINTING, Stage.ASSESSING}
    return not _is_in(place) and world.stage in stages


def to_take_back(world: World, target: Target) -> bool:
    """Handed in, while the last one is not."""
    place = target.thing
    return _is_in(place) and place.panel.compared_at is None and world.stage in _WITH_ASSESSORS


def is_called(stage: Stage) -> When:
    """The present round waits in that stage."""
    return lambda world, target: world.stage is stage and target.thing.round == _round(world)


def replaceable(world: World, target: Target) -> bool:
    """The place is not in, in a panel still at work."""
    return not _is_in(target.thing) and world.stage in _WITH_ASSESSORS


def third_is_wanted(world: World, target: Target) -> bool:
    """A third assessor has been called for and nobody invited."""
    seated = any(each.seat == Seat.THIRD and each.ended_at is None for each in world.places)
    return world.stage is Stage.THIRD_ASSESSMENT and not seated


def office_reads(world: World, target: Target) -> bool:
    """A review the edition leaves to the office."""
    return world.name == "blind-review"


def decided(world: World, target: Target) -> bool:
    """The latest panel has an outcome."""
    return Outcome.objects.filter(panel=world.panel).exists()


def held(world: World, target: Target) -> bool:
    """The latest panel has an outcome that is not released."""
    return Outcome.objects.filter(panel=world.panel, released_at=None).exists()


def handed_in(world: World, target: Target) -> bool:
    """Something has been handed in."""
    return Submission.objects.filter(portfolio__registration=world.registration, set_aside_at=None).exists()


_WITH_ASSESSORS = {Stage.APPOINTING, Stage.ASSESSING, Stage.THIRD_ASSESSMENT}
_WRITING = at(*EDITABLE)
_BEFORE_RESULT = at(*(frozenset(Stage) - FINAL))

LINES: dict[str, Line] = {}


def _lines(who: Who, when: When, *names: str, form_only: bool = False) -> None:
    LINES.update({name: Line(who, when, form_only) for name in names})


_lines(anybody, always, "ui:brand", "ui:token", "public:home", "public:about", "public:pathways",
       "public:pathway", "public:which", "public:fees", "public:register", "public:contact",
       "public:accessibility", "public:privacy", "public:robots", "public:sitemap", "public:security",
       "public:award", "public:achievement", "public:badge", "public:issuer", "public:status_list",
       "public:credential", "public:credential_token", "public:check", "public:credential_check")  # fmt: skip
_lines(anybody, always, "ui:theme", form_only=True)
_lines(signed_in, always, "account:plain", "account:letters", form_only=True)
_lines(anybody, listed, "public:holder")

_lines(
    signed_in, always, "account:profile", "candidate:home", "candidate:register", "candidate:register_entry"
)
_lines(owner, always, "candidate:registration", "candidate:registered", "candidate:section",
       "candidate:clash", "candidate:versions", "candidate:version", "candidate:remove",
       "candidate:notes", "candidate:note",
       "candidate:evidence", "candidate:evidence_piece",
       "candidate:evidence_file", "candidate:upload",
       "candidate:evidence_remove", "candidate:preview", "candidate:submission", "candidate:submitted_file",
       "candidate:links", "candidate:answered", "candidate:award", "candidate:award_paper",
       "candidate:award_badge", "candidate:submit", "candidate:submitted")  # fmt: skip
_lines(owner, always, "candidate:coverage", "candidate:exports", "candidate:export_file")
_lines(owner, always, "candidate:share", "candidate:share_section")
_lines(owner, _BEFORE_RESULT, "candidate:examples")
_lines(owner, always, "candidate:bring", "candidate:template", "candidate:brought", "candidate:brought_check")
_lines(owner, always, "candidate:brought_drop", form_only=True)
_lines(owner, always, "candidate:uploads", "candidate:upload_finish", "candidate:upload_cancel",
       form_only=True)  # fmt: skip
_lines(owner, always, "candidate:add_area", "candidate:write_here", form_only=True)
_lines(owner, lambda world, _: world.name == "never", "candidate:source_file")
_lines(owner, as_it_stands, "candidate:as_it_is")
_lines(owner, _WRITING, "candidate:confirmation", "candidate:plan")
_lines(owner, _WRITING, "candidate:step_done", form_only=True)
_lines(anybody, never, "public:letters_stop", "assessor:decline")
_lines(owner, always, "candidate:set_aside")
_lines(owner, to_move, "candidate:move")
_lines(owner, first_draft, "candidate:pathway")
_lines(owner, never, "candidate:areas", "candidate:earlier", "candidate:carried")
_lines(owner, revising, "candidate:summary")
_lines(owner, at(Stage.SUBMITTED), "candidate:take_back")
_lines(owner, at(*(frozenset(Stage) - FINAL - {Stage.APPEALING})), "candidate:withdraw")
_lines(owner, released, "candidate:result", "candidate:result_paper")
_lines(owner, has_appeals, "candidate:appeal")

_lines(
    owner,
    always,
    "candidate:conflicts",
    "candidate:friends",
    "candidate:friend",
    "candidate:friend_end",
    "candidate:cohort",
)
_lines(owner, always, "candidate:friend_again", "candidate:comment", "candidate:cohort_leave", form_only=True)
_lines(owner, _WRITING, "candidate:friend_invite")

_lines(signed_in, always, "mentor:home", "coordinator:home")
_lines(anybody, never, "mentor:invitation")
_lines(owner, always, "mentor:portfolio", "mentor:comment", "mentor:leave")
_lines(owner, open_to_friends, "mentor:evidence_file")
_lines(owner, always, "coordinator:cohort", "coordinator:export")

_lines(
    signed_in,
    always,
    "assessor:home",
    "assessor:record",
    "assessor:service",
    "assessor:service_paper",
    "assessor:offer",
    "assessor:calendar",
)
_lines(
    holder_of_place,
    always,
    "assessor:invitation",
    "assessor:desk",
    "assessor:evidence_file",
    "assessor:answered",
    "assessor:notes",
    "assessor:offline",
    "assessor:versions",
    "assessor:version",
)
_lines(holder_of_place, always, "assessor:note_remove", "assessor:offline_file", form_only=True)
_lines(holder_of_place, to_hand_in, "assessor:submit")
_lines(holder_of_place, to_take_back, "assessor:reopen")
_lines(sitting, compared, "assessor:agreement")
_lines(moderator, is_called(Stage.MODERATING), "assessor:moderation")
_lines(committee, is_called(Stage.RATIFYING), "assessor:ratification")
_lines(moderator, under_review, "assessor:appeal")
_lines(desk_of_the_office, appealed, "office:appeal")
_lines(desk_of_the_office, always, "office:second_look")
_lines(who_decides, always, "assessor:panel_file", "assessor:panel_answered")

_lines(office, always, "office:today", "office:pipeline", "office:pipeline_export", "office:people",
       "office:person_new", "office:person", "office:award_new", "office:past_assessments", "office:assessor",
       "office:conflict_new", "office:conflict_dismiss", "office:windows", "office:fees", "office:editions",
       "office:edition_document", "office:notices", "office:files", "office:trail")  # fmt: skip
_lines(office, always, "office:cohorts", "office:cohort", "office:institutions", "office:institution",
       "office:dry_run", "office:leads", "office:named_conflicts", "office:samples_home", "office:samples",
       "office:sample", "office:award", "office:award_paper", "office:award_name",
       "office:award_change")  # fmt: skip
_lines(office, always, "office:cohort_close", form_only=True)
_lines(office, always, "office:role", "office:assessor_pause", form_only=True)
_lines(reader_of_notice, always, "office:notice")
_lines(desk_of_the_office, always, "office:registration", "office:payment", "office:amend",
       "office:submission", "office:file", "office:withdraw", "office:answered")  # fmt: skip
_lines(desk_of_the_office, always, "office:interests", "office:reminders")
_lines(office, always, "office:panels_home", "office:panels", "office:draft_runs", "office:draft_weights",
       "office:draft_forecast", "office:draft_document")  # fmt: skip
_lines(office, always, "office:releases", "office:hours", "office:statistics",
       "office:statistics_rows")  # fmt: skip
_lines(office, is_drafting, "office:panels_publish", "office:draft_table", "office:draft_take")
_lines(office, is_drafting, "office:panels_work", form_only=True)
_lines(desk_of_the_office, is_drafted, "office:draft_panel", "office:draft_others")
_lines(desk_of_the_office, at(*(frozenset(Stage) - FINAL)), "office:extend")
_lines(desk_of_the_office, handed_in, "office:check")
_lines(desk_of_the_office, handed_in, "office:check_begin", "office:check_accept", "office:check_return",
       "office:check_links",
       form_only=True)  # fmt: skip
_lines(desk_of_the_office, at(Stage.APPOINTING), "office:panel", "office:panel_fill")
_lines(desk_of_the_office, replaceable, "office:panel_replace")
_lines(desk_of_the_office, always, "office:panel_relieve")
_lines(desk_of_the_office, third_is_wanted, "office:third")
_lines(desk_of_the_office, office_reads, "office:review")
_lines(desk_of_the_office, decided, "office:release")
_lines(desk_of_the_office, held, "office:release_words", "office:release_comment")

# The pages of the sign-in library: who is signed in already, or has no second step, is sent on.
_lines(anybody, moved_on, "account_login", "account_signup", "account_reset_password",
       "account_reset_password_done", "account_reset_password_from_key",
       "account_reset_password_from_key_done", "account_confirm_login_code", "account_inactive",
       "account_email_verification_sent", "account_confirm_email", "account_logout", "mfa_authenticate",
       "mfa_login_webauthn", "socialaccount_login_cancelled", "socialaccount_login_error",
       "socialaccount_signup", "openid_connect_login", "openid_connect_callback", "account_reauthenticate",
       "mfa_reauthenticate", "mfa_reauthenticate_webauthn")  # fmt: skip
_lines(signed_in, moved_on, "account_email", "account_change_password", "account_set_password", "mfa_index",
       "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
       "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_remove_webauthn",
       "mfa_edit_webauthn", "socialaccount_connections")  # fmt: skip
_lines(anybody, never, "account:cast")
