"""The proof that two rules of repayment answer everybody alike, against asking everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from calculator.evaluation import Facts, FactValue
from calculator.expressions import (
    AllOf,
    AnyOf,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    OpenPoint,
    Operation,
)
from calculator.kinds import Kind
from calculator.repayment import judge_repayment
from calculator.rulebook import Clawback, ClawbackCase
from calculator.worst_repayment import worst_repayment
from site_builder.examining.repayments import idle_cases, repay_alike
from tests.calculator.made_forms import CLAWBACK, FACTS, case
from tests.calculator.made_rules import yen

PAIRS = 400
OPEN = OpenPoint("left_open")
PAID, THIRD = Fact("paid"), Calculate(Operation.DIVIDE, Fact("paid"), Constant(Kind.COUNT, 3))
AMOUNTS = (PAID, PAID, THIRD, yen(0))

#: What can be said of each fact, None being that nothing is; amounts on either side of the ceiling.
ANSWERS: Mapping[str, Sequence[FactValue]] = {
    "met": (True, False, None),
    "plea": (True, False, None),
    "expert": (True, False, None),
    "missed": (0, 1, 2, None),
    "members": (1, None),
    "back": (90, None),
    "paid": (100, None),
}


def says(name: str, answer: bool = True) -> Expression:
    return Compare(Comparison.EQUAL, Fact(name), Constant(Kind.YES_NO, answer))


def missed(comparison: Comparison, count: int) -> Expression:
    return Compare(comparison, Fact("missed"), Constant(Kind.COUNT, count))


ATOMS: Sequence[Expression] = (
    *(says(name, answer) for name in ("met", "plea", "expert") for answer in (True, False)),
    missed(Comparison.EQUAL, 0),
    missed(Comparison.AT_LEAST, 1),
    missed(Comparison.MORE_THAN, 1),
    Compare(Comparison.MORE_THAN, Fact("missed"), Fact("members")),
    OPEN,
)


def of(whole: Sequence[ClawbackCase], *parts: Sequence[ClawbackCase]) -> Clawback:
    made = tuple(replace(part, cases=tuple(cases)) for part, cases in zip(CLAWBACK.parts, parts, strict=False))
    return replace(CLAWBACK, whole=tuple(whole), parts=made)


def everybody(rules: Sequence[Clawback]) -> Iterator[Facts]:
    """Yield everybody, with everything answered or not, as far as the rules may read it."""
    read = {name for name in ANSWERS if any(f"name='{name}'" in repr(one) for one in rules)}
    names = [name for name in ANSWERS if name in read]
    for answers in product(*(ANSWERS[name] for name in names)):
        yield {name: answer for name, answer in zip(names, answers, strict=True) if answer is not None}


def answer(rules: Clawback, facts: Facts) -> object:
    """Return all that the calculator answers of a repayment, the worst in yen too."""
    told = judge_repayment(rules, facts, FACTS)
    worst = worst_repayment(rules, facts, FACTS).worst_yen
    return told.parts_yen, told.total_yen, told.reason, told.missing, told.assumed, worst


def notices(one: Clawback, other: Clawback) -> Facts | None:
    """Return somebody who gets another answer, or None where nobody does."""
    return next((facts for facts in everybody((one, other)) if answer(one, facts) != answer(other, facts)), None)


def a_condition(random: Random) -> Expression:
    parts = tuple(random.sample(ATOMS, random.choice((1, 1, 2, 2, 3))))
    return parts[0] if len(parts) == 1 else random.choice((AllOf, AnyOf))(parts)


def a_case(random: Random) -> ClawbackCase:
    reason, amount = random.choice(("one", "two")), random.choice(AMOUNTS)
    return case(reason, a_condition(random), amount, only_if_stated=random.random() < 0.5)


def a_repayment(random: Random) -> Clawback:
    """Return rules of which the whole often decides what the parts look at again, as real ones do."""
    whole = [a_case(random) for _ in range(random.randint(0, 2))]
    if random.random() < 0.6:
        whole.append(case("all", says("met", answer=False), PAID))
    first = case("fulfilled", random.choice((says("met"), a_condition(random))))
    parts = [
        (first, *(a_case(random) for _ in range(random.randint(0, 2))), case("missed", None, random.choice(AMOUNTS)))
        for _ in range(random.randint(1, 2))
    ]
    return of(whole, *parts)


def changed(rules: Clawback, random: Random) -> Clawback:
    """Return `rules` with one small change in one of their cases, or without that case."""
    lists = [list(rules.whole), *(list(part.cases) for part in rules.parts)]
    places = [(some, at) for some in lists for at, one in enumerate(some) if one.when is not None]
    cases, at = random.choice(places)
    one = cases[at]
    match random.randrange(5):
        case 0:
            del cases[at]
        case 1:
            cases[at] = replace(one, counts_only_if_stated=not one.counts_only_if_stated)
        case 2:
            cases[at] = replace(one, when=a_condition(random))
        case 3:
            cases[at] = replace(one, when=_other_parts(one.when, random))
        case _:
            cases[at] = replace(one, amount=random.choice(AMOUNTS))
    return of(*lists)


def _other_parts(when: Expression | None, random: Random) -> Expression | None:
    if not isinstance(when, AllOf | AnyOf):
        return AllOf((when, OPEN)) if when is not None else None
    return random.choice((AllOf(when.parts), AnyOf(when.parts), when.parts[0], when.parts[-1]))


def test_whoever_is_asked_answers_are_alike_where_the_proof_says_so() -> None:
    seen: Counter[str] = Counter()
    for number in range(PAIRS):
        random = Random(number)
        one = a_repayment(random)
        other = changed(one, random)
        if one == other:
            continue
        if not repay_alike(one, other, FACTS):
            seen["not proved"] += 1
            continue
        assert notices(one, other) is None, number
        seen["idle" if stripped(one) != stripped(other) else "pleas"] += 1
    assert min(seen.values()) > PAIRS // 50, seen
    assert len(seen) == 3


def stripped(rules: Clawback) -> Clawback:
    """Return `rules` whose cases all count whether they are stated or not."""
    return of(*([replace(one, counts_only_if_stated=False) for one in some] for some in lists_of(rules)))


def lists_of(rules: Clawback) -> list[Sequence[ClawbackCase]]:
    return [rules.whole, *(part.cases for part in rules.parts)]


FULFILLED, OWED = case("fulfilled", says("met")), case("missed", None, PAID)
NEVER = case("never", says("met", answer=False))
DECIDES = case("all", says("met", answer=False), PAID)
EXPERT = case("expert", says("expert"), THIRD, only_if_stated=True)
EITHER_WAY = case(
    "either",
    AnyOf(tuple(AllOf((says("plea", answer), says("expert"))) for answer in (True, False))),
    PAID,
    only_if_stated=True,
)
LEFT_OPEN = case("open", AllOf((says("plea"), OPEN)), PAID, only_if_stated=True)
#: As in the recovery frame: the whole decides where the target is missed, and says for itself what is left open.
RECOVERY = of(
    (case("open", AllOf((says("met", answer=False), says("plea"), OPEN)), PAID, only_if_stated=True), DECIDES),
    (FULFILLED, LEFT_OPEN, OWED),
)


def of_part(*cases: ClawbackCase, rules: Clawback = RECOVERY) -> Clawback:
    return of(rules.whole, cases)


@pytest.mark.parametrize(
    "other",
    [
        of_part(FULFILLED, OWED),
        of_part(FULFILLED, LEFT_OPEN),
        of_part(FULFILLED, replace(LEFT_OPEN, when=AnyOf((says("plea"), OPEN))), OWED),
        of_part(FULFILLED, replace(LEFT_OPEN, when=says("plea")), OWED),
        of_part(replace(FULFILLED, counts_only_if_stated=True), LEFT_OPEN, OWED),
        of((RECOVERY.whole[0], replace(DECIDES, counts_only_if_stated=True)), RECOVERY.parts[0].cases),
    ],
)
def test_what_cannot_decide_is_proved_to(other: Clawback) -> None:
    assert repay_alike(RECOVERY, other, FACTS)
    assert notices(RECOVERY, other) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            RECOVERY,
            of((RECOVERY.whole[0], DECIDES), (replace(FULFILLED, reason="other"), LEFT_OPEN, OWED)),
            id="another reason of a case that decides",
        ),
        pytest.param(
            of((DECIDES,), (FULFILLED, LEFT_OPEN, OWED)),
            of((DECIDES,), (FULFILLED, OWED)),
            id="nothing else tells that the plea is assumed",
        ),
        pytest.param(
            of((replace(DECIDES, when=AllOf((says("met", answer=False), says("expert")))),), (FULFILLED, OWED)),
            of((replace(DECIDES, when=AllOf((says("met", answer=False), says("expert")))),), (FULFILLED,)),
            id="the whole does not decide without the expert",
        ),
        pytest.param(
            of((replace(DECIDES, when=says("expert"), counts_only_if_stated=True),), (FULFILLED, OWED)),
            of((replace(DECIDES, when=says("expert")),), (FULFILLED, OWED)),
            id="a plea that nothing else rests on",
        ),
        pytest.param(
            of((EITHER_WAY,), (FULFILLED, EXPERT, OWED)),
            of((EITHER_WAY,), (FULFILLED, OWED)),
            id="the whole is passed over while nobody pleads, although it holds either way",
        ),
        pytest.param(
            of((replace(DECIDES, amount=THIRD),), (FULFILLED, OWED)),
            of((replace(DECIDES, amount=THIRD),), (FULFILLED,)),
            id="before the grant the idle case is the worst",
        ),
        pytest.param(
            of((DECIDES,), (FULFILLED, OWED), (NEVER, replace(FULFILLED, reason="other"), OWED)),
            of((DECIDES,), (FULFILLED, OWED), (replace(FULFILLED, reason="other"), OWED)),
            id="the first case of a part is the duty fulfilled",
        ),
        pytest.param(
            RECOVERY,
            replace(RECOVERY, total=replace(RECOVERY.total, ceiling=THIRD)),
            id="another ceiling",
        ),
    ],
)
def test_what_somebody_notices_is_not_proved(one: Clawback, other: Clawback) -> None:
    assert not repay_alike(one, other, FACTS)
    assert not repay_alike(other, one, FACTS)
    assert notices(one, other) is not None


def test_cases_to_which_nobody_comes_are_named_by_their_places() -> None:
    assert idle_cases(RECOVERY, FACTS) == {("one", 1), ("one", 2)}
    assert idle_cases(of((), RECOVERY.parts[0].cases), FACTS) == frozenset()
    assert idle_cases(of((), (FULFILLED, replace(OWED, when=says("met")), OWED)), FACTS) == {("one", 1)}
