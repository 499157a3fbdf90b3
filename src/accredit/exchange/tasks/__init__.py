"""Work in the background."""

from accredit.exchange.tasks.imports import read_import, sweep_imports

__all__ = ["read_import", "sweep_imports"]
