"""“I” or “we”: counted in English text alone, without what is quoted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accredit.rulebook.voice import FEWEST_WORDS, Voice, is_english, voice_of

# Forty words and more of running English without a first person.
PROSE = (
    "The new tool was introduced because the tutors had asked for a way to see which of the students were "
    "falling behind, and it has been used in all courses of the school from the first week of the term; "
    "the numbers that they gave were checked with care. "
)
DUTCH = (
    "In dit voorbeeld hebben we onze docenten geholpen met het ontwerpen van een nieuwe cursus, waarin wij "
    "samen met studenten hebben gekeken naar wat er beter kon, en of de toetsen nog pasten bij de doelen van "
    "de opleiding; daarna hebben we alles opnieuw besproken met het team. "
)
WELSH = (
    "Yn yr enghraifft hon fe wnes i helpu tiwtoriaid y coleg i gynllunio cwrs newydd ar lein, gan weithio "
    "gyda myfyrwyr i weld beth oedd yn gweithio a beth oedd angen ei newid, ac wedyn fe wnaethom ni drafod "
    "y cyfan eto gyda'r tîm cyn dechrau'r tymor nesaf yn yr hydref. "
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PROSE, Voice()),
        (PROSE + "We met. Our plan was ours; it helped us, and we planned it ourselves.", Voice(we=6)),
        (PROSE + "I wrote my own plan by myself; the idea was mine and it came to me.", Voice(i=5)),
        (PROSE + "I'm sure I've asked; we’re glad we'd met.", Voice(we=2, i=2)),
        (PROSE + "WE and I", Voice(we=1, i=1)),
        (PROSE + "The US is a country, part i of the plan, i.e. the first.", Voice()),
        (PROSE + 'One said: “we and our team”, and another "us", a third ‘we did’.', Voice()),
        (PROSE + "It is the tutors' plan, and we don't know the students’ view.", Voice(we=1)),
        ("We did our best for us. I did my own.", Voice()),
        (DUTCH, Voice()),
        (WELSH, Voice()),
        ("", Voice()),
    ],
)
def test_first_persons(text: str, expected: Voice) -> None:
    assert voice_of(text) == expected


def test_a_language_needs_words_enough() -> None:
    words = PROSE.split()
    assert is_english(words)
    assert not is_english(words[: FEWEST_WORDS - 1])


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_any_text_has_a_voice(text: str) -> None:
    found = voice_of(text)
    assert found.we >= 0
    assert found.i >= 0


@settings(max_examples=30)
@given(st.integers(0, 9), st.integers(0, 9))
def test_each_person_is_counted_and_a_quotation_is_not(we: int, i: int) -> None:
    text = PROSE + "we spoke. " * we + "I wrote. " * i
    assert voice_of(text) == Voice(we, i)
    assert voice_of(f"{text} “{'we spoke, I wrote, ' * 3}”") == Voice(we, i)
