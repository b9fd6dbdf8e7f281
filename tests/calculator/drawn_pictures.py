"""Pictures to look at: those of every worked example and every worked case of the real rules."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calculator.assess import Assessor
from calculator.cases import read_facts
from calculator.eligibility import Verdict
from calculator.evaluation import Facts
from calculator.json_values import JsonValue, read_json
from calculator.pictures.all_pictures import pictures_of
from calculator.pictures.drawing import Picture
from calculator.result.judgment import Judgment, judged
from tests.calculator.real_questions import real_book
from tests.real import real_rules
from tests.scenarios.worked import worked_cases

ROOT = Path(__file__).parents[2]
KINDS = ("eligibility", "simple")


@dataclass(frozen=True, slots=True)
class Drawn:
    """An applicant of whom pictures are drawn."""

    name: str
    judgment: Judgment
    pictures: tuple[Picture, ...]

    def picture(self, name: str) -> Picture | None:
        return next((one for one in self.pictures if one.name == name), None)


@cache
def assessor() -> Assessor:
    return Assessor(real_book())


@cache
def all_drawn() -> tuple[Drawn, ...]:
    """Return every applicant once, with pictures or without."""
    return tuple(_drawn())


def eligible() -> Iterator[Drawn]:
    """Yield those who may apply."""
    return (one for one in all_drawn() if one.judgment.answer.verdict is Verdict.ELIGIBLE)


def judged_with(judgment: Judgment, facts: Facts) -> Judgment:
    """Judge the same frame for other facts."""
    again = judged(judgment.assessor, judgment.rules.rule_set, judgment.rules.round, facts)
    assert again is not None
    return again


def _drawn() -> Iterator[Drawn]:
    for name, rule_set, round_, stated in _cases():
        facts, mistakes = read_facts(real_book(), stated)
        is_readable = not mistakes and rule_set in real_book().frames
        judgment = judged(assessor(), rule_set, round_, facts) if is_readable else None
        if judgment is not None:
            yield Drawn(name, judgment, tuple(pictures_of(judgment)))


def _cases() -> Iterator[tuple[str, str, int | None, JsonValue]]:
    """Yield the worked examples, each in its newest round, and the worked cases."""
    newest = {(one.rule_set, one.name): one for one in real_rules().examples if one.kind in KINDS}
    for one in newest.values():
        yield f"{one.rule_set}/{one.round}/{one.name}", one.rule_set, one.round, _as_read(one.facts)
    for case in worked_cases():
        if case.kind in KINDS:
            yield case.name, case.rule_set, case.round, _as_read(case.facts)


def _as_read(facts: Mapping[str, object]) -> JsonValue:
    """Return facts as the door gets them, with exact numbers."""
    return read_json(json.dumps(dict(facts), default=str))
