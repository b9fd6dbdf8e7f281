"""The real rules and their worked examples, and applicants made after them, as the measurements use them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from random import Random

from calculator.assess import Assessor
from calculator.cases import read_facts
from calculator.decision import Decision
from calculator.evaluation import Facts
from calculator.expressions import Scalar, scalar_to_json
from calculator.json_values import JsonValue, read_json
from calculator.kinds import Kind
from calculator.questions import Left
from calculator.rulebook import FactDefinition, FrameRules
from tests.real import real_rules

ROOT = Path(__file__).parents[2]

CHANGED_OFTEN = 0.1
"""How often a fact of a worked example is changed to make another applicant."""


_NOT_ABOUT_AN_APPLICANT = ("schedule", "clawback")


@cache
def assessor() -> Assessor:
    """Return one that answers cases under the real rules."""
    return Assessor(real_rules().book)


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule set in one round: its rules, ready to judge, and the facts that the round gives."""

    rules: FrameRules
    decision: Decision
    given: Facts

    @property
    def name(self) -> str:
        """Return the full name of the rule set, and the round where there is one."""
        return self.rules.rule_set if self.rules.round is None else f"{self.rules.rule_set} ({self.rules.round})"


def newest() -> Iterator[Judged]:
    """Yield every rule set in the newest round in which it can be judged."""
    for frame in assessor().book.frames.values():
        found = [one for rules in frame.rounds.values() for one in _judged(rules)]
        yield from found[-1:]


def together() -> Iterator[tuple[Judged, ...]]:
    """Yield the rule sets of every budget that can be judged together, in the newest round, where there are several."""
    budgets = dict.fromkeys(tuple(rule_set.split("/")[:2]) for rule_set in assessor().book.frames)
    for budget in budgets:
        rounds = dict.fromkeys(number for frame in assessor().book.frames.values() for number in frame.rounds)
        offers = [some for number in rounds if len(some := judged_together(budget, number)) > 1]
        if offers:
            yield max(reversed(offers), key=len)


def judged_together(budget: tuple[str, ...], round_: int | None) -> tuple[Judged, ...]:
    """Return the rule sets of a budget (programme and budget) that can be judged in a round."""
    frames = [one for name, one in assessor().book.frames.items() if tuple(name.split("/")[:2]) == budget]
    return tuple(one for frame in frames if round_ in frame.rounds for one in _judged(frame.rounds[round_]))


def _judged(rules: FrameRules) -> Iterator[Judged]:
    decision = assessor().decision(rules)
    if decision is not None and Left.of(decision, {}).missing:
        yield Judged(rules, decision, assessor().known_facts(rules, {}))


@dataclass(frozen=True, slots=True)
class Applicant:
    """The facts of a made-up applicant, as JSON writes them and as the calculator reads them."""

    json: Mapping[str, JsonValue]
    facts: Facts


def worked(rule_set: str) -> list[Applicant]:
    """Return the applicants of all worked examples of a rule set, each once."""
    texts = dict.fromkeys(
        json.dumps(dict(one.facts), sort_keys=True, ensure_ascii=False)
        for one in real_rules().examples
        if one.rule_set == rule_set and one.kind not in _NOT_ABOUT_AN_APPLICANT
    )
    return [applicant(json.loads(text)) for text in texts]


def applicant(facts: Mapping[str, JsonValue]) -> Applicant:
    """Return the applicant of whom `facts` are known."""
    return Applicant(facts, read_facts(assessor().book, read_json(json.dumps(facts)))[0])


def made(random: Random, judged: Sequence[Judged]) -> Iterator[Applicant]:
    """Yield ever more applicants who answer all that `judged` ask: worked examples with some answers changed."""
    examples = [one for each in judged for one in worked(each.rules.rule_set)]
    values = _values(judged)
    while True:
        facts = {name: value for name, value in random.choice(examples).json.items() if value != "unknown"}
        for name, choices in values.items():
            if name not in facts or random.random() < CHANGED_OFTEN:
                facts[name] = random.choice(choices)
        yield applicant(facts)


def _values(judged: Sequence[Judged]) -> dict[str, list[JsonValue]]:
    """Return values of each fact that `judged` ask: one in each cell, or lists of up to three rows at their borders."""
    book = assessor().book
    found: dict[str, list[Scalar]] = {}
    for each in judged:
        for variable in each.decision.variables:
            for name in variable.facts & book.facts.keys() - each.given.keys():
                found.setdefault(name, []).extend(variable.representatives)
        for name in Left.of(each.decision, each.given).missing.values():
            found.setdefault(name, [])
    values = {
        name: [one for one in _written(fact, found[name]) if not read_facts(book, {name: one})[1]]
        for name, fact in book.facts.items()
        if name in found and fact.record is None
    }
    return {name: some for name, some in values.items() if some}


def _written(fact: FactDefinition, values: Sequence[Scalar]) -> list[JsonValue]:
    match fact.kind:
        case Kind.LIST:
            figures = [one for one in values if isinstance(one, int) and one > 1] or [1_000_000]
            rows = [{one.name: field_value for one, field_value in zip(fact.fields, row, strict=True)} for row in
                    product(*([choice.name for choice in one.choices] or figures for one in fact.fields))]  # fmt: skip
            return [[row] for row in rows] + [list(pair) for pair in pairwise(rows)]
        case Kind.RECORD:
            return [None]
        case Kind.DATE:
            return ["2017-01-01", "2022-01-01", None]
        case Kind.YEN if not values:
            return [600_000, 3_000_000]
        case _:
            return [scalar_to_json(one) for one in dict.fromkeys(values)]
