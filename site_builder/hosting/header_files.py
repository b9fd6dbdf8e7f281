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
    KEEP_FOR_A_DAY,
    KEEP_FOR_GOOD,
    KINDS,
    MEDIA_TYPES,
    ONLY_IN_HEADERS,
    OVER_HTTPS,
    READING,
    SECURITY_HEADERS,
    Policy,
    policy_of,
    policy_text,
)

_POLICY = "Content-Security-Policy"
_CACHE = "Cache-Control"
_EVERYWHERE = {**SECURITY_HEADERS, **OVER_HTTPS, "Speculation-Rules": AHEAD}
#: No host knows the kind of this file by its name.
_OF_AHEAD = {"Content-Type": MEDIA_TYPES[PurePosixPath(AHEAD_FILE).suffix], _CACHE: KEEP_FOR_A_DAY}


def cloudflare_headers(files: Iterable[str]) -> str:
    """Return the file for Cloudflare Pages, of a site of `files` (their paths from the root)."""
    names = tuple(files)
    rules = [("/*", _lines({**_EVERYWHERE, **_policy_line(READING)}))]
    rules += [
        (pattern, [f"! {_POLICY}", *_lines(_policy_line(policy))])
        for pattern, policy in _apart(names)
        if policy is not READING
    ]
    rules += [(f"{folder}*", [f"! {_CACHE}", *_lines({_CACHE: KEEP_FOR_GOOD})]) for folder in _hashed_folders(names)]
    rules += [(f"/{AHEAD_FILE}", [f"! {_CACHE}", *_lines(_OF_AHEAD)])]
    return _text(rules)


def netlify_headers(files: Iterable[str]) -> str:
    """Return the file for Netlify, of a site of `files` (their paths from the root)."""
    names = tuple(files)
    rules = [("/*", _lines({**_EVERYWHERE, **_policy_line(_widest())}))]
    rules += [(pattern, _lines(_policy_line(policy))) for pattern, policy in _apart(names)]
    rules += [(f"{folder}*", _lines({_CACHE: KEEP_FOR_GOOD})) for folder in _hashed_folders(names)]
    rules += [(f"/{AHEAD_FILE}", _lines(_OF_AHEAD))]
    return _text(rules)


def _policy_line(policy: Policy) -> Mapping[str, str]:
    return {_POLICY: policy_text(policy, https=True)}


def _widest() -> Policy:
    """Return a policy that allows what any file may do; what can stand beside it without taking anything away."""
    found: dict[str, dict[str, None]] = {}
    for policy in (READING, *(kind.policy for kind in KINDS)):
        for name, allowed in policy.items():
            if name not in ONLY_IN_HEADERS:
                found.setdefault(name, {}).update(dict.fromkeys(allowed.split()))
    return {name: " ".join([one for one in each if one != "'none'"] or ["'none'"]) for name, each in found.items()}


def _apart(names: tuple[str, ...]) -> Iterator[tuple[str, Policy]]:
    """Yield patterns that match each address once, with its policy."""
    addresses = sorted({_address(name) for name in names} | {f"/{name}" for name in names})
    yield from _apart_below("/", addresses)


def _apart_below(folder: str, addresses: list[str]) -> Iterator[tuple[str, Policy]]:
    below = [one for one in addresses if one.startswith(folder)]
    policies = [policy_of(one) for one in below]
    if all(one is policies[0] for one in policies):
        yield f"{folder}*", policies[0]
        return
    yield from ((one, policy_of(one)) for one in below if "/" not in one[len(folder) :])
    for part in sorted({one[len(folder) :].split("/")[0] for one in below if "/" in one[len(folder) :]}):
        yield from _apart_below(f"{folder}{part}/", below)


def _address(name: str) -> str:
    """Return where a file is found: a page is found by its folder."""
    return f"/{name.removesuffix('index.html')}" if PurePosixPath(name).name == "index.html" else f"/{name}"


def _hashed_folders(names: Iterable[str]) -> list[str]:
    found = ((f"/{name}", CONTENT_HASHED_FOLDER.search(f"/{name}")) for name in names)
    return sorted({path[: one.end()] for path, one in found if one is not None})


def _lines(headers: Mapping[str, str]) -> list[str]:
    return [f"{name}: {setting}" for name, setting in headers.items()]


def _text(rules: Iterable[tuple[str, list[str]]]) -> str:
    return "".join(f"{pattern}\n" + "".join(f"  {line}\n" for line in lines) for pattern, lines in rules)
