"""The rules of a frame taken apart into clauses, each with its words, its place in the documents and its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from calculator.expressions import Aggregate, Expression, Named, OpenPoint, walk
from calculator.rulebook import (
    Award,
    Citation,
    Clawback,
    ClawbackCase,
    EligibleCosts,
    FrameRules,
    PointLimit,
    Requirement,
    RuleBook,
    SelectionItem,
)
from calculator.text import Text
from site_builder.rules.model import FrameInRound
from site_builder.site.differences.meaning import Meaning


class Topic(StrEnum):
    """What a clause is about, in the order in which differences are told."""

    FRAME = "frame"
    TERMS = "terms"  # everything about a frame, where the documents leave it open
    REQUIREMENT = "requirement"
    DEFINITION = "definition"
    RATE = "rate"
    UPPER_LIMIT = "upper_limit"
    UPLIFT = "uplift"
    LOWER_LIMIT = "lower_limit"
    ELIGIBLE_COSTS = "eligible_costs"
    JOINT = "joint"
    CONSORTIUM = "consortium"
    RATE_CHANGE = "rate_change"
    REPAYMENT = "repayment"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    REEXAMINATION = "reexamination"
    FIGURE = "figure"


#: Of these a frame has only what its conditions name: that one side has more of them is no difference by itself, unless
#: a round adds a definition of its own.
COMPARED_ONLY = (Topic.DEFINITION, Topic.FIGURE)

#: What these say leads to the subsidy together with the costs.
COST_TOPICS = (Topic.RATE, Topic.UPPER_LIMIT, Topic.UPLIFT, Topic.LOWER_LIMIT, Topic.ELIGIBLE_COSTS)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a clause; `meaning` is what decides in it."""

    words: Text
    citation: Citation | None
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule of a frame. `name` tells it from others of its topic; `label` None is for the only one of its topic."""

    topic: Topic
    name: str
    label: Text | None
    lines: tuple[Line, ...]


def clauses_of(frame: FrameInRound, book: RuleBook) -> Mapping[tuple[Topic, str], Clause]:
    """Return all clauses of a frame by topic and name."""
    return {(one.topic, one.name): one for one in _clauses(frame, book) if one.lines}


def is_silent(frame: FrameInRound) -> bool:
    """Say whether the documents print neither the award of a frame nor what it requires."""
    rules = frame.rules
    requires_the_unknown = any(isinstance(one.condition, OpenPoint) for one in rules.requirements)
    return rules.award is None and (rules.open_award is None or requires_the_unknown)


def open_points_of(rules: FrameRules) -> tuple[str, ...]:
    """Return the names of the points that keep the terms, or the award, of a frame from being told."""
    return rules.open_points if rules.open_award is None else (rules.open_award.point, *rules.open_points)


def _clauses(frame: FrameInRound, book: RuleBook) -> Iterator[Clause]:
    rules = frame.rules
    yield from (_condition(Topic.REQUIREMENT, one) for one in rules.requirements)
    yield from _definitions(frame)
    if rules.award is not None:
        yield from _award(rules.award, book)
    yield from _together(rules)
    if rules.clawback is not None:
        yield from _clawback(rules.clawback)
    yield from (_condition(Topic.BONUS, one) for one in rules.bonuses)
    yield from (_condition(Topic.DEDUCTION, one) for one in rules.deductions)
    yield from (_point_limit(one, rules) for one in rules.point_limits)
    again = rules.reexamination
    if again is not None and again.frame is not None:  # that there is none is no rule
        target = again.frame.rpartition("/")[2]
        yield Clause(Topic.REEXAMINATION, "", None, (Line(again.sentence, again.citation, (target,)),))
    for name, figure in frame.figures.items():
        if figure.label is not None and not frame.stands_alone:  # such a frame may not use those of its rule set
            line = Line(figure.text, figure.citation, (figure.value.kind, figure.value.value))
            yield Clause(Topic.FIGURE, name, figure.label, (line,))


def _condition(topic: Topic, one: Requirement | SelectionItem) -> Clause:
    return Clause(topic, one.code, one.label, (Line(one.sentence, one.citation, (one.condition,)),))


def _point_limit(one: PointLimit, rules: FrameRules) -> Clause:
    topic = Topic.BONUS if one.of[0] in {item.code for item in rules.bonuses} else Topic.DEDUCTION
    return Clause(topic, one.code, one.label, (Line(one.sentence, one.citation, (*one.of, one.at_most)),))


def _definitions(frame: FrameInRound) -> Iterator[Clause]:
    """Yield the definitions that decide something in the frame."""
    named = {node.name: node.body for one in _deciding(frame.rules) for node in walk(one) if isinstance(node, Named)}
    for name, words in frame.definitions.items():
        if name in named:
            line = Line(words.sentence, words.citation, (named[name],))
            yield Clause(Topic.DEFINITION, name, words.label, (line,))


def _award(award: Award, book: RuleBook) -> Iterator[Clause]:
    rates = tuple(Line(one.sentence, one.citation, (one.when, one.rate)) for one in award.rates)
    yield Clause(Topic.RATE, "", None, rates)
    limit = award.upper_limit
    tiers = (Line(one.sentence, limit.citation, (limit.by, one.start, one.end, one.amount)) for one in limit.tiers)
    yield Clause(Topic.UPPER_LIMIT, "", None, tuple(tiers))
    uplifts = (Line(one.sentence, one.citation, (one.when, one.amount)) for one in limit.uplifts)
    yield Clause(Topic.UPLIFT, "", None, tuple(uplifts))
    lower = award.lower_limit
    if lower is not None:
        yield Clause(Topic.LOWER_LIMIT, "", None, (Line(lower.sentence, lower.citation, (lower.amount_yen,)),))
    if award.eligible_costs is not None:
        yield Clause(Topic.ELIGIBLE_COSTS, "", None, tuple(_costs(award.eligible_costs, book)))


def _costs(costs: EligibleCosts, book: RuleBook) -> Iterator[Line]:
    """Yield a line for each category that counts, or one for a sum that is no list of categories."""
    match costs.total:
        case Aggregate(aggregation, rows, field, _, up_to) if costs.rows is not None:
            labels = {one.name: one.label for column in book.facts[rows].fields for one in column.choices}
            for category in costs.categories:
                yield Line(labels[category], costs.citation, (aggregation, rows, field, up_to, category))
        case total:
            yield Line(costs.sentence, costs.citation, (total,))


def _together(rules: FrameRules) -> Iterator[Clause]:
    """Yield what holds for several applicants together, and after adoption."""
    if rules.joint is not None:
        yield from (_condition(Topic.JOINT, one) for one in rules.joint.requirements)
    pool = None if rules.consortium is None else rules.consortium.pool
    if pool is not None:
        yield Clause(Topic.CONSORTIUM, "", pool.label, (Line(pool.sentence, pool.citation, (pool.amount,)),))
    change = rules.rate_change
    if change is not None:
        line = Line(change.sentence, change.citation, (change.fact, change.by))
        yield Clause(Topic.RATE_CHANGE, "", None, (line,))


def _clawback(clawback: Clawback) -> Iterator[Clause]:
    yield Clause(Topic.REPAYMENT, "whole", None, _cases(clawback.whole))
    yield from (Clause(Topic.REPAYMENT, part.name, part.label, _cases(part.cases)) for part in clawback.parts)
    total = clawback.total
    yield Clause(Topic.REPAYMENT, "total", None, (Line(total.sentence, total.citation, (total.others, total.ceiling)),))


def _cases(cases: Iterable[ClawbackCase]) -> tuple[Line, ...]:
    return tuple(Line(one.sentence, one.citation, (one.when, one.counts_only_if_stated, one.amount)) for one in cases)


def _deciding(rules: FrameRules) -> Iterator[Expression]:
    """Yield every condition on which the frame's answer or figures rest, as the rules have them."""
    joint = () if rules.joint is None else rules.joint.requirements
    yield from (one.condition for one in (*rules.requirements, *joint))
    yield from (one.condition for one in (*rules.bonuses, *rules.deductions))
    if rules.award is not None:
        limit = rules.award.upper_limit
        yield from (rate.when for rate in rules.award.rates if rate.when is not None)
        yield from (part for uplift in limit.uplifts for part in (uplift.when, uplift.amount))
        yield from (tier.amount for tier in limit.tiers)
    if rules.clawback is not None:
        for cases in (rules.clawback.whole, *(part.cases for part in rules.clawback.parts)):
            yield from (one.when for one in cases if one.when is not None)
