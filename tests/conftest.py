"""What many tests look at: the real site, built once for a session of tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from site_builder.build import PROJECT, Sources, build

REAL = Sources(PROJECT / "rules", PROJECT / "content")


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real site."""
    out = tmp_path_factory.mktemp("site") / "public"
    build(REAL, out, print)
    return out


@pytest.fixture(scope="session")
def pages(built_site: Path) -> dict[str, LexborHTMLParser]:
    """Every HTML page of the real site, by its file's path from the root."""
    return {
        file.relative_to(built_site).as_posix(): LexborHTMLParser(file.read_text(encoding="utf-8"))
        for file in sorted(built_site.rglob("*.html"))
    }
