"""The comments of a pack as Qt's list."""

import datetime as dt
from enum import StrEnum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from briefpack.desktop.editor.notes import NAMELESS
from briefpack.pack.anchors import spans, words_at
from briefpack.pack.dates import day_words
from briefpack.pack.model import Comment, Pack
from briefpack.pack.text import MarkKind

ROW = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


class Which(StrEnum):
    """Which comments are listed."""

    OPEN = "Open"
    RESOLVED = "Resolved"
    ALL = "All"


class Row(NamedTuple):
    """A comment, and the words that it stands on; None where it has no place."""

    comment: Comment
    words: str | None


class CommentsModel(QAbstractListModel):
    """The comments in the order of their words; those without a place come last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Row, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._which = Which.OPEN
        self._person = ""

    @property
    def people(self) -> list[str]:
        """Everybody who wrote a comment or a reply."""
        names = {row.comment.author for row in self._all} | {r.author for row in self._all for r in row.comment.replies}
        return sorted(names - {""}, key=str.casefold)

    @property
    def open(self) -> int:
        """How many comments of the pack are not resolved."""
        return sum(not row.comment.resolved for row in self._all)

    def __len__(self) -> int:
        """How many comments the pack has, listed or not."""
        return len(self._all)

    def show(self, pack: Pack) -> None:
        """List a pack's comments."""
        places = spans(pack, MarkKind.COMMENT)
        order = {comment: at for at, comment in enumerate(places)}
        comments = sorted(pack.comments, key=lambda comment: order.get(comment.id, len(order)))
        rows = tuple(Row(c, words_at(pack, places[c.id]) if c.id in places else None) for c in comments)
        if rows != self._all:
            self._all = rows
            self._list()

    def filter(self, which: Which, person: str) -> None:
        """List those only; ``person`` is empty for everybody."""
        if (which, person) != (self._which, self._person):
            self._which, self._person = which, person
            self._list()

    def find(self, comment: str) -> QModelIndex:
        """Where a comment is listed."""
        for at, row in enumerate(self._rows):
            if row.comment.id == comment:
                return self.index(at)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt's."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Qt's."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.comment.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(row)
            case _ if role == ROW:
                return row
            case _:
                return None

    def _list(self) -> None:
        rows = tuple(row for row in self._all if self._wanted(row.comment))
        if [row.comment.id for row in rows] == [row.comment.id for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _wanted(self, comment: Comment) -> bool:
        if self._which is not Which.ALL and comment.resolved != (self._which is Which.RESOLVED):
            return False
        return not self._person or self._person in {comment.author, *(reply.author for reply in comment.replies)}


def when(time: dt.datetime | None) -> str:
    """A time as it is shown: "18 March 2020, 14:05"; empty where there is none."""
    return f"{day_words(time.date())}, {time:%H:%M}" if time else ""


def spoken(row: Row) -> str:
    """A comment in words, for a screen reader."""
    comment = row.comment
    replies = len(comment.replies)
    parts = [
        comment.author or NAMELESS,
        when(comment.time),
        comment.text,
        f"on “{row.words}”" if row.words is not None else "its place is not known",
        f"{replies} {'reply' if replies == 1 else 'replies'}" if replies else "",
        "resolved" if comment.resolved else "",
    ]
    return ", ".join(part for part in parts if part)
