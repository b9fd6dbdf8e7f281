"""Every link of the finished site, followed: a page or an anchor that is not there stops the build."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path, PurePath
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from calculator.text import LANGUAGES, Language
from site_builder.errors import GuidanceError, GuidanceErrors, Place, name_hint
from site_builder.memo import Memo
from site_builder.site.public_address import PublicAddress
from site_builder.sources.source_file import SourceFile, read_source

_LINKING = "a[href], link[href], script[src], img[src]"
#: `](/schedule/#dates)`, or `](#dates)` on the same page; and `defined: /monozukuri/#who`.
_IN_MARKDOWN = re.compile(r"\]\((?P<target>(?:/(?P<page>[^)#\s]*))?#(?P<anchor>[^)\s]+))\)")
#: So many addresses are remembered with what they lead to: pages of a folder lead to much the same places.
_REMEMBERED = 20_000
#: A file and the id of a place in it, or no id.
_Place = tuple[str, str]
_IN_YAML = re.compile(r"^ +defined: (?P<target>/(?P<page>[^#\s]*)#(?P<anchor>\S+))", re.MULTILINE)
_WRITTEN = {".md": _IN_MARKDOWN, ".yaml": _IN_YAML}


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a page leads to, each as it is written there and once, and the ids of the places on it."""

    targets: tuple[str, ...]
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Leads:
    """Where a page leads within the site, each place once, and the ids of the places on it."""

    places: frozenset[_Place]
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class WrittenLink:
    """A link to a place on a page as content writes it: `/schedule/#dates`; `language` None stands for both.

    It stands in the file `name` of `folder`, from one letter to another (`span`).
    """

    folder: Path
    name: str
    span: tuple[int, int]
    language: Language | None
    page: str
    anchor: str

    @property
    def place(self) -> Place:
        """Where it stands; the file is read once more."""
        return _read(self.folder, self.name).place(*self.span)


def written_links(content: Path, memo: Memo | None = None) -> Iterator[WrittenLink]:
    """Yield every link to a place on a page in the files of the folder `content`, which errors call `content/`."""
    paths = [path for path in sorted(content.rglob("*")) if path.suffix in _WRITTEN and path.is_file()]
    names = [path.relative_to(content).as_posix() for path in paths]
    memo = Memo() if memo is None else memo
    yield from chain.from_iterable(memo.spread(_written_in, [(content, name) for name in names]))


def check_links(
    files: Mapping[str, bytes],
    address: PublicAddress | None = None,
    written: Iterable[WrittenLink] = (),
    memo: Memo | None = None,
) -> None:
    """Follow every internal link of every page, also one that begins with the `address` of the site.

    What `written` links of the content lead to is told where they are written; they are asked for only where a page has
    a link that leads nowhere, since each of them is printed. A page that `memo` knows is not read again.

    Raises:
        GuidanceErrors: a link leads to a page or an anchor that is not there.
    """
    memo = Memo() if memo is None else memo
    names = [name for name in files if name.endswith(".html")]
    starts = () if address is None or address.is_reserved else (address.text, address.folder)
    pages = _read_all(names, files, starts, memo)
    ids: dict[str, frozenset[str]] = {}
    alike: dict[frozenset[str], frozenset[str]] = {}
    places: set[_Place] = set()
    for name, page in zip(names, pages, strict=True):
        ids[name] = alike.setdefault(page.ids, page.ids)  # most pages have the same: they are held once
        places |= page.places
    missing = {(file, anchor) for file, anchor in places if not _is_there(file, anchor, files, ids)}
    if not missing:
        return
    errors = list(_astray(written, ids))
    told = {error.place.source[error.place.column - 1 :][: error.place.length].rpartition("#")[2] for error in errors}
    for name, page in zip(names, pages, strict=True):
        if not missing.isdisjoint(page.places):
            targets = [_inside(target, starts) for target in memo.made(anchors, files[name]).targets]
            errors += (
                _error(name, target, is_there=place[0] in files)
                for target in targets
                if (place := _place(name, target)) in missing and unquote(urlsplit(target).fragment) not in told
            )
    raise GuidanceErrors(errors)


def _read_all(
    names: Sequence[str], files: Mapping[str, bytes], starts: tuple[str, ...], memo: Memo
) -> Sequence[_Leads]:
    """Return where each page leads, by several processes where there are; else what `memo` knows is not read again."""
    if memo.is_shared:
        return memo.each(_leads_in, [(name, files, starts) for name in names])
    return [_leads(name, memo.made(anchors, files[name]), starts) for name in names]


def _leads_in(name: str, files: Mapping[str, bytes], starts: tuple[str, ...]) -> _Leads:
    return _leads(name, anchors(files[name]), starts)


def _leads(name: str, page: Anchors, starts: tuple[str, ...]) -> _Leads:
    places = (_place(name, _inside(target, starts)) for target in page.targets)
    return _Leads(frozenset(place for place in places if place is not None), page.ids)


def _is_there(file: str, anchor: str, files: Mapping[str, bytes], ids: Mapping[str, frozenset[str]]) -> bool:
    return file in files and (not anchor or file not in ids or anchor in ids[file])


def _written_in(content: Path, name: str) -> tuple[WrittenLink, ...]:
    path = PurePath(name)
    is_prose = path.suffix == ".md"
    language = next((one for one in LANGUAGES if is_prose and path.stem.endswith(f".{one}")), None)
    own = f"{path.stem.split('.')[0]}/" if is_prose else ""
    return tuple(
        WrittenLink(
            content,
            name,
            link.span("target"),
            language,
            own if link["page"] is None else link["page"],
            link["anchor"],
        )
        for link in _WRITTEN[path.suffix].finditer(_read(content, name).text)
    )


def _read(content: Path, name: str) -> SourceFile:
    return read_source(content / name, content, f"content/{name}")


def _astray(links: Iterable[WrittenLink], ids: Mapping[str, frozenset[str]]) -> Iterator[GuidanceError]:
    """Yield an error for each link to a place that is not there; whether there is the page, was asked before."""
    for link in links:
        for language in LANGUAGES if link.language is None else (link.language,):
            known = ids.get(f"{language}/{link.page}index.html")
            if known is not None and unquote(link.anchor) not in known:
                sentence = f"there is no place #{link.anchor} on the page /{link.page}"
                hint = name_hint(link.anchor, known, "name an anchor of that page")
                yield GuidanceError(link.place, sentence, hint, "unknown-anchor")
                break


def anchors(content: bytes) -> Anchors:
    """Return what a page leads to, and the places on it."""
    # To a parser a template is a document of its own; what stands in it becomes part of the page all the same.
    whole = content.replace(b"<template", b"<div").replace(b"</template", b"</div")
    page = LexborHTMLParser(whole)
    targets = (one.attributes.get("href") or one.attributes.get("src") or "" for one in page.css(_LINKING))
    return Anchors(tuple(dict.fromkeys(targets)), frozenset(one.attributes["id"] or "" for one in page.css("[id]")))


def _inside(target: str, starts: tuple[str, ...]) -> str:
    """Return the link `target` as it is where the site lies at the root of a host, and not where `starts` say."""
    for start in starts:
        if target.startswith(start):
            return f"/{target.removeprefix(start)}"
    return target


def _place(name: str, target: str) -> _Place | None:
    """Return the file and the anchor that the link `target` on a page leads to; None where that is another site."""
    path, anchor = _parts(target)
    return None if path is None else (_file(name, path), anchor)


@lru_cache(_REMEMBERED)
def _parts(target: str) -> tuple[str | None, str]:
    """Return the path and the anchor of a link; the path is None where it leads to another site."""
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else parts.path, unquote(parts.fragment)


def _file(page: str, path: str) -> str:
    """Return the file that the path `path`, written on `page`, leads to."""
    if not path:
        return page
    folder = page.rpartition("/")[0]
    while folder and path.startswith("../"):
        folder, path = folder.rpartition("/")[0], path[3:]
    return _file_from(folder, path)


@lru_cache(_REMEMBERED)
def _file_from(folder: str, path: str) -> str:
    """Return the file that the path `path`, seen from `folder`, leads to."""
    absolute = path if path.startswith("/") else posixpath.join("/", folder, path)
    is_folder = absolute.endswith(("/", "/.", "/.."))
    file = posixpath.normpath(absolute).lstrip("/")
    return posixpath.join(file, "index.html") if is_folder else file


def _error(page: str, target: str, *, is_there: bool) -> GuidanceError:
    """Return the error of a link that leads nowhere; `is_there` says whether the page is there that it names."""
    sentence = f"the link {target} leads to no {'place on its page' if is_there else 'page'}"
    hint = "the page is made from a template and from rules or content: mend the one that writes this link"
    return GuidanceError(Place(f"public/{page}"), sentence, hint, "broken-link")
