"""A small load generator: keep-alive connections in threads, each doing one person's work."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass
class Visitor:
    """One connection's work: a page asked for again and again, or a form saved with its rising version."""

    path: str
    cookies: str
    form: dict[str, str] | None = None
    saves: int = 0
    seen: list[tuple[float, int]] = field(default_factory=list)

    def ask(self, connection: http.client.HTTPConnection, host: str) -> None:
        """Send one request and note how long it took."""
        headers = {"Cookie": self.cookies, "Host": host}
        began = time.perf_counter()
        if self.form is None:
            connection.request("GET", self.path, None, headers)
        else:
            self.saves += 1
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/json",
                "X-Autosave": "1",
            }
            body = self.form | {"overall": f"<p>Said {self.saves} times.</p>"}
            connection.request("POST", self.path, urlencode(body), headers)
        answer = connection.getresponse()
        content = answer.read()
        self.seen.append((time.perf_counter() - began, answer.status))
        if self.form is not None and answer.status == 200:
            self.form["version"] = str(json.loads(content)["fields"]["version"])


def wait_for(port: int, seconds: float = 60) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/robots.txt")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the server did not answer")


def drive(port: int, visitors: Sequence[Visitor], seconds: float) -> tuple[float, float]:
    """Return requests per second of all together and the 95th percentile in milliseconds.

    A first second warms up and is not counted. An answer that is a refusal or a fault fails the benchmark.
    """
    _together(port, visitors, 1.0)
    for visitor in visitors:
        visitor.seen.clear()
    took = _together(port, visitors, seconds)
    seen = [each for visitor in visitors for each in visitor.seen]
    faults = [status for _, status in seen if status >= 400]
    if faults:
        raise RuntimeError(f"{visitors[0].path}: {len(faults)} answers like {faults[0]}")
    times = sorted(duration for duration, _ in seen)
    return len(times) / took, times[int(len(times) * 0.95)] * 1000


def _together(port: int, visitors: Sequence[Visitor], seconds: float) -> float:
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=_worker(port, visitor, end)) for visitor in visitors]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


def _worker(port: int, visitor: Visitor, end: float) -> Callable[[], None]:
    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < end:
            visitor.ask(connection, f"127.0.0.1:{port}")

    return work
