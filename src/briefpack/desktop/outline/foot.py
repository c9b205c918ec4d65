"""What the template asks for and is not there yet, at the foot of the outline."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.parts import named
from briefpack.pack.model import Heading, Pack, PlannedSection
from briefpack.pack.plan import missing


class StillToWrite(QToolButton):
    """Says how many required sections are empty or gone; its menu leads to each. Hidden where none is."""

    chosen = Signal(str)
    """The id of a heading that the user wants to go to."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "Still to be written")
        self.setIcon(icon("edit"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._missing: tuple[tuple[PlannedSection, bool], ...] = ()
        self._menu = QMenu("Still to be written", self)
        self.setMenu(self._menu)
        self.hide()

    @property
    def titles(self) -> tuple[str, ...]:
        """What is missing, by the titles of the template."""
        return tuple(planned.title for planned, _ in self._missing)

    def show_pack(self, pack: Pack) -> None:
        """Say what is missing in a pack."""
        headings = {block.id for block in pack.body if isinstance(block, Heading)} if pack.plan else set()
        found = tuple((planned, planned.heading in headings) for planned in missing(pack))
        if found == self._missing:
            return
        self._missing = found
        self.setVisible(bool(found))
        self.setText(f" {len(found)} required section{'' if len(found) == 1 else 's'} to write")
        self.setToolTip("Required by the template: " + ", ".join(self.titles))
        self.setAccessibleDescription(self.toolTip())
        self._menu.clear()
        for planned, is_there in found:
            title = planned.title.replace("&", "&&")
            action = self._menu.addAction(title if is_there else f"{title} (its heading was deleted)")
            action.setEnabled(is_there)
            action.triggered.connect(lambda _on=False, heading=planned.heading: self.chosen.emit(heading))
