"""One frame's answer for the page: each key comes from the module of that part."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from calculator.json_values import JsonObject, JsonValue
from calculator.pictures.all_pictures import pictures
from calculator.result.amount import arithmetic, figures
from calculator.result.judgment import Judgment
from calculator.result.reasons import reasons
from calculator.result.repayment import repayment
from calculator.result.second_look import reexamination
from calculator.result.selection import selection
from calculator.result.verdict import meaning, verdict
from calculator.result.ways import changes, missing, next_question

#: Every part of the answer, by its key (docs/architecture.md, "The browser's questions").
PARTS: Mapping[str, Callable[[Judgment], JsonValue]] = {
    "rule_set": lambda judgment: judgment.rules.rule_set,
    "name": lambda judgment: judgment.rules.name.to_json(),
    "outcome": lambda judgment: judgment.verdict.value,
    "verdict": verdict,
    "meaning": meaning,
    "figures": figures,
    "arithmetic": arithmetic,
    "pictures": pictures,
    "reasons": reasons,
    "missing": missing,
    "ask": next_question,
    "changes": changes,
    "selection": selection,
    "reexamination": reexamination,
    "repayment": repayment,
}


def frame_answer(judgment: Judgment) -> JsonObject:
    """Return everything that the page is told of one frame."""
    return {name: part(judgment) for name, part in PARTS.items()}
