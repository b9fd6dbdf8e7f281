"""The calculator's door to the page: JSON text goes in and comes out, for all frames of a round at once.

The page sends what the visitor typed; all that it shows in return comes from here, words and figures
in every language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from calculator import eligibility
from calculator.answers import Switches, change_text, fact_value_text, failing_for
from calculator.assess import Assessor
from calculator.award import Amount, rate_text
from calculator.cases import Mistake, place_in_words, read_facts
from calculator.changes import Change, smallest_changes
from calculator.codec import rule_book_from_json
from calculator.decision import Decision
from calculator.eligibility import Eligibility, Judged, Standing, Verdict
from calculator.entries import Entry, filled_rows, given_from
from calculator.evaluation import Facts, FactValue, Row
from calculator.figures import figure_text
from calculator.json_values import JsonObject, JsonValue, read_json, write_json
from calculator.kinds import Kind
from calculator.messages import listed, message
from calculator.questions import question_after
from calculator.rulebook import Citation, EligibleCosts, FactDefinition, FrameRules, Rate, RuleBook
from calculator.text import Text

_SELECTION_WORDS = {
    Standing.MET: "point_counts",
    Standing.NOT_MET: "point_does_not_count",
    Standing.CANNOT_TELL: "point_open",
}


@dataclass(slots=True)
class Desk:
    """Where the page's questions are answered: the rules that were loaded."""

    assessor: Assessor

    @property
    def book(self) -> RuleBook:
        """Return the rules that answers come from."""
        return self.assessor.book


_desk: list[Desk] = []


def load(rules_json: str) -> str:
    """Take the published rules; return their edition, which page and rules must share."""
    _desk[:] = [Desk(Assessor(rule_book_from_json(rules_json)))]
    return _desk[0].book.edition


def assess(cases_json: str) -> str:
    """Return the answers to a JSON array of cases (objects with `switches` beside the case's keys) as a JSON array."""
    return write_json([_assessed(content) for content in read_json(cases_json)])


def _assessed(content: JsonValue) -> JsonObject:
    switches = content.pop("switches", {}) if isinstance(content, dict) else {}
    return _desk[0].assessor.answer(content, Switches(**switches))


def judge(request_json: str) -> str:
    """Return the answer to one request of the page (see docs/architecture.md) as JSON text."""
    desk, request = _desk[0], json.loads(request_json)
    given = given_from(desk.book.facts, request["answers"])
    facts, found = read_facts(desk.book, given)
    mistakes = [_as_entered(desk.book, request["answers"], one) for one in found]
    frames = [_frame(desk, rule_set, request["round"], facts) for rule_set in request["rule_sets"]]
    return json.dumps(
        {
            "mistakes": [
                {
                    "field": ".".join(map(str, one.at)),
                    "message": one.reason.to_json(),
                    "summary": place_in_words(desk.book, one).to_json(),
                }
                for one in mistakes
            ],
            "answered": len(facts),
            "frames": [frame for frame in frames if frame is not None],
        },
        ensure_ascii=False,
    )


def _as_entered(book: RuleBook, answers: Mapping[str, Entry], mistake: Mistake) -> Mistake:
    """Return the mistake with the place of its row on the form, where rows that were left empty count too."""
    match mistake.at:
        case (str(name), int(row), *inside):
            place = filled_rows(book.facts[name], answers[name])[row]
            return replace(mistake, at=(name, place, *inside))
        case _:
            return mistake


def _frame(desk: Desk, rule_set: str, round_: int, facts: Facts) -> JsonObject | None:
    rules = desk.assessor.rules(rule_set, round_)
    decision = None if rules is None else desk.assessor.decision(rules)
    if rules is None or decision is None:
        return None
    return _frame_answer(desk.book, rules, decision, desk.assessor.known_facts(rules, facts), facts)


def _frame_answer(book: RuleBook, rules: FrameRules, decision: Decision, facts: Facts, answered: Facts) -> JsonObject:
    """Judge one frame for `facts`: those that the visitor has `answered`, and those that the round gives."""
    answer = eligibility.judge(decision, facts)
    again = rules.reexamination
    return {
        "rule_set": rules.rule_set,
        "name": rules.name.to_json(),
        "outcome": answer.verdict.value,
        "verdict": _verdict_text(book, answer).to_json(),
        "figures": _figures(book, answer),
        "arithmetic": _arithmetic(book, decision, answer, facts),
        "reasons": [_reason(book, one, answered) for one in answer.judged],
        "missing": [_cause(book, decision, name) for name in answer.missing],
        "ask": question_after(decision, facts, answer),
        "changes": [
            [{"fact": one.fact, "text": _change(book, decision, one, answer)} for one in some]
            for some in smallest_changes(decision, facts, book.facts)
        ],
        "selection": _selection(book, answer),
        "reexamination": None
        if again is None
        else {"text": again.sentence.to_json(), "citation": _citation(book, again.citation)},
    }


def _change(book: RuleBook, decision: Decision, change: Change, answer: Eligibility) -> JsonObject:
    return change_text(book, decision, change, failing_for(change, answer.judged)).to_json()


def _verdict_text(book: RuleBook, answer: Eligibility) -> Text:
    if answer.verdict is Verdict.CANNOT_TELL and answer.requirements_are_met:
        return message(book.messages, "verdict_amount_open")
    return message(book.messages, f"verdict_{answer.verdict.value}")


def _figures(book: RuleBook, answer: Eligibility) -> list[JsonObject]:
    subsidy, cost = answer.subsidy_yen, answer.eligible_cost_yen
    values: Mapping[str, Text | None] = {
        "subsidy_yen": _yen(subsidy),
        "rate": None if answer.rate is None else _rate_words(book, answer.rate),
        "upper_limit_yen": _yen(answer.upper_limit_yen),
        "lower_limit_yen": _yen(answer.lower_limit_yen),
        "eligible_cost_yen": _yen(cost),
        "own_share_yen": _yen(None if subsidy is None or cost is None else cost - subsidy),
    }
    return [
        {
            "name": name,
            "label": message(book.messages, f"figure_{name}").to_json(),
            "value": (message(book.messages, "figure_not_known") if value is None else value).to_json(),
            "is_known": value is not None,
        }
        for name, value in values.items()
    ]


def _yen(amount: int | None) -> Text | None:
    return None if amount is None else figure_text(Kind.YEN, amount)


def _rate_words(book: RuleBook, rate: Rate) -> Text:
    words = rate_text(rate)
    return message(book.messages, "rate_fixed") if rate.is_fixed else Text(words, words)


def _arithmetic(book: RuleBook, decision: Decision, answer: Eligibility, facts: Facts) -> list[JsonObject]:
    """Return the sum line by line, each with its place; empty while a figure of it is open."""
    award = decision.award
    if answer.amount is None or award is None or award.eligible_costs is None:
        return []
    places = {
        "sum_eligible_cost": award.eligible_costs.citation,
        "sum_left_out": award.eligible_costs.citation,
        "sum_uncapped": award.rounding,
        "sum_capped": award.upper_limit.citation,
        "sum_within_limit": award.upper_limit.citation,
        **({} if award.lower_limit is None else {"sum_below_lower_limit": award.lower_limit.citation}),
    }
    return [
        {
            "text": message(book.messages, code, **parts).to_json(),
            "citation": _citation(book, places[code]) if code in places else None,
        }
        for code, parts in (
            *_left_out_lines(book, award.eligible_costs, facts),
            *_sum_lines(book, answer, answer.amount),
        )
    ]


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


def _sum_lines(book: RuleBook, answer: Eligibility, amount: Amount) -> list[tuple[str, dict[str, Text | str]]]:
    def yen(value: int) -> Text:
        return figure_text(Kind.YEN, value)

    cost, uncapped, limit = yen(amount.eligible_cost_yen), yen(amount.uncapped_yen), yen(amount.upper_limit_yen)
    capped = "sum_capped" if amount.uncapped_yen > amount.upper_limit_yen else "sum_within_limit"
    lines: list[tuple[str, dict[str, Text | str]]] = [
        ("sum_eligible_cost", {"cost": cost}),
        ("sum_uncapped", {"cost": cost, "rate": _rate_words(book, amount.rate), "uncapped": uncapped}),
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


def _reason(book: RuleBook, judged: Judged, facts: Facts) -> JsonObject:
    one = judged.condition
    return {
        "code": one.code,
        "label": one.label.to_json(),
        "verdict": judged.standing.value,
        "verdict_text": message(book.messages, judged.standing.value).to_json(),
        "text": one.sentence.to_json(),
        "yours": _yours(book, judged, facts),
        "citation": _citation(book, one.citation),
    }


def _yours(book: RuleBook, judged: Judged, facts: Facts) -> JsonObject | None:
    """Return what the visitor said of the facts that a requirement reads, or None where nothing was said."""
    read = judged.condition.reads
    said = [_said(book, name, facts[name]) for name in book.facts if name in facts and name in read]
    return listed(book.messages, tuple(said)).to_json() if said else None


def _said(book: RuleBook, name: str, value: FactValue) -> Text:
    """Return a fact as it was answered; rows are told by their number and the sum of their first amount."""
    fact = book.facts[name]
    if not isinstance(value, tuple):
        return message(book.messages, "yours", fact=fact.label, value=fact_value_text(fact, value))
    amounts = next((column.name for column in fact.fields if column.kind is Kind.YEN), None)
    if amounts is None:
        return message(book.messages, "yours", fact=fact.label, value=_choices_in(book, fact, value))
    total = sum(amount for row in value if isinstance(amount := row.get(amounts), int))
    return message(
        book.messages, "yours_rows", fact=fact.label, total=figure_text(Kind.YEN, total), count=str(len(value))
    )


def _choices_in(book: RuleBook, fact: FactDefinition, rows: tuple[Row, ...]) -> Text:
    labels = {(column.name, choice.name): choice.label for column in fact.fields for choice in column.choices}
    said = (labels[name, value] for row in rows for name, value in row.items() if isinstance(value, str))
    return listed(book.messages, tuple(said))


def _cause(book: RuleBook, decision: Decision, name: str) -> JsonObject:
    is_open = name in decision.open_points
    label = book.open_points[name] if name in book.open_points else book.facts[name].label
    return {"fact": name, "is_open_point": is_open, "label": label.to_json()}


def _selection(book: RuleBook, answer: Eligibility) -> list[JsonObject]:
    return [
        {
            "kind": kind,
            "label": item.label.to_json(),
            "verdict": standing.value,
            "verdict_text": message(book.messages, _SELECTION_WORDS[standing]).to_json(),
            "citation": _citation(book, item.citation),
        }
        for kind, items in (("bonus", answer.points), ("deduction", answer.deductions))
        for item, standing in items
    ]


def _citation(book: RuleBook, citation: Citation) -> JsonObject:
    return {
        "source": citation.source,
        "title": book.sources[citation.source].short_title.to_json(),
        "section": citation.section,
        "status": citation.status.value,
        "status_text": message(book.messages, f"status_{citation.status.value}").to_json(),
    }
