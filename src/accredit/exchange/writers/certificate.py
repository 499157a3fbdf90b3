"""Certificates: one page each, tagged, under the profiles PDF/UA-1 and PDF/A-2a, set by Typst."""

import json
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

import typst

from accredit.exchange.writers.glyphs import Glyphs
from accredit.rulebook.faults import Code
from accredit.toolkit import confined
from accredit.toolkit.refusals import refuse

TEMPLATE = Path(__file__).with_name("certificate.typ")
MEBIBYTE = 1024 * 1024
LIMITS = confined.Limits(memory=1024 * MEBIBYTE, largest_file=32 * MEBIBYTE, processor=60, clock=90)
JOB = "accredit.exchange.writers.certificate:render_all"


class Certificate(TypedDict):
    """What stands on a certificate; texts; `dated` is a day in ISO 8601, `qr` an SVG."""

    title: str
    body: str
    scheme: str
    accent: str
    certify: str
    name: str
    accredited: str
    pathway: str
    distinction: str
    areas: str
    dates: str
    number: str
    check: str
    address: str
    qr: str
    qr_means: str
    dated: str


def pdf_of_certificate(certificate: Certificate) -> bytes:
    """Return a certificate as a PDF; the same certificate is the same bytes.

    Refused where it cannot be set within the limits.
    """
    with tempfile.TemporaryDirectory(prefix="accredit-certificate-") as folder:
        try:
            confined.run(JOB, values={"certificates": [certificate]}, folder=Path(folder), limits=LIMITS)
        except confined.Overran:
            refuse(Code.EXPORT_OVERRAN)
        except confined.Broke:
            refuse(Code.EXPORT_BROKE)
        return (Path(folder) / "out" / "0.pdf").read_bytes()


def render_all(folder: Path, *, certificates: Sequence[Certificate]) -> int:
    """Set certificates, in a confined process, as `folder/out/0.pdf` and so on; return how many."""
    out, main = folder / "out", folder / TEMPLATE.name
    out.mkdir(exist_ok=True)
    main.write_bytes(TEMPLATE.read_bytes())
    for number, certificate in enumerate(certificates):
        (out / f"{number}.pdf").write_bytes(_pdf(certificate, main))
    return len(certificates)


def _pdf(certificate: Certificate, main: Path) -> bytes:
    day = datetime.fromisoformat(certificate["dated"]).replace(tzinfo=UTC)
    moment = {"year": day.year, "month": day.month, "day": day.day}
    data = Glyphs().within(dict(certificate) | {"qr": ""}) | {"qr": certificate["qr"], "moment": moment}
    return typst.compile(
        main,
        root=main.parent,
        sys_inputs={"data": json.dumps(data)},
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(day.timestamp()),
        ignore_system_fonts=True,
    )
