"""Turning one answer of a company: its facts and what is measured go in, facts on both sides of a value come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from calculator.cases import read_facts
from calculator.evaluation import Unknown, evaluate, record_of
from calculator.expressions import Aggregate, Expression, Fact, Scalar, facts_of, walk
from calculator.json_values import JsonObject, JsonValue
from calculator.kinds import Kind
from calculator.rulebook import FactDefinition, RuleBook

Turned: TypeAlias = Callable[[int], JsonObject]
"""The facts of a company with one figure so many steps from what it is now."""

_TENTH = Fraction(1, 10)
_MOST_STEPS = 2**40


@dataclass(frozen=True, slots=True)
class Turning:
    """How a company's facts can be changed so that a measured thing comes to other values."""

    book: RuleBook
    facts: JsonObject

    def to(self, subject: Expression, values: Iterable[Scalar]) -> Iterator[JsonObject]:
        """Yield facts in which `subject` has one of `values`, or is just short of it, one answer being changed."""
        match subject:
            case Fact(name):
                for value in values:
                    if self.book.facts[name].kind not in (Kind.LIST, Kind.RECORD):
                        yield self._stated(name, as_json(value))
                    elif value is None:
                        yield self._stated(name, None)
            case _:
                for value in values:
                    for turned in self._knobs(subject):
                        yield from self._near(subject, turned, value)
                yield from self.other_rows(subject)

    def other_rows(self, subject: Expression) -> Iterator[JsonObject]:
        """Yield facts in which a list has a row less, or one row more of each choice that its rows can have."""
        for name in sorted(_lists_of(subject)):
            rows, fact = self.facts.get(name), self.book.facts[name]
            if not isinstance(rows, list) or not rows:
                continue
            for at in range(len(rows)):
                yield {**self.facts, name: [*rows[:at], *rows[at + 1 :]]}
            if not isinstance(rows[0], dict):  # a row of which nothing is known
                continue
            for column in fact.fields:
                for choice in column.choices:
                    yield {**self.facts, name: [*rows, {**rows[0], column.name: choice.name}]}
                    yield {**self.facts, name: [{**rows[0], column.name: choice.name}, *rows[1:]]}
            yield {**self.facts, name: [*rows, rows[0]]}

    def _stated(self, name: str, value: JsonValue) -> JsonObject:
        record = record_of(name)
        if record is None:
            return {**self.facts, name: value}
        parts = self.facts.get(record)
        return {**self.facts, record: {**(parts if isinstance(parts, dict) else {}), name.partition(".")[2]: value}}

    def _knobs(self, subject: Expression) -> Iterator[Turned]:
        for name in sorted(facts_of(subject)):
            fact = self.book.facts[name]
            if fact.kind is Kind.LIST:
                yield from self._row_knobs(fact)
                continue
            record = record_of(name)
            stated = self.facts if record is None else self.facts.get(record)
            now = stated.get(name.rpartition(".")[2]) if isinstance(stated, dict) else None
            if now is not None and _is_turnable(now, fact.kind):
                yield partial(self._with_steps, name, now)

    def _row_knobs(self, fact: FactDefinition) -> Iterator[Turned]:
        rows = self.facts.get(fact.name)
        for at, row in enumerate(rows if isinstance(rows, list) else ()):
            for column in fact.fields:
                now = row.get(column.name) if isinstance(row, dict) else None
                if isinstance(now, int) and not isinstance(now, bool):
                    yield partial(self._with_figure, fact.name, at, column.name)

    def _with_steps(self, name: str, now: JsonValue, steps: int) -> JsonObject:
        fact = self.book.facts[name]
        turned = _turned(now, steps, fact.kind)
        if fact.kind is not Kind.DATE:
            turned = turned if fact.at_least is None else max(turned, fact.at_least)
            turned = turned if fact.at_most is None else min(turned, fact.at_most)
        return self._stated(name, turned)

    def _with_figure(self, rows: str, at: int, field: str, steps: int) -> JsonObject:
        """Return the facts with a figure of a row changed, and with it those of the row that are the same figure."""
        row = self.facts[rows][at]
        now = row[field]
        turned = {name: max(0, now + steps) if value == now else value for name, value in row.items()}
        return {**self.facts, rows: [*self.facts[rows][:at], turned, *self.facts[rows][at + 1 :]]}

    def _near(self, subject: Expression, turned: Turned, value: Scalar) -> Iterator[JsonObject]:
        """Yield the facts on both sides of where `subject` reaches `value`."""
        start = self._reaches(subject, turned(0), value)
        if start is None:
            return
        for sign in (1, -1):
            steps = 1
            while steps < _MOST_STEPS and self._reaches(subject, turned(sign * steps), value) is start:
                steps *= 2
            if self._reaches(subject, turned(sign * steps), value) is not (not start):
                continue
            short = steps // 2
            while steps - short > 1:
                middle = (short + steps) // 2
                if self._reaches(subject, turned(sign * middle), value) is start:
                    short = middle
                else:
                    steps = middle
            yield turned(sign * steps)
            yield turned(sign * short)

    def _reaches(self, subject: Expression, facts: JsonObject, value: Scalar) -> bool | None:
        known, mistakes = read_facts(self.book, facts)
        measured = None if mistakes else evaluate(subject, known)
        if measured is None or isinstance(measured, Unknown) or value is None:
            return None
        if isinstance(measured, bool) or isinstance(value, bool):
            return measured is value
        return measured >= value  # type: ignore[operator]  # both are values of one subject


def as_json(value: Scalar) -> JsonValue:
    """Return a value as a case states it: days as text, everything else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def _lists_of(subject: Expression) -> frozenset[str]:
    return frozenset(one.rows for one in walk(subject) if isinstance(one, Aggregate))


def _is_turnable(now: JsonValue, kind: Kind) -> bool:
    return kind is Kind.DATE or (isinstance(now, int | Fraction) and not isinstance(now, bool))


def _turned(now: JsonValue, steps: int, kind: Kind) -> JsonValue:
    match kind:
        case Kind.DATE:
            return (date.fromisoformat(now) + timedelta(days=max(-40_000, min(40_000, steps)))).isoformat()
        case Kind.PERCENT:
            return now + steps * _TENTH
        case _:
            return now + steps


def unlike(facts: Mapping[str, JsonValue], base: Mapping[str, JsonValue]) -> JsonObject:
    """Return those of `facts` that are other than in `base`."""
    return {name: value for name, value in facts.items() if name not in base or base[name] != value}
