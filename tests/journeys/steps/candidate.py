"""Ada: signs up, registers, writes, submits, reads her result."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.core import mail
from playwright.sync_api import Locator, Page

from tests.journeys.steps.walker import Walker

PASSWORD = "a long walk by the river 7"


@dataclass(frozen=True)
class Asks:
    """What a section asks to be written: how many examples, whether they say what they are about."""

    slot: str
    examples: int = 0
    types: tuple[str, ...] = ()
    area: str = ""
    principle_texts: tuple[str, ...] = ()


ASSOCIATE = (
    Asks("context"),
    Asks("1a", 1),
    Asks("1b", 1),
    Asks("2a", 1),
    Asks("3a", 1, ("Law",)),
    Asks("4a", 1),
    Asks("plans"),
)


class Candidate(Walker):
    """Somebody who seeks accreditation."""

    def __init__(self, page: Page, registration: int = 0, *, scripts: bool = True) -> None:
        super().__init__(page, scripts=scripts)
        self.registration = registration

    def sign_up(self, address: str) -> None:
        """Create an account and confirm the address by the link in the message."""
        self.go("/account/signup/")
        self.write("E-mail address", address)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Create an account")
        self.stands("Open the link we have sent you")
        sent = next(each for each in mail.outbox if address in each.to)
        found = re.search(r"https?://[^/\s]+(/account/\S*confirm\S*/)", str(sent.body))
        assert found, sent.body
        self.go(found[1])
        self.press("Yes, confirm it")

    def complete_profile(self, name: str, institution: str) -> None:
        """Say who one is."""
        self.stands("Your profile")
        self.write("Your name", name)
        self.write("Your job role", "Learning designer")
        self.page.get_by_label("The country you work in").select_option(label="Ireland")
        kind = self.page.get_by_role("radio", name="Standard fee")
        if kind.count():
            kind.check()
        first = self.page.get_by_role("group", name="Institution 1")
        self.write("Name of the institution or employer", institution, within=first)
        self.press("Save")

    def register(self, pathway: str, fee: str = "Standard fee") -> None:
        """Register for a pathway, from the home page to the invoice number."""
        self.go("/my/")
        self.follow("Register for a pathway")
        self.press("Continue")
        self.choose(re.compile(f"^{pathway}: "))
        self.press("Continue")
        if fee:
            self.choose(re.compile(fee))
            self.press("Continue")
        self.stands("Check your answers")
        self.press("Register")
        self.stands("You are registered")
        found = re.search(r"/my/(\d+)/registered/", self.page.url)
        assert found
        self.registration = int(found[1])

    def at(self, rest: str = "") -> str:
        """Return an address within the registration."""
        return f"/my/{self.registration}/{rest}"

    def tasks(self) -> None:
        """Open the task list."""
        self.go(self.at())

    def section(self, slot: str) -> None:
        """Open a section."""
        self.go(self.at(f"section/{slot}/"))

    def example(self, number: int) -> Locator:
        """Return the part of the page in which an example is written."""
        return self.page.get_by_role("region", name=f"Example {number}", exact=True)

    def write_section(self, asks: Asks, *, evidence: str = "", tag: str = "") -> None:
        """Write a section from end to end and save it."""
        self.section(asks.slot)
        if asks.area:
            self.write("What you call this area", asks.area)
        for title in asks.principle_texts:
            self.write(title, f"How {title.lower()} shows in what I do.")
        if not asks.examples:
            self.write("Your text", f"What I say about {asks.slot}: where I work, and with whom.")
        for number in range(1, asks.examples + 1):
            self.write_example(number, asks, evidence=evidence)
        if tag:
            self.tick(tag)
        self.press("Save and go to the task list")

    def write_example(self, number: int, asks: Asks, *, evidence: str = "") -> None:
        """Write an example: description, evidence, reflection."""
        part = self.example(number)
        self.write("Title", f"Example {number} of {asks.slot}", within=part)
        if len(asks.types) >= number:
            self.choose(asks.types[number - 1], within=part)
            self.write("Where the law applies", "Ireland", within=part)
        self.write("Description", "I made a short film about citing sources, and captioned it.", within=part)
        self.write("Reflection", "It worked for most, and next time I would ask sooner.", within=part)
        if evidence:
            self.tick(evidence, within=part)

    def add_file(self, path: Path, title: str, *, alt: str = "", private: bool = False) -> None:
        """Put a file into the locker."""
        self.go(self.at("evidence/"))
        self.page.get_by_label("File", exact=True).set_input_files(path)
        if alt:
            self.write("Description of the image", alt)
        self._add(title, private=private)

    def add_link(self, address: str, title: str) -> None:
        """Put a link into the locker."""
        self.go(self.at("evidence/"))
        self.follow("A link")
        self.write("Address", address)
        self._add(title)

    def add_text(self, words: str, title: str) -> None:
        """Put a text into the locker."""
        self.go(self.at("evidence/"))
        self.follow("A text")
        self.write("Text", words)
        self._add(title)

    def _add(self, title: str, *, private: bool = False) -> None:
        self.write("Title", title)
        self.write("What it shows", f"{title}: my own part in it is the design.")
        if private:
            self.tick("For assessors only")
        self.page.get_by_role("button", name="Add", exact=True).click()
        # A file that is still on its way is added when it has arrived: the page is looked at after that.
        self.reads(title)
        self.look()

    def confirm(self, name: str, suggested: str = "") -> None:
        """Confirm that it is one's own practice."""
        self.go(self.at("confirmation/"))
        self.write("Your name", name)
        self.tick(re.compile("^To the best of my knowledge"))
        if suggested:
            self.write("An assessor you suggest", suggested)
        self.press("Confirm")

    def submit(self) -> None:
        """Check the answers and submit."""
        self.go(self.at("submit/"))
        self.press("Submit your portfolio")
        self.stands("Your portfolio is submitted")

    def appeal(self, ground: str, words: str) -> None:
        """Appeal against the result of the first round."""
        self.go(self.at("result/1/"))
        self.follow("Appeal against this result")
        self.press("Send the appeal", state="empty")
        self.tick(ground)
        self.write("What happened, and what should be looked at again?", words)
        self.press("Send the appeal")
        self.reads(words)
