"""What a code means, out of docs/errors.md: a code goes in, its section in Markdown comes out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

DOCUMENT = Path(__file__).parent.parent / "docs" / "errors.md"
_SECTION = re.compile(
    r"^### (?P<code>[a-z-]+)\n(?P<text>.*?)(?=^### [a-z-]+\n|^## [^\n]+\n\n### [a-z-]+\n|\Z)", re.MULTILINE | re.DOTALL
)


def explanations() -> Mapping[str, str]:
    """Return what is written of each code, in the order of the document.

    Raises:
        OSError: the document cannot be read.
    """
    text = DOCUMENT.read_text(encoding="utf-8")
    return {section["code"]: f"# {section['code']}\n{section['text']}".rstrip() for section in _SECTION.finditer(text)}
