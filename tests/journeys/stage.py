"""Sets the stage of a journey: a scheme, its office, its assessors; all moments are of today."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils import timezone
from PIL import Image, ImageDraw

from accredit.fees.actions import set_fee
from accredit.frameworks.models import Scheme
from accredit.people.models import RoleHeld, User
from accredit.toolkit.actor import SYSTEM
from tests import factories as make

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
    for kind, title, amount in (("standard", "Standard fee", 16500), ("member", "Members of the body", 15000)):
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
        "From: Priya Nair <priya@harbour.example>\nTo: Ada <ada@isles.example>\nSubject: Your film helped\n"
        "Date: Mon, 02 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
        "Dear Ada, thank you: my students use it every week.\n",
        encoding="utf-8",
    )
    return path
