"""The list of a site's files with their hashes, which is published with them: a changed, missing or foreign file shows.

It is written as `sha256sum --check` reads it. That a host serves what was built, is seen by the list of whoever has
built it: one that lies beside altered files may be altered as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

from site_builder.digests import sha256_of
from site_builder.publishing.folders import files_of

MANIFEST = "SHA256SUMS"
#: What hosts read themselves, and serve to nobody.
_FOR_THE_HOST = ("_headers", ".nojekyll")
_HINT = "publish the site again, or go back with `rollback`; and find out who has changed it"
_SECONDS = 60
_AT_ONCE = 8


class AlteredSiteError(Exception):
    """A site is not what its list says: a sentence for each file (`sentences`), and what to do."""

    def __init__(self, sentences: list[str], hint: str = _HINT) -> None:
        self.sentences = sentences
        super().__init__("\n".join((*sentences, f"    hint: {hint}")))


def manifest_of(files: Mapping[str, bytes | Path]) -> bytes:
    """Return the list of `files`, by their paths from the root of the site."""
    return "".join(f"{sha256_of(files[name]).hex()}  {name}\n" for name in sorted(files)).encode()


def verify(folder: Path) -> int:
    """Return how many files the site in `folder` has; all of them are on its list, and none is changed or missing.

    Raises:
        AlteredSiteError: one is, or is not on the list.
        OSError: there is no list, or a file cannot be read.
    """
    listed, there = read_manifest(folder), files_of(folder)
    del there[MANIFEST]
    found = [f"{folder / name}: this file is not on the list" for name in there if name not in listed]
    for name, digest in listed.items():
        if name not in there:
            found.append(f"{folder / name}: this file is missing")
        elif sha256_of(there[name]).hex() != digest:
            found.append(f"{folder / name}: this file has other contents than the list says")
    if found:
        raise AlteredSiteError(found)
    return len(listed)


def verify_kept(folder: Path) -> int:
    """Verify an earlier site before it comes back: half a site in place is worse than the one that was to go.

    Raises:
        AlteredSiteError: a file is changed, missing or foreign, or the list of files is missing.
    """
    hint = "nothing was changed; name another with `rollback --to`, or build the site from the sources of that day"
    try:
        return verify(folder)
    except FileNotFoundError as error:
        raise AlteredSiteError([f"{folder / MANIFEST}: this file is missing"], hint) from error
    except AlteredSiteError as error:
        raise AlteredSiteError(error.sentences, hint) from error


def verify_served(folder: Path, address: str) -> int:
    """Return how many files a host serves at `address` (`https://…/`); all are those on the list in `folder`.

    Raises:
        AlteredSiteError: one is not.
        OSError: there is no list in `folder`, or the host cannot be reached.
    """
    listed = {name: digest for name, digest in read_manifest(folder).items() if name not in _FOR_THE_HOST}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = [one for some in pool.map(_served(address), listed.items()) for one in some]
    if found:
        raise AlteredSiteError(found)
    return len(listed)


def read_manifest(folder: Path) -> Mapping[str, str]:
    """Return the hash of each file on the list of the site in `folder`.

    Raises:
        OSError: there is no list.
    """
    file = folder / MANIFEST
    if not file.is_file():
        raise FileNotFoundError(
            f"{file}: there is no such list\n    hint: build the site, or name its folder with --out"
        )
    lines = (line.split("  ", 1) for line in file.read_text(encoding="utf-8").splitlines())
    return {name: digest for digest, name in lines}


def _served(address: str) -> Callable[[tuple[str, str]], list[str]]:
    def look(one: tuple[str, str]) -> list[str]:
        return list(_differences(f"{address}{quote(one[0])}", one[1]))

    return look


def _differences(address: str, digest: str) -> Iterator[str]:
    try:
        with urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310 - https, or this machine (the command sees to it)
            content = answer.read()
    except HTTPError as error:
        yield f"{address}: the host answers {error.code} {error.reason}"
    except HTTPException as error:
        yield f"{address}: the host's answer cannot be read: {error!r}"
    else:
        if sha256_of(content).hex() != digest:
            yield f"{address}: the host serves other contents than the list says"
