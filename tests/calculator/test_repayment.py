"""What must be paid back, why, and what is only counted when somebody states it."""

from __future__ import annotations

import pytest

from calculator.evaluation import Facts
from calculator.repayment import Repayment, judge_repayment
from tests.calculator.made_forms import CLAWBACK, FACTS


def repayment(facts: Facts) -> Repayment:
    return judge_repayment(CLAWBACK, facts, FACTS)


@pytest.mark.parametrize(
    ("facts", "parts", "total", "reason"),
    [
        ({"missed": 0}, (0, 0), 0, "met"),
        ({"missed": 1}, (33, 0), 33, "one_missed"),
        ({"missed": 2}, (33, 50), 83, "both"),
        ({"missed": 2, "plea": True}, (0, 50), 50, "two_missed"),
        ({"missed": 1, "plea": True}, (0, 0), 0, "excused"),
        ({"missed": 2, "back": 30}, (33, 50), 100, "capped"),
        ({"missed": 2, "back": 17}, (33, 50), 100, "both"),  # the ceiling reached exactly cuts nothing off
        ({"missed": 0, "met": False}, (0, 0), 100, "not_told"),
    ],
)
def test_the_reason_is_the_one_that_decides(facts: Facts, parts: tuple[int, int], total: int, reason: str) -> None:
    answer = repayment({"paid": 100, "met": True, "plea": False, "back": 0, **facts})
    assert tuple(yen for _, yen in answer.parts_yen) == parts
    assert (answer.total_yen, answer.reason, answer.missing, answer.assumed) == (total, reason, (), ())


def test_a_plea_that_nobody_makes_does_not_count_and_is_named() -> None:
    answer = repayment({"paid": 100, "missed": 2})
    assert (answer.total_yen, answer.missing, answer.assumed) == (83, (), ("met", "plea", "back"))


def test_what_is_needed_and_not_known_is_missing_and_nothing_is_told() -> None:
    answer = repayment({"paid": 100, "met": True, "back": 0})
    assert (answer.total_yen, answer.reason, answer.missing) == (None, None, ("missed",))
