import pytest
from PySide6.QtGui import QGuiApplication

from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.workspace import Workspace
from briefpack.pack.model import Pack


@pytest.fixture
def make_editor(qtbot):
    """Makes an editor of a pack, shown at a size that does not depend on the screen."""

    def made(pack: Pack) -> PackEditor:
        editor = PackEditor(Workspace(pack), lambda _name: None)
        editor.workspace.setParent(editor)
        qtbot.addWidget(editor)
        editor.resize(1000, 800)
        with qtbot.waitExposed(editor):
            editor.show()
        return editor

    yield made
    QGuiApplication.clipboard().clear()
