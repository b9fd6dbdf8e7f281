"""The verdict in one sentence, and what it means for the visitor."""

from __future__ import annotations

from calculator.eligibility import Verdict
from calculator.figures import figure_text
from calculator.json_values import JsonObject
from calculator.kinds import Kind
from calculator.messages import message
from calculator.result.judgment import Judgment
from calculator.text import Text


def verdict(judgment: Judgment) -> JsonObject:
    """Return the sentence; it says itself if it rests on rules that the round's documents have not confirmed."""
    said, messages = _verdict(judgment), judgment.book.messages
    if judgment.rules.unconfirmed:
        return message(messages, "verdict_unconfirmed", verdict=said).to_json()
    return said.to_json()


def meaning(judgment: Judgment) -> list[JsonObject]:
    """Return what the verdict means and does not mean, and what the visitor would pay where that is known."""
    answer, messages = judgment.answer, judgment.book.messages
    said = [message(messages, "meaning_unconfirmed")] if judgment.rules.unconfirmed else []
    said.append(message(messages, f"meaning_{judgment.verdict.value}"))
    if judgment.verdict is Verdict.ELIGIBLE and answer.amount is not None:
        own = answer.amount.eligible_cost_yen - answer.amount.subsidy_yen
        said.append(message(messages, "meaning_own_share", own=figure_text(Kind.YEN, own)))
    return [one.to_json() for one in said]


def _verdict(judgment: Judgment) -> Text:
    """Return what came out; that every requirement is met is told although the amount may be open."""
    answer, messages = judgment.answer, judgment.book.messages
    if judgment.verdict is Verdict.CANNOT_TELL and answer.requirements_are_met:
        return message(messages, "verdict_amount_open")
    return message(messages, f"verdict_{judgment.verdict.value}")
