"""A story tells its own case: its yen and its people are those that the calculator was given, or their sums."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from site_builder.rules.model import Example
from tests.real import real_rules

_YEN_JA = re.compile(r"(?:([0-9,]+)億)?(?:([0-9,]+)万)?([0-9,]+)?円")
_YEN_EN = re.compile(r"([0-9,]*[0-9]) yen")
_PEOPLE = re.compile(r"従業員(?:が|は|の数が)?([0-9,]+)人(?!増|多)")
_EMPLOYEES = re.compile(r"\b([0-9,]+) (?:regular )?employees")  # "one more employee" is in words

EXAMPLES = {f"{one.rule_set}:{one.name}": one for one in real_rules().examples if one.published}


def number(digits: str | None) -> int:
    return int((digits or "0").replace(",", ""))


def told_yen(example: Example) -> set[int]:
    ja = {
        number(oku) * 10**8 + number(man) * 10**4 + number(one) for oku, man, one in _YEN_JA.findall(example.story.ja)
    }
    return ja | {number(digits) for digits in _YEN_EN.findall(example.story.en)}


def numbers_in(value: object) -> Iterator[int]:
    if isinstance(value, int) and not isinstance(value, bool):
        yield abs(value)  # a loss is told by its size
    elif isinstance(value, dict):
        for one in value.values():
            yield from numbers_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from numbers_in(one)


def stated(example: Example) -> set[int]:
    """Return every number of the facts and of the answer, and what the parts of each list come to together."""
    found = {*numbers_in(dict(example.facts)), *numbers_in(dict(example.expected))}
    for value in example.facts.values():
        if isinstance(value, list):
            amounts = [amount for row in value for amount in numbers_in(row)]
            found |= {sum(some) for size in range(2, len(amounts) + 1) for some in combinations(amounts, size)}
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_story_tells_the_figures_of_its_own_case(name: str) -> None:
    example = EXAMPLES[name]
    people = {number(digits) for digits in (*_PEOPLE.findall(example.story.ja), *_EMPLOYEES.findall(example.story.en))}
    assert told_yen(example) | people <= stated(example)
