"""Sentences about moving parts of a portfolio, changing pathway and carrying over."""

from collections.abc import Mapping

from django.utils.functional import Promise

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {}
