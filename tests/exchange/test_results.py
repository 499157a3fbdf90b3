"""A result as a tagged PDF: what the page says, and no name that the page does not."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from accredit.assessments import actions
from accredit.exchange.writers import setting
from accredit.people.models import Profile
from accredit.rulebook.faults import Code
from accredit.toolkit import confined
from accredit.toolkit.refusals import Refused
from tests import factories as make
from tests.factories import AT
from tests.web.assessor.conftest import browser_of

pytestmark = pytest.mark.django_db


def paper(address: str, person: Profile) -> tuple[int, str, PdfReader | None]:
    answer = browser_of(person).get(address)
    if answer.status_code != 200:
        return answer.status_code, "", None
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    reader = PdfReader(BytesIO(answer.content))
    return 200, " ".join(" ".join(page.extract_text() for page in reader.pages).split()), reader


def test_a_released_result_is_kept_as_a_tagged_paper() -> None:
    outcome = make.held(outcome="minor", revise=("1a",))
    registration = outcome.panel.registration
    address = f"/my/{registration.pk}/result/1/paper/"
    assert paper(address, registration.person)[0] == 404
    actions.release(outcome, by=make.office(), at=AT)
    _status, text, reader = paper(address, registration.person)
    assert reader is not None
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for said in ("Referral, minor revisions", "What you may read.", "Assessor 1", "Assessor 2",
                 "What I think of 1a.", "A portfolio I was glad to read", "Sections to revise"):  # fmt: skip
        assert said in text, said
    for name in ("Lena Example", "Omar Example", "Otis Example"):
        assert name not in text
    assert paper(address, make.person("Eve Example"))[0] == 404


@pytest.mark.parametrize(
    ("fails", "code"), [(confined.Overran, Code.EXPORT_OVERRAN), (confined.Broke, Code.EXPORT_BROKE)]
)
def test_a_paper_that_cannot_be_set_is_refused(
    fails: type[Exception], code: Code, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_args: object, **_more: object) -> Callable[[], None]:
        raise fails("too much")

    monkeypatch.setattr(setting.confined, "run", run)
    with pytest.raises(Refused) as refused:
        setting.pdf_of({})
    assert refused.value.faults[0].code is code
