"""Addresses: links are written relative to the page that they stand on."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.site.addresses import (
    SOURCES,
    frame_address,
    programme_address,
    round_address,
    rule_set_address,
    seen_from,
)


def test_a_page_has_an_address_of_the_same_form_in_every_language() -> None:
    page = frame_address("monozukuri/r3s", 13, "digital")
    assert (page.path("ja"), page.path("en")) == ("ja/monozukuri/r3s/13/digital/", "en/monozukuri/r3s/13/digital/")


def test_a_programme_a_rule_set_and_a_round_stand_one_above_the_other() -> None:
    pages = (programme_address("monozukuri"), rule_set_address("monozukuri/r1s"), round_address("monozukuri/r1s", 9))
    assert [page.path("ja") for page in pages] == ["ja/monozukuri/", "ja/monozukuri/r1s/", "ja/monozukuri/r1s/9/"]


def test_a_call_without_a_number_lives_where_its_rule_set_does() -> None:
    assert round_address("it/r3s", None) == rule_set_address("it/r3s")
    assert frame_address("it/r3s", None, "register").path("en") == "en/it/r3s/register/"


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


FOLDERS = st.lists(st.sampled_from(["ja", "en", "a", "b"]), max_size=4).map(
    lambda parts: "".join(f"{one}/" for one in parts)
)


@given(FOLDERS, FOLDERS, st.sampled_from(["", "x.csv"]))
def test_a_link_leads_from_any_page_to_any_file(start: str, folder: str, name: str) -> None:
    written = seen_from(start, f"{folder}{name}")
    assert not written.startswith("/")
    assert posixpath.normpath(f"/{start}{written}") == posixpath.normpath(f"/{folder}{name}")
    assert written.endswith("/") == (not name)
