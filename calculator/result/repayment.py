"""What could be asked back after the grant, from the rules of repayment and the estimated subsidy."""

from __future__ import annotations

from collections import Counter

from calculator.eligibility import Verdict
from calculator.evaluation import Facts
from calculator.figures import figure_text
from calculator.json_values import JsonObject
from calculator.kinds import Kind
from calculator.messages import message
from calculator.result.citations import citation
from calculator.result.judgment import Judgment
from calculator.rulebook import Citation, ClawbackCase, ClawbackTotal, RuleBook
from calculator.text import Text
from calculator.worst_repayment import Breach, Duty, worst_repayment


def repayment(judgment: Judgment) -> JsonObject | None:
    """Return the duties and the most that is repaid in all; None without rules of repayment, or without a subsidy."""
    rules, book = judgment.rules.clawback, judgment.book
    if rules is None or judgment.verdict is Verdict.NOT_ELIGIBLE:
        return None
    worst = worst_repayment(rules, _with_the_subsidy(judgment), book.facts)
    return {
        "most_yen": worst.worst_yen,
        "headline": _headline(book, worst.worst_yen, worst.ceiling_yen).to_json(),
        "total": _total(book, rules.total),
        "duties": [_duty(book, duty, worst.ceiling_yen) for duty in worst.duties],
    }


def _total(book: RuleBook, total: ClawbackTotal) -> JsonObject:
    text = message(book.messages, "repayment_total", sentence=total.sentence)
    return {"text": text.to_json(), "citation": citation(book, total.citation)}


def _with_the_subsidy(judgment: Judgment) -> Facts:
    """Return the facts with the estimated subsidy as the one that will have been paid, once it is known."""
    paid = judgment.subsidy_yen
    names = () if paid is None else (name for name, fact in judgment.book.facts.items() if fact.given_by_award)
    return {**dict.fromkeys(names, paid), **judgment.facts}


def _headline(book: RuleBook, worst: int | None, ceiling: int | None) -> Text:
    if ceiling is None:
        return message(book.messages, "repayment_subsidy_open")
    if worst is None:
        return message(book.messages, "repayment_cannot_tell")
    return message(book.messages, "repayment_at_worst", yen=figure_text(Kind.YEN, worst))


def _duty(book: RuleBook, duty: Duty, ceiling: int | None) -> JsonObject:
    label = message(book.messages, "repayment_whole") if duty.part is None else duty.part.label
    usual = _usual_place(duty)
    note = None if duty.breaches else message(book.messages, "repayment_excused").to_json()
    return {
        "name": None if duty.part is None else duty.part.name,
        "label": label.to_json(),
        "note": note,
        "breaches": [_breach(book, one, ceiling, usual) for one in duty.breaches],
        "unpaid": [_unpaid(book, duty, one, usual) for one in duty.unpaid],
        "citation": citation(book, usual),
    }


def _usual_place(duty: Duty) -> Citation:
    """Return where most of the duty's cases stand; the others have their place beside them."""
    cases = (*(breach.case for breach in duty.breaches), *duty.unpaid)
    return Counter(case.citation for case in cases).most_common(1)[0][0]


def _elsewhere(book: RuleBook, place: Citation, usual: Citation) -> JsonObject | None:
    return None if place == usual else citation(book, place)


def _breach(book: RuleBook, breach: Breach, ceiling: int | None, usual: Citation) -> JsonObject:
    case = breach.case
    return {
        "label": case.label.to_json(),
        "yen": breach.yen,
        "amount": _amount(book, breach, ceiling).to_json(),
        "how": None
        if case.amount_words is None
        else message(book.messages, "repayment_how", amount=case.amount_words).to_json(),
        "counts": _counts(book, breach),
        "if_found": message(book.messages, "repayment_if_found").to_json() if case.counts_only_if_stated else None,
        "open": [book.open_points[name].to_json() for name in sorted(breach.open_points)],
        "citation": _elsewhere(book, case.citation, usual),
    }


def _amount(book: RuleBook, breach: Breach, ceiling: int | None) -> Text:
    if breach.yen is not None:
        return figure_text(Kind.YEN, breach.yen)
    if ceiling is None:
        return message(book.messages, "figure_not_known")
    return message(book.messages, "repayment_at_most", yen=figure_text(Kind.YEN, ceiling))


def _counts(book: RuleBook, breach: Breach) -> JsonObject | None:
    """Return the amount for one count after the other, with the words for the count, or None."""
    if breach.counted is None:
        return None
    fact = book.facts[breach.counted]
    rows = [
        {"count": figure_text(Kind.COUNT, count).to_json(), "amount": figure_text(Kind.YEN, yen).to_json()}
        for count, yen in breach.by_count
    ]
    return {"label": fact.label.to_json(), "rows": rows}


def _unpaid(book: RuleBook, duty: Duty, case: ClawbackCase, usual: Citation) -> JsonObject:
    kind = _kind(duty, case)
    return {
        "kind": kind,
        "kind_text": message(book.messages, f"unpaid_{kind}").to_json(),
        "label": case.label.to_json(),
        "citation": _elsewhere(book, case.citation, usual),
    }


def _kind(duty: Duty, case: ClawbackCase) -> str:
    """Return what a case without repayment is: a plea, the duty fulfilled (the first case of a part), an exemption."""
    if case.counts_only_if_stated:
        return "plea"
    return "fulfilled" if duty.part is not None and case is duty.part.cases[0] else "exemption"
