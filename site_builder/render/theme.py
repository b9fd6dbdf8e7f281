"""The theme's styles, scripts and images, published in one folder that is named after their contents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.render.tokens import read_tokens, with_values

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_QUOTED = re.compile(r'("[^"]*")')
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r" ?([{};,>]) ?")
_AFTER_COLON = re.compile(r": ")
PUBLISHED = ("styles", "scripts", "images")


@dataclass(frozen=True, slots=True)
class Theme:
    """How the site looks: the text of each template by its name, and the published files by theirs (`styles/site.css`).

    Styles are published without their comments and the white space that only people need; all else as it is. In the
    folder `compiled` is kept what templates have been compiled to; None keeps nothing.
    """

    templates: Mapping[str, str]
    files: Mapping[str, bytes]
    directory_name: str
    compiled: Path | None = None


def read_theme(folder: Path, node_modules: Path, compiled: Path | None = None) -> Theme:
    """Return the theme in `folder`, its styles with the values of the design tokens in `node_modules`.

    What templates are compiled to is kept in the folder `compiled`.

    Raises:
        GuidanceError: the design tokens are not installed.
        GuidanceErrors: a style names a token that there is not.
    """
    tokens, templates = read_tokens(node_modules), read_templates(folder / "templates")
    paths = [path for part in PUBLISHED for path in sorted((folder / part).rglob("*")) if path.is_file()]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    styles = {name: content for name, content in files.items() if name.endswith(".css")}
    files |= {name: shorter(with_values(style.decode(), tokens, name)).encode() for name, style in styles.items()}
    return Theme(templates, files, f"theme-{_fingerprint(files)}", compiled)


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
