"""Otis: payments, the check, panels, releases."""

import re

from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from tests.journeys.steps.walker import Walker


class Office(Walker):
    """Somebody of the office, at work on one registration."""

    def __init__(self, page: Page, registration: int, *, scripts: bool = True) -> None:
        super().__init__(page, scripts=scripts)
        self.registration = registration

    def at(self, rest: str = "") -> str:
        """Return an address of the registration."""
        return f"/office/registration/{self.registration}/{rest}"

    def today(self, step: str) -> None:
        """Begin with the list of today and take the step that waits."""
        self.go("/office/")
        self.follow(re.compile(f"^{step}"))

    def record_payment(self, reference: str) -> None:
        """Write down money received."""
        self.go(self.at())
        self.follow(re.compile("^Record a payment"))
        self.write("Reference", reference)
        self.press("Record the payment")
        self.reads(reference)

    def begin_check(self) -> None:
        """Begin the check."""
        self.go(self.at("check/"))
        self.press("Begin the check")

    def accept(self) -> None:
        """Check and accept the submission."""
        self.begin_check()
        self.follow("Read the portfolio as submitted")
        self.go(self.at("check/"))
        self.press("Accept the submission")

    def give_back(self, reasons: str) -> None:
        """Check and return the submission with reasons."""
        self.begin_check()
        self.press("Return with these words", state="empty")
        self.write("What has to be corrected", reasons)
        self.press("Return with these words")

    def refuses(self, name: str, reason: str) -> None:
        """Expect somebody among those who may not be appointed, with the reason."""
        table = self.page.get_by_role("region", name="Assessors who may not be appointed")
        expect(table.get_by_role("row").filter(has_text=name)).to_contain_text(reason)

    def appoint(self, **seats: str) -> None:
        """Choose somebody for each seat and invite them; several for `member` are parted by a comma."""
        self.go(self.at("panel/"))
        for seat, names in seats.items():
            for name in names.split(", "):
                label = re.compile(f"^{name} as ", re.IGNORECASE)
                box = self.page.locator(f"input[name={seat}]").and_(self.page.get_by_label(label))
                box.check()
        self.press("Appoint and invite")

    def draft_panels(self) -> None:
        """Have panels drafted for everybody who waits, and look at one of them."""
        self.go("/office/panels/")
        self.press("Draft the panels", state="running")
        expect(self.page.get_by_text("Worst-served portfolio")).to_be_visible(timeout=60_000)
        self.look("drafted")

    def publish_panels(self, *names: str) -> None:
        """See who is invited, and publish."""
        self.go("/office/panels/")
        expect(self.page.get_by_text("Worst-served portfolio")).to_be_visible(timeout=60_000)
        self.follow("Publish …")
        for name in names:
            self.reads(name)
        self.press("Publish and invite")

    def refuses_again(self, name: str, reason: str) -> None:
        """Expect the same on the page of the panel."""
        self.go(self.at("panel/"))
        self.refuses(name, reason)

    def name_reviewer(self, name: str) -> None:
        """Give the appeal on the page to a reviewer."""
        self.press("Ask them to decide", state="empty")
        self.page.get_by_label("Reviewer").select_option(label=name)
        self.press("Ask them to decide")
        self.reads(name)

    def call_third(self, name: str) -> None:
        """Invite a third assessor."""
        self.go(self.at("third/"))
        self.choose(re.compile(f"^{name} as ", re.IGNORECASE))
        self.press("Invite")

    def release(self, words: str = "") -> None:
        """Look at what the candidate will receive, edit the words where asked, and release it."""
        self.go(self.at("release/"))
        if words:
            self.follow("Edit the words for the candidate")
            self.write("Words for the candidate", words)
            self.press("Save the words")
            self.reads(words)
        self.press("Release to the candidate")

    def record_holder(self, name: str, address: str, institution: str) -> None:
        """Write down somebody who held an award before this record began, and what they assessed."""
        self.go("/office/people/")
        self.follow("Record a person")
        self.press("Record", state="empty")
        self.write("Name", name)
        self.write("E-mail", address)
        self.write("Institution today", institution)
        self.press("Record")
        self.page.get_by_label("Pathway and edition").select_option(label="Senior CMALT (CMALT 2026)")
        self.write("Number on the certificate", "2204")
        self.page.get_by_label("Issued on").fill(str(localdate()))
        self.press("Record")
        self.stands(name)
        self.follow("Put on the list of assessors")
        self.write("Areas", "Learning design, Accessibility")
        self.press("Save")
        self.follow("Record earlier assessments")
        self.page.get_by_label("As", exact=True).select_option(label="second assessor")
        self.page.get_by_label("How many").fill("4")
        self.write("Where you know it from", "The list of 2024")
        self.press("Record")
        self.reads("The list of 2024")

    def let_lead(self, name: str) -> None:
        """Find on Today that somebody has finished enough, and say that they may lead."""
        self.go("/office/")
        self.follow(re.compile("finished enough to lead"))
        self.press("Write it down", state="empty")
        self.tick(name)
        self.choose("may lead")
        self.press("Write it down")
        self.reads("Nobody is ready who does not lead already.")

    def record_conflict(self, address: str) -> None:
        """Write down a conflict of the person on the page, and set it aside again."""
        self.follow("Record a conflict")
        self.write("E-mail address of the other person", address)
        self.write("Reason", "They wrote a book together.")
        self.press("Record")
        self.reads("They wrote a book together.")

    def dismiss_conflict(self) -> None:
        """Set the conflict on the page aside."""
        self.follow(re.compile("^Dismiss"))
        self.write("Why it does not stand", "The book is ten years old.")
        self.press("Dismiss")
        self.reads("The book is ten years old.")
