"""Second looks: drawn by policy and lot, drawn again from the seed, written down; the office's alone."""

from datetime import timedelta
from functools import partial

import pytest

from accredit.assessments import actions
from accredit.assessments.models import Outcome, Sample, Sampled
from accredit.assessments.queries import decided_between
from accredit.frameworks.actions import set_sampling
from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.rulebook.faults import Code
from accredit.rulebook.sampling import Policy
from accredit.rulebook.workflow import Role
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Refused
from tests import factories as make
from tests.factories import AT
from tests.web.assessor.conftest import browser_of

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def decided(number: int, outcome: str = "pass") -> list[Outcome]:
    revise = ("1a",) if outcome in {"minor", "major"} else ()
    made = [make.accepted(make.registration(make.person(f"P{each} Example"))) for each in range(number)]
    return [make.held(each, outcome=outcome, revise=revise) for each in made]


def draw(seed: str = "autumn", days: int = 0) -> Sample:
    scheme = Scheme.objects.get()
    return actions.draw_sample(
        scheme, since=TODAY - timedelta(days=days), until=TODAY, seed=seed, by=make.office(), at=AT
    )


def policy(**changes: object) -> None:
    bare: dict[str, object] = {"share": 0, "first": 0, "fails": False, "distinctions": False}
    chosen = Policy(**(bare | changes))  # type: ignore[arg-type]
    set_sampling(Scheme.objects.get(), policy=chosen, by=make.office(), at=AT)


def test_which_assessment_it_was_counts_what_was_made_before() -> None:
    (one,) = decided(1)
    (found,) = decided_between(Scheme.objects.get(), TODAY, TODAY)
    assert found.key == one.pk
    # The factory's assessors have three behind them.
    assert sorted(found.assessors.values()) == [4, 4]


def test_a_sample_is_drawn_again_from_its_seed() -> None:
    decided(6)
    policy(share=30)
    first, again = draw(), draw()
    keys = list(first.rows.values_list("outcome", flat=True))
    assert keys
    assert keys == list(again.rows.values_list("outcome", flat=True))
    assert (first.decisions, first.policy["share"]) == (6, 30)
    assert draw(seed="").seed != draw(seed="").seed


def test_what_was_set_aside_or_decided_on_other_days_is_not_drawn() -> None:
    one, other = decided(2)
    with allow_writes():
        Outcome.objects.filter(pk=one.pk).update(set_aside_at=AT)
        Outcome.objects.filter(pk=other.pk).update(decided_at=AT - timedelta(days=40))
    with pytest.raises(Refused) as refused:
        draw()
    assert refused.value.faults[0].code is Code.NOTHING_DECIDED
    assert draw(days=60).decisions == 1


def test_refusals() -> None:
    (outcome,) = decided(1)
    policy(share=100)
    scheme, row = Scheme.objects.get(), draw().rows.get()

    def code(step: object, **changes: object) -> Code:
        with pytest.raises(Refused) as refused:
            step(**changes)  # type: ignore[operator]
        return refused.value.faults[0].code

    days = {"since": TODAY, "until": TODAY - timedelta(days=1)}
    lena = make.as_assessor(make.place(outcome.panel, "lead"))
    own = Actor(outcome.panel.registration.person_id, Role.OFFICE)
    look = {"sampled": row, "found": "All well.", "done": "", "at": AT}
    draws = partial(code, actions.draw_sample, scheme=scheme, at=AT, **days)
    assert draws(by=make.office()) is Code.DAYS_END_BEFORE_START
    assert draws(by=lena) is Code.ROLE_NOT_PERMITTED
    assert code(actions.record_second_look, **look, by=lena) is Code.ROLE_NOT_PERMITTED
    assert code(actions.record_second_look, **look, by=own) is Code.OWN_DECISION
    nothing = look | {"found": " "}
    assert code(actions.record_second_look, **nothing, by=make.office()) is Code.FINDING_MISSING
    for wrong in (Policy(101), Policy(-1), Policy(0, 21), Policy(0, -1)):
        given = {"scheme": scheme, "policy": wrong, "by": make.office(), "at": AT}
        assert code(set_sampling, **given) is Code.WEIGHT_OUT_OF_RANGE
    assert not Sampled.objects.filter(looked_at__isnull=False).exists()


def test_the_office_draws_looks_and_writes_down() -> None:
    decided(2)
    scheme = Scheme.objects.get()
    otto = make.office()
    browser = browser_of(Profile.objects.get(pk=otto.person))
    here = f"/office/statistics/second-looks/{scheme.code}/"
    assert "No sample has been drawn yet" in browser.get(here).content.decode()
    for wrong in ({}, {"since": "soon", "until": ""}, {"since": "2026-11-02", "until": "2026-11-01"}):
        assert browser.post(here, wrong).status_code == 422, wrong
    assert browser.post(here, {"policy": "1", "share": "101", "first": "0"}).status_code == 422
    assert browser.post(here, {"policy": "1", "share": "100", "first": "0"})["Location"] == here
    assert browser.post(here, {"since": str(TODAY), "until": str(TODAY)})["Location"] == here
    sample = Sample.objects.get()
    page = browser.get(f"/office/statistics/second-looks/sample/{sample.pk}/").content.decode()
    assert "share of Lena Example" in page
    row = sample.rows.first()
    assert row is not None
    one = f"/office/statistics/second-looks/decision/{row.pk}/"
    assert browser.post(one, {"found": " "}).status_code == 422
    browser.post(one, {"found": "Comments were thin.", "done": "Spoke with them."})
    assert "Comments were thin." in browser.get(one).content.decode()
    assert "Done" in browser.get(f"/office/statistics/second-looks/sample/{sample.pk}/").content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_the_lists_ask_little_at_any_size(size: int, django_assert_max_num_queries: object) -> None:
    decided(size)
    policy(share=100)
    sample, browser = draw(), browser_of(Profile.objects.get(pk=make.office().person))
    row = sample.rows.order_by("pk")[0]
    for path in (f"{Scheme.objects.get().code}/", f"sample/{sample.pk}/", f"decision/{row.pk}/"):
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            assert browser.get(f"/office/statistics/second-looks/{path}").status_code == 200
