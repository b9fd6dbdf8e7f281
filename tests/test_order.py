"""Tests can be run in an order that a seed draws: `--order SEED`."""

from __future__ import annotations

from itertools import groupby

from tests.order import in_drawn_order

TESTS = [(file, number) for file in "abcd" for number in range(6)]


def file_of(test: tuple[str, int]) -> str:
    return test[0]


def test_every_test_is_run_once_and_those_of_a_file_one_after_the_other() -> None:
    drawn = in_drawn_order(TESTS, file_of, 1)
    assert sorted(drawn) == TESTS
    assert len([file for file, _ in groupby(drawn, file_of)]) == 4


def test_a_seed_draws_always_the_same_order_of_files_and_in_files_and_each_its_own() -> None:
    drawn = [in_drawn_order(TESTS, file_of, seed) for seed in (1, 2, 1)]
    assert drawn[0] == drawn[2] != drawn[1]
    assert [file for file, _ in groupby(drawn[0], file_of)] != list("abcd")
    assert all(list(tests) != sorted(tests) for _, tests in groupby(drawn[0], file_of))
