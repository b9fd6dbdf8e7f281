"""Worked examples put to the rules: what an example expects and what the calculator answers must be the same."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from calculator.assess import Assessor
from site_builder.errors import Gathering, GuidanceError, name_hint
from site_builder.memo import Memo
from site_builder.rules.assessors import assessor_of, budget_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from site_builder.errors import Place
    from site_builder.rules.model import Example, Rules

#: Answers whose order says nothing.
UNORDERED = ("failed", "missing")


def prove_examples(rules: Rules, memo: Memo | None = None) -> None:
    """Answer every example under its own rules. What `memo` knows was proved before.

    Raises:
        GuidanceErrors: each value that an example expects and the rules do not give, where it is expected.
    """
    rounds: dict[tuple[Place, str], list[int | None]] = defaultdict(list)
    for example, found in _unmet(rules, Memo() if memo is None else memo):
        for what in found:
            rounds[what].append(example.round)
    errors = Gathering()
    for (place, sentence), numbers in rounds.items():
        errors.add(_wrong(place, sentence, numbers))
    errors.close()


def unmet_examples(rules: Rules, memo: Memo) -> tuple[Example, ...]:
    """Return each example, in each of its rounds, that expects something else than the rules give."""
    return tuple(example for example, found in _unmet(rules, memo) if found)


def proofs(rules: Rules, memo: Memo) -> Iterator[tuple[GuidanceError, ...]]:
    """Yield for each example in each of its rounds the values that it expects and the rules do not give."""
    for example, found in _unmet(rules, memo):
        yield tuple(_wrong(place, sentence, (example.round,)) for place, sentence in found)


def _unmet(rules: Rules, memo: Memo) -> Iterator[tuple[Example, tuple[tuple[Place, str], ...]]]:
    budgets = {budget_of(example.rule_set) for example in rules.examples}
    assessors = {budget: assessor_of((budget,), rules.book, memo) for budget in budgets}
    for example in rules.examples:
        yield example, memo.made(_proof, assessors[budget_of(example.rule_set)], example)


def _proof(assessor: Assessor, example: Example) -> tuple[tuple[Place, str], ...]:
    return tuple(differences(example, json.loads(assessor.answer_line(case_of(example)))))


def case_of(example: Example) -> str:
    """Return the example as a line of the calculator's door to other programs."""
    return json.dumps(
        {
            "id": example.name,
            "kind": example.kind,
            "rule_set": example.rule_set,
            "round": example.round,
            "facts": example.facts,
        },
        ensure_ascii=False,
    )


def _refusal(error: object) -> str:
    """Return the sentence of an error object, or the object where it has none."""
    match error:
        case {"message": {"en": str(words)}}:
            return words
    return json.dumps(error, ensure_ascii=False)


def differences(example: Example, answer: Mapping[str, object]) -> Iterator[tuple[Place, str]]:
    """Yield where an expectation stands that is not met, and what comes out instead."""
    if "error" in answer:
        yield example.place, f"the calculator refuses the case: {_refusal(answer['error'])}"
        return
    for key in differing(example, answer):
        place = example.expected_at.get(key, example.place)
        if key not in answer:
            meant = name_hint(key, answer, "its parts are those of the other examples of this kind")
            yield place, f"the answer has no '{key}', which '{example.name}' expects; {meant}"
            continue
        here, given = _shown(example.expected[key]), _shown(answer.get(key))
        yield place, f"{key} of '{example.name}' is {here} here, and {given} by the rules"


def differing(example: Example, answer: Mapping[str, object]) -> tuple[str, ...]:
    """Return the parts of what an example expects that are otherwise in the answer, or missing there."""
    expected = example.expected.items()
    return tuple(
        key
        for key, value in expected
        if key not in answer or _comparable(key, answer.get(key)) != _comparable(key, value)
    )


def _comparable(key: str, value: object) -> object:
    return sorted(value) if key in UNORDERED and isinstance(value, list) else value


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _wrong(place: Place, sentence: str, rounds: Sequence[int | None]) -> GuidanceError:
    """Return the error for what differs in `rounds`, or in the one call of a budget."""
    numbers = [str(number) for number in rounds if number is not None]
    where = f"in round{'s' if numbers[1:] else ''} {', '.join(numbers)}, " if numbers else ""
    hint = "mend the example, or the rule that it shows to be wrong"
    return GuidanceError(place, f"{where}{sentence}", hint, "example-differs")
