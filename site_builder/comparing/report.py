"""Comparisons as one HTML page that needs no other file: to be opened from a disk, or kept by a CI."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from calculator.text import LANGUAGES, Language
from site_builder.comparing.calls import CallChanges
from site_builder.comparing.sites import Manner, SiteChanges, address_of
from site_builder.comparing.told import alike, told_again, told_site
from site_builder.comparing.trees import TreeChanges
from site_builder.render.templates import text_of
from site_builder.render.theme import read_templates

_TEMPLATES = Path(__file__).parent / "templates"


def report(
    before: str,
    after: str,
    languages: Sequence[Language] = LANGUAGES,
    *,
    calls: Sequence[CallChanges] = (),
    tree: TreeChanges | None = None,
    site: SiteChanges | None = None,
) -> str:
    """Return a page on what differs between `before` and `after`, which are what its reader calls them."""
    site = site if tree is None else tree.site
    groups = alike(calls if tree is None else tree.calls)
    parts = {
        "before": before,
        "after": after,
        "languages": languages,
        "calls": groups,
        "again": told_again(groups),
        "tree": tree,
        "site": site,
        "summary": next(told_site(site)) if site is not None else None,
        "Manner": Manner,
        "address_of": address_of,
    }
    return text_of(read_templates(_TEMPLATES), "report.html", parts)
