"""Builds the pages of a site and nothing beside them: python -m tests.bench.plain_build SOURCES OUT [--unchecked].

It is the project's own way from the sources to the published folder, with all that it checks. Left out are the pictures
of links, the search index and the browser's Python, which no other site generator makes. What is `--unchecked` is not
looked through for style, nor for links that lead nowhere: the others do neither.
"""

from __future__ import annotations

import sys
from pathlib import Path

from site_builder import survey
from site_builder.build import Sources, Workshop, make_site
from site_builder.publishing import publish
from site_builder.render.files import without_index
from site_builder.runtime import RuntimePackage

UNCHECKED = "--unchecked"


def main(sources: Path, out: Path) -> None:
    """Build the rules and the content in the folder `sources` into `out`."""
    runtime = RuntimePackage({}, "runtime-not-packed")
    publish(make_site(Sources(sources / "rules", sources / "content"), runtime, make_index=without_index), out)


def leave_unchecked() -> None:
    """Look for nothing that other generators do not look for."""
    setattr(survey, "begin_style", lambda *_folders, **_named: lambda: None)  # noqa: B010 - mypy knows another kind
    setattr(Workshop, "check_links", lambda *_given: None)  # noqa: B010 - the same


if __name__ == "__main__":
    if UNCHECKED in sys.argv:
        leave_unchecked()
    main(Path(sys.argv[1]), Path(sys.argv[2]))
