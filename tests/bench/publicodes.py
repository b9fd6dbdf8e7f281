"""The order in which publicodes asks: the missing variable with the highest score first.

A rule set is thought of as publicodes would have it written: one rule for the amount that is applicable if all
conditions are met, with `variations` for the rate, `grille` for an upper limit by a fact, `barème` for slices and
`plafond` for capping. While it is worked out, every mechanism that cannot tell its value yet adds up the scores of what
it still reads (a fact has 1), and a condition raises each score by one. Both sides of "and" and "or" are read unless
one of them settles it. The form asks for the highest score, between equals for the one that was met first.

Where it is written: packages/core/src/mecanisms and evaluationUtils.ts, packages/forms/src/builder/computeNextFields.ts
of the repository publicodes/publicodes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import TypeAlias

from calculator.cells import holds_in, is_atom, records_of, subject_of
from calculator.diagram import Node
from calculator.evaluation import evaluate, question_of
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
    OneOf,
    facts_of,
)
from calculator.kinds import Kind
from calculator.rulebook import Award
from tests.bench.asking import Asking, Position

Scores: TypeAlias = Mapping[str, int]
"""The score of each missing question, in the order in which they were met."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A comparison as the diagram of its truth; each fact that it still reads counts `times`."""

    node: Node
    times: int


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions joined by "and" (`settled_by` False) or by "or" (`settled_by` True)."""

    parts: tuple[Condition, ...]
    settled_by: bool


@dataclass(frozen=True, slots=True)
class Opposite:
    """A condition that does not hold."""

    part: Condition


Condition: TypeAlias = "bool | Atom | Joined | Opposite"
"""What is left of a condition; True or False once it is settled."""


@dataclass(frozen=True, slots=True)
class Model:
    """What is left of a rule set as publicodes has it, after the questions that were `asked`.

    `rates` and `uplifts` have a condition for each of the award's; `lower_limit` is the truth of its condition.
    """

    requirements: tuple[Condition, ...]
    lower_limit: Atom | None
    rates: tuple[Condition, ...]
    uplifts: tuple[Condition, ...]
    asked: frozenset[str]

    def atoms(self) -> Iterator[Atom]:
        """Yield every comparison that is not settled."""
        for one in (*self.requirements, self.lower_limit, *self.rates, *self.uplifts):
            yield from () if one is None else _atoms(one)


@dataclass(frozen=True, slots=True)
class PublicodesOrder:
    """The order of publicodes' own forms."""

    asking: Asking

    def start(self) -> Hashable:
        """Return the rule set before anything is asked."""
        decision, award = self.asking.decision, self.asking.decision.award
        has_lower_limit = award is not None and award.lower_limit is not None
        requirements = decision.conditions[:-1] if has_lower_limit else decision.conditions
        model = Model(
            requirements=tuple(self._condition(one.expression) for one in requirements),
            lower_limit=Atom(decision.conditions[-1].node, 1) if has_lower_limit else None,
            rates=() if award is None else tuple(self._when(case.when) for case in award.rates),
            uplifts=() if award is None else tuple(self._when(one.when) for one in award.upper_limit.uplifts),
            asked=frozenset(),
        )
        settled = self.asking.decision.possible(self.asking.given)
        return _told(self.asking, model, {level: min(cells) for level, cells in settled.items() if len(cells) == 1})

    def ask(self, asking: Asking, position: Position, memory: Hashable) -> str:
        """Return the question with the highest score."""
        assert isinstance(memory, Model)
        scores = {name: score for name, score in self._scores(memory).items() if name not in memory.asked}
        if scores:
            return max(scores, key=scores.__getitem__)
        return next(iter(asking.left(position).missing))

    def levels(self, asking: Asking, memory: Hashable, question: str) -> Sequence[int]:
        """Return the variables that the answer settles and that the rule set still reads."""
        assert isinstance(memory, Model)
        read = {level for atom in memory.atoms() for level in asking.decision.diagrams.levels(atom.node)}
        return [level for level in read if asking.settled_by(level, memory.asked, question)]

    def told(self, asking: Asking, memory: Hashable, question: str, cells: Mapping[int, int]) -> Hashable:
        """Return what is left of the rule set after the answer."""
        assert isinstance(memory, Model)
        return _told(asking, replace(memory, asked=memory.asked | {question}), cells)

    def _when(self, when: Expression | None) -> Condition:
        return True if when is None else self._condition(when)

    def _condition(self, expression: Expression) -> Condition:
        match expression:
            case Constant(_, value):
                return value is True
            case Named(_, body):
                return self._condition(body)
            case AllOf(parts):
                return Joined(tuple(map(self._condition, parts)), settled_by=False)
            case AnyOf(parts):
                return Joined(tuple(map(self._condition, parts)), settled_by=True)
            case Not(part):
                return Opposite(self._condition(part))
            case OneOf(_, choices):
                return Atom(self._truth(expression), len(choices))
            case _:
                return Atom(self._truth(expression), 1)

    def _truth(self, atom: Expression) -> Node:
        """Return the diagram of an atom; where a record is not there, what holds of its parts is settled."""
        assert is_atom(atom)
        decision, diagrams = self.asking.decision, self.asking.decision.diagrams
        subject = subject_of(atom)
        level = next(level for level, one in enumerate(decision.variables) if one.subject == subject)
        cells = decision.variables[level].representatives
        node = diagrams.branch(level, [diagrams.leaf(holds_in(atom, subject, one)) for one in cells])
        for record in records_of(atom, self.asking.definitions):
            without = diagrams.leaf(evaluate(atom, {record: None}) is True)
            is_there = self._truth(Compare(Comparison.NOT_EQUAL, Fact(record), Constant(Kind.RECORD, None)))
            node = diagrams.combine(lambda there, yes, no: yes if there is True else no, is_there, node, without)
        return node

    def scores(self, memory: Hashable) -> dict[str, int]:
        """Return the score of each question that is missing."""
        assert isinstance(memory, Model)
        return dict(self._scores(memory))

    def _scores(self, model: Model) -> Scores:
        """Return the scores of the rule for the amount."""
        met = (*model.requirements, *((model.lower_limit,) if model.lower_limit else ()))
        truths = [_truth_of(one) for one in met]
        if False in truths:
            return {}
        award = self.asking.decision.award
        amount = {} if award is None else self._amount_scores(award, model)
        if None not in truths:
            return amount
        outcome = [self._of_condition(model, one) for one in model.requirements]
        if award is not None and model.lower_limit is not None and _truth_of(model.lower_limit) is None:
            outcome.append(self._uncapped_scores(award, model))
        return _added(_raised(_added(*outcome)), amount)

    def _amount_scores(self, award: Award, model: Model) -> Scores:
        """Return the scores of `plafond`: if the amount is above the limit, then the limit, else the amount."""
        uncapped, limit = self._uncapped_scores(award, model), self._limit_scores(award, model)
        if not uncapped and not limit:
            return {}
        return _added(_raised(_added(limit, uncapped, limit)), uncapped, limit)

    def _uncapped_scores(self, award: Award, model: Model) -> Scores:
        """Return the scores of the rate (`variations`) times the cost; slices (`barème`) read the cost once each."""
        cost = {} if award.eligible_costs is None else self._of_facts(model, award.eligible_costs.total)
        found: list[Scores] = []
        slices, is_open = 1, False
        for condition, case in zip(model.rates, award.rates, strict=True):
            truth = _truth_of(condition)
            if truth is False:
                continue
            found.append(_raised(self._of_condition(model, condition)))
            slices = max(slices, len(case.rate.slices))
            is_open = is_open or truth is None
            if truth and not is_open:
                break
        times = 1 if slices == 1 else 1 + slices
        return _added(*found, *([cost] * times))

    def _limit_scores(self, award: Award, model: Model) -> Scores:
        """Return the scores of the upper limit: a `grille` reads its fact once, and once for each tier."""
        limit = award.upper_limit
        found = [self._of_facts(model, tier.amount) for tier in limit.tiers]
        if limit.by is not None:
            found = [*([self._of_facts(model, Fact(limit.by))] * (1 + len(limit.tiers))), *found]
        for condition, uplift in zip(model.uplifts, limit.uplifts, strict=True):
            if _truth_of(condition) is not False:
                found += [_raised(self._of_condition(model, condition)), self._of_facts(model, uplift.amount)]
        return _added(*found)

    def _of_condition(self, model: Model, condition: Condition) -> Scores:
        match condition:
            case bool():
                return {}
            case Atom(node, times):
                levels = sorted(self.asking.decision.diagrams.levels(node))
                names = (name for level in levels for name in sorted(self.asking.decision.variables[level].facts))
                return _added(*({question: times} for question in self._missing(model, names)))
            case Joined(parts, _):
                return _added(*(self._of_condition(model, part) for part in parts))
            case Opposite(part):
                return self._of_condition(model, part)

    def _of_facts(self, model: Model, expression: Expression) -> Scores:
        return dict.fromkeys(self._missing(model, sorted(facts_of(expression))), 1)

    def _missing(self, model: Model, names: Iterable[str]) -> list[str]:
        known = {*model.asked, *map(question_of, self.asking.given)}
        return [question_of(one) for one in names if one in self.asking.definitions and question_of(one) not in known]


def _told(asking: Asking, model: Model, cells: Mapping[int, int]) -> Model:
    def left(condition: Condition) -> Condition:
        match condition:
            case Atom(node, times):
                for level, cell in cells.items():
                    node = asking.cofactor(node, level, cell)
                return Atom(node, times) if node.children else node.value is True
            case Joined(parts, settled_by):
                open_parts = tuple(part for part in map(left, parts) if part is not (not settled_by))
                if settled_by in open_parts:
                    return settled_by
                return Joined(open_parts, settled_by) if open_parts else not settled_by
            case Opposite(part):
                after = left(part)
                return not after if isinstance(after, bool) else Opposite(after)
            case _:
                return condition

    lower = model.lower_limit
    if lower is not None:
        node = reduce(lambda node, one: asking.cofactor(node, *one), cells.items(), lower.node)
        lower = Atom(node, 1)
    return replace(
        model,
        requirements=tuple(map(left, model.requirements)),
        lower_limit=lower,
        rates=tuple(map(left, model.rates)),
        uplifts=tuple(map(left, model.uplifts)),
    )


def _truth_of(condition: Condition) -> bool | None:
    if isinstance(condition, Atom) and not condition.node.children:
        return condition.node.value is True
    return condition if isinstance(condition, bool) else None


def _atoms(condition: Condition) -> Iterator[Atom]:
    match condition:
        case Atom():
            yield condition
        case Joined(parts, _):
            for part in parts:
                yield from _atoms(part)
        case Opposite(part):
            yield from _atoms(part)


def _added(*scores: Scores) -> Scores:
    found: dict[str, int] = {}
    for one in scores:
        for name, score in one.items():
            found[name] = found.get(name, 0) + score
    return found


def _raised(scores: Scores) -> Scores:
    return {name: score + 1 for name, score in scores.items()}
