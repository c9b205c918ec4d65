"""Correcting what is derived of an archived document, and what stands around it in the reading pane."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from briefpack.archive import UNDATED, Archive, DateOrigin, DateSpan, Details, Document, Kind, Precision, TagSuggestion
from briefpack.desktop.archive.around import Line, Lines, Link, lines_about, lines_of_uses
from briefpack.desktop.dialogs.document import Change, DocumentForm
from briefpack.pack.edits import ClipForm
from briefpack.pack.model import Pack, Paragraph
from briefpack.pack.text import text
from briefpack.tasks.clipping import Use

DERIVED = Document(
    "d",
    "Low water",
    0,
    DateSpan(dt.date(2017, 11, 1), dt.date(2017, 11, 30), Precision.MONTH, DateOrigin.TITLE, "November 2017"),
    Kind.NEWS,
    None,
    "water.txt",
    people=("Ada Quill",),
    tags=("canals",),
)
LOOKS = (TagSuggestion("reservoirs", "mentioned", 2.0), TagSuggestion("locks & weirs", "mentioned", 2.0))


def details(now: Document = DERIVED, corrected: tuple[str, ...] = (), publisher: str = "") -> Details:
    return Details(now, DERIVED, corrected, Path("/papers/water.txt"), publisher, "water.txt", LOOKS)


@pytest.fixture
def make_form(qtbot: QtBot):
    def make(found: Details) -> DocumentForm:
        form = DocumentForm(found)
        qtbot.addWidget(form)
        form.show()
        return form

    return make


def back(form: DocumentForm, name: str) -> QToolButton:
    return form.findChild(QToolButton, f"{name}: back to what was derived")


def test_what_was_not_changed_is_not_corrected(make_form) -> None:
    form = make_form(details())
    assert form.ok.isEnabled()
    assert form.answer() is None
    form.title.setText("  Low   water ")
    form.date.setText("Nov 2017")
    assert form.answer() is None
    assert not any(back(form, name).isEnabled() for name in ("Title", "Date", "Kind", "Region", "People", "Tags"))


def test_only_what_was_changed_is_corrected(make_form) -> None:
    form = make_form(details())
    form.kind.setCurrentIndex(form.kind.findText("Speech"))
    form.region.setCurrentIndex(form.region.findText("North West"))
    form.people.setPlainText("Ada Quill\n\n Bo  Reed \nAda Quill")
    form.publisher.setText("The Canal Society")
    change = form.answer()
    assert change == Change(
        {"kind": Kind.SPEECH, "region": "North West", "people": ("Ada Quill", "Bo Reed")}, (), "The Canal Society"
    )


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("18/03/2020", DateSpan(dt.date(2020, 3, 18), dt.date(2020, 3, 18), Precision.DAY)),
        ("2017", DateSpan(dt.date(2017, 1, 1), dt.date(2017, 12, 31), Precision.YEAR)),
        ("1 May 2017 to 3 May 2017", DateSpan(dt.date(2017, 5, 1), dt.date(2017, 5, 3), Precision.RANGE)),
        ("", UNDATED),
    ],
)
def test_a_date_is_as_exact_as_it_is_typed(make_form, typed: str, span: DateSpan) -> None:
    form = make_form(details())
    form.date.setText(typed)
    assert form.answer() == Change({"date": span}, (), None)
    assert "Derived: November 2017, from its title." in form.about_date.text()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("31/02/2020", "is no date"), ("next week", "is no date"), ("Monday 11 October 2017", "was a Wednesday")],
)
def test_a_wrong_date_is_told_as_it_is_typed(make_form, typed: str, said: str) -> None:
    form = make_form(details())
    form.date.setText(typed)
    assert said in form.problem()
    assert not form.ok.isEnabled()
    back(form, "Date").click()
    assert form.date.text() == "November 2017"
    assert form.ok.isEnabled()


def test_a_document_has_a_title(make_form) -> None:
    form = make_form(details())
    form.title.setText(" ")
    assert not form.ok.isEnabled()


def test_back_to_what_was_derived(make_form) -> None:
    """It takes a correction back; nothing that was never corrected is named."""
    now = Document("d", "Dry", 0, DERIVED.date, Kind.SPEECH, "Fenland", "x", ("Bo Reed",), ("canals",))
    form = make_form(details(now, ("kind", "people", "region", "title"), "The Canal Society"))
    assert form.region.currentText() == "Fenland"
    for name in ("Title", "Kind", "Region", "People"):
        assert back(form, name).isEnabled()
        back(form, name).click()
        assert not back(form, name).isEnabled()
    form.publisher.clear()
    assert form.answer() == Change({}, ("title", "kind", "region", "people"), "")


def test_the_name_of_the_file_s_publisher_counts_for_a_document_with_one_of_its_own(make_form) -> None:
    form = make_form(details(corrected=("source",)))
    form.publisher.setText("Fern News")
    assert form.answer() == Change({}, ("source",), "Fern News")


def test_suggested_tags_are_added_by_a_click(make_form) -> None:
    form = make_form(details())
    form.findChild(QToolButton, "Add the tag locks & weirs").click()
    assert form.tags.text() == "canals, locks & weirs"
    assert form.answer() == Change({"tags": ("canals", "locks & weirs")}, (), None)
    assert form.offers.count() == 1


def test_lines_are_cut_to_the_pane_and_never_markup(qtbot: QtBot) -> None:
    lines = Lines("About")
    qtbot.addWidget(lines)
    titles = ("<b>Bold</b> & more", "A title that is far too long for a narrow pane", "Third title", "Fourth")
    lines.resize(420, 60)
    lines.show_lines((Line("Related:", tuple(Link(str(n), title) for n, title in enumerate(titles))),))
    lines.show()
    (made,) = lines.labels
    assert "&lt;b&gt;" in made.text()
    assert "…" in made.text()
    assert all(title in made.toolTip() for title in titles)
    qtbot.waitUntil(lambda: lines.width() == 420)
    lines.resize(1200, 60)
    qtbot.waitUntil(lambda: "…" not in made.text() and "Third title</a> and <a" in made.text())
    with qtbot.waitSignal(lines.chosen) as chosen:
        made.linkActivated.emit("1")
    assert chosen.args == ["1"]
    made.linkActivated.emit("others")
    assert [action.text() for action in lines.menu.actions()] == [title.replace("&", "&&") for title in titles]
    with qtbot.waitSignal(lines.chosen) as chosen:
        lines.menu.actions()[3].trigger()
    assert chosen.args == ["3"]
    lines.menu.close()
    lines.show_lines(())
    assert lines.isHidden()


def test_lines_of_uses() -> None:
    uses = [Use(f"c{n}", f"b{n}", "p", f"words  {n}") for n in range(4)]
    (line,) = lines_of_uses(uses)
    assert line == Line("Used in this pack:", tuple(Link(f"b{n}", f"“words {n}”") for n in range(4)))
    assert lines_of_uses(()) == ()


def test_copies_series_and_related_documents_are_told(tmp_path: Path) -> None:
    """Each once, and a series in the order of time, the nearest first."""
    words = {
        "a": "Fern Update March 2017\n\nThe fern survey of Oldham found ferns in every park of the county this year.",
        "b": "Fern Update April 2017\n\nWardens counted mosses along the river and met the council on lichen.",
        "c": "Fern Update May 2017\n\nA new hall for lichen and mosses is planned by the council at the river.",
        "d": "Ferns again\n\nThe fern survey of Oldham found ferns in every park of the county this year.",
    }
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, each in words.items():
        (folder / f"{name}.txt").write_text(each, encoding="utf-8")
    with Archive.open(tmp_path / "archive") as archive:
        archive.add([folder])
        ids = {head.source[0]: head.id for head in archive.documents()}
        lines = {line.what: line for line in lines_about(archive, ids["b"])}
        assert lines["Earlier in the series:"].links == (Link(ids["a"], "March 2017"),)
        assert lines["Later in the series:"].links == (Link(ids["c"], "May 2017"),)
        assert ids["c"] not in {link.target for link in lines.get("Related:", Line("", ())).links}
        lines = {line.what: line for line in lines_about(archive, ids["d"])}
        assert lines["Same text as"].links == (Link(ids["a"], "Fern Update March 2017"),)


@pytest.fixture
def panel(desktop, articles: Path, qtbot: QtBot):
    """The archive panel with two articles, one of them being read."""
    panel = desktop.window.side.archive
    with qtbot.waitSignal(desktop.library.changed):
        panel.add([articles])
    panel.field.setText("low water")
    panel.search()
    qtbot.waitUntil(lambda: panel.answered == "low water" and panel.model.rowCount() > 0)
    panel.list.setCurrentIndex(panel.model.index(0))
    qtbot.waitUntil(lambda: panel.document is not None and not panel.library.busy)
    return panel


def test_details_are_corrected_in_the_window(desktop, panel, qtbot: QtBot, monkeypatch) -> None:
    """The pane and the list show what was corrected, at the same place in the text; and back again."""
    asked: list[Details] = []
    answers = [Change({"title": "Dry canals"}, (), "The Canal Society"), Change({}, ("title",), "")]

    def answer(found: Details, _parent: object) -> Change:
        asked.append(found)
        return answers[len(asked) - 1]

    monkeypatch.setattr(DocumentForm, "ask", answer)
    panel.reader.select(panel.document.passages[1].id, 0, 3)
    place = panel.reader.textCursor().position()
    desktop.window.actions_["archive.details"].trigger()
    qtbot.waitUntil(lambda: panel.title.text() == "Dry canals" and not panel.library.busy)
    assert "The Canal Society" in panel.about.text()
    assert panel.reader.textCursor().position() == place
    assert panel.document.title == "Dry canals"
    assert "Dry canals" in [panel.model.index(row).data() for row in range(panel.model.rowCount())]
    panel.details.click()
    qtbot.waitUntil(lambda: panel.title.text() == "Low water costs boaters dear" and not panel.library.busy)
    assert (asked[1].corrected, asked[1].publisher) == (("title",), "The Canal Society")


def test_what_is_odd_about_a_document_is_told(desktop, panel, tmp_path: Path, qtbot: QtBot) -> None:
    assert panel.flags.isHidden()
    path = tmp_path / "odd.txt"
    path.write_text("Odd ferns\n\nWardens met on 31 September 2017 to discuss moss.\n", encoding="utf-8")
    with qtbot.waitSignal(desktop.library.changed):
        panel.add([path])
    panel.field.setText("wardens moss")
    qtbot.waitUntil(lambda: panel.answered == "wardens moss")
    panel.list.setCurrentIndex(panel.model.index(0))
    qtbot.waitUntil(lambda: "31 September 2017" in panel.flags.text())
    assert panel.flags.text() == "Note: “31 September 2017” is not a date of the calendar."


def test_the_pane_says_where_the_pack_uses_the_document(opened, panel, qtbot: QtBot) -> None:
    desktop = opened(Pack(body=(Paragraph(text=text("One")), Paragraph(text=text("Two")))))
    assert panel.uses.shown == ()
    panel.reader.select(panel.document.passages[-1].id, 0, 12)
    panel.place(ClipForm.PARAGRAPH)
    qtbot.waitUntil(lambda: bool(panel.uses.shown))
    (line,) = panel.uses.shown
    (link,) = line.links
    assert line.what == "Used in this pack:"
    desktop.window.editor.go_to_block(desktop.workspace.pack.body[-1].id)
    panel.uses.chosen.emit(link.target)
    assert desktop.window.editor.current_block() == link.target != desktop.workspace.pack.body[-1].id
    desktop.window.editor.undo()
    qtbot.waitUntil(lambda: panel.uses.shown == ())


def test_the_page_of_the_passage_is_told_where_it_has_one(panel, qtbot: QtBot) -> None:
    from msgspec.structs import replace

    shown = panel.document
    assert "page" not in panel.position.text()
    paged = replace(shown, passages=tuple(replace(each, page=n + 3) for n, each in enumerate(shown.passages)))
    panel._show_document(paged, "archive", None)
    panel.reader.select(paged.passages[1].id, 0, 3)
    assert panel.position.text() == "page 4"
