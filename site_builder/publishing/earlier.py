"""What a page of an earlier site still asks for: the folders of kept sites that are named after their contents.

A page that was opened just before a site was published, or that a cache still has, asks afterwards for its styles and
scripts. Their folder is no part of the new site. A link to it stays in the folder `earlier` on the shelf, as long as
the site that it belongs to is kept, and a server looks there for what the site in place has not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from site_builder.hosting.headers import CONTENT_HASHED_FOLDER
from site_builder.publishing.disk import sync

EARLIER = "earlier"
_DRAFT = ".draft"


def link_earlier(out: Path, shelf: Path, kept: Sequence[Path]) -> None:
    """Make the links on the shelf those to the folders of the sites kept on it that the site in `out` has not.

    Each link appears and disappears in one step, new ones before old ones. `kept` begins with the newest.

    Raises:
        OSError: a link cannot be made or taken away.
    """
    place = shelf / EARLIER
    found = [*place.iterdir()] if place.is_dir() else []
    there = {one.name: one.readlink() for one in found if one.is_symlink()}
    taken = {one.name for one in found} - there.keys()  # somebody's own folders are left alone
    wanted = {name: path for name, path in _folders(kept) if not (out / name).exists() and name not in taken}
    if there == wanted:
        return
    place.mkdir(exist_ok=True)
    (place / _DRAFT).unlink(missing_ok=True)
    for name, path in wanted.items():
        if there.get(name) != path:
            (place / _DRAFT).symlink_to(path)
            (place / _DRAFT).rename(place / name)
    for name in there.keys() - wanted.keys() - {_DRAFT}:
        (place / name).unlink()
    sync(place)
    if not (wanted or taken):
        place.rmdir()


def _folders(kept: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Yield the name of each such folder, and the way to it from the links; the newest site's comes last."""
    for site in reversed(kept):
        for folder in sorted(site.iterdir()):
            if folder.is_dir() and CONTENT_HASHED_FOLDER.search(f"{folder.name}/"):
                yield folder.name, Path("..", site.name, folder.name)
