"""Publishing: all of the new site or all of the old one."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.publish import publish


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    publish({"old.html": b"old", "a/b.html": b"old"}, tmp_path / "public")
    (tmp_path / "public" / ".gitignore").write_bytes(b"*\n")
    return tmp_path / "public"


def test_the_folder_holds_exactly_the_new_files_and_the_one_that_is_kept(out: Path) -> None:
    publish({"a/b.html": b"new"}, out)
    assert tree(out) == {"a/b.html": b"new", ".gitignore": b"*\n"}


def test_a_file_is_copied_from_where_it_lies(out: Path, tmp_path: Path) -> None:
    (tmp_path / "python.wasm").write_bytes(b"\0asm")
    publish({"runtime/python.wasm": tmp_path / "python.wasm"}, out)
    assert tree(out)["runtime/python.wasm"] == b"\0asm"


def test_a_failure_while_writing_leaves_the_old_site_and_nothing_beside_it(out: Path, tmp_path: Path) -> None:
    before = tree(out)
    with pytest.raises(FileNotFoundError):
        publish({"a.html": b"new", "b.html": tmp_path / "not-there"}, out)
    assert tree(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_a_failure_in_the_swap_puts_the_old_site_back(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, rename = tree(out), Path.rename

    def fail_for_the_new(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError("the disk is gone")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_for_the_new)
    with pytest.raises(OSError, match="the disk is gone"):
        publish({"a.html": b"new"}, out)
    assert tree(out) == before


def test_a_folder_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    publish({"index.html": b"first"}, tmp_path / "deep" / "public")
    assert tree(tmp_path / "deep" / "public") == {"index.html": b"first"}
