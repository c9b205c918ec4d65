"""A briefing that is a Word file, read into a pack."""

from pathlib import Path

from msgspec.structs import replace

from briefpack.briefing.recognise import recognise
from briefpack.briefing.source import Imported
from briefpack.ooxml.document import read_document
from briefpack.ooxml.package import open_package
from briefpack.word.import_own import is_own, read_own
from briefpack.word.import_source import Intake


def import_docx(source: bytes | Path, where: str | Path) -> Imported:
    """The pack that a .docx or .dotx holds; ``where`` is what messages call it.

    A copy that Briefpack wrote gives back its blocks with their ids. Any other is recognised by its styles, and where
    it has none by how it is laid out. Tracked changes become marks, comments stand on their words.

    Raises:
        UserError: it is not a Word file, or one that is protected, holds macros, is damaged or over the limits.
    """
    package = open_package(source, where)
    document = read_document(package)
    intake = Intake(document, package)
    imported = read_own(intake) if is_own(document) else recognise(intake.source())
    return replace(imported, notes=(*imported.notes, *intake.lost_places(imported.pack)))
