"""Asking one address of the web, safely: it connects to the very address it has checked, on every hop."""

from accredit.toolkit.fetching.addresses import Allowed, is_public
from accredit.toolkit.fetching.asking import Answer, Limits, Resolver, ask, system_resolver
from accredit.toolkit.fetching.reading import Page, page_of

__all__ = [
    "Allowed",
    "Answer",
    "Limits",
    "Page",
    "Resolver",
    "ask",
    "is_public",
    "page_of",
    "system_resolver",
]
