"""Build ``templates/briefing.docx``, the house style that every Word export starts from.

Run it after a change here: ``python packaging/build_template.py``. The template is made from nothing, so that it holds
no more than what stands below: no author, no revision ids, no thumbnail, no custom XML, no theme. A style's id is its
name without spaces. Sizes are half-points in fonts and twentieths of a point elsewhere, as in WordprocessingML.
"""

import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

TARGET = Path(__file__).resolve().parents[1] / "templates" / "briefing.docx"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

NAVY, RULE, GREY, HAIRLINE, SHADE, LINE_SHADE = "1D3557", "2F6F7E", "59636E", "C5CDD5", "E9EEF3", "F3F7F9"
LEVELS = 9
STEP, HANGING = 482, 340
"""How far each list level is indented, and how far its sign stands out: 8.5 mm and 6 mm."""


class Look(NamedTuple):
    """A paragraph or character style: its name, what it is based on and followed by, and its properties as XML."""

    name: str
    paragraph: str = ""
    run: str = ""
    based_on: str = "Normal"
    after: str = ""
    kind: str = "paragraph"
    quick: bool = True
    custom: bool = False


def font(size: float = 0, *, bold: bool = False, italic: bool = False, colour: str = "") -> str:
    """Run properties, in the order that the schema asks for; ``size`` in points."""
    parts = ["<w:b/><w:bCs/>" if bold else "", "<w:i/><w:iCs/>" if italic else ""]
    parts += [f'<w:color w:val="{colour}"/>' if colour else ""]
    parts += [f'<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/>' if size else ""]
    return "".join(parts)


def space(before: int = 0, after: int = 0, line: int = 0) -> str:
    """Spacing of a paragraph in points; ``line`` in 240ths of a line."""
    lines = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before * 20}" w:after="{after * 20}"{lines}/>'


def heading(level: int, run: str, spacing: str, border: str = "") -> Look:
    """A heading style, which the outline and a screen reader see as such."""
    paragraph = f'<w:keepNext/><w:keepLines/>{border}{spacing}<w:outlineLvl w:val="{level - 1}"/>'
    return Look(f"heading {level}", paragraph, run, after="Normal")


def list_styles(name: str, number: int) -> list[Look]:
    """The styles of a multilevel list, each linked with its level."""
    looks = []
    for level in range(LEVELS):
        link = f'<w:ilvl w:val="{level}"/>' if level else ""
        properties = f'<w:numPr>{link}<w:numId w:val="{number}"/></w:numPr>{space(after=4)}'
        called = name if level == 0 else f"{name} {level + 1}"
        looks.append(Look(called, properties, custom=level > 4))
    return looks


def side_rule(space: int) -> str:
    """The rule left of a line to take, so many points from its text: of two list levels it stands in one place."""
    return f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="{space}" w:color="{RULE}"/></w:pBdr>'


SHADED = f'<w:shd w:val="clear" w:color="auto" w:fill="{LINE_SHADE}"/>'
UNDER_RULE = f'<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="3" w:color="{NAVY}"/></w:pBdr>'
QUOTE_RULE = f'<w:pBdr><w:left w:val="single" w:sz="8" w:space="8" w:color="{HAIRLINE}"/></w:pBdr>'

LOOKS: tuple[Look, ...] = (
    Look("Normal", f"<w:widowControl/>{space(after=6, line=264)}", based_on=""),
    Look("Title", f"<w:keepNext/>{space(after=8, line=252)}", font(20, bold=True, colour=NAVY), after="Normal"),
    heading(1, font(15, bold=True, colour=NAVY), space(18, 6, 252), UNDER_RULE),
    heading(2, font(13, bold=True, colour=NAVY), space(14, 4)),
    heading(3, font(11.5, bold=True, colour=RULE), space(11, 3)),
    heading(4, font(11, bold=True), space(9, 3)),
    heading(5, font(11, bold=True, colour=GREY), space(8, 2)),
    heading(6, font(11, italic=True, colour=GREY), space(8, 2)),
    *list_styles("List Bullet", 1),
    *list_styles("List Number", 2),
    Look("Line to Take", side_rule(6) + SHADED + space(after=5), based_on="List Bullet", custom=True),
    Look("Line to Take 2", side_rule(30) + SHADED + space(after=5), based_on="List Bullet 2", custom=True),
    Look("Line to Take Text", side_rule(6) + SHADED + space(after=5) + '<w:ind w:left="142"/>', custom=True),
    Look("Quote", f'<w:keepLines/>{QUOTE_RULE}{space(after=2)}<w:ind w:left="397" w:right="397"/>', font(italic=True)),
    Look("Quote Source", f'{QUOTE_RULE}{space(after=8)}<w:ind w:left="397" w:right="397"/>', font(10, colour=GREY),
         custom=True),
    Look("Details Label", space(3, 3, 252), font(10.5, bold=True, colour=NAVY), custom=True),
    Look("Details Text", space(3, 3, 252), font(10.5), custom=True),
    Look("Table Text", space(2, 2, 252), font(10), custom=True),
    Look("Table Heading", f"<w:keepNext/>{space(2, 2, 252)}", font(10, bold=True, colour=NAVY), custom=True),
    Look("Picture", f"<w:keepNext/>{space(6, 3, 240)}", custom=True),
    Look("caption", space(after=10), font(9.5, colour=GREY), after="Normal"),
    Look("Biography Name", f"<w:keepNext/>{space(after=1, line=252)}", font(11, bold=True, colour=NAVY), custom=True),
    Look("Biography Role", f"<w:keepNext/>{space(after=3, line=252)}", font(10, colour=GREY), custom=True),
    Look("Biography Bullet", f'<w:numPr><w:numId w:val="3"/></w:numPr>{space(after=2, line=252)}', font(10),
         custom=True),
    Look("Source Entry", f'{space(after=3)}<w:ind w:left="567" w:hanging="567"/>', font(10), custom=True),
    Look("Page Break", space(line=240), font(1), quick=False, custom=True),
    Look("Table Gap", '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>', font(4), quick=False,
         custom=True),
    Look("header", '<w:tabs><w:tab w:val="right" w:pos="9354"/></w:tabs>' + space(line=240), font(9, colour=GREY),
         quick=False),
    Look("footer", '<w:tabs><w:tab w:val="right" w:pos="9354"/></w:tabs>' + space(line=240), font(9, colour=GREY),
         quick=False),
    Look("Marking", space(before=4, line=240) + '<w:jc w:val="center"/>', font(10, bold=True), quick=False, custom=True),
    Look("TOC Heading", f"<w:keepNext/>{space(12, 6)}", font(13, bold=True, colour=NAVY), quick=False),
    *(Look(f"toc {level}", f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9354"/></w:tabs>{space(after=3)}'
           f'<w:ind w:left="{(level - 1) * 284}"/>', quick=False) for level in (1, 2, 3)),
    Look("footnote text", space(after=2, line=240), font(9), quick=False),
    Look("annotation text", space(after=4, line=240), font(10), quick=False),
    Look("footnote reference", run='<w:vertAlign w:val="superscript"/>', based_on="", kind="character", quick=False),
    Look("annotation reference", run=font(8), based_on="", kind="character", quick=False),
    Look("Hyperlink", run='<w:color w:val="1A5276"/><w:u w:val="single"/>', based_on="", kind="character", quick=False),
    Look("Source Reference", run='<w:color w:val="1A5276"/><w:vertAlign w:val="superscript"/>', based_on="",
         kind="character", quick=False, custom=True),
)  # fmt: skip


def style_id(name: str) -> str:
    """The id of the style of this name: "heading 1" is ``Heading1``."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def paragraph_style(look: Look) -> str:
    """One ``w:style``, its children in the order of the schema."""
    attributes = ' w:default="1"' if look.name == "Normal" else ""
    attributes += ' w:customStyle="1"' if look.custom else ""
    inner = f'<w:name w:val="{escape(look.name)}"/>'
    inner += f'<w:basedOn w:val="{style_id(look.based_on)}"/>' if look.based_on else ""
    inner += f'<w:next w:val="{style_id(look.after)}"/>' if look.after else ""
    inner += "<w:qFormat/>" if look.quick else ""
    inner += f"<w:pPr>{look.paragraph}</w:pPr>" if look.paragraph else ""
    inner += f"<w:rPr>{look.run}</w:rPr>" if look.run else ""
    return f'<w:style w:type="{look.kind}" w:styleId="{style_id(look.name)}"{attributes}>{inner}</w:style>'


def edges(**sides: str) -> str:
    """Borders of a table, top, left, bottom, right and inside; a side that is not named has none."""
    drawn = "".join(
        f'<w:{side} w:val="single" w:sz="{sides[side]}" w:space="0" w:color="{HAIRLINE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        if side in sides
    )
    return f"<w:tblBorders>{drawn}</w:tblBorders>" if drawn else ""


def table_style(name: str, borders: str, across: int, down: int, first_row: str = "") -> str:
    """A table style with cell margins ``across`` and ``down`` in twentieths of a point."""
    sides = (("top", down), ("left", across), ("bottom", down), ("right", across))
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{borders}'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>{first_row}</w:style>"
    )


TABLE_NORMAL = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
CHARACTER_DEFAULT = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
    '<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
)
NO_LIST = (
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>'
    "<w:semiHidden/><w:unhideWhenUsed/></w:style>"
)
DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
    '<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
)
HEADER_ROW = (
    '<w:tblStylePr w:type="firstRow"><w:tcPr>'
    f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{NAVY}"/></w:tcBorders>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr>'
)


def styles() -> str:
    """``word/styles.xml``."""
    tables = (
        table_style("Briefing Details", edges(top="8", bottom="8", insideH="4"), 85, 0),
        table_style("Briefing Table", edges(top="4", left="4", bottom="4", right="4", insideH="4", insideV="4"), 100, 20,
                    HEADER_ROW),
        table_style("Briefing Biographies", edges(insideH="4"), 85, 85),
    )  # fmt: skip
    kept = CHARACTER_DEFAULT + TABLE_NORMAL + NO_LIST
    looks = [paragraph_style(look) for look in LOOKS]
    return f'{DECLARATION}<w:styles xmlns:w="{W}">{DEFAULTS}{looks[0]}{kept}{"".join(looks[1:])}{"".join(tables)}</w:styles>'


def list_level(level: int, style: str, sign: str, shape: str) -> str:
    """One level of a list; ``sign`` is its bullet, or its number with ``%n`` for the count."""
    link = f'<w:pStyle w:val="{style_id(style)}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>{link}<w:lvlText w:val="{sign}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{STEP * (level + 1)}" w:hanging="{HANGING}"/>'
        f'</w:pPr><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:hint="default"/></w:rPr></w:lvl>'
    )


def numbering() -> str:
    """``word/numbering.xml``: bullets, numbers and the bullets of biographies, each with all nine levels."""
    shapes = ("decimal", "lowerLetter", "lowerRoman")

    def named(name: str, level: int) -> str:
        return name if level == 0 else f"{name} {level + 1}"

    lists = (
        [list_level(n, named("List Bullet", n), "•–"[n % 2], "bullet") for n in range(LEVELS)],
        [list_level(n, named("List Number", n), f"%{n + 1}." if n == 0 else f"(%{n + 1})", shapes[n % 3])
         for n in range(LEVELS)],
        [list_level(n, "" if n else "Biography Bullet", "•–"[n % 2], "bullet") for n in range(LEVELS)],
    )  # fmt: skip
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:nsid w:val="4B50000{n}"/><w:multiLevelType w:val="multilevel"/>'
        f'<w:tmpl w:val="4B50001{n}"/>{"".join(levels)}</w:abstractNum>'
        for n, levels in enumerate(lists)
    )
    numbers = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(len(lists)))
    return f'{DECLARATION}<w:numbering xmlns:w="{W}">{kinds}{numbers}</w:numbering>'


WORD = "http://schemas.microsoft.com/office/word"
COMPATIBLE = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
}
COMPATIBILITY = "".join(
    f'<w:compatSetting w:name="{name}" w:uri="{WORD}" w:val="{value}"/>' for name, value in COMPATIBLE.items()
)
SETTINGS = (
    f'{DECLARATION}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{COMPATIBILITY}</w:compat>'
    '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
FONTS = (
    f'{DECLARATION}<w:fonts xmlns:w="{W}"><w:font w:name="Arial"><w:panose1 w:val="020B0604020202020204"/>'
    '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)
DOCUMENT = (
    f'{DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:p/><w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1361" w:right="1276" w:bottom="1361" w:left="1276" w:header="567" w:footer="567" w:gutter="0"/>'
    "</w:sectPr></w:body></w:document>"
)
RELATED = (("styles", "styles"), ("numbering", "numbering"), ("settings", "settings"), ("fontTable", "fontTable"))


def relationships(*targets: tuple[str, str]) -> str:
    """A relationships part; each target is a kind and a file."""
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return (
        f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inner}</Relationships>"
    )


def content_types() -> str:
    """``[Content_Types].xml``."""
    parts = [("document", "document.main"), *((name, name) for _, name in RELATED)]
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{TYPES}.{kind}+xml"/>' for part, kind in parts
    )
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def parts() -> dict[str, str]:
    """Every part of the template by its name in the package."""
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(("officeDocument", "word/document.xml")),
        "word/document.xml": DOCUMENT,
        "word/_rels/document.xml.rels": relationships(*((kind, f"{name}.xml") for kind, name in RELATED)),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": FONTS,
    }


def main() -> None:
    """Write the template."""
    TARGET.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(TARGET, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in parts().items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, xml)
    print(TARGET)


if __name__ == "__main__":
    main()
