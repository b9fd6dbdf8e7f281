"""Pages stay light: what a first visit to a guidance page loads, as a server sends it."""

from __future__ import annotations

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


def test_a_guidance_page_loads_less_than_the_budget(built_site: Path) -> None:
    (styles,) = weights(list(built_site.glob("theme-*/styles/site.css"))).values()
    checks = {
        page.parent for page in built_site.rglob("*.html") if 'id="check-form"' in page.read_text(encoding="utf-8")
    }
    pages = [page for page in built_site.rglob("*.html") if page.parent not in checks]
    heavy = {page: size + styles for page, size in weights(pages).items() if size + styles > BUDGET}
    assert heavy == {}
