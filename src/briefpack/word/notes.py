"""The sources of clips: real footnotes, or a numbered list of sources at the end."""

from typing import Literal

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from lxml import etree

from briefpack.pack.anchors import spans
from briefpack.pack.clips import citation
from briefpack.pack.model import Clip, Pack
from briefpack.pack.text import MarkKind
from briefpack.word.stationery import Stationery
from briefpack.word.wml import child, paragraph, qn, root, run, valued

Sources = Literal["footnotes", "annex", "none"]

_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))


class Notes:
    """The sources of one pack, each referred to where its words end.

    In an annex every source stands once, however many of its words are used; of footnotes each clip has its own.
    """

    def __init__(self, pack: Pack, sources: Sources, stationery: Stationery) -> None:
        self._sources = sources
        self._stationery = stationery
        self._said: list[str] = []
        self._ends: dict[tuple[str, int], dict[int, list[Clip]]] = {}
        if sources == "none":
            return
        clips = {clip.id: clip for clip in pack.clips}
        for clip, pieces in spans(pack, MarkKind.CLIP).items():
            if clip in clips:
                last = pieces[-1]
                ends = self._ends.setdefault((last.block, last.part), {})
                ends.setdefault(last.end, []).append(clips[clip])

    def offsets(self, block: str, part: int) -> set[int]:
        """Where clips end in a text of a block."""
        return set(self._ends.get((block, part), ()))

    def refer(self, parent: etree._Element, block: str, part: int, offset: int) -> None:
        """Refer to the sources of the clips that end here."""
        for clip in self._ends.get((block, part), {}).get(offset, ()):
            said = citation(clip)
            if self._sources == "annex":
                if said not in self._said:
                    self._said.append(said)
                number = self._said.index(said) + 1
                run(parent, f"[{number}]", self._stationery.styles["source reference"])
            else:
                self._said.append(said)
                sign = child(parent, "w:r")
                valued(child(sign, "w:rPr"), "w:rStyle", self._stationery.styles["footnote reference"])
                child(sign, "w:footnoteReference", {"w:id": str(len(self._said))})

    def write(self, body: etree._Element) -> None:
        """Add the footnotes part, or the list of sources at the end of the body."""
        if not self._said:
            return
        if self._sources == "annex":
            self._write_annex(body)
        else:
            self._write_footnotes()

    def _write_annex(self, body: etree._Element) -> None:
        styles = self._stationery.styles
        run(paragraph(body, styles["heading 1"]), "Sources")
        for number, said in enumerate(self._said, 1):
            run(paragraph(body, styles["source entry"]), f"[{number}]\t{said}")

    def _write_footnotes(self) -> None:
        styles = self._stationery.styles
        footnotes = root("w:footnotes")
        for number, sign in _SEPARATORS:
            made = child(footnotes, "w:footnote", {"w:type": sign, "w:id": str(number)})
            child(child(child(made, "w:p"), "w:r"), f"w:{sign}")
        for number, said in enumerate(self._said, 1):
            written = paragraph(child(footnotes, "w:footnote", {"w:id": str(number)}), styles["footnote text"])
            sign_run = child(written, "w:r")
            valued(child(sign_run, "w:rPr"), "w:rStyle", styles["footnote reference"])
            child(sign_run, "w:footnoteRef")
            run(written, f" {said}")
        self._stationery.add_part(
            "/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES, footnotes
        )
        properties = etree.Element(qn("w:footnotePr"))
        for number, _ in _SEPARATORS:
            child(properties, "w:footnote", {"w:id": str(number)})
        self._stationery.settings.find(qn("w:compat")).addprevious(properties)
