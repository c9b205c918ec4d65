"""The lists that the archive goes by, and their forms: acronyms and tag rules."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from briefpack.archive import TagRule
    from briefpack.desktop.archive.panel import ArchivePanel


class ListCommands(QObject):
    """Args: gives the archive's panel, which is made late; what dialogs stand over."""

    said = Signal(str, str, object)
    failed = Signal(object)

    started = Signal(object, str)
    """A job that may take a while, and what it does."""

    def __init__(self, archive: "Callable[[], ArchivePanel]", window: QWidget) -> None:
        super().__init__(window)
        self._archive = archive
        self._window = window

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {"archive.acronyms": self.acronyms, "archive.tag_rules": self.tag_rules}

    def acronyms(self) -> None:
        """Show the list of acronyms."""
        from briefpack.desktop.archive.acronyms import choose_acronyms

        choose_acronyms(self._archive().library, self._window)

    def tag_rules(self) -> None:
        """Ask how documents are tagged."""
        job = self._archive().library.ask(lambda archive: archive.tag_rules())
        job.succeeded.connect(self._ask_rules)
        job.failed.connect(self.failed)

    def _ask_rules(self, rules: "tuple[TagRule, ...]") -> None:
        from briefpack.desktop.archive.tag_rules import TagRulesForm

        form = TagRulesForm(rules, self._archive().library, self._window)
        if form.asked() and (wanted := form.rules()) != rules:
            self._set(wanted, rules)

    def _set(self, rules: "tuple[TagRule, ...]", before: "tuple[TagRule, ...] | None") -> None:
        """Tag all documents anew by other rules."""
        job = self._archive().library.change(lambda archive: archive.set_tag_rules(rules))
        job.failed.connect(self.failed)
        job.succeeded.connect(lambda _value: self._done(before))
        self.started.emit(job, "Tagging documents")

    def _done(self, before: "tuple[TagRule, ...] | None") -> None:
        if before is None:
            self.said.emit("The rules are as they were", "", None)
        else:
            self.said.emit("Documents are tagged by the new rules", "Undo", lambda: self._set(before, None))
