"""What must be paid back: the rules of repayment and what was achieved go in, whole yen and the reason come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import floor
from typing import TypeVar

from calculator.cells import bounds_of
from calculator.diagram import bits
from calculator.drawing import Drawing
from calculator.evaluation import Facts, Unknown, Value, evaluate
from calculator.expressions import AllOf, Expression, Not, facts_of
from calculator.measures import Applicant, measure_of
from calculator.reach import Reach, reach_of
from calculator.rulebook import Clawback, ClawbackCase, ClawbackTotal, FactDefinition

Agreed = TypeVar("Agreed", int | None, str | None)


@dataclass(frozen=True, slots=True)
class Repayment:
    """What is paid back; `parts_yen` by name in the order of the rules, `reason` and `total_yen` None while it is open.

    `missing` are the facts that would settle it. `assumed` are facts that nobody stated and that count only if they are
    stated: a plea, or a finding.
    """

    parts_yen: tuple[tuple[str, int | None], ...]
    total_yen: int | None
    reason: str | None
    cases: tuple[ClawbackCase, ...]
    missing: tuple[str, ...]
    assumed: tuple[str, ...]


def judge_repayment(rules: Clawback, facts: Facts, definitions: Mapping[str, FactDefinition]) -> Repayment:
    """Return what `rules` demand back for `facts`; `definitions` are of all facts that somebody could state.

    What the facts leave open is followed through every case that can still be the first that holds: a figure is told
    where all of them agree on it, and everything is missing that can still change one.
    """
    known = _Known(facts, definitions, (stated_alone(rules) & definitions.keys()).difference(facts))
    whole = _open_cases(rules.whole, known)
    parts = () if whole.is_closed else tuple(_open_cases(part.cases, known) for part in rules.parts)
    total = _Total.of(rules.total, known)
    ways = [(_condition(way), _end(rules, way, total)) for way in _ways((whole, *parts))]
    ends, missing = _possible_ends(ways, facts, definitions)
    assumed = sorted(whole.assumed.union(*(part.assumed for part in parts)))
    if any(end.by_parts for end in ends):
        assumed += sorted(total.assumed.difference(assumed))
    return Repayment(
        parts_yen=tuple((part.name, _agreed([end.parts[at] for end in ends])) for at, part in enumerate(rules.parts)),
        total_yen=_agreed([end.total_yen for end in ends]),
        reason=_agreed([end.reason for end in ends]),
        cases=tuple(case for one in (whole, *parts) if (case := one.only) is not None),
        missing=tuple(sorted(missing)),
        assumed=tuple(name for name in assumed if name not in missing),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known, and the pleas that nobody stated; `definitions` bound what is not known."""

    facts: Facts
    definitions: Mapping[str, FactDefinition]
    pleas: frozenset[str]

    def reach(self, amount: Expression) -> Reach:
        """Return the least and the most that an amount can come to."""
        names = facts_of(amount) & self.definitions.keys()
        return reach_of(amount, {name: bounds_of(self.definitions[name]) for name in names})(self.facts)


@dataclass(frozen=True, slots=True)
class _Option:
    """A case that can be the first that holds, or None where none does, under the conditions that make it so.

    `yen` is what it comes to, None while `missing` is; `may_be_nothing` says that it can then still be nothing.
    """

    conditions: tuple[Expression, ...]
    case: ClawbackCase | None = None
    yen: int | None = None
    missing: frozenset[str] = frozenset()
    may_be_nothing: bool = True

    @classmethod
    def of(cls, conditions: Iterable[Expression], case: ClawbackCase, known: _Known, causes: frozenset[str]) -> _Option:
        """Return the option of `case`, kept open by `causes`; an open point among them leaves its amount open too."""
        if points := causes - known.definitions.keys():
            return cls(tuple(conditions), case, None, points)
        amount, conditions = evaluate(case.amount, known.facts), tuple(conditions)
        if isinstance(amount, Unknown):
            least, _ = known.reach(case.amount)
            return cls(conditions, case, None, amount.causes, least is None or least < 1)
        if not isinstance(amount, int | Fraction):  # divided by nothing: one of its facts cannot be right
            return cls(conditions, case, None, facts_of(case.amount))
        return cls(conditions, case, floor(amount))


@dataclass(frozen=True, slots=True)
class _OpenCases:
    """What the facts leave of a list of cases.

    `options` can each be the first that holds, and `is_closed` says that one of them is for certain. `assumed` are the
    pleas that nobody stated.
    """

    options: tuple[_Option, ...]
    is_closed: bool
    assumed: frozenset[str]

    @property
    def only(self) -> ClawbackCase | None:
        """Return the one case that holds where its amount is told, or None."""
        option = self.options[0]
        return option.case if len(self.options) == 1 and option.yen is not None else None


def _open_cases(cases: Iterable[ClawbackCase], known: _Known) -> _OpenCases:
    """Follow `cases` as far as one can be reached."""
    options: list[_Option] = []
    unlike: list[Expression] = []
    assumed: frozenset[str] = frozenset()
    for case in cases:
        holds = True if case.when is None else evaluate(case.when, known.facts)
        if isinstance(holds, Unknown) and case.counts_only_if_stated and holds.causes & known.pleas:
            assumed |= holds.causes & known.pleas
        elif case.when is None or holds is True:
            return _OpenCases((*options, _Option.of(unlike, case, known, frozenset())), True, assumed)
        elif holds is not False:
            options.append(_Option.of([*unlike, case.when], case, known, _causes(holds)))
            unlike.append(Not(case.when))
    return _OpenCases((*options, _Option(tuple(unlike))), False, assumed)


def _causes(holds: Value) -> frozenset[str]:
    return holds.causes if isinstance(holds, Unknown) else frozenset()


def stated_alone(rules: Clawback) -> frozenset[str]:
    """Return the facts on which nothing rests but cases that count only if they are stated."""
    cases = [*rules.whole, *(case for part in rules.parts for case in part.cases)]
    stated = [case.when for case in cases if case.counts_only_if_stated and case.when is not None]
    others = [case.when for case in cases if not case.counts_only_if_stated and case.when is not None]
    amounts = [*(case.amount for case in cases), rules.total.ceiling]
    return _facts_of(stated) - _facts_of([*others, *amounts])


def _facts_of(expressions: Iterable[Expression]) -> frozenset[str]:
    return frozenset().union(*map(facts_of, expressions))


@dataclass(frozen=True, slots=True)
class _Total:
    """What else is paid back in yen, None where it is no number, and the least and the most of the ceiling.

    `missing` would settle both, `assumed` is what else is paid back while nobody stated it.
    """

    others: int | None
    ceiling: Reach
    missing: frozenset[str]
    assumed: frozenset[str]

    @classmethod
    def of(cls, rules: ClawbackTotal, known: _Known) -> _Total:
        others, assumed = _others(rules, known.facts)
        ceiling = evaluate(rules.ceiling, known.facts)
        missing = _what_settles(rules.ceiling, ceiling) | _what_settles(rules.others, others)
        return cls(others, known.reach(rules.ceiling), missing, assumed)

    def of_parts(self, yen: int) -> tuple[int, bool] | None:
        """Return what all parts come to with what else is paid back, and whether the ceiling cuts it; None while open.

        A ceiling that is not known cuts nothing off what it cannot be below.
        """
        least, most = self.ceiling
        if self.others is None or least is None:
            return None
        if yen + self.others <= least:
            return yen + self.others, False
        return (floor(least), True) if least == most else None


@dataclass(frozen=True, slots=True)
class _End:
    """What one way of holding comes to; where the total is open, `found` are its open amounts and possible reasons.

    `by_parts` says that no case decides alone, `missing` has the facts that are needed to work out its amounts.
    """

    parts: tuple[int | None, ...]
    total_yen: int | None
    reason: str | None
    by_parts: bool
    found: tuple[Expression | str, ...] = ()
    missing: frozenset[str] = frozenset()


def _ways(lists: Sequence[_OpenCases]) -> Iterator[tuple[_Option, ...]]:
    """Yield the options that can hold together: one of the whole alone, or none of it and one of each part."""
    whole, *parts = lists
    for option in whole.options:
        if option.case is not None:
            yield (option,)
        else:
            yield from ((option, *found) for found in product(*(part.options for part in parts)))


def _condition(way: Iterable[_Option]) -> Expression:
    return AllOf(tuple(condition for option in way for condition in option.conditions))


def _end(rules: Clawback, way: Sequence[_Option], total: _Total) -> _End:
    alone, *found = way
    missing = frozenset().union(*(one.missing for one in way))
    if alone.case is not None:
        parts = tuple(0 for _ in rules.parts)
        if alone.yen is None:
            return _End(parts, None, None, False, (alone.case.amount, alone.case.reason), missing)
        return _End(parts, alone.yen, alone.case.reason, False)
    of_parts = tuple(option.yen for option in found)
    together = None if None in of_parts else total.of_parts(sum(yen for yen in of_parts if yen is not None))
    if together is None:
        amounts = tuple(one.case.amount for one in found if one.case is not None and one.yen is None)
        return _End(of_parts, None, None, True, (*amounts, *sorted(_reasons(rules, found))), missing | total.missing)
    yen, is_cut = together
    return _End(of_parts, yen, rules.total.capped if is_cut else _reason(rules, found), True)


def _possible_ends(
    ways: Sequence[tuple[Expression, _End]], facts: Facts, definitions: Mapping[str, FactDefinition]
) -> tuple[list[_End], frozenset[str]]:
    """Return the ends that some filling in of what is missing leads to, and what can still decide and settle them."""
    if len(ways) == 1:
        ((_, end),) = ways
        return [end], end.missing
    drawing = Drawing.over([condition for condition, _ in ways], definitions)
    *earlier, (_, last) = ways
    measures = [measure_of(variable) for variable in drawing.variables]
    applicant = Applicant.of(facts)
    known = {level: cells for level, cells in enumerate(applicant.cells(measures)) if cells is not None}
    every_end = drawing.first_of([*earlier, (None, last)])
    left = drawing.diagrams.restriction(known).left_of(every_end)
    ends = [end for end in drawing.diagrams.values_of(left.ends) if isinstance(end, _End)]
    decide = frozenset(applicant.missing([measures[level] for level in bits(left.reads)]))
    return ends, decide.union(*(end.missing for end in ends))


def _agreed(values: Sequence[Agreed]) -> Agreed | None:
    """Return what all values are, or None where they differ."""
    return values[0] if len(frozenset(values)) == 1 else None


def _reasons(rules: Clawback, options: Sequence[_Option]) -> frozenset[str]:
    """Return the reasons that are possible while an amount that is open may still be nothing, if nothing is cut."""
    ways = product(*(_nothing_or_some(one) for one in options))
    return frozenset(_reason(rules, way) for way in ways if any(one.case is not None for one in way))


def _nothing_or_some(option: _Option) -> tuple[_Option, ...]:
    if option.yen is not None:
        return (option,)
    some = replace(option, yen=1)
    return (replace(option, yen=0), some) if option.may_be_nothing else (some,)


def _reason(rules: Clawback, options: Sequence[_Option]) -> str:
    """Return the reason of the whole where nothing is cut: several parts', the one part's, or why nothing is paid."""
    found = [(part, one.case, one.yen) for part, one in zip(rules.parts, options, strict=True) if one.case is not None]
    paid = [case for _, case, yen in found if yen]
    if len(paid) > 1:
        return rules.total.together
    if paid:
        return paid[0].reason
    excused = [case for part, case, _ in found if case is not part.cases[0]]
    return (excused or [case for _, case, _ in found])[0].reason


def _what_settles(amount: Expression | None, value: Value) -> frozenset[str]:
    """Return the facts that would make a number of `value`: those missing, or all where it is divided by nothing."""
    if isinstance(value, Unknown):
        return value.causes
    return frozenset() if amount is None or isinstance(value, int | Fraction) else facts_of(amount)


def _others(total: ClawbackTotal, facts: Facts) -> tuple[int | None, frozenset[str]]:
    """Return what else is paid back: nothing while nobody states it or where there is none, None where no number is."""
    if total.others is None:
        return 0, frozenset()
    value = evaluate(total.others, facts)
    if isinstance(value, Unknown):
        return 0, value.causes
    if isinstance(value, int | Fraction):
        return floor(value), frozenset()
    return (0 if any(facts.get(name) is None for name in facts_of(total.others)) else None), frozenset()
