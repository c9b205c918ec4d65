"""A comparison that is being read, written as a Word file."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from briefpack.desktop.comparing.pane import ComparisonPane
from briefpack.desktop.dialogs.message import show_error
from briefpack.errors import UserError


def save_redline(pane: ComparisonPane, beside: Path, sources: tuple[Path, ...] = ()) -> None:
    """Ask where to, and write what a pane shows; nothing where it shows nothing.

    Args:
        pane: the comparison.
        beside: a file; the redline is offered beside it, under its name.
        sources: files that must not be written over.
    """
    if pane.found is None:
        return
    offered = str(beside.with_name(f"{beside.stem} - redline.docx"))
    chosen, _ = QFileDialog.getSaveFileName(pane, "Save as Word redline", offered, "Word files (*.docx)")
    if not chosen:
        return
    from briefpack.tasks.comparing import write_redline

    path = Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.docx")
    try:
        write_redline(pane.found, path, sources=sources)
    except UserError as error:
        show_error(error, pane)
    else:
        pane.said.setText(f"Saved as {path}")
