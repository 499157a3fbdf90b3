"""The Word template goes out and comes back: unchanged nothing differs, changed only that section does."""

import io

import pytest
from docx import Document

from accredit.exchange.queries import proposals_of
from accredit.exchange.queries.template import filled_of, words_of
from accredit.exchange.writers.template import INSTRUCTION, template_of
from accredit.portfolios.models import Portfolio
from accredit.portfolios.queries import EntryContent, ExampleContent, entry_at
from accredit.toolkit.richtext import plain
from tests import factories as make
from tests.exchange.test_actions_imports import brought, said, take

pytestmark = pytest.mark.django_db
RICH = (
    "<h3>How it began</h3><p>I chose <strong>two</strong> of <em>five</em>, after "
    '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener">the review</a>.</p>'
    "<ul><li>First<ul><li>Within</li></ul></li><li>Second</li></ul><ol><li>One</li><li>Two</li></ol>"
    "<table><tbody><tr><th>Year</th><th>Users</th></tr><tr><td>2025</td><td>1,204</td></tr></tbody></table>"
    "<blockquote><p>It helped me.</p></blockquote><pre><code>x = 1</code></pre>"
    "<p>Ends &amp; stays &lt;here&gt;.</p>"
)


@pytest.fixture
def full() -> Portfolio:
    """A complete Senior portfolio with rich texts in it."""
    draft = make.complete_portfolio(pathway="senior")
    example = ExampleContent(title="Quizzes: moving them", description=RICH, reflection="<p>I learnt.</p>")
    write(draft, "1a", EntryContent(examples=(example, ExampleContent(description="<p>Two.</p>"))))
    write(draft, "context", EntryContent(text=RICH))
    return draft


def write(draft: Portfolio, slot: str, content: EntryContent) -> None:
    """Write a slot."""
    entry = entry_at(draft, slot)
    assert entry is not None
    make.write(entry, content)


def template(draft: Portfolio) -> bytes:
    """The template of a draft."""
    return template_of(filled_of(draft), words=words_of("Senior"), language="en-GB")


def changed(content: bytes, style: str, old: str, new: str) -> bytes:
    """The document with one paragraph's words replaced."""
    document = Document(io.BytesIO(content))
    (paragraph,) = [each for each in document.paragraphs if each.text == old and each.style.name == style]
    paragraph.runs[0].text = new
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize("pathway", ["associate", "cmalt", "senior"])
def test_an_untouched_template_differs_nowhere(pathway):
    draft = make.complete_portfolio(pathway=pathway)
    proposals, notes = proposals_of(brought(draft, template(draft)))
    assert {each.slot.code: each.choices for each in proposals if each.choices} == {}
    assert len(proposals) >= 7
    assert notes == ()


def test_rich_texts_come_back_as_they_went(full):
    found = brought(full, template(full))
    assert {each.slot.code: each.choices for each in proposals_of(found)[0] if each.choices} == {}
    assert found.outline["loose"] == []
    assert all(each["place"] for each in found.outline["stretches"])


def test_one_changed_sentence_is_one_difference(full):
    content = changed(template(full), "Normal", "I learnt.", "I learnt it late.")
    found = brought(full, content)
    differing = [each for each in proposals_of(found)[0] if each.choices]
    assert [each.slot.code for each in differing] == ["1a"]
    take(found, full, **{"1a": "take"})
    one, two = said(full, "1a").examples
    assert plain(one.reflection) == "I learnt it late."
    assert (one.title, plain(two.description)) == ("Quizzes: moving them", "Two.")
    again = brought(full, template(full), at=make.LATER)
    assert not [each for each in proposals_of(again)[0] if each.choices]


def test_what_is_written_over_a_grey_line_is_text(full):
    content = template(full)
    grey = [each.text for each in Document(io.BytesIO(content)).paragraphs if each.style.name == INSTRUCTION]
    line = next(each for each in grey if grey.count(each) == 1 and len(each.split()) > 8)
    found = brought(full, changed(content, INSTRUCTION, line, "My own words over the guidance."))
    assert "My own words over the guidance." in str(found.outline["stretches"])
    assert line not in str(found.outline)


def test_an_empty_template_asks_everything_and_says_nothing():
    draft = make.portfolio(pathway="cmalt")
    content = template(draft)
    heads = [each.text for each in Document(io.BytesIO(content)).paragraphs if each.style.name == "Heading 1"]
    assert heads[0] == "Contextual statement"
    assert "5a Specialist area 1" in heads
    found = brought(draft, content)
    assert not [each for each in proposals_of(found)[0] if each.choices]


def test_text_typed_into_an_empty_template_goes_where_it_was_typed():
    draft = make.portfolio(pathway="cmalt")
    document = Document(io.BytesIO(template(draft)))
    heads = [n for n, each in enumerate(document.paragraphs) if each.text == "Reflection"]
    document.paragraphs[heads[1] + 1].text = "I would ask sooner."
    made = io.BytesIO()
    document.save(made)
    found = brought(draft, made.getvalue())
    take(found, draft, **{"1b": "take"})
    assert plain(said(draft, "1b").examples[0].reflection) == "I would ask sooner."
