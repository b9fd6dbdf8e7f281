"""Markdown to HTML. HTML inside Markdown is printed as text, never passed through; there are no pictures and no styles.

Beyond Markdown, `｜公募要領《こうぼようりょう》` writes how a word is read above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_READING = re.compile(r"｜([^《》<>]+)《([^《》<>]+)》")
#: Set up once, not for each passage. `commonmark` alone lets HTML through.
_READER = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "reference"])


def html_of(markdown: str, link_to: Callable[[str], str]) -> Markup:
    """Return the HTML of `markdown`; `link_to` turns each target that begins with a slash into a relative link."""
    tokens = _READER.parse(markdown)
    for token in tokens:
        token.attrs.pop("style", None)  # of a column's cells; the policy of the site forbids it
    for token in _tokens_inside(tokens):
        if token.type == "link_open" and str(token.attrGet("href")).startswith("/"):
            token.attrSet("href", link_to(str(token.attrGet("href"))))
    html = _READER.renderer.render(tokens, _READER.options, {})
    return Markup(_with_readings(html))  # noqa: S704 - the renderer has escaped it


def _tokens_inside(tokens: list[Token]) -> list[Token]:
    return [inner for token in tokens for inner in (token.children or [])]


def _with_readings(html: str) -> str:
    """Return `html` with the readings of words above them, and in brackets where a browser cannot do that."""
    return _READING.sub(r"<ruby>\1<rp>（</rp><rt>\2</rt><rp>）</rp></ruby>", html)
