"""What the visitor can do about an answer: what is still missing, what to answer next, and the smallest changes."""

from __future__ import annotations

from calculator.answers import change_text, failing_for
from calculator.changes import Change, smallest_changes
from calculator.json_values import JsonObject
from calculator.questions import question_after
from calculator.result.judgment import Judgment


def missing(judgment: Judgment) -> list[JsonObject]:
    """Return the facts and open points that can still change the outcome or the amount."""
    return [_cause(judgment, name) for name in judgment.answer.missing]


def next_question(judgment: Judgment) -> str | None:
    """Return the fact whose answer is worth most, or None where no answer can change anything."""
    return question_after(judgment.decision, judgment.answer)


def changes(judgment: Judgment) -> list[list[JsonObject]]:
    """Return the smallest sets of changes after which the frame is open to the visitor."""
    return [
        [{"fact": one.fact, "text": _change(judgment, one)} for one in some]
        for some in smallest_changes(judgment.decision, judgment.facts, judgment.book.facts)
    ]


def _change(judgment: Judgment, change: Change) -> JsonObject:
    failing = failing_for(change, judgment.answer.judged)
    return change_text(judgment.book, judgment.decision, change, failing).to_json()


def _cause(judgment: Judgment, name: str) -> JsonObject:
    book = judgment.book
    is_open = name in judgment.decision.open_points
    label = book.open_points[name] if name in book.open_points else book.facts[name].label
    return {"fact": name, "is_open_point": is_open, "label": label.to_json()}
