"""Files to a folder, in one step: either all of the new site is there, or all of the old one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from site_builder.lazy import joined
from site_builder.publishing.disk import sync
from site_builder.publishing.folders import KEPT, alone_in, holds, name_of, write
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
            shelf.link_earlier(out)
            return False
        is_in_place = False
        try:
            with shelf.opened(out):
                name = _put_in_place(files, out, shelf)
                is_in_place = True
                shelf.clear(name)
                shelf.link_earlier(out)
                sync(shelf.folder)
        except OSError as error:
            sentence, hint = (_NOT_TIDIED, _TIDY) if is_in_place else (_NOT_PUBLISHED, _AS_IT_WAS)
            raise OSError(f"{out}: {sentence}: {_told(error)}\n    hint: {hint}") from error
    return True


_NOT_PUBLISHED = "the new site cannot be published"
_AS_IT_WAS = (
    "what was there is as it was; see that the disk has room and that the folder may be written, and build again"
)
_NOT_TIDIED = "the new site is published, but what is kept of earlier ones cannot be put in order"
_TIDY = "see that the disk has room and that the folder of releases may be written; the next build tries again"


def _put_in_place(files: Mapping[str, bytes | Path], out: Path, shelf: Shelf) -> str:
    """Write the new site and put it in place; return its name."""
    kept, new = out / KEPT, shelf.folder / NEW
    try:
        write(new, joined(files, {KEPT: kept} if kept.is_file() else {}))
        name = name_of(new)
        put_in_place(new.rename(shelf.folder / f"{NEXT}{name}"), out, shelf)
    except BaseException:
        shelf.recover(out, finish=False)
        raise
    return name


def _told(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)
