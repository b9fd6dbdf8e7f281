"""The answer of a frame in a few words, where another frame is what the page is about."""

from __future__ import annotations

from calculator.answers import at_the_door
from calculator.json_values import JsonObject
from calculator.result.amount import figures
from calculator.result.judgment import Judgment
from calculator.result.verdict import verdict

TOLD = ("rate", "upper_limit_yen", "subsidy_yen")


def short_answer(judgment: Judgment) -> JsonObject:
    """Return the name, the verdict, what it pays, how much is still to be asked, and what fails."""
    answer, rules = judgment.answer, judgment.rules
    return {
        "rule_set": rules.rule_set,
        "round": rules.round,
        "name": rules.name.to_json(),
        "outcome": judgment.verdict.value,
        "verdict": verdict(judgment),
        "figures": [figure for figure in figures(judgment) if figure["name"] in TOLD],
        "open_questions": open_questions(judgment),
        "failed": [one.label.to_json() for one in judgment.decision.conditions if one.code in answer.failed],
    }


def open_questions(judgment: Judgment) -> int:
    """Count the questions whose answers can still change the outcome or the amount."""
    return len(at_the_door(judgment.decision.askable(judgment.answer.missing, judgment.facts)))
