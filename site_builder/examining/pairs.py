"""What is written in both languages: the pairs of texts in YAML files, and the sections of guides that go together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.errors import Gathering, Place
from site_builder.examining.subject import Subject
from site_builder.style.pairs import Pair, pairs_of
from site_builder.style.passages import Passage, passages_of, written

_QUESTION = re.compile(r"^(?=### )", re.MULTILINE)
_YAML, _GUIDE = ".yaml", ".md"
#: What is a part of a budget's name, and which of its files say nothing of their own.
_UNNAMED = ("/rule_set", "/rounds")


@dataclass(frozen=True, slots=True)
class WrittenPair:
    """A pair of texts, and what its file is about, as `rules/accepted.yaml` names it."""

    of: str
    pair: Pair


def pairs_in_rules(subject: Subject) -> Iterator[WrittenPair]:
    """Yield the texts of the rules that are looked at; those of all files, where every budget is."""
    if subject.folder is None:
        return
    budgets = tuple(f"{one.slug}/" for one in subject.rule_sets)
    for file in written(subject.folder):
        name = file.relative_to(subject.folder).as_posix()
        if file.suffix == _YAML and (subject.is_whole or name.startswith(budgets)):
            of = name.removesuffix(_YAML)
            for unnamed in _UNNAMED:
                of = of.replace(unnamed, "")
            yield from (WrittenPair(of, pair) for pair in pairs_of(_read(file, subject.folder)))


def pairs_on_pages(subject: Subject) -> Iterator[WrittenPair]:
    """Yield the texts of content, where everything is looked at."""
    if subject.content is None or not subject.is_whole:
        return
    for file in written(subject.content):
        shown = file.relative_to(subject.content.parent).as_posix()
        if file.suffix == _YAML:
            yield from (WrittenPair(shown, pair) for pair in pairs_of(_read(file, subject.content)))
        elif file.name.endswith(f".ja{_GUIDE}"):
            other = file.with_name(file.name.replace(f".ja{_GUIDE}", f".en{_GUIDE}"))
            if other.is_file():
                guide = pairs_of_guide(_read(file, subject.content), _read(other, subject.content))
                yield from (WrittenPair(shown, pair) for pair in guide)


def _read(file: Path, folder: Path) -> tuple[Passage, ...]:
    """Return the passages of a file; one that cannot be read has none: the build says why."""
    shown = file.relative_to(folder.parent).as_posix()
    return Gathering().attempt(lambda: passages_of(file.read_bytes(), shown)) or ()


def pairs_of_guide(ja: tuple[Passage, ...], en: tuple[Passage, ...]) -> Iterator[Pair]:
    """Yield what goes together of the two versions of a guide: its sections, and the questions in them."""
    for one, other in zip(ja, en, strict=False) if len(ja) == len(en) else ():
        questions = list(_questions(one)), list(_questions(other))
        if len(questions[0]) == len(questions[1]):
            yield from (Pair(*pair) for pair in zip(*questions, strict=True))
        else:
            yield Pair(one, other)


def _questions(section: Passage) -> Iterator[Passage]:
    starts = [0, *(match.start() for match in _QUESTION.finditer(section.raw) if match.start())]
    for start, end in zip(starts, [*starts[1:], len(section.raw)], strict=True):

        def place(first: int, last: int, start: int = start) -> Place:
            return section.place(start + first, start + last)

        yield replace(section, text=section.text[start:end], raw=section.raw[start:end], place=place)
