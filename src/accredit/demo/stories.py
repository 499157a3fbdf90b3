"""Brings each demo registration to its stage, step by step, at plausible moments in the past."""

from dataclasses import replace
from datetime import datetime, timedelta

from accredit.assessments import actions as assessments
from accredit.assessments.models import Appointment, Assessment, Outcome, Panel, Proposal, Seat
from accredit.assessments.queries import candidates_for_panel, edition_for, panel_of
from accredit.demo import cast, judging
from accredit.demo.writing import Writer
from accredit.fees.actions import enrol, record_payment
from accredit.fees.models import Fee, Order
from accredit.people.models import Profile
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Entry, Portfolio, Submission
from accredit.portfolios.queries import current_submission
from accredit.registrations import actions as registrations
from accredit.registrations.models import Cohort, Registration
from accredit.rulebook.decision import REFERRALS
from accredit.rulebook.framework import Edition
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actor import SYSTEM, Actor

# Days from one step to the next, and how long ago each story began so that it arrives there by today.
DRAFTING, CHECKING, APPOINTING, ASSESSING, AGREEING, RELEASING, REVISING = 120, 4, 6, 24, 3, 2, 30
BEGUN = {
    Stage.DRAFTING: 60,
    Stage.EXPIRED: 1000,
    Stage.WITHDRAWN: 150,
    Stage.SUBMITTED: 124,
    Stage.CHECKING: 128,
    Stage.RETURNED: 130,
    Stage.APPOINTING: 134,
    Stage.ASSESSING: 150,
    Stage.AGREEING: 165,
    Stage.THIRD_ASSESSMENT: 170,
    Stage.MODERATING: 190,
    Stage.HELD: 172,
    Stage.REVISING: 185,
    Stage.ACCREDITED: 240,
    Stage.FAILED: 300,
}


class Story:
    """One person's registration on its way, with a clock that only moves on."""

    def __init__(self, person: Profile, home: str, plan: cast.Plan, office: Profile, place: int) -> None:
        self.goal = Stage(plan.stage)
        is_whole = self.goal not in (Stage.DRAFTING, Stage.WITHDRAWN, Stage.EXPIRED)
        self.person, self.home, self.place = person, home, place
        self.plan = replace(plan, progress=1.0) if is_whole else plan
        self.office = Actor(person=office.pk, role=Role.OFFICE)
        self.me = Actor(person=person.pk, role=Role.CANDIDATE)
        self.registration: Registration
        self.portfolio: Portfolio
        self.cohort: Cohort | None = None

    def tell(self, scheme_fee: Fee, *, now: datetime) -> None:
        """Live through the story up to its stage."""
        began = now - timedelta(days=BEGUN[self.goal] + self.place % 17)
        # In office hours, whenever the demo is built.
        self.at = began.replace(hour=9 + self.place % 6, minute=self.place % 60)
        self.enrol(scheme_fee)
        if self.goal in (Stage.DRAFTING, Stage.WITHDRAWN, Stage.EXPIRED):
            self.end_early(now)
            return
        self.submit()
        if self.goal is Stage.SUBMITTED:
            return
        portfolios.begin_check(self.submission(), by=self.office, at=self.later(CHECKING))
        if self.goal is Stage.CHECKING:
            return
        if self.goal is Stage.RETURNED:
            portfolios.return_for_correction(
                self.submission(), reasons=judging.RETURNED, by=self.office, at=self.later(1)
            )
            return
        portfolios.accept(self.submission(), by=self.office, at=self.later(1))
        if self.goal is not Stage.APPOINTING:
            self.be_assessed()
        if self.plan.then:
            self.go_on(scheme_fee)

    def later(self, days: int) -> datetime:
        """Move the clock on and return the moment."""
        self.at += timedelta(days=days, minutes=self.place % 20)
        return self.at

    def enrol(self, fee: Fee) -> None:
        """Register, pay and write."""
        self.registration = enrol(
            self.person, scheme=fee.scheme, pathway=self.plan.pathway, fee=fee, by=self.me, at=self.at
        )
        if self.place % 5:
            order = Order.objects.get(registration=self.registration)
            record_payment(
                order,
                amount=order.amount,
                paid_on=self.later(9).date(),
                reference=f"BACS {self.registration.pk:04d}",
                by=self.office,
                at=self.at,
            )
        if self.cohort is not None:
            registrations.join_cohort(
                self.registration, code=self.cohort.code, shows=self.plan.shows, by=self.me, at=self.at
            )
        self.portfolio = Portfolio.objects.get(registration=self.registration)
        Writer(self.portfolio, self.person, self.home, self.plan).fill(at=self.later(20))

    def go_on(self, fee: Fee) -> None:
        """Register for the next pathway, begin from the accredited portfolio and answer for some of it."""
        earlier = self.submission()
        made = enrol(
            self.person, scheme=fee.scheme, pathway=self.plan.then, fee=fee, by=self.me, at=self.later(14)
        )
        draft = Portfolio.objects.get(registration=made)
        portfolios.begin_from(draft, earlier, by=self.me, at=self.later(1))
        days = {"context": 20, "1a": 200, "1b": 400, "2a": 1200}
        for entry in Entry.objects.filter(portfolio=draft, section__in=days):
            on = self.at.date() - timedelta(days=days[entry.section])
            portfolios.answer_carried(entry, is_valid=True, practised_on=on, by=self.me, at=self.at)
        plans = Entry.objects.get(portfolio=draft, section="plans")
        portfolios.answer_carried(plans, is_valid=False, practised_on=None, by=self.me, at=self.at)

    def end_early(self, now: datetime) -> None:
        """Withdraw, or run out of time, or go on drafting, perhaps on another pathway."""
        if self.plan.changed_to:
            portfolios.change_pathway(
                self.portfolio, pathway=self.plan.changed_to, by=self.me, at=self.later(9)
            )
        if self.goal is Stage.WITHDRAWN:
            registrations.withdraw(
                self.registration, because="I have changed my job.", by=self.me, at=self.later(40)
            )
        if self.goal is Stage.EXPIRED:
            registrations.expire(self.registration, by=SYSTEM, at=now - timedelta(days=3))

    def submit(self) -> None:
        """Hand the portfolio in."""
        self.at += timedelta(days=DRAFTING - 29)
        portfolios.submit(self.portfolio, by=self.me, at=self.at)

    def submission(self) -> Submission:
        """Return the frozen copy of this round."""
        found = current_submission(self.registration.pk)
        if found is None:
            raise LookupError(f"{self.registration} has no submission")
        return found

    def be_assessed(self) -> None:
        """Have a panel read, judge, agree and release, as far as the story goes."""
        panel = self.appoint()
        wanted = self.outcomes()
        for place, appointment in enumerate(panel.appointments.order_by("id")):
            self.assess(appointment, wanted[place], place)
        if self.goal in (Stage.ASSESSING, Stage.AGREEING):
            return
        self.agree(panel, wanted)
        if self.goal is Stage.FAILED and self.fresh().stage == Stage.REVISING:
            self.try_again()

    def outcomes(self) -> tuple[str, str, str]:
        """Return what first, second and third assessor recommend."""
        if self.goal in (Stage.THIRD_ASSESSMENT, Stage.MODERATING, Stage.AGREEING):
            return "pass", "minor", "major"
        wanted = {"fail": "major"}.get(self.plan.outcome, self.plan.outcome) or "pass"
        return wanted, wanted, wanted

    def assess(self, appointment: Appointment, wanted: str, place: int) -> None:
        """Accept, read and judge; of a panel still assessing the second has only begun."""
        by = Actor(person=appointment.person_id, role=Role.ASSESSOR)
        if appointment.answer != Appointment.Answer.ACCEPTED:
            assessments.accept_invitation(appointment, by=by, at=self.later(1))
        assessment = Assessment.objects.select_related("appointment").get(appointment=appointment)
        content = judging.content(assessment, self.rules(), self.plan, wanted=wanted, place=place)
        is_begun_only = self.goal is Stage.ASSESSING and place == 1
        if is_begun_only:
            content = replace(content, overall="", outcome="", revise=(), comments={})
        at = self.later(ASSESSING // 3)
        assessments.save_assessment(assessment, content=content, expected=assessment.version, by=by, at=at)
        if not is_begun_only:
            assessments.submit_assessment(assessment, by=by, at=at)

    def rules(self) -> Edition:
        """Return the rules of the round's form and outcomes."""
        return edition_for(self.registration, self.submission())

    def agree(self, panel: Panel, wanted: tuple[str, str, str]) -> None:
        """Have the lead propose and the second answer; then a third assessor, moderation or release."""
        lead, second = panel.appointments.filter(ended_at=None).order_by("id")[:2]
        agrees = wanted[0] == wanted[1]
        self.propose(panel, lead, wanted[0])
        self.reply(panel, second, agrees=agrees)
        if agrees:
            self.release(panel)
            return
        third = self.appoint_third(panel)
        if self.goal is Stage.MODERATING:
            self.assess(third, wanted[2], 0)

    def fresh(self) -> Registration:
        """Return the registration as it stands now."""
        return Registration.objects.get(pk=self.registration.pk)

    def propose(self, panel: Panel, by: Appointment, wanted: str) -> None:
        """Propose an outcome with the feedback for the candidate."""
        own = by.assessment
        code = judging.outcome_code(self.rules(), wanted)
        revise = list(own.revise) if judging.EFFECTS[wanted] in REFERRALS else []
        assessments.propose(
            panel,
            appointment=by,
            outcome=code,
            feedback=f"<p>{judging.FEEDBACK}</p>",
            revise=revise,
            by=Actor(person=by.person_id, role=Role.ASSESSOR),
            at=self.later(AGREEING),
        )

    def reply(self, panel: Panel, by: Appointment, *, agrees: bool) -> None:
        """Answer the standing proposal."""
        proposal = Proposal.objects.get(panel=panel, replaced_at=None)
        reason = "" if agrees else "I read the evidence in two sections differently; please see my comments."
        actor = Actor(person=by.person_id, role=Role.ASSESSOR)
        assessments.reply(proposal, appointment=by, agrees=agrees, reason=reason, by=actor, at=self.later(1))

    def appoint_third(self, panel: Panel) -> Appointment:
        """Appoint a third assessor who may."""
        taken = {each.person_id for each in panel.appointments.all()}
        options = candidates_for_panel(self.fresh(), self.at.date())
        free = [each for each in options if not each.as_member and each.profile.pk not in taken]
        at = self.later(APPOINTING)
        person = free[self.place % len(free)].profile.pk
        due_on = (at + timedelta(days=21)).date()
        return assessments.appoint_third(panel, person=person, due_on=due_on, by=self.office, at=at)

    def release(self, panel: Panel) -> None:
        """Release the outcome, unless the story ends with it held."""
        if self.goal is not Stage.HELD:
            outcome = Outcome.objects.get(panel=panel)
            assessments.release(outcome, by=self.office, at=self.later(RELEASING))

    def try_again(self) -> None:
        """Revise after a major referral, be assessed again, and fail."""
        self.portfolio.refresh_from_db()
        at = self.later(REVISING)
        summary = judging.changes(self.plan.portfolio)
        portfolios.summarise_changes(self.portfolio, summary, by=self.me, at=at)
        portfolios.confirm(self.portfolio, name=self.person.name, by=self.me, at=at)
        portfolios.submit(self.portfolio, by=self.me, at=self.later(1))
        self.registration = self.fresh()
        portfolios.begin_check(self.submission(), by=self.office, at=self.later(1))
        portfolios.accept(self.submission(), by=self.office, at=self.later(1))
        self.registration = self.fresh()
        panel = panel_of(self.registration.pk, self.registration.round) or self.appoint()
        for place, appointment in enumerate(panel.appointments.filter(ended_at=None).order_by("id")):
            self.assess(appointment, "fail", place)
        self.agree(panel, ("fail", "fail", "fail"))

    def appoint(self) -> Panel:
        """Appoint the first two who may, the lead first, and not both from one institution."""
        options = candidates_for_panel(self.registration, self.at.date())
        leads = [each for each in options if not each.as_lead]
        lead = leads[self.place % len(leads)]
        seconds = [
            each
            for each in options
            if not each.as_member
            and each.profile.pk != lead.profile.pk
            and not set(each.institutions) & set(lead.institutions)
        ]
        second = seconds[self.place % len(seconds)]
        at = self.later(APPOINTING)
        return assessments.appoint(
            self.registration,
            seats=[(lead.profile.pk, Seat.LEAD), (second.profile.pk, Seat.SECOND)],
            due_on=(at + timedelta(days=28)).date(),
            by=self.office,
            at=at,
        )
