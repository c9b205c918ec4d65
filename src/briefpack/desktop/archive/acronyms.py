"""The list of acronyms, and the form of one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefpack.archive import Acronym, AcronymOrigin, Archive
from briefpack.desktop.archive.library import Library
from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.dialogs.message import show_error
from briefpack.desktop.widgets.parts import button, label, named, row
from briefpack.desktop.widgets.toast import Toast

Change = Callable[[Archive], object]

_FROM = {AcronymOrigin.DEPARTMENT: "The department’s list", AcronymOrigin.USER: "You"}
_LONGEST = 120


class AcronymsDialog(QDialog):
    """Every acronym by which searches are widened, where it is known from, and whether it is on.

    A change counts from the next search on, and can be undone.

    Args:
        library: the archive.
        parent: the window.
    """

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Acronyms")
        self.setAccessibleName("Acronyms")
        self.setModal(True)
        self._library = library
        self._all: tuple[Acronym, ...] = ()
        self.search = named(QLineEdit(placeholderText="Find an acronym or words", clearButtonEnabled=True), "Find")
        self.search.textChanged.connect(self._fill)
        self.list = named(QTreeWidget(columnCount=4), "Acronyms")
        self.list.setHeaderLabels(["Short", "Stands for", "Known from", "Searches"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.itemSelectionChanged.connect(self._enable)
        self.list.itemActivated.connect(lambda *_: self._edit())
        self.add = button("Add…", self._add, shape="add")
        self.edit = button("Change…", self._edit)
        self.switch = button("Switch off", self._switch)
        self.remove = button("Remove", self._remove, shape="delete")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)  # Enter in the field closes nothing
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        about = "A search for one form finds the other. What documents explain themselves is found without being told."
        layout.addWidget(label(about, "muted", wrap=True))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addLayout(row(self.add, self.edit, self.switch, self.remove, None))
        layout.addWidget(buttons)
        self._toast = Toast(self.list)
        self.resize(720, 560)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 120), (2, 170), (3, 80)):
            self.list.setColumnWidth(column, width)
        self._enable()
        self.refresh()

    @property
    def current(self) -> Acronym | None:
        """The chosen acronym."""
        chosen = self.list.selectedItems()
        return self._shown()[self.list.indexOfTopLevelItem(chosen[0])] if chosen else None

    def refresh(self) -> None:
        """Read the list again."""
        job = self._library.ask(lambda archive: archive.acronyms())
        job.succeeded.connect(self._show)
        job.failed.connect(lambda error: show_error(error, self))

    def _show(self, acronyms: tuple[Acronym, ...]) -> None:
        self._all = acronyms
        self._fill()

    def _shown(self) -> list[Acronym]:
        words = self.search.text().casefold().split()
        return [each for each in self._all if all(word in f"{each.short} {each.long}".casefold() for word in words)]

    def _fill(self) -> None:
        kept = self.current_key()
        self.list.clear()
        for each in self._shown():
            origin = _FROM.get(each.origin) or f"{each.documents:,} document{'' if each.documents == 1 else 's'}"
            item = QTreeWidgetItem(self.list, [each.short, each.long, origin, "On" if each.enabled else "Off"])
            item.setToolTip(1, each.long)
            if not each.enabled:
                for column in range(4):
                    item.setForeground(column, self.palette().placeholderText())
            if (each.short, each.long) == kept:
                self.list.setCurrentItem(item)
        self._enable()

    def current_key(self) -> tuple[str, str] | None:
        """Short and long form of the chosen acronym, as the list shows them."""
        chosen = self.list.selectedItems()
        return (chosen[0].text(0), chosen[0].text(1)) if chosen else None

    def _enable(self) -> None:
        each = self.current
        self.edit.setEnabled(each is not None)
        self.switch.setEnabled(each is not None)
        self.switch.setText("Switch on" if each and not each.enabled else "Switch off")
        self.remove.setEnabled(each is not None and each.origin is AcronymOrigin.USER)
        tip = "What documents or the department explain can be switched off"
        self.remove.setToolTip("" if self.remove.isEnabled() or each is None else tip)

    def _add(self) -> None:
        if (made := AcronymForm.ask(None, self._all, self)) is not None:
            self._do(lambda a: a.add_acronym(*made), f"“{made[0]}” added", lambda a: a.remove_acronym(*made))

    def _edit(self) -> None:
        old = self.current
        made = AcronymForm.ask(old, self._all, self) if old else None
        if old is None or made is None or made == (old.short, old.long):
            return
        was = (old.short, old.long)

        def change(archive: Archive) -> None:
            archive.remove_acronym(*was)
            archive.add_acronym(*made)

        def back(archive: Archive) -> None:
            archive.remove_acronym(*made)
            archive.add_acronym(*was)

        self._do(change, f"“{old.short}” changed", back)

    def _switch(self) -> None:
        if (each := self.current) is None:
            return
        was = (each.short, each.long)
        if each.enabled and each.origin is not AcronymOrigin.USER:
            self._do(lambda a: a.remove_acronym(*was), f"“{each.short}” is off", lambda a: a.add_acronym(*was))
        elif each.enabled:
            self._remove()
        else:
            self._do(lambda a: a.add_acronym(*was), f"“{each.short}” is on", lambda a: a.remove_acronym(*was))

    def _remove(self) -> None:
        if (each := self.current) is not None:
            was = (each.short, each.long)
            self._do(lambda a: a.remove_acronym(*was), f"“{each.short}” removed", lambda a: a.add_acronym(*was))

    def _do(self, change: Change, words: str, back: Change | None) -> None:
        """Change the list, and offer to undo it."""
        job = self._library.change(change)
        job.failed.connect(lambda error: show_error(error, self))
        job.succeeded.connect(lambda _value: self._done(words, back))

    def _done(self, words: str, back: Change | None) -> None:
        self.refresh()
        if back is None:
            self._toast.say(words)
        else:
            self._toast.say(words, "Undo", lambda: self._do(back, "Undone", None))


class AcronymForm(Form):
    """A short form and what it stands for.

    Args:
        old: the acronym that is changed; None for a new one.
        known: those that there are.
        parent: the window.
    """

    def __init__(self, old: Acronym | None, known: Sequence[Acronym], parent: QWidget | None = None) -> None:
        super().__init__("Acronym", "Save" if old else "Add", parent)
        self._known = {(each.short.casefold(), each.long.casefold()) for each in known if each is not old}
        self.short = self.line("Short form", old.short if old else "", "HTF")
        self.long = self.line("Stands for", old.long if old else "", "Harbour Towns Forum")
        self.short.setMaxLength(_LONGEST)
        self.long.setMaxLength(_LONGEST)
        self.resize(480, 0)
        self.check()

    @classmethod
    def ask(cls, old: Acronym | None, known: Sequence[Acronym], parent: QWidget) -> tuple[str, str] | None:
        """Short and long form as the user wants them, or None."""
        form = cls(old, known, parent)
        return form.value() if form.asked() else None

    def value(self) -> tuple[str, str]:
        """What is typed."""
        return " ".join(self.short.text().split()), " ".join(self.long.text().split())

    def problem(self) -> str:
        """Both forms have letters, differ, and are not in the list."""
        short, long = self.value()
        if not any(map(str.isalnum, short)):
            return "Write the short form."
        if not any(map(str.isalnum, long)):
            return "Write what it stands for."
        if short.casefold() == long.casefold():
            return "Both forms are the same."
        if (short.casefold(), long.casefold()) in self._known:
            return "This is in the list already."
        return ""


def choose_acronyms(library: Library, parent: QWidget) -> None:
    """Show the list until it is closed."""
    dialog = AcronymsDialog(library, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.exec()
