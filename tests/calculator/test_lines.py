"""Lines are read as JSON says, however often their facts are the same as those of the line before."""

from __future__ import annotations

import json
from random import Random

import pytest

from calculator.json_values import MOST_NESTED, read_json
from calculator.lines import LineReader

FACTS = '{"staff": 20, "growth": 3.5, "costs": [{"amount": 9}], "open": null, "is": true}'

#: Where facts can stand in a line, or seem to; %s are the facts.
PLACES = (
    '{"id": 1, "kind": "x", "facts": %s}',
    '{"id": 1, "facts": %s, "round": 2}',
    '{"facts":%s,"id":1}',
    '  {"facts": %s}  ',
    '{"facts": %s, "facts": %s}',
    '{"facts": {"facts": %s}}',
    '{"a": [{"facts": %s}, {"facts": %s}], "facts": 1}',
    '{"a": "\\"facts\\": %s", "facts": %s}',
    '{"a\\"facts": %s}',
    '{"a": "facts", "b": "x"facts": %s}',
    '["facts": %s]',
    '"facts": %s',
    '{"facts": %s} {"facts": %s}',
    '{"facts": %s',
    '{"facts": %s]',
    '{"facts": %s, "a": NaN}',
    '{"facts": %s, "a": Infinity}',
    '{"facts": %s, "a": "NaN"}',
    '{"facts": 7}',
    '{"facts"  : %s}',
    '{"facts": %s} \r\n\t',
    '{"facts": %s}\u3000',
    '{"facts": %s}\x1f',
)


def read(reader: LineReader, line: str) -> object:
    try:
        return reader.read(line)
    except ValueError:
        return ValueError


def read_alone(line: str) -> object:
    try:
        return read_json(line)
    except ValueError:
        return ValueError


@pytest.mark.parametrize("seed", range(20))
def test_lines_in_turn_are_read_as_each_alone(seed: int) -> None:
    random, reader = Random(seed), LineReader()
    facts = [FACTS, FACTS.replace("20", "true"), FACTS.replace("20", "1"), "{}", '{"a": NaN}', '{"a": 1, "a": 2}', "{"]
    facts += [f'{{"a": {"[" * deep}{"]" * deep}}}' for deep in range(MOST_NESTED - 4, MOST_NESTED + 1)]
    for _ in range(200):
        place, some = random.choice(PLACES), random.choice(facts)
        line = place.replace("%s", some)
        assert repr(read(reader, line)) == repr(read_alone(line)), line


def test_what_nests_too_deeply_is_refused_inside_the_facts_and_beside_them() -> None:
    deep = "[" * 100_000
    for line in (f'{{"facts": {{"a": {deep}', f'{{"facts": {{}}, "a": {deep}'):
        assert read(LineReader(), line) is ValueError


def test_facts_that_are_written_the_same_are_the_same_object_until_others_come() -> None:
    reader = LineReader()
    first, second, other, again = (
        reader.read(json.dumps({"id": number, "facts": {"staff": staff}}))["facts"]
        for number, staff in enumerate((1, 1, 2, 1))
    )
    assert first is second
    assert first == again
    assert first is not again
    assert other == {"staff": 2}
