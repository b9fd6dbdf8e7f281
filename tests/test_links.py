"""The finished site, page by page: links, languages, headings, ids and what a page may load."""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

Pages = dict[str, LexborHTMLParser]

#: Elements whose text can hold no other element.
UNMARKED = ("option", "script")
#: Of a script that is data, which no browser runs.
DATA = "application/ld+json"
BARE = ("index.html", "404.html", "no-network/index.html")
JAPANESE = re.compile(r"[\u3041-\u309f\u30a1-\u30ff\u4e00-\u9fff]")


def in_languages(pages: Pages) -> Pages:
    """Return the pages that have a language."""
    return {name: page for name, page in pages.items() if name not in BARE}


def target(name: str, link: str) -> tuple[str, str]:
    """Return the file that `link` on the page `name` leads to, and the anchor in it."""
    parts = urlsplit(link)
    if not parts.path:
        return name, parts.fragment
    path = parts.path if parts.path.startswith("/") else posixpath.join("/", posixpath.dirname(name), parts.path)
    is_folder = path.endswith(("/", "/.", "/.."))
    file = posixpath.normpath(path).lstrip("/")
    return (posixpath.join(file, "index.html") if is_folder else file), parts.fragment


def links(page: LexborHTMLParser) -> list[str]:
    """Return the targets of a page's internal links."""
    nodes = page.css("a[href], link[href]")
    found = [str(node.attributes["href"]) for node in nodes]
    return [link for link in found if not urlsplit(link).scheme]


def ids(page: LexborHTMLParser) -> list[str]:
    """Return every id of a page."""
    return [str(node.attributes["id"]) for node in page.css("[id]")]


def alternates(name: str, page: LexborHTMLParser) -> dict[str, str]:
    """Return the files that a page names as its versions, by language."""
    nodes = page.css('link[rel="alternate"][hreflang]')
    return {str(node.attributes["hreflang"]): target(name, str(node.attributes["href"]))[0] for node in nodes}


def test_every_expected_page_is_there_in_both_languages(pages: Pages) -> None:
    frames = ("normal", "recovery", "digital", "green", "global")
    rounds = (10, 11, 12, 13)
    expected = {"", "schedule/", "sources/", "about/", "check/", "monozukuri/r3s/14/"}
    expected |= {f"monozukuri/r3s/{number}/" for number in rounds}
    expected |= {f"monozukuri/r3s/{number}/{frame}/" for number in rounds for frame in frames}
    assert {f"{language}/{path}index.html" for language in ("ja", "en") for path in expected} <= set(pages)


def test_every_internal_link_leads_to_a_page_and_to_an_anchor_on_it(pages: Pages, built_site: Path) -> None:
    anchors = {name: set(ids(page)) for name, page in pages.items()}
    broken = []
    for name, page in pages.items():
        for link in links(page):
            file, anchor = target(name, link)
            if file.endswith(".html"):
                if file not in pages or (anchor and anchor not in anchors[file]):
                    broken.append((name, link))
            elif not (built_site / file).is_file():
                broken.append((name, link))
    assert broken == []


def test_links_are_relative_so_that_the_site_works_in_any_folder(pages: Pages) -> None:
    assert [link for page in in_languages(pages).values() for link in links(page) if link.startswith("/")] == []


def test_every_page_names_its_versions_and_they_name_it(pages: Pages) -> None:
    for name, page in in_languages(pages).items():
        versions = alternates(name, page)
        assert set(versions) == {"ja", "en", "x-default"}
        assert versions[name.split("/", 1)[0]] == name
        for version in (versions["ja"], versions["en"], versions["x-default"]):
            assert alternates(version, pages[version]) == versions


def test_every_page_says_its_language_and_its_canonical_address(pages: Pages) -> None:
    for name, page in in_languages(pages).items():
        html = page.css_first("html")
        assert html is not None
        assert html.attributes["lang"] == name.split("/", 1)[0]
        canonical = page.css_first('link[rel="canonical"]')
        assert canonical is not None
        assert target(name, str(canonical.attributes["href"]))[0] == name


def test_the_language_switch_leads_to_the_same_page(pages: Pages) -> None:
    for name, page in in_languages(pages).items():
        (switch,) = page.css("header nav.languages a")
        language = str(switch.attributes["hreflang"])
        assert switch.attributes["lang"] == language
        assert target(name, str(switch.attributes["href"]))[0] == f"{language}/{name.split('/', 1)[1]}"


def test_every_page_has_one_top_heading_and_skips_no_level(pages: Pages) -> None:
    for name, page in pages.items():
        levels = [int(str(node.tag)[1]) for node in page.css("h1, h2, h3, h4, h5, h6")]
        assert levels.count(1) == 1, name
        for before, after in pairwise(levels):
            assert after - before <= 1, f"{name}: h{after} after h{before}"


def test_ids_are_unique_on_a_page(pages: Pages) -> None:
    for name, page in pages.items():
        found = ids(page)
        assert sorted(found) == sorted(set(found)), name


def test_names_that_an_element_refers_to_are_on_the_page(pages: Pages) -> None:
    for name, page in pages.items():
        found = set(ids(page))
        for attribute in ("aria-labelledby", "aria-describedby", "for"):
            for node in page.css(f"[{attribute}]"):
                assert set(str(node.attributes[attribute]).split()) <= found, f"{name}: {node.html}"


def is_japanese(node: LexborNode) -> bool:
    """Say whether the nearest language above `node` is Japanese."""
    at: LexborNode | None = node
    while at is not None and "lang" not in at.attributes:
        at = at.parent
    return at is not None and at.attributes["lang"] == "ja"


def test_japanese_on_an_english_page_is_marked_as_japanese(pages: Pages) -> None:
    for name, page in pages.items():
        if name.startswith("en/") and page.body is not None:
            for node in page.body.traverse(include_text=True):
                words = node.text_content if node.is_text_node else None
                if (
                    words
                    and JAPANESE.search(words)
                    and node.parent is not None
                    and node.parent.tag not in ("option", "script")
                ):
                    assert is_japanese(node.parent), f"{name}: {words}"


def test_no_page_has_inline_styles_or_scripts_or_loads_from_elsewhere(pages: Pages) -> None:
    for name, page in pages.items():
        assert page.css("style, [style], [onclick], [onload], iframe, object, embed") == [], name
        assert {script.attributes.get("type") for script in page.css("script:not([src])")} <= {DATA}, name
        for node in page.css("script[src], img, link[rel=stylesheet], link[rel=icon]"):
            address = node.attributes.get("src") or node.attributes.get("href")
            assert urlsplit(str(address)).netloc == "", f"{name}: {address}"


def test_every_page_has_a_policy_and_only_the_check_page_may_run_scripts(pages: Pages) -> None:
    for name, page in pages.items():
        policy = page.css_first('meta[http-equiv="Content-Security-Policy"]')
        assert policy is not None, name
        words = str(policy.attributes["content"])
        assert words.startswith("default-src 'none'")
        runs_scripts = re.search(r"/check/|/search/|/embed/\w", name.removesuffix("index.html"))
        assert ("script-src" in words) == bool(runs_scripts), name


def test_every_page_says_that_it_is_not_official(pages: Pages) -> None:
    for name, page in pages.items():
        words = page.body.text() if page.body is not None else ""
        assert "公式サイトではありません" in words or "not an official site" in words, name


def test_every_time_is_machine_readable(pages: Pages) -> None:
    moment = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d\+09:00)?")
    for name, page in pages.items():
        for node in page.css("time"):
            assert moment.fullmatch(str(node.attributes["datetime"])), f"{name}: {node.html}"


def test_every_table_has_a_caption_and_scoped_headings_in_a_region_that_scrolls(pages: Pages) -> None:
    for name, page in pages.items():
        for table in page.css("main table"):
            assert table.css_first("caption") is not None, name
            assert all(
                cell.attributes.get("scope") in ("col", "row", "colgroup", "rowgroup") for cell in table.css("th")
            )
            if table.attributes.get("class") in ("comparison", "decision", "blocks", "on-paper"):
                continue  # becomes a list on a narrow screen, or is printed only
            around = table.parent
            assert around is not None
            assert around.attributes.get("role") == "region", f"{name}: {around.html}"
            assert around.attributes.get("tabindex") == "0"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_requirement_of_a_frame_has_its_code_as_anchor_and_its_place(language: str, pages: Pages) -> None:
    page = pages[f"{language}/monozukuri/r3s/13/digital/index.html"]
    requirements = page.css("li.requirement")
    assert len(requirements) > 5
    for requirement in requirements:
        assert re.fullmatch(r"[a-z_0-9]+(\.[a-z_0-9]+)+", str(requirement.attributes["id"]))
        assert requirement.css_first("p.citation a") is not None
        assert requirement.css_first("p.citation .status") is not None
