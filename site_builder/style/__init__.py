"""The house style of what is written: sentences of rules and content go in, what reads badly comes out as errors.

The checks are ours: the common linters for Japanese need hundreds of packages
(docs/decisions/0019-our-own-style-checks.md).
"""

from __future__ import annotations

from pathlib import Path

from site_builder.errors import Gathering
from site_builder.style.english import english_faults
from site_builder.style.faults import Fault
from site_builder.style.japanese import japanese_faults
from site_builder.style.passages import Passage, passages

__all__ = ["check_style", "faults"]


def check_style(*folders: Path) -> None:
    """Check every sentence under `folders`; errors call each by its own name.

    Raises:
        GuidanceErrors: all that reads badly, and the files that cannot be read.
    """
    errors = Gathering()
    for folder in folders:
        for passage in passages(folder, errors):
            for fault in faults(passage):
                errors.add(passage.error(fault))
    errors.close()


def faults(passage: Passage) -> list[Fault]:
    """Return what reads badly in a passage."""
    find = japanese_faults if passage.language == "ja" else english_faults
    return list(find(passage.text, passage.raw, is_plain=passage.is_plain))
