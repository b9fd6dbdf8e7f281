"""Two built sites compared: files go in; pages and files that were added, removed or changed come out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from site_builder.comparing.words import Hunk, count_words, hunks_of, lines_of
from site_builder.hosting.headers import CONTENT_HASHED_FOLDER
from site_builder.publishing.manifest import MANIFEST
from site_builder.render.compression import is_copy
from site_builder.render.offline import SERVICE_WORKER_FILE
from site_builder.site.plan import RULES_FILE

Files: TypeAlias = Mapping[str, bytes | Path]
"""Every file of a site by its path from the root: what is in it, or where it lies."""

#: What stands in a name for the hash of the contents of a folder.
ANY_HASH = "-…/"
_HASH_IN_PAGE = re.compile(rb' integrity="sha256-[A-Za-z0-9+/=]{44}"')
_HASH_IN_SCRIPT = re.compile(rb"sha256-[A-Za-z0-9+/=]{44}|\b[0-9a-f]{12}\b")


class Manner(StrEnum):
    """What became of a page or another file."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MARKUP = "markup"  # of a page: what it shows is the same
    HASHES = "hashes"  # but for names that are made from contents, and the edition of the rules, all is the same


@dataclass(frozen=True, slots=True)
class Change:
    """A page or another file that is not byte for byte the same. `words` differ; what they are stands in `hunks`.

    Of a page that was added or removed they are all of its words, and there are no hunks.
    """

    name: str
    manner: Manner
    words: int = 0
    hunks: tuple[Hunk, ...] = ()


@dataclass(frozen=True)
class SiteChanges:
    """All that differs between two sites, by name, and how many pages and other files there are on each side."""

    pages: tuple[Change, ...]
    others: tuple[Change, ...]
    pages_before: int
    pages_after: int

    def pages_of(self, manner: Manner) -> tuple[Change, ...]:
        """Return the pages of which that became."""
        return tuple(one for one in self.pages if one.manner is manner)

    def others_of(self, manner: Manner) -> tuple[Change, ...]:
        """Return the other files of which that became."""
        return tuple(one for one in self.others if one.manner is manner)

    @cached_property
    def alike(self) -> tuple[tuple[tuple[Hunk, ...], tuple[Change, ...]], ...]:
        """The changed pages by what changed on them: a word of the menu is told once and not for every page."""
        groups: dict[tuple[Hunk, ...], list[Change]] = {}
        for one in self.pages_of(Manner.CHANGED):
            groups.setdefault(one.hunks, []).append(one)
        return tuple((hunks, tuple(some)) for hunks, some in groups.items())

    @property
    def words(self) -> int:
        """How many words differ on the pages that both sites have."""
        return sum(one.words for one in self.pages_of(Manner.CHANGED))


def compare_sites(before: Files, after: Files) -> SiteChanges:
    """Compare two sites, file by file; a folder that is named after its contents is the same folder on both sides."""
    sides = _Side(before), _Side(after)
    names = sorted({*sides[0].names, *sides[1].names})
    found = [change for name in names if (change := _change(name, *sides)) is not None]
    return SiteChanges(
        tuple(one for one in found if _is_page(one.name)),
        tuple(one for one in found if not _is_page(one.name)),
        *(sum(map(_is_page, side.names)) for side in sides),
    )


def address_of(name: str) -> str:
    """Return where a page is found, from the root of the site."""
    return name.removesuffix("index.html") or "./"


@dataclass(frozen=True)
class _Side:
    files: Files

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of the files by those that do not depend on contents, but for copies and the list of all."""
        own = (name for name in self.files if name != MANIFEST and not is_copy(name, self.files))
        return {CONTENT_HASHED_FOLDER.sub(ANY_HASH, name): name for name in own}

    def content(self, name: str) -> bytes:
        """Return a file as it is."""
        content = self.files[self.names[name]]
        return content if isinstance(content, bytes) else content.read_bytes()

    def without_hashes(self, name: str) -> bytes:
        """Return a file without what other files of the site decide in it."""
        content = self.content(name)
        for word in self._made_words:
            content = content.replace(word, "…".encode())
        if _is_page(name):
            return _HASH_IN_PAGE.sub(b"", content)
        return _HASH_IN_SCRIPT.sub(b"...", content) if name == SERVICE_WORKER_FILE else content

    @cached_property
    def _made_words(self) -> tuple[bytes, ...]:
        """The edition of the rules, and the names of folders that are made from contents; these and no others."""
        folders = {name.split("/")[0] for name in self.files if CONTENT_HASHED_FOLDER.search(name)}
        try:
            edition = json.loads(self.content(RULES_FILE))["edition"]
        except (KeyError, ValueError, TypeError):
            edition = ""
        return tuple(word.encode() for word in (*sorted(folders), edition) if word)


def _change(name: str, before: _Side, after: _Side) -> Change | None:
    if name not in before.names or name not in after.names:
        side, manner = (after, Manner.ADDED) if name in after.names else (before, Manner.REMOVED)
        return Change(name, manner, count_words(_lines(side.content(name))) if _is_page(name) else 0)
    if before.names[name] == after.names[name] and before.content(name) == after.content(name):
        return None
    one, other = before.without_hashes(name), after.without_hashes(name)
    if one == other:
        return Change(name, Manner.HASHES)
    if not _is_page(name):
        return Change(name, Manner.CHANGED)
    hunks = hunks_of(_lines(one), _lines(other))
    return (
        Change(name, Manner.CHANGED, sum(hunk.words for hunk in hunks), hunks) if hunks else Change(name, Manner.MARKUP)
    )


def _is_page(name: str) -> bool:
    return PurePosixPath(name).suffix == ".html"


def _lines(content: bytes) -> tuple[str, ...]:
    return lines_of(content.decode("utf-8", "replace"))
