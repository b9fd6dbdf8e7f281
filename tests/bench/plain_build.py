"""Builds the pages of a site and nothing beside them: python -m tests.bench.plain_build SOURCES OUT.

It is the project's own way from the sources to the published folder, with all that it checks. Left out are the pictures
of links, the search index and the browser's Python, which no other site generator makes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from site_builder.build import Sources, make_site
from site_builder.publishing import publish
from site_builder.render.files import without_index
from site_builder.runtime import RuntimePackage


def main(sources: Path, out: Path) -> None:
    """Build the rules and the content in the folder `sources` into `out`."""
    runtime = RuntimePackage({}, "runtime-not-packed")
    publish(make_site(Sources(sources / "rules", sources / "content"), runtime, make_index=without_index), out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
