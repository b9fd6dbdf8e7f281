"""What the calculator has to say besides the rules' own sentences: codes and parts here, the words in the rule book.

The words stand in `content/messages.yaml`, in every language, and travel with the rules. `PARTS` is the contract
between the two: the build refuses a message that is missing, or that names another part.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from calculator.text import Text

PARTS: Mapping[str, frozenset[str]] = {
    # a line of a batch that is not a case
    "not_json": frozenset(),
    "not_an_object": frozenset(),
    "missing_key": frozenset({"key"}),
    "wrong_key": frozenset({"key"}),
    "unknown_kind": frozenset({"kind"}),
    "unknown_rule_set": frozenset({"rule_set"}),
    "kind_not_possible": frozenset({"kind", "rule_set"}),
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
    "not_record": frozenset(),
    "not_row": frozenset({"row"}),
    "unknown_field": frozenset({"field"}),
    "cell_empty": frozenset(),
    "row_and_reason": frozenset({"row", "field", "reason"}),
    "none_not_possible": frozenset(),
    "too_small": frozenset({"bound"}),
    "too_large": frozenset({"bound"}),
    # verdicts
    "verdict_eligible": frozenset(),
    "verdict_not_eligible": frozenset(),
    "verdict_cannot_tell": frozenset(),
    "verdict_amount_open": frozenset(),
    "verdict_unconfirmed": frozenset({"verdict"}),
    "meaning_eligible": frozenset(),
    "meaning_not_eligible": frozenset(),
    "meaning_cannot_tell": frozenset(),
    "meaning_own_share": frozenset({"own"}),
    "meaning_unconfirmed": frozenset(),
    "met": frozenset(),
    "not_met": frozenset(),
    "cannot_tell": frozenset(),
    "point_counts": frozenset(),
    "point_does_not_count": frozenset(),
    "point_open": frozenset(),
    "point_limit": frozenset({"label", "sentence"}),
    "point_limit_reached": frozenset({"met", "most"}),
    "point_limit_not_reached": frozenset(),
    # figures and arithmetic
    "figure_rate": frozenset(),
    "figure_upper_limit_yen": frozenset(),
    "figure_lower_limit_yen": frozenset(),
    "figure_eligible_cost_yen": frozenset(),
    "figure_subsidy_yen": frozenset(),
    "figure_own_share_yen": frozenset(),
    "figure_member_subsidies_yen": frozenset(),
    "figure_member_limit_yen": frozenset(),
    "figure_pool_yen": frozenset(),
    "figure_not_known": frozenset(),
    "figure_not_printed": frozenset(),
    "rate_fixed": frozenset(),
    "rate_of_subsidy": frozenset({"slices"}),
    "rate_of_cost": frozenset({"slices"}),
    "rate_slice_to": frozenset({"most", "rate"}),
    "rate_slice_between": frozenset({"least", "most", "rate"}),
    "rate_slice_from": frozenset({"least", "rate"}),
    "rate_slices": frozenset({"first", "second"}),
    "sum_eligible_cost": frozenset({"cost"}),
    "sum_left_out": frozenset({"categories", "cost"}),
    "sum_cut_off": frozenset({"costs", "limit", "cost"}),
    "sum_uncapped": frozenset({"cost", "rate", "uncapped"}),
    "sum_uncapped_in_slices": frozenset({"cost", "rate", "uncapped"}),
    "sum_capped": frozenset({"uncapped", "limit"}),
    "sum_within_limit": frozenset({"uncapped", "limit"}),
    "sum_below_lower_limit": frozenset({"subsidy", "limit"}),
    "sum_refused": frozenset(),
    "sum_own_share": frozenset({"cost", "subsidy", "own"}),
    # what the visitor said, and what would have to change
    "not_known_to_you": frozenset(),
    # a figure that is worked out
    "worked_sum": frozenset({"figure"}),
    "worked_totals": frozenset({"now", "later", "years"}),
    "worked_compound": frozenset({"figure"}),
    "worked_simple": frozenset({"figure"}),
    "worked_either": frozenset(),
    "worked_no_growth": frozenset(),
    # answers in words, and what was saved
    "no_rows": frozenset(),
    "saved_with_amount": frozenset({"verdict", "amount"}),
    "saved_nothing": frozenset(),
    "yours": frozenset({"fact", "value"}),
    "yours_rows": frozenset({"fact", "total", "count"}),
    "change_ge": frozenset({"fact", "value"}),
    "change_gt": frozenset({"fact", "value"}),
    "change_le": frozenset({"fact", "value"}),
    "change_lt": frozenset({"fact", "value"}),
    "change_eq": frozenset({"fact", "value"}),
    "change_record": frozenset({"fact"}),
    "change_so_that": frozenset({"sentence"}),
    "change_cost_ge": frozenset({"value"}),
    "change_cost_gt": frozenset({"value"}),
    "change_cost_le": frozenset({"value"}),
    "change_cost_lt": frozenset({"value"}),
    # what could be asked back
    "repayment_at_worst": frozenset({"yen"}),
    "repayment_subsidy_open": frozenset(),
    "repayment_cannot_tell": frozenset(),
    "repayment_total": frozenset({"sentence"}),
    "repayment_whole": frozenset(),
    "repayment_at_most": frozenset({"yen"}),
    "repayment_how": frozenset({"amount"}),
    "repayment_if_found": frozenset(),
    "repayment_excused": frozenset(),
    "unpaid_plea": frozenset(),
    "unpaid_fulfilled": frozenset(),
    "unpaid_exemption": frozenset(),
    # what comes next
    "moment_call_opens": frozenset(),
    "moment_applications_open": frozenset(),
    "moment_applications_close": frozenset(),
    "step_not_printed": frozenset(),
    "step_account": frozenset({"account"}),
    "step_account_days": frozenset({"least", "most", "last"}),
    "step_account_open": frozenset({"least", "most"}),
    # other programmes
    "other_one_question": frozenset({"count"}),
    "other_questions": frozenset({"count"}),
    # pictures
    "picture_cost_title": frozenset(),
    "picture_cost_axis": frozenset(),
    "picture_cost_point": frozenset(),
    "picture_cost_investment": frozenset(),
    "picture_cost_subsidy": frozenset(),
    "picture_cost_own_share": frozenset(),
    "picture_cost_area_subsidy": frozenset(),
    "picture_cost_area_own_share": frozenset(),
    "picture_cost_point_short": frozenset(),
    "picture_cost_point_least": frozenset(),
    "picture_cost_point_slice": frozenset(),
    "picture_cost_point_most": frozenset(),
    "picture_cost_point_own": frozenset(),
    "picture_cost_flag_least": frozenset(),
    "picture_cost_flag_slice": frozenset(),
    "picture_cost_flag_most": frozenset(),
    "picture_cost_flag_own": frozenset(),
    "picture_cost_yours": frozenset({"cost", "subsidy", "own"}),
    "picture_cost_if_met": frozenset(),
    "picture_notches_title": frozenset({"fact"}),
    "picture_notches_axis": frozenset(),
    "picture_notches_rate": frozenset(),
    "picture_notches_upper_limit": frozenset(),
    "picture_notches_subsidy": frozenset(),
    "picture_notches_yours": frozenset(),
    "picture_notches_from": frozenset({"least"}),
    "picture_notches_between": frozenset({"least", "most"}),
    "picture_notches_short_from": frozenset({"least"}),
    "picture_notches_short_between": frozenset({"least", "most"}),
    "picture_notches_falls": frozenset({"before", "after", "more", "less"}),
    "picture_notches_others": frozenset(),
    "picture_growth_title": frozenset({"label"}),
    "picture_growth_axis": frozenset(),
    "picture_growth_year": frozenset(),
    "picture_growth_year_number": frozenset({"year"}),
    "picture_growth_required": frozenset(),
    "picture_growth_planned": frozenset(),
    "picture_growth_required_line": frozenset({"percent"}),
    "picture_growth_planned_line": frozenset({"percent"}),
    "picture_growth_reading": frozenset(),
    "picture_timeline_title": frozenset(),
    "picture_timeline_event": frozenset(),
    "picture_timeline_when": frozenset(),
    "picture_timeline_flag": frozenset({"label", "day"}),
    "picture_timeline_account": frozenset({"day"}),
    # how firmly a citation stands
    "status_printed": frozenset(),
    "status_carried_over": frozenset(),
    "status_outside": frozenset(),
    "status_convention": frozenset(),
    "status_unconfirmed": frozenset(),
    # a table of companies: what its cells may say, and what is wrong with it
    "words_yes": frozenset(),
    "words_no": frozenset(),
    "words_none": frozenset(),
    "words_unknown": frozenset(),
    "column_part": frozenset({"whole", "part"}),
    "table_is_empty": frozenset(),
    "table_without_facts": frozenset(),
    "table_with_twins": frozenset({"one", "other", "column"}),
    "table_column": frozenset({"letters", "number", "heading"}),
    "table_cell": frozenset({"line", "column", "reason"}),
    "table_line": frozenset({"line", "reason"}),
    "not_cells": frozenset(),
    "wrong_count_of_cells": frozenset({"count", "expected"}),
    "rows_have_columns": frozenset(),
    "none_and_some": frozenset({"fact"}),
    # the table of results
    "outcome_eligible": frozenset(),
    "outcome_not_eligible": frozenset(),
    "outcome_cannot_tell": frozenset(),
    "outcome_not_read": frozenset(),
    "result_not_read": frozenset(),
    "result_outcome": frozenset({"frame"}),
    "result_failed": frozenset({"frame"}),
    "result_missing": frozenset({"frame"}),
    "two_in_a_cell": frozenset({"first", "second"}),
    # one after the other
    "two_words": frozenset({"first", "second"}),
    "two_sentences": frozenset({"first", "second"}),
}


def message(messages: Mapping[str, Text], code: str, **parts: Text | str) -> Text:
    """Return the sentence `code` with its parts filled in.

    Raises:
        KeyError: there is no such message, or a part that it needs is not given.
    """
    if missing := PARTS[code] - parts.keys():
        raise KeyError(f"{code} needs {', '.join(sorted(missing))}")
    return messages[code].filled(**parts)


def listed(messages: Mapping[str, Text], texts: tuple[Text, ...], code: str = "two_words") -> Text:
    """Return `texts` one after the other, joined two by two as the message `code` joins them; none give no words."""
    return (
        reduce(lambda first, second: message(messages, code, first=first, second=second), texts)
        if texts
        else Text("", "")
    )
