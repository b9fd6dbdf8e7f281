"""Whole addresses: where there is one, and where a link stays relative until the site has an address."""

from __future__ import annotations

import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from site_builder.build import PROJECT, Sources, make_site
from site_builder.cli import USAGE_ERROR, main
from site_builder.errors import Place
from site_builder.render.files import without_index
from site_builder.runtime import RuntimePackage
from site_builder.site.public_address import public_address
from tests.site.hand_made_content import copy_without_names

NO_RUNTIME = RuntimePackage({}, "runtime-0")
REAL = "https://guide.go.jp/monozukuri/"
RESERVED = "https://monozukuri-guide.example/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def small_site(address: str | None) -> tuple[dict[str, bytes], list[str]]:
    """Return the files of a small site, and what the builder was told."""
    said: list[str] = []
    where = None if address is None else public_address(address, Place("here"))
    with tempfile.TemporaryDirectory() as folder:
        sources = Sources(PROJECT / "tests/good/rules", copy_without_names(Path(folder)), where)
        files = make_site(sources, NO_RUNTIME, make_index=without_index, say=said.append)
    return {name: content for name, content in files.items() if isinstance(content, bytes)}, said


@pytest.fixture(scope="module")
def published() -> dict[str, bytes]:
    return small_site(REAL)[0]


@pytest.fixture(scope="module")
def unpublished() -> dict[str, bytes]:
    return small_site(None)[0]


def pages(files: dict[str, bytes]) -> dict[str, LexborHTMLParser]:
    return {
        name: LexborHTMLParser(content)
        for name, content in files.items()
        if name.endswith(".html") and name.startswith(("ja/", "en/"))
    }


def links(page: LexborHTMLParser) -> set[str]:
    return {str(node.attributes["href"]) for node in page.css("link[rel=canonical], head link[hreflang]")}


def test_the_build_says_that_no_address_is_set_and_is_quiet_when_one_is() -> None:
    assert [RESERVED in sentence for sentence in small_site(None)[1]] == [True]
    assert small_site(REAL)[1] == []


def test_with_an_address_canonical_and_alternate_links_are_whole(published: dict[str, bytes]) -> None:
    for name, page in pages(published).items():
        assert {link.startswith(REAL) for link in links(page)} == {True}, name
        canonical = page.css_first("link[rel=canonical]")
        assert canonical is not None
        assert canonical.attributes["href"] == f"{REAL}{name.removesuffix('index.html')}"


def test_under_a_reserved_name_they_stay_relative(unpublished: dict[str, bytes]) -> None:
    for name, page in pages(unpublished).items():
        assert {"://" in link for link in links(page)} == {False}, name


@pytest.mark.parametrize("address", [REAL, RESERVED])
def test_what_has_to_be_whole_always_is(
    address: str, published: dict[str, bytes], unpublished: dict[str, bytes]
) -> None:
    files = published if address == REAL else unpublished
    for name, page in pages(files).items():
        node = page.css_first('meta[property="og:url"]')
        assert node is not None, name
        assert node.attributes["content"] == f"{address}{name.removesuffix('index.html')}"
    assert f"\nSitemap: {address}sitemap.xml\n" in files["robots.txt"].decode()


@pytest.mark.parametrize(("name", "shown"), [("404.html", ("", "search/")), ("no-network/index.html", ("check/",))])
def test_a_page_that_answers_everywhere_begins_its_links_in_the_folder_of_the_site(
    name: str, shown: tuple[str, ...], published: dict[str, bytes]
) -> None:
    page = LexborHTMLParser(published[name])
    links = {str(node.attributes["href"]) for node in page.css("a")} - {""}  # the very page that was asked for
    assert links >= {f"/monozukuri/{language}/{path}" for language in ("ja", "en") for path in shown}
    assert all(link.startswith(("/monozukuri/ja/", "/monozukuri/en/")) for link in links)


def entries(files: dict[str, bytes]) -> dict[str, dict[str, str]]:
    root = ET.fromstring(files["sitemap.xml"])  # noqa: S314 - the test's own build has written it
    return {
        str(url.findtext(f"{SITEMAP}loc")): {link.attrib["hreflang"]: link.attrib["href"] for link in url.iter(LINK)}
        for url in root
    }


@pytest.mark.parametrize("address", [REAL, RESERVED])
def test_the_sitemap_has_every_page_with_its_versions_which_name_each_other(
    address: str, published: dict[str, bytes], unpublished: dict[str, bytes]
) -> None:
    files = published if address == REAL else unpublished
    found = entries(files)
    wanted = {
        name.removesuffix("index.html") for name, page in pages(files).items() if not page.css("meta[name=robots]")
    }
    assert {url.removeprefix(address) for url in found} == wanted
    for url, versions in found.items():
        assert set(versions) == {"ja", "en", "x-default"}
        assert url in versions.values()
        assert all(found[version] == versions for version in versions.values())
        assert versions["x-default"] == versions["ja"]


def test_no_date_of_change_is_made_up(published: dict[str, bytes]) -> None:
    assert b"lastmod" not in published["sitemap.xml"]


def test_an_address_that_cannot_be_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["build", "--address", "http://guide.go.jp/", f"--out={tmp_path / 'public'}"])
    assert ended.value.code == USAGE_ERROR
    assert not (tmp_path / "public").exists()
