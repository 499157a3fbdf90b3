"""Components: what they draw, in words as well as in colour."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from accredit.rulebook.workflow import Stage
from accredit.web.ui import formats, parts
from accredit.web.ui.differences import changes, compare
from accredit.web.ui.labels import OUTCOMES, STAGES, stage_look


def draw(text: str, **context: object) -> str:
    """Render a piece of template."""
    return Template("{% load ui %}" + text).render(Context(context))


def test_an_icon_is_silent_unless_it_is_named():
    assert 'aria-hidden="true"' in draw('{% icon "award" %}')
    assert 'role="img"' in draw('{% icon "award" label="Award" %}')
    assert "<svg" in draw('{% icon "no-such-icon" %}')


def test_what_people_type_is_escaped_everywhere():
    evil = '"><script>'
    for text in (
        "{% tag x %}",
        "{% button x name=x data_y=x %}",
        "{% link_button x x %}",
        "{% person_chip x x %}",
        "{% notice 'info' x %}{{ x }}{% endnotice %}",
        "{% disclosure x %}{{ x }}{% enddisclosure %}",
        "{% dialog 'a' x %}{{ x }}{% enddialog %}",
        "{% stat x x %}",
        "{% empty_state x x %}",
        "{% diff x x %}",
        "{% icon 'award' label=x %}",
        "{% progress 1 2 x %}",
    ):
        assert "<script>" not in draw(text, x=evil), text
        assert '"">' not in draw(text, x=evil), text


def test_every_stage_and_outcome_has_words_tone_and_icon():
    assert set(STAGES) == set(Stage)
    for stage in Stage:
        assert str(STAGES[stage].text) in draw("{% stage_tag s %}", s=stage.value)
    for effect in OUTCOMES:
        assert "<svg" in draw("{% outcome_tag e %}", e=effect)


def test_a_label_tells_a_candidate_nothing_of_the_panel():
    hidden = {
        Stage.APPOINTING,
        Stage.AGREEING,
        Stage.THIRD_ASSESSMENT,
        Stage.MODERATING,
        Stage.RATIFYING,
        Stage.HELD,
    }
    assert {stage_look(stage, "candidate") for stage in hidden} == {STAGES[Stage.ASSESSING]}


def test_a_table_has_caption_scopes_and_labels():
    table = parts.Table(
        "Who waits",
        [parts.Column("Name", is_head=True, sort="?s=1", sorted="up"), parts.Column("Words", is_number=True)],
        [[parts.Cell("Ada", "/ada/", note="Harrow Vale"), 912]],
    )
    page = draw("{% data_table t %}", t=table)
    for piece in (
        "<caption",
        'scope="col"',
        'scope="row"',
        'aria-sort="ascending"',
        'data-label="Words"',
        'href="/ada/"',
    ):
        assert piece in page
    assert "Nothing here yet." in draw("{% data_table t %}", t=parts.Table("x", table.columns, []))


def test_a_matrix_is_also_a_list():
    matrix = parts.Matrix("Sections", ["A", "B"], [parts.MatrixRow("Law", [True, False], "3a")])
    page = draw("{% matrix m %}", m=matrix)
    assert page.count("3a") == 2
    assert 'aria-label="Yes"' in page


def test_a_comparison_names_what_came_and_went():
    pieces = compare("We trained forty staff.", "I trained forty staff well.")
    assert [(piece.kind, piece.text) for piece in changes(pieces)] == [
        ("removed", "We "),
        ("added", "I "),
        ("added", "well"),
    ]
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == "I trained forty staff well."


def test_texts_that_share_only_stray_words_stand_whole_one_after_the_other():
    old = "I am a technologist at a college, and the bus runs once an hour from there to the town."
    new = "Since the autumn we also look after captions in a library."
    assert compare(old, new) == [parts.Piece("removed", old), parts.Piece("added", new)]
    assert [piece.kind for piece in compare(old, f"{old} {new}")] == ["same", "added"]


def test_tasks_progress_and_moments_are_words():
    page = draw(
        "{% task_list t %}{% progress 7 12 %}{% timeline m %}",
        t=[parts.Task("Law", "/3a/", "attention", "Add a reflection.", "3a")],
        m=[
            parts.Moment("Submitted", datetime(2027, 1, 31, 12, tzinfo=UTC)),
            parts.Moment("Due", date(2027, 4, 30)),
        ],
    )
    for words in (
        "Needs attention",
        "Add a reflection.",
        "7 of 12 sections ready",
        "31 January 2027, 12:00 UK time",
    ):
        assert words in page
    assert "30 April 2027</time>" in page


def test_stored_text_is_cleaned_again_when_it_is_shown():
    assert draw("{{ x|rich }}", x="<p onclick=a>ok</p><script>no</script>") == "<p>ok</p>"


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (Decimal("165.00"), "GBP", "£165"),
        ("94.5", "EUR", "€94.50"),
        (-20, "GBP", "−£20"),
        (1250, "SEK", "SEK 1,250"),
    ],
)
def test_money_reads_as_people_write_it(amount: Decimal, currency: str, shown: str):
    assert formats.money(amount, currency) == shown


def test_dates_name_their_zone():
    summer = datetime(2027, 7, 1, 11, 0, tzinfo=UTC)
    assert formats.moment(summer) == "1 July 2027, 12:00 UK time"
    assert formats.moment(summer, "UTC") == "1 July 2027, 11:00 UTC"
    assert formats.day(None) == formats.moment(None) == ""


def test_initials_of_long_and_short_names():
    assert [formats.initials(name) for name in ("Ada Maria Whitcombe", "Otis", "")] == ["AW", "O", ""]
