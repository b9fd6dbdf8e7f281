"""The index for searching: rendered pages go in, the files that a browser searches with come out, always the same.

pagefind makes it (docs/decisions/0016-search.md). Only what stands in `<main>` is indexed, less what all pages repeat.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from calculator.text import LANGUAGES
from site_builder.errors import GuidanceError, Place
from site_builder.pinned import refuse_others

#: The command of pagefind's npm package, which finds the program for this machine.
COMMAND = Path("pagefind", "lib", "runner", "bin.cjs")
#: What would be found on every page, stands there in other words already, or only tells of other pages.
NOT_INDEXED = (".contents", ".stored", ".back", ".citation", ".change", ".late", "noscript", "template", "[hidden]")
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


def search_index(pages: Mapping[str, bytes], node_modules: Path) -> SearchIndex:
    """Return the index of `pages`, HTML by the path of its file.

    Raises:
        SearchIndexError: pagefind is not there, or fails.
        OtherContentsError: it puts out another program for browsers than the one that was looked at.
    """
    if not pages:
        return NO_INDEX
    with tempfile.TemporaryDirectory() as folder:
        site, out = Path(folder, "site"), Path(folder, "out")
        for name, html in pages.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_bytes(html)
        _run(site, out, node_modules)
        names = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
        made = {name: (out / name).read_bytes() for name in names if _LOADED.fullmatch(name)}
    refuse_others("search", {name: content for name, content in made.items() if _PROGRAM.fullmatch(name)})
    files = {**made, **{f"{language}.json": _table(made, language) for language in LANGUAGES}}
    return SearchIndex(files, f"search-{_fingerprint(files)}")


def _run(site: Path, out: Path, node_modules: Path) -> None:
    command = node_modules / COMMAND
    hint = "run `make build`, which installs the packages of package-lock.json"
    if not command.is_file():
        raise SearchIndexError(str(command), "the program that makes the search index is missing", hint)
    options = ["--root-selector", "main", "--exclude-selectors", ", ".join(NOT_INDEXED), "--quiet"]
    done = subprocess.run(
        ["node", command, "--site", site, "--output-path", out, *options],
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
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]
