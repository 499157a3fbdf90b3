"""Rich text: what the sanitiser lets through, and how words are counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.toolkit.richtext import addresses_in, clean_html, plain, words_in

ATTACKS = [
    "<script>alert(1)</script>",
    "<p onclick=alert(1)>x</p>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java&#x0A;script:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='x'></object><embed src='x'>",
    "<form action='//evil.example'><input><button formaction='javascript:alert(1)'>x</button></form>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<style>*{display:none}</style><p>x</p>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<base href='//evil.example'>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<p>a<!-- --!><script>alert(1)</script> -->b</p>",
    "<<script>alert(1)//<</script>",
    "<p id='main' class='dialog' name='form' data-opens='x' hx-get='/x'>x</p>",
    "\x00<scr\x00ipt>alert(1)</script>",
    "<h3 onmouseover=alert(1)>x</h3>",
    "<h1><a href='javascript:alert(1)' onclick=alert(1)>x</a></h1>",
]
FORBIDDEN = (
    "<script",
    "<svg",
    "<img",
    "<iframe",
    "<style",
    "<form",
    "<object",
    "<meta",
    "<base",
    "javascript:",
)
ATTRIBUTES = (" on", " style=", " class=", " id=", " data-", " hx-", " srcdoc")


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_gets_through(attack: str):
    cleaned = clean_html(attack).lower()
    marks = "".join(part.split(">")[0] for part in cleaned.split("<")[1:])
    assert not [word for word in FORBIDDEN if word in cleaned]
    assert not [name for name in ATTRIBUTES if name in marks]
    assert clean_html(cleaned) == cleaned


@given(st.text(st.sampled_from("<>/&;\"' abhpi3=:x\n\x00"), max_size=60))
def test_cleaning_twice_changes_nothing(text: str):
    once = clean_html(text)
    assert clean_html(once) == once


def test_what_a_portfolio_needs_stays():
    text = (
        "<h3>What I did</h3><p>I <strong>ran</strong> <em>three</em> sessions.<br>And <code>x</code></p>"
        "<ul><li><p>One</p></li></ul><ol><li>Two</li></ol><blockquote><p>Said</p></blockquote><pre>a  b</pre>"
        '<hr><table><tbody><tr><th scope="col">Before</th><td colspan="2">61</td></tr></tbody></table>'
        '<p><a href="mailto:ada@example.org" rel="noopener">mail</a></p>'
    )
    assert clean_html(text) == text


def test_links_open_nothing_of_ours():
    assert clean_html('<a href="https://example.org" target="_blank">x</a>') == (
        '<a href="https://example.org" rel="noopener">x</a>'
    )


def test_old_marks_are_read_as_new_ones():
    assert clean_html("<p><b>a</b> <i>b</i></p>") == "<p><strong>a</strong> <em>b</em></p>"


@pytest.mark.parametrize(
    ("given_levels", "expected"),
    [("1 2 3", "3 4 5"), ("1 4 2", "3 4 3"), ("6", "3"), ("2 3 4 5 6", "3 4 5 5 5"), ("4 4 3 5", "3 3 3 4")],
)
def test_headings_start_at_three_and_never_skip(given_levels: str, expected: str):
    text = "".join(f"<h{level}>x</h{level}>" for level in given_levels.split())
    assert clean_html(text) == "".join(f"<h{level}>x</h{level}>" for level in expected.split())


def test_plain_text_becomes_paragraphs():
    assert clean_html("One & two < three\nnext line\n\nnew") == (
        "<p>One &amp; two &lt; three<br>next line</p><p>new</p>"
    )


@pytest.mark.parametrize("empty", ["", "  ", "<p></p>", "<p><br></p><p>&nbsp;</p>", "\n\n"])
def test_emptiness_is_the_empty_string(empty: str):
    assert clean_html(empty) == ""


def test_words_are_counted_as_people_count_them():
    assert (
        words_in("<p>It’s a well-known fact: see https://example.org/a.</p><ul><li>one</li><li>two</li></ul>")
        == 8
    )
    assert words_in("") == 0


def test_plain_gives_one_line_per_block():
    assert (
        plain("<h3>What</h3><p>I <em>did</em> &amp; why</p><ul><li>one</li></ul>") == "What\nI did & why\none"
    )


def test_addresses_are_those_of_links_to_the_web():
    text = clean_html(
        '<p><a href="https://a.example/?b=1&c=2">a</a> <a href="HTTP://B.example/">b</a> '
        '<a href="https://a.example/?b=1&c=2">again</a> <a href="mailto:a@b.example">c</a> '
        '<a href="/here">d</a> <a href="ftp://e.example/">e</a></p> https://typed.example/'
    )
    assert addresses_in(text) == ["https://a.example/?b=1&c=2", "HTTP://B.example/"]
    assert addresses_in("") == []
