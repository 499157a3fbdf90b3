"""Lena and Omar: answer invitations, read, rate, agree; Mo moderates, the committee ratifies."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.journeys.steps.walker import Walker


@dataclass(frozen=True)
class Judgement:
    """What an assessor says: a mark for each row, and an outcome."""

    outcome: str = "Pass"
    good: str = "Adequate|Complete"
    poor: str = "Revisions required|Not complete"
    revise: tuple[str, ...] = ()
    comments_everywhere: bool = False
    overall: str = "A portfolio I was glad to read, with work that stands on its own feet. " * 5
    private: str = field(default="")


class Assessor(Walker):
    """Somebody with a place on a panel."""

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        super().__init__(page, scripts=scripts)

    def accept(self) -> None:
        """Read the invitation, declare no conflict, accept."""
        self.go("/assess/")
        self.follow("See the invitation")
        self.press("Send your answer", state="empty")
        self.choose(re.compile("^I know of no conflict of interest"))
        self.press("Send your answer")

    def decline(self, reason: str) -> None:
        """Say that a conflict of interest stands in the way."""
        self.go("/assess/")
        self.follow("See the invitation")
        self.choose(re.compile("^I have a conflict of interest"))
        self.write("The reason", reason)
        self.press("Send your answer")

    def desk(self) -> None:
        """Open the desk from the list of work; accept first where one is invited."""
        self.go("/assess/")
        if self.page.get_by_role("link", name="See the invitation").count():
            self.accept()
        else:
            self.follow(re.compile("^Open the desk"))

    def fill(self, said: Judgement) -> None:
        """Rate every row, comment where it is asked, and recommend an outcome."""
        for row in self.page.locator("[data-for-section]").all():
            if not row.get_by_role("radio").count():
                continue  # what was said of it in an earlier round stands
            slot = row.get_attribute("data-for-section") or ""
            is_poor = slot in said.revise
            self.choose(re.compile(f"^({said.poor if is_poor else said.good})$"), within=row)
            if is_poor or said.comments_everywhere:
                row.get_by_role("textbox").fill(f"What I think of {slot}.")
        self.write("Overall comment", said.overall)
        self._outcome(said)
        if said.private:
            self.write("Private notes", said.private)

    def note(self, section: str, words: str) -> None:
        """Select the first words of a section and note something on them."""
        self.page.evaluate(
            """(of) => {
                const part = document.querySelector(`[data-part][data-of="${of}"]`);
                const text = document.createTreeWalker(part, NodeFilter.SHOW_TEXT).nextNode();
                const range = document.createRange();
                range.setStart(text, 0);
                range.setEnd(text, Math.min(12, text.length));
                getSelection().removeAllRanges();
                getSelection().addRange(range);
            }""",
            section,
        )
        self.press("Note this", state="noting")
        self.write("Your note", words)
        self.press("Keep the note")
        note = self.page.locator("article.comment").filter(has_text=words)
        expect(note).to_be_visible()
        self.press(re.compile("^Show me"), within=note, state="noted")

    def what_changed(self, *words: str) -> None:
        """Read what changed since the round before."""
        self.desk()
        self.follow(
            re.compile("What changed"), within=self.page.get_by_role("navigation", name="What to read")
        )
        for each in words:
            self.reads(each)

    def _outcome(self, said: Judgement) -> None:
        self.choose(re.compile(f"^{re.escape(said.outcome)}: "))
        for slot in said.revise:
            self.page.locator(f"input[name=revise][value='{slot}']").check()

    def hand_in(self) -> None:
        """Check and hand in."""
        self.press("Check and hand in")
        self.stands("Check your assessment")
        self.press("Hand in your assessment")

    def assess(self, said: Judgement) -> None:
        """Accept where one is invited, fill the form, hand it in."""
        self.desk()
        self.fill(said)
        self.hand_in()

    def propose(self, said: Judgement, feedback: str) -> None:
        """Propose the outcome to the others."""
        self.go("/assess/")
        self.follow(re.compile("^Go to the agreement"))
        self._outcome(said)
        self.write("Feedback for the candidate", feedback)
        self.press("Propose it to the others")

    def agree(self) -> None:
        """Agree to what is proposed."""
        self.go("/assess/")
        self.follow(re.compile("^Answer"))
        self.choose(re.compile("^Yes, "))
        self.press("Send your answer")

    def disagree(self, reason: str) -> None:
        """Disagree, with the reason."""
        self.go("/assess/")
        self.follow(re.compile("^Answer"))
        self.choose(re.compile("^No, "))
        self.press("Send your answer", state="empty")
        self.write("Why you disagree", reason)
        self.press("Send your answer")

    def moderate(self, said: Judgement, feedback: str, reasons: str) -> None:
        """Decide where the panel could not agree."""
        self.go("/assess/")
        self.follow("Moderate")
        self._outcome(said)
        self.write("Feedback for the candidate", feedback)
        self.write("Reasons, for the record", reasons)
        self.press("Decide")

    def decide_appeal(self, decision: str, reasons: str) -> None:
        """Read the appeal and what led to the result, and decide."""
        self.go("/assess/")
        self.follow("Decide the appeal")
        self.follow("Portfolio")
        self.follow("Exchange of the panel")
        self.press("Decide", state="empty")
        self.choose(re.compile(f"^{decision}"))
        self.write("Reasons", reasons)
        self.press("Decide")

    def remit(self, reasons: str) -> None:
        """Send an outcome back to the moderator."""
        self.go("/assess/")
        self.follow("Ratify")
        self.choose("Send it back to the moderator")
        self.press("Record the decision", state="empty")
        self.write("Reasons", reasons)
        self.press("Record the decision")

    def ratify(self) -> None:
        """Ratify an outcome."""
        self.go("/assess/")
        self.follow("Ratify")
        self.choose("Ratify this outcome")
        self.press("Record the decision")
