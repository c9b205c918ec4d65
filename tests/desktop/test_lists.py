"""Acronyms and tag rules: looked through, changed with validation, undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from briefpack.archive import Acronym, AcronymOrigin, TagRule
from briefpack.desktop.archive.acronyms import AcronymForm, AcronymsDialog
from briefpack.desktop.archive.tag_rules import TagRulesForm, would_tag
from tests.desktop.test_archive_search import ask, panel  # noqa: F401 - a fixture

KNOWN = (Acronym("HTF", "Harbour Towns Forum", AcronymOrigin.MINED, 3),)


@pytest.fixture
def acronyms(panel, qtbot: QtBot) -> AcronymsDialog:  # noqa: F811 - the fixture
    dialog = AcronymsDialog(panel.library)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() > 3)
    return dialog


def rows(dialog: AcronymsDialog) -> list[tuple[str, ...]]:
    items = (dialog.list.topLevelItem(at) for at in range(dialog.list.topLevelItemCount()))
    return [tuple(item.text(column) for column in range(4)) for item in items]


def undo(dialog: AcronymsDialog, qtbot: QtBot) -> None:
    (button,) = dialog._toast.findChildren(QToolButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_acronym_of_ones_own_counts_in_the_next_search(acronyms, panel, qtbot: QtBot, monkeypatch) -> None:  # noqa: F811
    ask(panel, "RLF", qtbot)
    assert panel.model.rowCount() == 0
    monkeypatch.setattr(AcronymForm, "ask", lambda *_: ("RLF", "reservoir levels"))
    qtbot.mouseClick(acronyms.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    acronyms.search.setText("rlf")
    qtbot.waitUntil(lambda: rows(acronyms) == [("RLF", "reservoir levels", "You", "On")])
    assert acronyms._toast.words == "“RLF” added"
    undo(acronyms, qtbot)
    qtbot.waitUntil(lambda: rows(acronyms) == [])
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)


def test_what_the_department_lists_is_switched_off_and_on(acronyms, qtbot: QtBot) -> None:
    first = next(row for row in rows(acronyms) if row[2] == "The department’s list")
    acronyms.search.setText(first[1])
    acronyms.list.setCurrentItem(acronyms.list.topLevelItem(0))
    assert (acronyms.remove.isEnabled(), acronyms.switch.text()) == (False, "Switch off")
    qtbot.mouseClick(acronyms.switch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: rows(acronyms)[0][3] == "Off")
    assert acronyms.current is not None, "the choice stays"
    assert acronyms.switch.text() == "Switch on"
    undo(acronyms, qtbot)
    qtbot.waitUntil(lambda: rows(acronyms)[0] == first)


def test_ones_own_is_changed_and_removed(acronyms, qtbot: QtBot, monkeypatch) -> None:
    for made in (("QQZ", "quite quiet zone"), ("QQZ", "quay quality zone")):
        monkeypatch.setattr(AcronymForm, "ask", lambda *_, made=made: made)
        qtbot.mouseClick(acronyms.edit if rows(acronyms)[0][0] == "QQZ" else acronyms.add, Qt.MouseButton.LeftButton)
        acronyms.search.setText("QQZ")
        qtbot.waitUntil(lambda made=made: rows(acronyms) == [(*made, "You", "On")])
        acronyms.list.setCurrentItem(acronyms.list.topLevelItem(0))
    qtbot.mouseClick(acronyms.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: rows(acronyms) == [])
    undo(acronyms, qtbot)
    qtbot.waitUntil(lambda: rows(acronyms) == [("QQZ", "quay quality zone", "You", "On")])


@pytest.mark.parametrize(
    ("short", "long", "wrong"),
    [
        ("", "Forum", "short form"),
        ("--", "Forum", "short form"),
        ("HTF", " ", "stands for"),
        ("htf", "HTF", "the same"),
        ("htf", "harbour  towns forum", "already"),
        ("HTF", "Other Forum", ""),
    ],
)
def test_the_form_of_an_acronym_says_what_is_wrong(qtbot: QtBot, short: str, long: str, wrong: str) -> None:
    form = AcronymForm(None, KNOWN)
    qtbot.addWidget(form)
    form.short.setText(short)
    form.long.setText(long)
    assert (wrong in form.problem()) if wrong else not form.problem()
    assert form.ok.isEnabled() == (not wrong)


def test_a_rule_says_what_it_would_tag(panel, qtbot: QtBot) -> None:  # noqa: F811 - the fixture
    form = TagRulesForm((TagRule("boats", ("boater*",)),), panel.library)
    qtbot.addWidget(form)
    qtbot.waitUntil(lambda: form.preview.text() == "This rule would tag 1 document: “Low water costs boaters dear”.")
    form.words.setPlainText("lighthouse")
    assert form.preview.text() == ""
    qtbot.waitUntil(lambda: form.preview.text() == "This rule would tag no document.")
    form.words.setPlainText("  \n–")
    assert "no words" in form.problem()
    qtbot.mouseClick(form.add_rule, Qt.MouseButton.LeftButton)
    form.name.setText("boats")
    form.words.setPlainText("lock keeper*\nlocks")
    assert "two rules" in form.problem() or "no words" in form.problem()
    form.list.setCurrentRow(0)
    qtbot.mouseClick(form.remove, Qt.MouseButton.LeftButton)
    assert form.ok.isEnabled()
    assert form.rules() == (TagRule("boats", ("lock keeper*", "locks")),)


def test_new_rules_tag_the_documents_and_are_undone(desktop, panel, qtbot: QtBot, monkeypatch) -> None:  # noqa: F811
    window, library = desktop.window, panel.library
    monkeypatch.setattr(TagRulesForm, "asked", lambda _form: True)
    monkeypatch.setattr(TagRulesForm, "rules", lambda _form: (TagRule("boats", ("boater*",)),))
    with qtbot.waitSignal(library.changed):
        window.actions_["archive.tag_rules"].trigger()
    ask(panel, "tag:boats", qtbot)
    assert panel.model.rowCount() == 1
    qtbot.waitUntil(lambda: window.toast.words == "Documents are tagged by the new rules")
    with qtbot.waitSignal(library.changed):
        window.toast._act()
    ask(panel, "tag:boats after:2020", qtbot)
    assert panel.model.rowCount() == 0


def test_the_sentence_about_many_documents(panel, qtbot: QtBot) -> None:  # noqa: F811 - the fixture
    with qtbot.waitSignal(panel.library.ask(lambda a: tuple(a.documents())).succeeded) as got:
        pass
    (found,) = got.args
    assert would_tag(found * 3).endswith("and 3 more.")
    assert would_tag(found * 3).startswith("This rule would tag 6 documents: “")
