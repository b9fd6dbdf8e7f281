"""The site stays light: bytes as a server sends them that has compressed its files, and requests, by the files alone.

What a browser really asks for, and whether anything moves meanwhile: `tests/browser/test_first_view.py`.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from site_builder.hosting.headers import AHEAD_FILE
from site_builder.render.ahead import EMBEDDED_PAGES, PAGES, ahead
from site_builder.render.offline import NO_NETWORK_FILE

#: HTML and all styles of a guidance page together, in bytes: what fits into the first answer of a server.
GUIDANCE = 14_600
#: The styles of any page.
STYLES = 8_000
#: What is asked for with a first guidance page: itself, its styles, the icon, and what may be fetched ahead.
REQUESTS = 5
#: HTML and styles of a self-diagnosis, and all of its scripts with those of its worker, without the runtime.
DIAGNOSIS, SCRIPTS = 22_000, 36_000
#: What the first search loads whatever is looked for, and a part of the index or of what was found, both few.
SEARCH, SEARCH_PART = 90_000, 24_000
#: The HTML of one page that is fetched before its link is pressed.
FETCHED_AHEAD = 16_000
#: Files that are asked for again and again.
FEED, SERVICE_WORKER, RULES_OF_AHEAD = 8_000, 5_000, 200

#: How hard brotli tries: quickly, and as a server does that has compressed its files before anybody asks.
QUICK, BEST = 6, 11
#: Prints the brotli size of each file that is named on its input, compressed with this quality.
COMPRESS = """
const { brotliCompressSync, constants } = require("zlib"), { readFileSync } = require("fs");
const params = { [constants.BROTLI_PARAM_QUALITY]: Number(process.argv[1]) };
for (const file of readFileSync(0, "utf8").split("\\n"))
    console.log(brotliCompressSync(readFileSync(file), { params }).length);
"""
_STYLE = re.compile(r'<link rel="stylesheet"(?P<media> media="[^"]*")? href="(?P<href>[^"]+)"')
#: What else a browser asks for by itself.
_OTHER = re.compile(r'<(?:script|img|iframe)\b[^>]* src="|<link rel="(?:preload|modulepreload|prefetch)"')
_IMPORT = re.compile(r'^(?:import|\} from) .*?"\./(?P<name>[\w-]+\.mjs)";$', re.MULTILINE)

Loads = Mapping[str, tuple[Path, ...]]


@pytest.fixture(scope="module")
def site(built_site: Path) -> Path:
    return built_site.resolve()


@pytest.fixture(scope="module")
def sheets(site: Path) -> dict[str, str]:
    """The HTML of every page by its path, without the pages of no language."""
    pages = (page for language in ("en", "ja") for page in sorted((site / language).rglob("index.html")))
    return {page.relative_to(site).as_posix(): page.read_text(encoding="utf-8") for page in pages}


@pytest.fixture(scope="module")
def loads(site: Path, sheets: dict[str, str]) -> Loads:
    """Every page with its styles, wherever they are named in it."""
    return {
        name: (site / name, *(((site / name).parent / one["href"]).resolve() for one in _STYLE.finditer(sheet)))
        for name, sheet in sheets.items()
    }


def calculates(sheet: str) -> bool:
    return " data-runtime=" in sheet


def runs_scripts(sheet: str) -> bool:
    return '<script type="module"' in sheet


def weights(files: Iterable[Path], quality: int) -> dict[Path, int]:
    """Return the brotli size of each file in bytes; Python's own library cannot compress so."""
    names = list(dict.fromkeys(files))
    if not names:
        return {}
    done = subprocess.run(
        ["node", "-e", COMPRESS, str(quality)],
        input="\n".join(map(str, names)),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip(names, map(int, done.stdout.split()), strict=True))


def heavy(loaded: Loads, budget: int) -> dict[str, int]:
    """Return what loads more than the budget, and how much.

    To compress well takes long: it is done for that alone which is not light enough anyway.
    """
    left = loaded
    for quality in (QUICK, BEST):
        sizes = weights((file for files in left.values() for file in files), quality)
        sums = {name: sum(sizes[file] for file in dict.fromkeys(files)) for name, files in left.items()}
        left = {name: files for name, files in left.items() if sums[name] > budget}
        if quality == BEST:
            return {name: sums[name] for name in left}
    raise AssertionError("every quality was tried")


def test_a_guidance_page_with_all_its_styles_is_within_the_first_answer_of_a_server(
    loads: Loads, sheets: dict[str, str]
) -> None:
    guidance = {name: files for name, files in loads.items() if not calculates(sheets[name])}
    assert len(guidance) > 400
    assert all(len(files) > 1 for files in guidance.values())
    assert heavy(guidance, GUIDANCE) == {}


def test_no_page_has_too_many_styles(loads: Loads) -> None:
    together = {" ".join(file.name for file in files[1:]): files[1:] for files in loads.values()}
    assert len(together) > 5
    assert heavy(together, STYLES) == {}


def test_a_guidance_page_asks_for_little_and_runs_nothing(sheets: dict[str, str]) -> None:
    for name, sheet in sheets.items():
        if runs_scripts(sheet):
            continue
        styles = {one["href"] for one in _STYLE.finditer(sheet)}
        icon, rules_of_ahead = 1, 1
        assert 1 + len(styles) + icon + rules_of_ahead <= REQUESTS, name
        assert _OTHER.findall(sheet) == [], name
        assert sheet.count('rel="icon"') == icon, name


def test_no_style_asks_for_anything_more(site: Path) -> None:
    styles = [*site.glob("theme-*/styles/*.css"), *site.glob("*/**/pick.css")]
    assert len(styles) > 8
    for style in styles:
        assert re.findall(r"@import|url\(|@font-face|image-set\(", style.read_text(encoding="utf-8")) == [], style.name


def test_a_self_diagnosis_is_light_but_for_its_runtime(site: Path, loads: Loads, sheets: dict[str, str]) -> None:
    pages = {name: files for name, files in loads.items() if calculates(sheets[name])}
    assert len(pages) > 20
    assert heavy(pages, DIAGNOSIS) == {}
    folder = next(site.glob("theme-*/scripts"))
    scripts = {folder / name for name in ("check.mjs", "worker.mjs")}
    while True:
        names = {one["name"] for script in scripts for one in _IMPORT.finditer(script.read_text(encoding="utf-8"))}
        if scripts >= (more := {folder / name for name in names}):
            break
        scripts |= more
    assert len(scripts) > 20
    assert heavy({"scripts": tuple(scripts)}, SCRIPTS) == {}


def test_a_search_loads_a_few_small_parts(site: Path) -> None:
    folder = next(site.glob("search-*"))
    parts = [*folder.glob("index/*"), *folder.glob("fragment/*")]
    assert len(parts) > 100
    assert max(part.stat().st_size for part in parts) <= SEARCH_PART  # compressed by pagefind itself
    for language, engine in (("ja", "unknown"), ("en", "en")):
        always = ("pagefind.js", "pagefind-entry.json", f"wasm.{engine}.pagefind", f"{language}.json")
        meta = next(folder.glob(f"pagefind.{language}_*.pf_meta"))
        assert heavy({language: (meta, *(folder / name for name in always))}, SEARCH) == {}


def test_what_is_asked_for_again_and_again_is_small(site: Path) -> None:
    for budget, files in (
        (FEED, [*site.glob("*/feed.xml")]),
        (SERVICE_WORKER, [site / "sw.js"]),
        (RULES_OF_AHEAD, [site / AHEAD_FILE]),
    ):
        assert files
        assert heavy({file.name: (file,) for file in files}, budget) == {}


def test_what_is_fetched_ahead_is_pages_alone_and_each_is_light(site: Path, sheets: dict[str, str]) -> None:
    assert (site / AHEAD_FILE).read_bytes() == ahead()
    pages, embedded = (re.compile(one.replace("*", "[^?#]*")) for one in (PAGES, EMBEDDED_PAGES))
    files = [
        f"/{file.relative_to(site).as_posix().removesuffix('index.html')}" for file in site.rglob("*") if file.is_file()
    ]
    fetched = [path for path in files if pages.fullmatch(path) and not embedded.fullmatch(path)]
    assert {f"{path[1:]}index.html" for path in fetched} == {
        name for name in (*sheets, NO_NETWORK_FILE) if not re.match(r"\w+/embed/[\w-]+/", name)
    }
    assert heavy({path: (site / path[1:] / "index.html",) for path in fetched}, FETCHED_AHEAD) == {}
