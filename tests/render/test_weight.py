"""Pages stay light: what a first visit to a guidance page loads, as a server sends it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

#: HTML and the styles of its head together, in bytes, compressed with brotli: what a first screen needs.
BUDGET = 14_600
#: Prints the brotli size of each file that is named on its input.
COMPRESS = """
const { brotliCompressSync } = require("zlib"), { readFileSync } = require("fs");
for (const file of readFileSync(0, "utf8").split("\\n")) console.log(brotliCompressSync(readFileSync(file)).length);
"""


def weights(files: list[Path]) -> dict[Path, int]:
    """Return the brotli size of each file in bytes; Python's own library cannot compress so."""
    done = subprocess.run(
        ["node", "-e", COMPRESS], input="\n".join(map(str, files)), capture_output=True, text=True, check=True
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
    sizes = weights(sorted({file for files in loaded.values() for file in files}))
    heavy = {page: weight for page, files in loaded.items() if (weight := sum(sizes[file] for file in files)) > BUDGET}
    assert heavy == {}
    assert all(len(files) > 1 for files in loaded.values())
