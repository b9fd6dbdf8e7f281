"""The site as visitors get it: with an address, from nginx as the project sets it up, compressed with brotli."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_builder.build import PROJECT, Publication, Sources, build
from site_builder.hosting.hosts import Hosting
from site_builder.site.public_address import PublicAddress
from tests.hosting.running import nginx

#: An address that leads nowhere, and is not one of those that are reserved for examples: with it every link is whole.
ADDRESS = PublicAddress("https://monozukuri-guide.internal/")
COMPRESSED = Publication(Hosting(is_compressed=True))


@contextmanager
def published() -> Iterator[str]:
    """Build the site and serve it while the block runs; the block gets its address. The first time takes minutes."""
    with tempfile.TemporaryDirectory() as folder:
        out, prefix = Path(folder) / "site" / "public", Path(folder) / "prefix"
        out.parent.mkdir()
        build(Sources(PROJECT / "rules", PROJECT / "content", ADDRESS), out, lambda _: None, publication=COMPRESSED)
        with nginx(out, prefix, brotli=True) as address:
            yield address
