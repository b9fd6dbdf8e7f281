"""The public address: what counts as one, and what does not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from site_builder.errors import GuidanceError, GuidanceErrors, Place
from site_builder.site.content import read_content
from site_builder.site.public_address import public_address
from tests.site.hand_made import rules

CONTENT = Path(__file__).parents[2] / "content"
HERE = Place("site.yaml")


@pytest.mark.parametrize(
    ("written", "text", "host", "folder"),
    [
        ("https://a.go.jp/", "https://a.go.jp/", "a.go.jp", "/"),
        ("https://a.go.jp", "https://a.go.jp/", "a.go.jp", "/"),
        ("https://a.go.jp:8443/guide", "https://a.go.jp:8443/guide/", "a.go.jp", "/guide/"),
    ],
)
def test_an_address_ends_in_a_slash(written: str, text: str, host: str, folder: str) -> None:
    address = public_address(written, HERE)
    assert (address.text, address.host, address.folder) == (text, host, folder)
    assert address.of("ja/check/#form") == f"{text}ja/check/#form"


@pytest.mark.parametrize(
    "written",
    [
        "http://a.go.jp/",
        "a.go.jp",
        "//a.go.jp/",
        "https://",
        "https:///x/",
        "https://me@a.go.jp/",
        "https://a.go.jp/?page=1",
        "https://a.go.jp/#top",
        "https://a.go.jp/?",
        "https://a.go.jp/x/../y/",
        "https://a.go.jp//x/",
        "https://a.go.jp:port/",
        "https://[a/",
        "https://a.go.jp/ガイド/",
        "https://a.go.jp/a b/",
    ],
)
def test_what_no_site_can_have_is_refused(written: str) -> None:
    with pytest.raises(GuidanceError) as told:
        public_address(written, HERE)
    assert told.value.code == "wrong-address"
    assert written in told.value.sentence


@pytest.mark.parametrize(
    ("written", "is_reserved"),
    [
        ("https://monozukuri-guide.example/", True),
        ("https://example.org/", True),
        ("https://www.example.com/x/", True),
        ("https://localhost:8000/", True),
        ("https://myexample.com/", False),
        ("https://example.go.jp/", False),
    ],
)
def test_a_reserved_name_is_known(written: str, is_reserved: bool) -> None:
    assert public_address(written, HERE).is_reserved is is_reserved


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("address: http://a.go.jp/\nauthority: a.go.jp,2026\n", "wrong-address"),
        ("authority: a.go.jp,2026\n", "missing-key"),
        ("address: [a]\nauthority: a.go.jp,2026\n", "wrong-type"),
        ("address: https://a.go.jp/\nauthority: a.go.jp\n", "bad-literal"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_place(file: str, code: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    (folder / "site.yaml").write_text(file, encoding="utf-8")
    with pytest.raises(GuidanceErrors) as told:
        read_content(folder, rules())
    assert ("content/site.yaml", code) in [(error.place.path, error.code) for error in told.value.errors]
