"""The colours of people: readable, apart from one another, the same in list, text and margin."""

import pytest
from PySide6.QtGui import QColor

from briefpack.desktop.editor.look import DARK, LIGHT
from briefpack.desktop.theme.people import known_people, person_colour
from briefpack.pack.decisions import Return
from briefpack.pack.model import Pack
from tests.helpers.returned import WHEN, returned

KNOWN = tuple(f"Person {number}" for number in range(8))


def luminance(colour):
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_words_of_everybody_can_be_read(look):
    """On the sheet, and on the ground of the chosen row of the list."""
    for name in KNOWN:
        assert contrast(person_colour(name, KNOWN, dark=look.dark), look.sheet) >= 4.5
        assert contrast(person_colour(name, KNOWN, dark=False), QColor("#ffffff")) >= 4.5


def test_those_who_meet_in_a_pack_differ():
    """Eight people have eight colours; one who is not known has the same at each time."""
    assert len({person_colour(name, KNOWN, dark=False).name() for name in KNOWN}) == 8
    assert person_colour("Stranger", (), dark=True) == person_colour("Stranger", ("Other",), dark=True)


def test_people_are_known_in_the_order_of_their_copies():
    """A copy in which nobody says who they are stands there by its name."""
    pack, _, _ = returned()
    assert known_people(pack) == ("Gwen Marrow", "Press office", "Rhodri Vane")
    nameless = Pack(returns=(Return("a" * 64, "copy.docx", WHEN),))
    assert known_people(nameless) == ("copy.docx",)
