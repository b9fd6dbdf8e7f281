"""The page on which visitors search: until they do, a list of all pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from calculator.text import Language
from site_builder.site.addresses import HOME, SEARCH, Link
from site_builder.site.page import Kind, Page
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page in the list: `context` is what its title belongs to, or None; `also` are words by which it comes first."""

    link: Link
    context: str | None
    also: str | None


@dataclass(frozen=True, slots=True)
class PagesOfAKind:
    """The pages of one kind, the newest round first; `name` is what one of them is called."""

    kind: Kind
    heading: str
    name: str
    pages: tuple[ListedPage, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """All pages by kind. What is found is told in the words of this list, and of equals the first wins."""

    groups: tuple[PagesOfAKind, ...]


def search_page(pages: tuple[Page, ...], wording: Wording) -> Page:
    """Plan the page that finds `pages`, all others of its language in the order of the plan."""
    return Page(
        address=SEARCH,
        language=wording.language,
        template="search.html",
        title=wording.words["search_title"],
        description=wording.words["search_description"],
        view=SearchView(tuple(_groups(pages, wording))),
        trail=(Link(wording.words["home"], HOME.path(wording.language)),),
        kind="tool",
    )


def is_found(page: Page) -> bool:
    """Say whether searching finds the page: copies for other sites and the search page itself are not looked for."""
    return not page.is_embedded and page.address != SEARCH


def found_pages(pages: tuple[Page, ...], language: Language) -> tuple[Page, ...]:
    """Return the pages in `language` that searching finds."""
    return tuple(page for page in pages if page.language == language and is_found(page))


def _groups(pages: tuple[Page, ...], wording: Wording) -> Iterator[PagesOfAKind]:
    for kind in get_args(Kind):
        listed = tuple(
            ListedPage(Link(page.title, page.path), page.context, _other_words(page, wording))
            for page in found_pages(pages, wording.language)
            if page.kind == kind
        )
        if listed:
            yield PagesOfAKind(kind, wording.words[f"kinds_{kind}"], wording.words[f"kind_{kind}"], listed)


def _other_words(page: Page, wording: Wording) -> str | None:
    """Return what visitors may call the page, where `content/` says it: `search_also_schedule`."""
    name = f"search_also_{'_'.join(page.address.parts)}"
    return wording.words[name] if name in set(wording.words) else None
