"""Addresses that links may lead to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.pack.links import is_safe, read_address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://example.org", "https://example.org"),
        (" HTTP://Example.org/a?b#c ", "HTTP://Example.org/a?b#c"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("www.example.org/page", "https://www.example.org/page"),
        ("example.org", "https://example.org"),
        ("a.person@example.org", "mailto:a.person@example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("http://localhost:8000/x", "http://localhost:8000/x"),
    ],
)
def test_what_is_meant(typed, meant):
    assert read_address(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "words", "two words.org", "javascript:alert(1)", "file:///etc/passwd", "ftp://example.org", "data:text/html,x",
     "https://", "https://a@b.org/", "mailto:nobody", "vbscript:x", "C:\\secret.txt", "https://example.org/two words"],
)  # fmt: skip
def test_what_no_link_leads_to(typed):
    assert read_address(typed) == ""


@given(st.text(max_size=30))
def test_what_is_read_is_safe_and_read_again_as_itself(typed):
    address = read_address(typed)
    if address:
        assert is_safe(address)
        assert read_address(address) == address
