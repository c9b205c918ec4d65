"""The user's own dictionary: words a line in a file, whatever else is in it."""

from pathlib import Path

import pytest

from briefpack.errors import UserError
from briefpack.spelling.own import OwnDictionary, default_file


@pytest.fixture
def own(tmp_path: Path) -> OwnDictionary:
    return OwnDictionary(tmp_path / "data" / "dictionary.txt")


def test_words_are_added_sorted_and_once(own):
    for word in ("towpath", "Ouseby", "Ångby", " towpath ", "O’Dell"):
        own.add(word)
    assert own.path.read_text("utf-8") == "O'Dell\nOuseby\ntowpath\nÅngby\n"
    own.remove("Ouseby")
    own.remove("never there")
    assert own.words() == {"O'Dell", "towpath", "Ångby"}


def test_no_file_is_no_words(own):
    assert own.words() == frozenset()
    own.remove("x")
    assert not own.path.exists()


def test_a_file_from_an_editor_is_read(own):
    own.path.parent.mkdir()
    own.path.write_bytes("\ufeffOuseby\r\n\r\ntwo words\r\ntowpath".encode())
    assert own.words() == {"Ouseby", "towpath"}
    own.path.write_bytes(b"")
    assert own.words() == frozenset()


@pytest.mark.parametrize("word", ["", "  ", "two words", "x" * 61])
def test_what_is_no_word_is_refused(own, word):
    with pytest.raises(UserError, match="not a word"):
        own.add(word)
    assert not own.path.exists()


def test_what_cannot_be_read_is_said_and_not_written_over(own):
    own.path.parent.mkdir()
    own.path.write_bytes(b"caf\xe9\n")
    with pytest.raises(UserError, match="UTF-8"):
        own.add("towpath")
    assert own.path.read_bytes() == b"caf\xe9\n"


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(UserError, match="dictionary"):
        OwnDictionary(tmp_path / "data" / "dictionary.txt").add("towpath")


def test_it_lies_with_the_users_data(own_folders):
    assert own_folders in default_file().parents
