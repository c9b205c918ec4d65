"""Every dialog of the window opened at some scale, and the words in them that have not enough room."""

import os
import tempfile
from pathlib import Path

OPENING = (
    "file.new", "file.export", "file.compare", "file.print", "file.keep", "file.versions", "file.settings",
    "edit.details", "insert.table", "insert.biography", "review.comment", "review.line", "archive.board",
    "archive.acronyms", "archive.tag_rules", "archive.open_shared", "help.shortcuts",
)  # fmt: skip
"""The actions that open a dialog of ours."""


def cut_off(percent: int, pack_file: Path) -> tuple[list[str], list[str]]:
    """The titles of the dialogs that were looked at, and what is cut off in them or in the window.

    To be called in a process of its own, which has not loaded Qt.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(percent / 100)
    from PySide6.QtCore import QSettings, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox

    from briefpack.desktop.app import Desktop
    from briefpack.desktop.screenshots import _settle, _wait

    qInstallMessageHandler(lambda *_: None)
    seen: list[str] = []
    found: list[str] = []

    def look(dialog: QDialog) -> int:
        dialog.show()
        app.processEvents()
        app.sendPostedEvents()  # words that have just come are given their room
        seen.append(dialog.windowTitle())
        found.extend(f"{dialog.windowTitle()}: {each}" for each in too_narrow(dialog))
        dialog.reject()
        return 0

    with tempfile.TemporaryDirectory() as own:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, own)
        app = QApplication([])
        QDialog.exec = look  # type: ignore[method-assign]  # nobody is there to answer
        QMessageBox.exec = look  # type: ignore[method-assign]
        QMessageBox.about = lambda *_: None  # type: ignore[method-assign,assignment]
        for name in ("getOpenFileName", "getSaveFileName"):
            setattr(QFileDialog, name, lambda *_, **__: ("", ""))
        QFileDialog.getOpenFileNames = lambda *_, **__: ([], "")  # type: ignore[method-assign,assignment]
        QFileDialog.getExistingDirectory = lambda *_, **__: ""  # type: ignore[method-assign,assignment]
        desktop = Desktop(app, Path(own) / "archive", Path(own))
        window = desktop.window
        window.show()
        desktop.settle()
        desktop.documents.open(pack_file)
        _wait(lambda: desktop.documents.file is not None)
        _settle()
        found.extend(f"The window: {each}" for each in too_narrow(window))
        for name in OPENING:
            action = window.actions_[name]
            action.trigger()
            app.processEvents()
            for top in app.topLevelWidgets():
                if isinstance(top, QDialog) and top.isVisible():
                    look(top)
            desktop.documents.forget_changes()
        window.close()
        desktop.close()
    return seen, found


def too_narrow(top: object) -> list[str]:
    """The words of labels and buttons within a widget that have not enough room."""
    from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QPushButton, QRadioButton, QWidget

    assert isinstance(top, QWidget)
    found = []
    for each in top.findChildren(QWidget):
        if not each.isVisible() or each.visibleRegion().isEmpty():
            continue
        if isinstance(each, QLabel) and each.text():
            if each.wordWrap():
                cut = each.heightForWidth(each.width()) > each.height() + 1
            else:
                cut = each.sizeHint().width() > each.width() + 1
        elif isinstance(each, (QPushButton, QCheckBox, QRadioButton)):
            cut = each.sizeHint().width() > each.width() + 1
        else:
            continue
        if cut:
            words = each.text() if isinstance(each, (QLabel, QAbstractButton)) else ""
            found.append(f"{words!r} has {each.width()} by {each.height()}, needs {each.sizeHint().width()}")
    return found
