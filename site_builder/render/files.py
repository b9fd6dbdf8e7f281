"""Every file of the website, by its path from the root, in the order in which they are written."""

from __future__ import annotations

import dataclasses
import posixpath
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from site_builder.digests import sha256_of
from site_builder.hosting.headers import AHEAD_FILE
from site_builder.lazy import Lazy, joined
from site_builder.memo import Memo
from site_builder.render.ahead import ahead
from site_builder.render.bill import BILL_FILE, bill_of_materials
from site_builder.render.calendars import calendar_file
from site_builder.render.cards import Card
from site_builder.render.feeds import STYLE, feed_file
from site_builder.render.offline import NO_NETWORK_FILE
from site_builder.render.search import NO_INDEX, SearchIndex
from site_builder.render.sitemap import ROBOTS_FILE, SITEMAP_FILE, robots, sitemap
from site_builder.render.templates import NOTHING, LastNames, Printer
from site_builder.render.theme import Theme, integrity, whole
from site_builder.site.data.files import DATA_FOLDER
from site_builder.site.page import Page
from site_builder.site.plan import RULES_FILE, Site
from site_builder.site.search import is_found

#: Makes the index of the pages that searching finds, HTML by the path of its file.
MakeIndex = Callable[[Mapping[str, bytes]], SearchIndex]
#: Draws the picture of a shared link, and returns its file.
DrawCard = Callable[[Card], Path]


def without_index(_pages: Mapping[str, bytes]) -> SearchIndex:
    """Return an empty index, for a site that nobody will search."""
    return NO_INDEX


def printer_of(site: Site, theme: Theme, memo: Memo) -> Printer:
    """Return what prints pages of `site` in the look of `theme`."""
    return Printer.of(site, theme, memo)


def last_names(site: Site, theme: Theme, index: SearchIndex = NO_INDEX) -> LastNames:
    """Return what is written into the pages of `site` last."""
    return LastNames(theme.directory_name, index.directory_name, site.edition, str(site.rules_bytes))


def printed(printer: Printer, page: Page) -> bytes:
    """Return the HTML of a page, with gaps for the last names."""
    return printer.page(page)


def encoded(sheets: tuple[tuple[str, bytes], ...]) -> Mapping[str, bytes]:
    """Return the HTML of pages by the path of each, the same object for the same pages."""
    return dict(sheets)


def render(
    site: Site, theme: Theme, make_index: MakeIndex = without_index, memo: Memo | None = None
) -> Mapping[str, bytes]:
    """Return the files of `site` in the look of `theme`; what `memo` knows is not printed again.

    Raises:
        GuidanceError: a template cannot print a page.
    """
    memo = Memo() if memo is None else memo
    printer = printer_of(site, theme, memo)
    made = memo.each(printed, [(printer, page) for page in site.pages])
    at = {page.file: at for at, page in enumerate(site.pages)}
    found = dict.fromkeys(page.file for page in site.pages if is_found(page))
    index = make_index(_searched(tuple(found), lambda file: made[at[file]], memo))
    names = dataclasses.replace(last_names(site, theme, index), seals=theme.seals)
    beside = _beside(site, theme)
    seals = _seals(beside)

    def written(file: str) -> bytes:
        memo.give_way()
        return names.written(made[at[file]], seals.get(posixpath.dirname(file), NOTHING))

    pages: Mapping[str, bytes] = Lazy((*found, *at), written)
    if not memo.is_shared:
        pages = dict(pages)
    style = f"{theme.directory_name}/{STYLE}"
    root = "/" if site.address.is_reserved else site.address.folder
    first = {
        **{f"{theme.directory_name}/{name}": content for name, content in theme.files.items()},
        **{f"{index.directory_name}/{name}": content for name, content in index.files.items()},
    }
    last = {
        **{calendar.path: calendar_file(calendar, site.address) for calendar in site.calendars},
        **{view.path: feed_file(view, site.address, site.authority, style) for view in site.feeds},
        **beside,
        "index.html": names.written(printer.bare("languages.html", "")),
        "404.html": names.written(printer.bare("not-found.html", root)),
        **({NO_NETWORK_FILE: names.written(printer.bare("no-network.html", root))} if site.works_offline else {}),
        **{f"{DATA_FOLDER}/{name}": text.encode() for name, text in site.data.items()},
        RULES_FILE: site.rules_text.encode(),
        BILL_FILE: bill_of_materials(site, _hashes(site, index)),
        SITEMAP_FILE: sitemap(site),
        ROBOTS_FILE: robots(site),
        AHEAD_FILE: ahead(),
    }
    return joined(first, pages, last)


def _searched(files: tuple[str, ...], sheet: Callable[[str], bytes], memo: Memo) -> Mapping[str, bytes]:
    """Return what the search index is made of: with one process, the same object for the same pages."""
    return Lazy(files, sheet) if memo.is_shared else memo.made(encoded, tuple((file, sheet(file)) for file in files))


def _beside(site: Site, theme: Theme) -> Mapping[str, bytes]:
    """Return the files that lie beside pages; a style takes in what the theme has for it."""
    files = {f"{page.path}{name}": text for page in site.pages for name, text in page.files.items()}
    styles = {name: whole(text, theme.parts, name) for name, text in files.items() if name.endswith(".css")}
    return {name: text.encode() for name, text in {**files, **styles}.items()}


def _seals(files: Mapping[str, bytes]) -> Mapping[str, Mapping[str, str]]:
    """Return the hash of each of `files`, by the folder in which it lies and its name there."""
    seals: dict[str, dict[str, str]] = defaultdict(dict)
    for path, content in files.items():
        folder, name = posixpath.split(path)
        seals[folder][name] = integrity(content)
    return seals


def _hashes(site: Site, index: SearchIndex) -> Mapping[str, str]:
    """Return the SHA-256 of each file that runs in browsers and was made by others, by its path from the root."""
    searching = {name: sha256_of(content).hex() for name, content in index.files.items()}
    return {
        **{f"{site.runtime.name}/{name}": digest for name, digest in site.runtime.hashes.items()},
        **{f"{index.directory_name}/{name}": digest for name, digest in searching.items()},
    }


def cards(site: Site, draw: DrawCard, memo: Memo) -> Mapping[str, Path]:
    """Return the pictures of links to the pages of `site`, by their paths from the root; all processes draw them.

    Raises:
        CardError: the font is missing.
    """
    pages = [page for page in site.pages if not page.is_embedded]
    drawn = memo.spread(draw, [(card_of(page, site),) for page in pages])
    return {page.card: file for page, file in zip(pages, drawn, strict=True)}


def card_of(page: Page, site: Site) -> Card:
    """Return what the picture of a link to a page says."""
    words = site.words[page.language]
    return Card(
        language=page.language,
        site=words["card_site"],
        mark=words["card_mark"],
        context=page.context or "",
        title=page.title if page.trail else words["card_home"],
        figures=page.figures,
        foot=words["card_foot"],
    )
