"""Pages of prose and files of words, changed: what is taken comes out as plain markup that runs and fetches nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from calculator.text import LANGUAGES, Text
from site_builder.build import PROJECT
from site_builder.errors import GuidanceError, GuidanceErrors
from site_builder.render.markdown import html_of
from site_builder.site.content import GUIDES, _blocks, _pages_for_prose, figures_for_prose
from site_builder.site.prose import Prose, read_prose
from site_builder.site.terms import glossary_file
from site_builder.sources.documents import document_of
from site_builder.sources.source_file import source_of
from site_builder.sources.texts import texts_file
from site_builder.style import faults
from site_builder.style.passages import passages_of
from tests.fuzz.mutations import TROUBLE, mutated
from tests.fuzz.rule_files import see_told
from tests.fuzz.surface import Surface
from tests.real import real_rules

CONTENT = PROJECT / "content"
PAGES = tuple(sorted(one.relative_to(PROJECT).as_posix() for one in CONTENT.rglob("*.md")))
WORDS = ("content/interface.yaml", "content/glossary.yaml", "content/result.yaml")
#: What Markdown may become, and with what.
MARKUP = {
    **{
        name: frozenset[str]()
        for name in ("p", "ul", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "br")
    },
    **{name: frozenset[str]() for name in ("em", "strong", "pre", "ruby", "rp", "rt")},
    **{name: frozenset[str]() for name in ("table", "thead", "tbody", "tr", "th", "td")},
    "a": frozenset({"href", "title"}),
    "ol": frozenset({"start"}),
    "code": frozenset({"class"}),
}
LEADS_TO = ("https://", "http://", "mailto:", "#", "?", "")


@cache
def _texts() -> list[str]:
    return [(PROJECT / path).read_text(encoding="utf-8") for path in PAGES]


@cache
def _words() -> list[str]:
    return [(PROJECT / path).read_text(encoding="utf-8") for path in WORDS]


def check_page(changed: tuple[int, str]) -> None:
    """Read a page, and print what is taken of it."""
    path = PAGES[changed[0]]
    language = next(one for one in LANGUAGES if path.endswith(f".{one}.md"))
    figures, pages, blocks = figures_for_real_prose()
    try:
        source = source_of(changed[1].encode(errors="replace"), path)
        see_told(
            passage.error(fault) for passage in passages_of(source.text.encode(), path) for fault in faults(passage)
        )
        see_printed(read_prose(source, language, figures, pages, blocks))
    except GuidanceErrors as errors:
        see_told(errors.errors)


@cache
def figures_for_real_prose() -> tuple[Mapping[str, Text], frozenset[str], Mapping[str, frozenset[str]]]:
    """What the real pages can name."""
    rules = real_rules()
    return figures_for_prose(rules), _pages_for_prose(rules, GUIDES), _blocks(rules)


def see_printed(prose: Prose) -> None:
    """See that what a page becomes is plain markup."""
    sections = (*prose.sections, *(() if prose.plain is None else (prose.plain,)))
    parts = [*prose.lead_parts, *(part for section in sections for part in section.parts)]
    for text in [part.text for part in parts if part.text] + [part.question.answer for part in parts if part.question]:
        see_markup(html_of(text, lambda target: f"..{target}"))


def see_markup(html: str) -> None:
    """See that markup runs nothing, fetches nothing and has no style."""
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None
    for node in body.traverse():
        if node.tag == "body":
            continue
        assert node.tag in MARKUP, f"{node.tag}: {html[:400]}"
        assert node.attributes.keys() <= MARKUP[node.tag], f"{node.tag} {node.attributes}: {html[:400]}"
        target = (node.attributes.get("href") or "").strip().lower()
        assert target.startswith(LEADS_TO[:-1]) or ":" not in target.split("/")[0], target
        assert not target.startswith(("//", "/\\")), target


def check_markdown(pieces: list[str]) -> None:
    """Print Markdown that may be anything."""
    see_markup(html_of("".join(pieces), lambda target: f"..{target}"))


def check_words(changed: tuple[int, str]) -> None:
    """Read a file of words."""
    path = WORDS[changed[0]]
    figures, pages, _ = figures_for_real_prose()
    try:
        content = changed[1].encode(errors="replace")
        if path == "content/glossary.yaml":
            document_of(content, path, lambda node: glossary_file(figures, pages, node))
        else:
            document_of(content, path, texts_file)
    except GuidanceErrors as errors:
        see_told(errors.errors)
    except GuidanceError as error:
        see_told((error,))


PIECES = st.sampled_from(
    (*TROUBLE, "[", "](", ")", "/schedule/", "https://example.org", "\n", "\n\n", " ", '"', "*", "- ", "1. ")
)

#: Markdown of which something other than plain text has become, or could.
NOT_PLAIN = [
    *(
        ["<b>x</b>"],
        ["<!-- x -->"],
        ["<https://example.org>"],
        ["![x](/x.png)"],
        ["[x](//example.org)"],
        ["[x](/\\example.org)"],
    ),
    *(["[x](javascript:alert(1))"], ["[x](JAVASCRIPT:alert(1))"], ["[x](data:text/html,x)"], ["[x](/%0A/example.org)"]),
    *(["[x][y]\n\n[y]: //example.org"], ["｜<b>《</b>》"], ["｜a《<i>》"], ["｜`a《b》`"], ['[x](/y "" onclick=x")']),
    *(["| a |\n| :-: |\n| b |"], ["```<b> onclick=x\n```"], ["1e9. x"], ["&lt;b&gt;"], ["\u202e"], ["[a](/schedule/)"]),
]

SURFACES = (
    Surface("markdown", st.lists(PIECES | st.text(max_size=3)), check_markdown, 250, NOT_PLAIN),
    Surface("pages", st.deferred(lambda: mutated(_texts())), check_page, 20),
    Surface("words", st.deferred(lambda: mutated(_words())), check_words, 6),
)
