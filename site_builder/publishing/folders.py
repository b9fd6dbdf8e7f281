"""Folders of a site: what is in them, and what they are called by."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from site_builder.crew import shared, usual
from site_builder.publishing.disk import synced

#: The one file of the published folder that is kept in the repository; it is carried over, and no part of the site.
KEPT = ".gitignore"
#: What the name of a folder begins with that is being taken away: no release is called so, should that be cut short.
GONE = ".gone-"


def files_of(folder: Path) -> dict[str, Path]:
    """Return every file of the site in `folder`, by its path from there, in order."""
    start = len(os.fspath(folder)) + 1
    paths = sorted(f"{inside}/{name}" for inside, _, names in os.walk(folder) for name in names)
    files = {path[start:]: Path(path) for path in paths}
    return {name: path for name, path in files.items() if name != KEPT and path.is_file()}


def name_of(folder: Path) -> str:
    """Return what a site is called: when its newest file was written, in UTC, and a hash of all that it holds.

    Both are read from the folder itself, so no list of releases can be out of step with them.
    """
    files, digest = files_of(folder), hashlib.sha256()
    for name, path in files.items():
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return f"{_newest(files):%Y%m%dT%H%M%SZ}-{digest.hexdigest()[:12]}"


def written(folder: Path) -> datetime:
    """Return when the newest file of a site was written, in UTC."""
    return _newest(files_of(folder))


def _newest(files: Mapping[str, Path]) -> datetime:
    newest = max((path.stat().st_mtime for path in files.values()), default=0.0)
    return datetime.fromtimestamp(newest, UTC)


def holds(folder: Path, files: Mapping[str, bytes | Path]) -> bool:
    """Say whether `folder` is a site of exactly `files`."""
    there = files_of(folder) if folder.is_dir() else {}
    return there.keys() == files.keys() and all(
        there[name].read_bytes() == _bytes(files[name]) for name in sorted(files)
    )


def write(folder: Path, files: Mapping[str, bytes | Path]) -> None:
    """Make `folder` of `files`, by several processes where there are many, and see that all of them are on the disk."""
    folder.mkdir()
    with synced(folder):
        shared(partial(_write, folder, {folder}, files), sorted(files), usual())


def _write(folder: Path, there: set[Path], files: Mapping[str, bytes | Path], name: str) -> None:
    """Write one of the `files`, over what a process has left of it that ended early."""
    path = folder / name
    _make_folders(path.parent, there)
    path.write_bytes(_bytes(files[name]))


def _make_folders(path: Path, there: set[Path]) -> None:
    """Make a folder and those around it that this process does not know to be `there`."""
    if path not in there:
        _make_folders(path.parent, there)
        path.mkdir(exist_ok=True)
        there.add(path)


def remove(folder: Path) -> None:
    """Take a folder away, or as much as can be: it is no longer found under its name, and the next run tries again."""
    going = folder.with_name(f"{GONE}{folder.name.removeprefix(GONE)}")
    if going != folder:
        shutil.rmtree(going, ignore_errors=True)
        folder.rename(going)
    shutil.rmtree(going, ignore_errors=True)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until nobody else publishes in `folder`, and keep others waiting; who is killed keeps nobody waiting."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _bytes(content: bytes | Path) -> bytes:
    return content.read_bytes() if isinstance(content, Path) else content
