"""What the calculator has to say besides the rules' own sentences: codes and parts here, the words in the rule book.

The words stand in `content/messages.yaml`, in every language, and travel with the rules. `PARTS` is the contract
between the two: the build refuses a message that is missing, or that names another part.
"""

from __future__ import annotations

from collections.abc import Mapping

from calculator.text import Text

PARTS: Mapping[str, frozenset[str]] = {
    # a line of a batch that is not a case
    "not_json": frozenset(),
    "not_an_object": frozenset(),
    "missing_key": frozenset({"key"}),
    "wrong_key": frozenset({"key"}),
    "unknown_kind": frozenset({"kind"}),
    "unknown_rule_set": frozenset({"rule_set"}),
    "round_needed": frozenset({"rule_set"}),
    "wrong_fact": frozenset({"reasons"}),
    # an answer that cannot be read
    "fact_and_reason": frozenset({"fact", "reason"}),
    "not_yes_no": frozenset(),
    "not_yen": frozenset(),
    "not_count": frozenset(),
    "not_percent": frozenset(),
    "not_date": frozenset(),
    "not_moment": frozenset(),
    "not_choice": frozenset({"choices"}),
    "not_list": frozenset(),
    "not_row": frozenset({"row"}),
    "unknown_field": frozenset({"field"}),
    "row_and_reason": frozenset({"row", "field", "reason"}),
    "none_not_possible": frozenset(),
    "too_small": frozenset({"bound"}),
    "too_large": frozenset({"bound"}),
    # verdicts
    "verdict.eligible": frozenset(),
    "verdict.not_eligible": frozenset(),
    "verdict.cannot_tell": frozenset(),
    "verdict.amount_open": frozenset(),
    "met": frozenset(),
    "not_met": frozenset(),
    "cannot_tell": frozenset(),
    "point_counts": frozenset(),
    "point_does_not_count": frozenset(),
    "point_open": frozenset(),
    # figures and arithmetic
    "figure.rate": frozenset(),
    "figure.upper_limit_yen": frozenset(),
    "figure.lower_limit_yen": frozenset(),
    "figure.eligible_cost_yen": frozenset(),
    "figure.subsidy_yen": frozenset(),
    "figure.own_share_yen": frozenset(),
    "figure.not_known": frozenset(),
    "sum.eligible_cost": frozenset({"cost"}),
    "sum.uncapped": frozenset({"cost", "rate", "uncapped"}),
    "sum.capped": frozenset({"uncapped", "limit"}),
    "sum.within_limit": frozenset({"uncapped", "limit"}),
    "sum.below_lower_limit": frozenset({"subsidy", "limit"}),
    "sum.own_share": frozenset({"cost", "subsidy", "own"}),
    # what the visitor said, and what would have to change
    "yours": frozenset({"fact", "value"}),
    "yours.rows": frozenset({"fact", "total", "count"}),
    "change.ge": frozenset({"fact", "value"}),
    "change.gt": frozenset({"fact", "value"}),
    "change.le": frozenset({"fact", "value"}),
    "change.lt": frozenset({"fact", "value"}),
    "change.eq": frozenset({"fact", "value"}),
    "change.so_that": frozenset({"sentence"}),
    "change.sum_ge": frozenset({"value"}),
    "change.sum_le": frozenset({"value"}),
    "change.largest_ge": frozenset({"value"}),
    "change.largest_le": frozenset({"value"}),
    "change.count_ge": frozenset({"value"}),
    "change.count_le": frozenset({"value"}),
    # how firmly a citation stands
    "status.printed": frozenset(),
    "status.carried_over": frozenset(),
    "status.outside": frozenset(),
    "status.convention": frozenset(),
    # between words
    "list_separator": frozenset(),
    "clause_separator": frozenset(),
}


def message(messages: Mapping[str, Text], code: str, **parts: Text | str) -> Text:
    """Return the sentence `code` with its parts filled in.

    Raises:
        KeyError: there is no such message, or a part that it needs is not given.
    """
    if missing := PARTS[code] - parts.keys():
        raise KeyError(f"{code} needs {', '.join(sorted(missing))}")
    return messages[code].filled(**parts)


def listed(messages: Mapping[str, Text], texts: tuple[Text, ...], separator: str = "list_separator") -> Text:
    """Return `texts` one after the other, as each language separates them."""
    between = messages[separator]
    return Text(between.ja.join(text.ja for text in texts), between.en.join(text.en for text in texts))
