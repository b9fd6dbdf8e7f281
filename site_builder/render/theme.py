"""The theme's styles, scripts and images, published in one folder that is named after their contents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.render.tokens import read_tokens, with_values

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
#: Around what no selector and no value needs a space beside; strings in the styles have none of these with spaces.
_NEEDLESS_SPACE = re.compile(r"\s*([{};,])\s*|(?<=[a-z]:) (?=[^\s])")
PUBLISHED = ("styles", "scripts", "images")


@dataclass(frozen=True, slots=True)
class Theme:
    """How the site looks: its templates, and the files that are published as they are, by name (`styles/site.css`)."""

    templates: Path
    files: Mapping[str, bytes]
    directory_name: str

    def address(self, name: str) -> str:
        """Return the path of a published file from the root of the site.

        Raises:
            KeyError: the theme has no such file.
        """
        if name not in self.files:
            raise KeyError(name)
        return f"{self.directory_name}/{name}"


def read_theme(folder: Path, node_modules: Path) -> Theme:
    """Return the theme in `folder`, its styles with the values of the design tokens in `node_modules`.

    Raises:
        GuidanceError: the design tokens are not installed.
        GuidanceErrors: a style names a token that there is not.
    """
    tokens = read_tokens(node_modules)
    paths = [path for part in PUBLISHED for path in sorted((folder / part).rglob("*")) if path.is_file()]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    styles = {name: content.decode() for name, content in files.items() if name.endswith(".css")}
    files |= {name: _published(with_values(style, tokens, name)) for name, style in styles.items()}
    return Theme(folder / "templates", files, f"theme-{_fingerprint(files)}")


def _published(style: str) -> bytes:
    """Return the style as browsers get it: without comments and the spaces that only people need."""
    return _NEEDLESS_SPACE.sub(r"\1", _COMMENT.sub("", style)).replace(";}", "}").strip().encode()


def _fingerprint(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]
