"""Files to a folder, in one step: either all of the new site is there, or all of the old one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from site_builder.publishing.folders import KEPT, alone_in, holds, name_of, sync, write
from site_builder.publishing.shelf import NEW, NEXT, Shelf, put_in_place, shelf_beside


def publish(files: Mapping[str, bytes | Path], out: Path, shelf: Shelf | None = None) -> bool:
    """Make `out` hold exactly `files`, by their paths from the root of the site; return False where it did before.

    Everything is written into a new folder on the shelf, which then takes the place of `out`; the site that was there
    is kept as a release. Whatever fails or ends before that leaves `out` as it was, and whatever a killed run has
    left behind is cleared away by the next.

    Raises:
        OSError: the files cannot be written.
    """
    out = out.resolve()
    shelf = shelf or shelf_beside(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with alone_in(out.parent):
        shelf.recover(out)
        if holds(out, files):
            return False
        try:
            with shelf.opened(out):
                _publish(files, out, shelf)
        except OSError as error:
            raise OSError(f"{out}: the new site cannot be published: {_told(error)}\n    hint: {_HINT}") from error
    return True


_HINT = "what was there is as it was; see that the disk has room and that the folder may be written, and build again"


def _publish(files: Mapping[str, bytes | Path], out: Path, shelf: Shelf) -> None:
    kept, new = out / KEPT, shelf.folder / NEW
    try:
        write(new, {**files, **({KEPT: kept} if kept.is_file() else {})})
        name = name_of(new)
        put_in_place(new.rename(shelf.folder / f"{NEXT}{name}"), out, shelf)
    except BaseException:
        shelf.recover(out, finish=False)
        raise
    shelf.clear(name)
    sync(shelf.folder)


def _told(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)
