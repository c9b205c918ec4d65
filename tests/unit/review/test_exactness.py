"""Accepting all gives what the reviewer sees, to the letter; rejecting all what was sent: over 500 scripts of edits."""

import random
import re

import pytest

from briefpack.ooxml.document import read_document
from briefpack.ooxml.package import open_package
from briefpack.ooxml.resolving import resolved
from briefpack.ooxml.story import paragraphs
from briefpack.pack.decisions import Verdict
from briefpack.pack.model import Heading, ListItem, Pack, Paragraph, Quote
from briefpack.pack.text import Text
from briefpack.review.deciding import accept_all, decide
from briefpack.review.model import ItemKind
from tests.helpers.returns import Reviewer
from tests.helpers.sending import NOW, sent, taken, texts

WORDS = (
    "the", "fund", "harbour", "winter", "programme", "station", "crew", "review", "minister", "towns", "will", "be",
    "open", "kept", "closed", "new", "money", "coast", "£5m", "68", "of", "140", "“quoted”", "don’t", "well-known",
    "Ålesund", "R&D", "<draft>", "e.g.", "settlement", "department", "April", "services",
)  # fmt: skip
OPERATIONS = ("type", "type", "delete", "replace", "replace", "new", "whole", "split", "join", "move")


def sentence(chance):
    words = " ".join(chance.choice(WORDS) for _ in range(chance.randint(4, 10)))
    return f"{words[0].upper()}{words[1:]}{chance.choice('...?!')}"


def brief(chance, size):
    """A pack of paragraphs; no two begin alike."""
    body = []
    for number in range(size):
        said = Text(
            f"{number}{sentence(chance)}" + "".join(f" {sentence(chance)}" for _ in range(chance.randint(0, 3)))
        )
        kind = chance.choice((Heading, ListItem, ListItem, Paragraph, Quote))
        body.append(kind(text=said, level=chance.randint(1, 2)) if kind in {Heading, ListItem} else kind(text=said))
    return Pack(body=tuple(body))


def stretch(chance, string):
    """Where some words of a string begin and end; now and then anything."""
    if chance.random() < 0.2:
        return sorted((chance.randint(0, len(string)), chance.randint(0, len(string))))
    words = [found.span() for found in re.finditer(r"\S+", string)]
    first = chance.randrange(len(words))
    return words[first][0], words[min(len(words) - 1, first + chance.randint(0, 3))][1]


def edit(chance, copy, par, following):
    """One edit of one paragraph, as a person makes it."""
    start, stop = stretch(chance, par.seen)
    match chance.choice(OPERATIONS):
        case "type":
            copy.insert(par, start, f" {chance.choice(WORDS)} ")
        case "delete" if start < stop:
            copy.delete(par, start, stop)
        case "replace":
            copy.replace(par, start, stop, f"{chance.choice(WORDS)} instead")
        case "new":
            copy.new_behind(par, sentence(chance))
        case "whole":
            copy.delete_whole(par)
        case "split" if 0 < start < len(par.seen):
            copy.split(par, start)
        case "join":
            copy.join(par)
        case "move":
            copy.move(par, following)


def reviewed(seed, *, bookmarks=True, authors=("Ann Ash",), silent=0.3):
    """A pack file that was sent, and a copy of it with edits in up to five paragraphs that are not neighbours."""
    chance = random.Random(seed)
    size = chance.randint(8, 16)
    file, data = sent(brief(chance, size))
    copy = Reviewer(data)
    pars = copy.all()
    for number in sorted(chance.sample(range(0, size - 2, 3), k=min(chance.randint(1, 5), (size - 2) // 3))):
        copy.who = None if chance.random() < silent else chance.choice(authors)
        edit(chance, copy, pars[number], pars[number + 1])
    return file, copy, copy.file(bookmarks=bookmarks)


def accepted(taking, keys):
    pack, unfit = accept_all(taking.file.pack, taking.review, keys, by="Niamh Castellan", now=NOW)
    assert not unfit
    return texts(pack)


def check(file, copy, back):
    """Everything that holds of one copy."""
    taking = taken(file, back)
    items = taking.review.items
    assert taking.file.pack.body == file.pack.body
    assert accepted(taking, [item.key for item in items]) == copy.accepted()
    silent = [item.key for item in items if item.kind is ItemKind.SILENT]
    assert accepted(taking, silent) == copy.rejected()
    pack = taking.file.pack
    for item in items:
        pack = decide(pack, taking.review, item.key, Verdict.REJECTED, by="N", now=NOW)
    assert pack.body == file.pack.body
    assert not taken(taking.file, back).new
    return taking


@pytest.mark.parametrize("seeds", [range(at, at + 50) for at in range(0, 400, 50)], ids=str)
def test_all_accepted_is_what_the_reviewer_sees_and_all_rejected_what_was_sent(seeds):
    for seed in seeds:
        check(*reviewed(seed))


def test_without_any_identity_the_words_are_the_same():
    for seed in range(1000, 1050):
        file, copy, back = reviewed(seed, bookmarks=False)
        taking = check(file, copy, back)
        (told,) = taking.review.returns
        assert told.by_bookmark == 0


def test_two_people_s_changes_in_one_copy_are_told_apart():
    for seed in range(2000, 2050):
        file, copy, back = reviewed(seed, authors=("Ann Ash", "Bob Birch"), silent=0)
        taking = check(file, copy, back)
        assert {item.author for item in taking.review.items} <= {"Ann Ash", "Bob Birch"}


def test_the_changes_settled_in_the_file_itself_give_the_same():
    """An independent witness: the file's own changes accepted in its XML."""
    for seed in range(3000, 3025):
        _, copy, back = reviewed(seed)
        for accept, seen in ((True, copy.accepted()), (False, copy.rejected())):
            settled = resolved(back, lambda _, accept=accept: accept)
            story = read_document(open_package(settled, "a.docx")).story
            assert [each.text.string for each in paragraphs(story) if each.text] == seen


def test_however_wild_the_edits_no_word_is_lost():
    """Edits upon edits of two people, everywhere: what cannot be made any more is told, and each word is somewhere."""
    for seed in range(4000, 4080):
        chance = random.Random(seed)
        file, data = sent(brief(chance, chance.randint(3, 6)))
        copy = Reviewer(data)
        for number in range(chance.randint(3, 10)):
            copy.who = chance.choice((None, "Ann Ash", "Ann Ash", "Bob Birch"))
            pars = [par for par in copy.all() if par.seen.strip()]
            if len(pars) < 3:
                break
            at = chance.randrange(len(pars) - 1)
            par, following = pars[at], pars[at + 1]
            if chance.random() < 0.5:
                copy.replace(par, *stretch(chance, par.seen), f"unheard{number} of")
            elif par.put is par.out is None and following.put is following.out is None:
                edit(chance, copy, par, following)
        taking = taken(file, copy.file())
        keys = [item.key for item in taking.review.items]
        pack, unfit = accept_all(taking.file.pack, taking.review, keys, by="N", now=NOW)
        left = "\n".join((*texts(pack), *(taking.review.item(key).after for key in unfit)))
        for word in set(re.findall(r"unheard\d+", "\n".join(copy.accepted()))):
            assert word in left


def test_a_difference_would_be_found():
    """The control: one letter more, and the comparison fails."""
    file, copy, back = reviewed(7)
    copy.insert(copy.all()[0], 0, "x")
    with pytest.raises(AssertionError):
        check(file, copy, back)
