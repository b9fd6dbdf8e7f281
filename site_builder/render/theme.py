"""The theme's styles, scripts and images, published in one folder that is named after their contents."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.digests import sha256_of
from site_builder.errors import GuidanceError, name_hint
from site_builder.memo import Memo
from site_builder.pinned import refuse_others
from site_builder.render.tokens import TOKENS_FILE, read_tokens, with_values
from site_builder.sources.source_file import SourceFile

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_QUOTED = re.compile(r'("[^"]*")')
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r" ?([{};,>]) ?")
_AFTER_COLON = re.compile(r": ")
_TAKEN_IN = re.compile(r'@import "(?P<name>[^"]*)";')
PUBLISHED = ("styles", "scripts", "images")
#: How the name of a style begins that is not published by itself.
PART_OF_OTHERS = "_"


@dataclass(frozen=True, slots=True)
class Theme:
    """How the site looks: the text of each template by its name, and the published files by theirs (`styles/site.css`).

    Styles are published whole, without their comments and the white space that only people need; all else as it is.
    `parts` has every style as it was written, by its name without folder, those too that are only parts of others.
    In the folder `compiled` is kept what templates have been compiled to; None keeps nothing.
    """

    templates: Mapping[str, str]
    files: Mapping[str, bytes]
    parts: Mapping[str, str]
    directory_name: str
    compiled: Path | None = None

    @property
    def seals(self) -> Mapping[str, str]:
        """The hash of each published file, as a page says which contents it asks for."""
        return {name: integrity(content) for name, content in self.files.items()}


def integrity(content: bytes | Path) -> str:
    """Return the hash of a file as pages and scripts give it to a browser (Subresource Integrity)."""
    return f"sha256-{base64.b64encode(sha256_of(content)).decode()}"


def read_theme(folder: Path, node_modules: Path, memo: Memo | None = None, compiled: Path | None = None) -> Theme:
    """Return the theme in `folder`, its styles with the values of the design tokens in `node_modules`.

    What `memo` knows is not made again; the same files and the same object `compiled`, the folder in which is kept what
    templates are compiled to, give the same theme.

    Raises:
        GuidanceError: the design tokens are not installed, or are not those that were looked at.
        GuidanceErrors: a style names a token that there is not.
        GuidanceError: a style takes in another that there is not.
    """
    memo = Memo() if memo is None else memo
    tokens = memo.same("design tokens", read_tokens(node_modules))
    refuse_others("node_modules", {TOKENS_FILE.as_posix(): node_modules / TOKENS_FILE})
    paths = [path for part in PUBLISHED for path in sorted((folder / part).rglob("*")) if path.is_file()]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    styles = {
        name: memo.made(_with_tokens, content, tokens, name) for name, content in files.items() if name.endswith(".css")
    }
    templates = read_templates(folder / "templates")
    return memo.made(_theme, tuple(templates.items()), tuple(files.items()), tuple(styles.items()), compiled)


def _with_tokens(style: bytes, tokens: Mapping[str, str], name: str) -> str:
    return with_values(style.decode(), tokens, name)


def _theme(
    templates: tuple[tuple[str, str], ...],
    files: tuple[tuple[str, bytes], ...],
    styles: tuple[tuple[str, str], ...],
    compiled: Path | None,
) -> Theme:
    """Return the theme of all its files; `styles` have the values of the tokens."""
    parts = {name.removeprefix("styles/"): style for name, style in styles}
    published = {name: content for name, content in files if not Path(name).name.startswith(PART_OF_OTHERS)}
    published |= {name: whole(style, parts, name).encode() for name, style in styles if name in published}
    return Theme(dict(templates), published, parts, f"theme-{_fingerprint(published)}", compiled)


def whole(style: str, parts: Mapping[str, str], name: str) -> str:
    """Return `style`, which errors call `name`, as it is published, with `parts` where it takes them in.

    Raises:
        GuidanceError: it takes in a style that is not among `parts`.
    """
    return shorter(_with_parts(style, parts, name))


def _with_parts(style: str, parts: Mapping[str, str], name: str) -> str:
    file = SourceFile(f"site_builder/theme/{name}", style)

    def taken_in(found: re.Match[str]) -> str:
        other = found["name"]
        if other not in parts:
            place, hint = (
                file.place(*found.span("name")),
                name_hint(other, parts, "the styles stand in the same folder"),
            )
            raise GuidanceError(place, f"no style is called '{other}'", hint, "unknown-style")
        return _with_parts(parts[other], parts, f"styles/{other}")

    return _TAKEN_IN.sub(taken_in, style)


def read_templates(folder: Path) -> Mapping[str, str]:
    """Return the text of each template in `folder` by its name (`blocks/ways.html`)."""
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.*"))}


def shorter(styles: str) -> str:
    """Return `styles` without comments and the white space around punctuation; what stands in quotes stays."""
    pieces = _QUOTED.split(_COMMENT.sub("", styles))
    pieces[::2] = [_AFTER_COLON.sub(":", _AROUND.sub(r"\1", _SPACE.sub(" ", piece))) for piece in pieces[::2]]
    return "".join(pieces).replace(";}", "}").strip()


def _fingerprint(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]
