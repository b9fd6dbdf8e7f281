"""What is asked next: nothing irrelevant, the same question every time, and nearly as few as can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product
from random import Random

import pytest

from calculator.decision import Decision, decide
from calculator.eligibility import Verdict, judge
from calculator.evaluation import Facts, FactValue, Row, question_of
from calculator.expressions import (
    AllOf,
    AnyOf,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Not,
    Operation,
)
from calculator.kinds import Kind
from calculator.questions import (
    MOST_ANSWERS,
    Left,
    best_question,
    next_question,
    next_question_of,
    question_after,
    questions_left,
)
from calculator.rulebook import Award, FactDefinition, RateCase
from tests.bench.asking import Asking, Ours, equal_weights
from tests.calculator import made_forms
from tests.calculator.made_rules import FACTS, PLACE, WORDS, at_least, drawn_frame, frame, requirement, yen


def around(*figures: int) -> list[int]:
    return sorted({max(0, figure + step) for figure in figures for step in (-1, 0, 1)})


def rows(category: str, amount: int, unit: int) -> tuple[Row, ...]:
    return ({"category": category, "amount_yen": amount, "unit_yen": unit},)


VALUES: Mapping[str, Sequence[FactValue]] = {
    "trade": ["shop", "works", "farm"],
    "capital": [None, *around(100, 300)],
    "staff": around(0, 5, 6, 20),
    "big_owner": [False, True],
    "earlier_grant": [None, False, True],
    "growth": [Fraction(n, 4) for n in (4, 6, 7, 12, 13)],
    "announced": [False, True],
    "costs": [(), *(rows("machine", a, u) for a in (49, 133, 134, 150, 200, 900) for u in (40, 50, 60))],
}


def made(*conditions: Expression) -> Decision:
    requirements = [requirement(f"made.{place}", one) for place, one in enumerate(conditions)]
    return decide(frame(*requirements), FACTS)


def asking_of(decision: Decision, facts: Mapping[str, FactDefinition] = FACTS, given: Facts | None = None) -> Asking:
    return Asking(decision, facts, given or {}, equal_weights(decision))


def answered(random: Random, decision: Decision) -> list[Facts]:
    """Ask until nothing is asked any more; return what was known before each question, and at the end."""
    known: dict[str, FactValue] = {}
    states: list[Facts] = [{}]
    while (asked := next_question(decision, known)) is not None:
        known[asked] = random.choice(VALUES[asked])
        states.append(dict(known))
    return states


def answer_of(decision: Decision, known: Facts) -> object:
    """Return what is told of somebody of whom everything is known."""
    answer = judge(decision, known)
    assert answer.verdict is not Verdict.CANNOT_TELL
    is_paid = answer.verdict is Verdict.ELIGIBLE
    return (answer.rate, answer.upper_limit_yen, answer.eligible_cost_yen) if is_paid else None


def can_change_the_answer(decision: Decision, known: Facts, name: str, others: Sequence[str]) -> bool:
    """Say whether there are two applicants who differ in nothing but the fact `name`, and in their answers."""
    for values in product(*(VALUES[other] for other in others)):
        everything = {**known, **dict(zip(others, values, strict=True))}
        if len({answer_of(decision, {**everything, name: value}) for value in VALUES[name]}) > 1:
            return True
    return False


@pytest.mark.parametrize("seed", range(40))
def test_what_is_asked_can_change_the_answer(seed: int) -> None:
    random = Random(seed)
    decision = decide(drawn_frame(random), FACTS)
    for known in answered(random, decision):
        missing = [name for name in VALUES if name not in known]
        asked = next_question(decision, known)
        if asked is not None and len(missing) <= 4:
            assert can_change_the_answer(decision, known, asked, [name for name in missing if name != asked])


@pytest.mark.parametrize("seed", range(100))
def test_asking_ends_after_each_fact_at_most_once(seed: int) -> None:
    random = Random(seed)
    states = answered(random, decide(drawn_frame(random), FACTS))
    assert len(states) <= 1 + len(VALUES)
    assert [len(known) for known in states] == list(range(len(states)))


@pytest.mark.parametrize("seed", range(40))
def test_the_same_is_asked_whatever_the_order_of_the_facts_and_whoever_made_the_decision(seed: int) -> None:
    random = Random(seed)
    rules = drawn_frame(random)
    first = decide(rules, FACTS)
    for known in answered(random, first):
        turned = {name: known[name] for name in reversed(list(known))}
        assert next_question(first, known) == next_question(decide(rules, FACTS), turned)


def test_of_equal_questions_the_one_defined_first_is_asked() -> None:
    announced, not_owned = Fact("announced"), Not(Fact("big_owner"))
    assert next_question(made(announced, not_owned), {}) == "big_owner"
    known: Facts = {"costs": rows("machine", 900, 60), "staff": 30}
    assert next_question_of([made(announced), made(not_owned)], known) == "big_owner"


def test_of_equal_questions_one_that_sets_the_frame_apart_comes_first() -> None:
    basic, own = requirement("basic", Not(Fact("big_owner"))), requirement("own", Fact("announced"))
    assert next_question(decide(frame(basic, own), FACTS), {}) == "big_owner"
    assert next_question(decide(frame(basic, replace(own, additional=True)), FACTS), {}) == "announced"


def test_the_question_that_most_likely_ends_it_is_asked_first() -> None:
    """Two answers out of three fail it, against one out of two."""
    in_between = AllOf((at_least("growth", 3), Not(at_least("growth", 5))))
    assert next_question(made(Not(Fact("big_owner")), in_between), {}) == "growth"


def test_where_no_answer_ends_it_the_question_that_makes_most_others_needless_is_asked() -> None:
    """Whoever has announced it need not tell the other two; who has not must, unless the first of them settles it."""
    decision = made(AnyOf((Fact("announced"), AllOf((Fact("big_owner"), at_least("growth", 3))))))
    known: Facts = {"costs": rows("machine", 900, 60), "staff": 30}
    assert set(Left.of(decision, known).missing) == {"announced", "big_owner", "growth"}
    assert next_question(decision, known) == "announced"


def test_on_made_up_rules_the_questions_are_within_one_per_cent_of_the_fewest() -> None:
    all_ours = all_fewest = 0.0
    for seed in range(100):
        asking = asking_of(decide(drawn_frame(Random(seed)), FACTS))
        fewest, ours = asking.fewest(), asking.mean(Ours())
        assert fewest is not None
        assert ours.irrelevant == 0
        assert fewest.questions <= ours.questions + 1e-9 <= 1.1 * fewest.questions + 1e-9
        all_ours, all_fewest = all_ours + ours.questions, all_fewest + fewest.questions
    assert all_ours <= 1.01 * all_fewest


@pytest.mark.parametrize("seed", range(12))
def test_the_mean_of_all_applicants_is_what_asking_each_of_them_gives(seed: int) -> None:
    """Facts of one variable each, so that every combination of their cells is an applicant."""
    random = Random(seed)
    names = ["expert", "met", "plea", "cost"]
    parts = [made_forms.at_least(Fact("cost"), Kind.YEN, 100), *map(Fact, names[:3])]
    random.shuffle(parts)
    condition = AnyOf((AllOf(tuple(parts[:2])), AllOf((parts[2], Not(parts[3])))))
    pays = made_forms.award(made_forms.only(made_forms.HALF), made_forms.limit(yen(1000)))
    decision = decide(made_forms.frame(pays, condition), made_forms.FACTS)
    counts = []
    for place in range(16):
        applicant: dict[str, FactValue] = {name: bool(place >> bit & 1) for bit, name in enumerate(names[:3])}
        applicant["cost"] = 100 if place >> 3 & 1 else 99
        known: dict[str, FactValue] = {}
        while (asked := next_question(decision, known)) is not None:
            known[asked] = applicant[asked]
        counts.append(len(known))
    assert asking_of(decision, made_forms.FACTS).mean(Ours()).questions == pytest.approx(sum(counts) / 16)


def test_a_record_is_one_question() -> None:
    pays = made_forms.award(made_forms.WITH_CERTIFICATE, made_forms.limit(yen(1000)))
    decision = decide(made_forms.frame(pays), made_forms.FACTS)
    assert set(Left.of(decision, {}).missing) == {"certificate", "cost"}
    known: Facts = {"cost": 10}
    asked = next_question(decision, known)
    assert asked is not None
    assert question_of(asked) == "certificate"
    everything: Facts = {"certificate": True, "certificate.granted": True, "certificate.growth": Fraction(3)}
    assert next_question(decision, {**known, **everything}) is None
    assert next_question(decision, {**known, "certificate": None}) is None


@pytest.mark.parametrize("seed", range(60))
def test_for_several_decisions_only_what_one_of_them_needs_is_asked_until_all_have_ended(seed: int) -> None:
    random = Random(seed)
    decisions = [decide(drawn_frame(random), FACTS) for _ in range(3)]
    known: dict[str, FactValue] = {}
    while (asked := next_question_of(decisions, known)) is not None:
        assert any(asked in judge(decision, known).missing for decision in decisions)
        known[asked] = random.choice(VALUES[asked])
    assert all(next_question(decision, known) is None for decision in decisions)


@pytest.mark.parametrize("seed", range(20))
def test_for_one_decision_it_is_the_question_of_that_decision(seed: int) -> None:
    random = Random(seed)
    decision = decide(drawn_frame(random), FACTS)
    for known in answered(random, decision):
        asked, answer = next_question(decision, known), judge(decision, known)
        assert next_question_of([decision], known) == question_after(decision, answer) == asked
        assert questions_left([Left.of(decision, known)]) == {question_of(name) for name in answer.missing}


def test_for_several_decisions_a_question_that_ends_all_comes_before_one_that_ends_one() -> None:
    first = made(Not(Fact("big_owner")), Fact("announced"))
    second = made(at_least("growth", 3), Fact("announced"))
    assert next_question(first, {}) == "big_owner"
    assert next_question_of([first, second], {}) == "announced"


def test_a_question_that_was_passed_is_not_asked_again() -> None:
    decision = made(at_least("growth", 3), Fact("announced"))
    everything = judge(decision, {})
    passed: set[str] = set()
    while (asked := best_question([Left.after(decision, everything, frozenset(passed))])) is not None:
        assert question_of(asked) not in passed
        passed.add(question_of(asked))
    assert passed == {question_of(name) for name in decision.askable(everything.missing, {})}


def test_of_two_figures_that_are_compared_both_are_asked_for() -> None:
    pays = made_forms.award(made_forms.only(made_forms.HALF), made_forms.limit(yen(1000)))
    enough = Compare(Comparison.AT_LEAST, Fact("paid"), Fact("back"))
    decision = decide(made_forms.frame(pays, enough), made_forms.FACTS)
    known: dict[str, FactValue] = {"cost": 10}
    first = next_question(decision, known)
    second = next_question(decision, {**known, str(first): 5})
    assert {first, second} == {"paid", "back"}
    assert next_question(decision, {**known, "paid": 5, "back": 5}) is None


PAYS = made_forms.award(made_forms.only(made_forms.HALF), made_forms.limit(yen(1000)))
ENOUGH = Compare(Comparison.AT_LEAST, Fact("paid"), Fact("back"))
IS_THERE = Compare(Comparison.NOT_EQUAL, Fact("certificate"), Constant(Kind.RECORD, None))


def left_of(known: Facts, *conditions: Expression, pays: Award = PAYS) -> Left:
    return Left.of(decide(made_forms.frame(pays, *conditions), made_forms.FACTS), known)


def test_what_is_compared_is_settled_by_the_figure_that_is_missing_and_by_none_while_both_are() -> None:
    both = left_of({"cost": 10}, ENOUGH, Fact("expert"))
    assert both.levels() == {"expert": [0], "paid": [], "back": []}
    assert both.chances_to_end() == {"expert": 500_000}
    one = left_of({"cost": 10, "paid": 5}, ENOUGH, Fact("expert"))
    assert one.levels() == {"expert": [0], "back": [1]}
    assert one.chances_to_end() == {"expert": 500_000, "back": 500_000}


def test_a_sum_that_is_compared_is_settled_by_the_rows_of_which_some_are_not_known() -> None:
    enough = Compare(Comparison.AT_LEAST, Fact("paid"), made_forms.OTHERS)
    rows_known: Facts = {"cost": 10, "paid": 5, "others": ({"amount_yen": 1}, {})}
    assert left_of(rows_known, enough, Fact("expert")).levels() == {"expert": [0], "others": [1]}


def test_the_chance_to_end_is_the_share_of_answers_of_which_a_cell_leaves_nothing() -> None:
    in_between = AllOf(
        (made_forms.at_least(Fact("missed"), Kind.COUNT, 3), Not(made_forms.at_least(Fact("missed"), Kind.COUNT, 5)))
    )
    assert left_of({"cost": 10}, in_between, Fact("expert")).chances_to_end() == {"expert": 500_000, "missed": 666_666}
    # not there, not granted, or not grown enough: each of these fails it
    assert left_of({"cost": 10}, made_forms.GRANTED, Fact("expert")).chances_to_end() == {
        "expert": 500_000,
        "certificate": 875_000,
    }


def test_the_chance_of_a_figure_of_which_several_things_are_made_counts_each_of_them() -> None:
    """One cell of three fails each, and the other two differ in what is paid."""
    thrice = Calculate(Operation.MULTIPLY, Fact("paid"), Constant(Kind.COUNT, 3))
    rates = tuple(
        RateCase(made_forms.at_least(amount, Kind.YEN, at), rate, WORDS, PLACE)
        for amount, at, rate in ((Fact("paid"), 20, made_forms.TWO_THIRDS), (thrice, 90, made_forms.FIXED))
    )
    pays = made_forms.award((*rates, *made_forms.only(made_forms.HALF)), made_forms.limit(yen(1000)))
    enough = [made_forms.at_least(amount, Kind.YEN, at) for amount, at in ((Fact("paid"), 10), (thrice, 33))]
    assert left_of({"cost": 10}, *enough, pays=pays).chances_to_end() == {"paid": 555_555}


def test_what_the_documents_leave_open_is_no_question() -> None:
    waiting = left_of({"cost": 10, "status": "asked"}, made_forms.SETTLED, Fact("expert"))
    assert waiting.chances_to_end() == {"expert": 500_000}


def test_an_answer_that_leaves_only_its_own_question_ends_it() -> None:
    with_least = made_forms.award(made_forms.only(made_forms.HALF), made_forms.limit(yen(1000)), made_forms.lower(100))
    assert left_of({}, pays=with_least).chances_to_end() == {"cost": 1_000_000}


def test_only_answers_that_are_possible_count() -> None:
    """The higher of two amounts is not below the one that is known."""
    higher = Calculate(Operation.HIGHER, Fact("paid"), Fact("back"))
    limits = [Compare(sign, higher, yen(at)) for sign, at in ((Comparison.AT_LEAST, 10), (Comparison.AT_MOST, 20))]
    assert left_of({"cost": 10, "paid": 15}, *limits).chances_to_end() == {"back": 1_000_000}
    assert left_of({"cost": 10, "paid": 15}, *limits, Fact("expert")).chances_to_end() == {
        "expert": 500_000,
        "back": 500_000,
    }


def after(left: Left) -> dict[str, int]:
    return left.questions_after(list(left.missing))


def test_so_many_questions_are_left_on_average_after_each() -> None:
    plea_or_both = AnyOf((Fact("plea"), AllOf((Fact("expert"), Fact("met")))))
    assert after(left_of({"cost": 10}, plea_or_both)) == {"expert": 1_500_000, "met": 1_500_000, "plea": 1_000_000}
    none_or_some = AnyOf((Fact("plea"), AllOf((Compare(Comparison.EQUAL, Fact("missed"), Constant(Kind.COUNT, 1)),))))
    assert after(left_of({"cost": 10}, none_or_some)) == {"missed": 666_666, "plea": 500_000}


def test_what_an_amount_asks_for_is_left_while_it_is_paid() -> None:
    assert after(left_of({}, Fact("expert"))) == {"expert": 500_000, "cost": 1_000_000}


def test_a_question_is_left_as_long_as_any_part_of_its_record_is_read() -> None:
    one_or_the_other = AnyOf(
        (AllOf((Fact("met"), IS_THERE, Fact("plea"))), AllOf((Not(Fact("met")), Fact("certificate.granted"))))
    )
    assert after(left_of({"cost": 10}, one_or_the_other))["met"] == 1_500_000


@pytest.mark.parametrize(("cells", "is_tried"), [(MOST_ANSWERS // 4, True), (MOST_ANSWERS // 4 + 1, False)])
def test_a_question_with_too_many_answers_counts_as_if_it_told_nothing(cells: int, *, is_tried: bool) -> None:
    """A certificate is there or not, granted or not, and its growth in one of many cells."""
    borders = [made_forms.at_least(Fact("certificate.growth"), Kind.PERCENT, Fraction(at)) for at in range(1, cells)]
    every_other = AnyOf(tuple(AllOf((one, Not(higher))) for one, higher in pairwise(borders))[::2])
    left = left_of({"cost": 10}, Fact("expert"), Fact("certificate.granted"), AnyOf((every_other, borders[-1])))
    counts = [len(left.decision.cells(level)) for level in left.levels()["certificate"]]
    assert sorted(counts) == [2, 2, cells]
    assert (left.questions_after(["certificate"])["certificate"] < 2_000_000) == is_tried
