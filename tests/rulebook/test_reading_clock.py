"""The clock as documents say it: read, left out, refused."""

import pytest

from accredit.rulebook.elements import Clock
from accredit.rulebook.reading import BadEdition, read_edition
from tests.rulebook.editions import document, edition

NAME = "orchard-2025"


def test_what_the_document_says_is_read() -> None:
    assert edition(NAME).clock == Clock(5, (2, 4), (7, 2), (1, 4), 7, (5, 10))


def test_an_edition_may_say_nothing_of_it() -> None:
    assert edition("cmalt-2016").clock == Clock()


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("[2, 2]", "clock.answer_reminders: names a number of days twice"),
        ("3", "clock.answer_reminders: must be a list of at most ten numbers of days"),
        (
            "[1,2,3,4,5,6,7,8,9,10,11]",
            "clock.answer_reminders: must be a list of at most ten numbers of days",
        ),
        ("[-1]", "clock.answer_reminders[1]: must be a whole number from 0 to 366"),
        ('["soon"]', "clock.answer_reminders[1]: must be a whole number from 0 to 366"),
    ],
)
def test_days_that_are_none_are_refused(given: str, problem: str) -> None:
    text = document(NAME)
    assert "answer_reminders = [2, 4]" in text
    with pytest.raises(BadEdition) as refused:
        read_edition(text.replace("answer_reminders = [2, 4]", f"answer_reminders = {given}"))
    assert problem in str(refused.value)
