"""What a network of caches in front of the site must forget when the site changes: two sites go in, addresses come out.

A cache keeps answers by their address. Files in folders that are named after their contents never change, so all that
it must ever forget are pages and the few other files that keep their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from site_builder.digests import sha256_of
from site_builder.hosting.headers import CONTENT_HASHED_FOLDER
from site_builder.publishing import files_of
from site_builder.render.compression import is_copy

_INDEX = "index.html"

Contents: TypeAlias = Mapping[str, str]
"""A site: a hash of each file by its path from the root, without compressed copies, which nobody links to."""


def contents_of(files: Mapping[str, bytes | Path]) -> Contents:
    """Return what each file of a site holds, as a hash.

    Raises:
        OSError: a file cannot be read.
    """
    return {name: sha256_of(content).hex() for name, content in files.items() if not is_copy(name, files)}


def site_contents(folder: Path) -> Contents:
    """Return what each file of the site in `folder` holds; nothing, where there is no site yet.

    Raises:
        OSError: a file cannot be read.
    """
    return contents_of(files_of(folder)) if folder.is_dir() else {}


def write_purge_list(file: Path, before: Contents, after: Contents) -> str:
    """Write the addresses to purge, one a line, and return a sentence on it.

    Raises:
        OSError: `file` cannot be written.
    """
    addresses = addresses_to_purge(before, after)
    file.write_text("".join(f"{address}\n" for address in addresses), encoding="utf-8")
    return f"{len(addresses)} addresses answer otherwise now: {file}"


def addresses_to_purge(before: Contents, after: Contents) -> tuple[str, ...]:
    """Return every address, from the root with its slash, at which `after` answers otherwise than `before`.

    A page that comes or goes is named without its last slash too, where a server sends the reader on to it. What is in
    neither site has no list: nobody may keep the answer to an address that is not there (`headers.headers_of`).
    """
    found: set[str] = set()
    for name in before.keys() | after.keys():
        if before.get(name) != after.get(name) and not CONTENT_HASHED_FOLDER.search(f"/{name}"):
            found.update(_addresses(name, stays=name in before and name in after))
    return tuple(sorted(found))


def _addresses(name: str, *, stays: bool) -> Iterator[str]:
    yield f"/{name}"
    if PurePosixPath(name).name == _INDEX:
        folder = f"/{name.removesuffix(_INDEX)}"
        yield folder
        if not stays and folder != "/":
            yield folder.removesuffix("/")
