"""Every link of the finished site, followed: a page or an anchor that is not there stops the build."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from site_builder.errors import GuidanceError, GuidanceErrors, Place
from site_builder.memo import Memo
from site_builder.site.public_address import PublicAddress

_LINKING = {"a": "href", "link": "href", "script": "src", "img": "src"}


class Anchors(HTMLParser):
    """Collects the targets and the ids of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember what the tag leads to, and its id."""
        attributes = dict(attrs)
        target, anchor = attributes.get(_LINKING.get(tag, "")), attributes.get("id")
        if target is not None:
            self.targets.append(target)
        if anchor is not None:
            self.ids.add(anchor)


def check_links(files: Mapping[str, bytes], address: PublicAddress | None = None, memo: Memo | None = None) -> None:
    """Follow every internal link of every page, also one that begins with the `address` of the site.

    A page that `memo` knows is not read again.

    Raises:
        GuidanceErrors: a link leads to a page or an anchor that is not there.
    """
    memo = Memo() if memo is None else memo
    pages = {name: memo.made(anchors, content) for name, content in files.items() if name.endswith(".html")}
    errors = [
        error
        for name, page in pages.items()
        for error in _broken(name, [_inside(target, address) for target in page.targets], pages, files)
    ]
    if errors:
        raise GuidanceErrors(errors)


def anchors(content: bytes) -> Anchors:
    """Return the targets and the ids of a page."""
    page = Anchors()
    page.feed(content.decode())
    return page


def _inside(target: str, address: PublicAddress | None) -> str:
    """Return the link `target` as it is where the site lies at the root of a host."""
    for start in () if address is None or address.is_reserved else (address.text, address.folder):
        if target.startswith(start):
            return f"/{target.removeprefix(start)}"
    return target


def _broken(
    name: str, targets: list[str], pages: Mapping[str, Anchors], files: Mapping[str, bytes]
) -> Iterator[GuidanceError]:
    for target in targets:
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        file = _file(name, parts.path)
        if file not in files:
            yield _error(name, f"the link {target} leads to no page")
        elif parts.fragment and file in pages and unquote(parts.fragment) not in pages[file].ids:
            yield _error(name, f"the link {target} leads to no place on its page")


def _file(page: str, path: str) -> str:
    """Return the file that the path `path`, written on `page`, leads to."""
    if not path:
        return page
    absolute = path if path.startswith("/") else posixpath.join("/", posixpath.dirname(page), path)
    folder = absolute.endswith(("/", "/.", "/.."))
    file = posixpath.normpath(absolute).lstrip("/")
    return posixpath.join(file, "index.html") if folder else file


def _error(page: str, sentence: str) -> GuidanceError:
    hint = "the page is made from a template and from rules or content: mend the one that writes this link"
    return GuidanceError(Place(f"public/{page}"), sentence, hint, "broken-link")
