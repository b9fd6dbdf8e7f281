"""Publishing: all of the new site or all of the old one, and the old one kept."""

from __future__ import annotations

import errno
import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from site_builder.crew import LEAST_THINGS
from site_builder.errors import WrongUsageError
from site_builder.publishing import Shelf, folders, publish, releases, roll_back, shelf_beside
from site_builder.publishing import shelf as shelves
from site_builder.publishing.exchange import exchange

PROJECT = Path(__file__).parents[2]
LONGEST_WAIT = 60  # seconds
OLD = {"old.html": b"old", "a/b.html": b"old"}


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def kept(out: Path) -> list[dict[str, bytes]]:
    """What the releases on the usual shelf hold, the newest first; anything else there is litter."""
    folder = shelf_beside(out).folder
    there = sorted(folder.iterdir(), reverse=True) if folder.is_dir() else []
    assert [path.name for path in there] == sorted((path.name for path in shelf_beside(out).kept), reverse=True)
    return [tree(path) for path in shelf_beside(out).kept]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    publish(OLD, tmp_path / "public")
    (tmp_path / "public" / ".gitignore").write_bytes(b"*\n")
    return tmp_path / "public"


def test_the_folder_holds_exactly_the_new_files_and_the_one_that_is_kept(out: Path) -> None:
    assert publish({"a/b.html": b"new"}, out)
    assert tree(out) == {"a/b.html": b"new", ".gitignore": b"*\n"}


def test_a_file_is_copied_from_where_it_lies(out: Path, tmp_path: Path) -> None:
    (tmp_path / "python.wasm").write_bytes(b"\0asm")
    publish({"runtime/python.wasm": tmp_path / "python.wasm"}, out)
    assert tree(out)["runtime/python.wasm"] == b"\0asm"


def test_a_folder_that_is_not_there_yet_is_made_and_leaves_no_shelf(tmp_path: Path) -> None:
    publish({"index.html": b"first"}, tmp_path / "deep" / "public")
    assert tree(tmp_path / "deep") == {"public/index.html": b"first"}
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["public"]


def test_a_folder_with_nothing_but_what_the_repository_keeps_is_no_release(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / ".gitignore").write_bytes(b"*\n")
    publish({"index.html": b"first"}, tmp_path / "public")
    assert tree(tmp_path) == {"public/index.html": b"first", "public/.gitignore": b"*\n"}


def test_the_same_files_again_are_not_written_again(out: Path) -> None:
    before = (out / "old.html").stat()
    assert not publish(OLD, out)
    after = (out / "old.html").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert kept(out) == []


def test_whoever_may_read_the_folder_beside_it_may_read_the_site(out: Path) -> None:
    publish({"a/b.html": b"new"}, out)
    (out.parent / "other").mkdir()
    assert out.stat().st_mode == (out.parent / "other").stat().st_mode


def test_a_way_that_is_a_link_stays_one(out: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(out)
    publish({"a.html": b"new"}, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert tree(out) == {"a.html": b"new", ".gitignore": b"*\n"}


# ---- failures


def test_a_failure_while_writing_leaves_the_old_site_and_nothing_beside_it(out: Path, tmp_path: Path) -> None:
    before = tree(out)
    with pytest.raises(OSError, match=r"(?s)not-there.*hint: what was there is as it was"):
        publish({"a.html": b"new", "b.html": tmp_path / "not-there"}, out)
    assert tree(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_two_folders_are_exchanged_at_once_or_not_at_all(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / folder.name).touch()
    assert exchange(one, other)
    assert [[file.name for file in folder.iterdir()] for folder in (one, other)] == [["other"], ["one"]]
    with pytest.raises(FileNotFoundError, match="nowhere"):
        exchange(one, tmp_path / "nowhere")
    assert [file.name for file in one.iterdir()] == ["other"]


@pytest.mark.parametrize("told", [errno.ENOSYS, errno.EINVAL, errno.ENOTSUP])
def test_a_system_that_knows_no_exchange_says_so_and_any_other_trouble_is_raised(
    told: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = SimpleNamespace(renameat2=lambda *_: -1)
    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: system)
    monkeypatch.setattr("ctypes.get_errno", lambda: told)
    assert not exchange(tmp_path, tmp_path)
    monkeypatch.setattr("ctypes.get_errno", lambda: errno.EACCES)
    with pytest.raises(PermissionError):
        exchange(tmp_path, tmp_path)
    del system.renameat2
    assert not exchange(tmp_path, tmp_path)


@pytest.fixture
def _no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot exchange two folders."""
    monkeypatch.setattr(shelves, "exchange", lambda _one, _other: False)


@pytest.mark.usefixtures("_no_exchange")
def test_a_system_without_an_exchange_is_served_by_two_renames(out: Path) -> None:
    publish({"a.html": b"new"}, out)
    assert tree(out) == {"a.html": b"new", ".gitignore": b"*\n"}
    assert kept(out) == [{**OLD, ".gitignore": b"*\n"}]


@pytest.mark.usefixtures("_no_exchange")
def test_a_failure_in_the_second_rename_puts_the_old_site_back(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, rename = tree(out), Path.rename

    def fail_for_the_new(self: Path, target: Path) -> Path:
        if self.name.startswith(".next-") and target == out:
            raise OSError("the disk is gone")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_for_the_new)
    with pytest.raises(OSError, match="the disk is gone"):
        publish({"a.html": b"new"}, out)
    assert tree(out) == before
    assert kept(out) == []


@pytest.fixture
def locked() -> Iterator[Path]:
    """A site in a folder that may not be written; as root, who may write everywhere, the test becomes nobody."""
    with tempfile.TemporaryDirectory() as folder:  # where nobody can come, as to the folders of other tests
        publish(OLD, Path(folder) / "public")
        Path(folder).chmod(0o555)
        root = os.geteuid()
        if root == 0:
            os.seteuid(65534)
        try:
            yield Path(folder) / "public"
        finally:
            os.seteuid(root)
            Path(folder).chmod(0o700)


def test_a_folder_that_may_not_be_written_is_told_and_left_as_it_was(locked: Path) -> None:
    with pytest.raises(OSError, match="Permission denied"):
        publish({"a.html": b"new"}, locked)
    assert tree(locked) == OLD
    assert [path.name for path in locked.parent.iterdir()] == ["public"]


def test_a_write_that_the_system_breaks_off_leaves_the_old_site(out: Path) -> None:
    """A limit on the size of files fails in the middle of a real write, as a full disk does."""
    before, (soft, hard) = tree(out), resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
            publish({"a.html": b"new", "b.bin": bytes(300_000)}, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert tree(out) == before
    assert [path.name for path in out.parent.iterdir()] == ["public"]


def test_whichever_file_the_disk_is_full_at_the_old_site_stays_and_nothing_is_left(out: Path) -> None:
    """Each file is larger than the one before; so the limit lets ever more of them be written."""
    before, (soft, hard) = tree(out), resource.getrlimit(resource.RLIMIT_FSIZE)
    files = {f"{number:02}.bin": bytes(20_000 * (number + 1)) for number in range(12)}
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        for number in range(len(files)):
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000 * number + 10_000, hard))
            with pytest.raises(OSError, match=r"(?s)cannot be published.*hint: what was there is as it was"):
                publish(files, out)
            assert tree(out) == before
            assert [path.name for path in out.parent.iterdir()] == ["public"]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert publish(files, out)


@pytest.mark.parametrize("way", ["publish", "roll_back"])
@pytest.mark.parametrize("fault", ["killed", "full_disk"])
@pytest.mark.parametrize("system", ["exchanging", "renaming"])
def test_whatever_moment_it_ends_at_the_site_is_whole(tmp_path: Path, way: str, fault: str, system: str) -> None:
    """`every_moment.py` ends a run at each call of the system in turn, and looks at the site and at the next run."""
    command = [sys.executable, str(Path(__file__).with_name("every_moment.py")), way, fault, system, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert int(ended.stdout.split()[0]) > 8


PUBLISHING = """
import sys
from pathlib import Path
from site_builder.publishing import publish
content = bytes(200_000)
print("ready", flush=True)
for number in range(10_000):
    publish({f"{one}.html": f"{number}".encode() + content for one in range(20)}, Path(sys.argv[1]))
"""


def test_a_process_that_is_really_killed_leaves_a_whole_site(tmp_path: Path) -> None:
    out = tmp_path / "public"
    for number in range(4):
        command = [sys.executable, "-c", PUBLISHING, str(out)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=PROJECT) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.05 + 0.037 * number)  # somewhere in the middle of it
            process.kill()
        if out.exists():
            assert len(tree(out)) == 20
            assert len(set(tree(out).values())) == 1
    publish({"index.html": b"the end"}, out)
    assert tree(out) == {"index.html": b"the end"}
    assert all(len(one) == 20 for one in kept(out))


# ---- releases


def publish_days(out: Path, *days: int) -> None:
    """Publish one site a day, as if they had been built then."""
    for day in days:
        publish({"index.html": f"{day}".encode()}, out)
        at = 1_600_000_000 + day * 86_400
        os.utime(out / "index.html", (at, at))


def texts(out: Path) -> list[str]:
    return [(one.folder / "index.html").read_text() for one in releases(out, shelf_beside(out))]


def test_the_last_few_sites_are_kept_and_older_ones_go(tmp_path: Path) -> None:
    publish_days(tmp_path / "public", 1, 2, 3, 4, 5, 6)
    assert texts(tmp_path / "public") == ["6", "5", "4", "3"]
    publish({"index.html": b"7"}, tmp_path / "public", shelf_beside(tmp_path / "public", keep=1))
    assert texts(tmp_path / "public") == ["7", "6"]
    publish({"index.html": b"8"}, tmp_path / "public", shelf_beside(tmp_path / "public", keep=0))
    assert texts(tmp_path / "public") == ["8"]


def test_a_release_is_called_by_its_day_and_what_it_holds(tmp_path: Path) -> None:
    publish_days(tmp_path / "public", 0)
    publish_days(tmp_path / "other", 0)
    (one,), (other,) = (releases(tmp_path / name, shelf_beside(tmp_path / name)) for name in ("public", "other"))
    assert one.name == other.name
    assert one.name.startswith("20200913T122640Z-")
    assert one.is_current


def test_rolling_back_goes_one_release_back_each_time_and_keeps_the_way_forward(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish_days(out, 1, 2, 3)
    (out / ".gitignore").write_bytes(b"*\n")
    shelf = shelf_beside(out)
    for text in ("2", "1"):
        assert roll_back(out, shelf) == next(one for one in releases(out, shelf) if one.is_current)
        assert (out / "index.html").read_text() == text
        assert texts(out) == ["3", "2", "1"]
        assert (out / ".gitignore").read_bytes() == b"*\n"
    with pytest.raises(WrongUsageError, match="no earlier release is kept"):
        roll_back(out, shelf)
    newest = releases(out, shelf)[0].name
    roll_back(out, shelf, newest)
    assert (out / "index.html").read_text() == "3"
    assert roll_back(out, shelf, newest).is_current


def test_a_release_may_be_named_by_a_part_of_its_name_but_not_by_one_of_two(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish_days(out, 1, 2, 3)
    shelf = shelf_beside(out)
    oldest = releases(out, shelf)[-1].name
    with pytest.raises(WrongUsageError, match="3 releases are called so"):
        roll_back(out, shelf, "Z-")
    with pytest.raises(WrongUsageError, match="no release is called so"):
        roll_back(out, shelf, "yesterday")
    roll_back(out, shelf, oldest.rpartition("-")[2])
    assert (out / "index.html").read_text() == "1"


def test_a_site_that_is_gone_can_be_brought_back(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish_days(out, 1, 2)
    shutil.rmtree(out)
    roll_back(out, shelf_beside(out))
    assert (out / "index.html").read_text() == "1"


def test_what_was_published_again_is_kept_once(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish_days(out, 1, 2, 1)
    assert texts(out) == ["2", "1"]


def test_other_things_in_the_folder_of_releases_are_left_alone(tmp_path: Path) -> None:
    out, folder = tmp_path / "public", tmp_path / "mine"
    for name in ("new", "next-year", "back-up", "20200913T122640Z"):
        (folder / name).mkdir(parents=True)
        (folder / name / "thesis.txt").write_text("years of work")
    for day in range(5):
        publish({"index.html": f"{day}".encode()}, out, Shelf(folder, keep=1))
    assert len(list(folder.glob("*/thesis.txt"))) == 4


def test_releases_on_another_file_system_are_refused(out: Path) -> None:
    shared_memory = Path("/dev/shm")  # noqa: S108 - a file system that is never the one of the tests
    if not shared_memory.is_dir() or shared_memory.stat().st_dev == out.stat().st_dev:
        pytest.skip("there is no other file system here")
    folder = shared_memory / f"releases-{os.getpid()}"
    with pytest.raises(OSError, match="another file system; name one with --releases"):
        publish({"a.html": b"new"}, out, Shelf(folder))
    assert not folder.exists()


def test_what_a_process_that_ends_early_has_left_is_written_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes write; one of them ends in the middle of its first file, and the other waits for that."""
    here, told, whole = os.getpid(), multiprocessing.get_context("fork").Event(), Path.write_bytes

    def write(path: Path, content: bytes) -> int:
        if os.getpid() == here:
            assert told.wait(LONGEST_WAIT)
            return whole(path, content)
        whole(path, content[:1])
        told.set()
        os._exit(1)

    files = {f"{number}/{number % 3}/index.html": b"whole" for number in range(5 * LEAST_THINGS)}
    monkeypatch.setattr(folders, "usual", lambda: 2)
    monkeypatch.setattr(Path, "write_bytes", write)
    folders.write(tmp_path / "new", files)
    assert tree(tmp_path / "new") == files
