"""Captions written anew: times and words of a WebVTT file, and nothing that styles, links or runs."""

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO, NoReturn

from django.core.files import File

from accredit.files.actions.keeping import keep, own_name, received
from accredit.files.actions.recognising import ending_of
from accredit.files.models import Blob
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.refusals import refuse

# Two hours of talk come to about 150 KB.
MOST_CAPTIONS = 1024 * 1024

_TIME = r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}"
_timing = re.compile(rf"({_TIME})[ \t]+-->[ \t]+({_TIME})((?:[ \t]+[a-z]+:[\w.,%:-]+)*)[ \t]*", re.ASCII)
_aside = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_mark = re.compile(r"<(/?)([a-z]+)([^<>]*)>?", re.IGNORECASE)
# Who speaks, and stress: what readers of captions need. Classes, colours and languages are left out.
_KEPT = frozenset({"b", "i", "u", "v"})
_classes = re.compile(r"^(?:\.[^\s.]+)+")
_not_a_name = re.compile(r"[^\w .,’'-]")
_line_end = re.compile(r"\r\n|\r|\n")


@action
def keep_captions(upload: "File[Any] | BinaryIO", *, name: str, at: datetime) -> Blob:
    """Store a WebVTT file (at most 1 MB) and return its blob: its cues alone, without styles and notes.

    Refused in words when it is something else, with the number of the line that cannot be read.
    """
    name = own_name(name)
    if ending_of(name) != "vtt":
        refuse(Code.FILE_KIND_NOT_OPEN, name=name, kinds="vtt")
    raw = received(upload, name=name, limit=MOST_CAPTIONS)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(Code.FILE_NOT_UTF8, name=name)
    written = webvtt(text, name=name)
    return keep(io.BytesIO(written.encode()), name=name, at=at, limit=2 * MOST_CAPTIONS)


def webvtt(text: str, *, name: str) -> str:
    """Return the cues of a WebVTT file as a file of their own; refused where a line makes no sense."""
    lines = _line_end.split(text.replace("\x00", ""))
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        _unreadable(1, name)
    cues = list(_cues(lines, name))
    if not cues:
        _unreadable(len(lines), name)
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def _cues(lines: list[str], name: str) -> Iterator[str]:
    for start, block in _blocks(lines):
        if start == 0 or _aside.match(block[0]):
            continue
        # The line before the times may give the cue a name.
        place = next((n for n, line in enumerate(block[:2]) if "-->" in line), None)
        times = _timing.fullmatch(block[place]) if place is not None else None
        if place is None or times is None:
            _unreadable(start + 1 + (place or 0), name)
        words = [_words(line) for line in block[place + 1 :]]
        yield "\n".join([f"{times[1]} --> {times[2]}{times[3]}", *words])


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    start, block = 0, list[str]()
    for number, line in enumerate([*lines, ""]):
        if line.strip():
            start = start if block else number
            block.append(line)
        elif block:
            yield start, block
            block = []


def _words(line: str) -> str:
    """Return a line of a cue; marks that are not kept go, their words stay, an arrow would start a cue."""
    kept = _mark.sub(_marked, line.replace("-->", "→"))
    return re.sub(r"<(?!/?[biuv][ >])", "&lt;", kept)


def _marked(found: re.Match[str]) -> str:
    kind = found[2].lower()
    if kind not in _KEPT:
        return ""
    if kind == "v" and not found[1]:
        speaker = " ".join(_not_a_name.sub(" ", _classes.sub("", found[3])).split())
        return f"<v {speaker or '–'}>"
    return f"<{found[1]}{kind}>"


def _unreadable(line: int, name: str) -> NoReturn:
    refuse(Code.CAPTIONS_UNREADABLE, line=line, name=name)
