"""A real server in a process group of its own, on a folder of its own, that can be killed at any moment."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from accredit.config import ports

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Writer:
    """Somebody with an empty portfolio and an open session."""

    registration: int
    session: str

    def section(self, slot: str) -> str:
        """The address of a section of theirs."""
        return f"/my/{self.registration}/section/{slot}/"


@dataclass
class Served:
    """`./accredit serve` on a temporary home; killing takes its workers along, at once."""

    home: Path
    database: str = ""
    port: int = field(default_factory=lambda: ports.first_free(8600))
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What it is started with: demo mode, so that plain HTTP will do."""
        given = {name: value for name, value in os.environ.items() if not name.startswith("ACCREDIT_")}
        return given | {
            "ACCREDIT_HOME": str(self.home), "ACCREDIT_DEMO": "1", "SITE_URL": self.url,
            "SECRET_KEY": "adversity" * 6, "ALLOWED_HOSTS": "127.0.0.1", "EMAIL_URL": "console:",
            "DJANGO_SETTINGS_MODULE": "accredit.config.settings", "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
        } | ({"DATABASE_URL": self.database} if self.database else {})  # fmt: skip

    def found(self, writers: int) -> list[Writer]:
        """Set up the installation with so many people who write."""
        made = subprocess.run(
            [sys.executable, "-m", "tests.adversity.founding", str(writers)],
            cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, check=True, text=True,
        )  # fmt: skip
        return [Writer(**each) for each in json.loads(made.stdout.splitlines()[-1])]

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "accredit", "serve", "--port", str(self.port), "--workers", "1"],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/_ui/token", timeout=5):
                    return
            except OSError:
                assert self.process.poll() is None, (self.home / "log").read_text()[-2000:]
                time.sleep(0.1)
        raise AssertionError("the server does not answer: " + (self.home / "log").read_text()[-2000:])

    def kill(self) -> None:
        """End every process of it at once, in the middle of whatever it does."""
        if self.process is None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        while self._is_listening():
            time.sleep(0.05)

    def _is_listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
