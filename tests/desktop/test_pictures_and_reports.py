"""Pictures of the window without a screen, reports of bugs, and short messages."""

import datetime as dt
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QToolButton, QWidget

from briefpack.desktop.reports import Bugs, report
from briefpack.desktop.screenshots import take_all
from briefpack.desktop.theme.colours import DARK, HIGH_DARK, SETS, colours_of, palette_of
from briefpack.desktop.theme.look import Look, Scheme
from briefpack.desktop.theme.people import person_colour
from briefpack.desktop.widgets.toast import Toast
from briefpack.packfile import new_file, save
from tests.helpers.packs import rich_pack


def test_pictures_of_the_window(tmp_path):
    """Light and dark at 100 % and 200 %, each of its size and as bright as it should be."""
    pack, media = rich_pack()
    path = tmp_path / "rich.briefpack"
    save(new_file(pack, media), path)
    taken = {picture.stem: QImage(str(picture)) for picture in take_all(tmp_path, path, tmp_path / "archive")}
    assert sorted(taken) == ["window-100-dark", "window-100-light", "window-200-dark", "window-200-light"]
    for name, image in taken.items():
        small = image.scaled(64, 36)
        lights = [small.pixelColor(x, y).lightness() for x in range(64) for y in range(36)]
        assert (sum(lights) / len(lights) > 128) == name.endswith("light")
        assert len({small.pixel(x, y) for x in range(64) for y in range(36)}) > 20
    assert taken["window-200-light"].size() == 2 * taken["window-100-light"].size()
    assert taken["window-100-light"].width() <= 1366
    assert taken["window-100-light"].height() <= 768


@pytest.mark.parametrize(
    ("colours", "least"),
    list(zip(SETS, (4.5, 4.5, 7, 7), strict=True)),
    ids=["light", "dark", "high light", "high dark"],
)
def test_words_can_be_read(colours, least):
    """Every pair of words and ground has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3), of high contrast 7 (1.4.6)."""
    grounds = (colours.base, colours.window, colours.raised, colours.hover, colours.selection)
    words = (colours.text, colours.muted, colours.bad, colours.warning, colours.good)
    pairs = [
        *((colours.text, ground) for ground in (*grounds, colours.pressed, colours.comment)),
        *((word, ground) for word in words for ground in (colours.base, colours.window)),
        (colours.muted, colours.selection),
        (colours.accent, colours.base),
        (colours.text, colours.base),
        (colours.text, colours.window),
        (colours.text, colours.hit),
        (colours.text, colours.current_hit),
        (colours.muted, colours.base),
        (colours.muted, colours.window),
        (colours.selected_text, colours.selection),
        (colours.on_accent, colours.accent),
        (colours.on_toast, colours.toast),
        (colours.bad, colours.window),
        (colours.warning, colours.base),
    ]
    assert [(a, b, round(_contrast(a, b), 1)) for a, b in pairs if _contrast(a, b) < least] == []
    assert colours_of(palette_of(colours)) is colours


@pytest.mark.parametrize("colours", SETS, ids=["light", "dark", "high light", "high dark"])
def test_the_focus_can_be_seen(colours):
    """What has the keyboard is framed in a colour of at least 3 to 1 (WCAG 2.2, 1.4.11); so are fields, in high contrast."""
    assert min(_contrast(colours.accent, ground) for ground in (colours.base, colours.window, colours.raised)) >= 3
    if colours in SETS[2:]:
        assert min(_contrast(colours.field_line, colours.base), _contrast(colours.line, colours.base)) >= 3


@pytest.mark.parametrize("colours", SETS, ids=["light", "dark", "high light", "high dark"])
def test_everybody_has_a_colour_that_can_be_read(qapp, colours):
    """Of people whose changes are shown."""
    before = qapp.palette()
    qapp.setPalette(palette_of(colours))
    dark = colours in {DARK, HIGH_DARK}
    shown = {person_colour(str(number), [str(at) for at in range(8)], dark=dark).name() for number in range(8)}
    qapp.setPalette(before)
    assert len(shown) == 8
    assert min(_contrast(colour, colours.base) for colour in shown) >= (7 if colours in SETS[2:] else 4.5)


def test_high_contrast_is_what_the_user_or_the_system_wants(qapp, monkeypatch):
    """Chosen in the menu, or asked for by the system whatever was chosen."""
    before, sheet = qapp.palette(), qapp.styleSheet()
    look = Look(qapp, Scheme.DARK)
    try:
        assert colours_of(qapp.palette()) is DARK
        look.choose(Scheme.CONTRAST)
        assert colours_of(qapp.palette()) in SETS[2:]
        look.choose(Scheme.DARK)
        wants = SimpleNamespace(contrastPreference=lambda: Qt.ContrastPreference.HighContrast)
        monkeypatch.setattr(look, "_accessibility", wants)
        look.choose(Scheme.DARK)
        assert colours_of(qapp.palette()) is HIGH_DARK
        assert "2px solid" in qapp.styleSheet()
    finally:
        look.deleteLater()
        qapp.setStyleSheet(sheet)
        qapp.setPalette(before)


def test_a_report_tells_what_happened():
    """The versions, the time, the trace."""
    try:
        raise ZeroDivisionError("nothing to divide by")
    except ZeroDivisionError as error:
        text = report(error, dt.datetime(2027, 1, 2, 3, 4, 5, tzinfo=dt.UTC))
    assert text.startswith("Briefpack ")
    assert "2027-01-02 03:04:05 +0000" in text
    assert "ZeroDivisionError: nothing to divide by" in text


def test_the_box_offers_to_save_the_report(qtbot):
    """By its default button."""
    window = QWidget()
    qtbot.addWidget(window)
    box = Bugs(window).box("what happened")
    assert box.defaultButton().text() == "Save the report…"
    assert box.detailedText() == "what happened"


def test_a_bug_is_shown_and_logged(qtbot, expect_log, monkeypatch):
    """Whatever reaches the hook is shown once, on the GUI thread, and logged whole."""
    window = QWidget()
    qtbot.addWidget(window)
    bugs, shown = Bugs(window), []
    monkeypatch.setattr("PySide6.QtWidgets.QMessageBox.exec", lambda box: shown.append(box.detailedText()))
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("threading.excepthook", None)
    bugs.install()
    import sys

    sys.excepthook(KeyError, KeyError("what is missing"), None)
    expect_log("what is missing", level=40)
    qtbot.waitUntil(lambda: bool(shown))
    assert "KeyError: 'what is missing'" in shown[0]


def test_a_toast_takes_back(qtbot):
    """Its button does what it says, once, and it goes."""
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 400)
    page.show()
    toast, done = Toast(page), []
    toast.say("Comment deleted", "Undo", lambda: done.append("undone"))
    assert toast.isVisible()
    assert page.rect().contains(toast.geometry())
    toast.findChild(QToolButton).click()
    assert done == ["undone"]
    assert not toast.isVisible()


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
