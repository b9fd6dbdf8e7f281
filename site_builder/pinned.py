"""What is published of other people's packages has the very contents that were looked at: here are their hashes.

npm checks an archive when it unpacks it, and never again; these files are looked at whenever a site is built of them.
`pinned.sha256` is a list as `sha256sum --check` reads it from the root of the checkout. What begins with `search/` is
put out by pagefind, whose program is another one on each kind of machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from site_builder.digests import sha256_of
from site_builder.errors import GuidanceError, Place

LIST = Path(__file__).with_suffix(".sha256")
_CALLED = f"site_builder/{LIST.name}"


class OtherContentsError(GuidanceError):
    """A file of a package is not the one that was looked at, or nobody has looked at it."""

    def __init__(self, name: str, sentence: str, digest: str) -> None:
        hint = (
            "delete node_modules/ and run `make build`, which installs the packages anew; "
            f"if the package was renewed on purpose, {_CALLED} gets the line\n        {digest}  {name}"
        )
        super().__init__(Place(name), sentence, hint, "other-contents")


@cache
def pins() -> Mapping[str, str]:
    """Return the hash of each file by its name."""
    lines = (line.split(maxsplit=1) for line in LIST.read_text(encoding="utf-8").splitlines())
    return {name: digest for digest, name in lines}


def refuse_others(folder: str, files: Mapping[str, bytes | Path]) -> None:
    """Refuse a file of `folder` (`node_modules/pyodide`), by its name in it, that has other contents than it should.

    Raises:
        OtherContentsError: one has, or is not on the list.
    """
    for name, content in files.items():
        called = f"{folder}/{name}"
        digest = sha256_of(content).hex()
        if called not in pins():
            raise OtherContentsError(called, f"this file would be published, and is not in {_CALLED}", digest)
        if pins()[called] != digest:
            raise OtherContentsError(called, f"this file has other contents than {_CALLED} says", digest)
