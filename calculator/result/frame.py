"""One frame's answer for the page: each key comes from the module of that part."""

from __future__ import annotations

from calculator.json_values import JsonObject
from calculator.pictures.all_pictures import pictures
from calculator.result.amount import arithmetic, figures
from calculator.result.judgment import Judgment
from calculator.result.reasons import reasons
from calculator.result.repayment import repayment
from calculator.result.second_look import reexamination
from calculator.result.selection import selection
from calculator.result.verdict import meaning, verdict
from calculator.result.ways import changes, missing, next_question


def frame_answer(judgment: Judgment) -> JsonObject:
    """Return everything that the page is told of one frame (docs/architecture.md, "The browser's questions")."""
    return {
        "rule_set": judgment.rules.rule_set,
        "name": judgment.rules.name.to_json(),
        "outcome": judgment.verdict.value,
        "verdict": verdict(judgment),
        "meaning": meaning(judgment),
        "figures": figures(judgment),
        "arithmetic": arithmetic(judgment),
        "pictures": pictures(judgment),
        "reasons": reasons(judgment),
        "missing": missing(judgment),
        "ask": next_question(judgment),
        "changes": changes(judgment),
        "selection": selection(judgment),
        "reexamination": reexamination(judgment),
        "repayment": repayment(judgment),
    }
