"""What was typed since the last save is in the journal, whole records only, and is offered as a copy."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.edits import Place, add_comment, insert_text, move_blocks, remove_blocks, set_meeting
from briefpack.pack.model import Comment, Image, Paragraph
from briefpack.pack.text import Text, text
from briefpack.packfile import Journal, new_file, read, recoverable, recovered_file, save
from briefpack.packfile import journal as journals
from tests.helpers import strategies
from tests.helpers.packs import chart_png, named, rich_pack


@pytest.fixture
def file(tmp_path):
    """A saved pack."""
    (tmp_path / "packs").mkdir()
    return save(new_file(*rich_pack()), tmp_path / "packs" / "a.briefpack")


@pytest.fixture
def folder(tmp_path):
    """Where journals go; made by the first."""
    return tmp_path / "journals"


def _typed(pack, words="x"):
    block = next(block for block in pack.body if isinstance(block, Paragraph))
    return insert_text(pack, Place(block.id, 0), text(words)).pack


def _crashed(journal):
    """Let go of a journal as a crash does: nothing is tidied away."""
    journal.close()


def test_nothing_is_made_before_there_is_a_change(file, folder):
    journal = Journal(folder, file)
    journal.append(file.pack)
    assert journal.path is None
    assert not folder.exists()
    assert recoverable(folder) == []


def test_what_was_typed_is_recovered(file, folder):
    journal, pack = Journal(folder, file), file.pack
    for letter in "Hello":
        pack = _typed(pack, letter)
        journal.append(pack)
    _crashed(journal)
    (found,) = recoverable(folder)
    assert found.pack == pack
    assert found.path == file.path


def _moved(pack):
    return move_blocks(pack, 1, 2, len(pack.body))


def _fewer(pack):
    return remove_blocks(pack, [pack.body[len(pack.body) // 2].id])


def _commented(pack):
    block = next(block for block in pack.body if isinstance(block, Paragraph))
    return add_comment(pack, Place(block.id, 0), Place(block.id, 4), Comment("Why?"))


def _met(pack):
    return set_meeting(pack, purpose=f"{pack.meeting.purpose} More.")


@given(steps=st.lists(st.sampled_from([_typed, _moved, _fewer, _commented, _met]), min_size=1, max_size=30))
@settings(max_examples=25)
def test_any_series_of_edits_is_recovered(steps, tmp_path_factory):
    folder = tmp_path_factory.mktemp("journals")
    file = new_file(rich_pack()[0])
    journal, pack = Journal(folder, file), file.pack
    for step in steps:
        pack = step(pack)
        journal.append(pack)
    _crashed(journal)
    assert [found.pack for found in recoverable(folder)] == [pack]


@given(one=strategies.packs(), two=strategies.packs())
@settings(max_examples=25)
def test_a_change_makes_of_any_pack_any_other(one, two, tmp_path_factory):
    folder = tmp_path_factory.mktemp("journals")
    journal = Journal(folder, new_file(rich_pack()[0]))
    journal.append(one)
    journal.append(two)
    _crashed(journal)
    assert [found.pack for found in recoverable(folder)] == [two]


def test_a_torn_end_is_left_out(file, folder):
    journal, packs, ends = Journal(folder, file), [file.pack], []
    for number in range(6):
        packs.append(_typed(packs[-1], f"{number} "))
        journal.append(packs[-1])
        ends.append(journal.path.stat().st_size)
    path = journal.path
    _crashed(journal)
    data = path.read_bytes()
    for size in range(ends[0], len(data) + 1, 7):
        path.write_bytes(data[:size])
        whole = sum(end <= size for end in ends)
        assert [found.pack for found in recoverable(folder)] == [packs[whole]]
    spoilt = bytearray(data)
    spoilt[ends[2] + 15] ^= 1
    path.write_bytes(spoilt)
    assert [found.pack for found in recoverable(folder)] == [packs[3]]


@given(st.binary(max_size=200), st.booleans())
def test_rubbish_is_no_journal(tmp_path_factory, data, magic):
    folder = tmp_path_factory.mktemp("journals")
    (folder / "a.journal").write_bytes((journals.MAGIC if magic else b"") + data)
    assert recoverable(folder) == []


def test_a_save_empties_the_journal(file, folder):
    journal, pack = Journal(folder, file), _typed(file.pack)
    journal.append(pack)
    saved = save(replace(file, pack=pack))
    journal.saved(saved)
    assert list(folder.iterdir()) == []
    journal.append(_typed(pack, "more"))
    _crashed(journal)
    assert len(recoverable(folder)) == 1


def test_discarding_is_for_good(file, folder):
    journal = Journal(folder, file)
    journal.append(_typed(file.pack))
    _crashed(journal)
    (found,) = recoverable(folder)
    found.discard()
    assert recoverable(folder) == []
    assert list(folder.iterdir()) == []


def test_the_journal_of_a_window_that_is_open_is_left_alone(file, folder):
    journal = Journal(folder, file)
    journal.append(_typed(file.pack))
    assert recoverable(folder) == []
    _crashed(journal)
    assert len(recoverable(folder)) == 1


def test_two_windows_on_one_pack_do_not_mix(file, folder):
    one, two = Journal(folder, file), Journal(folder, file)
    first, second = file.pack, file.pack
    for number in range(5):
        first, second = _typed(first, f"A{number} "), _typed(second, f"B{number} ")
        one.append(first)
        two.append(second)
    _crashed(one)
    assert [found.pack for found in recoverable(folder)] == [first]
    _crashed(two)
    assert [found.pack for found in recoverable(folder)] == [second, first]


def test_new_pictures_are_recovered(file, folder):
    picture = chart_png(300, 200)
    name = named(picture, "png")
    pack = replace(file.pack, body=(*file.pack.body, Image(media=name)))
    journal = Journal(folder, file)
    journal.append(_typed(file.pack), file.media)
    journal.append(pack, {**file.media, name: picture})
    journal.append(_typed(pack), {**file.media, name: picture})
    size = journal.path.stat().st_size
    _crashed(journal)
    (found,) = recoverable(folder)
    assert dict(found.media) == {name: picture}
    assert size < 60_000 + len(picture)
    copy = save(recovered_file(found))
    assert dict(read(copy.path).media) == {**dict(file.media), name: picture}


def test_recovery_is_a_copy_and_leaves_the_pack_alone(file, folder):
    before = file.path.read_bytes()
    journal, pack = Journal(folder, file), _typed(file.pack)
    journal.append(pack)
    _crashed(journal)
    (found,) = recoverable(folder)
    copy = recovered_file(found)
    assert copy.path.parent == file.path.parent
    assert "recovered" in copy.path.name
    save(copy)
    assert file.path.read_bytes() == before
    assert read(copy.path).pack == pack
    assert recovered_file(found).path != copy.path


def test_recovery_where_the_pack_is_gone_or_was_never_saved(file, folder, tmp_path):
    pack, media = rich_pack()
    for opened in (file, new_file(pack, media)):
        journal = Journal(folder, opened)
        journal.append(_typed(opened.pack), opened.media)
        _crashed(journal)
    file.path.unlink()
    file.path.parent.rmdir()
    copies = [recovered_file(found) for found in recoverable(folder)]
    assert [copy.path for copy in copies] == [None, None]
    assert [bool(copy.lost) for copy in copies] == [False, True]
    assert read(save(copies[0], tmp_path / "b.briefpack").path).media == dict(media)


def test_a_long_sitting_does_not_fill_the_disk(file, folder, monkeypatch):
    monkeypatch.setattr(journals, "_TOO_MUCH", 300_000)
    monkeypatch.setattr(journals, "_PLENTY", 20_000)
    journal, pack, sizes = Journal(folder, file), file.pack, []
    for number in range(150):
        pack = _typed(_moved(pack), f"{number} ")
        journal.append(pack)
        sizes.append(sum(path.stat().st_size for path in folder.iterdir()))
    assert max(sizes) < 600_000
    assert len(list(folder.iterdir())) == 1
    _crashed(journal)
    assert [found.pack for found in recoverable(folder)] == [pack]


def test_half_a_character_does_not_stop_the_journal(file, folder):
    journal = Journal(folder, file)
    journal.append(replace(file.pack, body=(*file.pack.body, Paragraph(text=Text("a\ud800b")))))
    journal.append(replace(file.pack, body=(*file.pack.body, Paragraph(text=Text("c\ud800d")))))
    _crashed(journal)
    (found,) = recoverable(folder)
    assert found.pack.body[-1].text.string == "cd"


def test_a_hostile_id_does_not_lead_out_of_the_folder(file, folder):
    journal = Journal(folder, new_file(replace(file.pack, id="../../evil")))
    journal.append(replace(file.pack, id="../../evil", language="cy"))
    assert journal.path.parent == folder
    journal.discard()


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_nobody_else_may_read_it(file, folder):
    journal = Journal(folder, file)
    journal.append(_typed(file.pack))
    assert folder.stat().st_mode & 0o077 == 0
    assert journal.path.stat().st_mode & 0o077 == 0
    journal.discard()


def test_a_folder_that_cannot_be_made_is_told(file, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError):
        Journal(tmp_path / "file" / "journals", file).append(_typed(file.pack))
