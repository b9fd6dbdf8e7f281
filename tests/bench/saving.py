"""Measures how long a writer waits: from saving a file until a real Chromium shows what was written."""

from __future__ import annotations

import argparse
import contextlib
import re
import shutil
import statistics
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from site_builder.build import HERE, PROJECT, Sources, Workshop, pack, silently
from site_builder.live.serving import live
from site_builder.serve import address
from tests.bench.table import table
from tests.windows import installed

TIMES = 9
LONGEST_REST = 10  # seconds
LONGEST_WAIT = 60_000  # milliseconds
FRAME, GREEN = "ja/monozukuri/r3s/13/normal/", "ja/monozukuri/r3s/13/green/"
#: Says whether a self-diagnosis has started its Python: until then that takes both processors. No other page has any.
IS_READY = '() => !document.querySelector("#check:not([data-stage=ready])")'
#: Says when, by the page's clock, it shows what is looked for: words of its text, or the colour of its heading.
LOOK = """
(() => {
  const shows = (wanted) => wanted.startsWith("rgb")
    ? getComputedStyle(document.querySelector("h1")).color === wanted
    : document.body.textContent.includes(wanted);
  const look = () => {
    const wanted = sessionStorage.getItem("wanted");
    if (wanted && !sessionStorage.getItem("seen") && document.querySelector("h1") && shows(wanted)) {
      sessionStorage.setItem("seen", "yes");
      console.debug(`shown ${Date.now()}`);
    }
    requestAnimationFrame(look);
  };
  look();  // no frame is drawn before the styles are there; scripts, for which DOMContentLoaded waits, come later
})();
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change: in `file`, `old` becomes `new`, where {} is a number; `page` shows `shown` then."""

    name: str
    file: str
    old: str
    new: str
    page: str
    shown: str


KINDS = (
    Kind(
        "a sentence of a guide",
        "content/guides/costs.ja.md",
        r"\A(# .*\n\n)",
        r"\1試しの{}番です。",
        "ja/costs/",
        "試しの{}番です。",
    ),
    Kind(
        "a sentence of the home page",
        "content/home.ja.md",
        r"\A(# .*\n\n)",
        r"\1試しの{}番です。",
        "ja/",
        "試しの{}番です。",
    ),
    Kind(
        "a word of the interface",
        "content/interface.yaml",
        "公式サイトではありません",
        "公式ではない{}番",
        FRAME,
        "公式ではない{}番",
    ),
    Kind(
        "a sentence of a frame",
        "rules/monozukuri/r3s/normal.yaml",
        "革新的な製品",
        "革新的な{}番の製品",
        FRAME,
        "革新的な{}番の製品",
    ),
    Kind("a figure of a frame", "rules/monozukuri/r3s/green.yaml", "value: 1%", "value: 1.{}%", GREEN, "1.{}%"),
    Kind(
        "a date of a round",
        "rules/monozukuri/r3s/rounds/13.yaml",
        "at: 2022-12-22 17:00",
        "at: 2022-12-22 17:{}",
        FRAME,
        "17:{}",
    ),
    Kind(
        "a figure that all frames share",
        "rules/monozukuri/r3s/rule_set.yaml",
        "value: 750万円",
        "value: 7{}万円",
        FRAME,
        "7{}万円",
    ),
    Kind(
        "a question of a fact",
        "rules/facts.yaml",
        "申請する事業者の形態は",
        "{}番の形態は",
        "ja/check/",
        "{}番の形態は",
    ),
    Kind(
        "a worked example",
        "rules/monozukuri/r3s/examples/green.yaml",
        r'(story:\s+ja: ")',
        r"\1試しの{}番。",
        f"{GREEN}examples/",
        "試しの{}番。",
    ),
    Kind(
        "a template",
        "theme/templates/frame.html",
        '<dl class="key">',
        '<p>template {}</p><dl class="key">',
        FRAME,
        "template {}",
    ),
    Kind("the template of all pages", "theme/templates/base.html", "<h1>", "<p>base {}</p><h1>", FRAME, "base {}"),
    Kind(
        "a script",
        "theme/scripts/check.mjs",
        r"\Z",
        '\ndocument.querySelector("h1").textContent = "試しの{}番";\n',
        "ja/check/",
        "試しの{}番",
    ),
    Kind("a style sheet", "theme/styles/site.css", r"\Z", "\nh1 {{ color: rgb(1, 2, {}) }}\n", FRAME, "rgb(1, 2, {})"),
)


def kinds_with(words: str) -> list[Kind]:
    """Return the kinds of changes with these words in their names; as the type of an argument it says if none has."""
    found = [kind for kind in KINDS if words in kind.name]
    if not found:
        raise argparse.ArgumentTypeError(f"no row has {words!r} in its name: {', '.join(kind.name for kind in KINDS)}")
    return found


def while_saving(say: Callable[[str], None], kinds: Sequence[Kind] = KINDS) -> str:
    """Return a table of kinds of changes, each with the time until the open page shows it; `say` is told of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("rules", "content"):
            shutil.copytree(PROJECT / part, folder / part)
        shutil.copytree(HERE / "theme", folder / "theme")
        sources = Sources(folder / "rules", folder / "content", theme=folder / "theme")
        workshop = Workshop(sources, pack(silently), works_offline=False)
        with live(workshop, 0, silently) as server, sync_playwright() as playwright:
            options = ["--no-sandbox", "--disable-background-networking"]
            with playwright.chromium.launch(executable_path=installed("chromium"), args=options) as browser:
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.add_init_script(LOOK)
                rows = [_row(kind, folder, address(server), page, say) for kind in kinds]
    return table(["what is saved", "page", "shown after, median", "most"], rows)


def _row(kind: Kind, folder: Path, site: str, page: Page, say: Callable[[str], None]) -> list[str]:
    say(kind.name)
    file = folder / kind.file
    before = file.read_text("utf-8")
    page.goto(f"{site}{kind.page}", timeout=LONGEST_WAIT)
    waits = [_wait(kind, before, file, number, site, page) for number in range(11, 11 + TIMES)]
    page.goto("about:blank")  # or else the page, which is loaded again as it was, may win over the next one
    file.write_text(before, "utf-8")
    say(", ".join(f"{wait:.0f} ms" for wait in waits))
    return [kind.name, f"/{kind.page}", f"{statistics.median(waits):.0f} ms", f"{max(waits):.0f} ms"]


def _wait(kind: Kind, before: str, file: Path, number: int, site: str, page: Page) -> float:
    """Save a change and return the milliseconds until the page shows it; nothing else is being made meanwhile."""
    with contextlib.suppress(urllib.error.HTTPError, TimeoutError):  # the examples of a changed figure are wrong
        # This is answered when the whole site is made; on a busy machine nobody waits so long.
        urllib.request.urlopen(f"{site}data/index.json", timeout=LONGEST_REST).close()
    page.wait_for_function(IS_READY, timeout=LONGEST_WAIT)
    after = re.sub(kind.old, kind.new.format(number), before, count=1)
    assert after != before, kind.name
    page.evaluate(
        "(wanted) => { sessionStorage.removeItem('seen'); sessionStorage.setItem('wanted', wanted); }",
        kind.shown.format(number),
    )
    with page.expect_console_message(lambda message: message.text.startswith("shown "), timeout=LONGEST_WAIT) as shown:
        began = time.time()
        file.write_text(after, "utf-8")
    return float(shown.value.text.removeprefix("shown ")) - 1000 * began
