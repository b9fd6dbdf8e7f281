"""Folders go in; what is saved, moved or deleted in them comes out.

The files are looked at, again and again: a few hundred take a millisecond, nothing is missed however an editor writes,
and it is the same on every machine.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

#: An editor may write a file in several steps: what changes within so many seconds is one change.
SETTLING_SECONDS = 0.008
#: A file that is empty is probably about to be filled: so long it is waited for.
FILLING_SECONDS = 0.25
#: When a file was written, how large it is, and which one it is: a file may be put in the place of another.
_Look: TypeAlias = tuple[int, int, int]


class Watch:
    """Knows how the files under `folders` looked last; what begins with a dot is an editor's own."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._seen = self._looks()

    def changes(self) -> tuple[str, ...]:
        """Return the names of the files that are other than when this was asked last, once they stay as they are."""
        before, now = self._seen, self._looks()
        patience = time.monotonic() + FILLING_SECONDS
        while now != self._seen or (_is_emptied(before, now) and time.monotonic() < patience):
            self._seen = now
            time.sleep(SETTLING_SECONDS)
            now = self._looks()
        return tuple(sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name)))

    def _looks(self) -> Mapping[str, _Look]:
        return {name: look for folder in self._folders for name, look in _files(folder, folder.name)}


def _is_emptied(before: Mapping[str, _Look], now: Mapping[str, _Look]) -> bool:
    """Say whether a file has nothing in it that was otherwise before."""
    return any(size == 0 and before.get(name) != (at, size, which) for name, (at, size, which) in now.items())


def _files(folder: Path | str, shown: str) -> Iterator[tuple[str, _Look]]:
    """Yield each file below `folder` as errors call it, and how it looks; what vanishes meanwhile is not there."""
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        name = f"{shown}/{entry.name}"
        if entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        if entry.is_dir():
            yield from _files(entry.path, name)
            continue
        try:
            found = entry.stat()
        except FileNotFoundError:
            continue
        yield name, (found.st_mtime_ns, found.st_size, found.st_ino)
