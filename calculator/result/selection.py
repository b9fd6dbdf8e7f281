"""What counts in the selection among those who may apply: points and deductions, which never decide the verdict."""

from __future__ import annotations

from calculator.decision import Standing
from calculator.json_values import JsonObject
from calculator.messages import message
from calculator.points import left_for
from calculator.result.citations import citation
from calculator.result.judgment import Judgment
from calculator.rulebook import PointLimit

_WORDS = {
    Standing.MET: "point_counts",
    Standing.NOT_MET: "point_does_not_count",
    Standing.CANNOT_TELL: "point_open",
}


def selection(judgment: Judgment) -> list[JsonObject]:
    """Return each point and deduction with how it stands, and behind them each limit on how many count."""
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
    ] + [_limited(judgment, limit) for limit in judgment.decision.rules.point_limits]


def _limited(judgment: Judgment, limit: PointLimit) -> JsonObject:
    """Return how a limit on points stands: whether points that are met go beyond it, or still may."""
    book, answer = judgment.book, judgment.answer
    standings = {item.code: one for item, one in (*answer.points, *answer.deductions) if item.code in limit.of}
    met = [code for code, one in standings.items() if one is Standing.MET]
    possible = [code for code, one in standings.items() if one is not Standing.NOT_MET]
    limits = judgment.decision.rules.point_limits
    standing, words = Standing.MET, message(book.messages, "point_limit_not_reached")
    if left_for(limit, met, limits) > limit.at_most:
        words = message(book.messages, "point_limit_reached", met=f"{len(met):,}", most=f"{limit.at_most:,}")
    elif left_for(limit, possible, limits) > limit.at_most:
        standing, words = Standing.CANNOT_TELL, message(book.messages, "point_open")
    return {
        "kind": "bonus" if any(item.code in limit.of for item, _ in answer.points) else "deduction",
        "label": message(book.messages, "point_limit", label=limit.label, sentence=limit.sentence).to_json(),
        "verdict": standing.value,
        "verdict_text": words.to_json(),
        "citation": citation(book, limit.citation),
    }
