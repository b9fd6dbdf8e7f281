"""The questions of the real rule sets, in the newest round of each: nothing irrelevant, and nearly as few as can be."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.questions import Left
from tests.bench.asking import Asking, FormOrder, Ours, equal_weights
from tests.bench.publicodes import PublicodesOrder
from tests.bench.real import assessor, newest

SMALL = 12
"""Up to so many questions, the fewest are found in no time; `make bench` looks for them in the others."""

MANY = 8
"""From so many questions on, the order of asking makes a great difference."""


def askings() -> Iterator[tuple[str, int, Asking]]:
    for one in newest():
        questions = len(Left.of(one.decision, one.given).missing)
        weights = equal_weights(one.decision)
        yield one.name, questions, Asking(one.decision, assessor().book.facts, one.given, weights)


def test_the_questions_are_within_five_per_cent_of_the_fewest() -> None:
    found = 0
    for name, questions, asking in askings():
        if questions <= SMALL:
            fewest, ours = asking.fewest(), asking.mean(Ours())
            assert fewest is not None, name
            assert fewest.questions <= ours.questions + 1e-9, name
            assert ours.questions <= 1.05 * fewest.questions, name
            found += 1
    assert found >= 10


def test_no_other_order_asks_fewer_and_ours_asks_nothing_irrelevant() -> None:
    for name, _, asking in askings():
        ours = asking.mean(Ours())
        assert ours.irrelevant == 0, name
        for order in (FormOrder(skips_irrelevant=False), FormOrder(skips_irrelevant=True), PublicodesOrder(asking)):
            assert ours.questions <= asking.mean(order).questions + 1e-9, name


def test_where_there_are_many_questions_publicodes_asks_half_as_many_again() -> None:
    found = 0
    for name, questions, asking in askings():
        if questions >= MANY:
            assert asking.mean(Ours()).questions <= 0.7 * asking.mean(PublicodesOrder(asking)).questions, name
            found += 1
    assert found >= 10
