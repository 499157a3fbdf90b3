"""Check, panel, release: what the office does with one registration, and what it is refused."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from accredit.assessments.models import Appointment, Outcome, Seat
from accredit.awards.models import Award
from accredit.fees.models import Order, Payment
from accredit.people.models import Profile
from accredit.portfolios import actions as portfolios
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage
from tests import factories as make

pytestmark = pytest.mark.django_db


def page(pk: int, rest: str = "") -> str:
    """Return an address of a registration."""
    return f"/office/registration/{pk}/{rest}"


def stage(pk: int) -> str:
    """Return where a registration stands now."""
    return Registration.objects.get(pk=pk).stage


def test_today_names_the_step(office: Client):
    pk = make.submission().portfolio.registration_id
    text = office.get("/office/").content.decode()
    assert page(pk, "check/") in text
    assert "Begin the check" in text


def test_a_check_begins_and_accepts(office: Client):
    pk = make.submission().portfolio.registration_id
    assert "has not begun" in office.get(page(pk, "check/")).content.decode()
    assert office.post(page(pk, "check/begin/")).status_code == 302
    assert stage(pk) == Stage.CHECKING
    response = office.post(page(pk, "check/accept/"))
    assert response.headers["Location"] == page(pk, "panel/")
    assert stage(pk) == Stage.APPOINTING


def test_a_second_click_is_refused_with_a_sentence(office: Client):
    pk = make.submission().portfolio.registration_id
    office.post(page(pk, "check/begin/"))
    assert office.post(page(pk, "check/begin/")).status_code == 409
    office.post(page(pk, "check/accept/"))
    assert office.post(page(pk, "check/accept/")).status_code == 409
    assert stage(pk) == Stage.APPOINTING


@pytest.mark.parametrize("reasons", ["", "   \n ", "x" * 5001])
def test_a_return_needs_reasons_and_keeps_them(office: Client, reasons: str):
    pk = make.submission().portfolio.registration_id
    office.post(page(pk, "check/begin/"))
    response = office.post(page(pk, "check/return/"), {"reasons": reasons})
    assert response.status_code == 422
    assert reasons.strip() in response.content.decode()
    assert stage(pk) == Stage.CHECKING


def test_a_return_with_reasons(office: Client):
    pk = make.submission().portfolio.registration_id
    office.post(page(pk, "check/begin/"))
    office.post(page(pk, "check/return/"), {"reasons": "The link in <b>1a</b> does not open."})
    assert stage(pk) == Stage.RETURNED
    text = office.get(page(pk)).content.decode()
    assert "Returned for correction" in text
    assert "<b>1a</b>" not in text


def test_the_check_lists_sections_links_and_files(office: Client):
    pk = make.submission().portfolio.registration_id
    text = office.get(page(pk, "check/")).content.decode()
    assert "https://example.org/" in text
    assert "Confirmed by Ada Example" in text
    assert "Missing" not in text


def test_a_panel_is_appointed(office: Client):
    pk = make.accepted().portfolio.registration_id
    lena, omar = make.assessor(), make.assessor("Omar Example", completed=0)
    text = office.get(page(pk, "panel/")).content.decode()
    assert "Has completed 0 of the 3 assessments" in text
    due_on = localdate() + timedelta(days=28)
    response = office.post(
        page(pk, "panel/"), {"lead": lena.pk, "second": omar.pk, "due_on": due_on.isoformat()}
    )
    assert response.headers["Location"] == page(pk)
    assert stage(pk) == Stage.ASSESSING
    assert {(each.person_id, each.seat) for each in Appointment.objects.all()} == {
        (lena.pk, "lead"), (omar.pk, "second"),
    }  # fmt: skip


def test_ruth_is_refused_by_name_with_the_reason(office: Client):
    ada = make.person("Ada Example", institution="Northmere College")
    pk = make.accepted(make.registration(ada)).portfolio.registration_id
    ruth = make.assessor("Ruth Example", institution="Northmere College")
    lena = make.assessor()
    text = office.get(page(pk, "panel/")).content.decode()
    assert "Shares an institution with the candidate" in text
    assert f'value="{ruth.pk}"' not in text
    response = office.post(page(pk, "panel/"), {"lead": lena.pk, "second": ruth.pk, "due_on": "2099-01-01"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Ruth Example: Shares an institution with the candidate" in text
    assert f'value="{lena.pk}" id="id_lead_{lena.pk}" checked' in text
    assert stage(pk) == Stage.APPOINTING


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"lead": "", "second": ""},
        {"lead": "999999", "second": "1; DROP TABLE"},
        {"due_on": "2001-01-01"},
        {"due_on": "soon"},
    ],
)
def test_a_bad_panel_is_refused(office: Client, sent: dict[str, str]):
    pk = make.accepted().portfolio.registration_id
    lena, omar = make.assessor(), make.assessor("Omar Example")
    good = {"lead": lena.pk, "second": omar.pk, "due_on": "2099-01-01"}
    response = office.post(page(pk, "panel/"), (good | sent) if sent else {})
    assert response.status_code == 422
    assert stage(pk) == Stage.APPOINTING
    assert not Appointment.objects.exists()


def test_one_person_twice_is_refused(office: Client):
    pk = make.accepted().portfolio.registration_id
    lena = make.assessor()
    response = office.post(page(pk, "panel/"), {"lead": lena.pk, "second": lena.pk, "due_on": "2099-01-01"})
    assert "on the panel twice" in response.content.decode()


def test_a_seat_left_by_a_decline_is_filled(office: Client):
    on = make.panel()
    pk = on.registration_id
    second = make.place(on, Seat.SECOND)
    make.assessments.decline(
        second, reason="No time", is_conflict=False, by=make.as_assessor(second), at=make.SOON
    )
    assert office.get(page(pk, "panel/")).headers["Location"] == page(pk, "panel/fill/")
    nell = make.assessor("Nell Example")
    text = office.get(page(pk, "panel/fill/")).content.decode()
    assert "Lena Example, lead assessor" in text
    assert f'id="id_second_{second.person_id}"' not in text
    assert office.post(page(pk, "panel/fill/"), {}).status_code == 422
    office.post(page(pk, "panel/fill/"), {"second": nell.pk})
    assert stage(pk) == Stage.ASSESSING


def test_today_says_who_gave_up_a_place_and_why_until_it_is_filled(office: Client):
    on = make.panel()
    second = make.place(on, Seat.SECOND)
    by = make.as_assessor(second)
    make.assessments.accept_invitation(second, by=by, at=make.AT)
    assert "Nobody has given up a place" in office.get("/office/").content.decode()
    make.assessments.decline(second, reason="My <b>cousin</b>.", is_conflict=True, by=by, at=make.SOON)
    text = office.get("/office/").content.decode()
    assert "a conflict of interest" in text
    assert "My &lt;b&gt;cousin&lt;/b&gt;." in text
    nell = make.assessor("Nell Example")
    office.post(page(on.registration_id, "panel/fill/"), {"second": nell.pk})
    assert "Nobody has given up a place" in office.get("/office/").content.decode()


def test_a_member_is_replaced_until_their_assessment_is_in(office: Client):
    on = make.panel()
    pk, nell = on.registration_id, make.assessor("Nell Example")
    second = make.place(on, Seat.SECOND)
    address = page(pk, f"panel/replace/{second.pk}/")
    assert office.get(address).status_code == 200
    assert office.post(address, {"second": nell.pk}).status_code == 302
    assert make.place(on, Seat.SECOND).person_id == nell.pk
    late = office.get(address)
    assert (late.status_code, late.headers["Location"]) == (302, page(pk))
    make.hand_in(make.place(on, Seat.SECOND))
    address = page(pk, f"panel/replace/{make.place(on, Seat.SECOND).pk}/")
    refused = office.post(address, {"second": make.assessor("Rob Example").pk}, follow=True)
    assert "can no longer be given" in refused.content.decode()
    assert make.place(on, Seat.SECOND).person_id == nell.pk


def test_a_third_assessor_is_invited(office: Client):
    on = make.compared()
    pk, lead, second = on.registration_id, make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
    assert office.get(page(pk, "third/")).status_code == 404
    proposed = make.assessments.propose(
        on,
        appointment=lead,
        outcome="pass",
        feedback="Well done.",
        revise=(),
        by=make.as_assessor(lead),
        at=make.AT,
    )
    make.assessments.reply(
        proposed, appointment=second, agrees=False, reason="No.", by=make.as_assessor(second), at=make.AT
    )
    nell = make.assessor("Nell Example")
    assert page(pk, "third/") in office.get("/office/").content.decode()
    assert office.post(page(pk, "third/"), {"due_on": "2099-01-01"}).status_code == 422
    sent = {"third": nell.pk, "due_on": "2099-01-01"}
    assert office.post(page(pk, "third/"), sent | {"due_on": "2001-01-01"}).status_code == 422
    assert office.post(page(pk, "third/"), sent).status_code == 302
    assert make.place(on, Seat.THIRD).person_id == nell.pk
    assert office.post(page(pk, "third/"), sent).headers["Location"] == page(pk)
    text = office.get(page(pk)).content.decode()
    assert "proposed an outcome to the panel" in text
    assert "Well done." not in text


def test_progress_is_in_or_not_in_and_nothing_of_the_content(office: Client):
    on = make.panel()
    made = make.hand_in(make.place(on, Seat.LEAD))
    text = office.get(page(on.registration_id)).content.decode()
    assert "Not answered" in text
    assert made.overall.strip() not in text
    assert "What I think of" not in text
    assert office.get(page(on.registration_id, "release/")).status_code == 404


def test_a_result_is_previewed_and_released_once(office: Client):
    outcome = make.held()
    pk = outcome.panel.registration_id
    text = office.get(page(pk, "release/")).content.decode()
    assert "What you may read." in text
    assert "Assessor 1" in text
    assert "Lena Example" not in text
    assert "Private" not in text
    assert office.post(page(pk, "release/")).status_code == 302
    assert office.post(page(pk, "release/")).status_code == 302
    assert stage(pk) == Stage.ACCREDITED
    assert Award.objects.filter(registration_id=pk).count() == 1
    assert "Release to the candidate" not in office.get(page(pk, "release/")).content.decode()


def test_the_words_may_be_edited_while_held(office: Client):
    outcome = make.held()
    pk = outcome.panel.registration_id
    assert office.post(page(pk, "release/words/"), {"feedback": ""}).status_code == 422
    office.post(page(pk, "release/words/"), {"feedback": "Kinder words.<script>alert(1)</script>"})
    assert "Kinder words." in Outcome.objects.get().feedback
    assert "<script>" not in Outcome.objects.get().feedback
    office.post(page(pk, "release/"))
    assert office.get(page(pk, "release/words/")).status_code == 404


def test_a_payment_is_recorded_once(office: Client):
    pk = make.registration().pk
    sent = {"amount": "94.50", "paid_on": "2026-11-01", "reference": "BACS 1"}
    assert office.post(page(pk, "payment/"), sent).status_code == 302
    assert Payment.objects.get().amount == 9450
    response = office.post(page(pk, "payment/"), sent)
    assert response.status_code == 422
    assert "BACS 1 has been recorded already" in response.content.decode()
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("amount", ["0", "-5", "", "lots", "99999999999", "1.234"])
def test_a_payment_must_be_money(office: Client, amount: str):
    pk = make.registration().pk
    sent = {"amount": amount, "paid_on": "2026-11-01", "reference": "BACS 1"}
    response = office.post(page(pk, "payment/"), sent)
    assert response.status_code == 422
    assert "BACS 1" in response.content.decode()
    assert not Payment.objects.exists()
    assert Order.objects.filter(registration_id=pk).exists()


def test_more_time_needs_a_later_day_and_a_reason(office: Client):
    found = make.registration()
    address = page(found.pk, "extend/")
    assert office.post(address, {"until": "2001-01-01", "because": "Illness"}).status_code == 422
    assert office.post(address, {"until": "2090-01-01", "because": ""}).status_code == 422
    assert office.post(address, {"until": "2090-01-01", "because": "Illness"}).status_code == 302
    assert "Illness" in office.get(page(found.pk)).content.decode()


def test_a_withdrawal_ends_it_once(office: Client):
    found = make.registration()
    address = page(found.pk, "withdraw/")
    assert office.post(address, {"because": ""}).status_code == 422
    assert office.post(address, {"because": "They wrote on Monday."}).status_code == 302
    assert stage(found.pk) == Stage.WITHDRAWN
    assert office.post(address, {"because": "Again"}).status_code == 422
    assert office.get(page(found.pk, "extend/")).status_code == 404


def test_a_frozen_copy_and_its_file(office: Client):
    found = make.submission()
    pk = found.portfolio.registration_id
    assert "This copy never changes" in office.get(page(pk, "submission/1/")).content.decode()
    assert office.get(page(pk, "submission/2/")).status_code == 404
    assert office.get("/office/file/999/").status_code == 404


def test_a_submission_taken_back_is_not_before_the_office(office: Client):
    found = make.submission()
    portfolios.take_back(found, by=make.owner_of(found.portfolio), at=timezone.now())
    assert office.get(page(found.portfolio.registration_id, "check/")).status_code == 404


def test_my_own_registration_and_one_i_assess_do_not_exist_here(office: Client, otis: Profile):
    own = make.submission(make.registration(otis)).portfolio.registration_id
    on = make.panel()
    second = make.place(on, Seat.SECOND)
    make.record_award(
        otis, edition=make.scheme().editions.get(), pathway="associate", issued_on=localdate(), number="otis",
        by=make.SYSTEM, at=make.AT,
    )  # fmt: skip
    make.assessments.volunteer(otis, at_most=3, areas=[], by=make.SYSTEM, at=make.AT)
    make.assessments.replace(second, person=otis.pk, by=make.office(), at=make.SOON)
    for pk in (own, on.registration_id):
        for rest in ("", "check/", "submission/1/", "payment/", "withdraw/", "release/", "panel/"):
            assert office.get(page(pk, rest)).status_code == 404, rest
        assert office.post(page(pk, "check/begin/")).status_code == 404
        assert page(pk) not in office.get("/office/pipeline/?stage=").content.decode()
        assert page(pk) not in office.get("/office/trail/").content.decode()
    make.hand_in(make.place(on, Seat.SECOND))
    assert office.get(page(on.registration_id)).status_code == 200
