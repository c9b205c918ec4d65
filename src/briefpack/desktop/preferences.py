"""The settings page, tied to what it sets: the actions of the menus where there are some, so that both say the same."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from briefpack.desktop.dialogs.settings import Chosen
    from briefpack.desktop.window import MainWindow


class Preferences(QObject):
    """Args: the window, whose actions and settings they are."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {"file.settings": self.ask}

    def ask(self) -> None:
        """Show the page, and do what was chosen."""
        from briefpack.desktop.dialogs.settings import Chosen, SettingsDialog

        window, settings = self._window, self._window.settings
        now = Chosen(
            settings.author, settings.scheme, settings.spelling, settings.smart, settings.shapes, settings.still
        )
        chosen = SettingsDialog.ask(now, window.documents.journals, window.own_words.path, window)
        if chosen is not None:
            self.set(chosen)

    def set(self, chosen: "Chosen") -> None:
        """Let these hold from now on."""
        settings, actions = self._window.settings, self._window.actions_
        settings.author = chosen.author
        scheme = actions[f"view.{chosen.scheme}"]
        if settings.scheme != chosen.scheme:
            scheme.trigger()
        wanted = {"review.spelling": chosen.spelling, "format.smart": chosen.smart, "format.shapes": chosen.shapes}
        for name, on in wanted.items():
            if actions[name].isChecked() != on:
                actions[name].trigger()
        settings.still = chosen.still
        self._window.look.keep_still(chosen.still)
