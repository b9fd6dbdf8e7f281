"""Measures how long the browser's Python takes to start: as it is published here, as it ships, and what others start.

Every variant runs the same few lines, in turn; a first visit is with an empty browser, a second with what it has kept.
The page itself tells how long it took: whoever looks from outside does so after 0.1, 0.35, 0.85 and 1.85 s, and sees no
difference between what is there after 0.4 and after 0.8 s. Times are told as ratios to Pyodide as it ships.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Playwright, expect, sync_playwright

from site_builder.runtime import pack_runtime
from site_builder.serve import LOOPBACK, SiteHandler, SiteServer, address, answering
from tests.bench.real import ROOT
from tests.bench.table import table
from tests.windows import installed

PAGE = ROOT / "tests" / "runtime" / "page"
#: Where a page and its worker lie in the folder of a variant.
PLACE, WORKER_PLACE = "ja/check/", "theme-000000000000/scripts/"
SCRIPTS = ROOT / "site_builder" / "theme" / "scripts"
PAGES = ROOT / "tests" / "bench" / "pages"
SHIPPED = ROOT / "node_modules" / "pyodide"
TOOLS = ROOT / "tests" / "bench" / "tools" / "node_modules"
PYODIDE_FILES = ("pyodide.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
MICROPYTHON_FILES = ("micropython.mjs", "micropython.wasm")
#: What PyScript loads only for editors and terminals, and for archives.
NOT_LOADED = ("codemirror", "xterm", "zip")
VISITS = 7
LONGEST_START = 120_000  # milliseconds
#: Says how many milliseconds after the visit began the page has its answer.
SAY_WHEN_ANSWERED = """
new MutationObserver((_, observer) => {
  if (["", "waiting"].includes(document.title)) return;
  observer.disconnect();
  console.debug(`answered after ${performance.now()}`);
}).observe(document, { subtree: true, childList: true });
"""
ANSWERED = "answered after "
#: Milliseconds that a visitor stays, so that the browser can keep what it wants to; in all variants.
STAY = 3_000
EXPRESSION = "6 * 7"
#: Loads the calculator, and has it refuse a text that is no case.
CALCULATOR = """
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
    """One way to run Python in a browser: its page, and the seconds of its first and second visits.

    `page` are the files of the page and its worker by their places, `files` those of the runtime's folder. `settings`
    are what its worker reads. `program` is what is asked for, and `value` the answer. A page that `keeps` leaves its
    memory for the second visit, when the first has ended.
    """

    name: str
    page: Mapping[str, Path]
    files: Mapping[str, Path]
    program: str
    value: str
    settings: Mapping[str, str | None] = field(default_factory=dict)
    keeps: bool = False
    first: list[float] = field(default_factory=list)
    second: list[float] = field(default_factory=list)

    def size(self) -> int:
        """Return the bytes of all files, compressed."""
        return sum(compressed(list(self.files.values())))


class WithoutPolicy(SiteHandler):
    """Serves as the site's own server does, but for the policy, under which PyScript does not start."""

    def send_header(self, keyword: str, value: str) -> None:
        if keyword != "Content-Security-Policy":
            super().send_header(keyword, value)


def starting(say: Callable[[str], None]) -> str:
    """Return two tables of variants, until a first expression and until the calculator is there."""
    with tempfile.TemporaryDirectory() as folder:
        groups = [list(_first_expression()), list(_calculator(Path(folder)))]
        _visit_all([variant for group in groups for variant in group], say)
        return "\n\n".join(map(_told, groups))


def _visit_all(variants: Sequence[Variant], say: Callable[[str], None]) -> None:
    with _site(variants) as root, sync_playwright() as playwright:
        for number in range(VISITS):
            for place, variant in enumerate(variants):
                say(f"{variant.name}, visit {number + 1} of {VISITS}")
                with tempfile.TemporaryDirectory() as profile:
                    for times, keeps in ((variant.first, variant.keeps), (variant.second, False)):
                        times.append(_start(playwright, profile, f"{root}{place}/", variant, keeps))


def _told(variants: Sequence[Variant]) -> str:
    shipped = variants[0]
    head = ("Python in a browser", "MB, brotli", "first visit", "second visit")
    seconds = f"{statistics.median(shipped.first):.1f} s and {statistics.median(shipped.second):.1f} s"
    rows = [_row(variant, shipped) for variant in variants]
    return f"{table(head, rows)}\n\n1.00 is {seconds}, the medians of {VISITS}."


def compressed(files: Sequence[Path]) -> list[int]:
    """Return the brotli size of each file in bytes, at the highest level."""
    names = "\n".join(map(str, files))
    ended = subprocess.run(["node", "-e", BROTLI], input=names, capture_output=True, text=True, check=True)
    return list(map(int, ended.stdout.split()))


def _first_expression() -> Iterator[Variant]:
    """Yield what starts a Python and works out one expression."""
    for pyodide, script in ((SHIPPED, "pyodide.asm.js"), (TOOLS / "pyodide", "pyodide.asm.mjs")):
        name = f"Pyodide {_version(pyodide)} as it ships"
        yield _as_shipped(name, pyodide, script, EXPRESSION, "42")
    core = {file.name: file for file in (TOOLS / "@pyscript" / "core" / "dist").glob("*.js")}
    needed = {name: file for name, file in core.items() if not name.startswith(NOT_LOADED)}
    micropython = TOOLS / "@micropython" / "micropython-webassembly-pyscript"
    for name, folder, interpreter in (
        (f"PyScript with Pyodide {_version(SHIPPED)}", "pyscript", _shipped_files(SHIPPED, "pyodide.asm.js")),
        ("PyScript with MicroPython", "micropython", {name: micropython / name for name in MICROPYTHON_FILES}),
    ):
        yield Variant(name, _page(folder), {**needed, **interpreter}, EXPRESSION, "42")


def _calculator(folder: Path) -> Iterator[Variant]:
    """Yield what starts a Python and imports the calculator."""
    subprocess.run(
        [sys.executable, "-m", "flit_core.wheel", "--outdir", str(folder), str(ROOT)], check=True, capture_output=True
    )
    (wheel,) = folder.glob("*.whl")
    yield _as_shipped(
        f"Pyodide {_version(SHIPPED)} as it ships, and the wheel", SHIPPED, "pyodide.asm.js", CALCULATOR, "load", wheel
    )
    ours = pack_runtime(ROOT / "calculator", ROOT / "node_modules", ROOT / ".cache")
    page = {
        **{f"{WORKER_PLACE}{script.name}": script for script in SCRIPTS.iterdir()},
        **{file.relative_to(PAGE).as_posix(): file for file in PAGE.rglob("*") if file.is_file()},
    }
    yield Variant("as published here, nothing remembered", page, ours.files, CALCULATOR, "load")
    yield Variant("as published here", page, ours.files, CALCULATOR, "load", keeps=True)


def _as_shipped(name: str, pyodide: Path, script: str, program: str, value: str, wheel: Path | None = None) -> Variant:
    files = _shipped_files(pyodide, script) | ({} if wheel is None else {wheel.name: wheel})
    page = {f"{PLACE}{file.name}": file for file in (PAGE / PLACE).iterdir()}
    page[f"{WORKER_PLACE}worker.mjs"] = PAGES / "worker" / "worker.mjs"
    settings = {"script": script, "wheel": None if wheel is None else wheel.name}
    return Variant(name, page, files, program, value, settings)


def _shipped_files(pyodide: Path, script: str) -> dict[str, Path]:
    return {name: pyodide / name for name in (*PYODIDE_FILES, script)}


def _page(folder: str) -> Mapping[str, Path]:
    return {f"{PLACE}icon.svg": PAGE / PLACE / "icon.svg", f"{PLACE}index.html": PAGES / folder / "index.html"}


def _version(package: Path) -> str:
    version: str = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    return version


def _runtime(place: int) -> str:
    return f"runtime-{place:012x}"


@contextmanager
def _site(variants: Sequence[Variant]) -> Iterator[str]:
    """Serve a folder for each variant, with its page in it."""
    with tempfile.TemporaryDirectory() as folder:
        for place, variant in enumerate(variants):
            _write_page(Path(folder) / str(place), variant, _runtime(place))
        handler = partial(WithoutPolicy, directory=folder)
        with SiteServer((LOOPBACK, 0), handler) as server, answering(server):
            yield address(server)


def _write_page(folder: Path, variant: Variant, runtime: str) -> None:
    (folder / runtime).mkdir(parents=True)
    for name, file in variant.page.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(file.read_bytes().replace(b"RUNTIME", f"../../{runtime}".encode()))
    settings = folder / WORKER_PLACE / "settings.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(variant.settings), encoding="utf-8")
    for name, file in variant.files.items():
        (folder / runtime / name).write_bytes(file.read_bytes())


def _start(playwright: Playwright, profile: str, root: str, variant: Variant, keeps: bool) -> float:
    """Return the seconds of a visit; whoever keeps the memory then does so before the browser is closed."""
    place = int(root.rstrip("/").rpartition("/")[2])
    asked = {"runtime": f"/{place}/{_runtime(place)}", "program": variant.program, **({"keep": ""} if keeps else {})}
    with playwright.chromium.launch_persistent_context(
        profile, executable_path=installed("chromium"), args=["--no-sandbox"]
    ) as browser:
        page = browser.new_page()
        page.goto(f"{root}{PLACE}icon.svg")
        page.add_init_script(SAY_WHEN_ANSWERED)
        with page.expect_console_message(lambda said: said.text.startswith(ANSWERED), timeout=LONGEST_START) as said:
            page.goto(f"{root}{PLACE}?{urlencode(asked)}")
        took = float(said.value.text.removeprefix(ANSWERED)) / 1000
        answer = json.loads(page.inner_text("#answer"))
        assert str(answer.get("value")) == variant.value, answer
        if keeps:
            expect(page).to_have_title("kept", timeout=LONGEST_START)
        page.wait_for_timeout(STAY)
    return took


def _row(variant: Variant, shipped: Variant) -> tuple[str, ...]:
    first = statistics.median(variant.first) / statistics.median(shipped.first)
    second = statistics.median(variant.second) / statistics.median(shipped.second)
    return (variant.name, f"{variant.size() / 1_000_000:.2f}", f"{first:.2f}", f"{second:.2f}")
