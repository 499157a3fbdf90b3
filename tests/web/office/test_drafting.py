"""The allocation console: begun, looked at, changed by hand, brought as a table, published, refused."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accredit.allocation.solving import solve
from accredit.assessments import actions
from accredit.assessments.models import Appointment, Draft, DraftSeat, Run
from accredit.assessments.queries import problem_of
from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actor import Actor
from tests import factories as make

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DUE = TODAY + timedelta(days=28)


def waiting(*names: str) -> list[Registration]:
    found = []
    for name in names:
        made = make.accepted(make.registration(make.person(name)), at=timezone.now())
        found.append(Registration.objects.get(pk=made.portfolio.registration_id))
    return found


def console() -> str:
    return f"/office/panels/{Scheme.objects.get().code}/"


def assessors(*names: str, at_most: int = 3) -> list[Profile]:
    return [make.assessor(name, at_most=at_most) for name in names]


def begun(office: Client, *names: str) -> Draft:
    waiting(*names)
    answer = office.post(console(), {"pathways": ["associate"], "due_on": f"{DUE}", "limit": "20"})
    assert answer.status_code == 302, answer.content.decode()
    return Draft.objects.get(published_at=None, dropped_at=None)


def worked_out(draft: Draft) -> Run:
    run = Run.objects.select_related("draft__scheme").get(draft=draft, ended_at=None)
    problem = problem_of(draft, TODAY)
    assert actions.finish_run(run, problem=problem, answer=solve(problem, seconds=20), at=timezone.now())
    return run


def test_from_the_start_to_the_invitations(office: Client) -> None:
    assessors("Lena Lund", "Omar Orr", "Nell North", "Iris Ives", at_most=1)
    make.scheme()
    draft = begun(office, "Ada Abel", "Ben Bone")
    page = office.get(console()).content.decode()
    assert "The panels are being worked out" in page
    assert "Stop, and take the best found so far" in page
    worked_out(draft)
    page = office.get(console()).content.decode()
    assert "no panels could serve it better" in page
    assert ">Unlock<" not in page
    for name in ("Ada Abel", "Ben Bone", "Lena Lund", "Omar Orr"):
        assert name in page
    page = office.get(f"{console()}publish/").content.decode()
    assert "This appoints 2 panels." in page
    assert "Iris Ives" in page
    answer = office.post(f"{console()}publish/", {"due_on": f"{DUE}"})
    assert answer.status_code == 302
    assert Appointment.objects.count() == 4
    assert set(Registration.objects.values_list("stage", flat=True)) == {Stage.ASSESSING.value}
    assert "No portfolio waits for a panel" in office.get(console()).content.decode()
    assert office.post(f"{console()}publish/", {"due_on": f"{DUE}"}).status_code == 404


def test_a_day_that_has_passed_is_said_at_the_field(office: Client) -> None:
    assessors("Lena Lund", "Omar Orr")
    make.scheme()
    worked_out(begun(office, "Ada Abel"))
    for sent in ({"due_on": "2020-01-01"}, {"due_on": "nonsense"}, {}):
        answer = office.post(f"{console()}publish/", sent)
        assert answer.status_code == 422
        assert "Who gets an invitation" in answer.content.decode()
    assert not Appointment.objects.exists()


def test_one_panel_is_explained_and_changed(office: Client) -> None:
    assessors("Lena Lund", "Omar Orr", "Nell North")
    make.scheme()
    draft = begun(office, "Ada Abel")
    worked_out(draft)
    row = draft.panels.get()
    here = f"{console()}of/{row.registration_id}/"
    page = office.get(here).content.decode()
    assert "experience at this pathway" in page
    assert "Who was close, and why not" in page
    seat = DraftSeat.objects.filter(panel=row)[0]
    assert office.post(here, {"do": "lock", "seat": seat.pk}).url == here  # type: ignore[attr-defined]
    assert "Unlock" in office.get(here).content.decode()
    answer = office.post(here, {"do": "off", "person": seat.person_id})
    assert answer.status_code == 302
    page = office.get(here).content.decode()
    assert "Kept off this panel" in page
    assert "What is wrong with this panel" in page
    assert "0 of 0 are shown" in office.get(f"{here}others/?wanted=nobody+like+this").content.decode()
    page = office.get(f"{here}others/?wanted={quote(seat.person.name)}").content.decode()
    assert "1 of 1 are shown" in page
    free = [each for each in ("lead", "second") if not row.seats.filter(seat=each).exists()]
    unseated = Profile.objects.filter(name__in=["Lena Lund", "Omar Orr", "Nell North"]).exclude(
        pk__in=[*row.seats.values_list("person", flat=True), seat.person_id]
    )
    office.post(here, {"do": "give", "to": f"{unseated.get().pk}:{free[0]}"})
    assert row.seats.count() == 2
    office.post(here, {"do": "on", "person": seat.person_id})
    assert "Kept off this panel" not in office.get(here).content.decode()
    assert office.post(here, {"do": "out"}).url == console()  # type: ignore[attr-defined]
    assert office.get(here).status_code == 404
    assert "No panel of this draft" in office.get(console()).content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"do": "give", "to": "x:lead"},
        {"do": "give", "to": "1:boss"},
        {"do": "lock", "seat": "99999999999999999999"},
        {"do": "lock", "seat": "1"},
        {"do": "off", "person": "-1"},
        {"do": "swap", "seat": "1", "with": "2"},
    ],
)
def test_nonsense_is_not_found_and_changes_nothing(office: Client, sent: dict[str, str]) -> None:
    make.scheme()
    draft = begun(office, "Ada Abel")
    worked_out(draft)
    assert office.post(f"{console()}of/{draft.panels.get().registration_id}/", sent).status_code == 404


def test_two_swap_from_the_list_of_others(office: Client) -> None:
    assessors("Lena Lund", "Omar Orr", "Nell North", "Iris Ives", at_most=1)
    make.scheme()
    draft = begun(office, "Ada Abel", "Ben Bone")
    worked_out(draft)
    one, other = (each.seats.order_by("pk")[0] for each in draft.panels.order_by("pk"))
    here = f"{console()}of/{one.panel.registration_id}/"
    page = office.get(f"{here}others/").content.decode()
    assert f'value="{other.pk}"' in page
    office.post(here, {"do": "swap", "seat": one.pk, "with": other.pk})
    assert set(one.panel.seats.values_list("person", flat=True)) >= {other.person_id}


def test_a_refusal_says_what_and_the_page_stays(office: Client) -> None:
    make.scheme()
    draft = begun(office, "Ada Abel")
    here = f"{console()}of/{draft.panels.get().registration_id}/"
    answer = office.post(here, {"do": "out"})
    assert answer.status_code == 409
    assert "The panels are being worked out. Wait until that has ended" in answer.content.decode()
    answer = office.post(f"{console()}publish/", {"due_on": f"{DUE}"})
    assert answer.status_code == 409
    assert "Nothing was published" in answer.content.decode()


def test_what_would_help_is_said(office: Client) -> None:
    assessors("Lena Lund")
    make.scheme()
    draft = begun(office, "Ada Abel")
    worked_out(draft)
    page = office.get(console()).content.decode()
    assert "There are no panels that keep every rule" in page
    assert "One new assessor with a place, for Ada Abel." in page
    page = office.post(f"{console()}publish/", {"due_on": f"{DUE}"}).content.decode()
    assert "Nothing was published: 1 of the panels break a rule" in page


def test_stopping_adding_and_dropping(office: Client) -> None:
    assessors("Lena Lund", "Omar Orr")
    make.scheme()
    draft = begun(office, "Ada Abel")
    work = f"{console()}work/"
    office.post(work, {"do": "stop"})
    assert Run.objects.get().stop_asked_at is not None
    assert "Stopping" in office.get(console()).content.decode()
    worked_out(draft)
    waiting("Ben Bone")
    assert "1 portfolio was added." in office.post(work, {"do": "add"}, follow=True).content.decode()
    assert "Nothing else waits" in office.post(work, {"do": "add"}, follow=True).content.decode()
    office.post(work, {"do": "again", "limit": "9"})
    assert Run.objects.order_by("-pk")[0].limit == 9
    office.post(work, {"do": "drop"})
    assert "Draft the panels of everybody" in office.get(console()).content.decode()
    assert office.post(work, {"do": "drop"}).status_code == 404
    assert office.post(work, {"do": "nonsense"}).status_code == 404


def test_the_form_says_what_is_missing(office: Client) -> None:
    make.scheme()
    waiting("Ada Abel")
    for sent in ({}, {"pathways": ["nonsense"], "due_on": f"{DUE}", "limit": "9"}):
        assert office.post(console(), sent).status_code == 422
    past = {"pathways": ["associate"], "due_on": "2020-01-01", "limit": "9"}
    assert office.post(console(), past).status_code == 422
    assert not Draft.objects.exists()


class TestTable:
    def drafted(self, office: Client) -> Draft:
        assessors("Lena Lund", "Omar Orr", "Nell North")
        make.scheme()
        draft = begun(office, "Ada Abel")
        worked_out(draft)
        return draft

    def send(self, office: Client, text: str | bytes, **more: str) -> tuple[int, str]:
        content = text.encode() if isinstance(text, str) else text
        answer = office.post(f"{console()}table/take/", {"file": SimpleUploadedFile("t.csv", content)} | more)
        return answer.status_code, answer.content.decode()

    def test_there_and_back(self, office: Client) -> None:
        draft = self.drafted(office)
        sent = b"".join(office.get(f"{console()}table/").streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
        assert "Ada Abel" in sent
        status, page = self.send(office, sent)
        assert status == 200
        assert "The table says what the draft says already." in page
        spare = (
            Profile.objects.filter(name__in=["Lena Lund", "Omar Orr", "Nell North"])
            .exclude(pk__in=DraftSeat.objects.values("person"))
            .get()
        )
        second = DraftSeat.objects.get(seat="second").person.name
        changed = sent.replace(second, spare.name)
        status, page = self.send(office, changed)
        assert "What would change" in page
        assert DraftSeat.objects.get(seat="second").person.name == second
        answer = office.post(f"{console()}table/take/", {"text": changed, "take": "1"}, follow=True)
        assert "1 seat changed." in answer.content.decode()
        assert DraftSeat.objects.get(seat="second").person == spare
        assert draft.panels.get().seats.filter(is_locked=True).count() == 2

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "file is empty"),
            ("nonsense", "cannot be read"),
            ("number,seat,assessor\n", "has no rows"),
            ("number,seat,assessor\nR-999999,lead,Lena Lund\n", "Row 2: no portfolio of the draft"),
            ("number,seat,assessor\n{ref},boss,Lena Lund\n", "Row 2: boss is no seat"),
            (
                "number,seat,assessor\n{ref},lead,Nobody\n",
                "Row 2: no assessor who takes part is called Nobody",
            ),
            ("number,seat\n{ref},lead\n", "must name the columns"),
            (b"\xff\xfe\x00", "no text in UTF-8"),
            ("x" * 600_000, "larger than any such table"),
            ("number;seat;assessor\n{ref};<b>;=1+1\n", "&lt;b&gt; is no seat"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_changes(
        self, office: Client, text: str | bytes, said: str
    ) -> None:
        self.drafted(office)
        before = list(DraftSeat.objects.order_by("pk").values())
        if isinstance(text, str):
            text = text.replace("{ref}", Registration.objects.get().reference)
        status, page = self.send(office, text, take="1")
        assert status == 422
        assert said in page
        assert list(DraftSeat.objects.order_by("pk").values()) == before


def test_weights_runs_and_forecast(office: Client) -> None:
    assessors("Lena Lund", "Omar Orr")
    make.scheme()
    draft = begun(office, "Ada Abel")
    run = worked_out(draft)
    office.post(
        f"{console()}weights/",
        {"areas": "80", "sector": "0", "experience": "5", "suggested": "0", "newcomer": "1", "language": "0"},
    )
    assert Scheme.objects.get().fit_weights["areas"] == 80
    assert office.post(f"{console()}weights/", {"areas": "101"}).status_code == 422
    page = office.get(f"{console()}runs/").content.decode()
    assert "1 panels, the worst served" in page
    answer = office.get(f"{console()}runs/{run.pk}/problem/")
    assert answer.json()["format"] == "accredit-allocation-problem"
    assert "Ada" not in answer.content.decode()
    assert office.get(f"{console()}runs/{run.pk}/nonsense/").status_code == 404
    assert office.get(f"{console()}runs/999999/problem/").status_code == 404
    page = office.get(f"{console()}forecast/").content.decode()
    assert f"{timezone.localdate():%B %Y}" in page
    assert "2 / 6" in page


def test_nobody_of_the_office_meets_their_own_portfolio(office: Client, otis: Profile) -> None:
    assessors("Lena Lund", "Omar Orr")
    make.scheme()
    own = make.accepted(make.registration(otis), at=timezone.now()).portfolio.registration_id
    clerk = Actor(person=make.person("Cleo Clerk").pk, role=Role.OFFICE)
    draft = actions.draft_panels(
        Scheme.objects.get(), registrations=[own], due_on=DUE, by=clerk, at=timezone.now()
    )
    worked_out(draft)
    page = office.get(console()).content.decode()
    assert "Lena" not in page
    assert "Omar" not in page
    assert office.get(f"{console()}of/{own}/").status_code == 404
    table = b"".join(office.get(f"{console()}table/").streaming_content).decode()  # type: ignore[arg-type]
    assert "Lena" not in table
    assert office.post(f"{console()}publish/", {"due_on": f"{DUE}"}).status_code == 409
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("path", ["", "publish/", "table/", "table/take/", "runs/", "forecast/"])
def test_as_many_queries_for_three_as_for_one(
    office: Client, queries: Callable[[str], int], path: str
) -> None:
    assessors("Lena Lund", "Omar Orr", "Nell North", "Iris Ives")
    make.scheme()
    draft = begun(office, "Ada Abel")
    worked_out(draft)
    first = queries(f"{console()}{path}")
    waiting("Ben Bone", "Cleo Cole")
    office.post(f"{console()}work/", {"do": "add"})
    actions.rerun(draft, limit=9, by=Actor(person=None, role=Role.OFFICE), at=timezone.now())
    worked_out(draft)
    assert queries(f"{console()}{path}") == first <= 12


@pytest.mark.parametrize("path", ["", "others/"])
def test_a_panel_is_within_its_queries(office: Client, queries: Callable[[str], int], path: str) -> None:
    assessors("Lena Lund", "Omar Orr", "Nell North")
    make.scheme()
    draft = begun(office, "Ada Abel")
    worked_out(draft)
    here = f"{console()}of/{draft.panels.get().registration_id}/{path}"
    first = queries(here)
    assessors("Iris Ives", "Una Upton")
    assert queries(here) == first <= 12


def test_somebody_late_is_relieved_with_one_button(office: Client) -> None:
    at = timezone.now()
    panel = make.panel(make.accepted(at=at), at=at - timedelta(days=60))
    place = make.place(panel, "second")
    here = f"/office/registration/{panel.registration_id}/panel/relieve/{place.pk}/"
    assert here in office.get("/office/").content.decode()
    assert "Relieve them" in office.get(here).content.decode()
    page = office.post(here, follow=True).content.decode()
    assert "Relieved, and told so by e-mail." in page
    assert Draft.objects.get().is_repair
    page = office.post(here, follow=True).content.decode()
    assert Appointment.objects.filter(ended_because="relieved").count() == 1
    assert "can no longer be given" in office.get(here, follow=True).content.decode()
    other = make.panel(make.accepted(make.registration(make.person("Ben"))))
    strange = make.place(other, "second").pk
    assert office.get(here.replace(f"/{place.pk}/", f"/{strange}/")).status_code == 404
