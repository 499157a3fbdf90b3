"""Keeping files: what comes in is recognised by its content and stored once under its hash."""

from accredit.files.actions.captions import keep_captions
from accredit.files.actions.keeping import keep, keep_made, keep_unseen, own_name

__all__ = ["keep", "keep_captions", "keep_made", "keep_unseen", "own_name"]
