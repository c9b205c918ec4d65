"""Any series of edits: every rule of the model holds after each, and undo and redo lead back and forth to the letter."""

import contextlib
import inspect
from collections import Counter

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack import edits, history
from briefpack.pack.anchors import spans, words_at
from briefpack.pack.copies import as_accepted
from briefpack.pack.edits import Edited, Fragment, Place, places
from briefpack.pack.history import History
from briefpack.pack.model import OBJECTS, Biography, Heading, Pack, Table, TextLike, texts_of
from briefpack.pack.proposals import proposed
from briefpack.pack.roles import Role
from briefpack.pack.text import MarkKind
from tests.helpers import strategies as some
from tests.helpers.invariants import check_pack

OWN_RULES = {"Edited", "Fragment", "Place", "ClipForm"}  # types
QUESTIONS = {"as_word", "covered", "cut_out", "end_of", "ordered", "start_of"}  # they change nothing
STEP = {"splice"}  # what all edits are made of

encode = msgspec.json.encode


def words_of(pack: Pack) -> Counter[str]:
    """How often each string of characters stands in the body."""
    return Counter(text.string for block in pack.body for text in texts_of(block))


def letters_of(pack: Pack) -> str:
    """All characters of the body in order."""
    return "".join(text.string for block in pack.body for text in texts_of(block))


class Editing(RuleBasedStateMachine):
    """Somebody edits a pack: every edit there is, anywhere, on anything."""

    @initialize(pack=some.packs())
    def begin(self, pack):
        self.history: History[Place] = History(pack)
        self.trail = [encode(pack)]  # what each pack was when it was made, in case something changes it later
        self.at = 0
        self.clipboard = Fragment()

    @property
    def pack(self) -> Pack:
        return self.history.pack

    # --- what the rules share

    def done(self, name, result, *, touched=(), same_words=False):
        """Takes an edit's result on, after the checks that hold for every edit.

        ``touched`` are the ids of the blocks that the edit may change; None where it may change any.
        """
        before, after = self.pack, result.pack if isinstance(result, Edited) else result
        if isinstance(result, Edited):
            block = after.block(result.caret.block)  # KeyError where the caret is nowhere
            assert 0 <= result.caret.offset <= places.length(block)
        check_pack(after)
        if touched is not None:
            kept = {block.id: block for block in after.body}
            for block in before.body:
                assert block.id in touched or kept.get(block.id) is block, f"{name} touched {block}"
        if same_words:
            assert words_of(after) == words_of(before)
        changed = self.history.push(after, name)
        assert changed == (after != before), "nothing is a step only where something changed"
        if changed:
            del self.trail[self.at + 1 :]
            self.trail.append(encode(after))
            self.at += 1
        return after

    def a_place(self, data):
        block = data.draw(st.sampled_from(self.pack.body))
        return Place(block.id, data.draw(st.integers(0, places.length(block))))

    def two_places(self, data):
        return edits.ordered(self.pack, self.a_place(data), self.a_place(data))

    def between(self, start, stop):
        first, last = self.pack.index(start.block), self.pack.index(stop.block)
        return {block.id for block in self.pack.body[first : last + 1]}

    def some_blocks(self, data):
        return data.draw(st.sets(st.sampled_from([block.id for block in self.pack.body]), max_size=3))

    def a_comment(self, data):
        return data.draw(st.sampled_from([comment.id for comment in self.pack.comments]))

    # --- writing

    @rule(data=st.data(), new=some.texts())
    def insert_text(self, data, new):
        at = self.a_place(data)
        result = edits.insert_text(self.pack, at, new)
        assert sorted(letters_of(result.pack)) == sorted(letters_of(self.pack) + new.string)
        self.done("insert_text", result, touched={at.block} - self.objects())

    @rule(data=st.data())
    def delete(self, data):
        start, stop = self.two_places(data)
        taken = edits.cut_out(self.pack, start, stop)
        result = edits.delete(self.pack, start, stop)
        gone = "".join(text.string for block in taken.blocks for text in texts_of(block))
        assert sorted(letters_of(result.pack) + gone) == sorted(letters_of(self.pack))
        assert result.caret == edits.delete(result.pack, result.caret, result.caret).caret
        self.done("delete", result, touched=self.between(start, stop))

    @rule(data=st.data())
    def split(self, data):
        at = self.a_place(data)
        result = edits.split(self.pack, at)
        assert letters_of(result.pack) == letters_of(self.pack)
        whole = self.pack.block(at.block)
        if isinstance(whole, TextLike) and whole.text:
            kept = result.pack.block(at.block)
            assert kept.text == (whole.text[: at.offset] if at.offset else whole.text), "the id left its words"
        self.done("split", result, touched={at.block} - self.objects())

    @rule(data=st.data(), kind=st.sampled_from(sorted(set(MarkKind) - {MarkKind.COMMENT, MarkKind.CLIP})))
    def set_mark(self, data, kind):
        start, stop = self.two_places(data)
        after = edits.set_mark(self.pack, start, stop, kind, "yellow" if kind == MarkKind.HIGHLIGHT else "")
        inside = [text for _, text, begin, end in self.texts_between(start, stop) if begin < end]
        assert edits.covered(after, start, stop, kind) == bool(inside)
        self.done("set_mark", after, touched=self.between(start, stop), same_words=True)

    @rule(data=st.data(), kind=st.sampled_from(MarkKind))
    def unset_mark(self, data, kind):
        start, stop = self.two_places(data)
        after = edits.unset_mark(self.pack, start, stop, kind)
        assert not edits.covered(after, start, stop, kind)
        self.done("unset_mark", after, touched=self.between(start, stop), same_words=True)

    @rule(data=st.data())
    def clear_formats(self, data):
        start, stop = self.two_places(data)
        after = edits.clear_formats(self.pack, start, stop)
        assert not any(edits.covered(after, start, stop, kind) for kind in some.FORMATS)
        self.done("clear_formats", after, touched=self.between(start, stop), same_words=True)

    @rule(data=st.data())
    def copy(self, data):
        self.clipboard = edits.cut_out(self.pack, *self.two_places(data))

    @rule(data=st.data())
    def paste(self, data):
        start, stop = self.two_places(data)
        without = letters_of(edits.delete(self.pack, start, stop).pack)
        result = edits.paste(self.pack, start, stop, self.clipboard)
        new = "".join(text.string for block in self.clipboard.blocks for text in texts_of(block))
        assert sorted(letters_of(result.pack)) == sorted(without + new)
        touched = self.between(start, stop) | {edits.delete(self.pack, start, stop).caret.block}
        self.done("paste", result, touched=touched)

    @rule(data=st.data())
    def cut_and_put_back(self, data):
        """What is cut and pasted where it was comes back as itself, and the comments on it with it."""
        start, stop = self.two_places(data)
        before, taken = self.pack, edits.cut_out(self.pack, start, stop)
        cut = edits.delete(before, start, stop)
        back = edits.paste(cut.pack, cut.caret, cut.caret, taken)
        assert filled(back.pack) == filled(before)
        for comment, said in said_on(before).items():
            if comment not in said_on(cut.pack):
                assert said_on(back.pack)[comment] == said, "a comment lost its words"
        self.done("cut", cut, touched=self.between(start, stop))
        self.done("put back", back, touched={cut.caret.block})

    @rule(data=st.data())
    def move_range(self, data):
        start, stop = self.two_places(data)
        to = self.a_place(data)
        result = edits.move_range(self.pack, start, stop, to)
        assert sorted(letters_of(result.pack)) == sorted(letters_of(self.pack))
        left = said_on(edits.delete(self.pack, start, stop).pack)
        for comment, said in said_on(self.pack).items():
            if comment not in left:
                assert said_on(result.pack)[comment] == said, "a comment did not come along"
        touched = self.between(start, stop) | self.near(start, stop) | {to.block}
        self.done("move_range", result, touched=touched)

    # --- whole blocks

    @rule(data=st.data(), level=st.integers(-1, 9), role=st.none() | st.sampled_from(Role))
    def as_heading(self, data, level, role):
        blocks = self.some_blocks(data)
        self.done("as_heading", edits.as_heading(self.pack, blocks, level, role), touched=blocks, same_words=True)

    @rule(data=st.data())
    def as_paragraph(self, data):
        blocks = self.some_blocks(data)
        self.done("as_paragraph", edits.as_paragraph(self.pack, blocks), touched=blocks, same_words=True)

    @rule(data=st.data(), ordered=st.booleans(), level=st.integers(-1, 10))
    def as_list(self, data, ordered, level):
        blocks = self.some_blocks(data)
        after = edits.as_list(self.pack, blocks, ordered=ordered, level=level)
        self.done("as_list", after, touched=blocks, same_words=True)

    @rule(data=st.data(), speaker=some.nasty)
    def as_quote(self, data, speaker):
        blocks = self.some_blocks(data)
        self.done("as_quote", edits.as_quote(self.pack, blocks, speaker=speaker), touched=blocks, same_words=True)

    @rule(data=st.data(), by=st.integers(-9, 9))
    def indent(self, data, by):
        blocks = self.some_blocks(data)
        self.done("indent", edits.indent(self.pack, blocks, by), touched=blocks, same_words=True)

    @rule(data=st.data(), role=st.none() | st.sampled_from(Role))
    def set_role(self, data, role):
        block = data.draw(st.sampled_from(self.pack.body)).id
        self.done("set_role", edits.set_role(self.pack, block, role), touched={block}, same_words=True)

    @rule(data=st.data(), new=st.lists(some.blocks(), max_size=2), again=st.booleans())
    def insert_blocks(self, data, new, again):
        index = data.draw(st.integers(0, len(self.pack.body)))
        if again:
            new = [replace(block, id=self.pack.body[0].id) for block in new]  # an id that is taken
        after = edits.insert_blocks(self.pack, index, new)
        assert len(after.body) == len(self.pack.body) + len(new)
        self.done("insert_blocks", after)

    @rule(data=st.data())
    def remove_blocks(self, data):
        blocks = self.some_blocks(data)
        self.done("remove_blocks", edits.remove_blocks(self.pack, blocks), touched=blocks)

    @rule(data=st.data())
    def replace_block(self, data):
        old = data.draw(st.sampled_from(self.pack.body))
        people = [person.id for person in self.pack.people]
        new = replace(data.draw(some.blocks(people=people)), id=old.id)
        self.done("replace_block", edits.replace_block(self.pack, new), touched={old.id})

    @rule(data=st.data())
    def move_blocks(self, data):
        index = st.integers(0, len(self.pack.body))
        start, stop = sorted(data.draw(st.tuples(index, index)))
        to = data.draw(index)
        after = edits.move_blocks(self.pack, start, stop, to)
        moved = [block.id for block in self.pack.body[start:stop]]
        ids = [block.id for block in after.body]
        if moved:
            assert ids[(at := ids.index(moved[0])) : at + len(moved)] == moved
        assert [i for i in ids if i not in moved] == [b.id for b in self.pack.body if b.id not in moved]
        self.done("move_blocks", after, same_words=True)

    @precondition(lambda self: any(isinstance(block, Heading) for block in self.pack.body))
    @rule(data=st.data())
    def move_section(self, data):
        heading = data.draw(st.sampled_from([block.id for block in self.pack.body if isinstance(block, Heading)]))
        to = data.draw(st.integers(0, len(self.pack.body)))
        self.done("move_section", edits.move_section(self.pack, heading, to), same_words=True)

    # --- comments, clips, lines

    @rule(data=st.data(), comment=some.comments, dirt=some.nasty)
    def add_comment(self, data, comment, dirt):
        start, stop = self.two_places(data)
        after = edits.add_comment(self.pack, start, stop, replace(comment, author=dirt))
        self.done("add_comment", after, touched=self.between(start, stop), same_words=True)

    @precondition(lambda self: self.pack.comments)
    @rule(data=st.data(), words=some.nasty)
    def edit_comment(self, data, words):
        self.done("edit_comment", edits.edit_comment(self.pack, self.a_comment(data), words), same_words=True)

    @precondition(lambda self: self.pack.comments)
    @rule(data=st.data(), reply=some.replies, dirt=some.nasty)
    def reply_to(self, data, reply, dirt):
        after = edits.reply_to(self.pack, self.a_comment(data), replace(reply, text=dirt))
        self.done("reply_to", after, same_words=True)

    @precondition(lambda self: any(comment.replies for comment in self.pack.comments))
    @rule(data=st.data())
    def delete_reply(self, data):
        comment = data.draw(st.sampled_from([comment for comment in self.pack.comments if comment.replies]))
        reply = data.draw(st.sampled_from(comment.replies))
        after = edits.delete_reply(self.pack, comment.id, reply.id)
        assert reply.id not in [each.id for each in after.comment(comment.id).replies]
        self.done("delete_reply", after, same_words=True)

    @precondition(lambda self: self.pack.comments)
    @rule(data=st.data(), resolved=st.booleans())
    def resolve(self, data, resolved):
        after = edits.resolve(self.pack, self.a_comment(data), resolved=resolved)
        self.done("resolve", after, same_words=True)

    @precondition(lambda self: self.pack.comments)
    @rule(data=st.data())
    def delete_comment(self, data):
        comment = self.a_comment(data)
        after = edits.delete_comment(self.pack, comment)
        stood = {span.block for span in spans(self.pack, MarkKind.COMMENT).get(comment, ())}
        assert comment not in spans(after, MarkKind.COMMENT)
        self.done("delete_comment", after, touched=stood, same_words=True)

    @rule(data=st.data(), clips=st.lists(some.clips, max_size=2), form=st.sampled_from(edits.ClipForm))
    def place_clips(self, data, clips, form):
        start, stop = self.two_places(data)
        result = edits.place_clips(self.pack, start, stop, clips, form, speaker="Amara Lindqvist")
        assert {clip.id for clip in clips} <= set(spans(result.pack, MarkKind.CLIP)), "a clip has no words"
        if form != edits.ClipForm.INLINE:
            assert not words_of(self.pack) - words_of(result.pack) - Counter({"": 1}), "words were replaced"
        self.done("place_clips", result, touched=self.between(start, stop) | self.near(start, stop))

    @rule(data=st.data(), clip=some.clips, dirt=some.nasty)
    def mark_clip(self, data, clip, dirt):
        start, stop = self.two_places(data)
        after = edits.mark_clip(self.pack, start, stop, replace(clip, title=dirt))
        self.done("mark_clip", after, touched=self.between(start, stop), same_words=True)

    @precondition(lambda self: spans(self.pack, MarkKind.CLIP))
    @rule(data=st.data(), now=some.clips)
    def take_words(self, data, now):
        places = spans(self.pack, MarkKind.CLIP)
        clip = data.draw(st.sampled_from([clip for clip in self.pack.clips if clip.id in places]))
        with contextlib.suppress(UserError):
            after = edits.take_words(self.pack, clip.id, now)
            self.done("take_words", after, touched={piece.block for piece in places[clip.id]})

    @rule(data=st.data(), owner=some.nasty, line=some.lines)
    def set_line(self, data, owner, line):
        blocks = self.some_blocks(data)
        after = edits.set_line(self.pack, blocks, owner=owner, status=line.status, good_until=line.good_until)
        self.done("set_line", after, touched=blocks, same_words=True)

    # --- tracked changes

    def some_changes(self, data):
        return data.draw(st.lists(st.sampled_from(proposed(self.pack)), unique_by=id, max_size=3))

    def settled(self, name, after, changes):
        """Takes settled changes on: none of them is proposed any more, and blocks without a change are untouched."""
        pieces = {(p.block, p.part, p.kind, p.value) for change in changes for p in change.pieces}
        left = Counter((p.block, p.part, p.kind, p.value) for change in proposed(after) for p in change.pieces)
        were = Counter((p.block, p.part, p.kind, p.value) for change in proposed(self.pack) for p in change.pieces)
        assert all(left[piece] < were[piece] for piece in pieces)
        self.done(name, after, touched={piece.block for change in changes for piece in change.pieces})

    @precondition(lambda self: proposed(self.pack))
    @rule(data=st.data())
    def accept_changes(self, data):
        changes = self.some_changes(data)
        self.settled("accept_changes", edits.accept_changes(self.pack, changes), changes)

    @precondition(lambda self: proposed(self.pack))
    @rule(data=st.data())
    def reject_changes(self, data):
        changes = self.some_changes(data)
        self.settled("reject_changes", edits.reject_changes(self.pack, changes), changes)

    @precondition(lambda self: proposed(self.pack))
    @rule()
    def accept_all_changes(self):
        after = edits.accept_all_changes(self.pack)
        assert proposed(after) == ()
        assert letters_of(after) == "".join(as_accepted(t).string for b in self.pack.body for t in texts_of(b))
        self.done("accept_all_changes", after, touched=None)

    @precondition(lambda self: proposed(self.pack))
    @rule()
    def reject_all_changes(self):
        after = edits.reject_all_changes(self.pack)
        assert proposed(after) == ()
        kept = (
            piece
            for block in self.pack.body
            for text in texts_of(block)
            for piece, marks in text.runs()
            if MarkKind.INSERTION not in {mark.kind for mark in marks}
        )
        assert letters_of(after) == "".join(kept)
        self.done("reject_all_changes", after, touched=None)

    # --- the meeting and its people

    @rule(meeting=some.meetings, title=some.nasty, objectives=st.lists(some.nasty, max_size=2).map(tuple))
    def set_meeting(self, meeting, title, objectives):
        after = edits.set_meeting(self.pack, title=title, objectives=objectives, date=meeting.date)
        self.done("set_meeting", after, same_words=True)

    @rule(data=st.data(), person=some.people, name=some.nasty)
    def put_person(self, data, person, name):
        ids = [person.id, *(each.id for each in self.pack.people)]
        after = edits.put_person(self.pack, replace(person, id=data.draw(st.sampled_from(ids)), name=name))
        self.done("put_person", after, same_words=True)

    @rule(data=st.data(), person=some.people)
    def add_biography(self, data, person):
        index = data.draw(st.integers(0, len(self.pack.body)))
        after = edits.add_biography(self.pack, index, person)
        assert after.body[index].person == person.id
        self.done("add_biography", after)

    @precondition(lambda self: self.pack.people)
    @rule(data=st.data())
    def remove_person(self, data):
        person = data.draw(st.sampled_from(self.pack.people)).id
        cards = {block.id for block in self.pack.body if isinstance(block, Biography) and block.person == person}
        self.done("remove_person", edits.remove_person(self.pack, person), touched=cards)

    # --- the board

    def a_topic(self, data):
        return data.draw(st.sampled_from(self.pack.board.topics))

    @rule(dirt=some.nasty)
    def set_board(self, dirt):
        self.done("set_board", edits.set_board(self.pack, body=dirt, query=dirt), same_words=True)

    @rule(data=st.data(), dirt=some.nasty, again=st.booleans())
    def put_topic(self, data, dirt, again):
        clips = [*(clip.id for clip in self.pack.clips), "no clip"]
        topic = replace(data.draw(some.topics(clips)), name=dirt)
        if again and self.pack.board.topics:
            topic = replace(topic, id=self.a_topic(data).id)
        after = edits.put_topic(self.pack, topic)
        assert after.board.topic(topic.id) is not None
        self.done("put_topic", after, same_words=True)

    @precondition(lambda self: self.pack.board.topics)
    @rule(data=st.data(), to=st.integers(-1, 3))
    def move_topic(self, data, to):
        after = edits.move_topic(self.pack, self.a_topic(data).id, to)
        assert sorted(encode(t) for t in after.board.topics) == sorted(encode(t) for t in self.pack.board.topics)
        self.done("move_topic", after, same_words=True)

    @precondition(lambda self: self.pack.board.topics)
    @rule(data=st.data())
    def remove_topic(self, data):
        topic = self.a_topic(data)
        after = edits.remove_topic(self.pack, topic.id)
        placed = set(spans(self.pack, MarkKind.CLIP))
        assert placed & {clip.id for clip in self.pack.clips} <= {clip.id for clip in after.clips}
        self.done("remove_topic", after, same_words=True)

    @precondition(lambda self: self.pack.board.topics)
    @rule(data=st.data(), clips=st.lists(some.clips, max_size=2), dirt=some.nasty)
    def pick_words(self, data, clips, dirt):
        topic = self.a_topic(data)
        after = edits.pick_words(self.pack, topic.id, clips, speaker=dirt)
        assert edits.pick_words(after, topic.id, clips) == after, "words are picked once"
        self.done("pick_words", after, same_words=True)

    @precondition(lambda self: any(topic.picked for topic in self.pack.board.topics))
    @rule(data=st.data())
    def unpick(self, data):
        topic = data.draw(st.sampled_from([topic for topic in self.pack.board.topics if topic.picked]))
        clip = data.draw(st.sampled_from(topic.picked)).clip
        after = edits.unpick(self.pack, topic.id, clip)
        assert clip not in [pick.clip for pick in after.board.topic(topic.id).picked]
        self.done("unpick", after, same_words=True)

    @precondition(lambda self: self.pack.board.topics)
    @rule(data=st.data(), documents=st.lists(st.sampled_from(("7", "503f", "9")), max_size=3))
    def mark_read(self, data, documents):
        topic = self.a_topic(data)
        after = edits.mark_read(self.pack, topic.id, documents, None)
        assert set(documents) <= {each.document for each in after.board.topic(topic.id).read}
        self.done("mark_read", after, same_words=True)

    @precondition(lambda self: self.pack.board.topics)
    @rule(data=st.data(), documents=st.lists(st.sampled_from(("7", "503f", "9")), max_size=3))
    def mark_unread(self, data, documents):
        topic = self.a_topic(data)
        after = edits.mark_unread(self.pack, topic.id, documents)
        assert not set(documents) & {each.document for each in after.board.topic(topic.id).read}
        self.done("mark_unread", after, same_words=True)

    @rule(data=st.data(), clips=st.lists(some.clips, min_size=1, max_size=2))
    def insert_table(self, data, clips):
        taken = [*clips, *self.pack.clips[:1]]  # one whose id is taken
        cells = tuple(some.text(clip.words, (some.Mark(0, len(clip.words), MarkKind.CLIP, clip.id),)) for clip in taken)
        index = data.draw(st.integers(0, len(self.pack.body)))
        after = edits.insert_table(self.pack, index, Table(rows=(cells,)), taken)
        assert len(after.clips) == len(self.pack.clips) + len(taken)
        assert [len(cell.marks) for cell in after.body[index].rows[0]] == [1] * len(taken)
        self.done("insert_table", after)

    # --- the words that are right

    @rule(word=some.nasty | st.sampled_from(["towpath", "Ouseby", "O\u2019Dell"]))
    def learn_word(self, word):
        self.done("learn_word", edits.learn_word(self.pack, word), same_words=True)

    @rule(data=st.data(), other=some.nasty)
    def forget_word(self, data, other):
        word = data.draw(st.sampled_from([*self.pack.dictionary, other]))
        after = edits.forget_word(self.pack, word)
        assert word not in after.dictionary
        self.done("forget_word", after, same_words=True)

    # --- going back

    @rule(version=some.packs())
    def restored(self, version):
        before = self.pack
        after = edits.restored(before, version)
        assert (after.body, after.meeting, after.comments) == (version.body, version.meeting, version.comments)
        assert (after.id, after.issues, after.decisions) == (before.id, before.issues, before.decisions)
        self.done("restored", after, touched=None)

    # --- undo and redo

    @rule()
    def undo(self):
        step = self.history.undo()
        assert (step is None) == (self.at == 0)
        self.at -= step is not None

    @rule()
    def redo(self):
        step = self.history.redo()
        assert (step is None) == (self.at == len(self.trail) - 1)
        self.at += step is not None

    @invariant()
    def is_where_the_trail_says(self):
        if hasattr(self, "history"):
            assert encode(self.pack) == self.trail[self.at]

    def teardown(self):
        """Everything undone is the pack that it began with; everything redone the last one."""
        if not hasattr(self, "history"):
            return
        while self.history.undo():
            pass
        assert encode(self.pack) == self.trail[0]
        while self.history.redo():
            pass
        assert encode(self.pack) == self.trail[-1]

    # --- small things

    def objects(self):
        return {block.id for block in self.pack.body if isinstance(block, OBJECTS)}

    def near(self, start, stop):
        return {edits.delete(self.pack, start, stop).caret.block}

    def texts_between(self, start, stop):
        first, last = self.pack.index(start.block), self.pack.index(stop.block)
        for index in range(first, last + 1):
            if isinstance(block := self.pack.body[index], TextLike):
                begin = start.offset if index == first else 0
                end = stop.offset if index == last else len(block.text)
                yield block, block.text, begin, end


def filled(pack: Pack) -> list[tuple]:
    """Every block that holds anything, but for its marks of comments and clips, which copies may not share."""
    plain = {MarkKind.COMMENT, MarkKind.CLIP}
    return [
        edits.writing.with_texts(block, lambda text: text.keep_marks(lambda mark: mark.kind not in plain))
        for block in pack.body
        if not isinstance(block, TextLike) or block.text
    ]


def said_on(pack: Pack) -> dict[str, str]:
    """The words that each comment stands on."""
    return {comment: words_at(pack, pieces) for comment, pieces in spans(pack, MarkKind.COMMENT).items()}


def test_any_series_of_edits():
    run_state_machine_as_test(Editing, settings=settings(stateful_step_count=25))


def test_every_edit_takes_part():
    every = {name for name in edits.__all__ if inspect.isfunction(getattr(edits, name))} - QUESTIONS - STEP
    assert every <= {name for name in vars(Editing) if not name.startswith("_")}
    assert every == set(edits.__all__) - OWN_RULES - QUESTIONS - STEP


# --- controls: with each of these faults planted, the series above fails


def a_redo_that_forgets(self):
    step = self._undone.pop() if self._undone else None
    if step:
        self._done.append(step)  # and the present stays what it was
    return step


def a_split_with_the_id_behind(pack, at):
    result = original_split(pack, at)
    one, other = pack.index(at.block), result.pack.index(result.caret.block)
    if one == other:
        return result
    body = list(result.pack.body)
    body[one], body[other] = replace(body[one], id=body[other].id), replace(body[other], id=body[one].id)
    return Edited(replace(result.pack, body=tuple(body)), Place(body[other].id, 0))


def a_delete_of_too_much(pack, start, stop):
    return original_delete(pack, start, Place(stop.block, stop.offset + 1))


def an_edit_of_a_comment_without_cleaning(pack, comment, words):
    return replace(pack, comments=tuple(replace(c, text=words) if c.id == comment else c for c in pack.comments))


original_split, original_delete = edits.split, edits.delete


@pytest.mark.parametrize(
    ("where", "name", "fault"),
    [
        (history.History, "redo", a_redo_that_forgets),
        (edits, "split", a_split_with_the_id_behind),
        (edits, "delete", a_delete_of_too_much),
        (edits, "edit_comment", an_edit_of_a_comment_without_cleaning),
    ],
)
def test_a_planted_fault_is_found(monkeypatch, where, name, fault):
    monkeypatch.setattr(where, name, fault)
    with pytest.raises((AssertionError, KeyError)):
        run_state_machine_as_test(
            Editing,
            settings=settings(
                max_examples=200,
                stateful_step_count=25,
                phases=[Phase.generate],  # it is enough that it is found
                report_multiple_bugs=False,
                database=None,
            ),
        )
