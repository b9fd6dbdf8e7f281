"""Every link of the finished site, followed: a page or an anchor that is not there stops the build."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from sys import intern
from urllib.parse import unquote

from calculator.text import LANGUAGES, Language
from site_builder.errors import GuidanceError, GuidanceErrors, Place, name_hint
from site_builder.memo import Memo
from site_builder.site.public_address import PublicAddress
from site_builder.sources.source_file import read_source

_LEADS = re.compile(r' (?:href|src)="([^"]*)"')
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ID = re.compile(r' id="([^"]*)"')
#: `](/schedule/#dates)`, or `](#dates)` on the same page; and `defined: /monozukuri/#who`.
_IN_MARKDOWN = re.compile(r"\]\((?P<target>(?:/(?P<page>[^)#\s]*))?#(?P<anchor>[^)\s]+))\)")
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


def written_links(content: Path) -> tuple[WrittenLink, ...]:
    """Return every link to a place on a page in the files of the folder `content`, which errors call `content/`."""
    return tuple(link for path in sorted(content.rglob("*")) if path.is_file() for link in _written_in(path, content))


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
    pages = {name: memo.made(anchors, content) for name, content in files.items() if name.endswith(".html")}
    errors = list(_astray(written, pages))
    told = {error.place.source[error.place.column - 1 :][: error.place.length].rpartition("#")[2] for error in errors}
    inside = _within(address)
    for name, page in pages.items():
        for target, error in _broken(name, map(inside, page.targets), pages, files):
            if unquote(target.partition("#")[2]) not in told:
                errors.append(error)
    if errors:
        raise GuidanceErrors(errors)


def _written_in(path: Path, content: Path) -> Iterator[WrittenLink]:
    pattern = {".md": _IN_MARKDOWN, ".yaml": _IN_YAML}.get(path.suffix)
    if pattern is None:
        return
    file = read_source(path, f"content/{path.relative_to(content).as_posix()}")
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
    """Return what a page leads to, and the places on it.

    Pages are read as templates write them: a double quote stands around values only, everywhere else it is escaped.
    That is several times faster than a parser; tests compare.
    """
    page = content.decode()
    targets = dict.fromkeys(intern(unescape(target)) for target in _LEADS.findall(page))
    return Anchors(tuple(targets), frozenset(intern(unescape(one)) for one in _ID.findall(page)))


def _within(address: PublicAddress | None) -> Callable[[str], str]:
    """Return what turns a link into what it is where the site lies at the root of a host."""
    starts = () if address is None or address.is_reserved else (address.text, address.folder)

    def inside(target: str) -> str:
        start = next((one for one in starts if target.startswith(one)), None)
        return target if start is None else f"/{target.removeprefix(start)}"

    return inside if starts else str


def _broken(
    name: str, targets: Iterable[str], pages: Mapping[str, Anchors], files: Mapping[str, bytes]
) -> Iterator[tuple[str, GuidanceError]]:
    """Yield each target that is not there, and its error."""
    folder = name.split("/")[:-1]
    for target in targets:
        path, _, fragment = target.partition("#")
        if path and _ELSEWHERE.match(path):
            continue
        file = _file(folder, unquote(path.partition("?")[0])) if path else name
        if file not in files:
            yield target, _error(name, f"the link {target} leads to no page")
        elif fragment and file in pages and unquote(fragment) not in pages[file].ids:
            yield target, _error(name, f"the link {target} leads to no place on its page")


def _file(folder: list[str], path: str) -> str:
    """Return the file that the path `path`, written on a page in `folder`, leads to."""
    at = [] if path.startswith("/") else folder.copy()
    *inside, last = path.split("/")
    is_folder = last in ("", ".", "..")
    for part in [*inside, last] if is_folder else inside:
        if part == "..":
            del at[-1:]
        elif part not in ("", "."):
            at.append(part)
    return "/".join((*at, "index.html" if is_folder else last))


def _error(page: str, sentence: str) -> GuidanceError:
    hint = "the page is made from a template and from rules or content: mend the one that writes this link"
    return GuidanceError(Place(f"public/{page}"), sentence, hint, "broken-link")
