"""Plain text and back: no word and no address is lost, and what was not changed keeps its markup."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accredit.toolkit import plaintext
from accredit.toolkit.plaintext import from_text, to_text
from accredit.toolkit.richtext import clean_html, plain

PAIRS = [
    ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
    ("<p>One<br>two</p>", "One\ntwo"),
    ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
    ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
    ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
    ("<h3>Head</h3><p>Text</p>", "# Head\n\nText"),
    ("<blockquote><p>Said</p></blockquote>", "> Said"),
    ("<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>", "| a | b |"),
    ("<p>a <strong>b</strong> <em>c</em> <code>d</code></p>", "a **b** *c* `d`"),
    ("<p>x</p><hr><p>y</p>", "x\n\n---\n\ny"),
    ("<p>1 &lt; 2 &amp; 3</p>", "1 < 2 & 3"),
    ("<p>5 * 3 * 2</p>", "5 * 3 * 2"),
]


@pytest.mark.parametrize(("rich", "typed"), PAIRS)
def test_there_and_back(rich: str, typed: str) -> None:
    assert to_text(rich) == typed
    assert from_text(typed) == clean_html(rich)


def test_links_come_back_with_their_words() -> None:
    rich = clean_html('<p>See <a href="https://example.org/a_(b)">our page</a> now.</p>')
    typed = to_text(rich)
    assert typed == "See [our page](https://example.org/a_%28b%29) now."
    assert 'href="https://example.org/a_%28b%29"' in from_text(typed)
    assert ">our page</a>" in from_text(typed)
    assert 'href="https://example.org/x"' in from_text("At https://example.org/x.")
    assert "javascript" not in from_text("[x](javascript:alert(1))").replace("javascript:alert(1)", "")
    assert "<a" not in from_text("[x](javascript:alert(1))")


@pytest.mark.parametrize(("typed", "kept"), [
    ("1999. was a good year", "1999. was a good year"),
    ("4. not a list", "4. not a list"),
    ("<b>not bold</b> <script>", "&lt;b&gt;not bold&lt;/b&gt; &lt;script&gt;"),
    ("I did:\n- a\n- b", "<p>I did:</p><ul><li>a</li><li>b</li></ul>"),
    ("a\r\n\r\n\r\n\r\nb", "<p>a</p><p>b</p>"),
    ("\x00 \n\n", ""),
    ("|", "<p>|</p>"), ("*", "<p>*</p>"), ("#", "<p>#</p>"), ("-", "<p>-</p>"), ("[](", "<p>[](</p>"),
])  # fmt: skip
def test_what_people_type(typed: str, kept: str) -> None:
    assert kept in from_text(typed)
    assert from_text(to_text(from_text(typed))) == from_text(typed)


def test_what_was_not_changed_keeps_its_markup() -> None:
    table = '<table><tbody><tr><th colspan="2"><p>Head</p></th></tr></tbody></table>'
    rich = clean_html(f"<p>One</p>{table}<p>a <strong>b<br>c</strong></p>")
    changed = to_text(rich).replace("One", "One and more")
    found = from_text(changed, before=rich)
    assert found == rich.replace("One", "One and more")
    assert from_text(to_text(rich), before=rich) == rich


words = st.text("abz é漢0<&*[]()|#>-`.", min_size=1, max_size=12).map(
    lambda text: (
        text.replace("<", "&lt;").replace("&lt;&", "&lt;").replace("&", "&amp;").replace("&amp;lt;", "&lt;")
    )
)
inlines = st.recursive(
    words,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["strong", "em", "code"]), inner).map(lambda p: f"<{p[0]}>{p[1]}</{p[0]}>"),
        inner.map(lambda text: f'<a href="https://example.org/x">{text}</a>'),
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map("<br>".join),
    ),
    max_leaves=4,
)
lists = st.recursive(
    st.lists(inlines, min_size=1, max_size=3).map(
        lambda each: "<ul>" + "".join(f"<li>{e}</li>" for e in each) + "</ul>"
    ),
    lambda inner: st.tuples(inlines, inner).map(lambda p: f"<ol><li><p>{p[0]}</p>{p[1]}</li></ol>"),
    max_leaves=2,
)
blocks = st.one_of(
    inlines.map(lambda text: f"<p>{text}</p>"), lists, inlines.map(lambda text: f"<h3>{text}</h3>"),
    inlines.map(lambda text: f"<blockquote><p>{text}</p></blockquote>"),
    st.lists(inlines, min_size=1, max_size=2).map(
        lambda row: f"<table><tbody><tr>{''.join(f'<td>{each}</td>' for each in row)}</tr></tbody></table>"
    ),
)  # fmt: skip
documents = st.lists(blocks, min_size=1, max_size=4).map("".join).map(clean_html)


def letters(rich: str) -> str:
    """The letters and digits of a text, in their order; the numbers of lists are none of it."""
    return "".join(re.findall(r"[^\W_]", plain(rich)))


@settings(max_examples=150)
@given(documents)
def test_unchanged_text_comes_back_to_the_letter(rich: str) -> None:
    assert from_text(to_text(rich), before=rich) == rich


@settings(max_examples=150)
@given(documents)
def test_no_word_and_no_link_is_lost(rich: str) -> None:
    back = from_text(to_text(rich))
    assert sorted(letters(back)) == sorted(letters(rich)) or _with_numbers(rich, back)
    assert back.count('href="https://example.org/x"') >= min(1, rich.count('href="https://example.org/x"'))


def _with_numbers(rich: str, back: str) -> bool:
    """Whether nothing is missing: marks that became words may be more."""
    left = list(letters(back))
    for letter in letters(rich):
        if letter not in left:
            return False
        left.remove(letter)
    return True


@settings(max_examples=150)
@given(st.text("ab 0.1*#>|-[]()`\n<&", max_size=60))
def test_typed_text_keeps_every_letter(typed: str) -> None:
    found = from_text(typed)
    assert clean_html(found) == found
    assert _with_numbers(from_text(re.sub(r"[^\w\s]|\d", "", typed)), found)


def test_a_change_between_what_stands_alike_keeps_the_markup_around_it() -> None:
    rich = clean_html("<p><strong>a</strong></p><p>b</p><p><em>a</em></p>")
    assert from_text("**a**\n\nc\n\nd\n\n*a*", before=rich) == (
        "<p><strong>a</strong></p><p>c</p><p>d</p><p><em>a</em></p>"
    )
    assert from_text("*a*", before=rich) == "<p><em>a</em></p>"
    assert from_text("**a**", before=rich) == "<p><strong>a</strong></p>"


def test_thousands_of_blocks_that_repeat_are_not_compared_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    # Comparing them pair by pair would hold up the server for minutes.
    monkeypatch.setattr(plaintext, "SequenceMatcher", None)
    before = "<p>a</p>" * 30_000
    typed = "\n\n".join(["b", *["a"] * 15_000, "c", *["a"] * 15_000, "b"])
    assert to_text(from_text(typed, before=before)) == typed


def test_lists_of_two_kinds_in_turn_are_as_long_as_they_are() -> None:
    typed = "\n".join(["- a", "1. b"] * 3000)
    assert from_text(typed).count("<li>") == 6000
