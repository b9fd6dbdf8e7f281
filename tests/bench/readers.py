"""How many answers nginx gives a second to many readers at once, with the configuration that the project prints."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from site_builder.publishing import publish
from site_builder.render.compression import compressed
from tests.bench.real import ROOT
from tests.bench.speed import BUILT
from tests.bench.table import table
from tests.hosting.readers import read_at_once
from tests.hosting.running import nginx

READERS = (10, 100, 1_000)
PAGES = ("ja/index.html", "en/index.html", "ja/check/index.html", "ja/schedule/index.html")


def many_readers(say: Callable[[str], None]) -> str:
    """Return a table: each reader reads the same pages over a connection of its own, all at the same time."""
    files = {name: BUILT / name for name in PAGES}
    copies = compressed(files, ROOT / ".cache" / "compressed")
    pages = {f"/{name.removesuffix('index.html')}": copies[f"{name}.br"].read_bytes() for name in files}
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        publish({**files, **copies}, Path(folder) / "public")
        with nginx(Path(folder) / "public", Path(folder) / "prefix", brotli=True) as address:
            for readers in READERS:
                say(f"{readers} readers at once")
                found = read_at_once(address, readers, pages, "br")
                slowest = sorted(found.seconds)[int(len(found.seconds) * 0.95)]
                speed = f"{len(found.seconds) / found.whole:,.0f}"
                rows.append(
                    (
                        f"{readers:,}",
                        f"{len(found.seconds):,}",
                        str(len(found.errors)),
                        speed,
                        f"{slowest * 1000:.0f} ms",
                    )
                )
    return table(("readers at once", "answers", "errors", "answers a second", "p95"), rows)
