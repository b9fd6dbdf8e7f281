"""How many findings there are about the rules, for a build that says no more of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from site_builder.examining.examination import examine, summary
from site_builder.examining.reading import read_subject

_PROJECT = Path(__file__).parents[2]
_CODE = ("calculator", "site_builder/rules", "site_builder/sources", "site_builder/style", "site_builder/examining")


def counted(rules: Path, content: Path, today: date, kept: Path) -> str:
    """Return one line that sums up what is found; it is kept in the folder `kept` until something of it changes.

    Raises:
        GuidanceErrors: the rules are wrong.
    """
    file = kept / f"{_fingerprint(rules, content, today)}.txt"
    if file.is_file():
        return file.read_text(encoding="utf-8")
    words = summary(examine(replace(read_subject(rules, content, today), is_shown=False)))
    kept.mkdir(parents=True, exist_ok=True)
    for old in kept.glob("*.txt"):
        old.unlink(missing_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}")
    unfinished.write_text(words, encoding="utf-8")
    unfinished.replace(file)  # another build may read it at any moment
    return words


def _fingerprint(rules: Path, content: Path, today: date) -> str:
    """Return what is the same as long as the examination would find the same."""
    digest = hashlib.sha256(today.isoformat().encode())
    for folder, file in _files(rules, content):
        digest.update(f"{file.relative_to(folder)}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _files(rules: Path, content: Path) -> Iterator[tuple[Path, Path]]:
    """Yield every file that matters, with the folder in which it lies."""
    for folder in (rules, content, *(_PROJECT / name for name in _CODE)):
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".yaml", ".md", ".py"):
                yield folder, file
