"""Who speaks in a text: “I” or “we”. Known of English text alone, so nothing is said of any other."""

import re
from dataclasses import dataclass

# Words of grammar that hardly any other language written in these letters has in this number.
_ENGLISH = frozenset(
    [
        "the",
        "and",
        "that",
        "with",
        "this",
        "which",
        "from",
        "they",
        "their",
        "were",
        "have",
        "had",
        "would",
        "should",
        "been",
        "because",
        "of",
        "to",
    ]
)
FEWEST_WORDS = 40  # fewer say nothing about a language or a habit
ENGLISH_SHARE = 0.12  # of all words; running English prose has about 0.2, Welsh, German or Dutch below 0.03

_WE = frozenset({"we", "our", "ours", "us", "ourselves"})
_I = frozenset({"i", "me", "my", "mine", "myself"})
_quoted = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)‘[^’]*’(?!\w)")
_word = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True)
class Voice:
    """How often a text says “we” and “I”, in all their forms; nothing where it is not English."""

    we: int = 0
    i: int = 0


def voice_of(text: str) -> Voice:
    """Count “we” and “I” in a text, quotations left out; capital US is a country, small i no word."""
    words = _word.findall(_quoted.sub(" ", text))
    if not is_english(words):
        return Voice()
    stems = [re.split("['’]", word)[0] for word in words]
    return Voice(
        we=sum(stem.lower() in _WE and stem != "US" for stem in stems),
        i=sum(stem.lower() in _I and stem != "i" for stem in stems),
    )


def is_english(words: list[str]) -> bool:
    """Say whether words are, beyond reasonable doubt, running English text."""
    if len(words) < FEWEST_WORDS:
        return False
    return sum(word.lower() in _ENGLISH for word in words) >= ENGLISH_SHARE * len(words)
