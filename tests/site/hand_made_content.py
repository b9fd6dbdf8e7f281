"""The real content for made-up rules: what it says of the real ones by name is taken out."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from site_builder.rules.model import Rules
from site_builder.site.content import Content, read_content

CONTENT = Path(__file__).parents[2] / "content"
#: A figure of the rules by name, a link to a page that rules may have, a block that is told what of the rules to show,
#: and where a term is defined.
_FIGURE = re.compile(r"\{[a-z][^{}\n]*/[^{}\n]*:[^{}\n]*\}")
_LINK = re.compile(r"\]\(/(?:monozukuri|kodo-renkei|jizokuka|it|shoukei)/[^)\n]*\)")
_TOLD = re.compile(r"^\{block:[a-z-]+ [^{}\n]*\}[ ]*$", re.MULTILINE)
_DEFINED = re.compile(r"^ +defined: .*\n", re.MULTILINE)


def content_for(rules: Rules) -> Content:
    """Return the content of the project as a site of `rules` can have it."""
    with tempfile.TemporaryDirectory() as folder:
        return read_content(copy_without_names(Path(folder)), rules)


def copy_without_names(folder: Path) -> Path:
    """Copy the content into `folder`, without what names the real rules, and return where it is."""
    copy = Path(shutil.copytree(CONTENT, folder / "content"))
    for file in (*copy.rglob("*.md"), copy / "glossary.yaml"):
        text = file.read_text(encoding="utf-8")
        text = _DEFINED.sub("", text) if file.suffix == ".yaml" else _TOLD.sub("", _LINK.sub("](/)", text))
        file.write_text(_FIGURE.sub("N", text), encoding="utf-8")
    return copy
