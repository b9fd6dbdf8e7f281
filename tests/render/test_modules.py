"""Modules that a page needs are known before its scripts are read."""

from __future__ import annotations

from site_builder.render.modules import imported_by

FILES = {
    "theme-0/scripts/check.mjs": b"""
// @ts-check
import { one } from "./one.mjs"; // first
import "./two.mjs";
import {
  three,
} from "./three.mjs";

/** @typedef {import("./types.mjs").Type} Type */
const later = () => import("./later.mjs");
""",
    "theme-0/scripts/one.mjs": b'import { two } from "./two.mjs";\nexport { four } from "./four.mjs";\n',
    "theme-0/scripts/two.mjs": b'import { settings } from "./check.mjs";\n',
    "theme-0/scripts/three.mjs": b"",
    "theme-0/scripts/four.mjs": b'import { gone } from "./gone.mjs";\n',
}
PAGE = '<script type="module" src="../../theme-0/scripts/check.mjs" integrity="sha256-x"></script>'


def test_all_that_is_imported_at_once_is_named_once_and_the_nearest_first() -> None:
    names = ("one", "two", "three", "four", "gone")
    assert imported_by(PAGE, FILES.get) == tuple(f"theme-0/scripts/{name}.mjs" for name in names)


def test_a_page_without_scripts_needs_none() -> None:
    assert imported_by('<script type="application/ld+json">{}</script>', FILES.get) == ()
