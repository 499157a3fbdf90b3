"""Runs of the allocation, drafts of panels."""

from collections.abc import Mapping

from django.utils.functional import Promise

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {}
