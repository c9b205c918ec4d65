"""A new pack from a template. Templates are data: ``templates/packs/*.toml``."""

import tomllib
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from briefpack.assets import template
from briefpack.errors import UserError
from briefpack.pack.model import AnyBlock, Heading, ListItem, MeetingDetails, Pack, Paragraph
from briefpack.pack.roles import Role
from briefpack.pack.text import text

DEFAULT_TEMPLATE = "stakeholder-meeting"


class TemplateSection(Struct, frozen=True, forbid_unknown_fields=True):
    """A heading of a new pack, and with what kind of empty block the writing under it starts."""

    title: str
    level: int
    role: Role | None = None
    start: Literal["paragraph", "bullet", "none"] = "paragraph"


class PackTemplate(Struct, frozen=True, forbid_unknown_fields=True):
    """The sections that a kind of briefing has."""

    name: str
    summary: str = ""
    section: tuple[TemplateSection, ...] = ()


def template_names() -> list[str]:
    """The names by which templates are asked for, sorted."""
    return sorted(path.stem for path in template("packs").glob("*.toml"))


def read_template(path: Path) -> PackTemplate:
    """The template in a file. UserError where it does not have the form of one."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), PackTemplate)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise UserError(f"This template cannot be read: {error}", where=path) from error
    except OSError as error:
        raise UserError(f"This template cannot be read: {error.strerror}", where=path) from error


def new_pack(name: str = DEFAULT_TEMPLATE) -> Pack:
    """An empty pack with the sections of a template. UserError where there is none of that name."""
    if name not in template_names():
        raise UserError(f"There is no template '{name}'", do=f"Choose one of: {', '.join(template_names())}")
    blocks: list[AnyBlock] = [MeetingDetails()]
    for section in read_template(template("packs", f"{name}.toml")).section:
        blocks.append(Heading(text=text(section.title), level=section.level, role=section.role))
        if section.start == "bullet":
            blocks.append(ListItem())
        elif section.role not in {Role.AGENDA, Role.ITEM} and section.start == "paragraph":
            blocks.append(Paragraph())
    return Pack(body=tuple(blocks))
