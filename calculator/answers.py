"""Answers as other programs take them: what was found out goes in, plain JSON values of the contract come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from calculator.award import rate_text
from calculator.changes import Change
from calculator.decision import Condition, Decision, Judged, Standing
from calculator.eligibility import Eligibility, Verdict
from calculator.evaluation import question_of
from calculator.expressions import Fact, Scalar, stated_in_json
from calculator.figures import figure_text
from calculator.groups import ConsortiumAnswer, JointAnswer
from calculator.json_values import JsonObject, WrittenArray
from calculator.kinds import Kind
from calculator.messages import message
from calculator.points import left_for
from calculator.reasons import citation_json
from calculator.repayment import Repayment
from calculator.rulebook import FactDefinition, OpenAward, RuleBook
from calculator.text import Text

#: The figures of an answer for which nothing is worked out.
NO_FIGURES: JsonObject = {
    **dict.fromkeys(("applicant_class", "rate", "lower_limit_yen", "upper_limit_yen")),
    **dict.fromkeys(("eligible_cost_yen", "uncapped_yen", "subsidy_yen")),
    "bonus_items": 0,
    "deduction_items": 0,
}


@dataclass(frozen=True, slots=True)
class Switches:
    """What is added to each answer: reasons, the next question, the smallest changes."""

    explain: bool = False
    next: bool = False
    changes: bool = False


NO_SWITCHES = Switches()


def eligibility_json(answer: Eligibility, open_award: OpenAward | None) -> JsonObject:
    """Return the outcome and the figures of one frame, and the ranges that are printed where they are left open."""
    rate, upper_limit, eligible_cost = answer.figures
    told = {
        "outcome": answer.verdict.value,
        "failed": list(answer.failed),
        "missing": at_the_door(answer.missing),
        "applicant_class": answer.applicant_class,
        "rate": None if rate is None else rate_text(rate),
        "lower_limit_yen": answer.lower_limit_yen,
        "upper_limit_yen": upper_limit,
        "eligible_cost_yen": eligible_cost,
        "uncapped_yen": answer.uncapped_yen,
        "subsidy_yen": answer.subsidy_yen,
        "bonus_items": answer.points_met,
        "deduction_items": answer.deductions_met,
    }
    return told if open_award is None else {**told, **_ranges(open_award)}


def point_limits_json(answer: Eligibility) -> list[JsonObject]:
    """Return each limit on points, with how many of them are met for certain and how many of those count."""
    met = [item.code for item, standing in (*answer.points, *answer.deductions) if standing is Standing.MET]
    limits = answer.decision.rules.point_limits
    return [
        {
            "code": one.code,
            "of": list(one.of),
            "met": len({*met} & {*one.of}),
            "counted": min(left_for(one, met, limits), one.at_most),
            "text": one.sentence.to_json(),
            "citation": citation_json(one.citation),
        }
        for one in limits
    ]


def joint_json(result: Eligibility, answer: JointAnswer) -> JsonObject:
    """Return the outcome and the sums of a joint application."""
    return {
        "outcome": answer.verdict.value,
        "failed": list(result.failed),
        "missing": at_the_door(answer.missing),
        "requested_total_yen": answer.requested_yen,
        "payable_total_yen": answer.payable_yen,
        "upper_limit_yen": answer.upper_limit_yen,
    }


def consortium_json(answer: ConsortiumAnswer) -> JsonObject:
    """Return the outcome, the limits and what each member of a consortium gets."""
    subsidies = answer.member_subsidies_yen
    return {
        "outcome": answer.verdict.value,
        "failed": list(answer.failed),
        "missing": at_the_door(answer.missing),
        "rate": None if answer.rate is None else rate_text(answer.rate),
        "per_member_cap_yen": answer.member_limit_yen,
        "pool_yen": answer.pool_yen,
        "group_cap_yen": answer.group_limit_yen,
        "member_subsidies_yen": None if subsidies is None else list(subsidies),
        "total_subsidy_yen": answer.total_yen,
    }


def parts_json(answers: Mapping[str, Eligibility]) -> JsonObject:
    """Return the subsidies of several awards that are had together, by the name of each, and their sum."""
    subsidies = {name: answer.subsidy_yen for name, answer in answers.items()}
    known = [subsidy for subsidy in subsidies.values() if subsidy is not None]
    return {
        "outcome": _together([answer.verdict for answer in answers.values()]).value,
        "failed": list(dict.fromkeys(code for answer in answers.values() for code in answer.failed)),
        "missing": at_the_door(name for answer in answers.values() for name in answer.missing),
        **{f"{name}_subsidy_yen": subsidy for name, subsidy in subsidies.items()},
        "total_subsidy_yen": sum(known) if len(known) == len(subsidies) else None,
    }


def repayment_json(answer: Repayment) -> JsonObject:
    """Return what must be paid back; `assumed` are the facts that count only if they are stated and were not."""
    return {
        "clawback": {
            **{f"{name}_yen": yen for name, yen in answer.parts_yen},
            "total_yen": answer.total_yen,
            "reason": answer.reason,
        },
        "missing": at_the_door(answer.missing),
        "assumed": at_the_door(answer.assumed),
    }


def at_the_door(causes: Iterable[str]) -> list[str]:
    """Return what is missing as it is named outside: a record by its own name, whichever part of it is missing."""
    return list(dict.fromkeys(map(question_of, causes)))


def change_json(book: RuleBook, decision: Decision, change: Change, judged: Iterable[Judged]) -> JsonObject:
    """Return one change as `--changes` gives it, with the requirements that fail and depend on what is changed."""
    judged = tuple(judged)
    failing, level = failing_for(change, judged), decision.variables.index(change.variable)
    # a limit of the amount depends on the rate, and so on what decides the rate
    mended = [one.condition for one in judged if one.condition in failing or _fails_by(one, level)]
    return {
        "fact": question_of(change.fact),
        "from": stated_in_json(change.before),
        "to": stated_in_json(change.to),
        "text": change_text(book, decision, change, failing).to_json(),
        "for": [{"code": one.code, "citation": citation_json(one.citation)} for one in mended],
    }


def _fails_by(judged: Judged, level: int) -> bool:
    return judged.standing is Standing.NOT_MET and bool(judged.condition.node.reads >> level & 1)


def failing_for(change: Change, judged: Iterable[Judged]) -> list[Condition]:
    """Return the requirements that fail now and read what is changed."""
    return [
        one.condition
        for one in judged
        if one.standing is Standing.NOT_MET and not change.variable.facts.isdisjoint(one.condition.reads)
    ]


def change_text(book: RuleBook, decision: Decision, change: Change, failing: Sequence[Condition]) -> Text:
    """Return what an applicant would have to do, in words; what is worked out is worded by the requirement it fails."""
    subject = change.variable.subject
    costs = None if decision.award is None else decision.award.eligible_costs
    if costs is not None and subject == costs.total:
        value = figure_text(Kind.YEN, change.border)
        return message(book.messages, f"change_cost_{change.comparison.value}", value=value)
    if not isinstance(subject, Fact) and failing:
        return message(book.messages, "change_so_that", sentence=failing[0].sentence)
    fact = book.facts[change.fact]
    if fact.kind is Kind.RECORD and change.to is True:
        return message(book.messages, "change_record", fact=fact.label)
    sentence = fact.yes_sentence if change.to is True else fact.no_sentence if change.to is False else None
    if sentence is not None:
        return message(book.messages, "change_so_that", sentence=sentence)
    value = fact_value_text(fact, change.border)
    return message(book.messages, f"change_{change.comparison.value}", fact=fact.label, value=value)


def fact_value_text(fact: FactDefinition, value: Scalar) -> Text:
    """Return the value of `fact` in words, with its unit; None is worded as the fact words "there is none".

    Raises:
        ValueError: there is always one, so that the fact has no words for none.
    """
    if value is None:
        if fact.none_label is None:
            raise ValueError(f"there is always a {fact.name}")
        return fact.none_label
    if fact.kind is Kind.RECORD:
        return fact.label
    if fact.kind is Kind.CHOICE:
        return next(choice.label for choice in fact.choices if choice.name == value)
    return figure_text(fact.kind, value, fact.unit)


def refused(code: str, reason: JsonObject, switches: Switches) -> JsonObject:
    """Return a refusal that no fact can change."""
    answer = {**NO_FIGURES, "outcome": Verdict.NOT_ELIGIBLE.value, "failed": [code], "missing": [], "subsidy_yen": 0}
    return {**answer, **added(switches, reasons=[reason], matters=())}


def left_open(missing: Iterable[str]) -> JsonObject:
    """Return the answer where the documents, or facts that are missing, leave everything open."""
    return {**NO_FIGURES, "outcome": Verdict.CANNOT_TELL.value, "failed": [], "missing": at_the_door(missing)}


def added(switches: Switches, reasons: list[JsonObject] | WrittenArray, matters: Iterable[str]) -> JsonObject:
    """Return what the switches add to an answer for which no decision is needed."""
    asked = at_the_door(matters)
    return {
        **({"reasons": reasons} if switches.explain else {}),
        **({"ask": next(iter(asked), None), "matters": asked} if switches.next else {}),
        **({"changes": []} if switches.changes else {}),
    }


def iso(moment: date | datetime | None) -> str | None:
    """Return a date or moment as the contract writes it."""
    return None if moment is None else moment.isoformat()


def _ranges(award: OpenAward) -> JsonObject:
    """Return the ranges that the documents print where they leave the figures open."""
    rate, limit = award.rate, award.upper_limit
    return {
        **({} if rate is None else {"rate_range": [str(rate.least), str(rate.most)]}),
        **({} if limit is None else {"upper_limit_range_yen": [limit.least_yen, limit.most_yen]}),
    }


def _together(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the outcome of several awards: a failure outranks what is open."""
    found = frozenset(verdicts)
    return next(one for one in (Verdict.NOT_ELIGIBLE, Verdict.CANNOT_TELL, Verdict.ELIGIBLE) if one in found)
