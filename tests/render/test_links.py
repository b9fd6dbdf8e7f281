"""The build follows every link of the pages that it has made."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest

from site_builder.crew import LEAST_THINGS
from site_builder.errors import GuidanceErrors, Place
from site_builder.memo import Memo
from site_builder.render.links import check_links, written_links
from site_builder.site.public_address import public_address


def test_links_to_pages_and_anchors_that_are_there_pass() -> None:
    check_links(
        {
            "ja/index.html": b'<a href="a/#x">a</a><a href="#top" id="top">b</a><link href="../s.css">',
            "ja/a/index.html": b'<p id="x"></p><a href="../">up</a><a href="https://example.org/">out</a>',
            "ja/b/index.html": b'<a href="#y">in a template</a><template><i id="y"></i></template>',
            "s.css": b"",
        }
    )


@pytest.mark.parametrize("link", ["b/", "a/#y", "#nowhere", "../t.css", "a/index.htm"])
def test_a_link_that_leads_nowhere_stops_the_build(link: str) -> None:
    with pytest.raises(GuidanceErrors, match="broken-link"):
        check_links({"ja/index.html": f'<a href="{link}">a</a>'.encode(), "ja/a/index.html": b'<p id="x"></p>'})


def test_links_in_templates_are_followed() -> None:
    with pytest.raises(GuidanceErrors, match="broken-link"):
        check_links({"ja/index.html": b'<template id="t"><tr><td><a href="b/">b</a></td></tr></template>'})


@pytest.mark.parametrize("link", ["https://guide.go.jp/x/ja/b/", "/x/ja/b/", "/ja/b/"])
def test_links_with_the_sites_own_address_are_followed(link: str) -> None:
    address = public_address("https://guide.go.jp/x/", Place("site.yaml"))
    check_links({"ja/index.html": b'<a href="https://guide.go.jp/x/ja/">a</a><a href="/x/ja/">b</a>'}, address)
    with pytest.raises(GuidanceErrors, match="broken-link"):
        check_links({"ja/index.html": f'<a href="{link}">a</a>'.encode()}, address)


@pytest.mark.parametrize("page", ["ja/a/b/index.html", "ja/a/index.html", "index.html"])
@pytest.mark.parametrize(
    "link", ["c/", "../c/", "../../", "../../c.css", "../../../../c/", "./c/", "../c/../d/", "/c/"]
)
def test_a_link_leads_where_a_browser_follows_it(page: str, link: str) -> None:
    path = urljoin(f"https://host/{page}", link).removeprefix("https://host/")
    file = f"{path}index.html" if path.endswith("/") or not path else path
    html = f'<a href="{link}">a</a>'.encode()
    check_links({file: b"", page: html})
    if file != page:
        with pytest.raises(GuidanceErrors, match="broken-link"):
            check_links({page: html})


def test_several_processes_find_what_one_finds(tmp_path: Path) -> None:
    """In pages, and in the files of the content: where each is written, told by its line."""
    pages = {f"ja/{number}/index.html": f'<a href="../{number + 1}/#x" id="x">a</a>' for number in range(LEAST_THINGS)}
    pages |= {"ja/7/index.html": '<a href="#y">a</a><a href="../8/">b</a>', "ja/64/index.html": '<i id="z"></i>'}
    files = {name: html.encode() for name, html in pages.items()}
    for name in map(str, range(LEAST_THINGS)):
        text = "# T\n\n[a](#y)\n" if name == "9" else "# T\n\n[a](/8/#x)\n"
        (tmp_path / f"{name}.ja.md").write_text(text, "utf-8")
    found = []
    for memo in (Memo(), Memo(2)):
        with pytest.raises(GuidanceErrors) as told:
            check_links(files, None, written_links(tmp_path, memo), memo)
        found.append([(error.place.path, error.place.line, error.sentence) for error in told.value.errors])
    assert found[0] == found[1]
    assert found[0] == [
        ("content/9.ja.md", 3, "there is no place #y on the page /9/"),
        ("public/ja/6/index.html", 1, "the link ../7/#x leads to no place on its page"),
        ("public/ja/63/index.html", 1, "the link ../64/#x leads to no place on its page"),
    ]


def test_written_links_are_looked_for_only_where_a_page_has_one_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.ja.md").write_text("# T\n\n[b](/b/#x)\n", "utf-8")
    pages = {"ja/a/index.html": b'<a href="../b/#x">b</a>', "ja/b/index.html": b'<i id="x"></i>'}
    written = written_links(tmp_path)
    check_links(pages, None, written)
    with pytest.raises(GuidanceErrors, match=r"content/a\.ja\.md"):
        check_links({**pages, "ja/b/index.html": b""}, None, written)
