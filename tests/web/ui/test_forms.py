"""Forms: labels, hints and errors that belong together; refusals; rich text on the way in."""

import re

import pytest
from django import forms

from accredit.rulebook.faults import Code, fault
from accredit.toolkit.refusals import Refused
from accredit.web.ui.forms import DayField, Form, RichTextField, WordArea, YesNoField, problems
from accredit.wording import sentence


class Sample(Form):
    """One of each."""

    name = forms.CharField(label="Name", help_text="As on the certificate.")
    kind = forms.ChoiceField(
        label="Type", choices=[("law", "Law"), ("policy", "Policy")], widget=forms.RadioSelect
    )
    text = RichTextField(label="Description", words=300, required=False)
    note = forms.CharField(label="Note", widget=WordArea(words=50), required=False)
    on = DayField(label="Day", required=False)
    fine = YesNoField(label="May we ask you?", yes="Yes", no="No", required=False)
    agree = forms.BooleanField(label="I agree")


def test_optional_is_said_and_required_is_not():
    page = str(Sample())
    assert page.count("(optional)") == 4
    assert " required" not in page


def test_hint_error_and_count_are_tied_to_the_control():
    page = str(Sample({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-describedby="id_note_words"' in page
    assert 'id="id_note_words"' in page


def test_every_id_that_is_named_exists():
    page = str(Sample({}))
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    named = {
        name for group in re.findall(r'(?:aria-describedby|for)="([^"]+)"', page) for name in group.split()
    }
    assert named <= ids


def test_radios_stand_in_a_fieldset_with_a_legend():
    page = str(Sample())
    assert page.count("<fieldset") == page.count("<legend") == 2
    assert '<label for="id_kind_0">Law</label>' in page


def test_the_summary_leads_to_the_first_control():
    listed = {problem.href for problem in problems(Sample({}))}
    assert listed == {"#id_name", "#id_kind_0", "#id_agree"}


def test_a_refusal_becomes_errors_where_they_belong():
    form = Sample({"name": "Ada"})
    first, second, *_ = Code
    form.add_refusal(Refused(fault(first), fault(second)), {first: "name"})
    assert form.errors["name"] == [sentence(fault(first))]
    assert form.non_field_errors() == [sentence(fault(second))]
    assert 'value="Ada"' in str(form)


def test_rich_text_is_cleaned_on_the_way_in():
    form = Sample({"name": "x", "kind": "law", "agree": "on", "text": "<p onclick=x>a</p><script>b</script>"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == "<p>a</p>"
    assert form.cleaned_data["fine"] in ("", None)


def test_a_person_may_prefer_plain_text():
    field = RichTextField(label="x", plain=True)
    assert "data-django-prose-editor" not in field.widget.render("x", "", {"id": "id_x"})
    assert not str(field.widget.media)


def test_a_yes_or_no_is_a_truth_and_a_day_a_date():
    form = Sample({"name": "x", "kind": "law", "agree": "on", "fine": "no", "on": "31/01/2027"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["fine"] is False
    assert form.cleaned_data["on"].isoformat() == "2027-01-31"


DAYS = {"1900-01-01": True, "2199-12-31": True, "1899-12-31": False, "0026-11-01": False, "9999-12-31": False}


@pytest.mark.parametrize(("typed", "is_taken"), DAYS.items())
def test_a_day_with_a_mistyped_year_is_refused_in_words(typed: str, is_taken: bool):
    errors = Sample({"on": typed}).errors
    assert ("on" not in errors) == is_taken
    assert is_taken or errors["on"] == ["Check the year: it must lie between 1900 and 2199."]
