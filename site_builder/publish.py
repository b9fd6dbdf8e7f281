"""Files to a folder, in one step: either all of the new site is there, or all of the old one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

#: The one file of the published folder that is kept in the repository; it is carried over.
KEPT = ".gitignore"


def publish(files: Mapping[str, bytes | Path], out: Path) -> None:
    """Make `out` hold exactly `files`, by their paths from the root of the site.

    Everything is written into a new folder beside `out`, which then takes its place. Whatever fails before that leaves
    `out` as it was.

    Raises:
        OSError: the files cannot be written.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as beside:
        new, old = Path(beside) / "new", Path(beside) / "old"
        new.mkdir()
        for name, content in sorted(files.items()):
            _write(new / PurePosixPath(name), content)
        if (out / KEPT).is_file():
            _write(new / KEPT, out / KEPT)
        _sync_folders(new)
        _swap(new, out, old)


def _write(path: Path, content: bytes | Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content.read_bytes() if isinstance(content, Path) else content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folders(root: Path) -> None:
    for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _swap(new: Path, out: Path, old: Path) -> None:
    """Put `new` where `out` is; between the two renames nothing is read or written."""
    if out.exists():
        out.rename(old)
    try:
        new.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)
