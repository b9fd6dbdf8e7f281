"""A site that is made again after a change is the one that would be made from nothing, byte for byte."""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from calculator.rulebook import Citation, CitationStatus
from site_builder.build import HERE, PROJECT, Sources, Workshop, silently
from site_builder.errors import GuidanceError, GuidanceErrors
from site_builder.memo import Memo
from site_builder.render.files import without_index
from site_builder.runtime import RuntimePackage
from tests.site.hand_made_content import copy_without_names

ENDINGS = (".yaml", ".md", ".html", ".css", ".mjs")
MOST_BREAKS = 20


def workshop(folder: Path) -> Workshop:
    sources = Sources(folder / "rules", folder / "content", theme=folder / "theme")
    return Workshop(sources, RuntimePackage({}, "runtime-none"))


def made(by: Workshop) -> dict[str, bytes | Path] | str:
    """Return the files of the site, or what is wrong."""
    try:
        return dict(by.files(without_index, None, silently))
    except (GuidanceError, GuidanceErrors) as errors:
        return str(errors)


class BrokenOffError(BaseException):
    """Something more urgent has come."""


def with_breaks(by: Workshop, chance: random.Random) -> dict[str, bytes | Path] | str:
    """Return what `made` returns after it was broken off in many places and begun again each time."""
    breaks = 0

    def perhaps() -> None:
        if chance.random() < 0.02:
            raise BrokenOffError

    by.memo.at_each = perhaps
    while breaks < MOST_BREAKS:
        try:
            return made(by)
        except BrokenOffError:
            breaks += 1
    by.memo.at_each = None
    return made(by)


def edit(folder: Path, chance: random.Random) -> tuple[Path, str]:
    """Change something in some file, whether or not it makes sense; return the file and what stood in it."""
    part = folder / chance.choice(("rules", "rules", "content", "theme"))
    file = chance.choice([file for file in sorted(part.rglob("*")) if file.suffix in ENDINGS])
    before = file.read_text("utf-8")
    lines = before.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines.pop(at)
        case 1:
            lines[at] = re.sub(r"[0-9]", lambda digit: str((int(digit[0]) + 1) % 10), lines[at])
        case 2:
            lines[at] = re.sub("す。", "すよ。", lines[at])
        case _:
            lines.insert(at, "\n")
    file.write_text("".join(lines), "utf-8")
    return file, before


@pytest.fixture
def small(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "tests/good/rules", tmp_path / "rules")
    shutil.copytree(HERE / "theme", tmp_path / "theme")
    copy_without_names(tmp_path)
    return tmp_path


def test_a_small_site_made_again_is_the_one_made_from_nothing(small: Path) -> None:
    chance, again = random.Random(1), workshop(small)
    assert with_breaks(again, chance) == made(workshop(small))
    outcomes = set()
    for _ in range(5):
        file, before = edit(small, chance)
        outcome = with_breaks(again, chance)
        assert outcome == made(workshop(small)), file
        outcomes.add(type(outcome))
        if chance.random() < 0.7 or isinstance(outcome, str):
            file.write_text(before, "utf-8")
    assert outcomes == {dict, str}  # some edits made sense and some did not


@pytest.mark.slow
def test_the_real_site_made_again_is_the_one_made_from_nothing(tmp_path: Path) -> None:
    for name in ("rules", "content"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    shutil.copytree(HERE / "theme", tmp_path / "theme")
    again = workshop(tmp_path)
    made(again)
    for name, old, new in (
        ("rules/monozukuri/r3s/rounds/13.yaml", "2022-12-22 17:00", "2022-12-23 17:00"),
        ("rules/monozukuri/r3s/normal.yaml", "革新的な", "新しい"),
        ("content/interface.yaml", "公式サイトではありません", "公のサイトではありません"),
        ("content/guides/costs.ja.md", "\n\n", "\n\n次のとおりです。"),
        ("theme/templates/frame.html", '<dl class="key">', '<dl class="key" id="key">'),
    ):
        file = tmp_path / name
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
        assert made(again) == made(workshop(tmp_path)), name


def test_a_thing_is_made_once_of_the_same_things_and_again_of_others() -> None:
    memo, makings = Memo(), []

    def joined(one: tuple[str, ...], other: object) -> str:
        makings.append(other)
        return "".join(one)

    first, second = object(), object()
    assert memo.made(joined, ("a", "b"), first) == memo.made(joined, ("a", "b"), first) == "ab"
    assert memo.made(joined, ("a", "c"), first) == "ac"
    assert memo.made(joined, ("a", "b"), second) == "ab"
    assert makings == [first, first, second]


def test_what_no_longer_belongs_to_anything_is_forgotten_and_parts_are_kept() -> None:
    memo = Memo()

    def part(name: str) -> list[str]:
        return [name]

    def whole(*names: str) -> list[list[str]]:
        return [memo.made(part, name) for name in names]

    old = memo.made(whole, "a", "b")
    memo.forget_others()
    new = memo.made(whole, "b", "c")
    memo.forget_others()
    assert new[0] is old[1]
    assert memo.made(part, "b") is old[1]
    assert memo.made(part, "a") is not old[0]


def test_what_breaks_a_making_off_leaves_what_was_made_before_it() -> None:
    memo, makings = Memo(), []

    def part(name: str) -> str:
        makings.append(name)
        return name

    def whole(*names: str) -> str:
        return "".join(memo.made(part, name) for name in names)

    def before_the_second() -> None:
        if makings:
            raise BrokenOffError

    memo.at_each = before_the_second
    with pytest.raises(BrokenOffError):
        memo.made(whole, "a", "b")
    memo.at_each = None
    for _ in range(2):
        assert memo.made(whole, "a", "b") == "ab"
        memo.forget_others()
    assert makings == ["a", "b"]


def test_a_failure_is_not_kept() -> None:
    memo, tries = Memo(), []

    def shaky() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("not at first")
        return "made"

    with pytest.raises(ValueError, match="at first"):
        memo.made(shaky)
    assert memo.made(shaky) == "made"


def test_equal_things_in_another_order_or_of_another_kind_are_not_the_same() -> None:
    memo = Memo()
    first = memo.same("facts", {"employees": 1, "small": True})
    assert memo.same("facts", {"employees": 1, "small": True}) is first
    for other in ({"small": True, "employees": 1}, {"small": 1, "employees": 1}):
        assert memo.same("facts", other) is other
    assert memo.same("pages", frozenset({"a/", "b/"})) is memo.same("pages", frozenset({"b/", "a/"}))


def test_records_are_the_same_if_all_of_their_parts_are() -> None:
    memo, citation = Memo(), Citation("guideline", "3", CitationStatus.PRINTED)
    first = memo.same("source", (citation, Fraction(1, 2), date(2022, 12, 22)))
    assert memo.same("source", (Citation("guideline", "3", CitationStatus.PRINTED), *first[1:])) is first
    for other in (
        (citation, Fraction(1, 2), datetime(2022, 12, 22, tzinfo=UTC)),
        (replace(citation, section="4"), *first[1:]),
        (citation, 0.5, first[2]),
        first[:2],
        [*first],
    ):
        assert memo.same("source", other) is other
        assert memo.same("source", first) is first
