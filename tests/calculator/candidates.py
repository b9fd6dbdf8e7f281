"""Values to try: a rule book goes in, values of each fact on both sides of every figure that its rules name come out.

Nothing is written by hand for a rule set. The figures are collected from the expressions; to those of the award belong
the costs at which a rate begins to pay the lower limit, and reaches the upper one. Of a list a handful of row lists is
made, so that its sums, counts and largest figures lie on both sides of every figure that they are compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property, partial
from itertools import combinations, product
from math import prod
from random import Random

from calculator.evaluation import Facts, FactValue, Row
from calculator.expressions import (
    Aggregate,
    Aggregation,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Scalar,
    facts_of,
    walk,
    with_fact,
)
from calculator.kinds import Kind
from calculator.rulebook import Award, Clawback, FactDefinition, FrameRules, Rate, RowField
from tests.calculator.brute_force import OPEN, Assignment, Missing, Piece, Question, paid, read_by, worth

DAY = timedelta(days=1)
HUNDREDTH = Fraction(1, 100)
MOST_YEN = 10**12
ANCHOR = date(2022, 12, 22)
FAR = (-5000, 5000)
"""Days so far from all others that no comparison of two days comes between; nobody is drawn with one of them."""
_FAR_DAYS = frozenset(ANCHOR + step * DAY for step in FAR)

_SIDES: Mapping[Comparison, tuple[int, ...]] = {
    Comparison.LESS_THAN: (-1, 0),
    Comparison.AT_LEAST: (-1, 0),
    Comparison.AT_MOST: (0, 1),
    Comparison.MORE_THAN: (0, 1),
    Comparison.EQUAL: (-1, 0, 1),
    Comparison.NOT_EQUAL: (-1, 0, 1),
}
_MIRRORED = {
    Comparison.LESS_THAN: Comparison.MORE_THAN,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.MORE_THAN: Comparison.LESS_THAN,
    Comparison.AT_LEAST: Comparison.AT_MOST,
}


@dataclass(frozen=True, slots=True)
class Border:
    """A figure that `subject` is compared with; `steps` are the neighbours that lie on its two sides."""

    subject: Expression
    at: Scalar
    steps: tuple[int, ...]


@dataclass(frozen=True)
class Candidates:
    """The values to try for the facts that some rules read.

    `sizes` has, for each list with one row a member, the fact that counts the members, `pools` what the members can
    divide by such a list; `given` are the facts that the round itself states.
    """

    definitions: Mapping[str, FactDefinition]
    expressions: tuple[Expression, ...]
    awards: tuple[Award, ...]
    sizes: Mapping[str, str]
    pools: Mapping[str, Expression]
    given: Facts
    others: frozenset[str] = frozenset()

    @classmethod
    def of(cls, definitions: Mapping[str, FactDefinition], rules: Sequence[FrameRules], given: Facts) -> Candidates:
        """Return what is tried for `rules`, several where one question asks for several frames."""
        groups = [one.consortium for one in rules if one.consortium is not None]
        pools = {group.pool.allocation: group.pool.amount for group in groups if group.pool is not None}
        sizes = {name: group.size for group in groups for name in (group.costs, *pools)}
        return cls(
            definitions=definitions,
            expressions=tuple(dict.fromkeys(one for each in rules for one in expressions_of(each))),
            awards=tuple(each.award for each in rules if each.award is not None),
            sizes=sizes,
            pools=pools,
            given=given,
        )

    def also(self, *names: str) -> Candidates:
        """Return the same with facts that no expression reads."""
        return replace(self, others=frozenset(names))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return every fact that is read, in the order of the definitions; a record stands for its parts."""
        read = frozenset().union(*(read_by(one) for one in self.expressions), self.sizes, self.sizes.values())
        read |= self.others | frozenset(award.upper_limit.by or "" for award in self.awards)
        return tuple(name for name, fact in self.definitions.items() if name in read and fact.record is None)

    @cached_property
    def points(self) -> tuple[str, ...]:
        """Return the open points that are read, which nobody's answer settles."""
        read = frozenset().union(*(read_by(one) for one in self.expressions))
        return tuple(sorted(name.removeprefix(OPEN) for name in read if name.startswith(OPEN)))

    def open_points(self) -> list[Missing]:
        """Return the open points as what is always missing."""
        return [Missing(name, [{OPEN + name: False}, {OPEN + name: True}]) for name in self.points]

    def ways(self, name: str, known: Facts) -> Sequence[Assignment]:
        """Return the ways of filling in the fact `name`, each of its cells among them."""
        if name in self.sizes:
            return [{name: rows} for rows in self._members(name, known)]
        return self._ways[name]

    def drawn(self, random: Random, name: str, known: Facts) -> Assignment:
        """Return a value of the fact `name`: one beside a figure, or any other."""
        fact = self.definitions[name]
        ways = self.ways(name, known)
        way = random.choice([way for way in ways if way[name] not in _FAR_DAYS] if fact.kind is Kind.DATE else ways)
        value = way[name]
        if random.random() < 0.3 and isinstance(value, int) and fact.kind in (Kind.COUNT, Kind.YEN, Kind.MONTHS):
            step = random.choice((-2, -1, 1, 2, 1000, 1_234_567))
            return {name: self._within(fact, random.choice((value, *self._tempting)) + step)}
        if random.random() < 0.6 and isinstance(value, tuple) and name not in self.sizes:
            amounts = [column.name for column in fact.fields if column.kind is Kind.YEN]
            return {name: tuple(self._with_another(random, row, amounts) for row in value)}
        return way

    @cached_property
    def _tempting(self) -> Sequence[int]:
        """Return costs on both sides of those at which a rate reaches an upper limit."""
        limits = {tier.amount_yen: award for award in self.awards for tier in award.upper_limit.tiers}
        costs = [_costs_at(award, [limit]) for limit, award in limits.items() if limit is not None]
        return [max(0, cost + step) for some in costs for cost in some for step in (-1, 0, 1)] or [MOST_YEN // 1000]

    def _with_another(self, random: Random, row: Row, amounts: Sequence[str]) -> Row:
        """Return `row` with one of its amounts drawn anew; an amount that is none stays so."""
        name = random.choice(amounts) if amounts else ""
        if not isinstance(row.get(name), int):
            return row
        return {**row, name: random.choice((*self._tempting, random.randrange(10**8)))}

    def partly(self, random: Random, name: str, known: Facts) -> tuple[Facts, Missing] | None:
        """Return `known` with a part of a list or record missing, and the ways of filling it in; None if none can."""
        fact, value = self.definitions[name], known.get(name)
        if fact.kind is Kind.RECORD and value is True:
            parts = [part for part in self._parts_of(name) if part in known]
            gone = random.sample(parts, min(len(parts), random.choice((1, 1, 2))))
            ways = [dict(zip(gone, values, strict=True)) for values in product(*(self._plain[part] for part in gone))]
            return {part: one for part, one in known.items() if part not in gone}, Missing(name, ways)
        figures = [column for column in fact.fields if column.kind is not Kind.CHOICE]
        if isinstance(value, tuple) and value and figures and name not in self.sizes:
            return self._row_in_part(random, fact, value, known, figures)
        return None

    def without_a_sort(self, random: Random, name: str, known: Facts) -> tuple[Facts, Missing] | None:
        """Return `known` with a row of a list that does not say of which sort it is; None where there is no row."""
        fact, rows = self.definitions[name], known.get(name)
        sorts = [column for column in fact.fields if column.kind is Kind.CHOICE]
        return self._row_in_part(random, fact, rows, known, sorts) if isinstance(rows, tuple) and rows else None

    def shows_too_few(self, size: str, known: Facts) -> bool:
        """Say whether the lists that are known have too few rows for a group, whose `size` then is no question."""
        lists = [rows for name, of in self.sizes.items() if of == size and isinstance(rows := known.get(name), tuple)]
        return any(len(rows) < 2 for rows in lists)

    @cached_property
    def borders(self) -> tuple[Border, ...]:
        """Return every figure that something is compared with."""
        found = [border for one in self.expressions for node in walk(one) for border in _compared_in(node)]
        for award in self.awards:
            if award.upper_limit.by is not None:
                by = Fact(award.upper_limit.by)
                found += [Border(by, tier.end, (0, 1)) for tier in award.upper_limit.tiers if tier.end is not None]
            if award.eligible_costs is not None:
                lower = [] if award.lower_limit is None else [award.lower_limit.amount_yen]
                found += [Border(award.eligible_costs.total, cost, (-1, 0)) for cost in _costs_at(award, lower)]
        return tuple(dict.fromkeys(found))

    @cached_property
    def _plain(self) -> Mapping[str, Sequence[FactValue]]:
        return {name: self._values(name) for name, fact in self.definitions.items() if fact.kind is not Kind.RECORD}

    @cached_property
    def _ways(self) -> Mapping[str, Sequence[Assignment]]:
        return {name: self._ways_of(name) for name in self.names}

    def _ways_of(self, name: str) -> Sequence[Assignment]:
        fact = self.definitions[name]
        if fact.kind is not Kind.RECORD:
            return [{name: value} for value in self._plain[name]]
        parts = self._parts_of(name)
        none: list[Assignment] = [{name: None}] if fact.optional else []
        there = [
            {name: True, **dict(zip(parts, values, strict=True))}
            for values in product(*(self._plain[part] for part in parts))
        ]
        return [*none, *there]

    def _parts_of(self, record: str) -> list[str]:
        """Return the parts of a record that are read."""
        read = frozenset().union(*(read_by(one) for one in self.expressions))
        return [name for name, fact in self.definitions.items() if fact.record == record and name in read]

    def _values(self, name: str) -> Sequence[FactValue]:
        fact = self.definitions[name]
        none: list[FactValue] = [None] if fact.optional else []
        match fact.kind:
            case Kind.YES_NO:
                return [*none, False, True]
            case Kind.CHOICE:
                return [*none, *(choice.name for choice in fact.choices)]
            case Kind.LIST:
                return [*none, *self._row_lists(fact)]
            case Kind.DATE:
                return [*none, *self._days(name)]
            case Kind.PERCENT | Kind.RATE:
                return [
                    *none,
                    *sorted({Fraction(at) + step * HUNDREDTH for at, step in self._beside(name)} or {Fraction(0)}),
                ]
            case _:
                figures = {self._within(fact, int(at) + step) for at, step in self._beside(name)}
                return [*none, *sorted(figures | {self._within(fact, 0), self._within(fact, MOST_YEN)})]

    def _beside(self, name: str) -> Iterator[tuple[int | Fraction, int]]:
        """Yield each figure that a fact, or what is worked out with it, is compared with, and steps to its sides."""
        for border in self.borders:
            if name in facts_of(border.subject) and isinstance(border.at, int | Fraction):
                yield from ((border.at, step) for step in border.steps)
        for one in self.expressions:  # a figure inside a calculation can be a border too: the lower of x and 10
            for node in walk(one):
                if isinstance(node, Calculate) and name in facts_of(node):
                    yield from (
                        (inner.value, step)
                        for inner in walk(node)
                        if isinstance(inner, Constant) and inner.kind in (Kind.COUNT, self.definitions[name].kind)
                        if isinstance(inner.value, int | Fraction)
                        for step in (-1, 0, 1)
                    )

    def _days(self, name: str) -> list[date]:
        """Return days on both sides of each day that is named, and of the day at which two facts meet."""
        named = {at + step * DAY for at, step in self._dates_beside(name)}
        if name in self.given or self.definitions[name].given_by_round is not None:
            given = self.given.get(name, ANCHOR)
            return sorted({*named, *(ANCHOR + step * DAY for step in FAR), given}) if isinstance(given, date) else []
        for one in self.expressions:
            for node in walk(one):
                if isinstance(node, Compare) and name in facts_of(node) and len(facts_of(node)) == 2:
                    named |= set(self._meeting_days(node, name))
        return sorted(named | {ANCHOR + step * DAY for step in FAR})

    def _dates_beside(self, name: str) -> Iterator[tuple[date, int]]:
        for border in self.borders:
            if name in facts_of(border.subject) and isinstance(border.at, date):
                yield from ((border.at, step) for step in border.steps)

    def _meeting_days(self, comparison: Compare, name: str) -> Iterator[date]:
        """Yield the last days before, and the first days after, a comparison with another day changes its mind."""
        (other,) = facts_of(comparison) - {name}
        known = {other: self.given.get(other, ANCHOR)}
        days = [ANCHOR + step * DAY for step in range(-800, 800)]
        verdicts = [worth(comparison, {**known, name: day}) for day in days]
        for place in range(1, len(days)):
            if verdicts[place] != verdicts[place - 1]:
                yield from days[place - 1 : place + 1]

    def _members(self, name: str, known: Facts) -> Sequence[FactValue]:
        """Return lists with one row a member, for the size that is known or for several; and that there is none.

        Of a group whose size is not known, another list that is known shows how many there are.
        """
        (column,) = self.definitions[name].fields
        size = known.get(self.sizes[name])
        lengths = [len(rows) for other in self.sizes if other != name and isinstance(rows := known.get(other), tuple)]
        counts = (min(size, 12),) if isinstance(size, int) else tuple(lengths) or (1, 2, 3)
        if name in self.pools:  # nobody can divide more than there is
            whole = worth(self.pools[name], {self.sizes[name]: min(counts)})
            assert isinstance(whole, int | Fraction)
            figures = [
                [int(whole) if row == one else 0 for row in range(count)] for count in counts for one in range(count)
            ]
        else:
            costs = (0, 1_000_000, 14_999_999, 30_000_000, 90_000_000)
            figures = [[costs[(start + row) % 5] for row in range(count)] for count in counts for start in range(5)]
        return [None, *(tuple({column.name: figure} for figure in some) for some in figures)]

    def _row_lists(self, fact: FactDefinition) -> list[tuple[Row, ...]]:
        rows = self._rows(fact)
        random = Random(len(rows))
        several = [tuple(random.choices(rows, k=random.choice((2, 2, 3)))) for _ in range(12)] if len(rows) > 1 else []
        return [(), *((row,) for row in rows), *several]

    def _rows(self, fact: FactDefinition) -> list[Row]:
        """Return one row of each kind that the rules tell apart; what they do not read of it has one value."""
        aggregates = self._aggregates(fact.name)
        choices = [
            self._told_apart(column, aggregates) if column.kind is Kind.CHOICE else [None] for column in fact.fields
        ]
        rows: list[Row] = []
        for picked in product(*choices):
            row = {column.name: value for column, value in zip(fact.fields, picked, strict=True)}
            counting = [one for one in aggregates if one.where is None or _counts(one, row)]
            figures = [
                [row[column.name]] if column.kind is Kind.CHOICE else self._figures(column, counting)
                for column in fact.fields
            ]
            rows += [dict(zip(row, values, strict=True)) for values in product(*figures)]
        return rows

    def _aggregates(self, rows: str) -> list[Aggregate]:
        found = [node for one in self.expressions for node in walk(one) if isinstance(node, Aggregate)]
        return [one for one in dict.fromkeys(found) if one.rows == rows]

    def _told_apart(self, column: RowField, aggregates: Sequence[Aggregate]) -> list[Scalar]:
        """Return one choice of each sort that the filters tell apart."""
        by_sort: dict[tuple[bool, ...], Scalar] = {}
        for choice in column.choices:
            sort = tuple(one.where is None or _counts(one, {column.name: choice.name}) for one in aggregates)
            by_sort.setdefault(sort, choice.name)
        return list(by_sort.values())

    def _figures(self, column: RowField, counting: Sequence[Aggregate]) -> list[Scalar]:
        """Return figures of a column on both sides of what its aggregates are compared with, of those that count it."""
        read = [one for one in counting if one.field == column.name]
        none: list[Scalar] = (
            [None] if column.optional and any(one.aggregation is Aggregation.LARGEST for one in read) else []
        )
        if not read:
            return [0]
        found = {0}
        for border in self.borders:
            if isinstance(border.at, int | Fraction) and any(part in read for part in walk(border.subject)):
                found |= {max(0, int(border.at) + step) for step in border.steps}
        found |= {one.up_to + step for one in read if one.up_to is not None for step in (-1, 0, 1)}
        found |= {1_000_000, 2_000_000, 3_000_000} if len(found) == 1 else {10 * max(found)}
        return [*none, *sorted(found)]

    def _row_in_part(
        self, random: Random, fact: FactDefinition, rows: tuple[Row, ...], known: Facts, columns: Sequence[RowField]
    ) -> tuple[Facts, Missing]:
        """Return the case with one or two fields of a row missing, and the ways of filling those in."""
        place = random.randrange(len(rows))
        fields = random.sample(columns, min(len(columns), random.choice((1, 1, 2))))
        ways: list[Assignment] = []
        for values in product(*(self._field_values(fact.name, column, rows, place) for column in fields)):
            filled = {**rows[place], **{column.name: value for column, value in zip(fields, values, strict=True)}}
            ways.append({fact.name: (*rows[:place], filled, *rows[place + 1 :])})
        gone = frozenset(column.name for column in fields)
        left = {name: value for name, value in rows[place].items() if name not in gone}
        return {**known, fact.name: (*rows[:place], left, *rows[place + 1 :])}, Missing(fact.name, ways)

    def _field_values(self, rows: str, column: RowField, given: tuple[Row, ...], place: int) -> list[Scalar]:
        none: list[Scalar] = [None] if column.optional else []
        if column.kind is Kind.CHOICE:
            return [*none, *self._told_apart(column, self._aggregates(rows))]
        found = {0, MOST_YEN - 1, MOST_YEN}
        others = {rows: (*given[:place], *given[place + 1 :])}
        for border in self.borders:
            for part in walk(border.subject):
                if isinstance(part, Aggregate) and part.rows == rows and part.field == column.name:
                    already = worth(part, others) if part.aggregation is Aggregation.SUM else 0
                    assert isinstance(already, int)
                    if isinstance(border.at, int | Fraction):
                        found |= {max(0, int(border.at) - already + step) for step in border.steps}
        return [*none, *sorted(found)]

    @staticmethod
    def _within(fact: FactDefinition, value: int) -> int:
        least = fact.at_least if fact.at_least is not None else -MOST_YEN
        return max(least, min(value, fact.at_most if fact.at_most is not None else MOST_YEN))


@dataclass(frozen=True, slots=True)
class Applicant:
    """A case: what is known, and what is missing with its ways of being filled in (the open points among it)."""

    known: Facts
    missing: tuple[Missing, ...]


def drawn_applicant(
    random: Random, candidates: Candidates, question: Question, most_missing: int, most_ways: int
) -> Applicant:
    """Return a random applicant who mostly passes, with up to `most_missing` facts missing, in part or whole."""
    facts = _mostly_passing(random, candidates, question)
    known: Facts = {name: value for name, value in facts.items() if not name.startswith(OPEN)}
    missing = candidates.open_points()
    free = [name for name in candidates.names if name not in candidates.given]
    for name in random.sample(free, min(len(free), random.randint(0, most_missing))):
        if candidates.shows_too_few(name, known):
            continue
        part = candidates.partly(random, name, known) if random.random() < 0.3 else None
        if part is None:
            gone = {one for one in known if one == name or one.startswith(f"{name}.")}
            left = {one: value for one, value in known.items() if one not in gone}
            part = left, Missing(name, candidates.ways(name, left))
        if prod(len(one.ways) for one in (*missing, part[1])) <= most_ways:
            known = part[0]
            missing.append(part[1])
    # what is missing of a group's lists has as many rows as the group has members in the end
    again = [
        replace(one, ways=candidates.ways(one.name, known)) if one.name in candidates.sizes else one for one in missing
    ]
    return Applicant(known, tuple(again))


def _mostly_passing(random: Random, candidates: Candidates, question: Question) -> Facts:
    facts: dict[str, FactValue] = dict(candidates.given)
    for name in candidates.names:
        if name not in candidates.given:
            facts.update(candidates.drawn(random, name, facts))
    facts.update({OPEN + name: random.random() < 0.5 for name in candidates.points})
    amounts = [name for name in candidates.names if candidates.definitions[name].kind in (Kind.LIST, Kind.YEN)]
    for _ in range(2):
        for piece in question.pieces[: len(question.requirements)]:
            read = [name for name in candidates.names if name in piece.reads]
            _mend(random, candidates, read, facts, partial(_is_met, piece))
    _mend(random, candidates, amounts, facts, lambda tried: question.answered(tried) is not None)
    for name in candidates.sizes:  # once it is clear how many members there are
        facts.update(candidates.drawn(random, name, facts))
    for name in candidates.names:
        if random.random() < 0.05 and name not in candidates.given and name not in candidates.sizes.values():
            facts = {one: value for one, value in facts.items() if not one.startswith(f"{name}.")}
            facts.update(candidates.drawn(random, name, facts))
    return facts


def _mend(
    random: Random,
    candidates: Candidates,
    names: Iterable[str],
    facts: dict[str, FactValue],
    passes: Callable[[Facts], bool],
) -> None:
    """Change one or two of the facts called `names`, if that is enough to pass."""
    if passes(facts):
        return
    some = [name for name in names if name not in candidates.given]
    random.shuffle(some)
    for changing in (*((name,) for name in some), *combinations(some[:4], 2)):
        for _ in range(6):
            changed = dict(facts)
            for name in changing:
                changed.update(random.choice(candidates.ways(name, {})))
            if passes(changed):
                facts.update(changed)
                return


def _is_met(piece: Piece, facts: Facts) -> bool:
    return piece.work_out(facts) is True


def expressions_of(rules: FrameRules) -> tuple[Expression, ...]:
    """Return every expression by which a frame can be judged and paid, or an application selected."""
    found: list[Expression | None] = [one.condition for one in rules.requirements]
    found += [one.condition for one in (*rules.bonuses, *rules.deductions)]
    found += [one.condition for one in rules.classes]
    if rules.award is not None:
        award = rules.award
        found += [case.when for case in award.rates]
        found += [tier.amount for tier in award.upper_limit.tiers]
        found += [one for uplift in award.upper_limit.uplifts for one in (uplift.when, uplift.amount)]
        found += [] if award.eligible_costs is None else [award.eligible_costs.total]
    if rules.rate_change is not None:
        change = rules.rate_change
        found += [with_fact(one, change.fact, change.by) for one in found if one is not None]
    if rules.joint is not None:
        found += [rules.joint.requested, *(one.condition for one in rules.joint.requirements)]
    if rules.consortium is not None and rules.consortium.pool is not None:
        found.append(rules.consortium.pool.amount)
    return tuple(one for one in found if one is not None)


def _compared_in(node: Expression) -> Iterator[Border]:
    match node:
        case Compare(comparison, left, Constant(_, value)) if facts_of(left) and value is not None:
            yield Border(left, value, _SIDES[comparison])
        case Compare(comparison, Constant(_, value), right) if facts_of(right) and value is not None:
            yield Border(right, value, _SIDES[_MIRRORED.get(comparison, comparison)])


def _costs_at(award: Award, subsidies: Sequence[int]) -> list[int]:
    """Return the costs at which each rate begins to pay each of `subsidies`."""
    found = {_least_cost(case.rate, subsidy) for case in award.rates for subsidy in subsidies}
    return sorted(cost for cost in found if cost is not None)


def _least_cost(rate: Rate, subsidy: int) -> int | None:
    """Return the lowest cost of which `rate` pays `subsidy`, by halving; None where none is found."""
    low, high = 0, MOST_YEN
    if paid(rate, high) < subsidy:
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if paid(rate, middle) >= subsidy else (middle + 1, high)
    return low


def _counts(aggregate: Aggregate, row: Row) -> bool:
    return aggregate.where is not None and worth(aggregate.where, {}, row) is True


def repayment_expressions(rules: Clawback) -> tuple[Expression, ...]:
    """Return every expression by which a repayment is worked out."""
    cases = (*rules.whole, *(case for part in rules.parts for case in part.cases))
    found = [*(case.when for case in cases), *(case.amount for case in cases), rules.total.others, rules.total.ceiling]
    return tuple(dict.fromkeys(one for one in found if one is not None))
