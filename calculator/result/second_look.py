"""Whether a rejected application is looked at again in another frame."""

from __future__ import annotations

from calculator.json_values import JsonObject
from calculator.result.citations import citation
from calculator.result.judgment import Judgment


def reexamination(judgment: Judgment) -> JsonObject | None:
    """Return what the rules say of a second look, or None where they say nothing."""
    again = judgment.rules.reexamination
    if again is None:
        return None
    return {"text": again.sentence.to_json(), "citation": citation(judgment.book, again.citation)}
