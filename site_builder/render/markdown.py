"""Markdown to HTML. HTML inside Markdown is printed as text, never passed through; there are no pictures and no styles.

Beyond Markdown, `｜公募要領《こうぼようりょう》` writes how a word is read above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

#: What leads links, among the surroundings of a text.
_LINK_TO = "link_to"
#: How the end of an element nests.
_ENDS = -1
#: What the library writes for tags that may have styles in it, and here have none.
_CELLS = {"th_open": "<th>", "th_close": "</th>\n", "td_open": "<td>", "td_close": "</td>\n"}
_READING = re.compile(r"｜([^《》<>]+)《([^《》<>]+)》")


class _Writer(RendererHTML):
    """Writes what the library does, but links as `_LINK_TO` of the surroundings has them, and no styles.

    The policy of the site forbids the styles of a column's cells. Of cells and ends of elements, of which there are the
    most, it is known what the library finds out for each.
    """

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        """Return the HTML of blocks; one that has no children is its text."""
        out = []
        for at, token in enumerate(tokens):
            if token.type in _CELLS:
                out.append(_CELLS[token.type])
            elif token.type != "inline":
                out.append(self.rules.get(token.type, self.renderToken)(tokens, at, options, env))
            elif token.children is None:
                out.append(escapeHtml(token.content))
            else:
                out.append(self.renderInline(token.children, options, env))
        return "".join(out)

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return the beginning of a link."""
        target = str(tokens[idx].attrGet("href"))
        if target.startswith("/"):
            tokens[idx].attrSet("href", env[_LINK_TO](target))
        return super().renderToken(tokens, idx, options, env)

    def text_special(self, tokens: Sequence[Token], idx: int, *_given: object) -> str:
        """Return a sign that was written so that it is no mark."""
        return escapeHtml(tokens[idx].content)

    def renderToken(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: N802 - so called by the library
        """Return any other tag."""
        token = tokens[idx]
        if token.nesting == _ENDS and not token.hidden:
            return f"</{token.tag}>\n" if token.block else f"</{token.tag}>"
        return super().renderToken(tokens, idx, options, env)


def _reader() -> MarkdownIt:
    """Return the reader, which lets no HTML through, as `commonmark` alone would."""
    reader = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Writer).enable("table")
    reader.disable(["image", "reference", "html_block", "html_inline", "text_join"])
    reader.core.ruler.at("inline", _inline)
    return reader


def _inline(state: StateCore) -> None:
    """Read what stands in paragraphs and cells as the reader does, but at once where it has none of its signs.

    Most cells have none, and what is left of them when all rules have been tried is their text.
    """
    inline = state.md.inline
    for token in state.tokens:
        if token.type == "inline":
            has_signs = inline.terminator_re.search(token.content) is not None
            token.children = inline.parse(token.content, state.md, state.env, []) if has_signs else None


def _reader_of_blocks() -> MarkdownIt:
    """Return what reads the blocks of a text, and not what stands in them."""
    reader = _reader()
    reader.core.ruler.enableOnly(["normalize", "block"])
    return reader


#: Set up once, not for each passage.
_READER, _READER_OF_BLOCKS = _reader(), _reader_of_blocks()


def html_of(markdown: str, link_to: Callable[[str], str]) -> Markup:
    """Return the HTML of `markdown`; `link_to` turns each target that begins with a slash into a relative link."""
    html = _READER.render(markdown, {_LINK_TO: link_to})
    return Markup(_with_readings(html))  # noqa: S704 - the renderer has escaped it


def blocks_in(markdown: str) -> tuple[str, ...]:
    """Return the blocks of `markdown` in order, by the library's names of what they begin and end with."""
    return tuple(token.type for token in _READER_OF_BLOCKS.parse(markdown))


def _with_readings(html: str) -> str:
    """Return `html` with the readings of words above them, and in brackets where a browser cannot do that."""
    return _READING.sub(r"<ruby>\1<rp>（</rp><rt>\2</rt><rp>）</rp></ruby>", html)
