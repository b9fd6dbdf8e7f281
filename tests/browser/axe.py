"""What axe-core finds on a page, in the looks that visitors have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Nothing but what is broken is gathered: that axe describes all that is in order takes most of its time. Nor does it
#: fetch styles, sound and film first: no rule that is asked for reads styles, and the site has no sound or film.
FRUGALLY = {"resultTypes": ["violations"], "preload": False}
EVERY_RULE = {**FRUGALLY, "runOnly": TAGS}
#: What colours can break: these rules. All others see the same in light, in dark and in forced colours.
COLOURS = ("color-contrast", "link-in-text-block")
RULES_OF_COLOURS = {**FRUGALLY, "runOnly": {"type": "rule", "values": COLOURS}}
#: Colours are the same in both languages, and to look at them takes more time than all the rest.
ALL_BUT_COLOURS = {**EVERY_RULE, "rules": {name: {"enabled": False} for name in COLOURS}}
RUN = """async options => (await axe.run(options)).violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.html}`))"""


#: Widths and colour schemes, and the rules that are asked for in each: every rule on a phone and on a desk, each colour
#: in both schemes. That English has the same structure is seen on a desk, that Japanese has it on a phone.
PHONE, DESK = 390, 1280
Look: TypeAlias = tuple[int, Literal["light", "dark"], Mapping[str, object]]
LOOKS: dict[str, list[Look]] = {
    "en": [(DESK, "dark", ALL_BUT_COLOURS)],
    "ja": [(PHONE, "light", EVERY_RULE), (DESK, "dark", RULES_OF_COLOURS)],
}
#: What a page may colour on one of them alone.
OTHER_COLOURS: list[Look] = [(PHONE, "dark", RULES_OF_COLOURS), (DESK, "light", RULES_OF_COLOURS)]


def violations(page: Page, rules: Mapping[str, object] = EVERY_RULE) -> list[str]:
    """Say every rule that is broken, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, rules)
    return found


def violations_in_every_look(page: Page, others: Sequence[Look] = ()) -> list[str]:
    """Say what is broken on a phone and on a desk, in light and in dark; whoever asks looks at both languages."""
    found = []
    for width, scheme, rules in (*LOOKS[page.evaluate("document.documentElement.lang")], *others):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += [f"{width} {scheme} {one}" for one in violations(page, rules)]
    return found
