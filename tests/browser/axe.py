"""What axe-core finds on a page, in the looks that visitors have."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Nothing but what is broken is gathered: that axe describes all that is in order takes most of its time. Nor does it
#: fetch styles, sound and film first: no rule that is asked for reads styles, and the site has no sound or film.
OPTIONS = {"runOnly": TAGS, "resultTypes": ["violations"], "preload": False}
RUN = """async options => (await axe.run(options)).violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.html}`))"""


def violations(page: Page) -> list[str]:
    """Say every rule that is broken, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, OPTIONS)
    return found


def violations_in_every_look(page: Page) -> list[str]:
    """Say what is broken on a phone and on a desk, in light and in dark."""
    found = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme} {one}" for one in violations(page)]
    return found
