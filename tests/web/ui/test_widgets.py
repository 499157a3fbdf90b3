"""Controls drawn in Python say what Django's own templates say; choices stand in our markup."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from accredit.web.ui.forms import Renderer

VALUES = st.one_of(
    st.none(),
    st.text(),
    st.integers(),
    st.just(mark_safe("<b>&amp;</b>")),
    st.just('"><script>alert(1)</script>'),
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["id", "class", "data-x", "maxlength", "required", "disabled", "aria-describedby"]),
    st.one_of(st.booleans(), st.text(), st.integers(), st.just(format_html("{}", "a & b"))),
)
PLAIN = (
    forms.TextInput,
    forms.NumberInput,
    forms.EmailInput,
    forms.URLInput,
    forms.PasswordInput,
    forms.HiddenInput,
    forms.Textarea,
    forms.CheckboxInput,
)


@pytest.mark.parametrize("kind", PLAIN)
@given(value=VALUES, attributes=ATTRIBUTES)
def test_a_plain_control_is_what_django_draws(
    kind: type[forms.Widget], value: Any, attributes: dict[str, Any]
) -> None:
    widget = kind()
    ours = widget.render('na"me', value, attributes, renderer=Renderer())
    theirs = widget.render('na"me', value, attributes, renderer=DjangoTemplates())
    assert ours.strip() == theirs.strip()


def test_choices_are_labelled_one_by_one_and_marked() -> None:
    widget = forms.RadioSelect(choices=[("a", "<A>"), ("Group", [("b", "B")])])
    drawn = widget.render("mark", "b", {"id": "id_mark", "class": "wide"}, renderer=Renderer())
    assert drawn.startswith('<div id="id_mark" class="choices wide">')
    assert '<label for="id_mark_0">&lt;A&gt;</label>' in drawn
    assert '<p class="choice-group">Group</p>' in drawn
    assert drawn.count("checked") == 1
    assert 'type="radio"' in drawn


def test_several_may_be_ticked() -> None:
    widget = forms.CheckboxSelectMultiple(choices=[("a", "A"), ("b", "B"), ("c", "C")])
    drawn = widget.render("slots", ["a", "c"], {"id": "id_slots"}, renderer=Renderer())
    assert drawn.count("checked") == 2
    assert drawn.count('type="checkbox"') == 3


def test_other_controls_are_left_to_their_templates() -> None:
    drawn = forms.Select(choices=[("a", "A")]).render("one", "a", {"id": "x"}, renderer=Renderer())
    assert drawn.startswith("<select")
