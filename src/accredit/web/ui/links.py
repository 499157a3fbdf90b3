"""Links as pages show them: what each answers, when it was asked, and what to do."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accredit.portfolios.models import Link
from accredit.portfolios.queries import is_fetching
from accredit.rulebook.links import ANSWERING, BROKEN, ends_soon
from accredit.rulebook.terms import Finding
from accredit.web.ui.formats import day, moment
from accredit.wording.links import ADVICE, FINDINGS


@dataclass(frozen=True, slots=True)
class LinkState:
    """One address and what is known of it, ready to draw. `worth` says whether it is worth a look."""

    address: str
    label: str
    tone: str
    advice: str
    when: str
    leads_to: str
    certificate: str
    worth: bool


def state_of(address: str, link: Link | None, *, at: datetime) -> LinkState:
    """Make one link ready to draw; one that is not known yet has not been asked."""
    if link is None or link.checked_at is None:
        label, advice = str(FINDINGS[""]), str(ADVICE[""])
        return LinkState(address, label, "calm", advice, "", "", "", worth=False)
    finding = Finding(link.finding)
    certificate = _certificate(link, at)
    has_code = link.http_code is not None and finding not in ANSWERING
    return LinkState(
        address=address,
        label=_("%(finding)s (code %(code)s)") % {"finding": FINDINGS[finding], "code": link.http_code}
        if has_code
        else str(FINDINGS[finding]),
        tone=tone_of(finding),
        advice="" if finding is Finding.OK else str(ADVICE[finding]),
        when=_("Asked on %(moment)s") % {"moment": moment(link.checked_at)},
        leads_to=link.final_address if finding is Finding.MOVED else "",
        certificate=certificate,
        worth=finding is not Finding.OK or bool(certificate),
    )


def known_state(address: str, link: Link | None, *, at: datetime) -> LinkState | None:
    """Make one link ready to draw where there is anything to say of it."""
    was_asked = link is not None and link.checked_at is not None
    return state_of(address, link, at=at) if address and (was_asked or is_fetching()) else None


def tone_of(finding: Finding) -> str:
    """Return how loudly a finding is shown: advice, never an alarm."""
    if finding is Finding.OK:
        return "good"
    return "bad" if finding in BROKEN else "warn"


def _certificate(link: Link, at: datetime) -> str:
    if not ends_soon(link.certificate_until_at, at=at):
        return ""
    return _("Its certificate ends on %(day)s: after that, browsers warn before they open it.") % {
        "day": day(link.certificate_until_at)
    }
