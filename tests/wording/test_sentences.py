"""Every code has a sentence, and every sentence says its values."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from accredit.rulebook import faults
from accredit.rulebook.faults import Code, fault
from accredit.rulebook.terms import ExampleType, Finding
from accredit.rulebook.workflow import Move, Role, Stage
from accredit.wording import SENTENCES, sentence
from accredit.wording.links import ADVICE, FINDINGS
from accredit.wording.vocabulary import MOVES, ROLES, STAGES, TYPES, in_words

VALUES = re.compile(r"%\((\w+)\)s")


def test_no_code_is_without_a_sentence() -> None:
    assert set(SENTENCES) == set(Code), "write a sentence in accredit/wording for each of these codes"


@pytest.mark.parametrize("code", Code)
def test_a_sentence_says_all_its_values_and_ends(code: Code) -> None:
    names = VALUES.findall(str(SENTENCES[code]))
    values = {name: f"<{name}>" for name in names}
    with override("en"):
        told = sentence(fault(code, **values))
    assert all(value in told for value in values.values())
    assert told[-1] in ".?>", told
    assert not re.search("[%!]|successfully", told)


@pytest.mark.parametrize("code", Code)
def test_a_sentence_never_fails_for_want_of_a_value(code: Code) -> None:
    assert sentence(fault(code))


def test_the_values_named_beside_a_code_are_the_ones_its_sentence_may_use() -> None:
    """Comments in faults.py list values; a sentence that needs another one would show an ellipsis."""
    shared = {"section", "title", "name", "years", "have", "needed", "institution"}
    source = Path(faults.__file__).read_text()
    for code in Code:
        line = next(each for each in source.splitlines() if f'= "{code.value}"' in each)
        listed = set(re.findall(r"\w+", line.partition("#")[2]))
        needs = set(VALUES.findall(str(SENTENCES[code])))
        assert needs <= listed | shared, f"{code.name}: say in faults.py that it carries {needs - listed}"


def test_terms_are_put_into_words() -> None:
    assert in_words("types", "law, policy") == "law or policy"
    assert in_words("stage", "third_assessment") == "with a third assessor"
    assert in_words("title", "law, policy") == "law, policy"
    assert in_words("move", 3) == 3
    assert in_words("date", "2023-05-17") == "17 May 2023"
    assert in_words("date", "…") == "…"
    assert in_words("role", "nobody known") == "nobody known"


def test_every_term_has_words() -> None:
    assert set(TYPES) == set(ExampleType)
    assert set(STAGES) == set(Stage)
    assert set(FINDINGS) == set(ADVICE) == {"", *Finding}
    assert set(ROLES) == set(Role)
    assert set(MOVES) == set(Move)
