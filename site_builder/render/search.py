"""The index for searching: rendered pages go in, the files that a browser searches with come out, always the same.

pagefind makes it (docs/decisions/0016-search.md). Only what stands in `<main>` is indexed, less what all pages repeat.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from calculator.text import LANGUAGES
from site_builder.errors import GuidanceError, Place
from site_builder.lazy import joined
from site_builder.pinned import refuse_others

#: The command of pagefind's npm package, which finds the program for this machine.
COMMAND = Path("pagefind", "lib", "runner", "bin.cjs")
#: What would be found on every page, stands there in other words already, or only tells of other pages.
NOT_INDEXED = (
    ".contents",
    ".stored",
    ".back",
    ".citation",
    ".terms",
    ".change",
    ".late",
    "noscript",
    "template",
    "[hidden]",
)
_OPTIONS = ("--root-selector", "main", "--exclude-selectors", ", ".join(NOT_INDEXED), "--quiet")
#: So many indexes are kept for later builds.
MOST_KEPT = 4
#: What of pagefind's output a browser loads; the rest are interfaces that this site does not use.
_LOADED = re.compile(r"pagefind\.js|pagefind-entry\.json|.*\.pf_meta|wasm\..*\.pagefind|(?:index|fragment)/.*")
#: What of that runs in the browser.
_PROGRAM = re.compile(r"pagefind\.js|wasm\..*\.pagefind")
_FRAGMENT = re.compile(r"fragment/(?P<id>.*)\.pf_fragment")
_SIGNATURE = b"pagefind_dcd"


class SearchIndexError(GuidanceError):
    """The index cannot be made: the program is missing, or has failed."""

    def __init__(self, what: str, sentence: str, hint: str) -> None:
        super().__init__(Place(what), sentence, hint, "search-index")


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The files that a browser searches with, published in one folder that is named after their contents.

    Beside pagefind's own there is for each language `ja.json`: the path of each page by the name of its fragment, and
    the other files that searching needs, which a browser keeps for times without a network.
    """

    files: Mapping[str, bytes]
    directory_name: str


#: What a site has whose index was not made, because nobody will look at it.
NO_INDEX = SearchIndex({}, "search-not-made")


def search_index(pages: Mapping[str, bytes], node_modules: Path, kept: Path | None = None) -> SearchIndex:
    """Return the index of `pages`, HTML by the path of its file.

    What was made of the last sites is kept in the folder `kept`, and is not made again of the same pages; None keeps
    nothing.

    Raises:
        SearchIndexError: pagefind is not there, or fails.
        OtherContentsError: it puts out another program for browsers than the one that was looked at.
    """
    if not pages:
        return NO_INDEX
    made = _made(pages, node_modules) if kept is None else _made_once(pages, node_modules, kept)
    refuse_others("search", {name: content for name, content in made.items() if _PROGRAM.fullmatch(name)})
    files = {**made, **{f"{language}.json": _table(made, language) for language in LANGUAGES}}
    return SearchIndex(files, f"search-{_fingerprint(files)}")


def _made(pages: Mapping[str, bytes], node_modules: Path) -> Mapping[str, bytes]:
    """Return what pagefind makes of `pages`, as far as a browser loads it."""
    with tempfile.TemporaryDirectory() as folder:
        site, out = Path(folder, "site"), Path(folder, "out")
        for name, html in pages.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_bytes(html)
        _run(site, out, node_modules)
        names = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
        return {name: (out / name).read_bytes() for name in names if _LOADED.fullmatch(name)}


def _made_once(pages: Mapping[str, bytes], node_modules: Path, kept: Path) -> Mapping[str, bytes]:
    """Return the same as `_made`; it is kept by the hash of all that decides it."""
    version = node_modules / COMMAND.parts[0] / "package.json"
    asked = repr((_OPTIONS, version.read_bytes() if version.is_file() else None)).encode()
    archive = kept / f"{_hash_of(joined(pages, {'': asked}))}.zip"
    with contextlib.suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(archive) as found:
        archive.touch()
        return {name: found.read(name) for name in found.namelist()}
    made = _made(pages, node_modules)
    kept.mkdir(parents=True, exist_ok=True)
    part = archive.with_name(f"{archive.name}.{os.getpid()}")
    with zipfile.ZipFile(part, "w") as written:
        for name, content in made.items():
            written.writestr(name, content)
    part.replace(archive)
    for old in sorted(kept.glob("*.zip"), key=lambda one: one.stat().st_mtime_ns, reverse=True)[MOST_KEPT:]:
        old.unlink()
    return made


def _run(site: Path, out: Path, node_modules: Path) -> None:
    command = node_modules / COMMAND
    hint = "run `make build`, which installs the packages of package-lock.json"
    if not command.is_file():
        raise SearchIndexError(str(command), "the program that makes the search index is missing", hint)
    done = subprocess.run(
        ["node", command, "--site", site, "--output-path", out, *_OPTIONS],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip()
        raise SearchIndexError("pagefind", f"the search index cannot be made: {words}", hint)


def _table(files: Mapping[str, bytes], language: str) -> bytes:
    """Return what the script knows of the index before it asks for any part of it."""
    paths = {name: url.lstrip("/") for name, url in _fragments(files, language)}
    kept = [name for name in files if _belongs_to(name, language, files)]
    return json.dumps({"pages": paths, "files": kept}, separators=(",", ":")).encode()


def _fragments(files: Mapping[str, bytes], language: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each fragment in `language` and the address of its page."""
    for name, content in files.items():
        match = _FRAGMENT.fullmatch(name)
        if match is not None and match["id"].startswith(f"{language}_"):
            yield match["id"], json.loads(gzip.decompress(content).removeprefix(_SIGNATURE))["url"]


def _belongs_to(name: str, language: str, files: Mapping[str, bytes]) -> bool:
    """Say whether searching in `language` needs the file, which is no page's fragment, sooner or later."""
    engine = json.loads(files["pagefind-entry.json"])["languages"].get(language, {}).get("wasm") or "unknown"
    shared = ("pagefind.js", "pagefind-entry.json", f"wasm.{engine}.pagefind")
    return name in shared or name.startswith((f"index/{language}_", f"pagefind.{language}_"))


def _fingerprint(files: Mapping[str, bytes]) -> str:
    return _hash_of(files)[:12]


def _hash_of(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        content = files[name]
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
