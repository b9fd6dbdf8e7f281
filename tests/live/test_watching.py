"""Whatever an editor does to a file is seen, and nothing is read half written."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from site_builder.live import watching
from site_builder.live.watching import Watch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content" / "guides").mkdir(parents=True)
    (tmp_path / "content" / "home.md").write_text("one")
    return tmp_path / "content"


def test_files_that_are_written_replaced_moved_made_and_deleted_are_named(folder: Path) -> None:
    watch = Watch((folder,))
    assert watch.changes() == ()
    (folder / "home.md").write_text("two, and longer")
    assert watch.changes() == ("content/home.md",)
    (folder / "new").write_text("TWO, AND LONGER")
    watch.changes()
    (folder / "new").replace(folder / "home.md")
    assert watch.changes() == ("content/home.md", "content/new")
    (folder / "guides" / "faq.md").write_text("made")
    assert watch.changes() == ("content/guides/faq.md",)
    (folder / "guides" / "faq.md").unlink()
    assert watch.changes() == ("content/guides/faq.md",)
    assert watch.changes() == ()


def test_what_editors_keep_for_themselves_is_no_change(folder: Path) -> None:
    watch = Watch((folder,))
    for name in (".home.md.swp", "home.md~", ".git"):
        (folder / name).write_text("an editor's own")
    assert watch.changes() == ()


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    watch = Watch((tmp_path / "later",))
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "file").write_text("there")
    assert watch.changes() == ("later/file",)


def test_a_file_that_was_emptied_is_not_told_before_it_is_filled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.live.watching.FILLING_SECONDS", 60.0)  # busy machines are slow
    watch = Watch((folder,))
    (folder / "home.md").write_text("")
    filling = threading.Timer(0.02, lambda: (folder / "home.md").write_text("filled"))
    filling.start()
    assert watch.changes() == ("content/home.md",)
    assert (folder / "home.md").read_text() == "filled"
    filling.join()


@pytest.mark.usefixtures("coarse_clock")
def test_a_file_that_looks_as_before_and_holds_something_else_is_named(folder: Path) -> None:
    watch = Watch((folder,))
    for text in ("two", "six", "one"):
        (folder / "home.md").write_text(text)
        assert watch.is_changed()
        assert watch.changes() == ("content/home.md",)
        assert watch.changes() == ()
        assert not watch.is_changed()


def test_old_files_are_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "YOUNG_SECONDS", 0.0)
    watch = Watch((folder,))
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} is read"))
    assert watch.changes() == ()
    assert not watch.is_changed()


def test_what_cannot_be_looked_at_for_a_moment_is_told_afterwards(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, looks = Watch((folder,)), os.scandir
    (folder / "home.md").write_text("changed")
    tries = iter((True, False))  # the first look succeeds, the second one fails

    def shaky(path: Path) -> object:
        if not next(tries, True):
            raise OSError("stale handle")
        return looks(path)

    monkeypatch.setattr(os, "scandir", shaky)
    with pytest.raises(OSError, match="stale"):
        watch.changes()
    monkeypatch.setattr(os, "scandir", looks)
    assert watch.changes() == ("content/home.md",)
