"""The template and the pictures that ship are what the scripts in ``packaging/`` make."""

import importlib.util
import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from briefpack import assets
from briefpack.word.lint import lint
from tests.helpers.validator import validation_errors

PACKAGING = Path(__file__).resolve().parents[3] / "packaging"


def script(name):
    spec = importlib.util.spec_from_file_location(name, PACKAGING / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_template_is_what_its_script_makes():
    with zipfile.ZipFile(assets.template("briefing.docx")) as template:
        shipped = {name: template.read(name).decode() for name in template.namelist()}
    assert shipped == script("build_template").parts()


def test_the_template_is_sound_and_tells_nothing():
    data = assets.template("briefing.docx").read_bytes()
    assert lint(data) == []
    assert validation_errors(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as template:
        everything = b"".join(template.read(name) for name in template.namelist())
        assert not [name for name in template.namelist() if name.startswith(("docProps", "customXml"))]
    assert b"rsid" not in everything
    assert b"python-docx" not in everything


@pytest.mark.parametrize(
    "name",
    ["annotation text", "annotation reference", "footnote text", "footnote reference", "heading 6", "List Bullet 9"],
)
def test_the_template_defines_what_exports_use(name):
    with zipfile.ZipFile(assets.template("briefing.docx")) as template:
        assert f'<w:name w:val="{name}"/>' in template.read("word/styles.xml").decode()


def test_the_placeholder_is_what_its_script_draws():
    shipped = Image.open(assets.resource("pictures", "person.png"))
    assert shipped.info == {}
    drawn = script("build_pictures").person()
    apart = ImageChops.difference(shipped.convert("RGB"), drawn.convert("RGB")).getextrema()
    assert max(most for _, most in apart) <= 8  # Pillow's versions round differently
