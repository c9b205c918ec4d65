"""The list of actions made into Qt's: menus and a toolbar, and which of them can be used now."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from briefpack.desktop.actions.catalogue import ALL, INSERTS, STYLES, TOOLBAR, WITH_TEXT
from briefpack.desktop.actions.keys import Chosen, keys_of, shown
from briefpack.desktop.actions.spec import ActionSpec, Fact, Menu
from briefpack.desktop.theme.icons import icon


class Entry(NamedTuple):
    """An action and what it was declared as."""

    spec: ActionSpec
    action: QAction


class Actions(QObject):
    """Every action of the window by its id.

    Args:
        window: the window whose actions they are.
        handlers: what each does, by id; a checkable one is called with whether it is on. KeyError where one is missing.
    """

    def __init__(self, window: QMainWindow, handlers: Mapping[str, Callable[..., object]]) -> None:
        super().__init__(window)
        self._window = window
        self._choices: dict[str, QActionGroup] = {}
        self.entries = {spec.id: Entry(spec, self._action(spec, handlers[spec.id])) for spec in ALL}
        self._menu_entry_points()

    def __getitem__(self, name: str) -> QAction:
        return self.entries[name].action

    def update(self, facts: Iterable[Fact]) -> None:
        """Let those be used whose needs are met."""
        known = frozenset(facts)
        for spec, action in self.entries.values():
            action.setEnabled(spec.needs <= known)

    def choose_keys(self, chosen: Chosen) -> None:
        """Let every action answer to the keys that the user chose, and the others to the catalogue's."""
        for spec, action in self.entries.values():
            _give_keys(spec, action, keys_of(spec, chosen))

    def menu(self, name: str, ids: Iterable[str]) -> QMenu:
        """A menu of its own of some actions."""
        menu = QMenu(name, self._window)
        for each in ids:
            menu.addAction(self[each])
        return menu

    def toolbar(self) -> QToolBar:
        """The toolbar that the catalogue describes."""
        bar = QToolBar("Tools", self._window)
        bar.setObjectName("tools")
        bar.setAccessibleName("Tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(18, 18))
        for index, part in enumerate(TOOLBAR):
            if index and part != "space" and TOOLBAR[index - 1] != "space":
                bar.addSeparator()
            match part:
                case "space":
                    bar.addWidget(_space())
                case "styles":
                    bar.addWidget(self._menu_button("Style", "Kind of paragraph", "paragraph", STYLES))
                case "inserts":
                    bar.addWidget(self._menu_button("Insert", "Insert an object", "insert", INSERTS))
                case _:
                    self._add_buttons(bar, part)
        return bar

    def _action(self, spec: ActionSpec, handler: Callable[..., object]) -> QAction:
        action = QAction(icon(spec.icon), spec.text, self._window)
        action.setObjectName(spec.id)
        _give_keys(spec, action, spec.shortcuts)
        action.setCheckable(spec.checkable)
        action.setIconText(f" {spec.title}")  # what a button says beside the icon, which Qt sets too close
        action.setMenuRole(QAction.MenuRole.NoRole)
        if spec.choice:
            group = self._choices.setdefault(spec.choice, QActionGroup(self._window))
            group.addAction(action)
        if spec.checkable:
            action.triggered.connect(lambda on: handler(on))  # noqa: PLW0108 - of a partial function Qt asks no value
        else:
            action.triggered.connect(lambda _checked=False: handler())
        self._window.addAction(action)
        return action

    def _menu_entry_points(self) -> None:
        menus = {menu: self._window.menuBar().addMenu(menu.value) for menu in Menu}
        group: dict[Menu, int] = {}
        for spec, action in self.entries.values():
            if group.setdefault(spec.menu, spec.group) != spec.group:
                menus[spec.menu].addSeparator()
                group[spec.menu] = spec.group
            menus[spec.menu].addAction(action)
        self.menus = menus

    def _add_buttons(self, bar: QToolBar, ids: Iterable[str]) -> None:
        for each in ids:
            bar.addAction(self[each])
            button = bar.widgetForAction(self[each])
            button.setAccessibleName(self.entries[each].spec.title)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if isinstance(button, QToolButton) and each in WITH_TEXT:
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def _menu_button(self, text: str, name: str, shape: str, ids: Iterable[str]) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"{text.lower()} menu")
        button.setText(f" {text}")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setIcon(icon(shape))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMenu(self.menu(name, ids))
        return button


def _give_keys(spec: ActionSpec, action: QAction, keys: tuple[str, ...]) -> None:
    action.setShortcuts([QKeySequence(each) for each in keys])
    action.setToolTip(f"{spec.tip or spec.title}  {shown(keys[:1])}".strip())


def _space() -> QWidget:
    space = QWidget()
    space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return space
