"""The sample shows all that a pack can hold, and every word that it quotes stands in the sample archive."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefpack.archive import Archive, Kind, Precision, Verdict
from briefpack.assets import resource
from briefpack.pack.anchors import comments_without_place, spans
from briefpack.pack.ids import is_id
from briefpack.pack.model import AnyBlock, Image, Pack, Side, Status, texts_of
from briefpack.pack.outline import lines, roles, sections
from briefpack.pack.roles import Role
from briefpack.pack.text import MarkKind, Text, text
from briefpack.packfile import PackFile, read

SAMPLE = resource("sample")


@pytest.fixture(scope="module")
def file() -> PackFile:
    return read(SAMPLE / "sample.briefpack")


@pytest.fixture
def pack(file: PackFile) -> Pack:
    return file.pack


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    with Archive.open(tmp_path_factory.mktemp("archive")) as opened:
        added = opened.add([SAMPLE / "archive"])
        assert added.refused == ()
        yield opened


def marks_of(pack: Pack) -> set[MarkKind]:
    return {mark.kind for block in pack.body for each in texts_of(block) for mark in each.marks}


class TestThePack:
    def test_has_every_kind_of_block_and_mark(self, pack):
        assert {type(block) for block in pack.body} == set(AnyBlock.__args__)
        assert marks_of(pack) == set(MarkKind)

    def test_has_every_part_of_a_briefing(self, pack):
        assert set(roles(pack.body).values()) >= set(Role) - {Role.ANNEX}
        assert sum(s.heading.role is Role.ITEM for s in sections(pack)) == 4
        assert {block.level for block in pack.body if hasattr(block, "ordered")} == {0, 1}
        assert {block.ordered for block in pack.body if hasattr(block, "ordered")} == {True, False}

    def test_meeting_is_filled_in(self, pack):
        meeting = pack.meeting
        assert all((meeting.title, meeting.date, meeting.time, meeting.place, meeting.sender, meeting.recipient))
        assert all((meeting.purpose, meeting.objectives, meeting.cleared_by))
        assert meeting.marking == "OFFICIAL-SENSITIVE"
        assert {person.side for person in pack.people if person.attends} == {Side.INSIDE, Side.OUTSIDE}

    def test_lines_are_of_every_status_and_each_has_an_owner(self, pack):
        known = [placed.block.line for placed in lines(pack)]
        assert all(line and line.owner and line.as_at for line in known)
        assert {line.status for line in known} == set(Status)
        assert any(line.good_until for line in known)
        assert any(line.changes_when for line in known)
        assert all(bool(line.cleared_by) == (line.status is Status.CLEARED) for line in known)

    def test_comments_are_of_every_sort(self, pack):
        placed = spans(pack, MarkKind.COMMENT)
        assert {comment.resolved for comment in pack.comments} == {True, False}
        assert max(len(comment.replies) for comment in pack.comments) == 2
        assert len(list(comments_without_place(pack))) == 1
        assert any(len({piece.block for piece in pieces}) > 1 for pieces in placed.values())
        pieces = [piece for each in placed.values() for piece in each]
        assert any(a.block == b.block and a.start < b.start < a.end < b.end for a in pieces for b in pieces), (
            "no two comments overlap"
        )

    def test_ids_are_ids_and_texts_are_canonical(self, pack):
        ids = [block.id for block in pack.body] + [each.id for each in (*pack.people, *pack.comments, *pack.clips)]
        assert len(ids) == len(set(ids))
        assert all(map(is_id, [pack.id, *ids]))
        for block in pack.body:
            for each in texts_of(block):
                assert text(each.string, each.marks) == each

    def test_pictures_are_there_and_described(self, file):
        pictures = [block for block in file.pack.body if isinstance(block, Image)]
        photos = [block.photo for block in file.pack.body if getattr(block, "photo", "")]
        assert {block.media for block in pictures} | set(photos) == set(file.media)
        assert all(len(block.alt) > 40 for block in pictures)

    def test_builds_again_as_it_is(self, pack, tmp_path, monkeypatch):
        """The committed pack is what its script makes; pictures are left out, since encoders differ by version."""
        monkeypatch.syspath_prepend(Path(__file__).parents[2] / "packaging")
        import build_sample

        shutil.copytree(SAMPLE / "archive", tmp_path / "archive")
        assert unpictured(read(build_sample.build(tmp_path, tmp_path / "again.briefpack")).pack) == unpictured(pack)


def unpictured(pack: Pack) -> Pack:
    pictures = ("media", "photo")
    body = (
        replace(block, **{name: "" for name in pictures if hasattr(block, name)})
        if any(hasattr(block, name) for name in pictures)
        else block
        for block in pack.body
    )
    return replace(pack, body=tuple(body))


class TestTheArchive:
    def test_every_clip_stands_in_it_to_the_letter(self, pack, archive):
        assert len(pack.clips) >= 10
        for clip in pack.clips:
            document, passage = archive.passage(clip.passage)
            assert (document.id, passage.text[clip.start : clip.end]) == (clip.document, clip.words)
            assert archive.verdict(clip).verdict is Verdict.SAME

    def test_every_clip_stands_in_the_pack_to_the_letter(self, pack):
        placed = spans(pack, MarkKind.CLIP)
        for clip in pack.clips:
            (piece,) = placed[clip.id]
            words: Text = texts_of(pack.block(piece.block))[piece.part][piece.start : piece.end]
            assert words.string == clip.words

    def test_is_a_varied_archive(self, archive):
        documents = list(archive.documents())
        assert len(documents) == 41
        kinds = {document.kind for document in documents}
        assert kinds >= {
            Kind.PRESS_COMMENT,
            Kind.PRESS_RELEASE,
            Kind.SPEECH,
            Kind.REGIONAL_UPDATE,
            Kind.COMMITTEE_UPDATE,
            Kind.CONSULTATION_RESPONSE,
            Kind.POSITION_PAPER,
        }
        assert {document.date.precision for document in documents} >= {Precision.DAY, Precision.MONTH, None}
        assert len({document.region for document in documents if document.region}) >= 4
        assert {Path(document.source).suffix for document in documents} == {".txt", ".docx"}

    def test_first_searches_find_what_they_should(self, archive):
        for query, title in (
            ("certificate mandatory funded", "National Lock Keeper Certificate consultation response from AHWM"),
            ("who pays for low water", "Low Water Plan - Comment"),
            ("dredging backlog", "Dredging backlog nears four million cubic metres"),
        ):
            assert title in [hit.title for hit in archive.search(query).hits[:3]], query
