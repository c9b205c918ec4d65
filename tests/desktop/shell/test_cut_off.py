"""No words are cut off: in the window and in every dialog that an action opens, at 100, 150 and 200 per cent."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from briefpack.packfile import new_file, save
from tests.helpers.cutoff import cut_off, too_narrow
from tests.helpers.packs import rich_pack


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_nothing_is_cut_off(percent, tmp_path):
    pack, media = rich_pack()
    path = tmp_path / "rich.briefpack"
    save(new_file(pack, media), path)
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as pool:
        seen, found = pool.submit(cut_off, percent, path).result(120)
    assert found == []
    wanted = {
        "New pack",
        "Settings",
        "Versions",
        "Print preview",
        "Keep a version",
        "Compare two documents",
        "Meeting details",
    }
    assert wanted <= set(seen), seen
    assert len(set(seen)) >= 12


def test_what_is_cut_off_would_be_found(qtbot):
    """The control."""
    window = QWidget()
    qtbot.addWidget(window)
    label, wrapped, button = (
        QLabel("Words that want room", window),
        QLabel("Words " * 20, window),
        QPushButton("Save", window),
    )
    wrapped.setWordWrap(True)
    for each in (label, wrapped, button):
        each.setFixedSize(30, 12)
    window.show()
    qtbot.waitExposed(window)
    assert len(too_narrow(window)) == 3
    for each in (label, wrapped, button):
        each.setFixedSize(900, 60)
    assert too_narrow(window) == []
