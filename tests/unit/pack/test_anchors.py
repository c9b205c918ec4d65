from briefpack.pack.anchors import Span, comments_without_place, spans, words_at
from briefpack.pack.clips import fingerprint, normalised
from briefpack.pack.edits import Place, add_comment, cut_out, delete, insert_text, move_blocks, paste, split
from briefpack.pack.model import Comment, Pack, Paragraph, Table
from briefpack.pack.text import Mark, MarkKind, text


def commented(*paragraphs, start, stop):
    """A pack of paragraphs with one comment from one (block index, offset) to another."""
    pack = Pack(body=tuple(Paragraph(text=text(words)) for words in paragraphs))
    comment = Comment(text="Is that so?", author="Edgar Munt", initials="EM")
    at = [Place(pack.body[index].id, offset) for index, offset in (start, stop)]
    return add_comment(pack, *at, comment), comment


def said_on(pack, comment):
    return words_at(pack, spans(pack, MarkKind.COMMENT).get(comment.id, ()))


def test_a_comment_stands_on_its_words():
    pack, comment = commented("The rate is 4 %.", start=(0, 4), stop=(0, 8))
    assert said_on(pack, comment) == "rate"
    assert spans(pack, MarkKind.COMMENT) == {comment.id: (Span(pack.body[0].id, 0, 4, 8),)}


def test_a_comment_may_span_blocks():
    pack, comment = commented("one two", "three", "four five", start=(0, 4), stop=(2, 4))
    assert said_on(pack, comment) == "two\nthree\nfour"


def test_pieces_within_one_text_are_told_apart():
    pack, comment = commented("a b c d", start=(0, 0), stop=(0, 7))
    bare = text("X")
    block = pack.body[0]
    block = Paragraph(id=block.id, text=block.text.replace(2, 3, bare))
    assert said_on(Pack(body=(block,)), comment) == "a  …  c d"


def test_the_anchor_follows_typing_before_it():
    pack, comment = commented("The rate", start=(0, 4), stop=(0, 8))
    pack = insert_text(pack, Place(pack.body[0].id, 0), text("Today: ")).pack
    assert said_on(pack, comment) == "rate"


def test_the_anchor_follows_a_split_and_a_move():
    pack, comment = commented("The rate is high", "other", start=(0, 4), stop=(0, 16))
    pack = split(pack, Place(pack.body[0].id, 8)).pack
    assert said_on(pack, comment) == "rate\n is high"
    pack = move_blocks(pack, 0, 1, 3)
    assert said_on(pack, comment) == " is high\nrate"


def test_a_comment_whose_words_are_deleted_stays_without_a_place():
    pack, comment = commented("The rate", start=(0, 4), stop=(0, 8))
    block = pack.body[0].id
    pack = delete(pack, Place(block, 3), Place(block, 8)).pack
    assert pack.comments == (comment,)
    assert list(comments_without_place(pack)) == [comment.id]


def test_a_comment_follows_its_words_through_cut_and_paste():
    pack, comment = commented("The rate is 4 %.", "Elsewhere.", start=(0, 4), stop=(0, 8))
    first, second = (block.id for block in pack.body)
    taken = cut_out(pack, Place(first, 0), Place(first, 9))
    pack = delete(pack, Place(first, 0), Place(first, 9)).pack
    assert list(comments_without_place(pack)) == [comment.id]
    pack = paste(pack, Place(second, 0), Place(second, 0), taken).pack
    assert said_on(pack, comment) == "rate"
    assert pack.body[1].text.string == "The rate Elsewhere."
    assert pack.comments == (comment,)


def test_a_comment_stays_with_its_words_when_they_are_copied():
    pack, comment = commented("The rate is 4 %.", "", start=(0, 4), stop=(0, 8))
    first, second = (block.id for block in pack.body)
    taken = cut_out(pack, Place(first, 0), Place(first, 16))
    pack = paste(pack, Place(second, 0), Place(second, 0), taken).pack
    assert [span.block for span in spans(pack, MarkKind.COMMENT)[comment.id]] == [first]
    assert pack.body[1].id not in (first, ""), "the copy has an id of its own"


def test_a_comment_comes_along_into_another_pack():
    pack, comment = commented("The rate", start=(0, 4), stop=(0, 8))
    block = pack.body[0].id
    taken = cut_out(pack, Place(block, 0), Place(block, 8))
    other = Pack(body=(Paragraph(),))
    other = paste(other, Place(other.body[0].id, 0), Place(other.body[0].id, 0), taken).pack
    assert other.comments == (comment,)
    assert said_on(other, comment) == "rate"


def test_a_comment_in_a_table_tells_its_cell():
    cell = text("42", [Mark(0, 2, MarkKind.COMMENT, "c")])
    pack = Pack(body=(Table(rows=((text("a"), text("b")), (text("c"), cell))),))
    assert spans(pack, MarkKind.COMMENT) == {"c": (Span(pack.body[0].id, 3, 0, 2),)}


def test_a_fingerprint_holds_for_the_same_words_in_other_dress():
    assert normalised("“It’s  a\n‘fact’ – 5 %”") == "\"It's a 'fact' - 5 %\""
    assert fingerprint("It’s a fact") == fingerprint("It's  a\nfact")
    assert fingerprint("It is a fact") != fingerprint("It is no fact")
    assert fingerprint("5 %") != fingerprint("50 %")
    assert fingerprint("ﬁne") == fingerprint("fine")
