"""Sets the stage of a journey: a scheme, its office, its assessors; all moments are of today."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone
from PIL import Image, ImageDraw

from accredit.assessments.actions import appoint, propose, reply
from accredit.assessments.models import Panel, Seat
from accredit.fees.actions import enrol, set_fee
from accredit.fees.models import Fee
from accredit.frameworks.models import Scheme
from accredit.people.models import RoleHeld, User
from accredit.portfolios.actions import accept, begin_check, confirm, submit
from accredit.portfolios.models import Portfolio, Submission
from accredit.portfolios.queries import EntryContent
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import SYSTEM, Actor
from tests import factories as make

PASSES = ("pass", "distinction")
LENA, OMAR, RUTH = "Lena Lindqvist", "Omar Haddad", "Ruth Ogundipe"
COLLEGE = "College of the Western Isles"


@dataclass(frozen=True)
class Cast:
    """Who takes part."""

    scheme: Scheme
    otis: User
    lena: User
    omar: User
    ruth: User


def cast(edition: str = "cmalt-2026", *, holding: str = "senior") -> Cast:
    """Found a scheme with two fees, an office and three assessors; Ruth is at Ada's college."""
    scheme = make.scheme(edition)
    for kind, title, amount in (
        ("standard", "Standard fee", 16500),
        ("member", "Members of the body", 15000),
    ):
        set_fee(
            scheme, person_kind=kind, title=title, amount=amount, valid_from_on=date(2020, 1, 1), by=SYSTEM,
            at=timezone.now(),
        )  # fmt: skip
    assessors = [
        make.assessor(name, holding=holding, within=scheme, institution=place, at=timezone.now())
        for name, place in ((LENA, "Universität am See"), (OMAR, "Harbour Institute"), (RUTH, COLLEGE))
    ]
    otis = make.person("Otis Brandt", roles=(RoleHeld.Name.OFFICE,))
    return Cast(scheme, *(make.user_of(each) for each in (otis, *assessors)))


def registered(cast: Cast, pathway: str = "associate") -> tuple[User, Portfolio]:
    """Register Ada for a pathway; her portfolio is still empty."""
    ada = make.person("Ada Example", institution=COLLEGE)
    fee = Fee.objects.filter(scheme=cast.scheme).first()
    by = make.candidate(ada)
    made = enrol(ada, scheme=cast.scheme, pathway=pathway, fee=fee, by=by, at=timezone.now())
    return make.user_of(ada), make.portfolio(made)


def written(cast: Cast, pathway: str = "associate", *, is_confirmed: bool = True) -> tuple[User, Portfolio]:
    """Register Ada and write her portfolio from end to end."""
    user, draft = registered(cast, pathway)
    make.fill(draft, at=timezone.now())
    if is_confirmed:
        confirm(draft, name="Ada Example", by=make.owner_of(draft), at=timezone.now())
    return user, draft


def empty(draft: Portfolio, section: str) -> None:
    """Take out again what was written in the entries of a section."""
    for entry in draft.entries.filter(section=section):
        make.write(entry, EntryContent(), at=timezone.now())


def submitted(cast: Cast, pathway: str = "associate") -> tuple[User, Submission]:
    """Hand in Ada's portfolio."""
    user, draft = written(cast, pathway)
    return user, submit(draft, by=make.owner_of(draft), at=timezone.now())


def accepted(cast: Cast, pathway: str = "associate") -> tuple[User, Submission]:
    """Check and accept Ada's submission."""
    user, made = submitted(cast, pathway)
    check(cast, made)
    return user, made


def check(cast: Cast, made: Submission) -> None:
    """Let Otis check and accept a submission."""
    by = Actor(cast.otis.profile.pk, Role.OFFICE)
    begin_check(made, by=by, at=timezone.now())
    accept(made, by=by, at=timezone.now())


def panel(cast: Cast, pathway: str = "associate") -> tuple[User, Panel]:
    """Appoint Lena and Omar for Ada's accepted submission."""
    user, made = accepted(cast, pathway)
    return user, seat(cast, made)


def seat(cast: Cast, made: Submission) -> Panel:
    """Appoint Lena and Omar for an accepted submission."""
    seats = [(cast.lena.profile.pk, Seat.LEAD), (cast.omar.profile.pk, Seat.SECOND)]
    by = Actor(cast.otis.profile.pk, Role.OFFICE)
    attempt = Registration.objects.get(pk=made.portfolio.registration_id)
    due_on = (timezone.now() + timedelta(days=28)).date()
    return appoint(attempt, seats=seats, due_on=due_on, by=by, at=timezone.now())


def assessed(
    cast: Cast, said: dict[str, str], revise: tuple[str, ...] = (), *, pathway: str
) -> tuple[User, Panel]:
    """Let Lena and Omar hand in: `said` is the outcome each of them recommends, by seat."""
    user, on = panel(cast, pathway)
    for seat, outcome in said.items():
        named = revise if outcome not in PASSES else ()
        make.hand_in(make.place(on, seat), outcome, named, at=timezone.now())
    return user, on


def held(cast: Cast, outcome: str, revise: tuple[str, ...] = (), *, pathway: str) -> tuple[User, Panel]:
    """Let Lena and Omar agree on an outcome."""
    user, on = assessed(cast, {Seat.LEAD: outcome, Seat.SECOND: outcome}, revise, pathway=pathway)
    lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
    proposed = propose(
        on, appointment=lead, outcome=outcome, feedback="<p>What you may read.</p>", revise=revise,
        by=make.as_assessor(lead), at=timezone.now(),
    )  # fmt: skip
    reply(proposed, appointment=second, agrees=True, by=make.as_assessor(second), at=timezone.now())
    return user, on


def picture(folder: Path) -> Path:
    """Draw a picture to upload."""
    path = folder / "course.png"
    image = Image.new("RGB", (640, 400), "#1f6f68")
    ImageDraw.Draw(image).rectangle((60, 60, 580, 340), outline="#f4f1e8", width=12)
    image.save(path)
    return path


def document(folder: Path) -> Path:
    """Write a PDF of one page to upload."""
    path = folder / "plan.pdf"
    Image.new("RGB", (595, 842), "white").save(path, "PDF")
    return path


def message(folder: Path) -> Path:
    """Write an e-mail to upload."""
    path = folder / "thanks.eml"
    path.write_text(
        "From: Priya Nair <priya@harbour.example>\nTo: Ada <ada@isles.example>\n"
        "Subject: Your film helped\nDate: Mon, 02 Nov 2026 10:00:00 +0000\n"
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
        "Dear Ada, thank you: my students use it every week.\n",
        encoding="utf-8",
    )
    return path
