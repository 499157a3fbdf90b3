"""One connection to one number: everything on it ends at one moment and after so many bytes."""

import contextlib
import io
import socket
import ssl
import time
from datetime import UTC, datetime
from typing import Any

from accredit.rulebook.terms import Finding
from accredit.toolkit.fetching.addresses import Place, Unfit


class _Bounded(io.RawIOBase):
    """Reads a socket until the deadline and not more than `left` bytes."""

    def __init__(self, sock: socket.socket, deadline: float, left: int) -> None:
        self.sock, self.deadline, self.left = sock, deadline, left

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is there; a drip of bytes does not begin the time anew."""
        if self.left <= 0:
            raise Unfit(Finding.TOO_LARGE)
        self.sock.settimeout(until(self.deadline))
        count = self.sock.recv_into(memoryview(buffer)[: self.left])
        self.left -= count
        return count


class Wire:
    """An open connection; `makefile` and `close` are what `http.client` wants of a socket."""

    def __init__(self, sock: socket.socket, *, certificate_until: datetime | None) -> None:
        self.sock, self.certificate_until = sock, certificate_until
        self._raw = _Bounded(sock, 0, 0)

    def makefile(self, mode: str) -> io.BufferedReader:
        """Return the stream of the answer."""
        return io.BufferedReader(self._raw, 4096)

    def send(self, question: bytes, *, deadline: float, header_bytes: int) -> None:
        """Send the whole question; the answer ends at the deadline, its headers after so many bytes."""
        self.sock.settimeout(until(deadline))
        self.sock.sendall(question)
        self._raw.deadline, self._raw.left = deadline, header_bytes

    def allow(self, count: int) -> None:
        """Let so many bytes of the content come."""
        self._raw.left = count

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(OSError):
            self.sock.close()


def until(deadline: float) -> float:
    """Return the seconds left; raises when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unfit(Finding.TOO_SLOW)
    return left


def connect(place: Place, number: str, *, deadline: float, trust: ssl.SSLContext) -> Wire:
    """Connect to that number and to nothing else; a certificate has to be one of the place's name."""
    family = socket.AF_INET6 if ":" in number else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(until(deadline))
        sock.connect((number, place.port))
        if not place.is_secure:
            return Wire(sock, certificate_until=None)
        sock.settimeout(until(deadline))
        secure = trust.wrap_socket(sock, server_hostname=place.host)
        return Wire(secure, certificate_until=_ends(secure))
    except BaseException:
        sock.close()
        raise


def _ends(secure: ssl.SSLSocket) -> datetime | None:
    ends = (secure.getpeercert() or {}).get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(ends)), UTC) if ends else None
