"""The oracle: a case is answered by trying every way of filling in what is missing, with no diagram and no cells.

It has an evaluation of its own for cases in which everything is known. What is asked (`Question`) is cut into pieces,
each of which reads some facts, so that a piece is worked out once for all ways of filling in that give it the same
facts. Between two neighbouring figures that the rules name they cannot change their mind, so that nothing is missed
where the values beside every figure are tried (`tests.calculator.candidates`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from itertools import product
from math import floor
from typing import TypeAlias

from calculator.evaluation import Facts, FactValue, Row
from calculator.expressions import (
    Aggregate,
    Aggregation,
    AllOf,
    AnyOf,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Field,
    Named,
    Not,
    OneOf,
    OpenPoint,
    Operation,
    Scalar,
    facts_of,
    walk,
)
from calculator.rulebook import Award, Consortium, FrameRules, JointApplication, Rate, RateCase, SliceBasis

Answer: TypeAlias = Hashable
"""What is answered when everything is known; None is "not eligible"."""

Assignment: TypeAlias = Mapping[str, FactValue]
"""Facts that are set together: one fact, or a record with its parts."""

OPEN = "open:"
"""What stands before the name of an open point among the facts: here it can be filled in like any other."""

CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing: its name at the door, and the ways of filling it in that are tried."""

    name: str
    ways: Sequence[Assignment]

    @property
    def facts(self) -> frozenset[str]:
        """Return the facts that it sets."""
        return frozenset(name for way in self.ways for name in way)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an answer that is worked out by itself from the facts that it reads."""

    reads: frozenset[str]
    work_out: Callable[[Facts], Hashable]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: its pieces, and the answer that their values come to.

    `requirements` has the code of each of the first pieces, which are the requirements; `figures` has the place of the
    pieces that are the rate, the upper limit and the cost, where the question has such figures.
    """

    pieces: tuple[Piece, ...]
    answer: Callable[[Sequence[Hashable]], Answer]
    requirements: tuple[str, ...] = ()
    figures: Mapping[str, int] = field(default_factory=dict)

    @property
    def reads(self) -> frozenset[str]:
        """Return every fact that the answer can rest on."""
        return frozenset().union(*(piece.reads for piece in self.pieces))

    def answered(self, facts: Facts) -> Answer:
        """Answer a case in which every fact is known."""
        return self.answer([piece.work_out(facts) for piece in self.pieces])


@dataclass(frozen=True, slots=True)
class Tried:
    """What trying everything tells.

    `answers` are all answers that are possible, `matters` what can change the answer. `always` has, by code, what a
    requirement comes to however the case is filled in (None where that differs), and by name the same of each figure.
    """

    answers: frozenset[Answer]
    matters: frozenset[str]
    always: Mapping[str, Hashable]

    @property
    def outcome(self) -> str:
        """Return the outcome as the contract names it."""
        if self.answers == {None}:
            return "not_eligible"
        return "eligible" if len(self.answers) == 1 else "cannot_tell"


def try_everything(question: Question, known: Facts, missing: Sequence[Missing]) -> Tried:
    """Answer a case with missing facts by trying every way of filling them in."""
    tables = [_Table.of(piece, known, missing) for piece in question.pieces]
    ranges = [range(len(one.ways)) for one in missing]
    answers = {
        places: question.answer([table.at(places) for table in tables]) for places in product(*ranges)
    }  # fmt: skip
    names = (*question.requirements, *question.figures)
    of_names = (*range(len(question.requirements)), *question.figures.values())
    return Tried(
        answers=frozenset(answers.values()),
        matters=frozenset(one.name for place, one in enumerate(missing) if _differs_by(place, answers)),
        always={name: tables[place].always for name, place in zip(names, of_names, strict=True)},
    )


def can_pass(question: Question, known: Facts, missing: Sequence[Missing]) -> bool:
    """Say whether some way of filling in what is missing is not refused; most that cannot be are soon told."""
    requirements = len(question.requirements)
    tables = [_Table.of(piece, known, missing) for piece in question.pieces[:requirements]]
    if any(True not in table.values.values() for table in tables):
        return False
    tables += [_Table.of(piece, known, missing) for piece in question.pieces[requirements:]]
    ranges = [range(len(one.ways)) for one in missing]
    return any(question.answer([table.at(places) for table in tables]) is not None for places in product(*ranges))


@dataclass(frozen=True, slots=True)
class _Table:
    """A piece, worked out for every way of filling in what it reads; `places` says which of the missing those are."""

    places: tuple[int, ...]
    values: Mapping[tuple[int, ...], Hashable]

    @classmethod
    def of(cls, piece: Piece, known: Facts, missing: Sequence[Missing]) -> _Table:
        read = tuple(place for place, one in enumerate(missing) if one.facts & piece.reads)
        values = {}
        for ways in product(*(range(len(missing[place].ways)) for place in read)):
            filled = dict(known)
            for place, way in zip(read, ways, strict=True):
                filled.update(missing[place].ways[way])
            values[ways] = piece.work_out(filled)
        return cls(read, values)

    def at(self, places: tuple[int, ...]) -> Hashable:
        return self.values[tuple(places[place] for place in self.places)]

    @property
    def always(self) -> Hashable:
        found = set(self.values.values())
        return found.pop() if len(found) == 1 else None


def _differs_by(place: int, answers: Mapping[tuple[int, ...], Answer]) -> bool:
    seen: dict[tuple[int, ...], Answer] = {}
    return any(
        seen.setdefault((*places[:place], *places[place + 1 :]), answer) != answer
        for places, answer in answers.items()
    )  # fmt: skip


# --- questions


def eligibility(rules: FrameRules) -> Question:
    """Ask whether an applicant is eligible, at which rate, up to which limit and for which cost."""
    return _award_question(rules, (None,))


def after_adoption(rules: FrameRules) -> Question:
    """Ask the same at the final inspection, where the rate can have fallen."""
    change = rules.rate_change
    return _award_question(rules, (None,) if change is None else (None, (change.fact, change.by)))


def joint(rules: FrameRules, group: JointApplication) -> Question:
    """Ask whether a joint application passes, and up to which limit it asks for how much."""
    assert rules.award is not None
    award = rules.award
    requirements = [(one.code, _holds(one.condition)) for one in group.requirements]
    pieces = (*(piece for _, piece in requirements), _limit(award), _yen(group.requested))
    count = len(requirements)
    return Question(
        pieces,
        lambda values: tuple(values[count:]) if all(values[:count]) else None,
        tuple(code for code, _ in requirements),
        {"limit": count},
    )


def consortium(rules: FrameRules, group: Consortium) -> Question:
    """Ask whether a consortium passes, and what each member is paid."""
    assert rules.award is not None
    award = rules.award
    requirements = [(one.code, _holds(one.condition)) for one in rules.requirements]
    pool = group.pool
    pieces = (
        *(piece for _, piece in requirements),
        _rate(award.rates, None),
        _limit(award),
        Piece(frozenset({group.size}), lambda facts: _plain(facts[group.size])),
        Piece(frozenset(), lambda _: 0) if pool is None else _yen(pool.amount),
        Piece(frozenset({group.costs}), lambda facts: _column(facts[group.costs], group.field)),
        Piece(frozenset(), lambda _: None)
        if pool is None
        else Piece(frozenset({pool.allocation}), lambda facts: _column(facts[pool.allocation], pool.field)),
    )
    count = len(requirements)

    def answer(values: Sequence[Hashable]) -> Answer:
        if not all(values[:count]):
            return None
        rate, limit, size, amount, costs, shares = values[count:]
        assert isinstance(rate, Rate)
        assert isinstance(limit, int)
        assert isinstance(amount, int)
        if isinstance(shares, tuple) and sum(shares) > amount:
            return None
        if not isinstance(costs, tuple):
            return rate, limit, size, amount, None
        if len(costs) != size:
            return CONTRADICTION, rate, limit, size
        extra = shares if isinstance(shares, tuple) else (0,) * len(costs)
        if len(extra) != size:
            return CONTRADICTION, rate, limit, size
        subsidies = tuple(
            min(paid(rate, cost), limit + more) for cost, more in zip(costs, extra, strict=False)
        )  # fmt: skip
        return rate, limit, size, amount, subsidies

    return Question(pieces, answer, tuple(code for code, _ in requirements), {"rate": count, "limit": count + 1})


def together(questions: Iterable[Question]) -> Question:
    """Ask several questions at once; the answer is that of each, where none of them is refused."""
    asked = tuple(questions)
    starts = [sum(len(one.pieces) for one in asked[:place]) for place in range(len(asked) + 1)]

    def answer(values: Sequence[Hashable]) -> Answer:
        found = [one.answer(values[start:end]) for one, start, end in zip(asked, starts[:-1], starts[1:], strict=True)]
        return None if None in found else tuple(found)

    return Question(tuple(piece for one in asked for piece in one.pieces), answer)


def reexamination(rejected: str, kept: tuple[str, Question], again: tuple[str, Question | None]) -> Question:
    """Ask for an application that may have been `rejected` in its frame (`kept`) and be looked at in another (`again`).

    The names of the frames are part of the answer; `again` without a question is no second look.
    """
    (own, own_question), (other, other_question) = kept, again
    count = len(own_question.pieces)
    pieces = (
        *own_question.pieces,
        *(() if other_question is None else other_question.pieces),
        Piece(frozenset({rejected}), lambda facts: _plain(facts[rejected])),
    )

    def answer(values: Sequence[Hashable]) -> Answer:
        if values[-1] is not True:
            found = own_question.answer(values[:count])
            return None if found is None else (own, found)
        found = None if other_question is None else other_question.answer(values[count:-1])
        return None if found is None else (other, found)

    return Question(pieces, answer, own_question.requirements)


def _award_question(rules: FrameRules, changes: tuple[tuple[str, str] | None, ...]) -> Question:
    """Ask for the award; each change makes the rate be judged once more with one fact in place of another."""
    requirements = [(one.code, _holds(one.condition)) for one in rules.requirements]
    codes, count = tuple(code for code, _ in requirements), len(requirements)
    award = rules.award
    if award is None:
        return Question(
            tuple(piece for _, piece in requirements),
            lambda values: OPEN if all(values) else None,
            codes,
        )
    pieces = (
        *(piece for _, piece in requirements),
        _limit(award),
        Piece(frozenset(), lambda _: 0) if award.eligible_costs is None else _yen(award.eligible_costs.total),
        *(_rate(award.rates, change) for change in changes),
    )
    least = 0 if award.lower_limit is None or award.eligible_costs is None else award.lower_limit.amount_yen

    def answer(values: Sequence[Hashable]) -> Answer:
        if not all(values[:count]):
            return None
        limit, cost, *rates = values[count:]
        assert isinstance(limit, int)
        assert isinstance(cost, int)
        amounts = [min(paid(rate, cost), limit) for rate in rates if isinstance(rate, Rate)]
        lowest = min(rates, key=lambda rate: [one.rate for one in rate.slices])  # type: ignore[attr-defined]  # rates
        return (lowest, limit, cost) if min(amounts) >= least else None

    figures = {"limit": count, "cost": count + 1, **({"rate": count + 2} if len(changes) == 1 else {})}
    return Question(pieces, answer, codes, figures)


# --- pieces


def _holds(condition: Expression) -> Piece:
    return Piece(read_by(condition), lambda facts: worth(condition, facts) is True)


def _yen(amount: Expression) -> Piece:
    return Piece(read_by(amount), lambda facts: _whole(worth(amount, facts)))


def _rate(cases: tuple[RateCase, ...], change: tuple[str, str] | None) -> Piece:
    conditions = [case.when for case in cases if case.when is not None]
    reads = frozenset().union(*(read_by(when) for when in conditions))
    if change is not None:
        fact, by = change
        reads = (reads - {fact}) | {by} if fact in reads else reads

    def found(facts: Facts) -> Hashable:
        now = facts if change is None or change[1] not in reads else {**facts, change[0]: facts[change[1]]}
        return next(case.rate for case in cases if case.when is None or worth(case.when, now) is True)

    return Piece(reads, found)


def _limit(award: Award) -> Piece:
    limit = award.upper_limit
    parts = [
        *(tier.amount for tier in limit.tiers),
        *(up.amount for up in limit.uplifts),
        *(u.when for u in limit.uplifts),
    ]
    reads = frozenset().union(*(read_by(part) for part in parts), () if limit.by is None else (limit.by,))

    def found(facts: Facts) -> Hashable:
        size = 0 if limit.by is None else facts[limit.by]
        assert isinstance(size, int)
        tiers = [
            tier
            for tier in limit.tiers
            if (tier.start is None or size >= tier.start) and (tier.end is None or size <= tier.end)
        ]
        assert len(tiers) == 1
        lifted = [uplift.amount for uplift in limit.uplifts if worth(uplift.when, facts) is True]
        amounts = [worth(amount, facts) for amount in (tiers[0].amount, *lifted)]
        return floor(sum(Fraction(amount) for amount in amounts if isinstance(amount, int | Fraction)))

    return Piece(reads, found)


def _plain(value: FactValue) -> Scalar:
    assert not isinstance(value, tuple)
    return value


def _whole(value: Scalar) -> int:
    assert isinstance(value, int | Fraction)
    return floor(value)


def _column(rows: FactValue, name: str) -> Hashable:
    """Return the figures of one column, or None where there is no such list."""
    return tuple(row[name] for row in rows) if isinstance(rows, tuple) else None


# --- what everything is worth where all is known


@cache
def read_by(expression: Expression) -> frozenset[str]:
    """Return the facts that `expression` reads, with the records of parts, and its open points."""
    names = facts_of(expression)
    records = {name.partition(".")[0] for name in names if "." in name}
    points = {OPEN + one.name for one in walk(expression) if isinstance(one, OpenPoint)}
    return frozenset(names | records | points)


def worth(expression: Expression, facts: Facts, row: Row | None = None) -> Scalar:
    """Return the value of `expression` in a case in which everything is known."""
    match expression:
        case Constant(_, value):
            return value
        case Fact(name):
            record, _, part = name.partition(".")
            known = None if part and facts[record] is None else facts[name]
            return True if isinstance(known, tuple) else known
        case Field(name):
            assert row is not None
            return row[name]
        case Named(_, body):
            return worth(body, facts, row)
        case Compare(comparison, left, right):
            return _compared(comparison, worth(left, facts, row), worth(right, facts, row))
        case OneOf(subject, choices):
            return worth(subject, facts, row) in choices
        case AllOf(parts):
            return all(worth(part, facts, row) is True for part in parts)
        case AnyOf(parts):
            return any(worth(part, facts, row) is True for part in parts)
        case Not(part):
            return worth(part, facts, row) is not True
        case Calculate(operation, left, right):
            return _calculated(operation, worth(left, facts, row), worth(right, facts, row))
        case Aggregate():
            return _added_up(expression, facts)
        case OpenPoint(name):
            return facts[OPEN + name] is True


def _compared(comparison: Comparison, left: Scalar, right: Scalar) -> bool:
    if comparison in (Comparison.EQUAL, Comparison.NOT_EQUAL):
        return (left == right) is (comparison is Comparison.EQUAL)
    if left is None or right is None:
        return False
    match comparison:
        case Comparison.LESS_THAN:
            return left < right  # type: ignore[operator]  # kinds are checked when rules are compiled
        case Comparison.AT_MOST:
            return left <= right  # type: ignore[operator]  # the same
        case Comparison.MORE_THAN:
            return left > right  # type: ignore[operator]  # the same
        case _:
            return left >= right  # type: ignore[operator]  # the same


def _calculated(operation: Operation, left: Scalar, right: Scalar) -> Scalar:
    if left is None or right is None:
        return None
    if isinstance(left, date):
        assert isinstance(right, int)
        return _months_later(left, right if operation is Operation.ADD else -right)
    assert isinstance(left, int | Fraction)
    assert isinstance(right, int | Fraction)
    match operation:
        case Operation.ADD:
            return left + right
        case Operation.SUBTRACT:
            return left - right
        case Operation.MULTIPLY:
            return left * right
        case Operation.DIVIDE:
            return Fraction(left) / right if right else None
        case Operation.LOWER:
            return min(left, right)
        case Operation.HIGHER:
            return max(left, right)


def _months_later(day: date, months: int) -> date:
    step = 1 if months > 0 else -1
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += step
        if month in (0, 13):
            year, month = year + step, 12 if month == 0 else 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _added_up(aggregate: Aggregate, facts: Facts) -> Scalar:
    rows = facts[aggregate.rows]
    found = [
        row
        for row in (rows if isinstance(rows, tuple) else ())
        if aggregate.where is None or worth(aggregate.where, facts, row) is True
    ]
    if aggregate.aggregation is Aggregation.COUNT:
        return len(found)
    assert aggregate.field is not None
    figures = [figure for row in found if isinstance(figure := row[aggregate.field], int)]
    if aggregate.aggregation is Aggregation.SUM:
        return sum(figure if aggregate.up_to is None else min(figure, aggregate.up_to) for figure in figures)
    return max(figures, default=None)


@lru_cache(100_000)
def paid(rate: Rate, cost: int) -> int:
    """Return what a rate pays: of the subsidies that each slice would come to, the part that lies inside it."""
    total, start, spent = Fraction(0), Fraction(0), Fraction(0)
    for one in rate.slices:
        rest = Fraction(cost) - spent
        if one.up_to_yen is None:
            return floor(total + rest * one.rate)
        in_subsidy = rate.of is SliceBasis.SUBSIDY
        width = one.up_to_yen - start
        gained = min(rest * one.rate, width if in_subsidy else width * one.rate)
        total, spent, start = total + gained, spent + gained / one.rate, Fraction(one.up_to_yen)
    return floor(total)


# --- values to try


def alone(values: Mapping[str, Sequence[FactValue]], names: Iterable[str]) -> list[Missing]:
    """Return what is missing where each fact is filled in by itself with one of its `values`."""
    return [Missing(name, [{name: value} for value in values[name]]) for name in names]


def around(*figures: int) -> list[int]:
    """Return whole numbers on, just below and just above each figure, none below zero."""
    return sorted({max(0, figure + step) for figure in figures for step in (-1, 0, 1)})


def rows(category: str, amount: int, unit: int) -> tuple[Row, ...]:
    """Return a list with one cost."""
    return ({"category": category, "amount_yen": amount, "unit_yen": unit},)
