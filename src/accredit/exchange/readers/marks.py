"""Marks that a reader leaves in a text for the next step; characters for private use, never a person's."""

import re

HEADING, COMMENT, END = "\ue6a0", "\ue6a1", "\ue6af"
_any = re.compile(f"[{HEADING}{COMMENT}]([^{END}]{{0,12}}){END}")
_heading = re.compile(f"{HEADING}(\\d){END}")
_comment = re.compile(f"{COMMENT}([^{END}]{{1,12}}){END}")


def heading(level: int) -> str:
    """Return the mark of a heading; level 7 is a guess."""
    return f"{HEADING}{level}{END}"


def comment(number: str) -> str:
    """Return the mark of a comment."""
    return f"{COMMENT}{number}{END}"


def level_in(text: str) -> int | None:
    """Return the level that a text is marked with."""
    found = _heading.search(text)
    return int(found[1]) if found else None


def comments_in(text: str) -> tuple[str, ...]:
    """Return the numbers of the comments that stand in a text."""
    return tuple(_comment.findall(text))


def without(text: str) -> str:
    """Return a text without our marks, and without those a stranger may have set."""
    return re.sub(f"[{HEADING}-{END}]", "", _any.sub("", text))
