"""Mistakes as people make them, put into copies of rules and content: sorts of slips go in, spoilt trees come out.

A sort says in which files it can happen, what is found there (a pattern whose group `x` is spoilt) and what takes its
place. Which of all places it is, chance decides. What must be told is the file and the line that was spoilt.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[2]
SOURCES = ("rules", "content")

Spoil = Callable[[str], str]


@dataclass(frozen=True)
class Sort:
    """A sort of mistake.

    Attributes:
        name: in words.
        files: where it can be made: a pattern of paths from the root of the project.
        pattern: what is spoilt there, in the group `x`, or as a whole; all of `(?m)`.
        spoil: what takes its place.
        codes: one of these is told.
        at: the group at which it is told, if that is not what is spoilt; "end" is the end of what takes its place.
    """

    name: str
    files: str
    pattern: str
    spoil: Spoil
    codes: tuple[str, ...]
    at: str = "x"


@dataclass(frozen=True)
class Mistake:
    """One mistake: in which file, what is spoilt from where to where, and the line where it must be told."""

    sort: Sort
    path: str
    start: int
    end: int
    new: str
    line: int


def swapped(word: str) -> str:
    """A name with two letters in the wrong order."""
    for at in range(len(word) - 2, 0, -1):
        if word[at] != word[at + 1] and word[at : at + 2].isalpha():
            return f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"
    return f"{word}x"


def exchanged(texts: str) -> str:
    """The text of each language under the key of the other."""
    ja, _, en = texts.partition(", en: ")
    return f"{en}, en: {ja}"


def put(new: str) -> Spoil:
    """Whatever was there, something else."""
    return lambda _old: new


def without(part: str) -> Spoil:
    """The same without its first `part`."""
    return lambda old: old.replace(part, "", 1)


def with_more(more: str) -> Spoil:
    """The same with something behind it."""
    return lambda old: f"{old}{more}"


def wide(text: str) -> str:
    """The same with the first digit in full width."""
    return re.sub(r"[0-9]", lambda digit: chr(ord(digit[0]) + 0xFEE0), text, count=1)


def mistakes_of(sort: Sort, texts: Mapping[str, str], number: int, chance: random.Random) -> list[Mistake]:
    """So many mistakes of a sort, each in a file of its own."""
    pattern = re.compile(sort.pattern, re.MULTILINE)
    files = [path for path in sorted(texts) if re.fullmatch(sort.files, path) and pattern.search(texts[path])]
    chosen = chance.sample(files, min(number, len(files)))
    return [_mistake(sort, path, chance.choice(list(pattern.finditer(texts[path]))), texts[path]) for path in chosen]


def _mistake(sort: Sort, path: str, match: re.Match[str], text: str) -> Mistake:
    group = "x" if "x" in match.re.groupindex else 0
    start, end = match.span(group)
    new = sort.spoil(match[group])
    spoilt = f"{text[:start]}{new}{text[end:]}"
    told = match.start(sort.at) if sort.at in match.re.groupindex else start + len(new.rstrip("\n"))
    return Mistake(sort, path, start, end, new, spoilt.count("\n", 0, told) + 1)


def read_texts() -> dict[str, str]:
    """Every file of rules and content by its path from the root of the project."""
    return {
        path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8")
        for name in SOURCES
        for path in sorted((PROJECT / name).rglob("*"))
        if path.suffix in (".yaml", ".md", ".txt", ".sh") and path.is_file()
    }


def batches(mistakes: list[Mistake], apart: Callable[[Mistake], str]) -> Iterator[list[Mistake]]:
    """All mistakes in as few trees as possible, no two of them in one tree where `apart` says the same of them."""
    left = list(mistakes)
    while left:
        tree: dict[str, Mistake] = {}
        for mistake in left:
            tree.setdefault(apart(mistake), mistake)
        yield list(tree.values())
        left = [mistake for mistake in left if mistake not in tree.values()]


def make_tree(mistakes: list[Mistake], folder: Path) -> Path:
    """Copy rules and content into `folder`, with these mistakes in them, one a file."""
    for name in SOURCES:
        shutil.copytree(PROJECT / name, folder / name)
    for mistake in mistakes:
        file = folder / mistake.path
        text = file.read_text(encoding="utf-8")
        file.write_text(f"{text[: mistake.start]}{mistake.new}{text[mistake.end :]}", encoding="utf-8")
    return folder
