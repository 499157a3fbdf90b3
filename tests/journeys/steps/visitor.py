"""Vic: reads what is public."""

from playwright.sync_api import expect

from tests.journeys.steps.walker import Walker


class Visitor(Walker):
    """Somebody without an account."""

    def read_everything(self) -> None:
        """Read the public pages, going from one to the next as they offer."""
        self.go("/")
        expect(self.page.locator("[aria-current=page]")).to_have_count(0)
        self.follow("Compare the pathways")
        self.reads("Senior CMALT")
        self.follow("CMALT", within=self.page.locator("main"))
        self.reads("Constraints and benefits of different technologies")
        for page in ("About", "Fees", "Register of holders", "Contact"):
            self.follow(page, within=self.page.get_by_role("navigation").first)
        for page in ("Accessibility", "Privacy"):
            self.follow(page, within=self.page.get_by_role("contentinfo"))

    def find_a_pathway(self) -> None:
        """Answer the questionnaire; nothing is kept."""
        self.go("/which-pathway/")
        self.press("Suggest a pathway")
        for group in self.page.get_by_role("radiogroup").all():
            group.get_by_role("radio").last.check()
        self.press("Suggest a pathway", state="suggestion")
        self.reads("We suggest Senior CMALT")
        assert not self.page.context.cookies(), "the public pages keep a cookie"

    def find_holder(self, name: str) -> None:
        """Look somebody up in the register."""
        self.go("/register/")
        self.page.get_by_role("searchbox").fill(name)
        self.page.get_by_role("searchbox").press("Enter")
        self.follow(name, within=self.page.locator("main"))
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(name)
