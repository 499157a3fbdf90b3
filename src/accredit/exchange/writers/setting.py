"""A short paper set at once, while somebody waits for it: still apart from the program, with limits."""

import tempfile
from pathlib import Path

from accredit.exchange.writers.paper import Paper
from accredit.rulebook.faults import Code
from accredit.toolkit import confined
from accredit.toolkit.refusals import refuse

MEBIBYTE = 1024 * 1024
LIMITS = confined.Limits(memory=1024 * MEBIBYTE, largest_file=32 * MEBIBYTE, processor=20, clock=30)
JOB = "accredit.exchange.writers:render"


def pdf_of(paper: Paper) -> bytes:
    """Return a paper without pictures as a tagged PDF; refused where it cannot be set within the limits."""
    with tempfile.TemporaryDirectory(prefix="accredit-paper-") as folder:
        values = {"form": "pdf", "prepared": paper}
        try:
            confined.run(JOB, values=values, folder=Path(folder), limits=LIMITS)
        except confined.Overran:
            refuse(Code.EXPORT_OVERRAN)
        except confined.Broke:
            refuse(Code.EXPORT_BROKE)
        return (Path(folder) / "out" / "document").read_bytes()
