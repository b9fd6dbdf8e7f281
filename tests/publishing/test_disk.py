"""What is published is on the disk: every file and every folder, or the whole file system at once."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from site_builder.publishing.folders import write

FILES = {"a.html": b"1", "b/c.html": b"2", "b/d/e.html": b"3"}


def named(handle: int) -> Path:
    """What is open."""
    return Path(f"/proc/self/fd/{handle}").readlink()


def waited_for(folder: Path, patch: pytest.MonkeyPatch) -> set[str]:
    """Write the files, and return what was waited for by itself."""
    names: set[Path] = set()
    patch.setattr(os, "fsync", lambda handle: names.add(named(handle)))
    write(folder, FILES)
    return {name.relative_to(folder).as_posix() for name in names}


def test_the_file_system_is_waited_for_once_when_all_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def syncfs(handle: int) -> int:
        asked.append((named(handle), (tmp_path / "new/b/d/e.html").read_bytes()))
        return 0

    monkeypatch.setattr(ctypes, "CDLL", lambda *_given, **_named: SimpleNamespace(syncfs=syncfs))
    assert waited_for(tmp_path / "new", monkeypatch) == set()
    assert asked == [(tmp_path / "new", b"3")]


def test_what_the_file_system_cannot_write_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_given, **_named: SimpleNamespace(syncfs=lambda _handle: -1))
    monkeypatch.setattr(ctypes, "get_errno", lambda: errno.EIO)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        write(tmp_path / "new", FILES)


@pytest.mark.parametrize(
    ("library", "release"), [(SimpleNamespace(), "6.1.0"), (SimpleNamespace(syncfs=lambda _handle: 0), "5.7.19-amd64")]
)
def test_elsewhere_each_file_and_folder_is_waited_for(
    library: object, release: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system has no such call, and where it does not tell what has gone wrong."""
    monkeypatch.setattr(ctypes, "CDLL", lambda *_given, **_named: library)
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(release=release))
    assert waited_for(tmp_path / "new", monkeypatch) == {*FILES, ".", "b", "b/d"}
