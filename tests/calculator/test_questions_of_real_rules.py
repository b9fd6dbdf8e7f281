"""The questions of the real rule sets, in the newest round of each: nothing irrelevant, and nearly as few as can be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calculator.questions import Left
from tests.bench.asking import Asked, Asking, FormOrder, Ours, equal_weights
from tests.bench.publicodes import PublicodesOrder
from tests.bench.real import assessor, newest

SMALL = 12
"""Up to so many questions, the fewest are found in no time; `make bench` looks for them in the others."""

MANY = 8
"""From so many questions on, the order of asking makes a great difference."""


@dataclass(frozen=True, slots=True)
class Walked:
    """The asking about one rule set: its questions, and what our order and that of publicodes cost on average."""

    name: str
    questions: int
    asking: Asking
    ours: Asked
    publicodes: Asked


@cache
def walked() -> tuple[Walked, ...]:
    found = []
    for one in newest():
        questions = len(Left.of(one.decision, one.given).missing)
        asking = Asking(one.decision, assessor().book.facts, one.given, equal_weights(one.decision))
        costs = asking.mean(Ours()), asking.mean(PublicodesOrder(asking))
        found.append(Walked(one.name, questions, asking, *costs))
    return tuple(found)


def test_the_questions_are_within_five_per_cent_of_the_fewest() -> None:
    found = 0
    for one in walked():
        if one.questions <= SMALL:
            fewest = one.asking.fewest()
            assert fewest is not None, one.name
            assert fewest.questions <= one.ours.questions + 1e-9, one.name
            assert one.ours.questions <= 1.05 * fewest.questions, one.name
            found += 1
    assert found >= 10


def test_no_other_order_asks_fewer_and_ours_asks_nothing_irrelevant() -> None:
    for one in walked():
        assert one.ours.irrelevant == 0, one.name
        in_form_order = (one.asking.mean(FormOrder(skips_irrelevant=skips)) for skips in (False, True))
        for other in (*in_form_order, one.publicodes):
            assert one.ours.questions <= other.questions + 1e-9, one.name


def test_where_there_are_many_questions_publicodes_asks_half_as_many_again() -> None:
    found = 0
    for one in walked():
        if one.questions >= MANY:
            assert one.ours.questions <= 0.7 * one.publicodes.questions, one.name
            found += 1
    assert found >= 10
