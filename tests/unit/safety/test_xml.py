"""XML is parsed without declarations of its own, without the network, and within a budget."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.errors import UserError
from briefpack.safety import xml
from briefpack.safety.xml import parse_xml

DECLARED = (
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
    '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>',
)


def test_parses_without_comments_and_instructions():
    root = parse_xml(b'<?xml version="1.0"?><a><!-- c --><b>x<?go now?>y</b></a>', where="x")
    assert [child.tag for child in root] == ["b"]
    assert root[0].text == "xy"


@pytest.mark.parametrize("document", DECLARED)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("recover", [False, True])
def test_declarations_are_refused_in_every_encoding(document, encoding, recover):
    declared = f'<?xml version="1.0" encoding="{encoding}"?>{document}'.encode(encoding)
    with pytest.raises(UserError, match="declares"):
        parse_xml(declared, where="x", recover=recover)


@pytest.mark.parametrize(
    "broken", [b"", b"<a", b"<a></b>", b"words", b"<a>&x;</a>", b"<a>" * 300 + b"</a>" * 300, b"\xff\xfe\0\0"]
)
def test_what_is_not_well_formed_is_refused(broken):
    with pytest.raises(UserError, match="not readable XML"):
        parse_xml(broken, where="x")


def test_what_is_broken_can_be_recovered():
    assert parse_xml(b"<a><b>words</a>", where="x", recover=True)[0].text == "words"
    with pytest.raises(UserError):
        parse_xml(b"", where="x", recover=True)


def test_the_budget_of_elements_is_looked_at_before_parsing(monkeypatch):
    monkeypatch.setattr(xml.etree, "fromstring", None)
    with pytest.raises(UserError, match="more than 1,000,000 elements"):
        parse_xml(b"<a>" + b"<p/>" * 1_000_001 + b"</a>", where="x")


@given(st.binary(max_size=60) | st.text("<>/!&;a[]?-", max_size=60).map(str.encode), st.booleans())
def test_only_user_errors_escape(data, recover):
    try:
        root = parse_xml(data, where="x", recover=recover)
    except UserError:
        return
    assert isinstance(root.tag, str)
