"""What has been written is waited for until it is on the disk, so that a power cut takes none of it away."""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Since this version Linux tells whoever waits for a whole file system that something could not be written.
_TELLS = (5, 8)


def sync(path: str | Path) -> None:
    """See that a file is on the disk, or the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def synced(folder: Path) -> Iterator[None]:
    """See that all that is written into `folder` meanwhile is on the disk in the end.

    One file after the other has the disk write the system's own records of each. The whole file system at once is many
    times faster, even where somebody else has been writing.

    Raises:
        OSError: something could not be written.
    """
    handle = os.open(folder, os.O_RDONLY)  # opened first: it is told what has gone wrong since then
    try:
        yield
        if not _sync_system(handle):
            for inside, _, names in os.walk(folder):
                for path in (*(f"{inside}/{name}" for name in names), inside):
                    sync(path)
    finally:
        os.close(handle)


def _sync_system(handle: int) -> bool:
    """See that the whole file system of an open folder is on the disk; say whether that can be told here.

    Python has no name for `syncfs`, which the GNU library has had since 2.14.

    Raises:
        OSError: something could not be written.
    """
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None or _version() < _TELLS:
        return False
    if syncfs(handle) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return True


def _version() -> tuple[int, ...]:
    """Return the version of the system."""
    return tuple(map(int, re.findall(r"[0-9]+", os.uname().release)[:2]))
