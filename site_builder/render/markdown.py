"""Markdown to HTML. HTML inside Markdown is printed as text, never passed through.

Beyond Markdown, `｜公募要領《こうぼようりょう》` writes how a word is read above it.
"""

from __future__ import annotations

import re
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, mdTrim
from markdown_it.token import Token
from markupsafe import Markup

from site_builder.render.common_markdown import LinkTo, Reader

_READING = re.compile(r"｜([^《》<>]+)《([^《》<>]+)》")


#: The general reader. `commonmark` alone lets HTML through.
GENERAL = MarkdownIt("commonmark", {"html": False}).enable("table")


def html_of(markdown: str, link_to: LinkTo) -> Markup:
    """Return the HTML of `markdown`; `link_to` turns each target that begins with a slash into a relative link."""
    reader = Reader(partial(general, link_to), partial(general_line, link_to), escapeHtml, mdTrim, link_to)
    html = reader.html_of(markdown)
    return Markup(_with_readings(html))  # noqa: S704 - the readers have escaped it


def general(link_to: LinkTo, markdown: str) -> str:
    """Return the HTML of any Markdown."""
    return _printed(GENERAL.parse(markdown), link_to)


def general_line(link_to: LinkTo, text: str) -> str:
    """Return the HTML of what stands within a block."""
    return _printed(GENERAL.parseInline(text), link_to)


def _printed(tokens: list[Token], link_to: LinkTo) -> str:
    for token in (inner for one in tokens for inner in (one.children or [])):
        if token.type == "link_open" and str(token.attrGet("href")).startswith("/"):
            token.attrSet("href", link_to(str(token.attrGet("href"))))
    return str(GENERAL.renderer.render(tokens, GENERAL.options, {}))


def _with_readings(html: str) -> str:
    """Return `html` with the readings of words above them, and in brackets where a browser cannot do that."""
    return _READING.sub(r"<ruby>\1<rp>（</rp><rt>\2</rt><rp>）</rp></ruby>", html)
