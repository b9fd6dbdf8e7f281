"""Made-up companies near what changed: worked examples of both frames, with facts moved to the borders of the rules."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations, islice, product

from calculator.award import least_cost
from calculator.evaluation import record_of
from calculator.expressions import Aggregate, Constant, Expression, Fact, facts_of, walk
from calculator.json_values import JsonObject, JsonValue, read_json
from calculator.kinds import Kind
from calculator.rulebook import Award, FactDefinition, FrameRules, RuleBook
from site_builder.rules.model import Example
from site_builder.site.differences.clauses import COST_TOPICS, Clause

#: So many companies are tried at most for one difference, half of them with one fact of an example moved at most.
MOST_COMPANIES = 600
#: Facts of so many examples are moved two at a time; of all others one at a time.
MOST_BASES = 4
#: A cost in which nothing is capped and no lower limit is near.
_PLAIN_COST_YEN = 3_000_000
#: Amounts from here on are moved past a border by a round step.
_ROUND_FROM_YEN = 10_000_000
_ROUND_STEP_YEN = 10_000
#: What has borders.
_BORDERED = (Kind.YEN, Kind.COUNT, Kind.PERCENT, Kind.DATE)
_ELIGIBLE = "eligible"
_UNKNOWN = "unknown"


@dataclass(frozen=True)
class Neighbourhood:
    """Where companies are looked for: the rules of both sides, what each of them says of one topic, and examples."""

    book: RuleBook
    rules: tuple[FrameRules, FrameRules]
    clauses: tuple[Clause, ...]
    examples: tuple[tuple[Example, ...], tuple[Example, ...]]

    def companies(self) -> Iterator[JsonObject]:
        """Yield the facts of companies: examples as they are and with one fact moved, then with all, then with two."""
        moved_once = (self._moved(base, 1) for base in self.bases)
        at_borders = [one for base in self.bases[:MOST_BASES] for one in self._at_borders(base)]
        moved_from_there = (self._moved(base, 1) for base in at_borders)
        moved_twice = (self._moved(base, 2) for base in self.bases[:MOST_BASES])
        yield from islice(chain(self.bases, *moved_once), MOST_COMPANIES // 2)
        yield from islice(chain(at_borders, *moved_from_there, *moved_twice), MOST_COMPANIES // 2)

    def _at_borders(self, base: JsonObject) -> Iterator[JsonObject]:
        """Yield a company with every deciding amount moved to a border or beside it, as it is and at a high cost.

        Several may have to hold at once; and at a high cost each limit cuts something off.
        """
        is_amount = {name: self.book.facts[name].kind in _BORDERED for name in self.deciding}
        ways = [values for name, values in self._ways(base).items() if is_amount.get(name) and values]
        high = self._costing(base, 2 * max(self._prices(), default=_PLAIN_COST_YEN))
        for at in range(max(map(len, ways), default=0)):
            moved = {**base, **{key: one for values in ways for key, one in values[min(at, len(values) - 1)].items()}}
            yield moved
            yield {**moved, **high}

    @cached_property
    def bases(self) -> tuple[JsonObject, ...]:
        """The examples of both sides, each with the facts that only the other side asks for.

        Those that are eligible come first, since most facts of them may be anything.
        """
        before, after = ([_facts(one) for one in some] for some in self.examples)
        fill = {**_first(self.examples[0]), **_first(self.examples[1])}
        filled = [{**fill, **facts} for facts in (*after, *before)]
        eligible = [one.expected.get("outcome") == _ELIGIBLE for one in (*self.examples[1], *self.examples[0])]
        ordered = sorted(zip(eligible, filled, strict=True), key=lambda one: not one[0])
        return tuple({json.dumps(facts, default=str, sort_keys=True): facts for _, facts in ordered}.values())

    @cached_property
    def deciding(self) -> tuple[str, ...]:
        """The names of the facts on which the clauses rest, as a company states them, in the order of definition."""
        read = {record_of(name) or name for one in self._expressions for name in facts_of(one)}
        read |= {
            name for clause in self.clauses for line in clause.lines for name in line.meaning if isinstance(name, str)
        }
        return tuple(name for name in self.book.facts if name in read)

    @cached_property
    def costs(self) -> tuple[str, ...]:
        """The names of the facts that hold the costs of either side."""
        totals = [award.eligible_costs.total for award in self._awards if award.eligible_costs is not None]
        return tuple(dict.fromkeys(name for total in totals for name in sorted(facts_of(total))))

    @cached_property
    def _expressions(self) -> tuple[Expression, ...]:
        parts = (part for clause in self.clauses for line in clause.lines for part in line.meaning)
        return tuple(part for part in parts if isinstance(part, Expression))

    @cached_property
    def _awards(self) -> tuple[Award, ...]:
        return tuple(one.award for one in self.rules if one.award is not None)

    def _moved(self, base: JsonObject, count: int) -> Iterator[JsonObject]:
        ways = self._ways(base)
        for names in combinations(ways, count):
            for values in product(*(ways[name] for name in names)):
                yield {**base, **{key: one for value in values for key, one in value.items()}}

    def _ways(self, base: JsonObject) -> dict[str, list[JsonObject]]:
        """Return the ways in which each deciding fact of a company can be moved; the costs move together."""
        ways = {
            name: [{name: value} for value in self._values(self.book.facts[name]) if value != base.get(name, _UNKNOWN)]
            for name in self.deciding
            if name not in self.costs
        }
        if any(clause.topic in COST_TOPICS for clause in self.clauses):
            ways["costs"] = [*self._priced(base), *self._with_a_cost_of_each_category(base)]
        return ways

    def _values(self, fact: FactDefinition) -> list[JsonValue]:
        """Return values of a fact on both sides of every border that the clauses have for its kind."""
        none: list[JsonValue] = [None] if fact.optional else []
        match fact.kind:
            case Kind.YES_NO:
                return [True, False, *none]
            case Kind.CHOICE:
                return [*(choice.name for choice in fact.choices), *none]
            case kind if kind in _BORDERED:
                return [*self._near_borders(fact), *none]
            case _:
                return [*self._as_in_examples(fact.name), *none]

    def _near_borders(self, fact: FactDefinition) -> list[JsonValue]:
        borders = [
            node.value
            for one in self._expressions
            for node in walk(one)
            if isinstance(node, Constant) and node.kind is fact.kind
        ]
        borders += [part for clause in self.clauses for line in clause.lines for part in _bounds(line.meaning, fact)]
        near = (value for border in dict.fromkeys(borders) for value in _around(border))
        return [value for value in dict.fromkeys(near) if _is_within(fact, value)]

    def _as_in_examples(self, name: str) -> list[JsonValue]:
        values = [facts[name] for some in self.examples for one in some if name in (facts := _facts(one))]
        return list({json.dumps(value, default=str): value for value in values}.values())

    def _priced(self, base: JsonObject) -> Iterator[JsonObject]:
        """Yield the costs of a company of whom each award of either side pays exactly a limit, or nearly one."""
        exact = tuple(dict.fromkeys(self._prices()))
        for cost in (_PLAIN_COST_YEN, *exact, *(cost - _step(cost) for cost in exact)):
            yield self._costing(base, cost)

    def _prices(self) -> Iterator[int]:
        for award, other in product(self._awards, self._awards):
            limits = [tier.amount_yen for tier in award.upper_limit.tiers]
            lower = None if award.lower_limit is None else award.lower_limit.amount_yen
            for amount, case in product((*limits, lower), other.rates):
                cost = None if amount is None else least_cost(case.rate, amount)
                if cost is not None and cost > 1:
                    yield cost

    def _costing(self, base: JsonObject, cost: int) -> JsonObject:
        """Return the cost facts of a company whose cost is `cost` on both sides."""
        found: JsonObject = {}
        for award in self._awards:
            total = None if award.eligible_costs is None else award.eligible_costs.total
            match total:
                case Aggregate(rows=rows, field=str(field)) if award.eligible_costs is not None:
                    found[rows] = [*found.get(rows, []), *self._row(base, rows, field, cost, award)]
                case _ if total is not None:
                    own = [node.name for node in walk(total) if isinstance(node, Fact)]
                    lists = [node.rows for node in walk(total) if isinstance(node, Aggregate)]
                    found |= {**dict.fromkeys(own[:1], cost), **{name: [] for name in lists}}
        return found

    def _row(self, base: JsonObject, rows: str, field: str, cost: int, award: Award) -> Iterator[JsonObject]:
        """Yield one row of that cost in a category that counts, unless an award before has taken care of it."""
        counted = [
            one.eligible_costs.categories
            for one in self._awards
            if one.eligible_costs and one.eligible_costs.rows == rows
        ]
        common = [name for name in counted[0] if all(name in other for other in counted)]
        is_first = award is self._awards[0] or not common
        choices = common or list(award.eligible_costs.categories if award.eligible_costs else ())
        if is_first and choices:
            columns = self.book.facts[rows].fields
            row: JsonObject = {column.name: None for column in columns if column.optional}
            category = next(column.name for column in columns if column.kind is Kind.CHOICE)
            given: JsonObject = next((one for one in base.get(rows, []) if one.get(category) == choices[0]), {})
            yield {**row, **given, category: choices[0], field: cost}

    def _with_a_cost_of_each_category(self, base: JsonObject) -> Iterator[JsonObject]:
        """Yield the costs of a company with one cost more, in a category that counts on one side alone."""
        counts = [set(one.eligible_costs.categories) for one in self._awards if one.eligible_costs is not None]
        if len(counts) < len(self.rules):
            return
        for costs in self._priced(base):
            for rows, written in costs.items():
                for category in sorted(counts[0] ^ counts[1]) if isinstance(written, list) and written else ():
                    columns = self.book.facts[rows].fields
                    named = next(column.name for column in columns if column.kind is Kind.CHOICE)
                    amount = next(column.name for column in columns if column.kind is Kind.YEN)
                    row = {column.name: None for column in columns if column.optional}
                    yield {**costs, rows: [*written, {**row, named: category, amount: _PLAIN_COST_YEN}]}


def _facts(example: Example) -> JsonObject:
    """Return what an example states, read exactly, without what it states as unknown."""
    read = read_json(json.dumps(dict(example.facts)))
    return {name: value for name, value in read.items() if value != _UNKNOWN}


def _first(examples: Iterable[Example]) -> JsonObject:
    """Return the facts of the first example that is eligible, or none."""
    return next((_facts(one) for one in examples if one.expected.get("outcome") == _ELIGIBLE), {})


def _bounds(meaning: tuple[object, ...], fact: FactDefinition) -> Iterator[int]:
    """Yield the bounds of a tier that is told by `fact`."""
    if meaning[0] == fact.name:
        yield from (part for part in meaning[1:] if isinstance(part, int))


def _around(border: object) -> tuple[JsonValue, ...]:
    match border:
        case bool() | None:
            return ()
        case int():
            return (border, border - _step(border), border + _step(border))
        case Fraction():
            return (border, border - Fraction(1, 10), border + Fraction(1, 10))
        case date():
            return tuple((border + timedelta(days=days)).isoformat() for days in (0, -1, 1))
        case _:
            return ()


def _step(amount: int) -> int:
    return _ROUND_STEP_YEN if amount >= _ROUND_FROM_YEN else 1


def _is_within(fact: FactDefinition, value: JsonValue) -> bool:
    if isinstance(value, str):
        return True
    return (fact.at_least is None or value >= fact.at_least) and (fact.at_most is None or value <= fact.at_most)
