"""The page of keyboard shortcuts, built from the list of actions."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from briefpack.desktop.actions.catalogue import ALL
from briefpack.desktop.actions.spec import Menu
from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.parts import named


class ShortcutsDialog(QDialog):
    """Every action under its menu, with its keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.tree = named(QTreeWidget(columnCount=2), "Keyboard shortcuts")
        self.tree.setHeaderLabels(["Command", "Keys"])
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(8)
        for menu in Menu:
            top = QTreeWidgetItem(self.tree, [menu.value.replace("&", "")])
            for spec in ALL:
                if spec.menu is menu:
                    item = QTreeWidgetItem(top, [spec.title, keys_of(spec.shortcuts)])
                    item.setIcon(0, icon(spec.icon))
                    item.setToolTip(0, spec.tip)
        self.tree.expandAll()
        self.tree.setColumnWidth(0, 320)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(self.tree)
        layout.addWidget(buttons)
        self.resize(560, 600)


def keys_of(shortcuts: tuple[str, ...]) -> str:
    """Keys as this system writes them."""
    form = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(keys).toString(form) for keys in shortcuts)
