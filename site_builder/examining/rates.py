"""Rates and percentages that look like slips: above the whole, next to nothing, or lowered where they are raised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from calculator.expressions import Constant, walk
from calculator.kinds import Kind
from calculator.rulebook import Award, FrameRules, Rate, Slice
from site_builder.examining.companies import Company
from site_builder.examining.findings import Finding
from site_builder.examining.neighbours import values_of
from site_builder.examining.pasting import pasted
from site_builder.examining.subject import Call, Subject
from site_builder.rules.notation import literal

#: What an odd rate is put beside, to find a company that gets another answer by it.
_USUAL = Fraction(1, 2)


def examine_rates(subject: Subject) -> Iterator[Finding]:
    """Yield the odd rates and percentages of each frame in each round."""
    for call in subject.calls:
        yield from _odd(call, subject)
        yield from _lowered(call, subject)


def _odd(call: Call, subject: Subject) -> Iterator[Finding]:
    for name, (constant, place) in values_of(call).items():
        value = constant.value
        if not isinstance(value, Fraction):
            continue
        is_odd = value > 1 if constant.kind is Kind.RATE else 0 < value < Fraction(1, 20) or value > 100
        if is_odd:
            what = "a rate above 1" if constant.kind is Kind.RATE else "an odd percentage"
            sentence = f"{name} is {literal(constant.kind, value)}: {what}"
            hint = "write shares as 2/3 and percentages as 1.5%"
            example = _shown(_judged_by(call, constant, subject) if subject.is_shown else None, name, subject)
            of, rounds = f"{call.name} {name}", (call.round.number,)
            yield Finding("rate-suspect", place, of, sentence, hint, example, rounds=rounds)


def _judged_by(call: Call, constant: Constant, subject: Subject) -> Company | None:
    """Return a company that fails by the value, or that gets another amount by it than by a usual rate."""
    judged = (one for one in call.rules.requirements if constant in walk(one.condition))
    requirement = next(judged, None)
    if requirement is not None:
        code, condition = requirement.code, requirement.condition
        return subject.companies.such_that(call.rules, condition, lambda answer: code in answer["failed"])
    award = call.rules.award
    if award is None:
        return None
    rates = tuple(
        replace(case, rate=_plain(_USUAL)) if _only(case.rate) == constant.value else case for case in award.rates
    )
    return _otherwise(call, replace(award, rates=rates), subject)


def _lowered(call: Call, subject: Subject) -> Iterator[Finding]:
    """Yield the rates under a condition that are lower than the one for everybody else."""
    award = call.rules.award
    ordinary = None if award is None else _only(award.rates[-1].rate)
    if award is None or ordinary is None:
        return
    for at, case in enumerate(award.rates[:-1], 1):
        rate = _only(case.rate)
        if rate is None or rate >= ordinary:
            continue
        name = f"rate.{at}"
        written = literal(Kind.RATE, rate), literal(Kind.RATE, ordinary)
        sentence = f"{name} is {written[0]} and has a condition; the ordinary rate is {written[1]}, which is more"
        hint = "look up which of the two is raised; each has its own citation"
        without = replace(award, rates=tuple(one for one in award.rates if one is not case))
        company = _otherwise(call, without, subject) if subject.is_shown else None
        of, rounds = f"{call.name} {name}", (call.round.number,)
        example = _shown(company, f"{name} lowered", subject)
        yield Finding("rate-lowered", values_of(call)[name][1], of, sentence, hint, example, rounds=rounds)


def _only(rate: Rate) -> Fraction | None:
    """Return what a rate is of every part of the cost alike; None where slices differ."""
    return rate.slices[0].rate if len(rate.slices) == 1 else None


def _plain(rate: Fraction) -> Rate:
    return Rate((Slice(rate),))


def _otherwise(call: Call, award: Award, subject: Subject) -> Company | None:
    """Return a company that would get another answer if the frame had this `award`."""
    book, number = subject.rules.book, call.round.number
    changed: FrameRules = replace(call.rules, award=award)
    frame = book.frames[call.name]
    other = replace(book, frames={**book.frames, call.name: replace(frame, rounds={**frame.rounds, number: changed})})
    return subject.companies.between(call.name, number, (changed, call.rules), other)


def _shown(company: Company | None, name: str, subject: Subject) -> str | None:
    return None if company is None else pasted(company, name, subject.rules.book)
