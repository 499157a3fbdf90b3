"""Which numbers are public, which texts are addresses, and the words of a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.toolkit.fetching import Allowed, is_public
from accredit.toolkit.fetching.addresses import Unfit, place_of
from accredit.toolkit.fetching.reading import title_and_text


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("64:ff9b::808:808", True), ("::ffff:8.8.8.8", True),
        ("2002:808:808::1", True), ("::8.8.8.8", False), ("64:ff9b::a00:1", False), ("2001:db8::1", False),
        ("2002:a00:1::1", False), ("ff02::1", False), ("2a00:1450::5efe:a00:1", False), ("words", False),
        ("2a00:1450::5efe:808:808", True), ("2001:0:808:808::1", False), ("100.127.255.255", False),
        ("172.32.0.1", True), ("192.88.99.1", False), ("fec0::1", False), ("64:ff9b:1::808:808", False),
    ],
)  # fmt: skip
def test_public_numbers(number, public):
    assert is_public(number) is public


@given(st.ip_addresses())
def test_what_is_not_global_is_never_public(number):
    if number.is_loopback or number.is_link_local or number.is_multicast or number.is_unspecified:
        assert not is_public(str(number))
    if is_public(str(number)) and number.version == 4:
        assert number.is_global


@given(st.text(max_size=40))
def test_any_text_is_a_place_or_unfit(text):
    for address in (text, f"http://{text}", f"http://ok.example/{text}"):
        try:
            place = place_of(address, allowed=Allowed())
        except Unfit:
            continue
        assert place.address.isascii()
        assert not set(place.address) & set("\r\n\t \x00")


def test_words_without_what_is_not_for_reading():
    body = (
        "<title>One\n two</title><script>alert(1)</script><style>p{}</style><p>A<b>b</b> &lt;script&gt;</p>"
        "<svg><text>no</text></svg><p>\u202eright\u202c</p><noscript>no</noscript><!-- no --><li>item"
    )
    assert title_and_text(body.encode(), "utf-8") == ("One two", "Ab <script>\nright\nitem")


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00\x01\x02", b"<", b"<p>" * 20_000, b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
     b"<?xml version='1.0' encoding='nonsense'?><p>x</p>", b"\xff\xfe<\x00p\x00"],
)  # fmt: skip
def test_odd_pages_are_read_without_an_accident(body):
    title, text = title_and_text(body, "utf-8")
    assert "root:" not in title + text
    assert "\x00" not in title + text
