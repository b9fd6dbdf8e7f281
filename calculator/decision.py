"""A frame's rules as decision diagrams: rules go in once, exact answers for partly known facts come out."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import TypeAlias

from calculator.award import reaches_lower_limit, tier_condition
from calculator.cells import Variable, holds_in, is_atom, subject_of, variable_for
from calculator.diagram import Diagrams, Node
from calculator.evaluation import Facts
from calculator.expressions import (
    AllOf,
    AnyOf,
    Constant,
    Expression,
    Named,
    Not,
    OpenPoint,
    parts_of,
    with_fact,
)
from calculator.rulebook import (
    ApplicantClass,
    Award,
    Citation,
    FactDefinition,
    FrameRules,
    RateCase,
    Requirement,
    SelectionItem,
)
from calculator.text import Text

Possible: TypeAlias = Mapping[int, frozenset[int]]
"""The cells that known facts leave to each variable; a variable that is not there may be in any of its cells."""

Payment: TypeAlias = tuple[Fraction, int]
"""The rate and the upper limit in yen that an eligible application is paid by."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A requirement as it is judged: its words, its place, the facts it reads, and its diagram of true and false."""

    code: str
    label: Text
    sentence: Text
    citation: Citation
    expression: Expression
    node: Node


@dataclass(frozen=True, slots=True)
class Decision:
    """The rules of one frame in one round, ready to judge.

    `eligible` ends in True or False, `rate` in a Fraction, `limit` in yen, `payment` in a `Payment` or in None where
    the application is not eligible, `applicant_class` in a name or None. `bonuses` and `deductions` touch none of them.
    """

    rules: FrameRules
    award: Award
    variables: tuple[Variable, ...]
    diagrams: Diagrams
    conditions: tuple[Condition, ...]
    eligible: Node
    rate: Node
    limit: Node
    payment: Node
    applicant_class: Node
    bonuses: tuple[tuple[SelectionItem, Node], ...]
    deductions: tuple[tuple[SelectionItem, Node], ...]

    @property
    def open_points(self) -> frozenset[str]:
        """Return the names of the points that the documents leave open and that the rules depend on."""
        return frozenset(one.subject.name for one in self.variables if isinstance(one.subject, OpenPoint))

    def possible(self, facts: Facts) -> Possible:
        """Return the cells that `facts` leave to each variable."""
        return {level: variable.possible_cells(facts) for level, variable in enumerate(self.variables)}

    def left(self, node: Node, possible: Possible) -> Node:
        """Return what is left of `node` where only the cells in `possible` are."""
        return self.diagrams.restrict(node, possible)

    def causes(self, node: Node, facts: Facts) -> tuple[str, ...]:
        """Return the facts and open points that can still change `node`, in the order of the variables.

        A list stays among them until all its rows are known; of two facts that are compared, only the missing one is.
        """
        levels = sorted(self.diagrams.levels(node))
        causes = dict.fromkeys(cause for level in levels for cause in sorted(self.variables[level].facts))
        return tuple(cause for cause in causes if cause not in facts or isinstance(facts[cause], tuple))


def decide(rules: FrameRules, award: Award, definitions: Mapping[str, FactDefinition]) -> Decision:
    """Return the decision of `rules` as an application is judged."""
    return _decision(rules, award, definitions, (award.rates,))


def decide_after_adoption(rules: FrameRules, award: Award, definitions: Mapping[str, FactDefinition]) -> Decision:
    """Return the decision at the final inspection: the rate can have fallen since the application, not risen."""
    change = rules.rate_change
    if change is None:
        return decide(rules, award, definitions)
    later = tuple(
        RateCase(
            None if case.when is None else with_fact(case.when, change.fact, change.by),
            case.rate,
            case.sentence,
            case.citation,
        )
        for case in award.rates
    )
    return _decision(rules, award, definitions, (award.rates, later))


def _decision(
    rules: FrameRules,
    award: Award,
    definitions: Mapping[str, FactDefinition],
    schedules_of_rates: tuple[tuple[RateCase, ...], ...],
) -> Decision:
    lower_limit = AllOf(tuple(reaches_lower_limit(award, rates) for rates in schedules_of_rates))
    builder = _Builder.over(_all_conditions(rules, award, definitions, schedules_of_rates, lower_limit), definitions)
    conditions = (
        *(
            builder.condition(one.code, one.label, one.sentence, one.citation, one.condition)
            for one in rules.requirements
        ),
        builder.condition(
            award.lower_limit.code,
            award.lower_limit.label,
            award.lower_limit.sentence,
            award.lower_limit.citation,
            lower_limit,
        ),
    )
    diagrams = builder.diagrams
    eligible = builder.every(condition.node for condition in conditions)
    rate = reduce(
        lambda one, other: diagrams.combine(min, one, other),
        (builder.first_of([(case.when, case.rate) for case in rates]) for rates in schedules_of_rates),
    )
    limit = builder.first_of(_limit_cases(award, definitions))
    return Decision(
        rules=rules,
        award=award,
        variables=builder.variables,
        diagrams=diagrams,
        conditions=conditions,
        eligible=eligible,
        rate=rate,
        limit=limit,
        payment=diagrams.combine(lambda passes, *figures: figures if passes else None, eligible, rate, limit),
        applicant_class=builder.first_of(_class_cases(rules.classes)),
        bonuses=tuple((one, builder.node(one.condition)) for one in rules.bonuses),
        deductions=tuple((one, builder.node(one.condition)) for one in rules.deductions),
    )


def _class_cases(classes: Iterable[ApplicantClass]) -> list[tuple[Expression | None, str | None]]:
    return [*((one.condition, one.name) for one in classes), (None, None)]


def _limit_cases(award: Award, definitions: Mapping[str, FactDefinition]) -> list[tuple[Expression | None, int]]:
    limit = award.upper_limit
    if limit.by is None:
        return [(None, limit.tiers[0].amount_yen)]
    kind = definitions[limit.by].kind
    *bounded, last = limit.tiers  # tiers have neither gap nor overlap: the last holds when no other does
    return [*((tier_condition(limit.by, kind, tier), tier.amount_yen) for tier in bounded), (None, last.amount_yen)]


def _all_conditions(
    rules: FrameRules,
    award: Award,
    definitions: Mapping[str, FactDefinition],
    schedules_of_rates: tuple[tuple[RateCase, ...], ...],
    lower_limit: Expression,
) -> tuple[Expression, ...]:
    judged: tuple[Requirement | ApplicantClass | SelectionItem, ...] = (
        *rules.requirements,
        *rules.classes,
        *rules.bonuses,
        *rules.deductions,
    )
    rates = (case.when for rates in schedules_of_rates for case in rates)
    limits = (when for when, _ in _limit_cases(award, definitions))
    return (*(one.condition for one in judged), *(when for when in (*rates, *limits) if when is not None), lower_limit)


def _atoms(expression: Expression) -> Iterable[Expression]:
    if is_atom(expression):
        yield expression
    else:
        for part in parts_of(expression):
            yield from _atoms(part)


@dataclass(frozen=True, slots=True)
class _Builder:
    """Turns expressions into diagrams over one set of variables."""

    diagrams: Diagrams
    variables: tuple[Variable, ...]
    levels: Mapping[Expression, int]

    @classmethod
    def over(cls, conditions: Iterable[Expression], definitions: Mapping[str, FactDefinition]) -> _Builder:
        """Return a builder for `conditions`; variables are in the order in which the facts are defined."""
        atoms = dict.fromkeys(atom for condition in conditions for atom in _atoms(condition))
        about: dict[Expression, list[Expression]] = {}
        for atom in atoms:
            about.setdefault(subject_of(atom), []).append(atom)
        places = {name: place for place, name in enumerate(definitions)}
        variables = tuple(
            sorted(
                (variable_for(subject, some, definitions) for subject, some in about.items()),
                key=lambda variable: min((places.get(name, len(places)) for name in variable.facts), default=0),
            )
        )
        return cls(Diagrams(), variables, {variable.subject: level for level, variable in enumerate(variables)})

    def condition(
        self, code: str, label: Text, sentence: Text, citation: Citation, expression: Expression
    ) -> Condition:
        """Return the requirement with its diagram."""
        return Condition(code, label, sentence, citation, expression, self.node(expression))

    def node(self, expression: Expression) -> Node:
        """Return the diagram of a condition; it ends in True and False."""
        match expression:
            case Constant(_, value):
                return self.diagrams.leaf(value is True)
            case Named(_, body):
                return self.node(body)
            case AllOf(parts):
                return self.every(self.node(part) for part in parts)
            case AnyOf(parts):
                return self.opposite(self.every(self.opposite(self.node(part)) for part in parts))
            case Not(part):
                return self.opposite(self.node(part))
            case _:
                return self._atom(expression)

    def every(self, nodes: Iterable[Node]) -> Node:
        """Return the diagram that is True where all `nodes` are."""
        return reduce(lambda one, other: self.diagrams.combine(_both, one, other), nodes, self.diagrams.leaf(True))

    def opposite(self, node: Node) -> Node:
        """Return the diagram that is True where `node` is not."""
        return self.diagrams.combine(_not, node)

    def first_of(self, cases: Sequence[tuple[Expression | None, Hashable]]) -> Node:
        """Return the diagram of the value of the first case that holds; the last always holds."""
        *earlier, (_, last) = cases
        node = self.diagrams.leaf(last)
        for when, value in reversed(earlier):
            condition = self.diagrams.leaf(True) if when is None else self.node(when)
            node = self.diagrams.combine(_chosen, condition, self.diagrams.leaf(value), node)
        return node

    def _atom(self, atom: Expression) -> Node:
        subject = subject_of(atom)
        level = self.levels[subject]
        return self.diagrams.branch(
            level,
            [self.diagrams.leaf(holds_in(atom, subject, one)) for one in self.variables[level].representatives],
        )


def _both(one: Hashable, other: Hashable) -> bool:
    return one is True and other is True


def _not(one: Hashable) -> bool:
    return one is not True


def _chosen(condition: Hashable, value: Hashable, otherwise: Hashable) -> Hashable:
    return value if condition is True else otherwise
