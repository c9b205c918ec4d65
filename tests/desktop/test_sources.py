"""Where words of the document are from, and whether the archive still holds what was taken."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from briefpack.archive import DateSpan, Difference, Origin, Verdict
from briefpack.desktop.dialogs.origins import OriginsDialog
from briefpack.desktop.dialogs.proving import ProvingDialog
from briefpack.desktop.widgets.difference import DifferenceView
from briefpack.pack.anchors import spans
from briefpack.pack.clips import fingerprint
from briefpack.pack.edits import ClipForm, Place, end_of, insert_text, place_clips
from briefpack.pack.model import Clip, Pack, Paragraph
from briefpack.pack.text import MarkKind, text
from briefpack.tasks.clipping import ProvedClip

SAID = "Repairs were late. It wants a shared forecast of reservoir levels by June."
STEPS = (
    Difference("It wants a", "It wants a"),
    Difference("shared", "joint"),
    Difference("forecast", "forecast"),
    Difference("", "soon"),
    Difference(".", "."),
)


def clip_of(words: str, document: str = "doc") -> Clip:
    return Clip(document, f"{document}.one", 0, len(words), words, fingerprint(words))


def origin(**changes) -> Origin:
    place = {"document": "doc", "passage": "doc.one", "start": 0, "end": 4}
    said = {"title": "Low water", "date": DateSpan(), "source": "The association", "words": SAID}
    return Origin(**(place | said | {"verbatim": True, "likeness": 1.0} | changes))


def test_differences_are_shown_without_resting_on_colour(qtbot):
    """Both wordings stand there, struck through and underlined; a screen reader is told which is which."""
    view = DifferenceView("Words")
    qtbot.addWidget(view)
    view.show_differences(STEPS)
    assert view.toPlainText() == "It wants a shared joint forecast soon."
    cursor = view.textCursor()
    forms = {}
    for word in ("wants", "shared", "joint", "soon"):
        cursor.setPosition(view.toPlainText().index(word) + 1)
        forms[word] = (cursor.charFormat().fontStrikeOut(), cursor.charFormat().fontUnderline())
    assert forms == {"wants": (False, False), "shared": (True, False), "joint": (False, True), "soon": (False, True)}
    assert view.accessibleDescription() == "It wants a [taken out: shared] [put in: joint] forecast [put in: soon] ."
    assert view.isReadOnly()


def test_the_chosen_place_is_the_clip(qtbot):
    """The surest first; a pack that can only be read gets no mark."""
    found = (
        (origin(), clip_of(SAID)),
        (origin(verbatim=False, likeness=0.9, differences=STEPS), clip_of("x", "other")),
    )
    dialog = OriginsDialog(SAID, found, writable=True)
    qtbot.addWidget(dialog)
    assert dialog.places.item(0).text() == "To the letter · “Low water”, The association"
    assert dialog.places.item(1).text().startswith("Nearly, 90 % alike")
    assert dialog.clip is found[0][1]
    assert dialog.view.toPlainText() == SAID
    qtbot.keyClick(dialog.places, Qt.Key.Key_Down)
    assert dialog.clip is found[1][1]
    assert "joint" in dialog.view.toPlainText()
    assert dialog.ok.isEnabled()
    read_only = OriginsDialog(SAID, found, writable=False)
    qtbot.addWidget(read_only)
    assert not read_only.ok.isEnabled()


def proved(verdict: Verdict, words: str, now: str = "", steps=()) -> ProvedClip:
    return ProvedClip(words, f"block {words}", "doc", verdict, words, now, steps)


def test_what_is_amiss_comes_first(qtbot):
    """Counted, explained, and only changed words can be taken."""
    found = [
        proved(Verdict.SAME, "a", "a"),
        proved(Verdict.CHANGED, "b", "c", STEPS),
        proved(Verdict.MOVED, "d", "d"),
        proved(Verdict.GONE, "e"),
    ]
    dialog = ProvingDialog(found, {"b": clip_of("c")}, writable=True)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.summary.text() == "4 clips: 1 gone, 1 changed, 1 moved, 1 same"
    seen = []
    for _ in found:
        seen.append((dialog.current.verdict, dialog.take.isEnabled(), bool(dialog.said.text())))
        qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert seen == [
        (Verdict.GONE, False, True),
        (Verdict.CHANGED, True, True),
        (Verdict.MOVED, False, True),
        (Verdict.SAME, False, True),
    ]
    with qtbot.waitSignal(dialog.gone_to) as gone:
        dialog.go.click()
    assert gone.args == ["block a"]


def test_a_pack_without_clips_says_so(qtbot):
    """And offers nothing to press."""
    dialog = ProvingDialog([], {}, writable=True)
    qtbot.addWidget(dialog)
    assert "no words of the archive" in dialog.summary.text()
    assert not dialog.take.isEnabled()
    assert not dialog.go.isEnabled()


def with_articles(desktop, articles: Path, qtbot) -> None:
    with qtbot.waitSignal(desktop.library.changed):
        desktop.window.side.archive.add([articles])
    qtbot.waitUntil(lambda: not desktop.library.busy)


def select(desktop, block, start: int, end: int) -> None:
    desktop.window.editor.select(Place(block.id, start), Place(block.id, end))
    desktop.window._update()


def test_a_sentence_gets_its_source(opened, articles, qtbot, monkeypatch):
    """Selected in the document, found nearly in the archive, marked; one undo takes the mark off."""
    block = Paragraph(text=text("They say: It wants a joint forecast of reservoir levels by June."))
    desktop = opened(Pack(body=(block,)))
    with_articles(desktop, articles, qtbot)
    asked = []

    def answer(_words, found, **_named):
        asked.extend(found)
        return found[0][1]

    monkeypatch.setattr(OriginsDialog, "ask", answer)
    assert not desktop.window.actions_["archive.origin"].isEnabled()
    select(desktop, block, 10, len(block.text))
    desktop.window.actions_["archive.origin"].trigger()
    qtbot.waitUntil(lambda: bool(desktop.workspace.pack.clips))
    found = asked[0][0]
    assert (found.verbatim, found.title) == (False, "Low water costs boaters dear")
    (clip,) = desktop.workspace.pack.clips
    assert clip.words == "It wants a shared forecast of reservoir levels by June."
    assert spans(desktop.workspace.pack, MarkKind.CLIP)[clip.id][0].start == 10
    assert "source" in desktop.window.toast.words
    desktop.window.editor.undo()
    assert desktop.workspace.pack.clips == ()


def test_words_of_nowhere_are_told(opened, articles, qtbot):
    """No dialog, one sentence."""
    block = Paragraph(text=text("Zebras were never mentioned by anybody at all."))
    desktop = opened(Pack(body=(block,)))
    with_articles(desktop, articles, qtbot)
    select(desktop, block, 0, len(block.text))
    desktop.window.actions_["archive.origin"].trigger()
    qtbot.waitUntil(lambda: "does not hold these words" in desktop.window.toast.words)


@pytest.fixture
def changed(opened, articles, qtbot):
    """A pack with a clip whose source has changed since: the window, and the clip."""
    desktop = opened(Pack(body=(Paragraph(text=text("We note:")),)))
    with_articles(desktop, articles, qtbot)
    taken = []
    job = desktop.library.ask(lambda archive: archive.clip(archive.origins(SAID)[0].passage, 53))
    job.succeeded.connect(taken.append)
    qtbot.waitUntil(lambda: bool(taken))
    clip = taken[0]
    pack = desktop.workspace.pack
    placed = place_clips(pack, end_of(pack.body[0]), end_of(pack.body[0]), [clip], ClipForm.PARAGRAPH).pack
    desktop.window.editor.edit("Clip", placed)
    path = next(articles.glob("*Low water*"))
    path.write_text(path.read_text(encoding="utf-8").replace("by June", "by September"), encoding="utf-8")
    with_articles(desktop, articles, qtbot)
    return desktop, clip


def checking(desktop, qtbot, monkeypatch, drive) -> None:
    """Check the clips, and do in the dialog what ``drive`` does."""
    done = []

    def run(dialog: ProvingDialog) -> int:
        dialog.show()
        drive(dialog)
        done.append(True)
        dialog.accept()
        return 0

    monkeypatch.setattr(ProvingDialog, "exec", run)
    desktop.window.actions_["archive.check"].trigger()
    qtbot.waitUntil(lambda: bool(done))


def test_changed_words_are_taken_and_undone_in_one_step(changed, qtbot, monkeypatch):
    """The words and their proof together."""
    desktop, clip = changed
    before = desktop.workspace.pack

    def take(dialog: ProvingDialog) -> None:
        assert dialog.current.verdict is Verdict.CHANGED
        assert "September" in dialog.view.toPlainText()
        dialog.take.click()
        assert not dialog.take.isEnabled()
        assert "stand in the pack now" in dialog.said.text()

    checking(desktop, qtbot, monkeypatch, take)
    pack = desktop.workspace.pack
    assert str(pack.body[1].text).endswith("by September.")
    assert pack.clips[0].id == clip.id
    assert pack.clips[0].words.endswith("by September.")
    seen = []
    checking(desktop, qtbot, monkeypatch, lambda dialog: seen.append(dialog.current.verdict))
    assert seen == [Verdict.SAME]
    desktop.window.editor.undo()
    assert desktop.workspace.pack == before


def test_words_that_the_user_changed_are_left_alone(changed, qtbot, monkeypatch):
    """And the dialog says why."""
    desktop, _ = changed
    pack = desktop.workspace.pack
    desktop.window.editor.edit("Type", insert_text(pack, Place(pack.body[1].id, 5), text("really ")).pack)
    before = desktop.workspace.pack

    def take(dialog: ProvingDialog) -> None:
        dialog.take.click()
        assert "changed in the pack" in dialog.said.text()

    checking(desktop, qtbot, monkeypatch, take)
    assert desktop.workspace.pack == before
