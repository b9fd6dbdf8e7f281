"""Measures how long one changed page or figure takes: until the server that stays has it made again.

What is measured ends with the answer to a request for the page, which waits for what was saved before it.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import statistics
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from site_builder.build import HERE, Sources, Workshop, silently
from site_builder.live.serving import live
from site_builder.runtime import RuntimePackage
from site_builder.serve import address
from tests.bench.real import ROOT
from tests.bench.saving import Kind
from tests.bench.table import table

TIMES = 9
#: A save is measured when nothing else is being made: the whole site has been for so many seconds.
REST = 1.0


CHANGES = (
    Kind(
        "a page",
        "content/guides/costs.ja.md",
        r"\A(# .*\n\n)",
        r"\1試しの{}番です。",
        "ja/costs/",
        "試しの{}番です。",
    ),
    Kind(
        "a figure",
        "rules/monozukuri/r3s/rounds/13.yaml",
        r"(at: 2022-12-22 17:)00",
        r"\g<1>{}",
        "ja/monozukuri/r3s/13/",
        "17:{}",
    ),
)


def rebuilding(say: Callable[[str], None]) -> str:
    """Return a table of one change after the other of the real site."""
    with tempfile.TemporaryDirectory(prefix="rebuilding-") as name:
        folder = Path(name)
        for part in ("rules", "content"):
            shutil.copytree(ROOT / part, folder / part)
        rows = [_row("the real site", change, folder, say) for change in CHANGES]
    return table(("site", "changed", "made again after, median", "most"), rows)


def _row(site: str, change: Kind, folder: Path, say: Callable[[str], None]) -> list[str]:
    sources = Sources(folder / "rules", folder / "content", theme=HERE / "theme")
    with live(Workshop(sources, RuntimePackage({}, "runtime-none"), works_offline=False), 0, silently) as server:
        file, where = folder / change.file, address(server)
        before = file.read_text("utf-8")
        with contextlib.redirect_stderr(io.StringIO()):
            waits = [_wait(change, before, file, number, where) for number in range(11, 11 + TIMES)]
        file.write_text(before, "utf-8")
    say(f"{site}, {change.name}: {', '.join(f'{wait:.0f} ms' for wait in waits)}")
    return [site, change.name, f"{statistics.median(waits):.0f} ms", f"{max(waits):.0f} ms"]


def _wait(change: Kind, before: str, file: Path, number: int, site: str) -> float:
    """Save a change when the whole site is made, and return the milliseconds until its page is there."""
    with contextlib.suppress(urllib.error.HTTPError):  # the examples of a changed figure are wrong
        urllib.request.urlopen(f"{site}data/index.json").close()
    time.sleep(REST)
    after = re.sub(change.old, change.new.format(number), before, count=1)
    began = time.perf_counter()
    file.write_text(after, "utf-8")
    with urllib.request.urlopen(f"{site}{change.page}") as answer:
        html = answer.read().decode()
    took = 1000 * (time.perf_counter() - began)
    assert change.shown.format(number) in html, change.name
    return took
