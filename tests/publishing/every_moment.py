"""Ends a run of publishing at each of its calls of the system in turn; looks at what is left, and at the next run.

A process of its own, because an audit hook cannot be taken away: `every_moment.py publish|roll_back killed|full_disk
exchanging|renaming FOLDER`. Prints at how many moments it did so.
"""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from site_builder.publishing import disk, publish, releases, roll_back, shelf_beside
from site_builder.publishing import shelf as shelves
from site_builder.publishing.earlier import EARLIER

#: The first two are published before; the second of them is in place when the run begins.
SITES = [{f"{day}.html": b"own", "a/b.html": bytes([day]), f"style-{day:012x}/a.css": bytes([day])} for day in range(3)]
KEPT = b"*\n"
#: The calls at which a run can be killed, and those that fail where there is no room for anything new.
CALLS = {"killed": ("open", "os.", "shutil."), "full_disk": ("open", "os.mkdir", "os.rename")}


def prepare(out: Path) -> None:
    """Publish two sites, one day after the other."""
    for day, files in enumerate(SITES[:2]):
        publish(files, out)
        (out / ".gitignore").write_bytes(KEPT)
        for path in out.rglob("*.html"):
            os.utime(path, (1_600_000_000 + day * 86_400,) * 2)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def site_in(folder: Path) -> int:
    """Which of the sites is there, whole."""
    return SITES.index({name: content for name, content in tree(folder).items() if name != ".gitignore"})


def happen(fault: str) -> None:
    """Let the fault happen to this process."""
    if fault == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def end_at(moment: int, fault: str, run: Callable[[], object]) -> int:
    """Run in a process of its own that meets `fault` at its call number `moment`; return how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    count = itertools.count(1)

    def hook(event: str, _arguments: object) -> None:
        if event.startswith(CALLS[fault]) and next(count) == moment:
            happen(fault)

    sys.addaudithook(hook)
    try:
        run()
    except OSError:
        os._exit(3)
    os._exit(0 if next(count) > moment else 4)  # 4: it was over before


def see(out: Path, new: int, where: str, may_be_missing: bool) -> None:
    """See that a whole site is there, the old one or the new one, and that all others are kept."""
    if may_be_missing and not out.exists():
        shelf_beside(out).recover(out)  # as the next run of any kind does first
        assert site_in(out) == new, where
    there = site_in(out)
    assert there in (1, new), f"{where}: {there}"
    assert (out / ".gitignore").read_bytes() == KEPT, where


def see_no_litter(out: Path, where: str) -> None:
    assert sorted(path.name for path in out.parent.iterdir()) == [".releases", "public"], where
    assert [path.name for path in (out.parent / ".releases").iterdir()] == ["public"], where
    folder = shelf_beside(out).folder
    kept = shelf_beside(out).kept
    assert {path.name for path in folder.iterdir()} == {*(path.name for path in kept), EARLIER}, where


def see_what_earlier_pages_ask_for(out: Path, where: str) -> None:
    """See that the styles of each site are found, in the site in place or through one of two links."""
    earlier = shelf_beside(out).folder / EARLIER
    found = {file.parent.name: file.read_bytes() for folder in (out, earlier) for file in folder.glob("style-*/a.css")}
    assert found == {f"style-{day:012x}": bytes([day]) for day in range(3)}, where
    assert len([*earlier.iterdir()]) == 2, where


#: What is on the disk is not what is tested here, and waiting for it would take most of the time.
os.fsync = lambda fd: None  # noqa: ARG005 - the name is that of the standard library
setattr(disk, "_sync_system", lambda _handle: True)  # noqa: B010 - an attribute of a module, changed for good


def main(way: str, fault: str, system: str, folder: str) -> None:
    if system == "renaming":
        setattr(shelves, "exchange", lambda _one, _other: False)  # noqa: B010 - an attribute of a module, changed for good
    prepare(Path(folder) / "prepared" / "public")
    for moment in itertools.count(1):
        out = Path(folder) / f"{moment}" / "public"
        shutil.copytree(Path(folder) / "prepared", out.parent, symlinks=True)
        run = partial(publish, SITES[2], out) if way == "publish" else partial(roll_back, out, shelf_beside(out))
        where = f"{way}, {fault}, {system}, call {moment}"
        ended = end_at(moment, fault, run)
        if ended == 4:
            print(moment - 1, "moments")
            return
        see(out, 2 if way == "publish" else 0, where, may_be_missing=system == "renaming" and fault == "killed")
        if fault == "full_disk" and ended == 3:
            see_no_litter(out, where)
        publish(SITES[2], out)
        assert site_in(out) == 2, where
        see_no_litter(out, where)
        see_what_earlier_pages_ask_for(out, where)
        held = [site_in(one.folder) for one in releases(out, shelf_beside(out))]
        assert sorted(held) == [0, 1, 2], f"{where}: {held}"
        shutil.rmtree(out.parent)


if __name__ == "__main__":
    main(*sys.argv[1:])
