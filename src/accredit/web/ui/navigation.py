"""The navigation of every audience: one table; an entry whose page is not built yet is left out."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.workflow import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A named page and who sees the link; no roles means everybody. It is current below `under`, too."""

    label: str | Promise
    url: str
    roles: frozenset[str] = frozenset()
    icon: str = ""
    audience: str = ""
    under: str = ""

    def is_for(self, roles: frozenset[str]) -> bool:
        """Say whether someone with these roles is shown the link."""
        return not self.roles or bool(self.roles & roles)


OFFICE = frozenset({Role.OFFICE.value})
# Moderating and ratifying happen on the assessors' pages.
ASSESSORS = frozenset({Role.ASSESSOR.value, Role.MODERATOR.value, Role.COMMITTEE.value})
MENTORS = frozenset({Role.MENTOR.value})
COORDINATORS = frozenset({Role.COORDINATOR.value})

AREAS = (
    Entry(_("The scheme"), "public:home", audience="public"),
    Entry(_("My accreditation"), "candidate:home", audience="candidate"),
    Entry(_("Reading along"), "mentor:home", MENTORS, audience="mentor"),
    Entry(_("Cohorts"), "coordinator:home", COORDINATORS, audience="coordinator"),
    Entry(_("Assessing"), "assessor:home", ASSESSORS, audience="assessor"),
    Entry(_("Office"), "office:today", OFFICE, audience="office"),
)

PAGES: dict[str, tuple[Entry, ...]] = {
    "public": (
        Entry(_("About"), "public:about"),
        Entry(_("Pathways"), "public:pathways"),
        Entry(_("Which pathway?"), "public:which"),
        Entry(_("Fees"), "public:fees"),
        Entry(_("Register of holders"), "public:register"),
        Entry(_("Check a certificate"), "public:check"),
        Entry(_("Contact"), "public:contact"),
    ),
    "candidate": (
        Entry(_("Overview"), "candidate:home"),
        Entry(_("Public register"), "candidate:register_entry"),
    ),
    "mentor": (Entry(_("My friends’ portfolios"), "mentor:home"),),
    "coordinator": (Entry(_("My cohorts"), "coordinator:home"),),
    "assessor": (
        Entry(_("My work"), "assessor:home"),
        Entry(_("Record"), "assessor:record"),
    ),
    "office": (
        Entry(_("Today"), "office:today"),
        Entry(_("Pipeline"), "office:pipeline", under="/office/registration/"),
        Entry(_("Panels"), "office:panels_home", under="/office/panels/"),
        Entry(_("Results"), "office:releases"),
        Entry(_("People"), "office:people", under="/office/awards/"),
        Entry(_("Cohorts"), "office:cohorts"),
        Entry(_("Windows"), "office:windows"),
        Entry(_("Fees"), "office:fees"),
        Entry(_("Editions"), "office:editions"),
        Entry(_("Statistics"), "office:statistics"),
        Entry(_("Notices"), "office:notices"),
        Entry(_("Files"), "office:files"),
        Entry(_("Trail"), "office:trail"),
    ),
    "account": (),  # its pages carry tabs
}

ACCOUNT = (
    Entry(_("Profile"), "account:profile", icon="id-card"),
    Entry(_("E-mail address"), "account_email", icon="mail"),
    Entry(_("Password"), "account_change_password", icon="lock-keyhole"),
    Entry(_("Two-step sign-in"), "mfa_index", icon="shield-check"),
)

FOOTER = (
    Entry(_("Accessibility"), "public:accessibility"),
    Entry(_("Privacy"), "public:privacy"),
    Entry(_("Contact"), "public:contact"),
)
