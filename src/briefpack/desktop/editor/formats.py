"""How blocks and runs look: Qt's formats, made once for each kind, level and set of marks."""

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextFormat

from briefpack.desktop.editor.look import FONTS, INDENT, TEXT_POINTS, Look
from briefpack.desktop.theme.people import person_colour
from briefpack.pack.model import OBJECTS, AnyBlock, Heading, ListItem, Quote
from briefpack.pack.text import MarkKind
from briefpack.pack.tracked import read_proposal

BLOCK_ID = int(QTextFormat.Property.UserProperty.value) + 1
"""Block format: the block's id. All else of a block is looked up in the pack by it."""

MARKS = BLOCK_ID + 1
"""Character format: the marks of a run, as :func:`encode` writes them."""

TOKEN = BLOCK_ID + 2
"""Character format of an object: changes whenever what the object shows does, so that Qt asks for its size again."""

CARD = int(QTextFormat.ObjectTypes.UserObject.value) + 1
"""The object type of every card."""

Marks = tuple[tuple[MarkKind, str], ...]
Shape = tuple[str, int]

COLOURED = frozenset({MarkKind.LINK, MarkKind.INSERTION, MarkKind.DELETION})
"""The marks whose format holds a colour and so depends on the look."""

_HEADING_POINTS = (17.0, 14.0, 12.0, 11.0, 11.0, 11.0)
_HEADING_SPACE = ((26, 9), (20, 7), (16, 5), (12, 4), (12, 4), (12, 4))
LINE_HEIGHT = 122.0
ATTRIBUTION = 20
"""Room under a quotation for who said it, in pixels at 100 %: it is painted there, and is not text."""


def shape_of(block: AnyBlock) -> Shape:
    """The kind of a block and its level: what its look depends on."""
    match block:
        case Heading():
            return ("heading", block.level)
        case ListItem():
            return ("list_item", block.level)
        case Quote():
            return ("quote", int(bool(block.speaker or block.said_on)))
        case _ if isinstance(block, OBJECTS):
            return ("object", 0)
        case _:
            return ("paragraph", 0)


def encode(marks: Marks) -> str:
    """Marks as one string, equal for equal marks."""
    return "\x1e".join(f"{kind.value}\x1f{value}" for kind, value in marks)


def decode(encoded: str) -> Marks:
    """The marks that :func:`encode` wrote."""
    if not encoded:
        return ()
    pairs = (each.partition("\x1f") for each in encoded.split("\x1e"))
    return tuple((MarkKind(kind), value) for kind, _, value in pairs)


class Formats:
    """The formats of one look at one zoom (1.0 is 100 %).

    ``people`` are those whose insertions and deletions have colours that differ, in their order.
    """

    def __init__(self, look: Look, zoom: float = 1.0, people: tuple[str, ...] = ()) -> None:
        self.look = look
        self.zoom = zoom
        self.people = people
        self._blocks: dict[Shape, QTextBlockFormat] = {}
        self._chars: dict[tuple[Shape, Marks], QTextCharFormat] = {}

    def block(self, block: AnyBlock) -> QTextBlockFormat:
        """The block format of a block: its spacing, and its id."""
        shape = shape_of(block)
        if shape not in self._blocks:
            self._blocks[shape] = self._new_block(shape)
        made = QTextBlockFormat(self._blocks[shape])
        made.setProperty(BLOCK_ID, block.id)
        return made

    def chars(self, shape: Shape, marks: Marks = ()) -> QTextCharFormat:
        """The character format of a run with ``marks`` in a block of a shape."""
        key = (shape, marks)
        if key not in self._chars:
            self._chars[key] = self._new_chars(shape, marks)
        return self._chars[key]

    def card(self, token: str) -> QTextCharFormat:
        """The character format of an object."""
        made = QTextCharFormat()
        made.setObjectType(CARD)
        made.setProperty(TOKEN, token)
        return made

    def _new_block(self, shape: Shape) -> QTextBlockFormat:
        kind, level = shape
        made = QTextBlockFormat()
        above, below, left, right = 0, 8, 0, 0
        match kind:
            case "heading":
                above, below = _HEADING_SPACE[min(level, 6) - 1]
            case "list_item":
                below, left = 6, INDENT * (level + 1)
            case "quote":
                above, below, left, right = 8, 14 + (ATTRIBUTION + 6) * level, INDENT, INDENT
            case "object":
                above, below = 8, 14
        made.setTopMargin(above * self.zoom)
        made.setBottomMargin(below * self.zoom)
        made.setLeftMargin(left * self.zoom)
        made.setRightMargin(right * self.zoom)
        if kind != "object":
            made.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return made

    def _new_chars(self, shape: Shape, marks: Marks) -> QTextCharFormat:
        made = QTextCharFormat()
        kinds = dict(marks)
        if shape[0] == "heading":
            made.setFontPointSize(_HEADING_POINTS[min(shape[1], 6) - 1] * self.zoom)
        if shape[0] == "heading" or MarkKind.BOLD in kinds:
            made.setFontWeight(QFont.Weight.Bold)
        if MarkKind.ITALIC in kinds or (shape[0] == "heading" and shape[1] >= 5):
            made.setFontItalic(True)
        if kinds.keys() & {MarkKind.UNDERLINE, MarkKind.INSERTION, MarkKind.LINK}:
            made.setFontUnderline(True)
        if kinds.keys() & {MarkKind.STRIKE, MarkKind.DELETION}:
            made.setFontStrikeOut(True)
        if MarkKind.DELETION in kinds:
            made.setForeground(self._of_person(kinds[MarkKind.DELETION]) or self.look.deleted)
        elif MarkKind.INSERTION in kinds:
            made.setForeground(self._of_person(kinds[MarkKind.INSERTION]) or self.look.inserted)
        elif MarkKind.LINK in kinds:
            made.setForeground(self.look.link)
        if marks:
            made.setProperty(MARKS, encode(marks))
        return made

    def _of_person(self, proposal: str) -> QColor | None:
        """The colour of whoever proposed a change; None where that is not known."""
        author = read_proposal(proposal).author
        return person_colour(author, self.people, dark=self.look.dark) if author else None

    def font(self) -> QFont:
        """The document's font at this zoom."""
        font = QFont()
        font.setFamilies(list(FONTS))
        font.setPointSizeF(TEXT_POINTS * self.zoom)
        return font
