"""The settings on one page."""

from briefpack.desktop.dialogs.settings import Chosen, SettingsDialog
from briefpack.desktop.settings import Author, Settings
from briefpack.desktop.theme.colours import SETS, colours_of
from briefpack.desktop.theme.look import Scheme

NOW = Chosen(Author("", ""), Scheme.SYSTEM, spelling=True, smart=True, shapes=True, still=False)


def _dialog(qtbot, tmp_path, now=NOW):
    dialog = SettingsDialog(now, tmp_path / "journals", tmp_path / "dictionary.txt")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_what_is_set_is_shown_and_given_back(qtbot, tmp_path):
    assert _dialog(qtbot, tmp_path).chosen() == NOW
    other = Chosen(Author("Gita Mistry", "GM"), Scheme.CONTRAST, spelling=False, smart=False, shapes=False, still=True)
    assert _dialog(qtbot, tmp_path, other).chosen() == other


def test_initials_follow_the_name_until_they_are_given(qtbot, tmp_path):
    dialog = _dialog(qtbot, tmp_path)
    qtbot.keyClicks(dialog.name, "Gita van Mistry")
    assert dialog.initials.text() == "GVM"
    dialog.initials.clear()
    qtbot.keyClicks(dialog.initials, "GM")
    qtbot.keyClicks(dialog.name, "-Smith")
    assert dialog.initials.text() == "GM"


def test_it_is_said_where_things_are_kept(qtbot, tmp_path):
    dialog = _dialog(qtbot, tmp_path)
    words = [label.text() for label in dialog.findChildren(type(dialog._wrong))]
    assert str(tmp_path / "journals") in words
    assert str(tmp_path / "dictionary.txt") in words


def test_what_is_chosen_holds_at_once_and_in_the_next_sitting(desktop, qapp, monkeypatch):
    window = desktop.window
    flash = qapp.cursorFlashTime()
    asked = []
    chosen = Chosen(Author("Gita Mistry", "GM"), Scheme.CONTRAST, spelling=False, smart=False, shapes=False, still=True)

    def answer(now, *places):
        asked.append((now, places))
        return chosen

    monkeypatch.setattr(SettingsDialog, "ask", answer)
    try:
        window.actions_["file.settings"].trigger()
        assert asked[0][1] == (desktop.documents.journals, window.own_words.path, window)
        assert colours_of(qapp.palette()) in SETS[2:]
        assert qapp.cursorFlashTime() == 0
        names = ("view.contrast", "review.spelling", "format.smart", "format.shapes")
        assert [window.actions_[name].isChecked() for name in names] == [True, False, False, False]
        again = Settings()
        assert (again.author, again.scheme, again.spelling) == (chosen.author, Scheme.CONTRAST, False)
        assert (again.smart, again.shapes, again.still) == (False, False, True)
        window.shell.preferences.set(asked[0][0])
        assert qapp.cursorFlashTime() == flash
        assert window.actions_["review.spelling"].isChecked()
    finally:
        desktop.look.keep_still(on=False)
