"""Measures how long one changed page or figure takes: until the server that stays has it made again.

What is measured ends with the answer to a request for the page, which waits for what was saved before it. Beside it,
in turn with it, Hugo makes the same large site again after the same change.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import statistics
import subprocess
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
from tests.bench.building import GENERATORS
from tests.bench.corpus import write_sources
from tests.bench.real import ROOT
from tests.bench.saving import Kind
from tests.bench.table import table

TIMES = 9
#: A save is measured when nothing else is being made: the whole site has been for so many seconds.
REST = 1.0


REAL = (
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
MADE_UP = (
    Kind(
        "a page",
        "content/guides/page-00500.ja.md",
        r"\A(# .*\n\n)",
        r"\1試しの{}番です。",
        "ja/page-00500/",
        "試しの{}番です。",
    ),
    Kind(
        "a figure",
        "rules/demo/b1/rounds/2.yaml",
        r"(at: 2022-10-24 17:)00",
        r"\g<1>{}",
        "ja/demo/b1/2/",
        "17:{}",
    ),
)
#: The same page as Hugo reads it.
OF_HUGO = Path("content", "ja", "page-00500.md")
PAGES = 2_000
_HEAD = ("site", "changed", "made again after, median", "most", "beside Hugo")


def rebuilding(say: Callable[[str], None]) -> str:
    """Return a table of one change after the other, of the real site and of a large one, in turn with Hugo."""
    with tempfile.TemporaryDirectory(prefix="rebuilding-") as name:
        real, large, hugo = (Path(name) / one for one in ("real", "large", "hugo"))
        for part in ("rules", "content"):
            shutil.copytree(ROOT / part, real / part)
        rows = [_row("the real site", _waits(change, real, None, say), None) for change in REAL]
        write_sources(PAGES, large)
        GENERATORS[-1].fill(PAGES, hugo)
        of_hugo: list[float] = []
        measured = [_waits(change, large, lambda: of_hugo.append(_hugo_again(hugo)), say) for change in MADE_UP]
        rows += [_row(f"{PAGES:,} made-up pages", one, statistics.median(of_hugo)) for one in measured]
        rows.append(_row("the same, by Hugo", ("a page", of_hugo), None))
    return table(_HEAD, rows)


def _row(site: str, measured: tuple[str, list[float]], of_hugo: float | None) -> list[str]:
    name, waits = measured
    middle = statistics.median(waits)
    beside = "" if of_hugo is None else f"{middle / of_hugo:.2f}"
    return [site, name, f"{middle:.0f} ms", f"{max(waits):.0f} ms", beside]


def _waits(
    change: Kind, folder: Path, in_turn: Callable[[], object] | None, say: Callable[[str], None]
) -> tuple[str, list[float]]:
    """Return what is changed, and the milliseconds after each save; something else is done before each `in_turn`."""
    sources = Sources(folder / "rules", folder / "content", theme=HERE / "theme")
    waits = []
    with live(Workshop(sources, RuntimePackage({}, "runtime-none"), works_offline=False), 0, silently) as server:
        file, where = folder / change.file, address(server)
        before = file.read_text("utf-8")
        with contextlib.redirect_stderr(io.StringIO()):
            for number in range(11, 11 + TIMES):
                _let_rest(where)
                if in_turn is not None:
                    in_turn()
                waits.append(_wait(change, before, file, number, where))
        file.write_text(before, "utf-8")
    say(f"{folder.name}, {change.name}: {', '.join(f'{wait:.0f} ms' for wait in waits)}")
    return change.name, waits


def _hugo_again(folder: Path) -> float:
    """Change a page, and return the milliseconds until Hugo has made its site again where it was made before."""
    out, file = folder / "public", folder / OF_HUGO
    command = GENERATORS[-1].command(folder, out)
    if not out.exists():
        subprocess.run(command, cwd=folder, check=True)
    file.write_text(f"{file.read_text('utf-8')}\n試しの文です。\n", "utf-8")
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True)
    return 1000 * (time.perf_counter() - began)


def _let_rest(site: str) -> None:
    """Wait until the whole site is made."""
    with contextlib.suppress(urllib.error.HTTPError):  # the examples of a changed figure are wrong
        urllib.request.urlopen(f"{site}data/index.json").close()
    time.sleep(REST)


def _wait(change: Kind, before: str, file: Path, number: int, site: str) -> float:
    """Save a change, and return the milliseconds until its page is there."""
    after = re.sub(change.old, change.new.format(number), before, count=1)
    began = time.perf_counter()
    file.write_text(after, "utf-8")
    with urllib.request.urlopen(f"{site}{change.page}") as answer:
        html = answer.read().decode()
    took = 1000 * (time.perf_counter() - began)
    assert change.shown.format(number) in html, change.name
    return took
