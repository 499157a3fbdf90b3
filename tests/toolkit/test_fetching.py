"""Asking addresses: what honest sites answer, and what hostile ones try."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from accredit.rulebook.terms import Finding
from accredit.toolkit.fetching import Allowed, Answer, Limits, ask, page_of
from tests.toolkit.strange_server import INSIDE, PUBLIC, Authority, Strange, serving

NAMES = {
    "ok.example": PUBLIC,
    "www.ok.example": PUBLIC,
    "inside.example": INSIDE,
    "xn--strae-oqa.example": PUBLIC,
}
SHORT = Limits(seconds=0.6)


def resolver(host: str) -> Sequence[str]:
    """A little DNS."""
    if host not in NAMES:
        raise OSError(host)
    return [NAMES[host]]


@pytest.fixture(scope="module")
def public() -> Iterator[Strange]:
    with serving(PUBLIC) as made:
        yield made


@pytest.fixture(scope="module")
def inside(public: Strange) -> Iterator[Strange]:
    """What a redirect may try to reach: on the same port of the inner number."""
    with serving(INSIDE, public.port) as made:
        yield made


def allowed(*ports: int) -> Allowed:
    return Allowed(ports=frozenset({80, 443, *ports}), also=frozenset({PUBLIC}))


def fetch(server: Strange, path: str, *, limits: Limits | None = None, host: str = "ok.example") -> Answer:
    address = path if "://" in path else f"http://{host}:{server.port}{path}"
    return ask(address, agent="Test", resolver=resolver, allowed=allowed(server.port), limits=limits)


# What honest sites answer ------------------------------------------------------------------------------


def test_a_page_that_answers(public):
    found = fetch(public, "/ok")
    assert (found.finding, found.http_code, found.media_type) == (Finding.OK, 200, "text/html")
    assert found.final_address == f"http://ok.example:{public.port}/ok"
    assert page_of(found).title == "A page"
    assert page_of(found).text == "Hello\nSome words."


def test_the_question_names_the_site_and_tells_nothing_else(public, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    fetch(public, "/cookie")
    first, second = public.seen[-2:]
    assert f"Host: ok.example:{public.port}\r\nUser-Agent: Test\r\n".encode() in first
    for each in (b"Cookie", b"Authorization", b"Referer"):
        assert each not in first + second


@pytest.mark.parametrize(
    ("path", "finding", "code"),
    [
        ("/empty", Finding.OK, 204),
        ("/film", Finding.OK, 200),
        ("/for-a-while", Finding.OK, 200),
        ("/relative", Finding.MOVED, 200),
        ("/wanted", Finding.NEEDS_SIGN_IN, 401),
        ("/forbidden", Finding.NEEDS_SIGN_IN, 403),
        ("/nothing-here", Finding.GONE, 404),
        ("/gone", Finding.GONE, 410),
        ("/limited", Finding.TURNED_AWAY, 429),
        ("/code-999", Finding.TURNED_AWAY, 999),
        ("/code-101", Finding.TURNED_AWAY, 101),
        ("/no-location", Finding.TURNED_AWAY, 302),
        ("/many-choices", Finding.TURNED_AWAY, 300),
        ("/broken", Finding.SERVER_ERROR, 500),
    ],
)
def test_codes(public, path, finding, code):
    found = fetch(public, path)
    assert (found.finding, found.http_code) == (finding, code)
    assert found.milliseconds >= 0


def test_a_redirect_to_www_or_a_stroke_is_no_move():
    with serving(PUBLIC) as made:
        made._reply = lambda one, path: one.sendall(  # type: ignore[method-assign]
            b"HTTP/1.1 301 M\r\nLocation: http://www.ok.example:%d/a/\r\n\r\n" % made.port
            if path == "/a" else b"HTTP/1.1 200 OK\r\n\r\n"
        )  # fmt: skip
        assert fetch(made, "/a").finding is Finding.OK


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/latin", "café"),
        ("/gzip", "Hello\nSome words."),
        ("/deflate", "Hello\nSome words."),
        ("/chunked", "Words"),
        ("/odd-charset", "Hello\nSome words."),
        ("/text", "plain words"),
        ("/short", "Half"),
        ("/huge-length", "x"),
        ("/film", ""),
        ("/unknown-coding", ""),
        ("/twice-packed", ""),
    ],
)
def test_the_words_of_a_page(public, path, text):
    found = fetch(public, path)
    assert found.finding is Finding.OK
    assert page_of(found).text == text


def test_names_in_other_letters(public):
    assert fetch(public, "/ok", host="straße.example").finding is Finding.OK
    assert b"Host: xn--strae-oqa.example" in public.seen[-1]
    assert fetch(public, "/to-letters").finding is Finding.OK
    assert b"GET /caf%C3%A9 " in public.seen[-1]


def test_an_address_keeps_its_query_and_loses_its_fragment(public):
    fetch(public, "/ok?q=a%20b&c=d e#part".replace(" ", "%20"))
    assert public.seen[-1].startswith(b"GET /ok?q=a%20b&c=d%20e HTTP/1.1\r\n")


# What hostile ones try ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/to-inside", "/to-inside-name", "/to-v6", "/to-mapped", "/to-decimal", "/to-hex", "/to-octal",
        "/to-short", "/to-metadata", "/to-user", "/to-port", "/to-schemeless", "/to-backslash",
    ],
)  # fmt: skip
def test_no_redirect_leads_inside(public, inside, path):
    found = fetch(public, path)
    assert found.finding is Finding.REFUSED_ADDRESS
    assert not inside.seen


@pytest.mark.parametrize(
    "path",
    ["/to-file", "/to-gopher", "/to-javascript", "/to-data", "/to-fold", "/to-control"],
)
def test_no_redirect_leaves_the_web(public, inside, path):
    assert fetch(public, path).finding is Finding.NOT_WEB
    assert not inside.seen


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://127.1/", "http://0177.0.0.1/", "http://0x7f.0.0.1/",
        "http://2130706433/", "http://0/", "http://[::1]/", "http://[::]/", "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/",
        "http://[fd00:ec2::254]/", "http://10.0.0.8/", "http://172.16.3.4/", "http://192.168.1.1/",
        "http://169.254.169.254/", "http://100.64.0.1/", "http://100.100.100.200/", "http://192.0.0.192/",
        "http://168.63.129.16/", "http://224.0.0.1/", "http://255.255.255.255/", "http://240.0.0.1/",
        "http://198.18.0.1/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://ok.example:22/",
        "http://ok.example:6379/", "http://user@ok.example/", "http://user:word@ok.example/",
        "http://ok.example\\@127.0.0.1/", "http://ok.example%00.127.0.0.1/",
    ],
)  # fmt: skip
def test_closed_addresses(public, inside, address):
    names = {**NAMES, "localhost": "127.0.0.1"}
    found = ask(address, agent="Test", resolver=lambda host: [names[host]], allowed=allowed())
    assert found.finding is Finding.REFUSED_ADDRESS
    assert not inside.seen


@pytest.mark.parametrize(
    ("address", "finding"),
    [
        ("", Finding.NOT_WEB),
        ("no address", Finding.NOT_WEB),
        ("ftp://ok.example/", Finding.NOT_WEB),
        ("file:///etc/passwd", Finding.NOT_WEB),
        ("http://ok.example/\r\nX-Evil: 1", Finding.NOT_WEB),
        ("http://ok.example/\x00", Finding.NOT_WEB),
        ("http://ok.example:99999/", Finding.NOT_WEB),
        ("http://[::1/", Finding.NOT_WEB),
        ("http://ok.example/" + "a" * 3000, Finding.NOT_WEB),
        ("http://ok.example/" + "é" * 700, Finding.NOT_WEB),
        ("http:///path", Finding.NO_SUCH_NAME),
        ("http://.../", Finding.NO_SUCH_NAME),
        ("http://-a-.example/", Finding.NO_SUCH_NAME),
        ("http://999.999.999.999/", Finding.NO_SUCH_NAME),
        ("http://1.2.3.4.5/", Finding.NO_SUCH_NAME),
        ("http://" + "a" * 64 + ".example/", Finding.NO_SUCH_NAME),
        ("http://nowhere.example/", Finding.NO_SUCH_NAME),
    ],
)
def test_addresses_that_lead_nowhere(address, finding):
    assert ask(address, agent="Test", resolver=resolver, allowed=allowed()).finding is finding


def test_a_name_that_changes_its_number_gains_nothing(public, inside):
    """The number that was judged is the one connected to, however often the name is changed."""
    asked: list[str] = []

    def changing(host: str) -> Sequence[str]:
        asked.append(host)
        return [PUBLIC if len(asked) == 1 else INSIDE]

    address = f"http://rebinding.example:{public.port}/ok"
    options = {"agent": "Test", "resolver": changing, "allowed": allowed(public.port)}
    assert ask(address, **options).finding is Finding.OK
    assert ask(address, **options).finding is Finding.REFUSED_ADDRESS
    assert len(asked) == 2
    assert not inside.seen


def test_a_name_that_changes_between_two_hops_is_judged_again(public, inside):
    answers = iter([[PUBLIC], [INSIDE]])
    found = ask(
        f"http://ok.example:{public.port}/for-a-while",
        agent="Test", resolver=lambda host: next(answers), allowed=allowed(public.port),
    )  # fmt: skip
    assert found.finding is Finding.REFUSED_ADDRESS
    assert not inside.seen


def test_one_closed_number_among_open_ones_closes_the_name(public, inside):
    found = ask(
        f"http://ok.example:{public.port}/ok",
        agent="Test", resolver=lambda host: [PUBLIC, INSIDE], allowed=allowed(public.port),
    )  # fmt: skip
    assert found.finding is Finding.REFUSED_ADDRESS
    assert not inside.seen


@pytest.mark.parametrize("numbers", [[], ["what"], ["fe80::1%eth0"], [""]])
def test_strange_answers_of_a_resolver(public, numbers):
    found = ask("http://ok.example/", agent="Test", resolver=lambda host: numbers, allowed=allowed())
    assert found.finding in {Finding.NO_SUCH_NAME, Finding.REFUSED_ADDRESS}


@pytest.mark.parametrize("path", ["/to-itself", "/ping", "/long-way"])
def test_redirects_end(public, path):
    assert fetch(public, path).finding is Finding.LOOP


@pytest.mark.parametrize(
    ("path", "finding"),
    [
        ("/bomb", Finding.TOO_LARGE),
        ("/long-header", Finding.TOO_LARGE),
        ("/many-headers", Finding.TOO_LARGE),
        ("/fat-headers", Finding.TOO_LARGE),
        ("/continues", Finding.TOO_LARGE),
        ("/not-http", Finding.NOT_WEB),
        ("/old", Finding.NOT_WEB),
        ("/no-code", Finding.NOT_WEB),
        ("/no-gzip", Finding.NOT_WEB),
        ("/hangs-up", Finding.UNREACHABLE),
        ("/drip", Finding.TOO_SLOW),
        ("/drip-headers", Finding.TOO_SLOW),
        ("/silent", Finding.TOO_SLOW),
        ("/endless", Finding.OK),
        ("/bad-chunk", Finding.OK),
        ("/bad-type", Finding.OK),
        ("/lying-length", Finding.OK),
        ("/to-escaped-lines", Finding.OK),
    ],
)
def test_answers_nobody_wants(public, path, finding):
    began = time.monotonic()
    found = fetch(public, path, limits=SHORT)
    assert found.finding is finding
    assert time.monotonic() - began < SHORT.seconds + 1
    assert len(found.body) <= SHORT.unpacked


def test_a_long_page_is_read_from_its_beginning_only(public):
    found = fetch(public, "/endless", limits=replace(SHORT, received=5000))
    assert found.finding is Finding.OK
    assert 0 < len(found.body) <= 5000


def test_a_slow_name_does_not_hold_anybody_up():
    def slow(host: str) -> Sequence[str]:
        time.sleep(1)
        return [PUBLIC]

    began = time.monotonic()
    found = ask("http://ok.example/", agent="Test", resolver=slow, limits=Limits(seconds=0.1))
    assert found.finding is Finding.TOO_SLOW
    assert time.monotonic() - began < 0.9


def test_nobody_listens():
    with serving(PUBLIC) as made:
        pass
    assert fetch(made, "/").finding is Finding.UNREACHABLE


def test_what_nobody_foresaw_is_no_accident(monkeypatch):
    def breaks(host: str) -> Sequence[str]:
        return [None]  # type: ignore[list-item]

    found = ask("http://ok.example/", agent="Test", resolver=breaks)
    assert found.finding in {Finding.UNREACHABLE, Finding.NO_SUCH_NAME}


# Certificates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "options", "finding"),
    [
        (["ok.example"], {}, Finding.OK),
        (["other.example", "ok.example"], {}, Finding.OK),
        (["other.example"], {}, Finding.CERTIFICATE_BAD),
        (["ok.example"], {"days": -2}, Finding.CERTIFICATE_BAD),
        (["ok.example"], {"self_signed": True}, Finding.CERTIFICATE_BAD),
    ],
)
def test_certificates(tmp_path, names, options, finding):
    authority = Authority(tmp_path)
    with serving(PUBLIC, secure=authority.server(*names, **options)) as made:
        found = ask(
            f"https://ok.example:{made.port}/ok",
            agent="Test", resolver=resolver, allowed=allowed(made.port), trust=authority.trust,
        )  # fmt: skip
    assert found.finding is finding
    assert (found.certificate_until_at is not None) is (finding is Finding.OK)
    assert bool(made.seen) is (finding is Finding.OK)


def test_no_secure_connection_where_none_is_spoken(public):
    found = fetch(public, f"https://ok.example:{public.port}/ok", limits=SHORT)
    assert found.finding in {Finding.UNREACHABLE, Finding.TOO_SLOW}
