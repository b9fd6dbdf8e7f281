"""Worked cases: the YAML files of this folder go in, cases for the calculator's door and their answers come out.

A file has `shared` (facts by name) and `cases`. A case is `like` one of the shared sets of facts, with its own `facts`
over them; in `costs` a row is [category, amount in yen, unit price in yen]. `expected` is what the answer must hold;
each of `accepted` may stand over it. null is not compared, and `failed` and `missing` have no order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
COST = ("category", "amount_yen", "max_unit_price_yen")
KEYS = frozenset(
    {"name", "title", "why", "certainty", "kind", "rule_set", "round", "like", "facts", "expected", "accepted"}
)
CERTAINTIES = frozenset({"printed", "rounding", "reading"})
WITHOUT_ORDER = frozenset({"failed", "missing"})


@dataclass(frozen=True, slots=True)
class Worked:
    """A case with the answers that are right; `name` is that of its file and its own."""

    name: str
    title: str
    certainty: str
    kind: str
    rule_set: str
    round: int | None
    facts: Mapping[str, Any]
    answers: tuple[Mapping[str, Any], ...]

    @property
    def case(self) -> dict[str, Any]:
        """Return the case as it is asked at the door."""
        asked = {"id": self.name, "kind": self.kind, "rule_set": self.rule_set, "round": self.round}
        return {**asked, "facts": dict(self.facts)}

    def wrong(self, answer: Mapping[str, Any]) -> list[str]:
        """Return how `answer` differs from the first of the right ones, or nothing where it is one of them."""
        differences = [_differences(right, answer) for right in self.answers]
        return [] if [] in differences else differences[0]


@cache
def worked_cases() -> tuple[Worked, ...]:
    """Return all cases, in the order of the files."""
    return tuple(one for file in sorted(HERE.glob("*.yaml")) for one in _read(file))


def _read(file: Path) -> list[Worked]:
    content = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)  # the same in a tenth of the time
    assert content.keys() <= {"shared", "cases"}, file
    return [_worked(file, content.get("shared", {}), case) for case in content["cases"]]


def _worked(file: Path, shared: Mapping[str, Any], case: Mapping[str, Any]) -> Worked:
    assert case.keys() <= KEYS, (file, case["name"], case.keys() - KEYS)
    like = shared[case["like"]] if "like" in case else {}
    facts = {**like, **case.get("facts", {})}
    if isinstance(facts.get("costs"), list):
        facts["costs"] = [dict(zip(COST, row, strict=True)) for row in facts["costs"]]
    expected = case["expected"]
    return Worked(
        name=f"{file.stem}/{case['name']}",
        title=case["title"],
        certainty=case.get("certainty", "printed"),
        kind=case.get("kind", "eligibility"),
        rule_set=case["rule_set"],
        round=case.get("round"),
        facts=facts,
        answers=(expected, *({**expected, **other} for other in case.get("accepted", []))),
    )


def _differences(right: Mapping[str, Any], answer: Mapping[str, Any]) -> list[str]:
    return [
        f"{key}: expected {wanted!r}, got {answer.get(key)!r}"
        for key, wanted in right.items()
        if wanted is not None and _in_order(key, wanted) != _in_order(key, answer.get(key))
    ]


def _in_order(key: str, value: Any) -> Any:  # noqa: ANN401 - a value of JSON
    return sorted(value) if key in WITHOUT_ORDER and isinstance(value, list) else value
