"""What became of a result that was saved: the same answers under the rules of then and of now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from calculator.eligibility import Verdict
from calculator.figures import figure_text
from calculator.json_values import JsonObject, JsonValue
from calculator.kinds import Kind
from calculator.messages import message
from calculator.result.judgment import Judgment
from calculator.rulebook import RuleBook
from calculator.text import Text

_YEN = re.compile(r"[0-9]{1,20}")


def outcome_of(judgment: Judgment) -> list[JsonValue]:
    """Return what a saved link keeps of a frame's answer: its outcome and the subsidy in yen, None while it is open.

    Yen are text: a number would lose some on its way through a browser, from 2 to the power of 53 on.
    """
    yen = judgment.subsidy_yen
    return [judgment.verdict.value, None if yen is None else str(yen)]


def since_saved(book: RuleBook, saved: JsonValue, edition: JsonValue, judgments: Sequence[Judgment]) -> JsonObject:
    """Return whether the rules are others than those of `edition`, and for which frames the answer is another now.

    `saved` has what `outcome_of` returned then, by the name of the rule set. A frame that it does not have is new; so
    is one of which it has anything else, for a link can hold anything.
    """
    then = {name: _outcome(one) for name, one in saved.items()} if isinstance(saved, dict) else {}
    changed = [one for one in judgments if then.get(one.rules.rule_set) != outcome_of(one)]
    return {
        "rules_changed": edition != book.edition,
        "frames": [
            {
                "name": one.rules.name.to_json(),
                "before": _in_words(book, then.get(one.rules.rule_set)).to_json(),
                "now": _in_words(book, outcome_of(one)).to_json(),
            }
            for one in changed
        ],
    }


def _outcome(content: JsonValue) -> list[JsonValue] | None:
    """Return what a link holds of one frame, or None where that is no outcome; older links have yen as a number."""
    match content:
        case [str(verdict), None] if verdict in set(Verdict):
            return [verdict, None]
        case [str(verdict), int(yen) | str(yen)] if verdict in set(Verdict) and _YEN.fullmatch(str(yen)):
            return [verdict, str(int(yen))]
        case _:
            return None


def _in_words(book: RuleBook, outcome: Sequence[JsonValue] | None) -> Text:
    """Return an outcome in words, with its amount where there is one."""
    if outcome is None:
        return message(book.messages, "saved_nothing")
    verdict, yen = outcome
    if verdict != Verdict.ELIGIBLE or yen is None:
        return _verdict(book, verdict)
    amount = figure_text(Kind.YEN, int(yen))
    return message(book.messages, "saved_with_amount", verdict=_verdict(book, verdict), amount=amount)


def _verdict(book: RuleBook, verdict: str) -> Text:
    return message(book.messages, f"verdict_{verdict}")
