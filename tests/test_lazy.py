"""Values that are made when they are asked for: the same as in a dict, and no sooner."""

from __future__ import annotations

import pytest

from site_builder.lazy import Lazy, joined


def test_a_value_is_made_whenever_it_is_asked_for_and_no_sooner() -> None:
    asked: list[str] = []

    def value(name: str) -> int:
        asked.append(name)
        return len(asked)

    numbers = Lazy(("b", "a", "b"), value)
    assert (list(numbers), len(numbers), "a" in numbers, "c" in numbers, asked) == (["b", "a"], 2, True, False, [])
    assert (numbers["b"], numbers["b"], asked) == (1, 2, ["b", "b"])
    with pytest.raises(KeyError):
        numbers["c"]
    assert len(asked) == 2


def test_joined_mappings_are_like_one_dict_of_all_and_make_nothing() -> None:
    parts: tuple[dict[str, int], ...] = ({"a": 1, "b": 2}, {"c": 3, "a": 4}, {})
    assert list(joined(*parts).items()) == list({**parts[0], **parts[1]}.items())
    never = Lazy(("b", "d"), lambda name: 1 // len(name.strip("bd")))
    whole = joined(parts[0], never)
    assert (list(whole), whole["a"], "d" in whole) == (["a", "b", "d"], 1, True)
    with pytest.raises(ZeroDivisionError):
        whole["b"]
