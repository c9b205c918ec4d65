"""The clipboard and drag and drop: our own flavour first, then HTML, then text."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QMimeData
from PySide6.QtGui import QImage

from briefpack.desktop.editor import wording
from briefpack.desktop.editor.html_in import read_html
from briefpack.desktop.editor.text_in import read_text
from briefpack.pack.edits import ClipForm, Fragment
from briefpack.pack.edits.blocks import DEEPEST_HEADING, DEEPEST_ITEM
from briefpack.pack.edits.writing import with_texts
from briefpack.pack.ids import is_id, new_id
from briefpack.pack.model import AnyBlock, Clip, Heading, ListItem
from briefpack.pack.text import text

FRAGMENT = "application/x-briefpack+json"
CLIPS = "application/x-briefpack-clips+json"

_PICTURES = frozenset({".png", ".jpg", ".jpeg"})


class DraggedClips(Struct, frozen=True):
    """Clips on their way from the archive into a pack, and as what they are to be placed."""

    clips: tuple[Clip, ...]
    form: ClipForm = ClipForm.LINE
    speaker: str = ""


def clips_mime(clips: Iterable[Clip], form: ClipForm = ClipForm.LINE, speaker: str = "") -> QMimeData:
    """Clips as a view of the archive hands them to a drag or the clipboard."""
    clips = tuple(clips)
    mime = QMimeData()
    mime.setData(CLIPS, msgspec.json.encode(DraggedClips(clips, form, speaker)))
    mime.setText("\n".join(clip.words for clip in clips))
    return mime


def fragment_mime(fragment: Fragment) -> QMimeData:
    """A fragment in all three flavours."""
    mime = QMimeData()
    mime.setData(FRAGMENT, msgspec.json.encode(fragment))
    mime.setHtml(wording.as_html(fragment))
    mime.setText(wording.as_text(fragment))
    return mime


def can_read(mime: QMimeData) -> bool:
    """Whether something of a clipboard can be put into a pack. Of files only pictures can: the window takes others."""
    if _files(mime):
        return bool(picture_files(mime))
    return mime.hasFormat(FRAGMENT) or mime.hasFormat(CLIPS) or mime.hasHtml() or mime.hasText() or mime.hasImage()


def picture_files(mime: QMimeData) -> tuple[Path, ...]:
    """The pictures among the files of a drag or clipboard, where all of them are."""
    files = _files(mime)
    return files if all(path.suffix.lower() in _PICTURES for path in files) else ()


def picture(mime: QMimeData) -> bytes | None:
    """The picture on a clipboard, as a PNG or JPEG file's bytes; None where there is none."""
    for name in ("image/png", "image/jpeg"):
        if mime.hasFormat(name) and (data := mime.data(name).data()):
            return bytes(data)
    image = mime.imageData()
    if not isinstance(image, QImage) or image.isNull():
        return None
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the binding takes the name as words, its stubs as bytes
    return bytes(buffer.data().data())


def _files(mime: QMimeData) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()) if mime.hasUrls() else ()


def read_clips(mime: QMimeData) -> DraggedClips | None:
    """Clips from the archive; None where there are none."""
    if not mime.hasFormat(CLIPS):
        return None
    try:
        return msgspec.json.decode(mime.data(CLIPS).data(), type=DraggedClips)
    except msgspec.DecodeError:
        return None


def read_fragment(mime: QMimeData) -> Fragment:
    """What a clipboard holds, as blocks; the best flavour that has words in it."""
    if mime.hasFormat(FRAGMENT):
        try:
            return _clean(msgspec.json.decode(mime.data(FRAGMENT).data(), type=Fragment))
        except (msgspec.DecodeError, RecursionError):
            pass  # not ours after all: another program may use any name
    if mime.hasHtml():
        try:
            found = read_html(mime.html())
        except ValueError:
            found = Fragment()
        if found.blocks:
            return found
    return read_text(mime.text())


def _clean(fragment: Fragment) -> Fragment:
    """A fragment fit for a pack, whoever wrote it."""
    return Fragment(tuple(map(_fit, fragment.blocks)), fragment.comments, fragment.clips, fragment.people)


def _fit(block: AnyBlock) -> AnyBlock:
    block = with_texts(block, lambda old: text(old.string, old.marks))
    if not is_id(block.id):
        block = replace(block, id=new_id())
    if isinstance(block, Heading):
        return replace(block, level=min(max(1, block.level), DEEPEST_HEADING))
    if isinstance(block, ListItem):
        return replace(block, level=min(max(0, block.level), DEEPEST_ITEM))
    return block
