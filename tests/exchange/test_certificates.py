"""Certificates as PDF: what is on them, the same bytes each time, any name in letters we can draw."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from accredit.awards import actions
from accredit.awards.models import Award
from accredit.awards.queries import of_person
from accredit.exchange.queries import certificate_of, check_address, undrawable
from accredit.exchange.writers import certificate as writer
from accredit.rulebook.faults import Code
from accredit.toolkit import confined
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.colour import contrast, parse
from accredit.toolkit.refusals import Refused
from tests import factories as make

pytestmark = pytest.mark.django_db
# A circumflex and a cedilla, Greek, Cyrillic, Hebrew, Arabic, and a name of very many letters.
NAMES = (
    "Zoë Ångström-Nguyễn", "Ελένη Παπαδοπούλου", "Анна Ковальчук", "רות לוי", "ليلى حسن", "Ndukaku " * 20,
)  # fmt: skip


def award(name: str = "Ada Example") -> Award:
    holder = make.person()
    made = actions.record_award(
        holder,
        edition=make.scheme().editions.get(),
        pathway="senior",
        issued_on=date(2026, 5, 1),
        number="004711",
        by=SYSTEM,
        at=make.AT,
    )
    actions.rename_award(made, name=name[:200], because="Tried.", by=SYSTEM, at=make.AT)
    return of_person(holder.pk)[0]


def test_a_certificate_says_what_was_awarded_and_where_it_is_checked() -> None:
    found = award()
    content = writer.pdf_of_certificate(certificate_of(found))
    reader = PdfReader(BytesIO(content))
    text = " ".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    for said in ("Ada Example", "Senior CMALT", "004711", "1 May 2026", "1 May 2029", "Test body"):
        assert said in text, said
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in content
    links = [each.get_object()["/A"]["/URI"] for each in reader.pages[0]["/Annots"]]
    assert set(links) == {check_address(found)}


def test_the_same_certificate_is_the_same_bytes_and_another_name_is_not() -> None:
    found = award()
    first, again = (writer.pdf_of_certificate(certificate_of(found)) for _each in range(2))
    assert first == again
    actions.rename_award(found, name="Ada Newname", because="Marriage.", by=SYSTEM, at=make.AT)
    found.refresh_from_db()
    assert writer.pdf_of_certificate(certificate_of(found)) != first


@pytest.mark.parametrize("name", NAMES)
def test_names_in_many_scripts_fit_on_one_page(name: str) -> None:
    found = award(name)
    assert undrawable(found.name) == ""
    content = writer.pdf_of_certificate(certificate_of(found))
    assert len(PdfReader(BytesIO(content)).pages) == 1


def test_letters_that_cannot_be_drawn_are_named_and_break_nothing() -> None:
    found = award("王芳 Wang")
    assert undrawable(found.name) == "王 芳"
    assert writer.pdf_of_certificate(certificate_of(found)).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("fails", "code"), [(confined.Overran, Code.EXPORT_OVERRAN), (confined.Broke, Code.EXPORT_BROKE)]
)
def test_a_certificate_that_cannot_be_set_is_refused(
    fails: type[Exception], code: Code, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_args: object, **_more: object) -> Callable[[], None]:
        raise fails("too much")

    found = certificate_of(award())
    monkeypatch.setattr(writer.confined, "run", run)
    with pytest.raises(Refused) as refused:
        writer.pdf_of_certificate(found)
    assert refused.value.faults[0].code is code


@pytest.mark.parametrize("accent", ["", "no colour", "#ffee00", "#fff", "#1f5f63"])
def test_the_colour_of_a_scheme_can_be_read_on_white(accent: str) -> None:
    found = award()
    found.scheme.accent = accent
    drawn = certificate_of(found)["accent"]
    colour = parse(drawn)
    assert colour is not None
    assert contrast(colour, (255, 255, 255)) >= 4.5
    assert writer.pdf_of_certificate(certificate_of(found)).startswith(b"%PDF")
