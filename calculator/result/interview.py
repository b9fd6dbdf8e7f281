"""The interview: which question comes next for all frames together, and how many there can still be."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from calculator.evaluation import question_of
from calculator.json_values import JsonObject
from calculator.questions import Left, best_question, questions_left
from calculator.result.judgment import Judgment
from calculator.rulebook import RuleBook


def next_step(judgments: Sequence[Judgment], passed: Collection[str]) -> JsonObject:
    """Return the question to ask next, or None where nothing that is left to ask can change any answer.

    `passed` are the questions that the visitor has been asked already. What no form asks for is not asked. `left`
    counts the questions that can still change something, the next one included: there will be no more of them.
    """
    lefts = [Left.after(one.decision, one.answer, frozenset(passed) | _not_asked(one.book)) for one in judgments]
    asked = best_question(lefts)
    return {"ask": None if asked is None else question_of(asked), "left": len(questions_left(lefts))}


def _not_asked(book: RuleBook) -> frozenset[str]:
    groups = {group.name for group in book.groups if not group.asked}
    return frozenset(question_of(fact.name) for fact in book.facts.values() if fact.group in groups)
