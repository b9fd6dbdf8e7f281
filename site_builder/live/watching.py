"""Folders go in; what is saved, moved or deleted in them comes out.

The files are looked at, again and again: a few hundred take a millisecond, nothing is missed however an editor writes,
and it is the same on every machine.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

#: An editor may write a file in several steps: what changes within so many seconds is one change.
SETTLING_SECONDS = 0.008
#: A file that is empty is probably about to be filled: so long it is waited for.
FILLING_SECONDS = 0.25
#: File systems tell times by steps of up to so many seconds: a file that is younger may change and look as before.
YOUNG_SECONDS = 2.5
#: When a file was written and changed, how large it is, and which one it is: a file may take the place of another.
_Look: TypeAlias = tuple[int, int, int, int]


class Watch:
    """Knows how the files under `folders` looked last; what begins with a dot is an editor's own."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._told = self._looks()
        self._young = {name: _digest(self._path(name)) for name in self._told if _is_young(self._told[name])}

    def is_changed(self) -> bool:
        """Say whether some file is other than `changes` has told, without waiting until it stays as it is."""
        return self._looks() != self._told or self._has_changed_unseen()

    def changes(self) -> tuple[str, ...]:
        """Return the names of the files that are other than when this was asked last, once they stay as they are."""
        before, now = self._told, self._looks()
        if now == before:
            return self._changed_unseen(now)
        seen, patience = before, time.monotonic() + FILLING_SECONDS
        while now != seen or (_is_emptied(before, now) and time.monotonic() < patience):
            seen = now
            time.sleep(SETTLING_SECONDS)
            now = self._looks()
        self._told = now
        changed = tuple(sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name)))
        self._young |= {name: _digest(self._path(name)) for name in changed}
        return changed

    def _changed_unseen(self, now: Mapping[str, _Look]) -> tuple[str, ...]:
        """Return the names of young files that look as before and hold something else."""
        found = {name: _digest(self._path(name)) for name in self._young}
        changed = tuple(sorted(name for name, digest in found.items() if digest != self._young[name]))
        self._young = {name: digest for name, digest in found.items() if name in now and _is_young(now[name])}
        return changed

    def _has_changed_unseen(self) -> bool:
        return any(_digest(self._path(name)) != digest for name, digest in self._young.items())

    def _path(self, name: str) -> Path:
        """Return the file that errors call `name`."""
        first, _, rest = name.partition("/")
        return next(folder for folder in self._folders if folder.name == first) / rest

    def _looks(self) -> Mapping[str, _Look]:
        return {name: look for folder in self._folders for name, look in _files(folder, folder.name)}


def _is_young(look: _Look) -> bool:
    return look[1] > time.time_ns() - int(YOUNG_SECONDS * 1e9)


def _digest(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:  # it is gone, which the next look tells
        return b""


def _is_emptied(before: Mapping[str, _Look], now: Mapping[str, _Look]) -> bool:
    """Say whether a file has nothing in it that was otherwise before."""
    return any(look[2] == 0 and before.get(name) != look for name, look in now.items())


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
        yield name, (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
