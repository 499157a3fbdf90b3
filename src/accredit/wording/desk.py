"""The desk: notes, versions, copies taken away."""

from collections.abc import Mapping

from django.utils.functional import Promise

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {}
