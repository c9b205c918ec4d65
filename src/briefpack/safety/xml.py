"""XML from outside: no document type, no entities, no network, and a budget of elements."""

import re
from pathlib import Path

from lxml import etree

from briefpack.errors import UserError

MOST_ELEMENTS = 1_000_000
"""More elements than this are refused: a Word file of 3,000 pages has fewer."""

_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_DAMAGED = "Open the file in the program that made it, save it again and try again"


def parse_xml(data: bytes, *, where: str | Path, recover: bool = False) -> etree._Element:
    """The root of an XML document, without its comments and processing instructions.

    Where ``recover`` is set, what is broken is repaired or left out: to be tried after a plain parse has failed, and told.

    Raises:
        UserError: no well-formed XML, more elements or depth than a document has, or declarations of its own.
    """
    if _DECLARATION.search(data):
        raise _refused("it declares a document type or entities", where)
    if data.count(b"<") - data.count(b"</") > MOST_ELEMENTS:
        raise _refused(f"it has more than {MOST_ELEMENTS:,} elements", where)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise UserError(f"This is not readable XML ({_reason(error)})", where=where, do=_DAMAGED) from error
    if root is None:
        raise UserError("This is not readable XML", where=where, do=_DAMAGED)
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding in which the search above is blind
        raise _refused("it declares a document type or entities", where)
    return root


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _refused(what: str, where: str | Path) -> UserError:
    return UserError(
        f"This file is not opened, because {what}",
        where=where,
        do="It may have been made to do harm: ask whoever sent it",
    )
