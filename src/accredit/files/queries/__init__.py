"""Reading blobs and uploads, what refers to them, and how much room they take."""

from accredit.files.queries.arriving import arrived, reserved_bytes, running_uploads
from accredit.files.queries.reading import (
    find,
    is_present,
    is_shown_in_place,
    media_type_of,
    read,
    words_of_captions,
)
from accredit.files.queries.usage import (
    Usage,
    collectable,
    free_bytes,
    keys_to_blobs,
    referred_to,
    unreferred,
    usage,
)

__all__ = [
    "Usage",
    "arrived",
    "collectable",
    "find",
    "free_bytes",
    "is_present",
    "is_shown_in_place",
    "keys_to_blobs",
    "media_type_of",
    "read",
    "referred_to",
    "reserved_bytes",
    "running_uploads",
    "unreferred",
    "usage",
    "words_of_captions",
]
