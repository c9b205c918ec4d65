"""A pack as a web page, pages of paper, Markdown or plain text, through the templates in ``templates/render``."""

from briefpack.render.export import Copy, Sources, to_html, to_markdown, to_paper, to_text

__all__ = ["Copy", "Sources", "to_html", "to_markdown", "to_paper", "to_text"]
