"""Every link of the finished site, followed: a page or an anchor that is not there stops the build."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from calculator.text import LANGUAGES, Language
from site_builder.errors import GuidanceError, GuidanceErrors, Place, name_hint
from site_builder.memo import Memo
from site_builder.site.public_address import PublicAddress
from site_builder.sources.source_file import read_source

_LINKING = "a[href], link[href], script[src], img[src]"
#: `](/schedule/#dates)`, or `](#dates)` on the same page; and `defined: /monozukuri/#who`.
_IN_MARKDOWN = re.compile(r"\]\((?P<target>(?:/(?P<page>[^)#\s]*))?#(?P<anchor>[^)\s]+))\)")
#: So many addresses are remembered with what they lead to: pages of a folder lead to much the same places.
_REMEMBERED = 20_000
_IN_YAML = re.compile(r"^ +defined: (?P<target>/(?P<page>[^#\s]*)#(?P<anchor>\S+))", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a page leads to, each as it is written there and once, and the ids of the places on it."""

    targets: tuple[str, ...]
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class WrittenLink:
    """A link to a place on a page as content writes it: `/schedule/#dates`; `language` None stands for both."""

    place: Place
    language: Language | None
    page: str
    anchor: str


def written_links(content: Path) -> Iterator[WrittenLink]:
    """Yield every link to a place on a page in the files of the folder `content`, which errors call `content/`."""
    for path in sorted(content.rglob("*")):
        if path.is_file():
            yield from _written_in(path, content)


def check_links(
    files: Mapping[str, bytes],
    address: PublicAddress | None = None,
    written: Iterable[WrittenLink] = (),
    memo: Memo | None = None,
) -> None:
    """Follow every internal link of every page, also one that begins with the `address` of the site.

    What `written` links of the content lead to is told where they are written. A page that `memo` knows is not read
    again.

    Raises:
        GuidanceErrors: a link leads to a page or an anchor that is not there.
    """
    memo = Memo() if memo is None else memo
    names = [name for name in files if name.endswith(".html")]
    pages = dict(zip(names, memo.each(anchors, [(files[name],) for name in names]), strict=True))
    errors = list(_astray(written, pages))
    starts = () if address is None or address.is_reserved else (address.text, address.folder)
    told = {error.place.source[error.place.column - 1 :][: error.place.length].rpartition("#")[2] for error in errors}
    for name, page in pages.items():
        for target, error in _broken(name, [_inside(target, starts) for target in page.targets], pages, files):
            if unquote(urlsplit(target).fragment) not in told:
                errors.append(error)
    if errors:
        raise GuidanceErrors(errors)


def _written_in(path: Path, content: Path) -> Iterator[WrittenLink]:
    pattern = {".md": _IN_MARKDOWN, ".yaml": _IN_YAML}.get(path.suffix)
    if pattern is None:
        return
    file = read_source(path, content, f"content/{path.relative_to(content).as_posix()}")
    language = next((one for one in LANGUAGES if path.suffix == ".md" and path.stem.endswith(f".{one}")), None)
    own = f"{path.stem.split('.')[0]}/" if path.suffix == ".md" else ""
    for link in pattern.finditer(file.text):
        page = own if link["page"] is None else link["page"]
        yield WrittenLink(file.place(*link.span("target")), language, page, link["anchor"])


def _astray(links: Iterable[WrittenLink], pages: Mapping[str, Anchors]) -> Iterator[GuidanceError]:
    """Yield an error for each link to a place that is not there; whether there is the page, was asked before."""
    for link in links:
        for language in LANGUAGES if link.language is None else (link.language,):
            page = pages.get(f"{language}/{link.page}index.html")
            if page is not None and unquote(link.anchor) not in page.ids:
                sentence = f"there is no place #{link.anchor} on the page /{link.page}"
                hint = name_hint(link.anchor, page.ids, "name an anchor of that page")
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


def _broken(
    name: str, targets: list[str], pages: Mapping[str, Anchors], files: Mapping[str, bytes]
) -> Iterator[tuple[str, GuidanceError]]:
    """Yield each target that is not there, and its error."""
    for target in targets:
        path, anchor = _parts(target)
        if path is None:
            continue
        file = _file(name, path)
        if file not in files:
            yield target, _error(name, f"the link {target} leads to no page")
        elif anchor and file in pages and anchor not in pages[file].ids:
            yield target, _error(name, f"the link {target} leads to no place on its page")


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


def _error(page: str, sentence: str) -> GuidanceError:
    hint = "the page is made from a template and from rules or content: mend the one that writes this link"
    return GuidanceError(Place(f"public/{page}"), sentence, hint, "broken-link")
