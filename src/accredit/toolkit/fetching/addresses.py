"""Which addresses may be asked: how one is read, and which numbers on the net are public."""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import idna

from accredit.rulebook.terms import Finding

Number = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST = 2000
PORTS = {"http": 80, "https": 443}
# Python's own lists differ between its patch versions; what must never be reached is written down here.
_CLOSED_4 = tuple(
    ipaddress.IPv4Network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        # A cloud's own services answer here, although the number looks public.
        "168.63.129.16/32",
    )
)  # fmt: skip
_OPEN_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_6 = tuple(
    ipaddress.IPv6Network(each)
    for each in ("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20", "5f00::/16")
)
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")
# The lower half of an address that tunnels IPv4 inside a site begins with one of these.
_TUNNELS = frozenset({0x00005EFE, 0x02005EFE})
_number_like = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)\.?")
_name = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_control = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"


class Unfit(Exception):
    """The address may not be asked; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.value)
        self.finding = finding


@dataclass(frozen=True)
class Allowed:
    """What may be reached: public numbers on the ports of the web. Tests add a number or a port."""

    ports: frozenset[int] = frozenset(PORTS.values())
    also: frozenset[str] = frozenset()

    def permits(self, number: str) -> bool:
        """Say whether a connection to this number is allowed."""
        return number in self.also or is_public(number)


@dataclass(frozen=True)
class Place:
    """One address, taken apart: `host` as it is looked up, `target` as it is asked for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def is_secure(self) -> bool:
        """Say whether a certificate is asked for."""
        return self.scheme == "https"

    @property
    def name(self) -> str:
        """Return how the site is called in the question: with its port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def address(self) -> str:
        """Return the address as one text."""
        return f"{self.scheme}://{self.name}{self.target}"


def is_public(number: str) -> bool:
    """Say whether a number belongs to the public net; numbers that carry another are judged by that one."""
    try:
        return _is_public(ipaddress.ip_address(number))
    except ValueError:
        return False


def _is_public(number: Number) -> bool:
    if isinstance(number, ipaddress.IPv4Address):
        return not any(number in each for each in _CLOSED_4)
    if number.scope_id is not None:
        return False
    inner = _inside(number)
    if inner is not None:
        return _is_public(inner)
    if (int(number) >> 32) & 0xFFFFFFFF in _TUNNELS and not _is_public(_lowest(number)):
        return False
    return number in _OPEN_6 and not any(number in each for each in _CLOSED_6)


def _inside(number: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if number in _MAPPED or number in _TRANSLATED:
        return _lowest(number)
    return ipaddress.IPv4Address((int(number) >> 80) & 0xFFFFFFFF) if number in _SIX_TO_FOUR else None


def _lowest(number: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)


def place_of(address: str, *, base: str = "", allowed: Allowed) -> Place:
    """Take an address apart, read from the page `base`. Raises `Unfit` where it may not be asked."""
    if _control.search(address) or len(address) > LONGEST:
        raise Unfit(Finding.NOT_WEB)
    try:
        parts = urlsplit(urljoin(base, address) if base else address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Unfit(Finding.NOT_WEB) from None
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise Unfit(Finding.NOT_WEB)
    if "@" in parts.netloc or "\\" in parts.netloc or "%" in parts.netloc:
        raise Unfit(Finding.REFUSED_ADDRESS)
    port = PORTS[scheme] if port is None else port
    if port not in allowed.ports:
        raise Unfit(Finding.REFUSED_ADDRESS)
    place = Place(scheme, _host(host), port, _target(parts.path, parts.query))
    if len(place.address) > LONGEST:
        raise Unfit(Finding.NOT_WEB)
    return place


def _target(path: str, query: str) -> str:
    path = quote(path.replace("\\", "/"), safe=_SAFE) or "/"
    return f"{path}?{quote(query, safe=_SAFE)}" if query else path


def _host(host: str) -> str:
    """Return a host as it is looked up: a number in its usual form, a name in the letters of the DNS."""
    if ":" in host:
        return _number(host, ipaddress.IPv6Address)
    try:
        ascii_host = idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        ascii_host = host.lower()
    ascii_host = ascii_host.rstrip(".")
    if _number_like.fullmatch(ascii_host.rpartition(".")[2]):
        return _old_number(ascii_host)
    if len(ascii_host) > 253 or not all(_name.fullmatch(label) for label in ascii_host.split(".")):
        raise Unfit(Finding.NO_SUCH_NAME)
    return ascii_host


def _number(text: str, kind: type[Number]) -> str:
    try:
        return str(kind(text))
    except ValueError:
        raise Unfit(Finding.NO_SUCH_NAME) from None


def _old_number(text: str) -> str:
    """Return what browsers make of 2130706433, 0x7f.1 or 0177.0.0.1."""
    try:
        return socket.inet_ntoa(socket.inet_aton(text))
    except OSError:
        raise Unfit(Finding.NO_SUCH_NAME) from None
