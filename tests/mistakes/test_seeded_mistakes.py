"""Mistakes of every sort, put into copies of the real rules and content: each is told in its file and its line.

They are made together, dozens in one tree, because one mistake must not hide another. What rests on what cannot be read
is not looked at; so mistakes of that kind (`RESTING`) are put into a tree with none of the others.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from site_builder.build import HERE
from site_builder.errors import GuidanceError, GuidanceErrors
from site_builder.memo import Memo
from site_builder.survey import read_sources
from tests.mistakes.seeding import Mistake, batches, make_tree, mistakes_of, read_texts
from tests.mistakes.sorts import OF_CONTENT, OF_RULES, OF_STYLE, RESTING, SORTS

TEXTS = read_texts()
SEED = 20221222


def told(tree: Path) -> tuple[GuidanceError, ...]:
    with pytest.raises(GuidanceErrors) as caught:
        read_sources(tree / "rules", tree / "content", HERE / "theme" / "templates", Memo())
    return caught.value.errors


def untold(mistakes: list[Mistake], errors: tuple[GuidanceError, ...]) -> list[str]:
    """The mistakes of which no error of their code stands in their line."""
    found = {(error.place.path, error.place.line, error.code) for error in errors}
    return [
        f"{one.sort.name}: {one.path}:{one.line} {one.new!r}"
        for one in mistakes
        if not any((one.path, one.line, code) in found for code in one.sort.codes)
    ]


def drawn(number: int, seed: int) -> list[Mistake]:
    chance = random.Random(seed)
    return [mistake for sort in SORTS for mistake in mistakes_of(sort, TEXTS, number, chance)]


def page_or_file(mistake: Mistake) -> str:
    """Both versions of a page count as one file, because they are compared."""
    return re.sub(r"\.(ja|en)\.md$", "", mistake.path)


def trees(mistakes: list[Mistake]) -> list[list[Mistake]]:
    """The mistakes in few trees, one a file; those that rest on others apart."""
    resting = [one for one in mistakes if one.sort.name in RESTING]
    others = [one for one in mistakes if one.sort.name not in RESTING]
    return [*batches(others, page_or_file), *batches(resting, lambda one: one.path)]


def test_there_is_a_place_for_every_sort_of_mistake() -> None:
    assert {one.sort.name for one in drawn(1, SEED)} == {sort.name for sort in SORTS}
    assert min(len(OF_RULES), len(OF_STYLE) + len(OF_CONTENT)) > 30


def test_dozens_of_mistakes_are_told_in_one_run_each_in_its_line(tmp_path: Path) -> None:
    first, *others = trees(drawn(1, SEED))
    assert len(first) > 50
    errors = told(make_tree(first, tmp_path / "first"))
    assert untold(first, errors) == []
    resting = others[-1]
    assert untold(resting, told(make_tree(resting, tmp_path / "resting"))) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_hundreds_of_mistakes_are_told_each_in_its_line(seed: int, tmp_path: Path) -> None:
    missed = []
    for at, tree in enumerate(trees(drawn(3, seed))):
        missed += untold(tree, told(make_tree(tree, tmp_path / str(at))))
    assert missed == []
