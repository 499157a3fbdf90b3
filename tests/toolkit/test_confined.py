"""A child process with limits: it answers, refuses, breaks or is stopped, and sees none of our secrets."""

import time
from pathlib import Path

import pytest

from accredit.rulebook.faults import Code
from accredit.toolkit import confined
from accredit.toolkit.confined import MEBIBYTE, Broke, Limits, Overran, run
from accredit.toolkit.refusals import Refused

ROOT = Path(__file__).resolve().parents[2]
JOBS = "tests.toolkit.confined_jobs"


@pytest.fixture(autouse=True)
def _with_tests(monkeypatch):
    monkeypatch.setattr(confined, "SOURCES", f"{ROOT / 'src'}:{ROOT}")


def test_it_answers_and_says_what_it_took(tmp_path):
    done = run(f"{JOBS}:double", values={"number": 21}, folder=tmp_path)
    assert done.value == 42
    assert 5 * MEBIBYTE < done.peak < 200 * MEBIBYTE
    assert (tmp_path / "made.txt").read_text(encoding="utf-8") == "here"


def test_a_refusal_comes_through_with_its_values(tmp_path):
    with pytest.raises(Refused) as refused:
        run(f"{JOBS}:refuses", values={}, folder=tmp_path)
    assert refused.value.faults[0].code is Code.FILE_DAMAGED
    assert refused.value.faults[0].get("name") == "a.docx"


def test_what_breaks_says_its_last_line(tmp_path):
    with pytest.raises(Broke, match="KeyError: 'nothing here'"):
        run(f"{JOBS}:breaks", values={}, folder=tmp_path)


@pytest.mark.parametrize(
    ("job", "limits"),
    [
        ("eats", Limits(memory=300 * MEBIBYTE)),
        ("spins", Limits(processor=1)),
        ("recurses", Limits()),
    ],
)
def test_it_is_stopped_at_a_limit(tmp_path, job, limits):
    with pytest.raises(Overran):
        run(f"{JOBS}:{job}", values={}, folder=tmp_path, limits=limits)


def test_it_cannot_fill_the_disk(tmp_path):
    with pytest.raises((Overran, Broke)):
        run(f"{JOBS}:writes", values={}, folder=tmp_path, limits=Limits(largest_file=4 * MEBIBYTE))
    assert (tmp_path / "big").stat().st_size <= 4 * MEBIBYTE


def test_the_clock_stops_it_and_what_it_started(tmp_path):
    began = time.monotonic()
    with pytest.raises(Overran):
        run(f"{JOBS}:sleeps", values={"seconds": 60}, folder=tmp_path, limits=Limits(clock=1))
    assert time.monotonic() - began < 10


def test_no_secret_of_ours_is_in_its_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "do-not-tell")
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody:secret@db/accredit")
    seen = run(f"{JOBS}:environment", values={}, folder=tmp_path).value
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(seen)


def test_a_file_in_the_folder_takes_no_modules_place(tmp_path):
    (tmp_path / "colorsys.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    assert not run(f"{JOBS}:double_of_stranger", values={}, folder=tmp_path).value.startswith(str(tmp_path))
