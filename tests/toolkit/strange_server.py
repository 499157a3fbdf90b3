"""A server that answers whatever a stranger might, byte by byte, on two numbers of this machine.

127.0.0.2 stands for the public net: tests permit it. 127.0.0.1 is the inside nobody may be led to.
"""

import contextlib
import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PUBLIC, INSIDE = "127.0.0.2", "127.0.0.1"
PAGE = b"<html><head><title>A page</title></head><body><h1>Hello</h1><p>Some words.</p></body></html>"
Say = Callable[[bytes], None]


def answer(code: int, body: bytes = b"", **headers: str) -> bytes:
    """A whole answer."""
    named = {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {code} Words\r\n{lines}\r\n".encode("latin-1") + body


def moved(where: str, code: int = 302) -> bytes:
    """A redirect."""
    return answer(code, Location=where)


def _drip(say: Say) -> None:
    say(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    _for_ever(say, b"x", 0.05)


def _drip_headers(say: Say) -> None:
    say(b"HTTP/1.1 200 OK\r\n")
    _for_ever(say, b"a: b\r\n", 0.05)


def _for_ever(say: Say, what: bytes, pause: float) -> None:
    with contextlib.suppress(OSError):
        while True:
            say(what)
            time.sleep(pause)


def _endless(say: Say) -> None:
    say(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    with contextlib.suppress(OSError):
        while True:
            say(b"words " * 10_000)


def _continues(say: Say) -> None:
    _for_ever(say, b"HTTP/1.1 100 Continue\r\n\r\n" * 100, 0)


def _silent(say: Say) -> None:
    time.sleep(1)


BOMB = gzip.compress(bytes(60 * 1024 * 1024))
CHUNKED = {"Transfer_Encoding": "chunked"}
PATHS: dict[str, bytes | Callable[[Say], None]] = {
    "/": answer(200, PAGE),
    "/ok": answer(200, PAGE),
    "/empty": answer(204),
    "/film": answer(200, b"\x00" * 5000, Content_Type="video/mp4"),
    "/latin": answer(200, "<p>café</p>".encode("latin-1"), Content_Type="text/html; charset=iso-8859-1"),
    "/odd-charset": answer(200, PAGE, Content_Type="text/html; charset=rot13"),
    "/text": answer(200, b"plain \x00 words", Content_Type="text/plain"),
    "/gzip": answer(200, gzip.compress(PAGE), Content_Encoding="gzip"),
    "/deflate": answer(200, zlib.compress(PAGE), Content_Encoding="deflate"),
    "/unknown-coding": answer(200, PAGE, Content_Encoding="br"),
    "/twice-packed": answer(200, gzip.compress(BOMB[:1000]), Content_Encoding="gzip, gzip"),
    "/no-gzip": answer(200, PAGE, Content_Encoding="gzip"),
    "/bomb": answer(200, BOMB, Content_Encoding="gzip"),
    "/chunked": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5\r\n<p>Wo\r\n6\r\nrds</p\r\n1\r\n>\r\n0\r\n\r\n",
    "/bad-chunk": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "/short": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999\r\n\r\n<p>Half</p>",
    "/lying-length": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: -5\r\n\r\n<p>x</p>",
    "/huge-length": answer(200, b"<p>x</p>", Content_Length="99999999999"),
    "/endless": _endless,
    "/drip": _drip,
    "/drip-headers": _drip_headers,
    "/continues": _continues,
    "/silent": _silent,
    "/long-header": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    "/many-headers": b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 5000 + b"\r\n",
    "/fat-headers": b"HTTP/1.1 200 OK\r\n"
    + b"".join(b"a%d: " % n + b"b" * 2000 + b"\r\n" for n in range(60)),
    "/not-http": b"220 mail.example ESMTP\r\n",
    "/old": b"<p>HTTP 0.9</p>",
    "/hangs-up": b"",
    "/no-code": b"HTTP/1.1 OK\r\n\r\n",
    "/code-999": answer(999),
    "/code-101": b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
    "/bad-type": answer(200, PAGE, Content_Type="te\x01xt/html;;;=\x00"),
    "/no-location": answer(302),
    "/many-choices": answer(300),
    "/cookie": answer(302, Location="/wants-cookie", Set_Cookie="a=b"),
    "/to-inside": moved(f"http://{INSIDE}/ok"),
    "/to-inside-name": moved("http://inside.example/ok"),
    "/to-v6": moved("http://[::1]/ok"),
    "/to-mapped": moved("http://[::ffff:127.0.0.1]/ok"),
    "/to-decimal": moved("http://2130706433/ok"),
    "/to-hex": moved("http://0x7f000001/ok"),
    "/to-octal": moved("http://0177.0.0.1/ok"),
    "/to-short": moved("http://127.1/ok"),
    "/to-metadata": moved("http://169.254.169.254/latest/meta-data/"),
    "/to-file": moved("file:///etc/passwd"),
    "/to-gopher": moved("gopher://127.0.0.1:70/_"),
    "/to-javascript": moved("javascript:alert(1)"),
    "/to-data": moved("data:text/html,hello"),
    "/to-user": moved("http://ok.example@127.0.0.1/ok"),
    "/to-port": moved("http://ok.example:22/"),
    "/to-schemeless": moved(f"//{INSIDE}/ok"),
    "/to-backslash": moved(f"http://ok.example\\@{INSIDE}/ok"),
    "/to-fold": b"HTTP/1.1 302 F\r\nLocation: http://ok.example/\r\n X-Evil: 1\r\nContent-Length: 0\r\n\r\n",
    "/to-control": b"HTTP/1.1 302 F\r\nLocation: http://ok.example/\x0b\x00\r\nContent-Length: 0\r\n\r\n",
    "/to-escaped-lines": moved("/ok%0d%0aX-Evil:%201"),
    "/ok%0d%0aX-Evil:%201": answer(200, PAGE),
    "/to-letters": answer(302).replace(b"Content-Type", "Location: /caf\u00e9\r\nContent-Type".encode()),
    "/caf%C3%A9": answer(200, PAGE),
    "/to-itself": moved("/to-itself"),
    "/ping": moved("/pong"),
    "/pong": moved("/ping"),
    "/long-way": moved("/far/1"),
    "/relative": moved("ok", 301),
    "/for-a-while": moved("/ok", 307),
    "/wanted": answer(401),
    "/forbidden": answer(403),
    "/gone": answer(410),
    "/limited": answer(429),
    "/broken": answer(500),
}
PATHS |= {f"/far/{n}": moved(f"/far/{n + 1}") for n in range(1, 30)}


class Strange:
    """The server on one number; `seen` are the questions it was asked, as bytes."""

    def __init__(self, number: str, port: int = 0, *, secure: ssl.SSLContext | None = None) -> None:
        self.seen: list[bytes] = []
        self._secure = secure
        self._socket = socket.create_server((number, port))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                one, _ = self._socket.accept()
                threading.Thread(target=self._talk, args=(one,), daemon=True).start()

    def _talk(self, one: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if self._secure is not None:
                one = self._secure.wrap_socket(one, server_side=True)
            with one:
                question = b""
                while b"\r\n\r\n" not in question and (more := one.recv(4096)):
                    question += more
                self.seen.append(question)
                self._reply(one, question.split(b" ")[1].decode("latin-1"))

    def _reply(self, one: socket.socket, path: str) -> None:
        made = PATHS.get(path.partition("?")[0], answer(404))
        if callable(made):
            made(one.sendall)
        else:
            one.sendall(made.replace(b".example/", f".example:{self.port}/".encode()))

    def close(self) -> None:
        """Stop listening."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@contextlib.contextmanager
def serving(number: str, port: int = 0, *, secure: ssl.SSLContext | None = None) -> Iterator[Strange]:
    """Serve within the block."""
    made = Strange(number, port, secure=secure)
    try:
        yield made
    finally:
        made.close()


class Authority:
    """A certificate authority of our own, trusted by the tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Tests")])
        self._root = self._certificate(self.name, self._key.public_key(), ["root"], days=30, root=True)
        (folder / "root.pem").write_bytes(self._root.public_bytes(serialization.Encoding.PEM))

    def _certificate(self, subject, key, names, *, days, root=False, by=None):  # type: ignore[no-untyped-def]
        now = datetime.now(UTC)
        built = (
            x509.CertificateBuilder(subject if by else self.name, subject, key, x509.random_serial_number())
            .not_valid_before(now - timedelta(days=60))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(each) for each in names]), False)
            .add_extension(x509.BasicConstraints(ca=root, path_length=None), True)
        )
        return built.sign(by or self._key, hashes.SHA256())

    @property
    def trust(self) -> ssl.SSLContext:
        """What a browser that trusts this authority uses."""
        return ssl.create_default_context(cafile=str(self.folder / "root.pem"))

    def server(self, *names: str, days: int = 20, self_signed: bool = False) -> ssl.SSLContext:
        """What a server of these names uses."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
        by = key if self_signed else None
        made = self._certificate(subject, key.public_key(), names, days=days, by=by)
        file = self.folder / f"{names[0]}-{days}-{self_signed}.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context
