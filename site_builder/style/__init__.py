"""The house style of what is written: sentences of rules and content go in, what reads badly comes out as errors.

The checks are ours: the common linters for Japanese need hundreds of packages
(docs/decisions/0019-our-own-style-checks.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from site_builder.errors import Gathering, GuidanceError
from site_builder.memo import Memo
from site_builder.sources.source_file import content_of, readable
from site_builder.style.english import english_faults
from site_builder.style.faults import IN_BOTH, IN_BOTH_WITH_MARKUP, Fault, all_faults
from site_builder.style.japanese import japanese_faults
from site_builder.style.pairs import pairs_of, swapped
from site_builder.style.passages import Passage, passages_of, written

__all__ = ["begin_style", "check_style", "faults"]


def check_style(*folders: Path, memo: Memo | None = None) -> None:
    """Check every sentence under `folders`; errors call each by its own name. What `memo` knows was checked before.

    Raises:
        GuidanceErrors: all that reads badly, and the files that cannot be read.
    """
    begin_style(*folders, memo=memo)()


def begin_style(*folders: Path, memo: Memo | None = None) -> Callable[[], None]:
    """Begin what `check_style` does, in other processes if `memo` has any; what is returned ends it, and raises."""
    memo = Memo() if memo is None else memo
    files = [(path, folder) for folder in folders for path in written(folder)]
    if memo.is_shared:
        return partial(_refuse, memo.begun(_errors_of, files))
    return partial(_refuse, lambda: [_errors_of(*file, memo) for file in files])


def _refuse(found: Callable[[], Iterable[tuple[GuidanceError, ...]]]) -> None:
    errors = Gathering()
    for wrong in found():
        for error in wrong:
            errors.add(error)
    errors.close()


def _errors_of(path: Path, folder: Path, memo: Memo | None = None) -> tuple[GuidanceError, ...]:
    """Return what reads badly in a file of a folder, or why it cannot be read."""
    shown = readable(path.relative_to(folder.parent).as_posix())
    try:
        content = content_of(path, folder, shown)
    except GuidanceError as error:
        return (error,)
    return _errors_in(content, shown) if memo is None else memo.made(_errors_in, content, shown)


def _errors_in(content: bytes, shown: str) -> tuple[GuidanceError, ...]:
    errors = Gathering()
    passages = errors.attempt(partial(passages_of, content, shown)) or ()
    exchanged = [pair for pair in pairs_of(passages) if pair.is_swapped]
    for pair in exchanged:
        errors.add(pair.ja.error(swapped(pair)))
    left_out = {id(passage) for pair in exchanged for passage in (pair.ja, pair.en)}
    for passage in passages:
        for fault in () if id(passage) in left_out else faults(passage):
            errors.add(passage.error(fault))
    return errors.errors


def faults(passage: Passage) -> list[Fault]:
    """Return what reads badly in a passage."""
    find = japanese_faults if passage.language == "ja" else english_faults
    of_language = find(passage.text, passage.raw, is_plain=passage.is_plain)
    return [
        *of_language,
        *all_faults(IN_BOTH, passage.text),
        *all_faults(IN_BOTH_WITH_MARKUP, passage.raw),
    ]
