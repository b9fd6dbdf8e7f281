"""What has changed on the site: the page that tells it, and what a feed is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from calculator.text import Language, Text
from site_builder.errors import Gathering, GuidanceError, name_hint
from site_builder.site.addresses import HOME, NEWS, Address, Link
from site_builder.site.moments import TimeView, day_view
from site_builder.site.page import Page
from site_builder.site.wording import Wording
from site_builder.sources.fields import Fields, Reader, plain_day, scalar, some, word, word_text
from site_builder.sources.forms import TextForm
from site_builder.sources.nodes import Node, ScalarNode
from site_builder.sources.texts import text

#: The feed of a language, beside its home page.
FEED = "feed.xml"


@dataclass(frozen=True, slots=True)
class NewsEntry:
    """A change: `name` is its own for good, `pages` are what it is about."""

    name: str
    day: date
    title: Text
    text: Text
    pages: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A change as a page or a feed tells it; `anchor` is its place on the page."""

    anchor: str
    day: date
    time: TimeView
    title: str
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class NewsView:
    """All changes, the newest first."""

    lead: str
    feed_path: str
    items: tuple[NewsItem, ...]


@dataclass(frozen=True, slots=True)
class FeedView:
    """The changes as a feed of one language: `path` is its own, `page` the one that tells the same."""

    path: str
    page: str
    language: Language
    title: str
    subtitle: str
    author: str
    items: tuple[NewsItem, ...]


def read_news(pages: frozenset[str]) -> Reader[tuple[NewsEntry, ...]]:
    """Return the reader of `content/news.yaml`; `pages` are the addresses of all pages, such as `schedule/`."""

    def read(node: Node) -> tuple[NewsEntry, ...]:
        drafts = some(_entry(pages), "the news")(node)
        errors = Gathering()
        for error in (*_repeated(drafts), *_out_of_order(drafts)):
            errors.add(error)
        errors.close()
        return tuple(entry for _, entry in drafts)

    return read


def news_file(pages: frozenset[str], node: Node) -> tuple[NewsEntry, ...]:
    """Read the file of the news; `pages` are those of `read_news`."""
    return read_news(pages)(node)


def news_page(news: tuple[NewsEntry, ...], titles: Mapping[str, str], wording: Wording) -> Page:
    """Plan the page; `titles` are the titles of all other pages by their paths."""
    items = tuple(_item(entry, titles, wording) for entry in news)
    return Page(
        address=NEWS,
        language=wording.language,
        template="news.html",
        title=wording.words["news_title"],
        description=wording.words["news_description"],
        view=NewsView(wording.words["news_lead"], feed_path(wording.language), items),
        trail=(Link(wording.words["home"], HOME.path(wording.language)),),
    )


def feed(page: Page, wording: Wording) -> FeedView:
    """Return the feed that tells what the page of the news tells."""
    view = page.view
    assert isinstance(view, NewsView)  # noqa: S101 - news_page has made it
    return FeedView(
        path=view.feed_path,
        page=page.path,
        language=wording.language,
        title=wording.words["feed_title"],
        subtitle=page.description,
        author=wording.words["site_name"],
        items=view.items,
    )


def feed_path(language: Language) -> str:
    """Return where the feed of a language is, from the root of the site."""
    return f"{HOME.path(language)}{FEED}"


def _item(entry: NewsEntry, titles: Mapping[str, str], wording: Wording) -> NewsItem:
    paths = [address.path(wording.language) for address in entry.pages]
    return NewsItem(
        anchor=entry.name,
        day=entry.day,
        time=day_view(entry.day, wording),
        title=wording.say(entry.title),
        text=wording.say(entry.text),
        links=tuple(Link(titles.get(path, wording.words["news_title"]), path) for path in paths),
    )


def _entry(pages: frozenset[str]) -> Reader[tuple[ScalarNode, NewsEntry]]:
    def read(node: Node) -> tuple[ScalarNode, NewsEntry]:
        with Fields(node, "an entry of the news") as fields:
            name = fields.required("name", word)
            entry = NewsEntry(
                name=fields.required("name", word_text),
                day=fields.required("date", plain_day),
                title=fields.required("title", text),
                text=fields.required("text", text),
                pages=fields.required("pages", some(_page(pages), "the pages")),
            )
        return name, entry

    return read


def _page(pages: frozenset[str]) -> Reader[Address]:
    def read(node: Node) -> Address:
        written = scalar(node, form=TextForm(names=("page",)))
        if written.value in pages:
            return Address(tuple(written.value.rstrip("/").split("/")) if written.value else ())
        hint = name_hint(written.value, pages, "name a page without its language, such as schedule/")
        raise GuidanceError(written.place(), f"there is no page at /{written.value}", hint, "unknown-page")

    return read


def _repeated(drafts: tuple[tuple[ScalarNode, NewsEntry], ...]) -> Iterator[GuidanceError]:
    seen: set[str] = set()
    for name, entry in drafts:
        if entry.name in seen:
            hint = "give it another one; readers' programs know an entry by its name"
            yield GuidanceError(name.place(), f"two entries are called '{entry.name}'", hint, "duplicate-name")
        seen.add(entry.name)


def _out_of_order(drafts: tuple[tuple[ScalarNode, NewsEntry], ...]) -> Iterator[GuidanceError]:
    for (_, newer), (name, entry) in pairwise(drafts):
        if entry.day > newer.day:
            sentence = f"'{entry.name}' is newer than the entry above it"
            yield GuidanceError(name.place(), sentence, "put the newest first", "news-order")
