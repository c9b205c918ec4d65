"""Copies that come back, made as Word writes them: a reviewer who edits the paragraphs of a sent file, tracked or not.

What the reviewer sees is known here without any of the program's own reading: it is the other side of each test.
"""

import copy
import datetime as dt

from lxml import etree

from briefpack.ooxml.names import qn
from tests.helpers.word import parts, with_parts, words_of

WHEN = dt.datetime(2031, 3, 12, 10, 0)


def _with_id(tag, number):
    made = etree.Element(qn(tag))
    made.set(qn("w:id"), str(number))
    return made


class Seg:
    """Characters, with who put them in and who took them out."""

    def __init__(self, string, put=None, out=None, move=""):
        self.string, self.put, self.out, self.move = string, put, out, move
        self.marks = ()  # XML that stands here instead of characters
        self.bold = False

    def cut(self, at):
        """The piece from an offset on, cut off."""
        rest = Seg(self.string[at:], self.put, self.out, self.move)
        rest.bold = self.bold
        self.string = self.string[:at]
        return rest


class Par:
    """A paragraph of the sent file: its properties and bookmarks, its segments, and who changed its end."""

    def __init__(self, element=None, like=None):
        self.starts, self.tail = [], []
        self.put = self.out = None
        self.came = self.went = False  # whether its end was put in, or taken out, with a move
        if element is None:
            properties = like.properties if like is not None else None
            self.properties = copy.deepcopy(properties)
            self.segs = []
            return
        self.properties = copy.deepcopy(element.find(qn("w:pPr")))
        self.starts = [copy.deepcopy(each) for each in element.iterchildren(qn("w:bookmarkStart"))]
        self.tail = [copy.deepcopy(each) for each in element.iterchildren(qn("w:bookmarkEnd"))]
        said = words_of(element)
        self.segs = [Seg(said)] if said else []

    @property
    def seen(self):
        """What the reviewer sees: without what is taken out."""
        return "".join(seg.string for seg in self.segs if seg.out is None)

    @property
    def before(self):
        """What would stand here with all tracked changes rejected."""
        return "".join(seg.string for seg in self.segs if seg.put is None)

    def at(self, offset):
        """Cut the segments at an offset of what is seen; the index of the segment that begins there."""
        for index, seg in enumerate(self.segs):
            if seg.out is not None:
                continue
            if offset == 0:
                return index
            if offset < len(seg.string):
                self.segs.insert(index + 1, seg.cut(offset))
                return index + 1
            offset -= len(seg.string)
        return len(self.segs)


class Reviewer:
    """Edits a sent file. ``who`` is the author of what is done next; None has tracking off."""

    def __init__(self, sent):
        self._sent = sent
        self._body = parts(sent)["word/document.xml"].find(qn("w:body"))
        self.places = [each for each in self._body if each.tag == qn("w:p")]
        self.pars = {id(each): [Par(each)] for each in self.places}
        self.who = None
        self._number = 1000
        self._comments = []

    def all(self):
        """Every paragraph, in order."""
        return [par for place in self.places for par in self.pars[id(place)]]

    def _list_of(self, par):
        return next(held for held in self.pars.values() if any(each is par for each in held))

    def insert(self, par, offset, new):
        """Type at an offset of what is seen."""
        par.segs.insert(par.at(offset), Seg(new, self.who))

    def delete(self, par, start, stop):
        """Delete a stretch of what is seen."""
        first, last = par.at(start), None
        last = par.at(stop)
        first = par.at(start)
        kept = []
        for index, seg in enumerate(par.segs):
            if first <= index < last and seg.out is None:
                if self.who is None or (seg.put is not None and seg.put == self.who):
                    continue
                seg.out = self.who
            kept.append(seg)
        par.segs = kept

    def replace(self, par, start, stop, new):
        """Type over a stretch of what is seen."""
        self.delete(par, start, stop)
        self.insert(par, start, new)

    def new_behind(self, par, new):
        """Press Enter at the end of a paragraph and type."""
        made = Par(like=par)
        made.segs = [Seg(new, self.who)]
        made.put, par.put, made.out, par.out = par.put, self.who, par.out, None
        if par.put is None:  # tracking is off: the new paragraph simply follows
            made.put = None
        held = self._list_of(par)
        held.insert(held.index(par) + 1, made)
        return made

    def split(self, par, offset):
        """Press Enter in the middle of a paragraph."""
        index = par.at(offset)
        made = Par(like=par)
        par.segs, made.segs = par.segs[:index], par.segs[index:]
        made.put, made.out, par.put, par.out = par.put, par.out, self.who, None
        held = self._list_of(par)
        held.insert(held.index(par) + 1, made)

    def delete_whole(self, par):
        """Delete a paragraph with its end."""
        self.delete(par, 0, len(par.seen))
        if self.who is None:
            held = self._list_of(par)
            if not par.segs:
                held.remove(par)
        elif par.put == self.who:
            par.out = self.who
        else:
            par.out = self.who

    def join(self, par):
        """Delete the end of a paragraph."""
        everything = self.all()
        following = everything[everything.index(par) + 1]
        if self.who is not None:
            par.out = self.who
            return
        par.segs += following.segs
        par.starts += following.starts
        par.tail += following.tail
        par.put, par.out = following.put, following.out
        self._list_of(following).remove(following)

    def find(self, words):
        """The paragraph in which these words are seen, and where they begin."""
        par = next(each for each in self.all() if words in each.seen)
        return par, par.seen.index(words)

    def type_over(self, words, new):
        """Replace words, wherever they are first seen; delete them with nothing new."""
        par, at = self.find(words)
        self.delete(par, at, at + len(words))
        if new:
            self.insert(par, at, new)

    def type_behind(self, words, new):
        """Insert behind words."""
        par, at = self.find(words)
        self.insert(par, at + len(words), new)

    def bold(self, words):
        """Make words bold, tracked."""
        par, at = self.find(words)
        first, last = par.at(at), None
        last = par.at(at + len(words))
        first = par.at(at)
        for seg in par.segs[first:last]:
            seg.bold = self.who

    def comment(self, words, said, to=None, *, answers=None, resolved=False):
        """Put a comment on words, or from there to other words; returns it, to be answered."""
        number = 5000 + len(self._comments)
        made = {"id": number, "said": said, "who": self.who, "answers": answers, "resolved": resolved}
        self._comments.append(made)
        first, at = self.find(words)
        last, stop = self.find(to) if to else (first, at)
        stop += len(to or words)
        end = Seg("")
        sign = etree.Element(qn("w:r"))
        etree.SubElement(sign, qn("w:commentReference")).set(qn("w:id"), str(number))
        end.marks = (_with_id("w:commentRangeEnd", number), sign)
        last.segs.insert(last.at(stop), end)
        begin = Seg("")
        begin.marks = (_with_id("w:commentRangeStart", number),)
        first.segs.insert(first.at(at), begin)
        return made

    def move(self, par, behind):
        """Cut a paragraph and put it in behind another."""
        held = self._list_of(behind)
        if self.who is None:
            self._list_of(par).remove(par)
            held.insert(held.index(behind) + 1, par)
            return
        self._number += 1
        made = Par(like=par)
        name = f"move{self._number}"
        made.segs = [Seg(seg.string, self.who, None, name) for seg in par.segs if seg.out is None]
        made.put, made.came = self.who, True
        for seg in par.segs:
            if seg.out is None:
                seg.out, seg.move = self.who, name
        par.out, par.went = self.who, True
        held.insert(held.index(behind) + 1, made)

    # What there is to see

    def accepted(self):
        """The words of every paragraph with all changes accepted, those without words left out."""
        return self._merged(lambda seg: seg.out is None, lambda par: par.out is not None)

    def rejected(self):
        """The same with all tracked changes rejected."""
        return self._merged(lambda seg: seg.put is None, lambda par: par.put is not None)

    def _merged(self, keeps, goes_on):
        found, held = [], ""
        for place in self.places:
            for par in self.pars[id(place)]:
                held += "".join(seg.string for seg in par.segs if keeps(seg))
                if not goes_on(par):
                    found.append(held)
                    held = ""
            if self._ends_flow(place) and held:
                found.append(held)
                held = ""
        return [each for each in [*found, held] if each]

    def _ends_flow(self, place):
        following = place.getnext()
        return following is None or following.tag != qn("w:p")

    # The file

    def file(self, *, bookmarks=True):
        """The file as it is saved."""
        body = copy.deepcopy(self._body)
        old = [each for each in body if each.tag == qn("w:p")]
        for place, element in zip(self.places, old, strict=True):
            pars = self.pars[id(place)]
            if len(pars) == 1 and self._untouched(pars[0], element):
                if not bookmarks:
                    for mark in [*element.iter(qn("w:bookmarkStart")), *element.iter(qn("w:bookmarkEnd"))]:
                        mark.getparent().remove(mark)
                continue
            for par in pars:
                for made in self._elements(par, bookmarks=bookmarks):
                    element.addprevious(made)
            body.remove(element)
        if not bookmarks:
            for mark in [*body.iter(qn("w:bookmarkStart")), *body.iter(qn("w:bookmarkEnd"))]:
                mark.getparent().remove(mark)
        root = parts(self._sent)["word/document.xml"]
        root.replace(root.find(qn("w:body")), body)
        changed = {"document": root, **self._with_comments()}
        return with_parts(
            self._sent,
            **{name: etree.tostring(each, xml_declaration=True, encoding="UTF-8") for name, each in changed.items()},
        )

    def _with_comments(self):
        if not self._comments:
            return {}
        found = parts(self._sent)
        comments, extended = found["word/comments.xml"], found["word/commentsExtended.xml"]
        for each in self._comments:
            made = etree.SubElement(comments, qn("w:comment"))
            initials = "".join(word[0] for word in each["who"].split())
            for name, value in (("id", each["id"]), ("author", each["who"]), ("initials", initials)):
                made.set(qn(f"w:{name}"), str(value))
            made.set(qn("w:date"), WHEN.replace(second=each["id"] % 60).isoformat() + "Z")
            paragraph = etree.SubElement(made, qn("w:p"))
            paragraph.set(qn("w14:paraId"), f"{each['id']:08X}")
            run = etree.SubElement(paragraph, qn("w:r"))
            etree.SubElement(run, qn("w:t")).text = each["said"]
            entry = etree.SubElement(extended, qn("w15:commentEx"))
            entry.set(qn("w15:paraId"), f"{each['id']:08X}")
            if each["answers"]:
                entry.set(qn("w15:paraIdParent"), f"{each['answers']['id']:08X}")
            entry.set(qn("w15:done"), "1" if each["resolved"] else "0")
        return {"comments": comments, "commentsExtended": extended}

    def _untouched(self, par, element):
        return (
            par.put is None
            and par.out is None
            and all(seg.put is None and seg.out is None and not seg.marks and not seg.bold for seg in par.segs)
            and par.seen == words_of(element)
        )

    def _elements(self, par, *, bookmarks):
        made = etree.Element(qn("w:p"))
        properties = copy.deepcopy(par.properties) if par.properties is not None else etree.Element(qn("w:pPr"))
        made.append(properties)
        if par.put or par.out:
            end = properties.find(qn("w:rPr"))
            if end is None:
                end = etree.SubElement(properties, qn("w:rPr"))
            if par.put:
                end.insert(0, self._change("w:moveTo" if par.came else "w:ins", par.put))
            if par.out:
                end.append(self._change("w:moveFrom" if par.went else "w:del", par.out))
        if bookmarks:
            made.extend(copy.deepcopy(each) for each in par.starts)
        moves = [seg.move for seg in par.segs if seg.move]
        if moves:
            kind = "From" if all(seg.out for seg in par.segs if seg.move) else "To"
            self._number += 1
            start = etree.SubElement(made, qn(f"w:move{kind}RangeStart"))
            for name, value in (("id", self._number), ("name", moves[0]), ("author", par.out or par.put)):
                start.set(qn(f"w:{name}"), str(value))
            start.set(qn("w:date"), WHEN.isoformat() + "Z")
        for seg in par.segs:
            made.extend(copy.deepcopy(each) for each in seg.marks) if seg.marks else made.append(self._run(seg))
        if bookmarks:
            made.extend(copy.deepcopy(each) for each in par.tail)
        yield made
        if moves:
            stop = etree.Element(qn(f"w:move{kind}RangeEnd"))
            stop.set(qn("w:id"), start.get(qn("w:id")))
            yield stop

    def _change(self, tag, who):
        self._number += 1
        change = etree.Element(qn(tag))
        for name, value in (("id", self._number), ("author", who), ("date", WHEN.isoformat() + "Z")):
            change.set(qn(f"w:{name}"), str(value))
        return change

    @staticmethod
    def _into(parent, child):
        parent.append(child)
        return child

    def _run(self, seg):
        run = etree.Element(qn("w:r"))
        if seg.bold:
            properties = etree.SubElement(run, qn("w:rPr"))
            etree.SubElement(properties, qn("w:b"))
            etree.SubElement(self._into(properties, self._change("w:rPrChange", seg.bold)), qn("w:rPr"))
        for index, line in enumerate(seg.string.split("\n")):
            if index:
                etree.SubElement(run, qn("w:br"))
            text = etree.SubElement(run, qn("w:delText" if seg.out else "w:t"))
            text.text = line
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        for who, tag in ((seg.out, "w:moveFrom" if seg.move and seg.put is None else "w:del"),
                         (seg.put, "w:moveTo" if seg.move else "w:ins")):  # fmt: skip
            if who:
                change = self._change(tag, who)
                change.append(run)
                run = change
        return run
