"""Which event writes which rows and enqueues which task: the only module that subscribes."""

from accredit.assessments import actions as assessments
from accredit.assessments import tasks as assessment_tasks
from accredit.assessments.events import (
    AppealAdmitted,
    AppealEnded,
    AppealMade,
    AssessmentsCompared,
    ConflictDeclared,
    ConflictNamed,
    Invited,
    LeadConfirmed,
    OutcomeProposed,
    OutcomeReleased,
    PanelEscalated,
    PanelMessageSent,
    RunAsked,
    SeatEnded,
)
from accredit.awards.events import AwardGranted, AwardRecorded, AwardRenamed, StandingChanged
from accredit.exchange import actions as exchange
from accredit.exchange import tasks as exchange_tasks
from accredit.exchange.events import BroughtIn, CredentialWanted, ExportAsked
from accredit.fees.events import OrderAmended, PaymentRecorded
from accredit.notices import tasks as notice_tasks
from accredit.notices.actions import appeals, changes, friends, letters, standing
from accredit.notices.events import NoticePlanned
from accredit.portfolios import actions as portfolios
from accredit.portfolios import tasks as portfolio_tasks
from accredit.portfolios.events import (
    CommentWritten,
    LinksWanted,
    MentorAnswered,
    MentorChanged,
    MentorInvited,
    SubmissionAccepted,
    SubmissionMade,
    SubmissionReturned,
)
from accredit.registrations.events import Extended, Moved, PathwayChanged, Registered
from accredit.toolkit.background import on_commit
from accredit.toolkit.events import subscribe


def bind() -> None:
    """Subscribe every handler; called once when the apps are loaded."""
    subscribe(Registered, portfolios.on_registered)
    subscribe(SubmissionAccepted, assessments.on_submission_accepted)
    subscribe(Moved, assessments.on_moved)
    subscribe(SeatEnded, assessments.on_seat_ended)
    subscribe(Moved, portfolios.on_moved)
    subscribe(Registered, letters.on_registered)
    subscribe(Extended, letters.on_extended)
    subscribe(Moved, letters.on_moved)
    subscribe(SubmissionReturned, letters.on_returned)
    subscribe(PaymentRecorded, letters.on_paid)
    subscribe(PathwayChanged, changes.on_pathway_changed)
    subscribe(OrderAmended, changes.on_order_amended)
    subscribe(Invited, letters.on_invited)
    subscribe(SeatEnded, letters.on_seat_ended)
    subscribe(AssessmentsCompared, letters.on_compared)
    subscribe(PanelEscalated, letters.on_escalated)
    subscribe(PanelMessageSent, letters.on_panel_message)
    subscribe(OutcomeProposed, letters.on_proposed)
    subscribe(OutcomeReleased, letters.on_released)
    subscribe(ConflictDeclared, standing.on_conflict_declared)
    subscribe(ConflictNamed, standing.on_conflict_named)
    subscribe(LeadConfirmed, standing.on_lead_confirmed)
    subscribe(AwardGranted, exchange.on_award_given)
    subscribe(AwardRecorded, exchange.on_award_given)
    subscribe(AwardRenamed, exchange.on_award_renamed)
    subscribe(StandingChanged, exchange.on_standing_changed)
    subscribe(StandingChanged, standing.on_standing_changed)
    subscribe(AwardRenamed, standing.on_award_renamed)
    subscribe(AppealMade, appeals.on_appeal_made)
    subscribe(AppealAdmitted, appeals.on_appeal_admitted)
    subscribe(AppealEnded, appeals.on_appeal_ended)
    subscribe(MentorInvited, friends.on_mentor_invited)
    subscribe(MentorAnswered, friends.on_mentor_answered)
    subscribe(MentorChanged, friends.on_mentor_changed)
    subscribe(CommentWritten, friends.on_comment_written)
    subscribe(NoticePlanned, enqueue_sending)
    subscribe(BroughtIn, enqueue_reading)
    subscribe(LinksWanted, enqueue_checking)
    subscribe(SubmissionMade, enqueue_snapshots)
    subscribe(ExportAsked, enqueue_export)
    subscribe(RunAsked, enqueue_run)
    subscribe(CredentialWanted, enqueue_signing)


def enqueue_sending(event: NoticePlanned) -> None:
    """Send a notice at once when it is already due; the sweep finds the others."""
    on_commit(notice_tasks.send, event.notice)


def enqueue_checking(event: LinksWanted) -> None:
    """Ask the links of a draft at once; the sweep asks those whose turn has not come."""
    on_commit(portfolio_tasks.check_links_of, event.portfolio)


def enqueue_snapshots(event: SubmissionMade) -> None:
    """Keep what the links of a submission lead to at once; the sweep tries again what failed."""
    on_commit(portfolio_tasks.fetch_snapshots, event.submission)


def enqueue_reading(event: BroughtIn) -> None:
    """Begin to read a document at once; the sweep finds what a crash left."""
    on_commit(exchange_tasks.read_import, event.brought)


def enqueue_export(event: ExportAsked) -> None:
    """Begin to make an export at once; the sweep finds what a crash left."""
    on_commit(exchange_tasks.make_export, event.export)


def enqueue_run(event: RunAsked) -> None:
    """Work the panels of a draft out at once; the sweep finds what a crash left."""
    on_commit(assessment_tasks.work_out, event.run)


def enqueue_signing(event: CredentialWanted) -> None:
    """Sign a credential at once; the sweep finds what a crash left, or what had no key yet."""
    on_commit(exchange_tasks.sign, event.credential)
