"""What must be paid back, against trying everything: a figure is withheld only where two ways of filling in differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import product
from math import floor
from operator import or_
from random import Random
from typing import TypeAlias

import pytest

from calculator.evaluation import Facts, FactValue
from calculator.kinds import Kind
from calculator.repayment import Repayment, judge_repayment
from calculator.rulebook import Clawback, ClawbackCase, FrameRules
from tests.calculator.brute_force import OPEN, Assignment, Missing, read_by, worth
from tests.calculator.candidates import Candidates, repayment_expressions
from tests.calculator.real_questions import real_book
from tests.calculator.test_monotone import is_impossible, with_repayment

Told: TypeAlias = tuple[tuple[int, ...], int, str]
"""What all is known comes to: the yen of each part, the total and the reason."""

CASES = 60
FAR = {"achieved_value_added_growth_pct": (-90, 2, 50), "achieved_total_wages_growth_pct": (-95, -40, 40)}
"""Growth on the other side of half of the other one."""

FARTHEST = (-95, 50)
"""What is never known: two conditions would then shut each other out (wages below their target are never above half of
such a growth), which the calculator takes for possible."""

KNOWN = {Kind.YEN: (1_000_001, 30_000_000), Kind.COUNT: (3, 5)}
"""Amounts of which each is the lower of two, or the higher; what is known is never nothing, which settles a product."""


def told_when_all_is_known(rules: Clawback, facts: Facts) -> Told:
    """Work out a repayment case by case; a plea that nobody stated does not count."""
    parts = tuple(0 for _ in rules.parts)
    for case in rules.whole:
        if holds(case, facts):
            return parts, amount(case, facts), case.reason
    found = [next(case for case in part.cases if holds(case, facts)) for part in rules.parts]
    yen = tuple(amount(case, facts) for case in found)
    is_stated = rules.total.others is not None and read_by(rules.total.others) <= facts.keys()
    others = worth(rules.total.others, facts) if rules.total.others is not None and is_stated else 0
    ceiling = worth(rules.total.ceiling, facts)
    assert isinstance(others, int)
    assert isinstance(ceiling, int)
    total = sum(yen) + others
    return yen, min(total, ceiling), reason_of(rules, found, yen, is_cut=total > ceiling)


def holds(case: ClawbackCase, facts: Facts) -> bool:
    if case.when is None:
        return True
    unstated = case.counts_only_if_stated and not all(name in facts for name in read_by(case.when))
    return not unstated and worth(case.when, facts) is True


def amount(case: ClawbackCase, facts: Facts) -> int:
    if case.when is not None and any(name.startswith(OPEN) for name in read_by(case.when)):
        return -1  # of what the documents leave open nobody knows what it comes to
    value = worth(case.amount, facts)
    assert value is not None
    return floor(value)  # type: ignore[arg-type]  # an amount


def reason_of(rules: Clawback, found: list[ClawbackCase], yen: tuple[int, ...], *, is_cut: bool) -> str:
    paid = [case.reason for case, one in zip(found, yen, strict=True) if one]
    if is_cut:
        return rules.total.capped
    if paid:
        return rules.total.together if len(paid) > 1 else paid[0]
    excused = [case for case, part in zip(found, rules.parts, strict=True) if case is not part.cases[0]]
    return (excused or found)[0].reason


@pytest.mark.parametrize(
    "rules", {one.clawback: one for one in with_repayment()}.values(), ids=lambda rules: rules.rule_set
)
def test_a_repayment_is_withheld_only_where_two_ways_of_filling_in_differ(rules: FrameRules) -> None:
    clawback = rules.clawback
    assert clawback is not None
    seen: Counter[bool] = Counter()
    for number in range(CASES):
        known, missing = partly_known(Random(f"{rules.rule_set} {number}"), clawback)
        answer = judge_repayment(clawback, known, real_book().facts)
        tried = {
            places: told_when_all_is_known(
                clawback,
                reduce(or_, (dict(one.ways[at]) for one, at in zip(missing, places, strict=True)), dict(known)),
            )
            for places in product(*(range(len(one.ways)) for one in missing))
        }
        differing = [one.name for place, one in enumerate(missing) if differs_by(place, tried)]
        assert sorted(answer.missing) == sorted(differing), known
        assert told(answer) == agreed(tried.values()) or differing, known
        for given, one in zip(told(answer), agreed(tried.values()), strict=True):
            assert given in (None, one), known
        seen[bool(differing)] += 1
    assert min(seen[True], seen[False]) > CASES // 10


def partly_known(random: Random, rules: Clawback) -> tuple[Facts, list[Missing]]:
    """Return what is known, and what is missing: open points, and up to three facts that are no plea."""
    candidates = Candidates(real_book().facts, repayment_expressions(rules), (), {}, {}, {})
    pleas, conditions = stated_alone(rules), facts_of_conditions(rules)
    known: dict[str, FactValue] = {}
    ways: dict[str, Sequence[Assignment]] = {}
    for name in candidates.names:
        if name in conditions:
            ways[name] = [*candidates.ways(name, {}), *({name: Fraction(at)} for at in FAR.get(name, ()))]
            known |= random.choice([way for way in ways[name] if way[name] not in FARTHEST])
        else:
            amounts = KNOWN[real_book().facts[name].kind]
            ways[name] = [{name: value} for value in (*([] if is_impossible({name: 0}) else [0]), *amounts)]
            known[name] = random.choice(amounts)
    left_out = random.sample([name for name in candidates.names if name not in pleas], random.randint(0, 3))
    unstated = [name for name in pleas if random.random() < 0.5]
    missing = [Missing(name, ways[name]) for name in left_out]
    return {name: value for name, value in known.items() if name not in (*left_out, *unstated)}, [
        *missing,
        *candidates.open_points(),
    ]


def stated_alone(rules: Clawback) -> frozenset[str]:
    """Return pleas and findings: what counts only if it is stated, as does what else was paid back."""
    cases = every_case(rules)
    stated = frozenset().union(*(read_by(case.when) for case in cases if case.when and case.counts_only_if_stated))
    others = frozenset().union(*(read_by(case.when) for case in cases if case.when and not case.counts_only_if_stated))
    found = stated - others - frozenset().union(*(read_by(case.amount) for case in cases))
    return found | (frozenset() if rules.total.others is None else read_by(rules.total.others))


def facts_of_conditions(rules: Clawback) -> frozenset[str]:
    return frozenset().union(*(read_by(case.when) for case in every_case(rules) if case.when is not None))


def every_case(rules: Clawback) -> list[ClawbackCase]:
    return [*rules.whole, *(case for part in rules.parts for case in part.cases)]


def differs_by(place: int, tried: Mapping[tuple[int, ...], Told]) -> bool:
    alike: dict[tuple[int, ...], set[Told]] = {}
    for places, one in tried.items():
        alike.setdefault((*places[:place], *places[place + 1 :]), set()).add(one)
    return any(len(some) > 1 for some in alike.values())


def told(answer: Repayment) -> list[object]:
    return [*(yen for _, yen in answer.parts_yen), answer.total_yen, answer.reason]


def agreed(tried: Iterable[Told]) -> list[object]:
    """Return each figure in which all ways of filling in agree, and None for the others."""
    return [
        some[0] if len(set(some)) == 1 else None
        for some in zip(*([*parts, total, reason] for parts, total, reason in tried), strict=True)
    ]
