"""The trail in words: every decision the program records has its sentence."""

import re

import pytest

from accredit.rulebook.workflow import Move
from accredit.trail.models import Row
from accredit.web.office.reads.telling import WHAT, tell
from tests.house.source import SRC

RECORDED = re.compile(r"""record\(\s*"([a-z_]+)\"""")


def test_every_recorded_decision_has_words():
    found = {
        what for path in SRC.rglob("actions*/**/*.py") for what in RECORDED.findall(path.read_text("utf-8"))
    }
    found |= {what for path in SRC.rglob("actions.py") for what in RECORDED.findall(path.read_text("utf-8"))}
    assert len(found) > 20
    assert not (found | {each.value for each in Move}) - set(WHAT)


@pytest.mark.django_db
@pytest.mark.parametrize("what", sorted(WHAT))
def test_words_survive_rows_that_say_less(what: str):
    row = Row(what=what, actor_role="office", data={"round": 1})
    assert tell([row], {}, {})[0].text


@pytest.mark.django_db
def test_the_thread_of_the_panel_stays_with_the_panel():
    row = Row(what="outcome_proposed", actor_role="assessor", data={"outcome": "pass"})
    assert "pass" not in tell([row], {"pass": "Pass"}, {"pass": "Pass"})[0].text
