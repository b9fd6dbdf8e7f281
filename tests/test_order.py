"""Tests are run in the order of their files, the longest first, or in one that a seed draws: `--order SEED`."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from tests.order import FIRST, in_drawn_order, with_the_longest_first

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


def test_the_longest_come_first_and_all_else_stays_in_its_order() -> None:
    tests = ["test_a.py", FIRST[1], "test_b.py", FIRST[0], FIRST[1], "test_a.py"]
    ordered = with_the_longest_first(tests, str)
    assert ordered == [FIRST[1], FIRST[0], FIRST[1], "test_a.py", "test_b.py", "test_a.py"]
    assert all((Path(__file__).parent / "browser" / name).is_file() for name in FIRST)
