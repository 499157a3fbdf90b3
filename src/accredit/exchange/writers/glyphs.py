"""Which characters the fonts inside Typst can draw, and what stands for the others in a PDF.

A character without a glyph stops a compilation under PDF/UA, and some bring the compiler down: they
never reach it. The ranges were found by setting every assigned character outside the large Asian blocks
on its own.
"""

import unicodedata
from typing import Any

DRAWN = (
    "20-7e a0-377 37a-37f 384-38a 38c 38e-3a1 3a3-4ff 510-513 51a-51d 531-556 559-58a 58d-58f 591-5c7 "
    "5d0-5ea 5ef-5f4 606-60c 615 61b-61c 61f 621-63a 640-66d 674 679-67b 67e-680 683-684 686-687 691 698 "
    "6a4 6a9 6af 6be 6cc 6f0-6f9 900-97f e3f e81-e82 e84 e87-e88 e8a e8d e94-e97 e99-e9f ea1-ea3 ea5 ea7 "
    "eaa-eab ead-eb9 ebb-ebc ec8-ecd 10d0-10ff 115f-1160 13a0-13f5 13f8-13fd 17b4-17b5 17c1-17c3 "
    "180b-180f 1ab0-1ace 1d00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57 1f59 1f5b 1f5d 1f5f-1f7d "
    "1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff2-1ff4 1ff6-1ffe 2000-2064 2066-2071 2074-208e "
    "2090-209c 20a0-20c0 20d0-20f0 2100-2151 2153-2184 2189 2190-23ff 2422-2423 2460-262f 2638-268b "
    "2690-269c 26a0-26a7 26aa-26b2 2701-2704 2706-2709 270c-2727 2729-274b 274d 274f-2752 2756 2758-275e "
    "2761-277f 2794 2798-27af 27b1-2b73 2b76-2b95 2b97-2bff 2c60-2cf3 2cf9-2cff 2e02-2e05 2e08-2e0a "
    "2e17-2e18 2e1f 2e22-2e25 2e2e 3000 3012 3016-3017 301a-301b 302e-3030 3036 306e 3164 a640-a641 "
    "a648-a649 a656-a657 a708-a716 a71b-a727 a72d a730 a735 a765 a789-a78e a790-a791 a793 a7aa a7f8-a7f9 "
    "ab52 ab66 ab70-abbf fb00-fb06 fb13-fb17 fb1d-fb36 fb38-fb3c fb3e fb40-fb41 fb43-fb44 fb46-fb4f "
    "fb52-fb81 fb8a-fb95 fb9e-fb9f fbaa-fbad fbe8-fbe9 fbfc-fbff fe00-fe0f fe20-fe2f fe66 fe70-fe74 "
    "fe76-fefc feff ffa0 fff9-fffd 1d400-1d454 1d456-1d49c 1d49e-1d49f 1d4a2 1d4a5-1d4a6 1d4a9-1d4ac "
    "1d4ae-1d4b9 1d4bb 1d4bd-1d4c3 1d4c5-1d505 1d507-1d50a 1d50d-1d514 1d516-1d51c 1d51e-1d539 "
    "1d53b-1d53e 1d540-1d544 1d546 1d54a-1d550 1d552-1d6a5 1d6a8-1d7cb 1d7ce-1d7ff 1f12f 1f6d1 "
    "1f780-1f7d8 1f7e0-1f7eb 1f800-1f80b 1f810-1f847 1f850-1f859 1f860-1f887 1f890-1f8ad 1f8b0-1f8b1 "
)
STANDS_FOR = "\u25a1"
MOST_NAMED = 12
# Marks that only say how the character before them is drawn.
_SILENT = frozenset(
    {"\u200d", "\ufe0e", "\ufe0f", "\u20e3", "\u00ad", "\u200b", "\ufeff", *map(chr, range(0x1F3FB, 0x1F400))}
)


def _ranges() -> frozenset[int]:
    found: set[int] = set()
    for each in DRAWN.split():
        first, _, last = each.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


_DRAWN = _ranges()
# Latin, Greek, Cyrillic and what stands between words: nothing in it is put together from several letters.
_SURE = frozenset(each for each in _DRAWN if each < 0x300 or 0x370 <= each < 0x483 or 0x1E00 <= each < 0x20D0)


class Glyphs:
    """Puts something drawable for every character, and remembers what it replaced."""

    def __init__(self, *, is_strict: bool = False) -> None:
        self.drawn = _SURE if is_strict else _DRAWN
        self.replaced: dict[str, None] = {}

    def within(self, value: Any) -> Any:
        """Return plain data with every text made drawable."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {name: self.within(each) for name, each in value.items()}
        return [self.within(each) for each in value] if isinstance(value, list | tuple) else value

    def text(self, text: str) -> str:
        """Return a text that can be drawn; pictures among letters become their names."""
        if text.isascii():
            return "".join(each for each in text if each >= " " or each == "\n")
        return "".join(self._character(each) for each in unicodedata.normalize("NFC", text))

    def _character(self, character: str) -> str:
        if ord(character) in self.drawn or character == "\n":
            return character
        if character in _SILENT or unicodedata.category(character) in ("Cc", "Cf"):
            return ""
        self.replaced[character] = None
        if unicodedata.category(character) == "So":
            return f"[{unicodedata.name(character, 'sign').lower()}]"
        return STANDS_FOR

    @property
    def named(self) -> str:
        """Return what was replaced, for a sentence."""
        found = list(self.replaced)
        return " ".join(found[:MOST_NAMED]) + (" …" if len(found) > MOST_NAMED else "")
