"""A new pack from a template.

Templates are data: ``templates/packs/*.toml``, and beside them those that a department or user puts into a folder of
their own (:func:`own_templates`). One of its own stands in for one of ours of the same name.
"""

import tomllib
from pathlib import Path
from typing import Literal

import msgspec
import platformdirs
from msgspec import Struct

from briefpack.assets import template
from briefpack.errors import UserError
from briefpack.pack.model import AnyBlock, Heading, ListItem, MeetingDetails, Pack, Paragraph, PlannedSection
from briefpack.pack.roles import Role
from briefpack.pack.text import text
from briefpack.safety.files import read_input

DEFAULT_TEMPLATE = "stakeholder-meeting"
LARGEST = 256 * 1024
"""The most bytes that a template may have."""


class TemplateSection(Struct, frozen=True, forbid_unknown_fields=True):
    """A heading of a new pack, with what kind of empty block the writing under it starts, and what is asked of it.

    ``words`` is how many it may have, subsections included, 0 without a limit; ``hint`` is shown until it is written.
    """

    title: str
    level: int
    role: Role | None = None
    start: Literal["paragraph", "bullet", "number", "none"] = "paragraph"
    required: bool = False
    words: int = 0
    hint: str = ""


class PackTemplate(Struct, frozen=True, forbid_unknown_fields=True):
    """The sections that a kind of briefing has."""

    name: str
    summary: str = ""
    section: tuple[TemplateSection, ...] = ()


class Offered(Struct, frozen=True):
    """What a new pack can be made from, by the names that templates are asked for, and what is wrong with the others."""

    templates: dict[str, PackTemplate]
    broken: tuple[UserError, ...] = ()


def own_templates() -> Path:
    """The folder for templates of a department's or user's own; it need not be there."""
    return Path(platformdirs.user_data_dir("briefpack", appauthor=False, roaming=False)) / "templates"


def template_names() -> list[str]:
    """The names by which templates are asked for: the default one, then the others in alphabetical order."""
    return sorted(_paths(), key=lambda name: (name != DEFAULT_TEMPLATE, name))


def find_template(name: str) -> PackTemplate:
    """The template of a name. UserError where there is none, or where its file does not have the form of one."""
    path = _paths().get(name)
    if path is None:
        raise UserError(f"There is no template '{name}'", do=f"Choose one of: {', '.join(template_names())}")
    return read_template(path)


def offered_templates() -> Offered:
    """Every template that can be used, in the order of :func:`template_names`; a broken file hides no other."""
    templates: dict[str, PackTemplate] = {}
    broken: list[UserError] = []
    paths = _paths()
    for name in template_names():
        try:
            templates[name] = read_template(paths[name])
        except UserError as error:
            broken.append(error)
    return Offered(templates, tuple(broken))


def _paths() -> dict[str, Path]:
    folders = (template("packs"), own_templates())
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}


def read_template(path: Path) -> PackTemplate:
    """The template in a file. UserError where it does not have the form of one, which says what is wrong and where."""
    try:
        found = msgspec.convert(tomllib.loads(read_input(path, most=LARGEST).decode()), PackTemplate)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise UserError(
            f"This template cannot be read: {error}", where=path, do="See 'Templates of your own' in the user guide"
        ) from error
    for number, section in enumerate(found.section, 1):
        if wrong := _wrong(section):
            where = f"section {number}" + (f" ('{section.title}')" if section.title.strip() else "")
            raise UserError(f"This template cannot be used: {where} {wrong}", where=path)
    if not found.name.strip() or not found.section:
        raise UserError(
            "This template cannot be used: it has no " + ("section" if found.name.strip() else "name"), where=path
        )
    return found


def _wrong(section: TemplateSection) -> str:
    if not section.title.strip():
        return "has no title"
    if not 1 <= section.level <= 6:
        return f"has level {section.level}; levels go from 1 to 6"
    if section.words < 0:
        return f"has {section.words} words; 0 is no limit"
    return ""


def new_pack(name: str = DEFAULT_TEMPLATE) -> Pack:
    """An empty pack with the sections of a template. UserError as :func:`find_template` raises it."""
    blocks: list[AnyBlock] = [MeetingDetails()]
    plan: list[PlannedSection] = []
    for section in find_template(name).section:
        heading = Heading(text=text(section.title), level=section.level, role=section.role)
        blocks.append(heading)
        blocks.extend(_start(section))
        if section.required or section.words or section.hint:
            plan.append(PlannedSection(heading.id, section.title, section.required, section.words, section.hint))
    return Pack(body=tuple(blocks), plan=tuple(plan))


def _start(section: TemplateSection) -> list[AnyBlock]:
    match section.start:
        case "bullet":
            return [ListItem()]
        case "number":
            return [ListItem(ordered=True)]
        case "paragraph":
            return [Paragraph()]
        case _:
            return []
