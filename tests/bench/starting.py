"""Measures how long the browser's Python takes to start: as it is published here, as it ships, and what others start.

Every variant runs the same page with the same few lines, in turn; a first visit is with an empty browser, a second with
what it has kept. Times are told as ratios to Pyodide as it ships.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Playwright, expect, sync_playwright

from site_builder.runtime import RuntimePackage, pack_runtime
from site_builder.runtime.packing import LIBRARY
from site_builder.serve import served
from tests.bench.real import ROOT
from tests.bench.table import table
from tests.windows import installed

PAGE = ROOT / "tests" / "runtime" / "page"
NODE_MODULES = ROOT / "node_modules"
VISITS = 7
LONGEST_START = 120_000  # milliseconds
#: Loads the calculator, and has it refuse a text that is no case.
PROGRAM = """
from calculator import browser
browser.load.__name__
"""
#: Prints the size of each file that is named on its input, compressed as a web server would keep it.
BROTLI = """
const { brotliCompressSync, constants } = require("zlib"), { readFileSync } = require("fs");
for (const file of readFileSync(0, "utf8").split("\\n")) {
  const content = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  console.log(brotliCompressSync(content, { params }).length);
}
"""


@dataclass
class Variant:
    """One way to run Python in a browser: the files of its folder, and the seconds of its first and second visits."""

    name: str
    files: Mapping[str, Path]
    first: list[float] = field(default_factory=list)
    second: list[float] = field(default_factory=list)

    def size(self) -> int:
        """Return the bytes of all files, compressed."""
        return sum(compressed(list(self.files.values())))


def starting(say: Callable[[str], None]) -> str:
    """Return a table of the variants, each with its bytes and with its times beside those of Pyodide as it ships."""
    variants = list(_variants())
    with _site(variants) as address, sync_playwright() as playwright:
        for number in range(VISITS):
            for place, variant in enumerate(variants):
                say(f"{variant.name}, visit {number + 1} of {VISITS}")
                with tempfile.TemporaryDirectory() as profile:
                    for times in (variant.first, variant.second):
                        times.append(_start(playwright, profile, f"{address}{place}/"))
    shipped = variants[0]
    rows = [_row(variant, shipped) for variant in variants]
    head = ("Python in a module worker", "MB, brotli", "first visit", "second visit")
    seconds = f"{statistics.median(shipped.first):.1f} s and {statistics.median(shipped.second):.1f} s"
    return f"{table(head, rows)}\n\n1.00 is {seconds}, the medians of {VISITS}."


def compressed(files: Sequence[Path]) -> list[int]:
    """Return the brotli size of each file in bytes, at the highest level."""
    names = "\n".join(map(str, files))
    ended = subprocess.run(["node", "-e", BROTLI], input=names, capture_output=True, text=True, check=True)
    return list(map(int, ended.stdout.split()))


def _variants() -> Iterator[Variant]:
    ours = pack_runtime(ROOT / "calculator", NODE_MODULES, ROOT / ".cache")
    yield Variant("Pyodide as it ships", _as_shipped(ours))
    yield Variant("as published here", ours.files)


def _as_shipped(ours: RuntimePackage) -> Mapping[str, Path]:
    """Return the files with Pyodide's own standard library."""
    return {**ours.files, LIBRARY: NODE_MODULES / "pyodide" / LIBRARY}


@contextmanager
def _site(variants: Sequence[Variant]) -> Iterator[str]:
    """Serve a folder for each variant, with the same page in it."""
    with tempfile.TemporaryDirectory() as folder:
        for place, variant in enumerate(variants):
            of_variant = Path(folder) / str(place)
            runtime = of_variant / f"runtime-{place:012x}"
            runtime.mkdir(parents=True)
            for file in PAGE.iterdir():
                (of_variant / file.name).write_bytes(file.read_bytes())
            for name, file in variant.files.items():
                (runtime / name).write_bytes(file.read_bytes())
        with served(Path(folder)) as address:
            yield address


def _start(playwright: Playwright, profile: str, address: str) -> float:
    place = address.rstrip("/").rpartition("/")[2]
    asked = urlencode({"runtime": f"runtime-{int(place):012x}", "program": PROGRAM})
    browser = playwright.chromium.launch_persistent_context(
        profile, executable_path=installed("chromium"), args=["--no-sandbox"]
    )
    with browser as context:
        page = context.new_page()
        page.goto(f"{address}icon.svg")
        before = time.perf_counter()
        page.goto(f"{address}?{asked}")
        expect(page).to_have_title("answered", timeout=LONGEST_START)
        took = time.perf_counter() - before
        assert '"value":"load"' in page.inner_text("#answer"), page.inner_text("#answer")
    return took


def _row(variant: Variant, shipped: Variant) -> tuple[str, ...]:
    first = statistics.median(variant.first) / statistics.median(shipped.first)
    second = statistics.median(variant.second) / statistics.median(shipped.second)
    return (variant.name, f"{variant.size() / 1_000_000:.2f}", f"{first:.2f}", f"{second:.2f}")
