"""The page of keyboard shortcuts: what each command's keys are, and other keys for it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QKeySequenceEdit,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefpack.desktop.actions.catalogue import ALL
from briefpack.desktop.actions.keys import Chosen, holder, keys_of, refused, shown, with_keys, without_choice
from briefpack.desktop.actions.spec import ActionSpec, Menu
from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.parts import button, label, named, row

_SPEC = Qt.ItemDataRole.UserRole


class ShortcutsDialog(QDialog):
    """Every action under its menu, with its keys, which can be changed; a change counts at once.

    Args:
        chosen: the user's choices so far.
        choose: called with all choices after each change.
        parent: the window.
    """

    def __init__(
        self, chosen: Chosen, choose: Callable[[dict[str, tuple[str, ...]]], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.chosen = dict(chosen)
        self._choose = choose
        self.search = named(QLineEdit(placeholderText="Find a command or keys", clearButtonEnabled=True), "Find")
        self.tree = named(QTreeWidget(columnCount=2), "Keyboard shortcuts")
        self.tree.setHeaderLabels(["Command", "Keys"])
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(8)
        self.keys = named(QKeySequenceEdit(), "New keys")
        self.keys.setMaximumSequenceLength(1)
        self.keys.setClearButtonEnabled(True)
        self.set = button("Use these keys", self._use)
        self.remove = button("No keys", lambda: self._change(with_keys(self.chosen, self._spec(), "")))
        self.reset = button("As it was", lambda: self._change(without_choice(self.chosen, self._spec())))
        self.message = named(label("", "muted", wrap=True), "About these keys")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.reset_all = button("All as they were", lambda: self._change({}))
        buttons.addButton(self.reset_all, QDialogButtonBox.ButtonRole.ResetRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.search)
        layout.addWidget(self.tree)
        layout.addLayout(row(self.keys, self.set, self.remove, self.reset))
        layout.addWidget(self.message)
        layout.addWidget(buttons)
        self._fill()
        self.search.textChanged.connect(self._filter)
        self.tree.currentItemChanged.connect(lambda *_: self._selected())
        self.keys.keySequenceChanged.connect(lambda _: self._describe())
        self.resize(640, 640)
        self._selected()

    def _fill(self) -> None:
        for menu in Menu:
            top = QTreeWidgetItem(self.tree, [menu.value.replace("&", "")])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            top.setData(1, Qt.ItemDataRole.AccessibleTextRole, "Commands")
            for spec in ALL:
                if spec.menu is menu:
                    item = QTreeWidgetItem(top, [spec.title, ""])
                    item.setIcon(0, icon(spec.icon))
                    item.setToolTip(0, spec.tip)
                    item.setData(0, _SPEC, spec)
        self.tree.expandAll()
        self.tree.setColumnWidth(0, 360)
        self._write_keys()

    def _write_keys(self) -> None:
        for item in self._items():
            spec = item.data(0, _SPEC)
            keys = shown(keys_of(spec, self.chosen))
            item.setText(1, keys)
            item.setData(1, Qt.ItemDataRole.AccessibleTextRole, keys or "No keys")
            font = item.font(1)
            font.setBold(spec.id in self.chosen)
            item.setFont(1, font)
            item.setToolTip(1, f"Was {shown(spec.shortcuts) or 'without keys'}" if spec.id in self.chosen else "")
        self.reset_all.setEnabled(bool(self.chosen))

    def _items(self) -> list[QTreeWidgetItem]:
        return [item for top in self._tops() for item in _children(top)]

    def _tops(self) -> list[QTreeWidgetItem]:
        tops = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        return [top for top in tops if top is not None]

    def _filter(self, typed: str) -> None:
        words = typed.casefold().split()
        for item in self._items():
            held = f"{item.text(0)} {item.text(1)} {item.toolTip(0)}".casefold()
            item.setHidden(not all(word in held for word in words))
        for top in self._tops():
            top.setHidden(all(item.isHidden() for item in _children(top)))

    def _item_spec(self) -> ActionSpec | None:
        item = self.tree.currentItem()
        spec = item.data(0, _SPEC) if item is not None else None
        return spec if isinstance(spec, ActionSpec) else None

    def _spec(self) -> ActionSpec:
        """The command that is selected: only then can the buttons be pressed that ask for it."""
        spec = self._item_spec()
        if spec is None:
            raise LookupError("no command is selected")
        return spec

    def _selected(self) -> None:
        self.keys.clear()
        self._describe()

    def _describe(self) -> None:
        spec, typed = self._item_spec(), self._typed()
        self.keys.setEnabled(spec is not None)
        self.remove.setEnabled(spec is not None and bool(keys_of(spec, self.chosen)))
        self.reset.setEnabled(spec is not None and spec.id in self.chosen)
        self.set.setEnabled(spec is not None and bool(typed) and not refused(typed))
        if spec is None:
            self.message.setText("Choose a command to give it other keys.")
        elif not typed:
            self.message.setText(f"Press the new keys for “{spec.title}” in the field.")
        else:
            self.message.setText(refused(typed) or self._consequence(spec, typed))

    def _consequence(self, spec: ActionSpec, typed: str) -> str:
        held = holder(typed, self.chosen)
        if held is spec:
            return f"“{spec.title}” has these keys already."
        if held is not None:
            return f"“{held.title}” has these keys, and will be without them."
        return f"“{spec.title}” will answer to {shown((typed,))}."

    def _typed(self) -> str:
        return self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _use(self) -> None:
        self._change(with_keys(self.chosen, self._spec(), self._typed()))

    def _change(self, chosen: dict[str, tuple[str, ...]]) -> None:
        self.chosen = chosen
        self._choose(dict(chosen))
        self._write_keys()
        self.keys.clear()
        self._describe()


def _children(top: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    children = (top.child(at) for at in range(top.childCount()))
    return [child for child in children if child is not None]
