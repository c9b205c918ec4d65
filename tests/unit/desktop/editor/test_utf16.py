from hypothesis import given
from hypothesis import strategies as st

from briefpack.desktop.editor import utf16

STRINGS = st.text(alphabet="aé😀𝒳\n", max_size=20)


@given(STRINGS, st.integers(0, 20))
def test_there_and_back(string, offset):
    offset = min(offset, len(string))
    assert utf16.to_points(string, utf16.to_units(string, offset)) == offset
    assert utf16.length(string) == len(string.encode("utf-16-le")) // 2


def test_a_position_inside_a_pair_is_before_it():
    assert utf16.to_points("a😀b", 2) == 1


def test_a_position_behind_the_end_is_the_end():
    assert utf16.to_points("a😀", 99) == 2
    assert utf16.to_points("ab", 99) == 2
