"""A frame's rules as decision diagrams: rules go in once, exact answers for partly known facts come out."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import compress
from typing import TypeAlias

from calculator.award import (
    Limits,
    Rates,
    WorthOf,
    added,
    at_least,
    limits_that_vary,
    lower_of_rates,
    reaches_lower_limit,
    tier_condition,
    worth_of,
)
from calculator.cells import Variable
from calculator.diagram import Cells, Diagrams, Node, Readout, Restriction, bits
from calculator.drawing import Drawing, both
from calculator.evaluation import Facts, FactValue, question_of
from calculator.expressions import AllOf, Expression, OpenPoint, facts_of, with_fact
from calculator.lookup import Lookup
from calculator.measures import Applicant, Measure, Workshop, measure_of
from calculator.prospect import Course, Prospect
from calculator.rulebook import (
    ApplicantClass,
    Award,
    Citation,
    FactDefinition,
    FrameRules,
    JointApplication,
    LowerLimit,
    RateCase,
    Requirement,
    SelectionItem,
)
from calculator.text import Text

Payment: TypeAlias = tuple[Rates | None, Expression | None]
"""What an eligible application is paid by: its rates, and its upper limit as an amount; None without an award."""


class Standing(StrEnum):
    """How one requirement, point or deduction stands."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Condition:
    """A requirement as it is judged: its words, its place, its diagram of true and false, and the facts it `reads`."""

    code: str
    label: Text
    sentence: Text
    citation: Citation
    expression: Expression
    node: Node
    reads: tuple[str, ...]

    @classmethod
    def of(cls, judged: Requirement | LowerLimit, expression: Expression, node: Node) -> Condition:
        """Return the condition that `judged` words and `node` decides."""
        reads = tuple(sorted(facts_of(expression)))
        return cls(judged.code, judged.label, judged.sentence, judged.citation, expression, node, reads)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One requirement and how it stands; the same object for all whose requirement stands so."""

    condition: Condition
    standing: Standing


@dataclass(frozen=True, slots=True)
class Decision:
    """The rules of one frame in one round, ready to judge.

    `eligible` are diagrams that must all be True, no two of which read the same variable. `rate` ends in `Rates`,
    `limit` in an amount (both in None without an award), the payment of `prospect` in a `Payment` or in None where the
    application is not eligible, `applicant_class` in a name or None. `course` is the prospect ready for applicants;
    `limits` and `payable` have the limits for which the ends of `limit` and of a payment stand. `bonuses` and
    `deductions` touch none of them. `measures` are those of the `variables`, and `bits` has a number with one bit for
    each. `cost` is the sum of the costs that count. `standings` tells how a condition stands by the truth values in
    which its diagram can end, and `judged` tells each condition as it stands. `fact_order` has the place of each fact
    in the order of definition. `answerable` has a bit for each variable that is no open point; `all_cells` has the
    cells of each variable, and `questions` those that ask for its facts. `own_questions` are those that the frame's own
    requirements need, besides the basic ones of its rule set.
    """

    rules: FrameRules
    award: Award | None
    variables: tuple[Variable, ...]
    measures: tuple[Measure, ...]
    bits: tuple[int, ...]
    diagrams: Diagrams
    conditions: tuple[Condition, ...]
    eligible: tuple[Node, ...]
    rate: Node
    limit: Node
    prospect: Prospect
    course: Course
    limits: Mapping[int, Limits]
    payable: Mapping[int, Limits]
    applicant_class: Node
    bonuses: Readout[Standing]
    deductions: Readout[Standing]
    cost: WorthOf | None
    standings: Mapping[int, Standing]
    judged: Readout[Judged]
    fact_order: Mapping[str, int]
    answerable: int
    all_cells: tuple[Cells, ...]
    questions: tuple[tuple[str, ...], ...]
    own_questions: frozenset[str]

    @property
    def open_points(self) -> frozenset[str]:
        """Return the names of the points that stay open whatever is answered and that the rules depend on."""
        read = {one.subject.name for one in self.variables if isinstance(one.subject, OpenPoint)}
        return frozenset(read if self.rules.open_award is None else {*read, self.rules.open_award.point})

    def measured_by(self, workshop: Workshop) -> Decision:
        """Return the decision with the measures of `workshop`, which it shares with others."""
        costs = None if self.award is None else self.award.eligible_costs
        return replace(
            self,
            measures=tuple(map(workshop.measure, self.variables)),
            cost=None if costs is None else workshop.worth(costs.total),
        )

    def restriction(self, applicant: Applicant) -> Restriction:
        """Return what the facts of `applicant` leave of any diagram."""
        cells = applicant.cells(self.measures)
        return self.diagrams.narrowed(cells, sum(compress(self.bits, cells)))

    def possible(self, facts: Facts) -> dict[int, Cells]:
        """Return the cells that `facts` leave to each variable, also to those that may still be in any."""
        cells = Applicant.of(facts).cells(self.measures)
        return {level: one or self.cells(level) for level, one in enumerate(cells)}

    def cells(self, level: int) -> Cells:
        """Return all cells of a variable."""
        return self.all_cells[level]

    def may_be_eligible(self, left: Restriction) -> bool:
        """Say whether some way of filling in what is open, in the cells that are left, meets all requirements."""
        fails = self.diagrams.leaf(False).ends
        return all(left.ends_of(one) != fails for one in self.eligible)

    def causes(self, reads: int, applicant: Applicant) -> tuple[str, ...]:
        """Return the facts and open points that can still change what `reads` these variables, in their order.

        A list stays among them until all its rows are known; of two facts that are compared, only the missing one is.
        An open point stays, also one that an answer leaves open.
        """
        return tuple(dict.fromkeys(applicant.missing(map(self.measures.__getitem__, bits(reads)))))

    def askable(self, causes: Iterable[str], facts: Facts) -> tuple[str, ...]:
        """Return those of `causes` that are facts which can still be answered."""
        names = tuple(filter(self.fact_order.__contains__, causes))
        if facts.keys().isdisjoint(names):
            return names
        return tuple([name for name in names if name not in facts or is_list(facts[name])])


def is_list(value: FactValue) -> bool:
    """Say whether a fact's value is rows."""
    return isinstance(value, tuple)


def decide(rules: FrameRules, definitions: Mapping[str, FactDefinition]) -> Decision:
    """Return the decision of `rules` as an application is judged."""
    rates = () if rules.award is None else (rules.award.rates,)
    return _decision(rules, rules.requirements, rules.award, definitions, rates)


def decide_after_adoption(rules: FrameRules, definitions: Mapping[str, FactDefinition]) -> Decision:
    """Return the decision at the final inspection: the rate can have fallen since the application, not risen."""
    change, award = rules.rate_change, rules.award
    if change is None or award is None:
        return decide(rules, definitions)
    later = tuple(
        RateCase(
            None if case.when is None else with_fact(case.when, change.fact, change.by),
            case.rate,
            case.sentence,
            case.citation,
        )
        for case in award.rates
    )
    return _decision(rules, rules.requirements, award, definitions, (award.rates, later))


def decide_jointly(rules: FrameRules, joint: JointApplication, definitions: Mapping[str, FactDefinition]) -> Decision:
    """Return the decision on a joint application: its own requirements, and the award's limit without its costs."""
    award = rules.award
    limit_only = None if award is None else replace(award, lower_limit=None, eligible_costs=None)
    return _decision(rules, joint.requirements, limit_only, definitions, ())


def decide_together(
    rules: FrameRules, decisions: Iterable[Decision], definitions: Mapping[str, FactDefinition]
) -> Decision:
    """Return the decision whether several awards are had together: all requirements of `decisions`, each once."""
    requirements = dict.fromkeys(
        Requirement(one.code, one.label, one.sentence, one.expression, one.citation)
        for decision in decisions
        for one in decision.conditions
    )
    return _decision(rules, tuple(requirements), None, definitions, ())


def _decision(
    rules: FrameRules,
    requirements: tuple[Requirement, ...],
    award: Award | None,
    definitions: Mapping[str, FactDefinition],
    schedules_of_rates: tuple[tuple[RateCase, ...], ...],
) -> Decision:
    drawing = Drawing.over(_all_conditions(rules, requirements, award, definitions, schedules_of_rates), definitions)
    diagrams, nothing = drawing.diagrams, drawing.diagrams.leaf(None)
    rate = nothing
    for rates in schedules_of_rates:
        of_rates = drawing.first_of([(case.when, (case.rate,)) for case in rates])
        rate = of_rates if rate == nothing else diagrams.combine(lower_of_rates, rate, of_rates)
    limit = nothing if award is None else _limit(drawing, award)
    conditions = (
        *(Condition.of(one, one.condition, drawing.node(one.condition)) for one in requirements),
        *(() if award is None else _lower_limit(drawing, award, schedules_of_rates, limit)),
    )
    eligible = drawing.independent(condition.node for condition in conditions)
    costs = None if award is None else award.eligible_costs
    standings = _standings(diagrams)
    prospect = _prospect(drawing, eligible, rate, limit)
    return Decision(
        rules=rules,
        award=award,
        variables=drawing.variables,
        measures=tuple(map(measure_of, drawing.variables)),
        bits=tuple(1 << level for level in range(len(drawing.variables))),
        diagrams=diagrams,
        conditions=conditions,
        eligible=eligible,
        rate=rate,
        limit=limit,
        prospect=prospect,
        course=Course.of(diagrams, prospect),
        limits=Lookup(lambda ends: Limits.of(diagrams.values_of(ends))),  # type: ignore[arg-type]  # amounts
        payable=Lookup(lambda ends: _limits_of(diagrams.values_of(ends))),  # type: ignore[arg-type]  # payments
        applicant_class=drawing.first_of(_class_cases(rules.classes)),
        bonuses=Readout(diagrams, ((drawing.node(one.condition), standings) for one in rules.bonuses)),
        deductions=Readout(diagrams, ((drawing.node(one.condition), standings) for one in rules.deductions)),
        cost=None if costs is None else worth_of(costs.total),
        standings=standings,
        judged=Readout(diagrams, ((one.node, _as_judged(one, standings)) for one in conditions)),
        fact_order={name: place for place, name in enumerate(definitions)},
        answerable=sum(
            1 << level for level, one in enumerate(drawing.variables) if not isinstance(one.subject, OpenPoint)
        ),
        all_cells=tuple(tuple(range(len(one.representatives))) for one in drawing.variables),
        questions=tuple(map(_questions, drawing.variables)),
        own_questions=_own_questions(rules, conditions),
    )


def _questions(variable: Variable) -> tuple[str, ...]:
    """Return the questions that ask for the facts of a variable, each once."""
    return () if isinstance(variable.subject, OpenPoint) else tuple(set(map(question_of, variable.facts)))


def _own_questions(rules: FrameRules, conditions: Iterable[Condition]) -> frozenset[str]:
    own = {one.code for one in rules.requirements if one.additional}
    return frozenset(question_of(name) for one in conditions if one.code in own for name in one.reads)


def _prospect(drawing: Drawing, eligible: Iterable[Node], rate: Node, limit: Node) -> Prospect:
    """Return what may come of an application: what is read for its figures too is part of its payment."""
    hurdles, together = [], drawing.diagrams.leaf(True)
    for one in eligible:
        if one.reads & (rate.reads | limit.reads):
            together = drawing.diagrams.combine(both, together, one)
        else:
            hurdles.append(one)
    payment = drawing.diagrams.combine(lambda passes, *figures: figures if passes else None, together, rate, limit)
    return Prospect(tuple(hurdles), payment, *map(drawing.diagrams.leaf, (None, True, False)))


def _standings(diagrams: Diagrams) -> dict[int, Standing]:
    holds, fails = diagrams.leaf(True).ends, diagrams.leaf(False).ends
    return {holds: Standing.MET, fails: Standing.NOT_MET, holds | fails: Standing.CANNOT_TELL}


def _limits_of(payments: Collection[Payment | None]) -> Limits:
    """Return the limits of payments, and None where a refusal is possible."""
    return Limits.of([one[1] for one in payments if one is not None and one[1] is not None])


def _as_judged(condition: Condition, standings: Mapping[int, Standing]) -> dict[int, Judged]:
    return {ends: Judged(condition, standing) for ends, standing in standings.items()}


def _class_cases(classes: Iterable[ApplicantClass]) -> list[tuple[Expression | None, str | None]]:
    return [*((one.condition, one.name) for one in classes), (None, None)]


def _limit_cases(award: Award, definitions: Mapping[str, FactDefinition]) -> list[tuple[Expression | None, Expression]]:
    limit = award.upper_limit
    if limit.by is None:
        return [(None, limit.tiers[0].amount)]
    kind = definitions[limit.by].kind
    *bounded, last = limit.tiers  # tiers have neither gap nor overlap: the last holds when no other does
    return [*((tier_condition(limit.by, kind, tier), tier.amount) for tier in bounded), (None, last.amount)]


def _lower_limit_conditions(award: Award, schedules_of_rates: tuple[tuple[RateCase, ...], ...]) -> list[Expression]:
    """Return what must hold for the lower limit: enough cost at every rate, and every limit that varies high enough."""
    if award.lower_limit is None:
        return []
    costs = [reaches_lower_limit(award, rates) for rates in schedules_of_rates]
    least = award.lower_limit.amount_yen
    return [*costs, *(at_least(amount, least) for amount in limits_that_vary(award.upper_limit))]


def _all_conditions(
    rules: FrameRules,
    requirements: tuple[Requirement, ...],
    award: Award | None,
    definitions: Mapping[str, FactDefinition],
    schedules_of_rates: tuple[tuple[RateCase, ...], ...],
) -> tuple[Expression, ...]:
    judged: tuple[Requirement | ApplicantClass | SelectionItem, ...] = (
        *requirements,
        *rules.classes,
        *rules.bonuses,
        *rules.deductions,
    )
    whens: list[Expression | None] = [case.when for rates in schedules_of_rates for case in rates]
    if award is not None:
        whens += [when for when, _ in _limit_cases(award, definitions)]
        whens += [uplift.when for uplift in award.upper_limit.uplifts]
        whens += _lower_limit_conditions(award, schedules_of_rates)
    return (*(one.condition for one in judged), *(when for when in whens if when is not None))


def _limit(drawing: Drawing, award: Award) -> Node:
    """Return the diagram of the upper limit: its tier, with the uplifts that hold; it ends in amounts."""
    node = drawing.first_of(_limit_cases(award, drawing.definitions))
    for uplift in award.upper_limit.uplifts:
        node = drawing.diagrams.combine(partial(_lifted, uplift.amount), drawing.node(uplift.when), node)
    return node


def _lower_limit(
    drawing: Drawing, award: Award, schedules_of_rates: tuple[tuple[RateCase, ...], ...], limit: Node
) -> tuple[Condition, ...]:
    """Return the condition that the subsidy is not below the lower limit, where there is one.

    Limits that are the same for everybody are never below it (checked when rules are compiled); of the others, the
    one that applies must not be.
    """
    lower = award.lower_limit
    if lower is None:
        return ()
    parts = _lower_limit_conditions(award, schedules_of_rates)
    node = drawing.every(drawing.node(part) for part in parts[: len(schedules_of_rates)])
    for amount, part in zip(limits_that_vary(award.upper_limit), parts[len(schedules_of_rates) :], strict=True):
        fits = drawing.diagrams.combine(partial(_fits, amount), limit, drawing.node(part))
        node = drawing.diagrams.combine(both, node, fits)
    return (Condition.of(lower, AllOf(tuple(parts)), node),)


def _lifted(uplift: Expression, holds: Hashable, amount: Expression) -> Expression:
    return added(amount, uplift) if holds is True else amount


def _fits(amount: Expression, limit: Hashable, is_enough: Hashable) -> bool:
    return limit != amount or is_enough is True
