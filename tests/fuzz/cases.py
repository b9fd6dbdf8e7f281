"""Lines of the calculator's door to other programs: each gets one line, and no fact counts that is not one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from random import Random

from hypothesis import strategies as st

from calculator.answers import Switches
from calculator.assess import Assessor
from calculator.cases import read_facts
from calculator.json_values import JsonObject, JsonValue, read_json
from calculator.kinds import Kind
from calculator.rulebook import Choice, FactDefinition
from tests.calculator.real_questions import drawn, newest_asked, real_book
from tests.fuzz.mutations import edited, mutated
from tests.fuzz.surface import Surface

SWITCHES = Switches(explain=True, next=True)
UNKNOWN = "unknown"
ERRORS = re.compile(r"[a-z_]+")
#: Values of every kind of JSON, on the edges of what is taken.
VALUES: tuple[JsonValue, ...] = (
    *(None, True, False, UNKNOWN, "", "yes", "none", "company", "npo", [], {}, [[]], [{}], [None], {"a": 1}, "\ud800"),
    *(
        0,
        1,
        -1,
        3,
        20,
        10**15,
        2**53,
        2**53 + 1,
        10**39,
        -(10**39),
        1.0,
        0.5,
        1e30,
        1e-30,
        "1",
        "1/3",
        "3.0",
        "-0",
        "1e3",
    ),
    *("2022-12-22", "2022-02-30", "20221222", "2022-W51-4", "0000-01-01", "2200-01-01", "2022-12-22T17:00+09:00"),
    *("2022-12-22T24:00+09:00", "2022-12-22T17:00:00,5+09:00", "2022-12-22T17:00", "2022-12-22 17:00Z", "١٢", "２０"),
    *([{"amount_yen": 1}], [{"category": "machinery_system", "amount_yen": -1}], [{"amount_yen": 1, "x": 2}]),
)


#: Texts that a number, a day or a moment is, or is not by a hair.
NEARLY: tuple[JsonValue, ...] = (
    *(
        "2022-12-22\n",
        " 2022-12-22",
        "2022-12-2",
        "2022-12-222",
        "2022/12/22",
        "1899-12-31",
        "1900-01-01",
        "2199-12-31",
    ),
    *("2022-12-22T17:00Z", "2022-12-22T17:00", "2022-12-22T17:00:00.123Z", "1899-12-31T17:00Z", "2022-12-22T1:00Z"),
    *(
        "1.5",
        "-1/3",
        "1/0",
        "1/-3",
        "1.",
        ".5",
        "1 ",
        " 1",
        "1\n",
        "1_0",
        "+1",
        "1e0",
        "0x1",
        "9" * 21,
        1.5,
        2.0,
        -0.5,
        True,
    ),
)
FIRST_YEAR, LAST_YEAR = 1900, 2199


#: Names that are no fact, and that a script, a page or a terminal would take for something else.
NO_NAMES = ("__proto__", "constructor", "__class__", "\u202eاسم", "\u05d0", "a\0b", "costs.amount_yen", "x" * 5000)


@cache
def assessor() -> Assessor:
    """The real rules."""
    return Assessor(real_book())


class _Names(dict[str, st.SearchStrategy[list[str]]]):
    """Which facts of a case become strange, by what is asked: each made once, as that takes long."""

    def __missing__(self, name: str) -> st.SearchStrategy[list[str]]:
        book = real_book().facts
        parts = [one for one, fact in book.items() if fact.record is not None]
        (asked,) = [one for one in newest_asked() if one.name == name]
        names = st.sampled_from([*asked.candidates.names, "costs"])
        names |= st.sampled_from([*book, "nobody_knows", "", *NO_NAMES]) | st.sampled_from(parts)
        self[name] = st.lists(names, min_size=1, max_size=3)
        return self[name]


_NAMES = _Names()
_VALUES = st.sampled_from(VALUES)


@st.composite
def cases(draw: st.DrawFn) -> JsonObject:
    """A case as a program writes it, with some facts that no program should write."""
    asked = newest_asked()[draw(st.integers(0, len(newest_asked()) - 1))]
    chance = Random(draw(st.integers(0, 2**32)))
    case = asked.case(drawn(chance, asked, 4, 200).known)
    for name in draw(_NAMES[asked.name]):
        case["facts"][name] = draw(_VALUES)
    for key in draw(st.lists(st.sampled_from(["id", "kind", "rule_set", "round", "more"]), max_size=1)):
        case[key] = draw(st.sampled_from(VALUES))
    return case


def check_case(case: JsonObject) -> None:
    """Put a case to the calculator, and look whether each fact counts that is one, and no other."""
    line = json.dumps(case, default=str)
    answer = answered(line)
    if "error" in answer:
        return
    facts = read_json(line)["facts"]
    book = real_book().facts
    known = {name: book[name] for name in facts if name in book and book[name].record is None}
    assert set(answer.get("ignored", ())) == facts.keys() - known.keys()
    for name, value in facts.items():
        if name in known and value != UNKNOWN:
            is_none = value is None and known[name].optional
            assert is_none or is_of(known[name].kind, known[name].choices, value), f"{name}: {value!r}"
    told = {name: value for name, value in json.loads(line)["facts"].items() if name in known and value != UNKNOWN}
    without = answered(json.dumps({**case, "facts": told}, default=str))
    assert {**without, "ignored": []} == {**answer, "ignored": []}


def check_values(values: dict[str, JsonValue]) -> None:
    """Read facts by themselves: each that is one of its kind counts, and no other."""
    book = real_book()
    try:
        given = read_json(json.dumps(values))
    except ValueError:  # numbers of so many digits are no JSON here
        assert any(isinstance(one, int | float) and one and not 1e-30 < abs(one) < 1e30 for one in values.values())
        return
    facts, mistakes = read_facts(book, given)
    refused = {one.at[0] for one in mistakes}
    for name, value in given.items():
        fact = book.facts[name]
        if fact.kind in (Kind.LIST, Kind.RECORD):
            continue
        is_none = value is None and fact.optional
        is_right = is_none or (is_of(fact.kind, fact.choices, value) and is_within(fact, value))
        assert (name in facts, name in refused) == (is_right, not is_right), f"{name}: {value!r}"
        if is_right and fact.kind is not Kind.CHOICE and isinstance(value, int | Fraction):
            assert facts[name] == value


def is_within(fact: FactDefinition, value: JsonValue) -> bool:
    """Say whether a value that is of its fact's kind lies within the fact's bounds, and a day within all years."""
    if fact.kind in (Kind.DATE, Kind.MOMENT):
        return FIRST_YEAR <= int(value[:4]) <= LAST_YEAR
    if fact.kind in (Kind.YES_NO, Kind.CHOICE):
        return True
    least, most = fact.at_least, fact.at_most
    return (least is None or Fraction(value) >= least) and (most is None or Fraction(value) <= most)


def plain_facts() -> list[str]:
    """The names of the facts that have one value: neither rows, nor the part of a record, nor left unknown."""
    kinds = (Kind.LIST, Kind.RECORD)
    return [name for name, fact in real_book().facts.items() if fact.kind not in kinds and fact.record is None]


def every_value() -> Iterator[tuple[str, JsonValue]]:
    """Every fact with every value that is on the edge of what is taken."""
    written = [one for one in (*VALUES, *NEARLY) if one != UNKNOWN]
    for name in plain_facts():
        fact = real_book().facts[name]
        edges = [
            one for bound in (fact.at_least, fact.at_most) if bound is not None for one in (bound - 1, bound, bound + 1)
        ]
        choices = [
            other for one in fact.choices for other in (one.name, one.name.upper(), f"{one.name} ", f"{one.name}\n")
        ]
        yield from ((name, value) for value in (*written, *edges, *choices))


_SHARES = st.sampled_from(["1", "1.5", "-3", "1/3", "20.25", "0/1", "10/20", "9" * 20])
_DAYS = st.sampled_from(["2022-12-22", "2024-02-29", "1900-01-01", "2199-12-31", "1899-12-31"])
_MOMENTS = st.sampled_from(["2022-12-22T17:00+09:00", "2022-12-22 17:00:30.5Z", "1900-01-01T23:59-23:59"])
_TEXTS = edited(_SHARES | _DAYS | _MOMENTS, "0123456789-/.,:+TZ eE_１٣\n")
VALUE = _TEXTS | _VALUES | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
GIVEN = st.deferred(
    lambda: st.dictionaries(st.sampled_from(plain_facts()), VALUE.filter(lambda one: one != UNKNOWN), max_size=4)
)


def check_line(changed: tuple[int, str]) -> None:
    """Put a line to the calculator that may be anything."""
    answered(changed[1].replace("\n", " "))


def answered(line: str) -> JsonObject:
    """The answer to a line: one line of JSON, which any program can read and any encoding can write."""
    told = assessor().answer_line(line, SWITCHES)
    assert "\n" not in told
    told.encode()
    answer: JsonObject = json.loads(told)
    if "error" in answer:
        assert ERRORS.fullmatch(answer["error"]["code"])
        assert all(answer["error"]["message"][language] for language in ("ja", "en"))
    else:
        assert answer["outcome"]
    return answer


def is_of(kind: Kind, choices: tuple[Choice, ...], value: JsonValue) -> bool:
    """Say whether a value of JSON is one of a kind, by the words of the contract and not by its code."""
    match kind:
        case Kind.YES_NO:
            return value is True or value is False
        case Kind.CHOICE:
            return str(value) in {one.name for one in choices} and not isinstance(value, bool)
        case Kind.YEN | Kind.COUNT | Kind.MONTHS:
            is_number = isinstance(value, int | Fraction) and not isinstance(value, bool)
            return is_number and Fraction(value).denominator == 1
        case Kind.PERCENT | Kind.RATE:
            is_text = isinstance(value, str) and re.fullmatch(SHARE, value, re.ASCII) is not None
            return is_text or (isinstance(value, int | Fraction) and not isinstance(value, bool))
        case Kind.DATE:
            return isinstance(value, str) and _is_written(value, r"\d{4}-\d\d-\d\d", date)
        case Kind.MOMENT:
            return isinstance(value, str) and _is_written(value, MOMENT, datetime)
        case Kind.LIST:
            return isinstance(value, list)
        case Kind.RECORD:
            return isinstance(value, dict)


#: Twenty digits at most, and no fraction of nothing.
SHARE = r"-?\d{1,20}(\.\d{1,20}|/[1-9]\d{0,19})?"
MOMENT = r"\d{4}-\d\d-\d\d[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)"


def _is_written(value: str, pattern: str, kind: type[date]) -> bool:
    try:
        return re.fullmatch(pattern, value, re.ASCII) is not None and kind.fromisoformat(value) is not None
    except ValueError:  # there is no such day
        return False


def _lines() -> list[str]:
    chance = Random(1)
    return [json.dumps(one.case(drawn(chance, one, 2, 200).known), default=str) for one in newest_asked()[:12]]


SURFACES = (
    Surface("values", GIVEN, check_values, 60),
    Surface("facts", st.deferred(cases), check_case, 60),
    Surface("lines", st.deferred(lambda: mutated(_lines(), 4)), check_line, 40),
)
