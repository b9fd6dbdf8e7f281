"""A frame's rules as decision diagrams: rules go in once, exact answers for partly known facts come out."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import TypeAlias

from calculator.award import (
    Rates,
    added,
    at_least,
    limits_that_vary,
    lower_of_rates,
    reaches_lower_limit,
    tier_condition,
)
from calculator.cells import Variable, holds_in, is_atom, records_of, subject_of, variable_for
from calculator.diagram import Diagrams, Node
from calculator.evaluation import Facts, FactValue, Unknown, evaluate
from calculator.expressions import (
    AllOf,
    AnyOf,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Named,
    Not,
    OpenPoint,
    facts_of,
    parts_of,
    with_fact,
)
from calculator.kinds import Kind
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

Possible: TypeAlias = Mapping[int, frozenset[int]]
"""The cells that known facts leave to each variable; a variable that is not there may be in any of its cells."""

Payment: TypeAlias = tuple[Rates | None, Expression | None]
"""What an eligible application is paid by: its rates, and its upper limit as an amount; None without an award."""


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


@dataclass(frozen=True, slots=True)
class Decision:
    """The rules of one frame in one round, ready to judge.

    `eligible` ends in True or False, `rate` in `Rates`, `limit` in an amount (both in None without an award).
    `payment` ends in a `Payment`, or in None where the application is not eligible, `applicant_class` in a name or
    None. `bonuses` and `deductions` touch none of them. `fact_order` has all facts in the order of their definition.
    """

    rules: FrameRules
    award: Award | None
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
    fact_order: tuple[str, ...]

    @property
    def open_points(self) -> frozenset[str]:
        """Return the names of the points that stay open whatever is answered and that the rules depend on."""
        read = {one.subject.name for one in self.variables if isinstance(one.subject, OpenPoint)}
        return frozenset(read if self.rules.open_award is None else {*read, self.rules.open_award.point})

    def possible(self, facts: Facts) -> Possible:
        """Return the cells that `facts` leave to each variable."""
        return {level: variable.possible_cells(facts) for level, variable in enumerate(self.variables)}

    def left(self, node: Node, possible: Possible) -> Node:
        """Return what is left of `node` where only the cells in `possible` are."""
        return self.diagrams.restrict(node, possible)

    def causes(self, node: Node, facts: Facts) -> tuple[str, ...]:
        """Return the facts and open points that can still change `node`, in the order of the variables.

        A list stays among them until all its rows are known; of two facts that are compared, only the missing one is.
        An open point stays, also one that an answer leaves open.
        """
        variables = [self.variables[level] for level in sorted(self.diagrams.levels(node))]
        return tuple(dict.fromkeys(cause for one in variables for cause in sorted(_missing_of(one, facts))))

    def askable(self, causes: Iterable[str], facts: Facts) -> tuple[str, ...]:
        """Return those of `causes` that are facts which can still be answered."""
        known = frozenset(self.fact_order)
        return tuple(name for name in causes if name in known and (name not in facts or is_list(facts[name])))


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
    builder = _Builder.over(_all_conditions(rules, requirements, award, definitions, schedules_of_rates), definitions)
    diagrams, nothing = builder.diagrams, builder.diagrams.leaf(None)
    rate = nothing
    for rates in schedules_of_rates:
        of_rates = builder.first_of([(case.when, (case.rate,)) for case in rates])
        rate = of_rates if rate == nothing else diagrams.combine(lower_of_rates, rate, of_rates)
    limit = nothing if award is None else builder.limit(award, definitions)
    conditions = (
        *(Condition.of(one, one.condition, builder.node(one.condition)) for one in requirements),
        *(() if award is None else builder.lower_limit(award, schedules_of_rates, limit)),
    )
    eligible = builder.every(condition.node for condition in conditions)
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
        fact_order=tuple(definitions),
    )


def _missing_of(variable: Variable, facts: Facts) -> frozenset[str]:
    if isinstance(variable.subject, OpenPoint):
        return variable.facts
    value = evaluate(variable.subject, facts)
    return value.causes if isinstance(value, Unknown) else frozenset()


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
    definitions: Mapping[str, FactDefinition]

    @classmethod
    def over(cls, conditions: Iterable[Expression], definitions: Mapping[str, FactDefinition]) -> _Builder:
        """Return a builder for `conditions`; variables are in the order in which the facts are defined."""
        atoms = dict.fromkeys(atom for condition in conditions for atom in _atoms(condition))
        records = (record for atom in tuple(atoms) for record in records_of(atom, definitions))
        atoms |= dict.fromkeys(_is_there(record) for record in records)
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
        levels = {variable.subject: level for level, variable in enumerate(variables)}
        return cls(Diagrams(), variables, levels, definitions)

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

    def limit(self, award: Award, definitions: Mapping[str, FactDefinition]) -> Node:
        """Return the diagram of the upper limit: its tier, with the uplifts that hold; it ends in amounts."""
        node = self.first_of(_limit_cases(award, definitions))
        for uplift in award.upper_limit.uplifts:
            node = self.diagrams.combine(partial(_lifted, uplift.amount), self.node(uplift.when), node)
        return node

    def lower_limit(
        self, award: Award, schedules_of_rates: tuple[tuple[RateCase, ...], ...], limit: Node
    ) -> tuple[Condition, ...]:
        """Return the condition that the subsidy is not below the lower limit, where there is one.

        Limits that are the same for everybody are never below it (checked when rules are compiled); of the others, the
        one that applies must not be.
        """
        lower = award.lower_limit
        if lower is None:
            return ()
        parts = _lower_limit_conditions(award, schedules_of_rates)
        node = self.every(self.node(part) for part in parts[: len(schedules_of_rates)])
        for amount, part in zip(limits_that_vary(award.upper_limit), parts[len(schedules_of_rates) :], strict=True):
            fits = self.diagrams.combine(partial(_fits, amount), limit, self.node(part))
            node = self.diagrams.combine(_both, node, fits)
        return (Condition.of(lower, AllOf(tuple(parts)), node),)

    def _atom(self, atom: Expression) -> Node:
        """Return the diagram of an atom; where a record is not there, what holds of its parts is settled."""
        subject = subject_of(atom)
        level = self.levels[subject]
        node = self.diagrams.branch(
            level,
            [self.diagrams.leaf(holds_in(atom, subject, one)) for one in self.variables[level].representatives],
        )
        for record in records_of(atom, self.definitions):
            without = self.diagrams.leaf(evaluate(atom, {record: None}) is True)
            node = self.diagrams.combine(_chosen, self._atom(_is_there(record)), node, without)
        return node


def _is_there(record: str) -> Expression:
    return Compare(Comparison.NOT_EQUAL, Fact(record), Constant(Kind.RECORD, None))


def _lifted(uplift: Expression, holds: Hashable, amount: Expression) -> Expression:
    return added(amount, uplift) if holds is True else amount


def _fits(amount: Expression, limit: Hashable, is_enough: Hashable) -> bool:
    return limit != amount or is_enough is True


def _both(one: Hashable, other: Hashable) -> bool:
    return one is True and other is True


def _not(one: Hashable) -> bool:
    return one is not True


def _chosen(condition: Hashable, value: Hashable, otherwise: Hashable) -> Hashable:
    return value if condition is True else otherwise
