"""Takes a registration along its journey, leaving a marker in everything somebody must not know."""

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

from django.utils import timezone

from accredit.allocation.solving import solve
from accredit.assessments import actions as assessments
from accredit.assessments.models import Appeal, Appointment, Assessment, Outcome, Panel, Proposal, Seat
from accredit.assessments.queries import (
    AssessmentContent,
    appeal_of,
    panels,
    problem_of,
    rows_of,
    seats_for,
    slots_of,
)
from accredit.exchange.actions import ask_export, ask_reading_copy, bring_in, finish_export, note_read
from accredit.exchange.documents import Document, Heading, Rich
from accredit.exchange.queries import slots_of as imports_slots
from accredit.exchange.recognition import outline_of
from accredit.fees.actions import record_payment
from accredit.fees.models import Order
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Entry, Evidence, Portfolio, Submission
from accredit.portfolios.queries import PieceContent, current_submission, draft_of, portfolio_of
from accredit.portfolios.queries import content_of as entry_content
from accredit.registrations.models import Registration
from accredit.rulebook.terms import Finding
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.toolkit.fetching import Answer, Page
from tests import factories as make
from tests.access.cast import (
    ADA,
    COMMITTEE,
    CORA,
    LEAD,
    MEMBER,
    MINA,
    MODERATOR,
    OFFICE,
    SECOND,
    THIRD,
    World,
    gather,
    secret,
)
from tests.factories import AT

NEXT = AT.date().replace(year=AT.year + 1)


class Journey:
    """The steps of one registration; each is one action, or a few, taken by the right person."""

    def __init__(self, name: str, edition: str = "cmalt-2026") -> None:
        scheme = make.scheme(edition, contact_email="office@example.org")
        orchard = edition.startswith("orchard")
        pathway, holding = ("grafter", "keeper") if orchard else ("associate", "senior")
        people = gather(scheme, holding=holding, pathway=pathway)
        of = make.registration(people[ADA], within=scheme, pathway=pathway)
        self.seated = [LEAD, SECOND, MEMBER] if orchard else [LEAD, SECOND]
        self.world = World(name, scheme, people, of)

    # Who acts ------------------------------------------------------------------------------------------

    def by(self, who: str, role: Role) -> Actor:
        """Somebody acting in a role."""
        return Actor(person=self.world.key(who), role=role)

    @property
    def ada(self) -> Actor:
        return self.by(ADA, Role.CANDIDATE)

    @property
    def otis(self) -> Actor:
        return self.by(OFFICE, Role.OFFICE)

    @property
    def panel(self) -> Panel:
        """The panel at work."""
        return panels().filter(registration=self.world.registration).order_by("-round")[0]

    def place(self, who: str) -> Appointment:
        """The latest place of somebody."""
        return self.panel.appointments.select_related("panel", "person").get(person=self.world.key(who))

    # The candidate -------------------------------------------------------------------------------------

    @property
    def draft(self) -> Portfolio:
        found = portfolio_of(self.world.registration.pk)
        assert found is not None
        return found

    @property
    def submission(self) -> Submission:
        found = current_submission(self.world.registration.pk)
        assert found is not None
        return found

    def write(self) -> "Journey":
        """A complete portfolio with open evidence and evidence for assessors only."""
        draft, by = self.draft, self.ada
        make.link(draft)
        portfolios.begin_upload(draft, name=f"{secret('open', 'file')}.mp4", size=9, by=by, at=AT)
        pieces = [self._file("open", "all"), self._file("private", "assessors"), self._text()]
        make.fill(draft)
        entry = Entry.objects.filter(portfolio=draft, examples__isnull=False).order_by("pk")[0]
        content = entry_content(entry)
        first = replace(content.examples[0], evidence=tuple(piece.pk for piece in pieces))
        make.write(entry, replace(content, examples=(first, *content.examples[1:])))
        self.befriend(entry)
        self.name_somebody()
        for place in (entry, None):
            portfolios.write_note(draft, text=secret("self", "note"), entry=place, by=by, at=AT)
        name = self.world.person(ADA).name
        for known in draft.links.all():
            portfolios.record_answer(known, Answer(Finding.GONE, 404), by=SYSTEM, at=AT)
        portfolios.confirm(draft, name=name, suggested_assessor=secret("suggested"), by=by, at=AT)
        return self._take_away()

    def _take_away(self) -> "Journey":
        """A finished copy on the candidate's list."""
        asked = ask_export(self.draft, form="json", by=self.ada, at=AT)
        inside = BytesIO(secret("open", "inside").encode())
        finish_export(asked, inside, name=f"{secret('open', 'file')}.zip", at=AT)
        self._bring_in()
        return self

    def name_somebody(self) -> None:
        """Somebody who should not assess her, for the office's eyes."""
        said = {"name": secret("named", "name"), "reason": secret("named", "reason")}
        assessments.name_conflict(self.world.person(ADA), **said, by=self.ada, at=AT)

    def befriend(self, entry: Entry) -> None:
        """Mina reads one section and comments, Ada answers; Cora sees how the writing goes."""
        mina, now = self.world.person(MINA), timezone.now()  # pages ask the clock whether she still reads
        mentor = make.befriended(self.draft, mina, entry, at=now)
        said = portfolios.write_comment(
            mentor, entry=entry.pk, part="", quote="", text=secret("comment", "said"),
            by=self.by(MINA, Role.MENTOR), at=now,
        )  # fmt: skip
        portfolios.answer_comment(said, text=secret("comment", "answer"), by=self.ada, at=AT)
        made = make.cohort(self.world.person(CORA), within=self.world.scheme, name=secret("cohort"))
        make.joined(self.world.registration, made)

    def _bring_in(self) -> None:
        """A document that waits for the candidate, read without a process of its own."""
        text = f"## 1a\n\n{secret('brought')}"
        found = bring_in(self.draft, BytesIO(text.encode()), name="draft.md", by=self.ada, at=AT)
        document = Document("markdown", (Heading(2, "1a"), Rich(f"<p>{secret('brought')}</p>")))
        slots = imports_slots(draft_of(self.draft))
        note_read(found, outline_of(document, slots), at=AT)

    def _file(self, word: str, visibility: str) -> Evidence:
        title = secret(word, "title")
        return portfolios.add_evidence(
            self.draft, kind="file",
            content=PieceContent(title, shows=secret(word, "shows"), visibility=visibility),
            upload=BytesIO(secret(word, "inside").encode()), name=f"{secret(word, 'file')}.txt",
            by=self.ada, at=AT,
        )  # fmt: skip

    def _text(self) -> Evidence:
        title, text = secret("private", "note"), secret("private", "words")
        return portfolios.add_evidence(
            self.draft,
            kind="text",
            content=PieceContent(title, text=text, visibility="assessors"),
            by=self.ada,
            at=AT,
        )

    def as_it_is(self) -> "Journey":
        """The same, handed over as it stands elsewhere, with instructions for assessors."""
        self.write()
        address, told = f"https://example.org/{secret('address')}", secret("instructions")
        portfolios.hand_over_as_it_is(self.draft, address=address, instructions=told, by=self.ada, at=AT)
        for entry in Entry.objects.filter(portfolio=self.draft):
            make.write(entry, replace(entry_content(entry), link=address))
        return self

    def submit(self) -> "Journey":
        if self.draft.confirmed_on is None:
            self.write()
        portfolios.submit(self.draft, by=self.ada, at=AT)
        return self.answer()

    def answer(self) -> "Journey":
        """What the links of the submission led to has been kept."""
        found = Answer(Finding.OK, 200, "https://example.org/", media_type="text/html")
        page = Page(secret("page", "title"), secret("page", "words"))
        for each in self.submission.snapshots.all():
            portfolios.keep_snapshot(each, found, page, by=SYSTEM, at=AT)
        return self

    def revise(self) -> "Journey":
        """Hand in again what the referral asked for."""
        portfolios.summarise_changes(self.draft, "<p>I changed a few things.</p>", by=self.ada, at=AT)
        portfolios.confirm(self.draft, name=self.world.person(ADA).name, by=self.ada, at=AT)
        portfolios.submit(self.draft, by=self.ada, at=AT)
        return self.answer()

    # The office ----------------------------------------------------------------------------------------

    def pay(self) -> "Journey":
        order = Order.objects.get(registration=self.world.registration)
        record_payment(order, amount=100, paid_on=AT.date(), reference=secret("payment"), by=self.otis, at=AT)
        return self

    def begin_check(self) -> "Journey":
        portfolios.begin_check(self.submission, by=self.otis, at=AT)
        return self

    def give_back(self) -> "Journey":
        portfolios.return_for_correction(self.submission, reasons=secret("return"), by=self.otis, at=AT)
        return self

    def accept(self) -> "Journey":
        self.begin_check()
        portfolios.accept(self.submission, by=self.otis, at=AT)
        return self

    def appoint(self, *whos: str) -> "Journey":
        """Appoint those named, or the usual panel."""
        attempt = Registration.objects.select_related("scheme").get(pk=self.world.registration.pk)
        seats = [Seat(seat) for seat in seats_for(attempt, self.submission)]
        chosen = [self.world.person(who).pk for who in whos or self.seated]
        assessments.appoint(
            attempt, seats=list(zip(chosen, seats, strict=True)), due_on=NEXT, by=self.otis, at=AT
        )
        return self

    def fill(self, who: str, seat: Seat) -> "Journey":
        assessments.fill_seat(self.panel, person=self.world.person(who).pk, seat=seat, by=self.otis, at=AT)
        return self

    def call_third(self) -> "Journey":
        assessments.appoint_third(
            self.panel, person=self.world.person(THIRD).pk, due_on=NEXT, by=self.otis, at=AT
        )
        return self

    def release(self) -> "Journey":
        assessments.release(Outcome.objects.get(panel=self.panel), by=self.otis, at=AT)
        return self

    def edit(self) -> "Journey":
        """The office edits the words for the candidate before they are released."""
        outcome = Outcome.objects.get(panel=self.panel)
        assessments.edit_feedback(outcome, feedback=secret("feedback"), by=self.otis, at=AT)
        words = {"text": secret("feedback"), "by": self.otis, "at": AT}
        assessments.edit_comment(outcome, self.place(LEAD), row="overall", **words)
        return self

    # The panel -----------------------------------------------------------------------------------------

    def accept_invitation(self, *whos: str) -> "Journey":
        for who in whos:
            assessments.accept_invitation(self.place(who), by=self.by(who, Role.ASSESSOR), at=AT)
        return self

    def decline(self, who: str) -> "Journey":
        """Leave the panel because of a conflict."""
        assessments.decline(
            self.place(who), reason=secret(who, "conflict"), is_conflict=True,
            by=self.by(who, Role.ASSESSOR), at=AT,
        )  # fmt: skip
        return self

    def content(self, who: str, outcome: str) -> AssessmentContent:
        """A complete form full of markers."""
        needs = outcome in {"minor", "major", "prune", "regrow"}
        slots = set(slots_of(self.submission))
        slot = next(each.key for each in rows_of(self.panel) if each.key in slots) if needs else ""
        usual = make.form_content(self.panel, outcome, (slot,) if slot else ())
        comments = {row: f"{secret(who, 'comment')} {text}" for row, text in usual.comments.items()}
        overall = f"{secret(who, 'overall')} {usual.overall}"
        return replace(usual, comments=comments, overall=overall, private_notes=secret(who, "notes"))

    def save(self, who: str, outcome: str = "pass") -> "Journey":
        """Type everything and leave it unsubmitted."""
        self.accept_invitation(who)
        made = Assessment.objects.get(appointment=self.place(who))
        by = self.by(who, Role.ASSESSOR)
        assessments.save_assessment(
            made, content=self.content(who, outcome), expected=made.version, by=by, at=AT
        )
        slot = slots_of(self.submission)[0]
        assessments.write_passage_note(made, slot=slot, text=secret(who, "notes"), by=by, at=AT)
        copy = ask_reading_copy(self.place(who), by=by, at=AT)
        finish_export(copy, BytesIO(secret("open", "words").encode()), name="copy.pdf", at=AT)
        return self

    def hand_in(self, *whos: str, outcome: str = "pass") -> "Journey":
        for who in whos:
            self.accept_invitation(who)
            made = Assessment.objects.get(appointment=self.place(who))
            content, by = self.content(who, outcome), self.by(who, Role.ASSESSOR)
            assessments.submit_assessment(made, content=content, by=by, at=AT)
        return self

    def said(self, outcome: str, word: str) -> dict[str, Any]:
        """Outcome, words for the candidate and what to revise."""
        return {"outcome": outcome, "feedback": secret(word), "revise": self.content(LEAD, outcome).revise}

    def write_to_panel(self, who: str = SECOND) -> "Journey":
        """A word to the others on the panel."""
        place, by = self.place(who), self.by(who, Role.ASSESSOR)
        assessments.write_to_panel(place, text=secret(who, "message"), by=by, at=AT)
        return self

    def propose(self, outcome: str = "pass", who: str = LEAD) -> "Journey":
        assessments.propose(
            self.panel, appointment=self.place(who), **self.said(outcome, "proposal"),
            by=self.by(who, Role.ASSESSOR), at=AT,
        )  # fmt: skip
        return self

    def reply(self, *whos: str, agrees: bool = True) -> "Journey":
        for who in whos:
            standing = Proposal.objects.get(panel=self.panel, replaced_at=None)
            assessments.reply(
                standing, appointment=self.place(who), agrees=agrees, reason=secret(who, "reply"),
                by=self.by(who, Role.ASSESSOR), at=AT,
            )  # fmt: skip
        return self

    def moderate(self, outcome: str = "pass") -> "Journey":
        assessments.moderate(
            self.panel, **self.said(outcome, "moderated"), reasons=secret("reasons"),
            by=self.by(MODERATOR, Role.MODERATOR), at=AT,
        )  # fmt: skip
        return self

    def ratify(self) -> "Journey":
        outcome = Outcome.objects.select_related("panel__registration").get(panel=self.panel)
        assessments.ratify(outcome, by=self.by(COMMITTEE, Role.COMMITTEE), at=AT)
        return self

    # The appeal ----------------------------------------------------------------------------------------

    def appeal(self) -> "Journey":
        outcome = Outcome.objects.select_related("panel__registration").get(panel=self.panel)
        assessments.appeal(outcome, grounds=["procedure"], words=secret("appeal"), by=self.ada, at=AT)
        return self

    def admit(self) -> "Journey":
        """Have the moderator decide the appeal."""
        reviewer = self.world.person(MODERATOR)
        assessments.admit_appeal(self._appeal(), reviewer=reviewer, by=self.otis, at=AT)
        return self

    def decide_appeal(self, *, upheld: bool) -> "Journey":
        by = self.by(MODERATOR, Role.MODERATOR)
        reasons = secret("appeal", "reasons")
        assessments.decide_appeal(self._appeal(), upheld=upheld, reasons=reasons, by=by, at=AT)
        return self

    def _appeal(self) -> Appeal:
        found = appeal_of(self.world.registration.pk)
        assert found is not None
        return found

    # Together ------------------------------------------------------------------------------------------

    def draft_panels(self) -> "Journey":
        """Panels in preparation, worked out; somebody is kept off."""
        registration = self.world.registration
        draft = assessments.draft_panels(
            registration.scheme, registrations=[registration.pk], due_on=NEXT, by=self.otis, at=AT
        )
        run, problem = draft.runs.get(), problem_of(draft, AT.date())
        answer = solve(problem, seconds=20)
        assessments.finish_run(run, problem=problem, answer=answer, at=AT)
        row = draft.panels.select_related("draft").get()
        spare = self.world.key("nora")
        assessments.keep_off(row, person=spare, by=self.otis, at=AT)
        return self

    def seat(self, whos: Iterable[str] = ()) -> "Journey":
        """From a draft to an invited panel."""
        return self.write().submit().accept().appoint(*whos)

    def compare(self, outcome: str = "pass", second: str = "") -> "Journey":
        """From a draft to a panel all of whose assessments are in."""
        self.seat()
        self.hand_in(LEAD, outcome=outcome)
        return self.hand_in(*self.seated[1:], outcome=second or outcome).write_to_panel()

    def decide(self, outcome: str = "pass") -> "Journey":
        """From a draft to an outcome the panel agrees on."""
        return self.compare(outcome).propose(outcome).reply(*self.seated[1:])
