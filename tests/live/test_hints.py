"""Where the system tells that something has changed, it is looked for at once; and nothing is left when that ends."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from site_builder.live import hints
from site_builder.live.hints import hinting
from site_builder.live.watching import Watch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is told, and files are looked at")
#: So long is waited for what should come at once, before it is taken to be missing.
SECONDS = 20


def test_what_is_made_written_moved_and_deleted_is_told(tmp_path: Path) -> None:
    (tmp_path / "rules" / "deep").mkdir(parents=True)
    file, other = tmp_path / "rules" / "deep" / "one.yaml", tmp_path / "elsewhere.yaml"
    file.write_text("before")
    for change in (
        lambda: file.write_text("after"),
        lambda: file.rename(other),
        lambda: other.rename(file),
        lambda: file.with_name("link").symlink_to(file),
        lambda: file.unlink(),  # noqa: PLW0108 - like the others
    ):
        looked = threading.Event()
        with hinting((tmp_path / "rules", tmp_path / "not there"), looked.set):
            change()
            assert looked.wait(SECONDS)
        looked.clear()
        other.write_text("nobody listens any more, nor here")
        assert not looked.is_set()


def test_a_folder_that_has_come_is_listened_to_before_its_coming_is_told(tmp_path: Path) -> None:
    looked = threading.Event()
    with hinting((tmp_path,), looked.set):
        (tmp_path / "new").mkdir()
        assert looked.wait(SECONDS)
        looked.clear()
        (tmp_path / "new" / "file").write_text("in it")
        assert looked.wait(SECONDS)


def test_looking_at_files_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("read")
    events = hints._inotify()
    assert events is not None
    hints._watch(events, (tmp_path,))
    assert Watch((tmp_path,)).changes() == ()
    assert (tmp_path / "file").read_text() == "read"
    with pytest.raises(BlockingIOError):  # there is none to be read
        os.read(events, 1024)
    os.close(events)


def test_nothing_is_left_open_or_running(tmp_path: Path) -> None:
    before = _open_and_running()
    with hinting((tmp_path,), lambda: None):
        assert _open_and_running() > before
    assert _open_and_running() == before


def _open_and_running() -> tuple[int, int]:
    return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()


def test_where_nothing_is_told_nobody_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hints, "_inotify", lambda: None)
    before = threading.active_count()
    with hinting((tmp_path,), lambda: None):
        assert threading.active_count() == before
