"""Times awards: recorded, their credentials signed, their certificates set.

Run by `./accredit bench awards` (or with other numbers: `./accredit bench awards 100 5000`), on SQLite in a
folder of its own. The memory of this process is told after each fifth of the signing: growth would be seen.
"""

import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench import machine, served  # noqa: E402  the path above has to stand first

NUMBERS = (1000,)
A_TIME = 100
MEBIBYTE = 1024 * 1024
HEAD = """| awards | step | s | ms each | this process MiB | child's peak MiB |
|---:|---|---:|---:|---:|---:|"""


def main() -> None:
    """Measure each number of awards in a folder of its own, and print the table."""
    if sys.argv[1:2] == ["measure"]:
        measure(int(sys.argv[2]))
        return
    print(f"# bench awards\n\n{machine.describe()}\n\n{HEAD}", flush=True)
    for number in sys.argv[1:] or [str(each) for each in NUMBERS]:
        home = tempfile.mkdtemp(prefix="accredit-bench-")
        try:
            environment = served.environment(Path(home), "")
            subprocess.run([sys.executable, __file__, "measure", number], env=environment, check=True)
        finally:
            shutil.rmtree(home, ignore_errors=True)


def measure(number: int) -> None:
    """Record, sign and set so many awards, and print a row for each step."""
    import django  # noqa: PLC0415  settings need the environment of this database

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from accredit.awards.actions import record_award  # noqa: PLC0415
    from accredit.exchange.actions import sign_credential  # noqa: PLC0415
    from accredit.exchange.queries import certificate_of  # noqa: PLC0415
    from accredit.exchange.queries.credentials import unsigned  # noqa: PLC0415
    from accredit.frameworks.models import Edition  # noqa: PLC0415
    from accredit.people.actions import Details, record_person  # noqa: PLC0415
    from accredit.toolkit.actor import SYSTEM  # noqa: PLC0415
    from bench import pages  # noqa: PLC0415

    pages.prepare()
    edition, at = Edition.objects.select_related("scheme").get(code="cmalt-2026"), timezone.now()
    for waiting in unsigned():
        sign_credential(waiting, at=at)
    people = [
        record_person(
            Details(name=f"Holder Example {each}"), email=f"h{each}@b.example", stays=(), by=SYSTEM, at=at
        )
        for each in range(number)
    ]  # fmt: skip
    began = monotonic()
    made = [
        record_award(
            person, edition=edition, pathway="cmalt", issued_on=date(2026, 5, 1), number=f"B{each:06d}",
            by=SYSTEM, at=at,
        )
        for each, person in enumerate(people)
    ]  # fmt: skip
    _row(number, "recorded, each in a transaction", monotonic() - began)
    signing, told = monotonic(), max(number // 5, 1)
    for place, waiting in enumerate(unsigned().iterator(chunk_size=A_TIME), 1):
        sign_credential(waiting, at=at)
        if place % told == 0:
            _row(place, "signed twice (proof and token), each in a transaction", monotonic() - signing)
    setting, peak = monotonic(), 0
    for first in range(0, number, A_TIME):
        papers = [certificate_of(each) for each in made[first : first + A_TIME]]
        peak = max(peak, _set(papers))
    _row(number, f"certificates set, {A_TIME} a process", monotonic() - setting, peak)
    _row(number, "credentials and certificates together", monotonic() - signing, peak)


def _set(papers: list[object]) -> int:
    from accredit.exchange.writers import certificate  # noqa: PLC0415  settings come first
    from accredit.toolkit import confined  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        done = confined.run(
            certificate.JOB, values={"certificates": papers}, folder=Path(folder), limits=certificate.LIMITS
        )
        if len(list((Path(folder) / "out").glob("*.pdf"))) != len(papers):
            raise RuntimeError("certificates are missing")
        return done.peak


def _row(number: int, step: str, seconds: float, peak: int = 0) -> None:
    child = f"{peak / MEBIBYTE:.0f}" if peak else "–"
    each = seconds / number * 1000
    row = f"{seconds:.1f} | {each:.1f} | {machine.peak_mebibytes():.0f} | {child}"
    print(f"| {number:,} | {step} | {row} |", flush=True)


if __name__ == "__main__":
    main()
