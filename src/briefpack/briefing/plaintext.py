"""A briefing as plain text: typed, copied from a mail, written in Markdown, or converted from a PDF."""

import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from briefpack.briefing.inline import TAG, read_inline
from briefpack.briefing.recognise import recognise
from briefpack.briefing.source import Imported, Source, SourceItem, SourceParagraph, SourceTable
from briefpack.errors import UserError
from briefpack.pack.model import Comment, Reply
from briefpack.pack.text import Text, clean, words

_BULLET = re.compile(r"[-*+•◦▪▫●○■□‣⁃·–—\uf0b7\uf0a7](?:\s+|$)")
_ROUND_BULLET = re.compile(r"o\s+")  # what Word's second level becomes in plain text; only where it is indented
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*$")
_QUOTE = re.compile(r">\s?")
_RULE = re.compile(r"(?:[-*_=–—]\s*){3,}")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_TABLE_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*")
_COMMENT = re.compile(r"Comment(?:ed)?\s*\[([^\[\]]{0,40}?)(\d+)(?:R(\d+))?\]\s*:?\s*(.*)", re.IGNORECASE)
_IN_LINE_ITEMS = re.compile(r"<li(?:\s[^<>]*)?>|•", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:;…][\"'”’)\]*_]*$")
_TAB = 4
_FEW_WORDS = 6
_MOST_BOLD_LINES = 6
_DEEPEST = 8
_MOST_CONTROLS = 0.02


class _Line(Struct, frozen=True):
    """A line of the source: its indentation in columns, and the rest."""

    indent: int
    words: str
    length: int

    @property
    def blank(self) -> bool:
        return not self.words


def import_text(string: str, where: str) -> Imported:
    """The pack that a plain text holds; ``where`` is what messages call it.

    Raises:
        UserError: it is empty, or no text.
    """
    controls = sum(1 for c in string if c < " " and c not in "\t\n\r\f\v")
    if "\0" in string or controls > _MOST_CONTROLS * len(string):
        raise UserError("This is not a text file", where=where, do="Choose a .txt, .md or .docx file")
    string = clean(string)
    if not string.strip():
        raise UserError("There is no text in this file", where=where, do="Choose a file with a briefing in it")
    return recognise(read_plain(string))


def read_plain(string: str) -> Source:
    """The paragraphs, tables and margin comments of a cleaned text."""
    reader = _Reader([_measured(line) for line in string.split("\n")])
    return reader.read()


def _measured(line: str) -> _Line:
    line = line.rstrip()
    rest = line.lstrip()
    indent = len(line[: len(line) - len(rest)].expandtabs(_TAB))
    return _Line(indent, rest, indent + len(rest))


class _Open(Struct):
    """A paragraph that may go on in the next line."""

    words: str
    indent: int
    last: int
    gap: bool
    level: int | None = None
    ordered: bool = False
    quote: bool = False
    in_bold: bool = False

    def go_on(self, words_: str) -> None:
        """Take in one more line."""
        self.words = f"{self.words} {words_}"
        self.in_bold ^= bool(words_.count("**") % 2)


class _Reader:
    """Reads lines one after the other; each begins a paragraph or goes on with the one before it."""

    def __init__(self, lines: list[_Line]) -> None:
        self._lines = lines
        self._width = _wrapping_width(lines)
        self._items: list[SourceItem] = []
        self._comments: list[Comment] = []
        self._by_number: dict[str, int] = {}
        self._labels: list[str] = []
        self._notes: list[str] = []
        self._paragraph: _Open | None = None
        self._gap = False
        self._indents: list[int] = []
        self._expected: dict[int, int] = {}

    def read(self) -> Source:
        """The whole source."""
        at = 0
        while at < len(self._lines):
            at = self._take(at)
        self._close()
        return Source(
            items=tuple(self._items),
            comments=tuple(self._comments),
            notes=tuple(self._notes),
            labels=tuple(self._labels),
        )

    def _take(self, at: int) -> int:
        """Read the line at ``at``, and those that belong to it; returns the place of the next."""
        line = self._lines[at]
        if line.blank or (_RULE.fullmatch(line.words) and not self._underlines(line)):
            self._gap = True
            return at + 1
        if found := _COMMENT.fullmatch(line.words):
            return self._comment(at, found)
        if self._goes_on(at):
            return self._continue(line, at)
        for read in (self._heading, self._in_line_list, self._table, self._quote, self._bullet, self._number):
            if after := read(at):
                self._gap = False
                return after
        self._close()
        self._indents.clear()
        self._expected.clear()
        self._begin(line, line.words)
        self._gap = False
        return at + 1

    # Paragraphs that go on

    def _begin(
        self, line: _Line, words_: str, *, level: int | None = None, ordered: bool = False, quote: bool = False
    ) -> None:
        in_bold = bool(words_.count("**") % 2)
        self._paragraph = _Open(words_, line.indent, line.length, self._gap, level, ordered, quote, in_bold)

    def _goes_on(self, at: int) -> bool:
        """Whether a line goes on with the paragraph before it."""
        line, open_ = self._lines[at], self._paragraph
        if open_ is None or _begins_something(line):
            return False
        if not self._gap:
            if open_.in_bold and self._bold_ends(at):
                return True
            if open_.level is not None and line.indent > open_.indent and open_.last < _MEASURE:
                return True
            first = line.words.split(maxsplit=1)[0]
            if self._width and open_.last + 1 + len(first) > self._width:
                return True
        return _is_torn(open_.words, line.words)

    def _bold_ends(self, at: int) -> bool:
        for line in self._lines[at : at + _MOST_BOLD_LINES]:
            if line.blank:
                return False
            if "**" in line.words:
                return True
        return False

    def _continue(self, line: _Line, at: int) -> int:
        open_ = self._paragraph
        assert open_ is not None
        if self._gap or not self._width:
            before, after = " ".join(open_.words.split()[-5:]), " ".join(line.words.split()[:4])
            self._notes.append(f"A paragraph that was broken in two was joined again: “… {before} / {after} …”.")
        open_.go_on(line.words)
        open_.last = line.length
        self._gap = False
        return at + 1

    def _close(self) -> None:
        """Finish the paragraph that is open."""
        open_, self._paragraph = self._paragraph, None
        if open_ is not None:
            self._add(
                SourceParagraph(
                    text=self._inline(open_.words),
                    level=open_.level,
                    ordered=open_.ordered,
                    quote=open_.quote,
                    gap=open_.gap,
                )
            )

    def _add(self, paragraph: SourceParagraph) -> None:
        if paragraph.text.string.strip():
            self._items.append(replace(paragraph, text=paragraph.text.strip()))

    def _inline(self, string: str) -> Text:
        read, labels = read_inline(string)
        self._labels.extend(labels)
        return read

    # What a line can begin; each returns the place after what it read, or 0

    def _heading(self, at: int) -> int:
        line, open_ = self._lines[at], self._paragraph
        if self._underlines(line) and open_ is not None:
            level = 1 if line.words.startswith("=") else 2
            self._paragraph = None
            self._add(SourceParagraph(text=self._inline(open_.words), heading=level, gap=open_.gap))
            return at + 1
        found = _MARKDOWN_HEADING.fullmatch(line.words)
        if not found:
            return 0
        self._close()
        self._indents.clear()
        self._expected.clear()
        self._add(SourceParagraph(text=self._inline(found[2]), heading=len(found[1]), gap=self._gap))
        return at + 1

    def _underlines(self, line: _Line) -> bool:
        """Whether a line of dashes makes a heading of the single line right above it."""
        open_ = self._paragraph
        return bool(
            _UNDERLINE.fullmatch(line.words)
            and open_
            and not self._gap
            and open_.level is None
            and abs(len(open_.words) - len(line.words)) <= len(open_.words) // 2
        )

    def _in_line_list(self, at: int) -> int:
        """A whole list in one line, as it comes out of a table cell of a web page or PDF."""
        words_ = self._lines[at].words
        starts = list(_IN_LINE_ITEMS.finditer(words_))
        tags = [tag for tag in TAG.finditer(words_) if tag[1].lower() in {"ul", "ol", "li"}]
        if not starts or (len(starts) < 2 and not tags):
            return 0
        self._close()
        self._indents.clear()
        self._labels.extend(found[0] for found in starts if found[0] != "•")
        lead = words_[: starts[0].start()]
        self._add(SourceParagraph(text=self._inline(lead), gap=self._gap))
        for number, (found, end) in enumerate(
            zip(starts, [*(each.start() for each in starts[1:]), len(words_)], strict=True)
        ):
            gap = self._gap and number == 0 and not lead.strip()
            self._add(SourceParagraph(text=self._inline(words_[found.end() : end]), level=0, gap=gap))
        return at + 1

    def _table(self, at: int) -> int:
        for split in (_cells_by_tabs, _cells_by_pipes):
            rows, end = [], at
            while end < len(self._lines) and (cells := split(self._lines[end])):
                rows.append(cells)
                end += 1
            if len(rows) > 1 and (split is _cells_by_pipes or len(set(map(len, rows))) == 1):
                self._close()
                self._items.append(self._made_table(rows))
                return end
        return 0

    def _made_table(self, rows: list[list[str]]) -> SourceTable:
        header = len(rows) > 1 and all(re.fullmatch(r":?-{2,}:?", cell) for cell in rows[1])
        kept = [row for row in rows if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in row)]
        width = max(map(len, kept), default=0)
        cells = tuple(
            tuple(self._cell(row[column]) if column < len(row) else () for column in range(width)) for row in kept
        )
        return SourceTable(rows=cells, header=header, gap=self._gap)

    def _cell(self, string: str) -> tuple[SourceParagraph, ...]:
        return (SourceParagraph(text=self._inline(string)),) if string else ()

    def _quote(self, at: int) -> int:
        line = self._lines[at]
        if not (found := _QUOTE.match(line.words)):
            return 0
        said = line.words[found.end() :].strip()
        open_ = self._paragraph
        if open_ is not None and open_.quote and not self._gap and said:
            open_.go_on(said)
            return at + 1
        self._close()
        self._begin(line, said, quote=True)
        return at + 1

    def _bullet(self, at: int) -> int:
        line = self._lines[at]
        found = _BULLET.match(line.words) or (_ROUND_BULLET.match(line.words) if line.indent else None)
        if not found:
            return 0
        if found[0][0] == "o":
            self._labels.append("o")
        self._list_item(line, line.words[found.end() :], ordered=False)
        return at + 1

    def _number(self, at: int) -> int:
        line = self._lines[at]
        found = _NUMBER.match(line.words)
        if not found:
            return 0
        number, rest = int(found[1]), line.words[found.end() :]
        if number != 1 and self._expected.get(line.indent) != number:
            return 0
        if self._stands_alone(at) and len(words(rest)) <= _FEW_WORDS and not _ENDED.search(rest):
            return 0  # "1. Introduction" is a title
        self._labels.append(found[1])
        self._list_item(line, rest, ordered=True)
        self._expected = {i: n for i, n in self._expected.items() if i < line.indent} | {line.indent: number + 1}
        return at + 1

    def _stands_alone(self, at: int) -> bool:
        """Whether empty lines are on both sides of a line, and what comes after is no number too."""
        after = next((line for line in self._lines[at + 1 :] if not line.blank), None)
        alone = self._gap and (at + 1 == len(self._lines) or self._lines[at + 1].blank)
        return alone and after is not None and not _NUMBER.match(after.words)

    def _list_item(self, line: _Line, words_: str, *, ordered: bool) -> None:
        self._close()
        while self._indents and self._indents[-1] >= line.indent:
            self._indents.pop()
        self._indents.append(line.indent)
        level = min(len(self._indents) - 1, _DEEPEST)
        self._begin(line, words_, level=level, ordered=ordered)

    # Comments in the margin

    def _comment(self, at: int, found: re.Match[str]) -> int:
        """A comment that a conversion has put among the lines: its place in the text is not known."""
        said, end = [found[4]], at + 1
        while end < len(self._lines) and not self._lines[end].blank and not _begins_something(self._lines[end]):
            said.append(self._lines[end].words)
            end += 1
        self._labels.append(found[0][: found.start(4)])
        initials, number, answer = found[1].strip(), found[2], found[3]
        words_ = self._inline(" ".join(said).strip()).string
        index = self._by_number.get((answer and number) or "")
        if index is not None:
            thread = self._comments[index]
            reply = Reply(words_, author=initials, initials=initials)
            self._comments[index] = replace(thread, replies=(*thread.replies, reply))
        else:
            self._by_number[number] = len(self._comments)
            self._comments.append(Comment(words_, author=initials, initials=initials))
        self._gap = True
        return end


_MEASURE = 130
"""Lines longer than this, in characters, were not broken by hand."""


def _begins_something(line: _Line) -> bool:
    """Whether a line has a sign of its own, so that it cannot go on with another."""
    return bool(
        _BULLET.match(line.words)
        or _NUMBER.match(line.words)
        or _MARKDOWN_HEADING.fullmatch(line.words)
        or _QUOTE.match(line.words)
        or _COMMENT.fullmatch(line.words)
        or _IN_LINE_ITEMS.search(line.words)
        or _UNDERLINE.fullmatch(line.words)
        or "\t" in line.words
        or line.words.startswith("|")
    )


def _is_torn(before: str, after: str) -> bool:
    """Whether a paragraph seems to go on in the next: a page turn split it in the middle of a sentence."""
    return (
        after[:1].islower() and len(before.split(maxsplit=_FEW_WORDS)) > _FEW_WORDS and not _ENDED.search(before[-20:])
    )


def _wrapping_width(lines: Iterable[_Line]) -> int:
    """The width at which all lines were broken; 0 where each paragraph is one line."""
    lengths = [line.length for line in lines if not line.blank]
    longest = max(lengths, default=0)
    full = sum(1 for length in lengths if length > longest * 0.85)
    return longest if 50 <= longest <= 100 and full >= max(5, len(lengths) // 6) else 0


def _cells_by_tabs(line: _Line) -> list[str]:
    """The cells of a line with tabs between words; none where there is no such tab."""
    return [cell.strip() for cell in re.split(r"\t+", line.words)] if "\t" in line.words else []


def _cells_by_pipes(line: _Line) -> list[str]:
    """The cells of a Markdown table's line; none where it is no such line."""
    if _TABLE_RULE.fullmatch(line.words) or (line.words.startswith("|") and line.words.count("|") > 1):
        return [cell.strip() for cell in line.words.strip("|").split("|")]
    return []
