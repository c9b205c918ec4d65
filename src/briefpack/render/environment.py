"""The templates' environment: sandboxed, values immutable, and an unknown name an error."""

from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefpack.assets import template
from briefpack.render import markdown, plain
from briefpack.render.view import View


@cache
def _environment(*, html: bool) -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(template("render"), encoding="utf-8"),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "md": markdown.line,
        "md_rich": markdown.rich,
        "md_flat": markdown.flat,
        "grid": plain.grid,
        "wrap": plain.wrap,
        "words": plain.words,
    }
    return made


def render(name: str, view: View) -> str:
    """A template of ``templates/render`` filled with a view; escaping is on where its name says that it is HTML."""
    environment = _environment(html=".html." in name)
    return environment.get_template(name).render(view=view)
