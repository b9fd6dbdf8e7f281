"""The feeds of the built site, read as other people's programs read them, and the news that they are made of."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from site_builder.errors import GuidanceErrors, Place
from site_builder.render.feeds import feed_file
from site_builder.site.addresses import Link
from site_builder.site.content import read_content
from site_builder.site.moments import TimeView
from site_builder.site.news import FeedView, NewsItem
from site_builder.site.public_address import PublicAddress, public_address
from tests.site.hand_made import rules
from tests.site.hand_made_content import copy_without_names

CONTENT = Path(__file__).parents[2] / "content"
RESERVED = "https://monozukuri-guide.example/"
LANGUAGES = ["ja", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_is_read_without_a_complaint(language: str, built_site: Path) -> None:
    read = feedparser.parse((built_site / language / "feed.xml").read_bytes())
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.language == language
    assert read.feed.updated == max(entry.updated for entry in read.entries)
    links = {link.rel: link.href for link in read.feed.links}
    assert links == {"self": f"{RESERVED}{language}/feed.xml", "alternate": f"{RESERVED}{language}/news/"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_brings_its_own_style_so_that_a_browser_puts_none_into_it(language: str, built_site: Path) -> None:
    second_line = (built_site / language / "feed.xml").read_text(encoding="utf-8").splitlines()[1]
    style = re.fullmatch(r'<\?xml-stylesheet type="text/css" href="([^"]+)"\?>', second_line)
    assert style is not None
    assert "feed{display:block" in (built_site / language / style[1]).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_and_the_feed_tell_the_same(
    language: str, built_site: Path, pages: dict[str, LexborHTMLParser]
) -> None:
    read = feedparser.parse((built_site / language / "feed.xml").read_bytes())
    articles = pages[f"{language}/news/index.html"].css("article")
    assert len(articles) == len(read.entries) > 5
    for article, entry in zip(articles, read.entries, strict=True):
        heading, time = article.css_first("h2"), article.css_first("time")
        assert heading is not None
        assert time is not None
        assert heading.text() == entry.title
        assert str(time.attributes["datetime"]) == entry.updated[:10]
        assert entry.summary in article.text()
        assert entry.link == f"{RESERVED}{language}/news/#{heading.attributes['id']}"


def test_every_address_in_a_feed_is_a_page_of_the_site(built_site: Path) -> None:
    for language in LANGUAGES:
        for entry in feedparser.parse((built_site / language / "feed.xml").read_bytes()).entries:
            related = [link.href for link in entry.links if link.rel == "related"]
            assert related
            for address in related:
                assert (built_site / address.removeprefix(RESERVED) / "index.html").is_file(), address


def test_every_page_leads_to_the_feed_of_its_language(pages: dict[str, LexborHTMLParser]) -> None:
    for name, page in pages.items():
        if name.startswith(("ja/", "en/")):
            (link,) = page.css('link[type="application/atom+xml"]')
            assert str(link.attributes["href"]).endswith("feed.xml")
            assert "://" not in str(link.attributes["href"])


def some_feed(address: PublicAddress) -> bytes:
    item = NewsItem("x", date(2026, 1, 2), TimeView("2026-01-02", "2 January"), "A & B", "<b>", (Link("Home", "en/"),))
    return feed_file(
        FeedView("en/feed.xml", "en/news/", "en", "T", "S", "A", (item,)), address, "a.example,2026", "theme-0/feed.css"
    )


def test_ids_stay_when_the_site_moves_and_addresses_move_with_it() -> None:
    here, there = (
        feedparser.parse(some_feed(public_address(address, Place("x"))))
        for address in ("https://a.example/", "https://b.example/guide/")
    )
    assert here.feed.id == there.feed.id == "tag:a.example,2026:en/news"
    assert [entry.id for entry in here.entries] == [entry.id for entry in there.entries]
    assert there.entries[0].link == "https://b.example/guide/en/news/#x"
    assert (here.entries[0].title, here.entries[0].summary) == ("A & B", "<b>")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("name: offline", "name: search", "duplicate-name"),
        ("date: 2026-11-22", "date: 2026-12-01", "news-order"),
        ("date: 2026-11-26", "date: 2026-11-31", "bad-literal"),
        ("date: 2026-11-26", "date: yesterday", "bad-literal"),
        ("pages: [ways/]", "pages: [wayz/]", "unknown-page"),
        ("pages: [ways/]", "pages: []", "empty-list"),
        ("{ja: サイト内の検索を追加しました, en: Search this site}", "{ja: 検索}", "missing-translation"),
    ],
)
def test_a_mistake_in_the_news_is_told(old: str, new: str, code: str, tmp_path: Path) -> None:
    folder = copy_without_names(tmp_path)
    text = (folder / "news.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "news.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GuidanceErrors) as told:
        read_content(folder, rules())
    assert {(error.place.path, error.code) for error in told.value.errors} == {("content/news.yaml", code)}
