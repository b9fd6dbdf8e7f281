"""Conditions through all budgets: what each asks under a code, whom an answer keeps out, and where a fact counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from calculator.expressions import Compare, Constant, Expression, Fact, OneOf, facts_of, walk
from calculator.kinds import Kind
from calculator.rulebook import Citation, Clawback, FrameRules, Requirement
from calculator.text import Text
from site_builder.rules.model import Rules
from site_builder.site.blocks.budgets import Way, budgets, grouped, newest_ways, rows_by_budget
from site_builder.site.blocks.definitions import KeyFigure
from site_builder.site.blocks.limits import figure_bound, given
from site_builder.site.blocks.sheets import Cell, Footing, Line, Sheet, Table, anchor_of
from site_builder.site.wording import Wording


def requirements(rules: Rules, wording: Wording, told: tuple[str, ...]) -> Sheet:
    """Return what every budget asks under the codes `told`, a column for each."""
    footing = Footing(anchor_of("requirements", told), wording, over_rounds=True)
    labels = {one.code: one.label for way in _all_ways(rules) for one in _required(way.frame.rules)}
    rows = rows_by_budget(
        grouped(rules, lambda way: tuple(_sentence_of(code, way) for code in told)),
        lambda way: tuple(_asked(code, way, footing, is_alone=len(told) == 1) for code in told),
        wording,
    )
    columns = tuple(wording.say(labels[code]) if code in labels else code for code in told)
    return footing.sheet(
        [Table(footing.name, wording.words["guide_requirements"], wording.words["guide_way"], columns, rows)]
    )


def requirement_codes(rules: Rules) -> frozenset[str]:
    """Return the codes of all requirements, those of joint applications included."""
    return frozenset(one.code for way in _all_ways(rules) for one in _required(way.frame.rules))


def targets(rules: Rules, wording: Wording, told: tuple[str, ...]) -> tuple[KeyFigure, ...]:
    """Return the figures that the newest call asks for under the codes `told`, for the first screen."""
    first = next(iter(newest_ways(rules)), None)
    if first is None:
        return ()
    found = {one.code: one for one in first.frame.rules.requirements}
    worded = ((code, figure_bound(found[code].condition, rules.book.facts, wording)) for code in told if code in found)
    return tuple(
        KeyFigure(wording.say(found[code].label), words, first.path(wording, code))
        for code, words in worded
        if words is not None
    )


class Chance(StrEnum):
    """What is known of somebody of whom nothing is known but the answer to one question."""

    OUT = "out"  # a requirement fails, whatever else is answered
    OPEN = "open"  # whether a requirement can be met, the documents leave open
    POSSIBLE = "possible"  # it depends on the rest
    FREE = "free"  # no requirement asks about this


def by_choice(rules: Rules, wording: Wording, told: tuple[str, ...]) -> Sheet:
    """Return for every answer to the question `told` who may apply under which budget."""
    (fact,) = told
    footing = Footing(anchor_of("by-choice", told), wording, over_rounds=True)
    question = rules.book.facts.get(fact)
    choices = () if question is None else question.choices
    rows = rows_by_budget(
        grouped(rules, lambda way: tuple(_chance(fact, one.name, way.frame.rules) for one in choices)),
        lambda way: tuple(_chance_cell(fact, one.name, way, footing) for one in choices),
        wording,
    )
    caption = "" if question is None else wording.say_sentence(question.label)
    columns = tuple(wording.say(one.label) for one in choices)
    return footing.sheet([Table(footing.name, caption, wording.words["guide_way"], columns, rows)])


def choice_facts(rules: Rules) -> frozenset[str]:
    """Return the names of the questions that have choices."""
    return frozenset(name for name, fact in rules.book.facts.items() if fact.kind is Kind.CHOICE)


@dataclass(frozen=True, slots=True)
class Reading:
    """Something of a frame that rests on a fact: which part of the rules, its label and sentence, and its place."""

    part: str
    label: Text | None
    sentence: Text
    citation: Citation
    anchor: str

    def name(self, wording: Wording) -> str:
        """Return the part, with the label where there is one."""
        part = wording.words[f"guide_part_{self.part}"]
        return part if self.label is None else wording.fill("guide_read", part=part, label=self.label)


def reading(rules: Rules, wording: Wording, told: tuple[str, ...]) -> Sheet:
    """Return everything in every budget that rests on the facts `told` (`fact`, or `fact=choice`)."""
    footing = Footing(anchor_of("reading", told), wording, over_rounds=True)
    groups = grouped(rules, lambda way: tuple((one.part, one.sentence) for one in _reads(told, way)))
    read = [group for group in groups if group.value]
    rows = rows_by_budget(read, lambda way: (_read_cell(told, way, footing),), wording)
    return footing.sheet(
        [
            Table(
                footing.name,
                wording.words["guide_reading"],
                wording.words["guide_way"],
                (wording.words["guide_reading_what"],),
                rows,
            )
        ]
    )


def fact_names(rules: Rules) -> frozenset[str]:
    """Return the names of all facts."""
    return frozenset(rules.book.facts)


def _all_ways(rules: Rules) -> Iterator[Way]:
    return (way for budget in budgets(rules) for way in budget.ways)


def _required(frame: FrameRules) -> tuple[Requirement, ...]:
    return (*frame.requirements, *(() if frame.joint is None else frame.joint.requirements))


def _found(code: str, frame: FrameRules) -> Requirement | None:
    return next((one for one in _required(frame) if one.code == code), None)


def _sentence_of(code: str, way: Way) -> Text | None:
    found = _found(code, way.frame.rules)
    return None if found is None else found.sentence


def _asked(code: str, way: Way, footing: Footing, *, is_alone: bool) -> Cell:
    """Return the sentence of the requirement; one that stands alone is explained as well."""
    found = _found(code, way.frame.rules)
    if found is None:
        return Cell()
    wording = footing.wording
    sentence = footing.line(wording.say_sentence(found.sentence), found.citation)
    if found.explanation is None or not is_alone:
        return Cell((sentence,))
    return Cell((sentence, Line(wording.say(found.explanation))))


def _chance(fact: str, choice: str, frame: FrameRules) -> Chance:
    asking = [one for one in frame.requirements if fact in facts_of(one.condition)]
    if not asking:
        return Chance.FREE
    answers = {fact: choice}
    if any(given(one.condition, answers) is False for one in asking):
        return Chance.OUT
    if any(given(one.condition, answers, open_points=False) is False for one in asking):
        return Chance.OPEN
    return Chance.POSSIBLE


def _chance_cell(fact: str, choice: str, way: Way, footing: Footing) -> Cell:
    """Return what is known of the answer, with the places of the requirements that say so; nothing where none does."""
    frame = way.frame.rules
    chance = _chance(fact, choice, frame)
    if chance is Chance.FREE:
        return Cell()
    asking = [one for one in frame.requirements if fact in facts_of(one.condition)]
    if chance in (Chance.OUT, Chance.OPEN):
        closed = None if chance is Chance.OUT else False
        asking = [one for one in asking if given(one.condition, {fact: choice}, open_points=closed) is False]
    words = footing.wording.words[f"guide_chance_{chance.value}"]
    return Cell((footing.line(words, *(one.citation for one in asking)),))


def _read_cell(told: tuple[str, ...], way: Way, footing: Footing) -> Cell:
    """Return all that rests on the facts; what holds for several duties alike is told once."""
    wording = footing.wording
    once = {(one.name(wording), one.sentence): one for one in _reads(told, way)}
    return Cell(
        tuple(
            footing.line(
                name, one.citation, path=way.path(wording, one.anchor), value=wording.say_sentence(one.sentence)
            )
            for (name, _), one in once.items()
        )
    )


def _reads(told: tuple[str, ...], way: Way) -> Iterator[Reading]:
    """Yield what rests on the facts: requirements, the award, the selection, the group, and repayment."""
    frame = way.frame.rules
    for one in frame.requirements:
        if _rests_on(told, one.condition):
            yield Reading("requirement", one.label, one.sentence, one.citation, one.code)
    if frame.joint is not None:
        for one in frame.joint.requirements:
            if _rests_on(told, one.condition) or frame.joint.members in told:
                yield Reading("joint", one.label, one.sentence, one.citation, one.code)
    yield from _award_reads(told, frame)
    for part, items in (("bonus", frame.bonuses), ("deduction", frame.deductions)):
        for item in items:
            if _rests_on(told, item.condition):
                yield Reading(part, item.label, item.sentence, item.citation, "selection")
    if frame.clawback is not None:
        yield from _clawback_reads(told, frame.clawback)


def _award_reads(told: tuple[str, ...], frame: FrameRules) -> Iterator[Reading]:
    if frame.award is None:
        return
    for case in frame.award.rates:
        if _rests_on(told, case.when):
            yield Reading("rate", None, case.sentence, case.citation, "how-much")
    for uplift in frame.award.upper_limit.uplifts:
        if _rests_on(told, uplift.when):
            yield Reading("limit", None, uplift.sentence, uplift.citation, "how-much")


def _clawback_reads(told: tuple[str, ...], clawback: Clawback) -> Iterator[Reading]:
    tables = (("whole", clawback.whole), *((part.name, part.cases) for part in clawback.parts))
    for name, cases in tables:
        for case in cases:
            if _rests_on(told, case.when):
                yield Reading("repayment", case.label, case.sentence, case.citation, f"clawback.{name}")


def _rests_on(told: tuple[str, ...], condition: Expression | None) -> bool:
    """Say whether there is a condition that reads one of the facts, or, for `fact=choice`, names that choice of it."""
    if condition is None:
        return False
    read, parted = facts_of(condition), (one.partition("=") for one in told)
    asked = [(fact, choice) for fact, _, choice in parted if fact in read]
    return any(not choice or any(_names(node, fact, choice) for node in walk(condition)) for fact, choice in asked)


def _names(node: Expression, fact: str, choice: str) -> bool:
    match node:
        case OneOf(Fact(name), choices):
            return name == fact and choice in choices
        case Compare(_, Fact(name), Constant(Kind.CHOICE, value)):
            return name == fact and value == choice
        case _:
            return False
