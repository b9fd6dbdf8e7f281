"""The verdict in one sentence."""

from __future__ import annotations

from calculator.eligibility import Verdict
from calculator.json_values import JsonObject
from calculator.messages import message
from calculator.result.judgment import Judgment


def verdict(judgment: Judgment) -> JsonObject:
    """Return the sentence; that every requirement is met is told although the amount may be open."""
    answer, messages = judgment.answer, judgment.book.messages
    if answer.verdict is Verdict.CANNOT_TELL and answer.requirements_are_met:
        return message(messages, "verdict_amount_open").to_json()
    return message(messages, f"verdict_{answer.verdict.value}").to_json()
