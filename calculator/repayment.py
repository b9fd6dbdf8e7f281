"""What must be paid back: the rules of repayment and what was achieved go in, whole yen and the reason come out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from calculator.evaluation import Facts, Unknown, Value, evaluate
from calculator.expressions import Expression, facts_of
from calculator.rulebook import Clawback, ClawbackCase, ClawbackPart, ClawbackTotal


@dataclass(frozen=True, slots=True)
class Repaid:
    """The case that decides a duty, and what is paid back for it in whole yen."""

    case: ClawbackCase
    yen: int


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


def judge_repayment(rules: Clawback, facts: Facts, fact_names: Collection[str]) -> Repayment:
    """Return what `rules` demand back for `facts`; `fact_names` are all facts that somebody could state."""
    decided = _first(rules.whole, facts, fact_names)
    if isinstance(decided.found, Repaid):
        parts = tuple((part.name, 0) for part in rules.parts)
        one = decided.found
        return Repayment(parts, one.yen, one.case.reason, (one.case,), (), _named([decided.assumed]))
    if decided.holds:
        open_parts: tuple[tuple[str, int | None], ...] = tuple((part.name, None) for part in rules.parts)
        return Repayment(open_parts, None, None, (), _named([decided.missing]), _named([decided.assumed]))
    results = [(part, _first(part.cases, facts, fact_names)) for part in rules.parts]
    others, missing_others = _others(rules.total, facts)
    every = (decided, *(result for _, result in results))
    missing = _named(result.missing for result in every)
    unstated = dict.fromkeys((*_named(result.assumed for result in every), *missing_others))
    assumed = tuple(name for name in unstated if name not in missing)
    yen = tuple((part.name, _yen(result)) for part, result in results)
    cases = tuple(result.found.case for _, result in results if result.found is not None)
    if missing or any(result.found is None for _, result in results):
        return Repayment(yen, None, None, cases, missing, assumed)
    return _added_up(rules, facts, results, others, assumed)


@dataclass(frozen=True, slots=True)
class _Result:
    """The case found, or None; the facts that keep it open, and those that count only if stated and were not.

    `holds` says that a case holds whose amount is open.
    """

    found: Repaid | None
    missing: frozenset[str] = frozenset()
    assumed: frozenset[str] = frozenset()
    holds: bool = False


def _first(cases: Iterable[ClawbackCase], facts: Facts, fact_names: Collection[str]) -> _Result:
    assumed: frozenset[str] = frozenset()
    for case in cases:
        holds = True if case.when is None else evaluate(case.when, facts)
        if isinstance(holds, Unknown):
            unstated = frozenset(name for name in holds.causes if name in fact_names and name not in facts)
            if not (case.counts_only_if_stated and unstated):
                return _Result(None, holds.causes, assumed)
            assumed |= unstated
        elif holds is True:
            amount = evaluate(case.amount, facts)
            if isinstance(amount, Unknown):
                return _Result(None, amount.causes, assumed, holds=True)
            if not isinstance(amount, int | Fraction):  # divided by nothing: one of its facts cannot be right
                return _Result(None, facts_of(case.amount), assumed)
            return _Result(Repaid(case, floor(amount)), frozenset(), assumed)
    return _Result(None, frozenset(), assumed)


def _added_up(
    rules: Clawback,
    facts: Facts,
    results: list[tuple[ClawbackPart, _Result]],
    others: int | None,
    assumed: tuple[str, ...],
) -> Repayment:
    found = [(part, result.found) for part, result in results if result.found is not None]
    ceiling = evaluate(rules.total.ceiling, facts)
    yen = tuple((part.name, one.yen) for part, one in found)
    cases = tuple(one.case for _, one in found)
    if others is None or not isinstance(ceiling, int | Fraction):
        missing = _named([*_what_settles(rules.total.ceiling, ceiling), *_what_settles(rules.total.others, others)])
        return Repayment(yen, None, None, cases, missing, tuple(name for name in assumed if name not in missing))
    added = sum(one.yen for _, one in found) + others
    return Repayment(yen, min(added, floor(ceiling)), _reason(rules, found, is_cut=added > ceiling), cases, (), assumed)


def _reason(rules: Clawback, found: list[tuple[ClawbackPart, Repaid]], *, is_cut: bool) -> str:
    """Return the reason of the whole: the ceiling's, several parts', the one part's, or why nothing is paid."""
    if is_cut:
        return rules.total.capped
    paid = [one for _, one in found if one.yen]
    if len(paid) > 1:
        return rules.total.together
    if paid:
        return paid[0].case.reason
    excused = [one for part, one in found if one.case is not part.cases[0]]
    return (excused or [one for _, one in found])[0].case.reason


def _what_settles(amount: Expression | None, value: Value) -> list[frozenset[str]]:
    """Return the facts that would make a number of `value`: those missing, or all where it is divided by nothing."""
    if isinstance(value, Unknown):
        return [value.causes]
    return [] if amount is None or isinstance(value, int | Fraction) else [facts_of(amount)]


def _others(total: ClawbackTotal, facts: Facts) -> tuple[int | None, tuple[str, ...]]:
    """Return what else is paid back: nothing while nobody states it or where there is none, None where no number is."""
    if total.others is None:
        return 0, ()
    value = evaluate(total.others, facts)
    if isinstance(value, Unknown):
        return 0, tuple(sorted(value.causes))
    if isinstance(value, int | Fraction):
        return floor(value), ()
    return (0 if any(facts.get(name) is None for name in facts_of(total.others)) else None), ()


def _yen(result: _Result) -> int | None:
    return None if result.found is None else result.found.yen


def _named(causes: Iterable[frozenset[str]]) -> tuple[str, ...]:
    return tuple(sorted(frozenset().union(*causes)))
