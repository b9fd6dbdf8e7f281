"""Whatever an editor does to a file is seen, and nothing is read half written."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

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
