"""The question and its answer: redirects are judged like first addresses, everything is bounded."""

import http.client
import ipaddress
import logging
import queue
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message

from accredit.rulebook.terms import Finding
from accredit.toolkit.fetching.addresses import Allowed, Place, Unfit, place_of
from accredit.toolkit.fetching.wire import Wire, connect, until

log = logging.getLogger("accredit.fetching")
Resolver = Callable[[str], Sequence[str]]
REDIRECTS = frozenset({301, 302, 303, 307, 308})
FOR_GOOD = frozenset({301, 308})
READABLE = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_COMPRESSIONS = {"": 0, "identity": 0, "gzip": 31, "x-gzip": 31, "deflate": 15}
_type = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
CHUNK = 16 * 1024
# Of several numbers of one name so many are tried.
NUMBERS = 3


@dataclass(frozen=True)
class Limits:
    """How long and how much, redirects included; bytes as they come and as they unpack."""

    seconds: float = 15
    header_bytes: int = 64 * 1024
    received: int = 1024 * 1024
    unpacked: int = 4 * 1024 * 1024
    redirects: int = 5


@dataclass(frozen=True)
class Answer:
    """What an address answered; `body` is the beginning of a text, empty for everything else."""

    finding: Finding
    http_code: int | None = None
    final_address: str = ""
    certificate_until_at: datetime | None = None
    milliseconds: int = 0
    media_type: str = ""
    charset: str = ""
    body: bytes = b""
    location: str = ""


def system_resolver(host: str) -> Sequence[str]:
    """Return the numbers the system knows for a name."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def ask(
    address: str,
    *,
    agent: str,
    resolver: Resolver = system_resolver,
    allowed: Allowed | None = None,
    limits: Limits | None = None,
    trust: ssl.SSLContext | None = None,
) -> Answer:
    """Ask one address with GET and say what came of it; never raises, whatever answers.

    Cookies, proxies and credentials do not exist here. Every hop is looked up once and connected to
    exactly the number that was judged, so a name that changes its number in between gains nothing.
    """
    began = time.monotonic()
    rules = (resolver, allowed or Allowed(), limits or Limits(), trust or _public_trust())
    try:
        answer = _Asking(agent, *rules, began).run(address)
    except Exception:
        # Strangers choose every byte of an answer; one nobody foresaw must not stop the other links.
        log.exception("an answer broke the reading of it")
        answer = Answer(Finding.UNREACHABLE)
    return replace(answer, milliseconds=round((time.monotonic() - began) * 1000))


def _public_trust() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


@dataclass(frozen=True)
class _Asking:
    agent: str
    resolver: Resolver
    allowed: Allowed
    limits: Limits
    trust: ssl.SSLContext
    began: float

    @property
    def deadline(self) -> float:
        return self.began + self.limits.seconds

    def run(self, address: str) -> Answer:
        seen: list[str] = []
        is_moved, base, code = False, "", None
        while True:
            try:
                place = place_of(address, base=base, allowed=self.allowed)
                if place.address in seen or len(seen) > self.limits.redirects:
                    return Answer(Finding.LOOP, code, place.address)
                seen.append(place.address)
                answer = self._one(place)
            except Unfit as unfit:
                return Answer(unfit.finding, code, seen[-1] if seen else "")
            if not answer.location:
                break
            base, address, code = place.address, answer.location, answer.http_code
            is_moved = is_moved or answer.http_code in FOR_GOOD
        if answer.finding is Finding.OK and is_moved and _core(seen[0]) != _core(seen[-1]):
            return replace(answer, finding=Finding.MOVED)
        return answer

    def _one(self, place: Place) -> Answer:
        try:
            wire = self._wire(place)
            try:
                return self._exchange(place, wire)
            finally:
                wire.close()
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as fault:
            raise Unfit(_of(fault)) from fault

    def _wire(self, place: Place) -> Wire:
        *first, last = self._numbers(place.host)
        for number in first:
            # A dead number must not use up the time of a living one.
            half = time.monotonic() + until(self.deadline) / 2
            try:
                return connect(place, number, deadline=half, trust=self.trust)
            except ssl.SSLCertVerificationError:
                raise
            except (OSError, Unfit):
                continue
        return connect(place, last, deadline=self.deadline, trust=self.trust)

    def _numbers(self, host: str) -> list[str]:
        """Look a host up once; refused when any of its numbers is closed."""
        found = [host] if _is_number(host) else self._looked_up(host)
        numbers = [each for each in found[:NUMBERS] if each]
        if not numbers:
            raise Unfit(Finding.NO_SUCH_NAME)
        if not all(self.allowed.permits(each) for each in found):
            raise Unfit(Finding.REFUSED_ADDRESS)
        return numbers

    def _looked_up(self, host: str) -> list[str]:
        """Ask the resolver in a thread of its own: the system's cannot be told how long it may take."""
        answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

        def look() -> None:
            try:
                answers.put(self.resolver(host))
            except (OSError, ValueError) as fault:
                answers.put(fault)

        threading.Thread(target=look, daemon=True).start()
        try:
            found = answers.get(timeout=until(self.deadline))
        except queue.Empty:
            raise Unfit(Finding.TOO_SLOW) from None
        if isinstance(found, Exception):
            raise Unfit(Finding.NO_SUCH_NAME) from found
        return list(found)

    def _exchange(self, place: Place, wire: Wire) -> Answer:
        question = _question(place, self.agent)
        wire.send(question, deadline=self.deadline, header_bytes=self.limits.header_bytes)
        response = http.client.HTTPResponse(wire, method="GET")  # type: ignore[arg-type]
        response.begin()
        code, headers = response.status, response.headers
        answer = Answer(
            finding=finding_of(code),
            http_code=code,
            final_address=place.address,
            certificate_until_at=wire.certificate_until,
            media_type=_media_type(headers),
            charset=(headers.get_content_charset() or "")[:40],
        )
        if code in REDIRECTS:
            location = _location(headers)
            return replace(answer, location=location) if location else answer
        if answer.finding is not Finding.OK or answer.media_type not in READABLE:
            return answer
        wire.allow(self.limits.received)
        return self._read(response, answer)

    def _read(self, response: http.client.HTTPResponse, answer: Answer) -> Answer:
        """Read the beginning of a text. A page longer than we read answers all the same."""
        window = _COMPRESSIONS.get(str(response.headers.get("Content-Encoding") or "").strip().lower())
        if window is None:
            return answer
        unpack = zlib.decompressobj(window) if window else None
        parts: list[bytes] = []
        size = 0
        for chunk in _chunks(response, self.limits.received):
            part = chunk if unpack is None else unpack.decompress(chunk, self.limits.unpacked - size + 1)
            size += len(part)
            parts.append(part)
            if size > self.limits.unpacked:
                return replace(answer, finding=Finding.TOO_LARGE)
        return replace(answer, body=b"".join(parts))


def _chunks(response: http.client.HTTPResponse, most: int) -> Iterator[bytes]:
    """Yield what comes until the end or the limit; an answer that breaks off keeps what there was."""
    left = most
    try:
        while left > 0 and (chunk := response.read1(min(CHUNK, left))):
            yield chunk
            left -= len(chunk)
    except http.client.IncompleteRead as broken:
        yield broken.partial[:left]
    except Unfit as unfit:
        if unfit.finding is not Finding.TOO_LARGE:
            raise


def finding_of(code: int) -> Finding:
    """Return what a code of HTTP says about a link; a redirect that leads nowhere is for people to judge."""
    if 200 <= code < 300:
        return Finding.OK
    if code in (401, 403, 407):
        return Finding.NEEDS_SIGN_IN
    if code in (404, 410):
        return Finding.GONE
    return Finding.SERVER_ERROR if 500 <= code < 600 else Finding.TURNED_AWAY


def _of(fault: Exception) -> Finding:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return Finding.CERTIFICATE_BAD
    if isinstance(fault, TimeoutError):
        return Finding.TOO_SLOW
    if isinstance(fault, http.client.RemoteDisconnected):
        return Finding.UNREACHABLE
    if isinstance(fault, http.client.HTTPException) and str(fault).startswith("got more than"):
        return Finding.TOO_LARGE
    if isinstance(fault, http.client.HTTPException | ValueError | zlib.error):
        return Finding.NOT_WEB
    return Finding.UNREACHABLE


def _question(place: Place, agent: str) -> bytes:
    lines = (
        f"GET {place.target} HTTP/1.1",
        f"Host: {place.name}",
        f"User-Agent: {agent}",
        "Accept: text/html,application/xhtml+xml,*/*;q=0.5",
        "Accept-Encoding: gzip, identity",
        "Accept-Language: en, *;q=0.5",
        "Connection: close",
    )
    return "".join(f"{each}\r\n" for each in (*lines, "")).encode("ascii")


def _media_type(headers: Message) -> str:
    value = headers.get_content_type() if headers.get("Content-Type") else ""
    return value if len(value) <= 120 and _type.fullmatch(value) else ""


def _location(headers: Message) -> str:
    """Return where a redirect leads; servers send other letters than ASCII as they are."""
    value = str(headers.get("Location") or "")
    try:
        return value.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return value


def _core(address: str) -> str:
    """Return what makes an address another one: not `https`, `www.`, nor a stroke at its end."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
