"""Pages stay light: what a first visit to a guidance page loads, as a server sends it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

#: HTML and the styles of its head together, in bytes, compressed with brotli: what a first screen needs.
BUDGET = 14_600
#: How hard brotli tries: quickly, and as a server does that has compressed its files before anybody asks.
QUICK, BEST = 6, 11
#: Prints the brotli size of each file that is named on its input, compressed with this quality.
COMPRESS = """
const { brotliCompressSync, constants } = require("zlib"), { readFileSync } = require("fs");
const params = { [constants.BROTLI_PARAM_QUALITY]: Number(process.argv[1]) };
for (const file of readFileSync(0, "utf8").split("\\n"))
    console.log(brotliCompressSync(readFileSync(file), { params }).length);
"""


def weights(files: set[Path], quality: int) -> dict[Path, int]:
    """Return the brotli size of each file in bytes; Python's own library cannot compress so."""
    if not files:
        return {}
    done = subprocess.run(
        ["node", "-e", COMPRESS, str(quality)],
        input="\n".join(map(str, files)),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip(files, map(int, done.stdout.split()), strict=True))


def first_screen(page: Path) -> list[Path]:
    """Return the page and the styles of its head, which a browser waits for before it shows anything."""
    head = page.read_text(encoding="utf-8").partition("</head>")[0]
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', head)
    return [page, *((page.parent / style).resolve() for style in styles)]


def test_a_guidance_page_loads_less_than_the_budget(built_site: Path) -> None:
    site = built_site.resolve()
    pages = [page for page in site.rglob("*.html") if 'id="check-form"' not in page.read_text(encoding="utf-8")]
    loaded = {page: first_screen(page) for page in pages if page.parent != site}
    assert all(len(files) > 1 for files in loaded.values())
    # To compress well takes long: it is done for those pages alone that are not light enough anyway.
    assert heavy(heavy(loaded, QUICK), BEST) == {}


def heavy(loaded: dict[Path, list[Path]], quality: int) -> dict[Path, list[Path]]:
    """Return the pages that are above the budget, compressed with this quality, and what they load."""
    sizes = weights({file for files in loaded.values() for file in files}, quality)
    return {page: files for page, files in loaded.items() if sum(sizes[file] for file in files) > BUDGET}
