"""The table as a file `_headers`, which Netlify and Cloudflare Pages read from the root of the site.

Where several rules match an address, Cloudflare joins the values of a header with commas unless a rule takes it away
first (`! Name`); of Netlify both joining and the most exact rule winning are reported. So in the file for Netlify no
header has two values that matter for one address: a policy that is named twice only gets narrower by it. Neither file
says what is asked for each time, because both hosts say so of everything themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from site_builder.hosting.headers import (
    AHEAD,
    AHEAD_FILE,
    CONTENT_HASHED_FOLDER,
    CONTENT_SECURITY_POLICY,
    EMBEDDED_PAGE,
    KEEP_FOR_A_DAY,
    KEEP_FOR_GOOD,
    MEDIA_TYPES,
    OVER_HTTPS,
    SECURITY_HEADERS,
    policy,
    policy_text,
)

_POLICY = "Content-Security-Policy"
_CACHE = "Cache-Control"
_EVERYWHERE = {**SECURITY_HEADERS, **OVER_HTTPS, "Speculation-Rules": AHEAD}
#: No host knows the kind of this file by its name.
_OF_AHEAD = {"Content-Type": MEDIA_TYPES[PurePosixPath(AHEAD_FILE).suffix], _CACHE: KEEP_FOR_A_DAY}
_WITHOUT_FRAMES = {name: allowed for name, allowed in CONTENT_SECURITY_POLICY.items() if name != "frame-ancestors"}


def cloudflare_headers(files: Iterable[str]) -> str:
    """Return the file for Cloudflare Pages, of a site of `files` (their paths from the root)."""
    names = tuple(files)
    everywhere = {**_EVERYWHERE, _POLICY: policy("/", https=True)}
    rules = [("/*", _lines(everywhere))]
    rules += [
        (f"{folder}*", [f"! {_POLICY}", *_lines({_POLICY: policy(folder, https=True)})])
        for folder in _embedded_folders(names)
    ]
    rules += [(f"{folder}*", [f"! {_CACHE}", *_lines({_CACHE: KEEP_FOR_GOOD})]) for folder in _hashed_folders(names)]
    rules += [(f"/{AHEAD_FILE}", [f"! {_CACHE}", *_lines(_OF_AHEAD)])]
    return _text(rules)


def netlify_headers(files: Iterable[str]) -> str:
    """Return the file for Netlify, of a site of `files` (their paths from the root)."""
    names = tuple(files)
    everywhere = {**_EVERYWHERE, _POLICY: policy_text(_WITHOUT_FRAMES, https=True)}
    rules = [("/*", _lines(everywhere))]
    rules += [(pattern, _lines({_POLICY: policy(pattern, https=True)})) for pattern in _apart(names)]
    rules += [(f"{folder}*", _lines({_CACHE: KEEP_FOR_GOOD})) for folder in _hashed_folders(names)]
    rules += [(f"/{AHEAD_FILE}", _lines(_OF_AHEAD))]
    return _text(rules)


def _apart(names: tuple[str, ...]) -> Iterator[str]:
    """Yield patterns that match each address once; no pattern matches both an embedded page and another one."""
    addresses = sorted({_address(name) for name in names} | {f"/{name}" for name in names})
    yield from _apart_below("/", addresses)


def _apart_below(folder: str, addresses: list[str]) -> Iterator[str]:
    below = [one for one in addresses if one.startswith(folder)]
    if len({EMBEDDED_PAGE.search(one) is None for one in below}) == 1:
        yield f"{folder}*"
        return
    yield from (one for one in below if "/" not in one[len(folder) :])
    for part in sorted({one[len(folder) :].split("/")[0] for one in below if "/" in one[len(folder) :]}):
        yield from _apart_below(f"{folder}{part}/", below)


def _address(name: str) -> str:
    """Return where a file is found: a page is found by its folder."""
    return f"/{name.removesuffix('index.html')}" if PurePosixPath(name).name == "index.html" else f"/{name}"


def _embedded_folders(names: Iterable[str]) -> list[str]:
    found = (EMBEDDED_PAGE.match(f"/{name}") for name in names)
    return sorted({one.group() for one in found if one is not None})


def _hashed_folders(names: Iterable[str]) -> list[str]:
    found = ((f"/{name}", CONTENT_HASHED_FOLDER.search(f"/{name}")) for name in names)
    return sorted({path[: one.end()] for path, one in found if one is not None})


def _lines(headers: Mapping[str, str]) -> list[str]:
    return [f"{name}: {setting}" for name, setting in headers.items()]


def _text(rules: Iterable[tuple[str, list[str]]]) -> str:
    return "".join(f"{pattern}\n" + "".join(f"  {line}\n" for line in lines) for pattern, lines in rules)
