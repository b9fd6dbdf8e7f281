"""The sites that were published before: the shelf that keeps the last few, and the way back to one of them.

The folder of a kept site is called by what it holds (`folders.name_of`). Names with a dot stand for what is under way:
`.new-site` is being written, `.next-…` is whole and waits to be published, `.back-…` was kept and waits to come back,
`.gone-…` is being taken away. So whoever comes after a killed run knows what to do with each; nothing has to be noted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from site_builder.errors import WrongUsageError
from site_builder.publishing.disk import sync
from site_builder.publishing.earlier import link_earlier
from site_builder.publishing.exchange import exchange
from site_builder.publishing.folders import GONE, KEPT, alone_in, files_of, name_of, remove, written

#: So many earlier sites are kept, unless somebody says otherwise.
USUALLY_KEPT = 3
NEW = ".new-site"
NEXT, BACK = ".next-", ".back-"
_NAME = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{12}")
_UNDER_WAY = re.compile(rf"\.(next|back)-{_NAME.pattern}")


@dataclass(frozen=True, slots=True)
class Release:
    """A site that is or was published: its name, its folder, when it was built, and whether it is the one in place."""

    name: str
    folder: Path
    built: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where earlier sites are kept, and how many of them; it must be on the file system of the site."""

    folder: Path
    keep: int = USUALLY_KEPT

    @property
    def kept(self) -> tuple[Path, ...]:
        """The folders of the sites that are kept, the newest first."""
        there = self.folder.iterdir() if self.folder.is_dir() else ()
        kept = (one for one in there if _NAME.fullmatch(one.name))
        return tuple(sorted(kept, key=lambda one: (written(one), one.name), reverse=True))

    @contextmanager
    def opened(self, out: Path) -> Iterator[None]:
        """Have the folder there while something is done, and afterwards only if something is kept in it.

        Raises:
            OSError: it cannot be made, or nothing can be moved from it to `out` in one step.
        """
        was_there = [one for one in (self.folder, self.folder.parent) if one.exists()]
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            if self.folder.stat().st_dev != out.parent.stat().st_dev:
                raise OSError(f"{self.folder} is on another file system; name one with --releases that is not")
            yield
        finally:
            for one in (self.folder, self.folder.parent):
                if one not in was_there and one.exists() and not any(one.iterdir()):
                    one.rmdir()

    def recover(self, out: Path, *, finish: bool = True) -> None:
        """Clear away what is left of a run that was killed, or fails just now; `finish` a swap that was cut in half.

        Raises:
            OSError: something cannot be moved or taken away.
        """
        for one in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
            if one.name == NEW or one.name.startswith(GONE):
                remove(one)
            elif _UNDER_WAY.fullmatch(one.name):
                self._recover(one, out, finish)

    def _recover(self, left: Path, out: Path, finish: bool) -> None:
        if finish and not out.exists():  # killed between the two steps that a system without an exchange needs
            left.rename(out)
            return
        name = name_of(left)
        was_never_published = left.name == f"{NEXT}{name}"
        if was_never_published or (self.folder / name).exists():
            remove(left)
        else:
            left.rename(self.folder / name)

    def clear(self, current: str) -> None:
        """Take away what is kept twice, or is in place (the site called `current`), or is older than those to keep."""
        seen = {content_of(current)}
        for one in self.kept:
            if content_of(one.name) in seen or len(seen) > self.keep:
                remove(one)
            seen.add(content_of(one.name))

    def link_earlier(self, out: Path) -> None:
        """Have what pages of the kept sites ask for at hand, as far as the site in `out` has it not.

        Raises:
            OSError: a link cannot be made or taken away.
        """
        link_earlier(out, self.folder, self.kept)


def content_of(name: str) -> str:
    """Return the part of a release's name that tells what it holds: of two alike it is one."""
    return name.rpartition("-")[2]


def shelf_beside(out: Path, keep: int = USUALLY_KEPT) -> Shelf:
    """Return the usual shelf of a site: `.releases/public` beside `public`."""
    out = out.resolve()
    return Shelf(out.parent / ".releases" / out.name, keep)


def put_in_place(ready: Path, out: Path, shelf: Shelf) -> None:
    """Put the site in `ready`, which is whole and lies on the shelf, where `out` is, and keep what was there.

    Where the system can exchange two folders, there is no moment without a site. Elsewhere there is one between two
    renames, and a run that is killed in it is finished by the next.
    """
    if not out.exists():
        ready.rename(out)
    elif not files_of(out):
        _swap(ready, out, shelf.folder / f"{GONE}empty")
    else:
        _swap(ready, out, shelf.folder / name_of(out))
    sync(out.parent)


def _swap(ready: Path, out: Path, place: Path) -> None:
    """Put `ready` where `out` is, and what was there in `place`."""
    if place.exists():
        remove(place)
    if exchange(ready, out):
        ready.rename(place)
    else:
        out.rename(place)
        try:
            ready.rename(out)
        except OSError:
            place.rename(out)
            raise
    if place.name.startswith(GONE):
        remove(place)


def releases(out: Path, shelf: Shelf) -> tuple[Release, ...]:
    """Return the site in place and those that are kept, the newest first."""
    out = out.resolve()
    current = [Release(name_of(out), out, written(out), True)] if out.is_dir() and files_of(out) else []
    kept = [Release(one.name, one, written(one), False) for one in shelf.kept]
    return tuple(sorted((*current, *kept), key=lambda one: (one.built, one.name), reverse=True))


def roll_back(
    out: Path, shelf: Shelf, to: str | None = None, see: Callable[[Path], object] = lambda _: None
) -> Release:
    """Put an earlier site back in place, and return it: the one called `to`, or by a part of it; else the one before.

    The site that was in place is kept, so that there is a way forward again. `see` looks at the folder of the site
    before anything is moved, and raises what speaks against it.

    Raises:
        WrongUsageError: there is no such site, or several.
        OSError: it cannot be put in place.
    """
    out = out.resolve()
    with alone_in(out.parent):
        shelf.recover(out)
        chosen = _chosen(releases(out, shelf), out, to)
        if not chosen.is_current:
            see(chosen.folder)
            _bring_back(chosen, out, shelf)
        shelf.link_earlier(out)
        return replace(chosen, folder=out, is_current=True)


def _bring_back(release: Release, out: Path, shelf: Shelf) -> None:
    back = release.folder.rename(shelf.folder / f"{BACK}{release.name}")
    try:
        if (out / KEPT).is_file() and not (back / KEPT).exists():
            (back / KEPT).write_bytes((out / KEPT).read_bytes())
        put_in_place(back, out, shelf)
    except BaseException:
        shelf.recover(out, finish=False)
        raise
    sync(shelf.folder)


def _chosen(known: tuple[Release, ...], out: Path, to: str | None) -> Release:
    if to is not None:
        found = [one for one in known if to in one.name]
        if len(found) != 1:
            count = "no release is" if not found else f"{len(found)} releases are"
            raise WrongUsageError(f"{to}: {count} called so", "`python -m site_builder releases` lists them")
        return found[0]
    current = next((place for place, one in enumerate(known) if one.is_current), -1)
    older = known[current + 1 :]
    if not older:
        hint = "build the site from an earlier state of rules/ and content/"
        if current > 0:
            hint += "; `rollback --to` goes to a later one that `releases` lists"
        raise WrongUsageError(f"{out}: no earlier release is kept", hint)
    return older[0]
