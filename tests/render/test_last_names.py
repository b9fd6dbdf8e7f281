"""The names that are written last: each gap has its name, what is asked for its hash, and nothing else changes."""

from __future__ import annotations

import dataclasses

from site_builder.render.templates import LastNames

NAMES = LastNames("theme-1", "search-1", "0123", "77")
SEALED = dataclasses.replace(NAMES, seals={"styles/a.css": "sha256-a", "scripts/b.mjs": "sha256-b"})


def gap(name: str) -> str:
    return f"\ue000{name}\ue001"


def written(names: LastNames, html: str, **beside: str) -> str:
    return names.written(html.encode(), {f"{name}.css": seal for name, seal in beside.items()}).decode()


def test_each_gap_has_its_name() -> None:
    html = f'{gap("theme")}/a <a href="../{gap("search")}/">補助</a> {gap("edition")}{gap("rules_bytes")} b'
    assert written(NAMES, html) == 'theme-1/a <a href="../search-1/">補助</a> 012377 b'


def test_a_style_and_a_script_of_the_theme_have_their_hashes_and_a_picture_has_none() -> None:
    html = "".join(f'<x y="../{gap("theme")}/{name}">' for name in ("styles/a.css", "scripts/b.mjs", "images/c.svg"))
    assert written(SEALED, html) == (
        '<x y="../theme-1/styles/a.css" integrity="sha256-a"><x y="../theme-1/scripts/b.mjs" integrity="sha256-b">'
        '<x y="../theme-1/images/c.svg">'
    )
    assert "integrity" not in written(NAMES, html)


def test_a_style_beside_the_page_has_its_hash() -> None:
    html = '<link rel="stylesheet" href="own.css">'
    assert written(SEALED, html, own="sha256-c") == '<link rel="stylesheet" href="own.css" integrity="sha256-c">'
    assert written(NAMES, html, own="sha256-c") == html


def test_the_signs_of_a_gap_that_are_none_stay() -> None:
    for text in ("\ue000", "a\ue001b", "\ue000other\ue001", "\ue000theme", "補\ue000助\ue001\ue000"):
        assert written(SEALED, text) == text
