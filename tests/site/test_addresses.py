"""Addresses: links are written relative to the page that they stand on."""

from __future__ import annotations

import pytest

from site_builder.site.addresses import SOURCES, frame_address, seen_from


def test_a_page_has_an_address_of_the_same_form_in_every_language() -> None:
    page = frame_address("monozukuri/r3s", 13, "digital")
    assert (page.path("ja"), page.path("en")) == ("ja/monozukuri/r3s/13/digital/", "en/monozukuri/r3s/13/digital/")


def test_an_anchor_follows_the_address() -> None:
    assert SOURCES.path("ja", "r3_outline") == "ja/sources/#r3_outline"


@pytest.mark.parametrize(
    ("start", "target", "written"),
    [
        ("ja/a/b/", "ja/a/b/", "./"),
        ("ja/a/b/", "ja/a/b/#x", "#x"),
        ("ja/a/b/", "ja/a/", "../"),
        ("ja/a/b/", "ja/a/b/c/", "c/"),
        ("ja/a/b/", "en/a/b/", "../../../en/a/b/"),
        ("ja/a/b/", "ja/sources/#x", "../../sources/#x"),
        ("ja/", "theme-0/styles/site.css", "../theme-0/styles/site.css"),
        ("ja/", "rules.json", "../rules.json"),
        ("ja/a/", "", "../../"),
    ],
)
def test_a_link_is_relative_to_its_page(start: str, target: str, written: str) -> None:
    assert seen_from(start, target) == written
