"""A small load generator: keep-alive connections in threads, each asking for the same page."""

import http.client
import threading
import time
from urllib.parse import urlencode


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


def drive(
    port: int, path: str, cookies: str, form: dict[str, str] | None, *, connections: int, seconds: float
) -> tuple[float, float]:
    """Return requests per second and the 95th percentile in milliseconds; a refusal or fault fails."""
    times: list[float] = []
    faults: list[int] = []
    end = time.monotonic() + seconds

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Cookie": cookies, "Host": f"127.0.0.1:{port}"}
        body = urlencode(form) if form else None
        if body:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/json",
                "X-CSRFToken": form["csrfmiddlewaretoken"] if form else "",
            }
        while time.monotonic() < end:
            began = time.perf_counter()
            connection.request("POST" if body else "GET", path, body, headers)
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - began)
            if answer.status >= 400:
                faults.append(answer.status)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(f"{path}: {len(faults)} answers like {faults[0]}")
    times.sort()
    return len(times) / (time.monotonic() - began), times[int(len(times) * 0.95)] * 1000
