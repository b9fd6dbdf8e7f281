"""The worked examples of the real rules hold, and one that does not is told where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.errors import GuidanceErrors
from site_builder.rules import read_rules
from site_builder.rules.model import Example, Rules
from site_builder.rules.proof import prove_examples
from tests.real import real_rules

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def rules() -> Rules:
    return real_rules()


def with_one(rules: Rules, **changes: object) -> Rules:
    """Return the rules with one eligible example alone, changed."""
    example = next(one for one in rules.examples if one.expected.get("outcome") == "eligible")
    return replace(rules, examples=(_changed(example, changes),))


def _changed(example: Example, changes: Mapping[str, object]) -> Example:
    return replace(example, **changes)  # type: ignore[arg-type]  # the fields of an example


def test_every_example_of_the_real_rules_holds(rules: Rules) -> None:
    assert len(rules.examples) > 100
    prove_examples(rules)


def test_an_example_that_the_rules_contradict_is_told_with_its_place_and_every_difference(rules: Rules) -> None:
    wrong = with_one(rules, expected={"outcome": "not_eligible", "failed": ["plan.value_added"]})
    with pytest.raises(GuidanceErrors) as raised:
        prove_examples(wrong)
    assert [error.code for error in raised.value.errors] == ["example-differs"] * 2
    (example,) = wrong.examples
    assert example.expected_at["outcome"] in [error.place for error in raised.value.errors]
    assert 'is "not_eligible" here, and "eligible" by the rules' in str(raised.value)


def test_an_example_that_the_calculator_refuses_is_told(rules: Rules) -> None:
    with pytest.raises(GuidanceErrors, match="the calculator refuses the case"):
        prove_examples(with_one(rules, facts={"regular_employees": "twenty"}))


def test_the_order_of_failed_requirements_says_nothing(rules: Rules) -> None:
    many = next(one for one in rules.examples if len(_failed(one)) > 1)
    prove_examples(replace(rules, examples=(replace(many, expected={"failed": list(reversed(_failed(many)))}),)))


def _failed(example: Example) -> list[str]:
    failed = example.expected.get("failed", [])
    assert isinstance(failed, list)
    return failed


def test_the_examples_of_the_good_rules_hold() -> None:
    prove_examples(read_rules(PROJECT / "tests" / "good" / "rules", {}))
