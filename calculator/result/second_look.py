"""Whether a rejected application is looked at again in another frame, and what comes out there for the same facts."""

from __future__ import annotations

from calculator.json_values import JsonObject
from calculator.result.citations import citation
from calculator.result.judgment import Judgment, judged
from calculator.result.short_answer import short_answer


def reexamination(judgment: Judgment) -> JsonObject | None:
    """Return what the rules say of a second look and how the frame of that look answers, or None where they do not."""
    again, rules = judgment.rules.reexamination, judgment.rules
    if again is None:
        return None
    there = None if again.frame is None else judged(judgment.assessor, again.frame, rules.round, judgment.answered)
    return {
        "text": again.sentence.to_json(),
        "citation": citation(judgment.book, again.citation),
        "frame": None if there is None else short_answer(there),
    }
