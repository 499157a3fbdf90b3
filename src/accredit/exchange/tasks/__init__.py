"""Work in the background: reading imports, making exports."""

from accredit.exchange.tasks.credentials import sign, sweep_credentials, want_missing
from accredit.exchange.tasks.exports import forget_exports, make_export, sweep_exports
from accredit.exchange.tasks.imports import read_import, sweep_imports

__all__ = [
    "forget_exports",
    "make_export",
    "read_import",
    "sign",
    "sweep_credentials",
    "sweep_exports",
    "sweep_imports",
    "want_missing",
]
