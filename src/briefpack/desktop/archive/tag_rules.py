"""The rules by which documents are tagged."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QListWidget, QPlainTextEdit, QWidget

from briefpack.archive import Document, TagRule
from briefpack.archive.tagging import ENOUGH
from briefpack.desktop.archive.library import Library
from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.jobs import Job
from briefpack.desktop.widgets.parts import button, column, holding, label, named, row

_PAUSE = 400
_NAMED = 3


class TagRulesForm(Form):
    """The rules beside the words of the one that is chosen, and how many documents it would tag.

    Args:
        rules: the rules as they are.
        library: the archive.
        parent: the window.
    """

    def __init__(self, rules: Sequence[TagRule], library: Library, parent: QWidget | None = None) -> None:
        super().__init__("Tag rules", "Save", parent)
        self._library = library
        self._rules = [(rule.label, "\n".join(rule.words)) for rule in rules]
        self._at = -1
        self._job: Job | None = None
        self.list = named(QListWidget(), "Rules")
        self.list.setSpacing(2)
        self.name = named(QLineEdit(placeholderText="What the tag is called"), "Tag")
        self.words = named(QPlainTextEdit(placeholderText="A word or phrase a line\ninspect*"), "Words")
        self.words.setTabChangesFocus(True)
        self.preview = named(label("", "muted", wrap=True), "What the rule would tag")
        self.add_rule = button("Add a rule", self._add, shape="add")
        self.remove = button("Remove", self._remove, shape="delete")
        hint = label(
            f"A document is tagged where one of these is in its title, or they come {ENOUGH} times in its text. "
            "“inspect*” is every word that begins so. Tags that you have set on a document stay as they are.",
            "muted",
            wrap=True,
        )
        left = holding(column(self.list, row(self.add_rule, self.remove, None)))
        left.setMaximumWidth(280)
        right = holding(column(label("Tag"), self.name, label("Words and phrases"), self.words, hint, self.preview))
        self.content.addLayout(row(left, right, spacing=16))
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._ask_preview)
        self.list.currentRowChanged.connect(self._choose)
        self.name.textChanged.connect(self._typed)
        self.words.textChanged.connect(self._typed)
        self._fill(0)
        self.resize(760, 560)
        self.check()

    def rules(self) -> tuple[TagRule, ...]:
        """The rules as the user wants them."""
        return tuple(_rule(name, words) for name, words in self._rules)

    def problem(self) -> str:
        """Each rule has a name of its own, and words."""
        seen: set[str] = set()
        for name, words in self._rules:
            rule = _rule(name, words)
            if not rule.label:
                return "A rule has no name."
            if rule.label.casefold() in seen:
                return f"There are two rules “{rule.label}”."
            if not any(any(map(str.isalnum, each)) for each in rule.words):
                return f"“{rule.label}” has no words."
            seen.add(rule.label.casefold())
        return ""

    def _fill(self, at: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([name or "No name yet" for name, _ in self._rules])
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)
        self._choose(self.list.currentRow())

    def _choose(self, at: int) -> None:
        """Show a rule."""
        self._at = -1
        name, words = self._rules[at] if 0 <= at < len(self._rules) else ("", "")
        self.name.setText(name)
        self.words.setPlainText(words)
        self._at = at
        for part in (self.name, self.words, self.remove):
            part.setEnabled(0 <= at < len(self._rules))
        self._changed()

    def _typed(self) -> None:
        if 0 <= self._at < len(self._rules):
            self._rules[self._at] = (self.name.text(), self.words.toPlainText())
            self.list.item(self._at).setText(self.name.text().strip() or "No name yet")
            self._changed()

    def _changed(self) -> None:
        self.preview.setText("")
        self._timer.start()
        self.check()

    def _add(self) -> None:
        self._rules.append(("", ""))
        self._fill(len(self._rules) - 1)
        self.name.setFocus()

    def _remove(self) -> None:
        if 0 <= self._at < len(self._rules):
            at = self._at
            del self._rules[at]
            self._fill(min(at, len(self._rules) - 1))

    def _ask_preview(self) -> None:
        """Have it said what the chosen rule would tag; what was asked before is dropped."""
        if self._job is not None and not self._job.over:
            self._job.cancel()
        if not 0 <= self._at < len(self._rules):
            return
        rule = _rule(*self._rules[self._at])
        if not rule.label or not any(any(map(str.isalnum, each)) for each in rule.words):
            return
        self._job = self._library.ask(lambda archive: archive.tagged_by(rule))
        self._job.succeeded.connect(lambda found: self._show_preview(rule, found))

    def _show_preview(self, rule: TagRule, found: Sequence[Document]) -> None:
        if 0 <= self._at < len(self._rules) and rule == _rule(*self._rules[self._at]):
            self.preview.setText(would_tag(found))


def would_tag(found: Sequence[Document]) -> str:
    """What a rule would tag, in a sentence."""
    if not found:
        return "This rule would tag no document."
    count = f"{len(found):,} document{'' if len(found) == 1 else 's'}"
    names = ", ".join(f"“{each.title}”" for each in found[:_NAMED])
    more = len(found) - _NAMED
    return f"This rule would tag {count}: {names}{f' and {more:,} more' if more > 0 else ''}."


def _rule(name: str, words: str) -> TagRule:
    return TagRule(" ".join(name.split()), tuple(line.strip() for line in words.splitlines() if line.strip()))
