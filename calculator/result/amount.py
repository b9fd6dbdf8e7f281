"""How much: the figures of a frame's answer, and the sum that leads to them line by line with its places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from calculator.award import Amount, rate_text
from calculator.eligibility import Eligibility, Verdict
from calculator.evaluation import Facts, known_figures
from calculator.expressions import Aggregate, walk
from calculator.figures import figure_text
from calculator.groups import ConsortiumAnswer
from calculator.json_values import JsonObject
from calculator.kinds import Kind
from calculator.messages import listed, message
from calculator.result.citations import citation
from calculator.result.judgment import Judgment
from calculator.rulebook import EligibleCosts, Rate, RuleBook, Slice
from calculator.text import Text


def figures(judgment: Judgment) -> list[JsonObject]:
    """Return every figure with its label; what is open, and a lower limit that no document prints, is worded so."""
    book = judgment.book
    values = _of_one(judgment) if judgment.group is None else _of_group(judgment, judgment.group)
    return [
        {
            "name": name,
            "label": message(book.messages, f"figure_{name}").to_json(),
            "value": (_unknown(name, judgment) if value is None else value).to_json(),
            "is_known": value is not None,
        }
        for name, value in values.items()
    ]


def _unknown(name: str, judgment: Judgment) -> Text:
    """Return why there is no such figure: no answer settles a lower limit that an award does not have."""
    is_without = name == "lower_limit_yen" and judgment.answer.decision.award is not None
    return message(judgment.book.messages, "figure_not_printed" if is_without else "figure_not_known")


def _of_one(judgment: Judgment) -> Mapping[str, Text | None]:
    answer, subsidy, cost = judgment.answer, judgment.subsidy_yen, judgment.answer.eligible_cost_yen
    return {
        "subsidy_yen": _yen(subsidy),
        "rate": _rate(judgment),
        "upper_limit_yen": _yen(answer.upper_limit_yen),
        "lower_limit_yen": _yen(answer.lower_limit_yen),
        "eligible_cost_yen": _yen(cost),
        "own_share_yen": _yen(None if subsidy is None or cost is None else cost - subsidy),
    }


def _of_group(judgment: Judgment, group: ConsortiumAnswer) -> Mapping[str, Text | None]:
    """Return the figures of a consortium: what all members get together, and how that is bounded, by a pool if any."""
    shares, consortium = group.member_subsidies_yen, judgment.rules.consortium
    has_pool = consortium is not None and consortium.pool is not None
    words = () if shares is None else tuple(figure_text(Kind.YEN, one) for one in shares)
    return {
        "subsidy_yen": _yen(judgment.subsidy_yen),
        "member_subsidies_yen": listed(judgment.book.messages, words) if words else None,
        "rate": _rate(judgment),
        "member_limit_yen": _yen(group.member_limit_yen),
        **({"pool_yen": _yen(group.pool_yen)} if has_pool else {}),
        "upper_limit_yen": _yen(group.group_limit_yen),
    }


def _rate(judgment: Judgment) -> Text | None:
    rate = judgment.answer.rate
    return None if rate is None else rate_words(judgment.book, rate)


def arithmetic(judgment: Judgment) -> list[JsonObject]:
    """Return the sum line by line, each with its place; empty while a figure of it is open."""
    book, answer, award = judgment.book, judgment.answer, judgment.decision.award
    if answer.amount is None or award is None or award.eligible_costs is None:
        return []
    places = {
        "sum_eligible_cost": award.eligible_costs.citation,
        "sum_left_out": award.eligible_costs.citation,
        "sum_cut_off": award.eligible_costs.citation,
        "sum_uncapped": award.rounding,
        "sum_uncapped_in_slices": award.rounding,
        "sum_capped": award.upper_limit.citation,
        "sum_within_limit": award.upper_limit.citation,
        **({} if award.lower_limit is None else {"sum_below_lower_limit": award.lower_limit.citation}),
    }
    return [
        {
            "text": message(book.messages, code, **parts).to_json(),
            "citation": citation(book, places[code]) if code in places else None,
        }
        for code, parts in (
            *_left_out_lines(book, award.eligible_costs, judgment.facts),
            *_cut_off_lines(book, award.eligible_costs, judgment.facts),
            *_sum_lines(book, answer, answer.amount),
        )
    ]


def rate_words(book: RuleBook, rate: Rate) -> Text:
    """Return a rate as the page prints it: one that is paid part by part with the border of each part.

    "3/4, 2/3" alone could be read as two rates to choose from.
    """
    if rate.is_fixed:
        return message(book.messages, "rate_fixed")
    if not _is_sliced(rate):
        words = rate_text(rate)
        return Text(words, words)
    starts = (None, *(one.up_to_yen for one in rate.slices))
    parts = tuple(_slice_words(book, start, one) for start, one in zip(starts, rate.slices, strict=False))
    return message(book.messages, f"rate_of_{rate.of.value}", slices=listed(book.messages, parts, "rate_slices"))


def _is_sliced(rate: Rate) -> bool:
    return rate.slices[0].up_to_yen is not None


def _slice_words(book: RuleBook, start: int | None, one: Slice) -> Text:
    code = "from" if one.up_to_yen is None else "to" if start is None else "between"
    ends = {"least": start, "most": one.up_to_yen}
    amounts = {name: figure_text(Kind.YEN, yen) for name, yen in ends.items() if yen is not None}
    return message(book.messages, f"rate_slice_{code}", rate=figure_text(Kind.RATE, one.rate), **amounts)


def _yen(amount: int | None) -> Text | None:
    return None if amount is None else figure_text(Kind.YEN, amount)


def _left_out_lines(book: RuleBook, costs: EligibleCosts, facts: Facts) -> list[tuple[str, dict[str, Text | str]]]:
    """Return the line that names the costs entered which do not count, or no line where all of them do."""
    if costs.rows is None:
        return []
    rows, columns = facts.get(costs.rows), book.facts[costs.rows].fields
    amount = next(column.name for column in columns if column.kind is Kind.YEN)
    category = next(column for column in columns if column.kind is Kind.CHOICE)
    labels = {choice.name: choice.label for choice in category.choices if choice.name not in costs.categories}
    outside = [row for row in rows if row.get(category.name) in labels] if isinstance(rows, tuple) else []
    total = sum(size for row in outside if isinstance(size := row.get(amount), int))
    if total == 0:
        return []
    names = tuple(dict.fromkeys(labels[str(row[category.name])] for row in outside))
    parts: dict[str, Text | str] = {
        "categories": listed(book.messages, names),
        "cost": figure_text(Kind.YEN, total),
    }
    return [("sum_left_out", parts)]


def _cut_off_lines(book: RuleBook, costs: EligibleCosts, facts: Facts) -> list[tuple[str, dict[str, Text | str]]]:
    """Return a line for each list of costs of which some are above the most that counts of one."""
    lines: list[tuple[str, dict[str, Text | str]]] = []
    for one in walk(costs.total):
        if not isinstance(one, Aggregate) or one.up_to is None:
            continue
        cut_off = _total(replace(one, up_to=None), facts) - _total(one, facts)
        if cut_off > 0:
            amounts = {"limit": figure_text(Kind.YEN, one.up_to), "cost": figure_text(Kind.YEN, cut_off)}
            lines.append(("sum_cut_off", {"costs": book.facts[one.rows].label, **amounts}))
    return lines


def _total(costs: Aggregate, facts: Facts) -> int:
    known, _ = known_figures(costs, facts) or ([], False)
    return sum(known)


def _sum_lines(book: RuleBook, answer: Eligibility, amount: Amount) -> list[tuple[str, dict[str, Text | str]]]:
    def yen(value: int) -> Text:
        return figure_text(Kind.YEN, value)

    cost, uncapped, limit = yen(amount.eligible_cost_yen), yen(amount.uncapped_yen), yen(amount.upper_limit_yen)
    uncapped_by = "sum_uncapped_in_slices" if _is_sliced(amount.rate) else "sum_uncapped"
    capped = "sum_capped" if amount.uncapped_yen > amount.upper_limit_yen else "sum_within_limit"
    lines: list[tuple[str, dict[str, Text | str]]] = [
        ("sum_eligible_cost", {"cost": cost}),
        (uncapped_by, {"cost": cost, "rate": rate_words(book, amount.rate), "uncapped": uncapped}),
        (capped, {"uncapped": uncapped, "limit": limit}),
    ]
    least = answer.lower_limit_yen
    if least is not None and amount.subsidy_yen < least:
        return [*lines, ("sum_below_lower_limit", {"subsidy": yen(amount.subsidy_yen), "limit": yen(least)})]
    if answer.verdict is Verdict.NOT_ELIGIBLE:
        return [*lines, ("sum_refused", {})]
    if answer.verdict is Verdict.ELIGIBLE:
        own = amount.eligible_cost_yen - amount.subsidy_yen
        lines.append(("sum_own_share", {"cost": cost, "subsidy": yen(amount.subsidy_yen), "own": yen(own)}))
    return lines
