"""The dictionaries ship, each with its licence, and our own list holds nothing that the dictionary has."""

import tomllib
from pathlib import Path

from briefpack.assets import resource
from briefpack.spelling import load
from briefpack.spelling.dictionary import Engine, _listed

ROOT = Path(__file__).parents[3]


def test_the_dictionaries_are_in_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]["resources"] == "briefpack/resources"
    for name in ("en-GB.aff", "en-GB.dic", "en-GB.licence.txt", "whitehall.txt"):
        assert resource("dictionaries", name).stat().st_size > 1000
    assert "Kevin Atkinson" in resource("dictionaries", "en-GB.licence.txt").read_text("utf-8")


def test_every_word_of_our_list_is_one_and_is_needed():
    from hunspell import Hunspell

    bare: Engine = Hunspell("en-GB", hunspell_data_dir=str(resource("dictionaries")))
    words = _listed(resource("dictionaries", "whitehall.txt").read_text("utf-8"))
    assert len(words) > 400
    assert sorted(set(words)) == sorted(words)
    assert [word for word in words if " " in word or bare.spell(word)] == []
    dictionary = load()
    assert [word for word in words if not dictionary.has(word)] == []
