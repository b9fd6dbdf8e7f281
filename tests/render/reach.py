"""Figures on finished pages, and whether a reader gets from each of them to where a document says it.

A figure is in reach of its citation where one stands in its own block (a list item, a row, a statement, a note, a
folded part, a line of key figures) or behind that block before the next heading; or where its block links to a place
of this site that has the same figure. A citation in another item of the same list is none of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: Amounts of money, percentages, rates, dates with their year, and head counts, in both languages.
FIGURE = re.compile(
    r"[0-9][0-9,.億万]*円|[0-9][0-9,.]* yen|[0-9][0-9.]*%|(?<![0-9/-])[1-9][0-9]?/[1-9][0-9]?(?![0-9/])"
    r"|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2} (?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December) [0-9]{4}|[0-9][0-9,]*人|[0-9][0-9,]* (?:employees|people|workers)"
)
HEADINGS = ("h1", "h2", "h3")
ITEMS = ("li", "tr")
WHOLES = ("section", "main", "article")
#: Made-up companies and what comes out for them; documents' own titles, dates and headings; what is asked and
#: copied; our own dates, and the days on which this site itself changed.
NOT_CITED = frozenset({"example", "flip", "picture", "source", "place", "snippet", "pick", "own-date", "change"})
BLOCK_CLASSES = frozenset({"statement", "note", "card"})


class Reach:
    """The pages of a site, by their files, and what is out of reach on one of them."""

    def __init__(self, pages: Mapping[str, LexborHTMLParser]) -> None:
        self._pages = pages
        self._texts: dict[tuple[str, str], str] = {}
        #: Days of our own, such as that of which the site tells how calls stand; in prose as well, they need no source.
        self._own = frozenset(
            figure[0]
            for page in pages.values()
            for own in page.css(".own-date")
            for figure in FIGURE.finditer(own.text())
        )

    def missing(self, name: str) -> list[str]:
        """Return each figure in the main part of the page that has no citation in reach, with the words around it."""
        main = self._pages[name].css_first("main")
        if main is None:
            return []
        return [
            words
            for node, figure, words in _figures(main)
            if figure not in self._own and not self._is_in_reach(name, node, figure)
        ]

    def _is_in_reach(self, name: str, node: LexborNode, figure: str) -> bool:
        for unit in _upwards(node):
            if _is_block(unit) and (_cites(unit, node) or self._leads_to(name, unit, figure)):
                return True
            if unit.parent is None or unit.tag in WHOLES:
                return False
            if unit.parent.tag in WHOLES and "card" not in _classes(unit.parent):
                return _cites(unit, node) or _is_cited_behind(unit) or self._leads_to(name, unit, figure)
        return False

    def _leads_to(self, name: str, block: LexborNode, figure: str) -> bool:
        """Say whether a link of the block, terms and citations apart, leads to where the figure stands."""
        for link in block.css("a[href]"):
            parent = link.parent
            if parent is None or {"terms", "citation"} & _classes(parent):
                continue
            target = urlsplit(urljoin(f"/{name.removesuffix('index.html')}", link.attributes["href"] or ""))
            file = f"{target.path.lstrip('/')}index.html"
            if (file != name or target.fragment) and figure in self._text(
                file, target.fragment if file == name else ""
            ):
                return True
        return False

    def _text(self, file: str, anchor: str) -> str:
        """Return the words of a page's main part, or of the section with the anchor."""
        if (file, anchor) not in self._texts:
            page = self._pages.get(file)
            part = None if page is None else page.css_first(f'[id="{anchor}"]' if anchor else "main")
            while anchor and part is not None and part.tag not in WHOLES:
                part = part.parent
            self._texts[file, anchor] = "" if part is None else part.text()
        return self._texts[file, anchor]


def figures_of(page: LexborHTMLParser) -> set[str]:
    """Return every figure of the main part of a page that is the documents' own."""
    main = page.css_first("main")
    return set() if main is None else {figure for _, figure, _ in _figures(main)}


def _figures(main: LexborNode) -> Iterator[tuple[LexborNode, str, str]]:
    for node in main.traverse(include_text=True):
        words = node.text_content or "" if node.tag == "-text" else ""
        if node.parent is not None and not _is_none_of_the_documents(node.parent):
            yield from ((node.parent, match[0], " ".join(words.split())) for match in FIGURE.finditer(words))


def _is_none_of_the_documents(node: LexborNode) -> bool:
    """Say whether a figure is that of a made-up company or what comes out for it, or names a document."""
    return any(
        NOT_CITED & _classes(one)
        or one.attributes.get("rel") == "external"
        or "#example" in (one.attributes.get("href") or "")
        for one in _upwards(node)
    )


def _is_block(node: LexborNode) -> bool:
    """Say whether a figure and its citation belong together in the element."""
    is_line = node.tag == "div" and node.parent is not None and "key" in _classes(node.parent)
    return node.tag in (*ITEMS, "details") or is_line or bool(BLOCK_CLASSES & _classes(node))


def _classes(node: LexborNode) -> set[str]:
    return set((node.attributes.get("class") or "").split())


def _cites(block: LexborNode, node: LexborNode) -> bool:
    """Say whether a citation stands in the block that is not that of another item than the one `node` is in."""
    own = {one.mem_id for one in _upwards(node)}
    return any(
        all(one.mem_id in own for one in _upwards(citation, block) if one.tag in ITEMS)
        for citation in block.css(".citation a")
    )


def _upwards(node: LexborNode, end: LexborNode | None = None) -> Iterator[LexborNode]:
    one: LexborNode | None = node
    while one is not None and (end is None or one.mem_id != end.mem_id):
        yield one
        one = one.parent


def _is_cited_behind(top: LexborNode) -> bool:
    """Say whether a citation follows before the next heading."""
    one = top.next
    while one is not None and one.tag not in (*HEADINGS, *WHOLES, "nav"):
        if "citation" in _classes(one):
            return True
        one = one.next
    return False
