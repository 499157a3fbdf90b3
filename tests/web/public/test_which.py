"""The questionnaire: it suggests, explains and keeps nothing."""

import pytest
from django.test import Client

from accredit.frameworks.queries import edition_in_force, rules_of
from accredit.rulebook.framework import Edition
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules() -> Edition:
    """The rules in force."""
    return rules_of(edition_in_force(factories.scheme(), factories.AT.date()))


def answers_for(rules: Edition, pathway: str) -> dict[str, str]:
    """To each question the answer that speaks most for a pathway."""
    return {
        question.code: max(question.answers, key=lambda answer: dict(answer.leanings).get(pathway, 0)).code
        for question in rules.questionnaire
    }


@pytest.mark.parametrize("pathway", ["associate", "cmalt", "senior"])
def test_answers_for_a_pathway_suggest_it_and_say_why(client: Client, rules: Edition, pathway: str) -> None:
    response = client.get("/which-pathway/", answers_for(rules, pathway))
    page = response.content.decode()
    assert f"We suggest {rules.pathway(pathway).title}" in page
    assert "Why" in page
    assert not response.cookies
    assert "checked" in page


def test_a_question_left_out_is_named_and_answers_are_kept(client: Client, rules: Edition) -> None:
    answers = answers_for(rules, "cmalt")
    left_out = answers.popitem()[0]
    page = client.get("/which-pathway/", answers).content.decode()
    assert "We suggest" not in page
    assert "There is one thing to mend" in page
    assert page.count("checked") == len(answers)
    assert f'href="#id_{left_out}_0"' in page


@pytest.mark.parametrize("value", ["nonsense", "", "x" * 5000, "\x00", "<script>alert(1)</script>"])
def test_hostile_answers_are_refused_as_answers(client: Client, rules: Edition, value: str) -> None:
    answers = dict.fromkeys(answers_for(rules, "cmalt"), value)
    response = client.get("/which-pathway/", answers)
    assert response.status_code == 200
    assert "We suggest" not in response.content.decode()
    assert "<script>alert" not in response.content.decode()


def test_unknown_parameters_do_no_harm(client: Client, rules: Edition) -> None:
    assert client.get("/which-pathway/?utm_source=letter").status_code == 200
