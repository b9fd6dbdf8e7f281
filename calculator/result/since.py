"""What became of a result that was saved: the same answers under the rules of then and of now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calculator.eligibility import Verdict
from calculator.figures import figure_text
from calculator.json_values import JsonObject, JsonValue
from calculator.kinds import Kind
from calculator.messages import message
from calculator.result.judgment import Judgment
from calculator.rulebook import RuleBook
from calculator.text import Text


def outcome_of(judgment: Judgment) -> list[JsonValue]:
    """Return what a saved link keeps of a frame's answer: its outcome and the subsidy in yen, None while it is open."""
    return [judgment.verdict.value, judgment.subsidy_yen]


def since_saved(
    book: RuleBook, saved: Mapping[str, Sequence[JsonValue]], edition: str, judgments: Sequence[Judgment]
) -> JsonObject:
    """Return whether the rules are others than those of `edition`, and for which frames the answer is another now.

    `saved` has what `outcome_of` returned then, by the name of the rule set. A frame that it does not have is new.
    """
    changed = [one for one in judgments if [*saved.get(one.rules.rule_set, ())] != outcome_of(one)]
    return {
        "rules_changed": edition != book.edition,
        "frames": [
            {
                "name": one.rules.name.to_json(),
                "before": _in_words(book, saved.get(one.rules.rule_set)).to_json(),
                "now": _in_words(book, outcome_of(one)).to_json(),
            }
            for one in changed
        ],
    }


def _in_words(book: RuleBook, outcome: Sequence[JsonValue] | None) -> Text:
    """Return an outcome in words, with its amount where there is one; a link can hold anything."""
    match outcome:
        case [str(verdict), int(subsidy)] if verdict == Verdict.ELIGIBLE and not isinstance(subsidy, bool):
            amount = figure_text(Kind.YEN, subsidy)
            return message(book.messages, "saved_with_amount", verdict=_verdict(book, verdict), amount=amount)
        case [str(verdict), _] if verdict in set(Verdict):
            return _verdict(book, verdict)
        case _:
            return message(book.messages, "saved_nothing")


def _verdict(book: RuleBook, verdict: str) -> Text:
    return message(book.messages, f"verdict_{verdict}")
