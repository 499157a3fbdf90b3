"""Reading blobs."""

import html
import re
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage

from accredit.files.models import Blob

# Bytes do not tell these apart, and one blob may be kept under several names.
_TEXTS = {
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "vtt": "text/vtt",
    "eml": "message/rfc822",
}
_speaker = re.compile(r"<v ([^<>]*)>")
_mark = re.compile(r"<[^<>]*>")
_SHOWN = frozenset({"application/pdf", "text/plain", "text/vtt"})


def read(blob: Blob) -> "File[Any]":
    """Open a blob's content for reading; the caller closes it. FileNotFoundError when the storage lost it."""
    return default_storage.open(blob.path, "rb")


def find(sha256: str) -> Blob | None:
    """Return the blob of that hash."""
    return Blob.objects.filter(sha256=sha256).first()


def media_type_of(blob: Blob, name: str) -> str:
    """Return what to call a blob when it is sent under a name."""
    if blob.media_type in _TEXTS.values():
        return _TEXTS.get(name.rpartition(".")[2].lower(), "text/plain")
    return blob.media_type


def is_shown_in_place(media_type: str) -> bool:
    """Say whether browsers show the type by themselves; the rest is sent as an attachment."""
    return media_type in _SHOWN or media_type.startswith(("image/", "audio/", "video/"))


def words_of_captions(text: str) -> str:
    """Return what captions say, to be read: who speaks, line by line, without times and marks."""
    spoken = _speaker.sub(r"\1: ", text.partition("\n\n")[2])
    lines = (html.unescape(_mark.sub("", line)) for line in spoken.splitlines() if "-->" not in line)
    return "\n".join(line for line in lines if line.strip())


def is_present(blob: Blob) -> bool:
    """Say whether the storage still holds the content."""
    return default_storage.exists(blob.path)
