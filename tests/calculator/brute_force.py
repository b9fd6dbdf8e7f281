"""The oracle: a case is answered by trying every way of filling in what is missing, with no diagram and no cells.

For each fact the values beside every figure that the rules name are tried; between two neighbouring figures the rules
cannot change their mind, so nothing is missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import floor
from typing import TypeAlias

from calculator.evaluation import Facts, FactValue, Row, evaluate
from calculator.rulebook import Award, FrameRules, Rate, SliceBasis

Answer: TypeAlias = tuple[Rate, int, int] | None
"""Rate, upper limit and eligible cost, or None for not eligible."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What trying everything tells: the outcome, and the facts that can change the answer."""

    outcome: str
    matters: frozenset[str]


def answer_of(rules: FrameRules, award: Award, facts: Facts) -> Answer:
    """Answer a case in which every fact is known."""
    rate = next(case.rate for case in award.rates if case.when is None or evaluate(case.when, facts) is True)
    limit = _limit(award, facts)
    passes = all(evaluate(one.condition, facts) is True for one in rules.requirements)
    if award.eligible_costs is None:
        return (rate, limit, 0) if passes else None
    cost = evaluate(award.eligible_costs.total, facts)
    assert isinstance(cost, int | Fraction)
    least = 0 if award.lower_limit is None else award.lower_limit.amount_yen
    return (rate, limit, floor(cost)) if passes and min(paid(rate, floor(cost)), limit) >= least else None


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


def try_everything(rules: FrameRules, award: Award, facts: Facts, values: Mapping[str, Sequence[FactValue]]) -> Tried:
    """Answer a case with missing facts: `values` has the values that are tried for each fact that the rules read."""
    missing = [name for name in values if name not in facts]
    answers = {
        places: answer_of(
            rules, award, {**facts, **{name: values[name][place] for name, place in zip(missing, places, strict=True)}}
        )
        for places in product(*(range(len(values[name])) for name in missing))
    }
    return Tried(_outcome(set(answers.values())), frozenset(_matters(missing, answers)))


def _outcome(answers: set[Answer]) -> str:
    if answers == {None}:
        return "not_eligible"
    return "eligible" if len(answers) == 1 else "cannot_tell"


def _matters(missing: list[str], answers: Mapping[tuple[int, ...], Answer]) -> Iterator[str]:
    for place, name in enumerate(missing):
        seen: dict[tuple[int, ...], set[Answer]] = {}
        for places, answer in answers.items():
            seen.setdefault((*places[:place], *places[place + 1 :]), set()).add(answer)
        if any(len(some) > 1 for some in seen.values()):
            yield name


def _limit(award: Award, facts: Facts) -> int:
    limit = award.upper_limit
    size = 0 if limit.by is None else facts[limit.by]
    assert isinstance(size, int)
    tier = next(
        tier
        for tier in limit.tiers
        if (tier.start is None or size >= tier.start) and (tier.end is None or size <= tier.end)
    )
    lifted = [uplift.amount for uplift in limit.uplifts if evaluate(uplift.when, facts) is True]
    amounts = [evaluate(amount, facts) for amount in (tier.amount, *lifted)]
    return floor(sum(Fraction(amount) for amount in amounts if isinstance(amount, int | Fraction)))


def around(*figures: int) -> list[int]:
    """Return whole numbers on, just below and just above each figure, none below zero."""
    return sorted({max(0, figure + step) for figure in figures for step in (-1, 0, 1)})


def rows(category: str, amount: int, unit: int) -> tuple[Row, ...]:
    """Return a list with one cost."""
    return ({"category": category, "amount_yen": amount, "unit_yen": unit},)
