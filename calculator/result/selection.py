"""What counts in the selection among those who may apply: points and deductions, which never decide the verdict."""

from __future__ import annotations

from calculator.decision import Standing
from calculator.json_values import JsonObject
from calculator.messages import message
from calculator.result.citations import citation
from calculator.result.judgment import Judgment

_WORDS = {
    Standing.MET: "point_counts",
    Standing.NOT_MET: "point_does_not_count",
    Standing.CANNOT_TELL: "point_open",
}


def selection(judgment: Judgment) -> list[JsonObject]:
    """Return each point and deduction with how it stands."""
    book, answer = judgment.book, judgment.answer
    return [
        {
            "kind": kind,
            "label": item.label.to_json(),
            "verdict": standing.value,
            "verdict_text": message(book.messages, _WORDS[standing]).to_json(),
            "citation": citation(book, item.citation),
        }
        for kind, items in (("bonus", answer.points), ("deduction", answer.deductions))
        for item, standing in items
    ]
