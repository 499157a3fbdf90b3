"""Keeping files: what comes in is recognised by its content and stored once under its hash."""

from accredit.files.actions.captions import keep_captions
from accredit.files.actions.collecting import collect, mark_unused, sweep_uploads
from accredit.files.actions.keeping import keep, keep_made, keep_unseen, own_name
from accredit.files.actions.uploads import (
    MOST_PART,
    begin_upload,
    cancel_upload,
    lock_upload,
    settle_upload,
    take_part,
)

__all__ = [
    "MOST_PART",
    "begin_upload",
    "cancel_upload",
    "collect",
    "keep",
    "keep_captions",
    "keep_made",
    "keep_unseen",
    "lock_upload",
    "mark_unused",
    "own_name",
    "settle_upload",
    "sweep_uploads",
    "take_part",
]
