"""Markdown to HTML. HTML inside Markdown is printed as text, never passed through; there are no pictures and no styles.

Beyond Markdown, `｜公募要領《こうぼようりょう》` writes how a word is read above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

_READING = re.compile(r"｜([^《》<>]+)《([^《》<>]+)》")


def _reader() -> MarkdownIt:
    """Return the reader, which lets no HTML through, as `commonmark` alone would."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.disable(["image", "reference", "html_block", "html_inline"])
    reader.core.ruler.at("inline", _inline)
    return reader


def _inline(state: StateCore) -> None:
    """Read what stands in paragraphs and cells as the reader does, but at once where it has none of its signs.

    Most cells have none, and what is left of them when all rules have been tried is their text.
    """
    inline = state.md.inline
    for token in state.tokens:
        if token.type == "inline":
            if inline.terminator_re.search(token.content):
                token.children = inline.parse(token.content, state.md, state.env, [])
            else:
                token.children = [Token("text", "", 0, content=token.content)] if token.content else []


#: Set up once, not for each passage.
_READER = _reader()


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
