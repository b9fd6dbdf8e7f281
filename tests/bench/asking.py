"""How many questions it takes to a definite answer: an order of asking is walked through for all applicants at once.

An applicant is a cell for each variable, independent of each other; `Weights` say how frequent each cell is. What is
known is a diagram that is left of the payment; applicants for whom the same is left are walked together, so that the
mean over all applicants is exact.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import product
from typing import Protocol, TypeAlias

from calculator.award import limits_that_vary
from calculator.decision import Decision
from calculator.diagram import Node
from calculator.eligibility import what_matters
from calculator.evaluation import Facts, FactValue, question_of
from calculator.expressions import OpenPoint, facts_of
from calculator.kinds import Kind
from calculator.measures import Applicant
from calculator.questions import Left, best_question
from calculator.rulebook import FactDefinition

Weights: TypeAlias = Sequence[Sequence[int]]
"""How frequent each cell of each variable is."""

Position: TypeAlias = tuple[Node, frozenset[str]]
"""What is left of the payment, and the questions that are answered and still count."""

MOST_POSITIONS = 200_000
"""Where the fewest questions are looked for among more positions than this, the search is given up."""

_ANY: Mapping[Kind, FactValue] = {
    Kind.YES_NO: True,
    Kind.PERCENT: Fraction(0),
    Kind.RATE: Fraction(0),
    Kind.DATE: date(2000, 1, 1),
    Kind.MOMENT: datetime(2000, 1, 1, tzinfo=UTC),
    Kind.LIST: (),
    Kind.RECORD: True,
}


class Order(Protocol):
    """An order of asking. It may remember what it likes of the answers (`memory`)."""

    def start(self) -> Hashable:
        """Return the memory before anything is asked."""

    def ask(self, asking: Asking, position: Position, memory: Hashable) -> str:
        """Return the next question."""

    def levels(self, asking: Asking, memory: Hashable, question: str) -> Sequence[int]:
        """Return the variables that the answer settles and of which the order wants to know the cells."""

    def told(self, asking: Asking, memory: Hashable, question: str, cells: Mapping[int, int]) -> Hashable:
        """Return the memory after the answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an order of asking costs: questions on average, and how many of them could not change the answer."""

    questions: float
    irrelevant: float
    positions: int


@dataclass(slots=True)
class Asking:
    """The asking about one decision; `given` is what nobody asks because the round gives it."""

    decision: Decision
    definitions: Mapping[str, FactDefinition]
    given: Facts
    weights: Weights
    start: Position = field(init=False)
    _amounts: frozenset[str] = field(init=False)
    _answers: dict[str, dict[str, FactValue]] = field(default_factory=dict)
    _read: dict[Node, frozenset[str]] = field(default_factory=dict)
    _left: dict[Position, Left] = field(default_factory=dict)
    _cofactors: dict[tuple[Node, int, int], Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        award = self.decision.award
        costs = [] if award is None or award.eligible_costs is None else [award.eligible_costs.total]
        limits = () if award is None else limits_that_vary(award.upper_limit)
        self._amounts = frozenset().union(*map(facts_of, (*costs, *limits)))
        for name, fact in self.definitions.items():
            self._answers.setdefault(question_of(name), {})[name] = _any_value(fact)
        node = whole(self.decision)
        for level, cells in self.decision.possible(self.given).items():
            if len(cells) == 1:
                node = self.cofactor(node, level, min(cells))
        self.start = (node, frozenset())

    def left(self, position: Position) -> Left:
        """Return what is left of the decision."""
        if position not in self._left:
            node, known = position
            answered = [self._answers[question] for question in known]
            facts = dict(item for facts in (*answered, self.given) for item in facts.items())
            applicant = Applicant(facts)
            prospect = self.decision.prospect.ending_in(node)
            matters = what_matters(self.decision, prospect, applicant)
            any_cells = (None,) * len(self.decision.variables)
            self._left[position] = Left.of_prospect(self.decision, applicant, prospect, any_cells, matters)
        return self._left[position]

    def settled_by(self, level: int, known: frozenset[str], question: str) -> bool:
        """Say whether variable `level` is settled by the answer to `question` after those `known`."""
        variable = self.decision.variables[level]
        if isinstance(variable.subject, OpenPoint):
            return False
        questions = {question_of(name) for name in variable.facts if name not in self.given}
        return question in questions and questions <= {*known, question}

    def after(
        self, position: Position, question: str, more: Sequence[int] = ()
    ) -> Iterator[tuple[int, Position, Mapping[int, int]]]:
        """Yield how frequent each answer is, the position after it, and the cells that it tells (of `more` too)."""
        node, known = position
        levels = sorted({*self.left(position).levels().get(question, ()), *more})
        for cells in product(*(range(len(self.weights[level])) for level in levels)):
            weight, left = 1, node
            for level, cell in zip(levels, cells, strict=True):
                weight *= self.weights[level][cell]
                left = self.cofactor(left, level, cell)
            if weight:
                yield weight, (left, self._still_count(left, {*known, question})), dict(zip(levels, cells, strict=True))

    def merged(self, position: Position, question: str) -> tuple[int, Mapping[Position, int]]:
        """Return how frequent all answers are together, and how frequent each position after them is."""
        found: dict[Position, int] = {}
        for weight, then, _ in self.after(position, question):
            found[then] = found.get(then, 0) + weight
        return sum(found.values()), found

    def mean(self, order: Order) -> Asked:
        """Return what `order` costs until no answer can change the outcome or the amount."""
        done: dict[tuple[Position, Hashable], tuple[float, float]] = {}

        def go(position: Position, memory: Hashable) -> tuple[float, float]:
            left = self.left(position)
            if not left.missing:
                return 0.0, 0.0
            key = (position, memory)
            if key not in done:
                question = order.ask(self, position, memory)
                all_weights, questions, irrelevant = 0, 0.0, 0.0
                more = order.levels(self, memory, question)
                then: dict[tuple[Position, Hashable], int] = {}
                for weight, place, cells in self.after(position, question, more):
                    following = (place, order.told(self, memory, question, cells))
                    then[following] = then.get(following, 0) + weight
                for (place, remembered), weight in then.items():
                    below = go(place, remembered)
                    all_weights += weight
                    questions += weight * below[0]
                    irrelevant += weight * below[1]
                done[key] = (
                    1 + questions / all_weights,
                    (question not in left.missing) + irrelevant / all_weights,
                )
            return done[key]

        questions, irrelevant = go(self.start, order.start())
        return Asked(questions, irrelevant, len(done))

    def fewest(self) -> Asked | None:
        """Return the fewest questions possible on average, or None where there are too many positions to try.

        Of the questions that either end everything or leave one and the same, only the likeliest to end it is tried:
        to swap two of them in any order of asking, so that the likelier one comes first, never costs more.
        """
        done: dict[Position, float] = {}

        def go(position: Position) -> float:
            if position in done:
                return done[position]
            if len(done) > MOST_POSITIONS:
                raise _TooManyPositionsError
            missing = self.left(position).missing
            tried = [self.merged(position, question) for question in missing]
            ending = [one for one in tried if self._ends_or_leaves_one(one[1])]
            if ending:
                likeliest = max(ending, key=lambda one: Fraction(self._ended(one[1]), one[0]))
                tried = [likeliest, *(one for one in tried if not self._ends_or_leaves_one(one[1]))]
            done[position] = min(
                (1 + sum(weight * go(then) for then, weight in found.items()) / total for total, found in tried),
                default=0.0,
            )
            return done[position]

        try:
            return Asked(go(self.start), 0.0, len(done))
        except _TooManyPositionsError:
            return None

    def cofactor(self, node: Node, level: int, cell: int) -> Node:
        """Return what is left of `node` when variable `level` is in `cell`, as a node that is kept."""
        if not node.reads >> level & 1:
            return node
        if node.level == level:
            return node.children[cell]
        key = (node, level, cell)
        if key not in self._cofactors:
            below = [self.cofactor(child, level, cell) for child in node.children]
            self._cofactors[key] = self.decision.diagrams.branch(node.level, below)
        return self._cofactors[key]

    def _still_count(self, node: Node, known: set[str]) -> frozenset[str]:
        """Return those of `known` on which it still depends what is asked."""
        if node not in self._read:
            variables = [self.decision.variables[level] for level in self.decision.diagrams.levels(node)]
            amounts = self._amounts if node.children or node.value is not None else ()
            names = {name for variable in variables for name in variable.facts}
            self._read[node] = frozenset(question_of(name) for name in {*names, *amounts})
        return self._read[node] & known

    def _ends_or_leaves_one(self, found: Mapping[Position, int]) -> bool:
        return len(found) == 2 and self._ended(found) > 0

    def _ended(self, found: Mapping[Position, int]) -> int:
        refused = self.decision.diagrams.leaf(None)
        return sum(weight for (node, _), weight in found.items() if node is refused)


class _TooManyPositionsError(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Ours:
    """The order of `--next`."""

    def start(self) -> Hashable:
        return None

    def ask(self, asking: Asking, position: Position, memory: Hashable) -> str:
        asked = best_question([asking.left(position)])
        assert asked is not None
        return question_of(asked)

    def levels(self, asking: Asking, memory: Hashable, question: str) -> Sequence[int]:
        return ()

    def told(self, asking: Asking, memory: Hashable, question: str, cells: Mapping[int, int]) -> Hashable:
        return None


@dataclass(frozen=True, slots=True)
class FormOrder:
    """The order of the form: every question of the rule set, or only those that can still change the answer."""

    skips_irrelevant: bool

    def start(self) -> Hashable:
        return 0

    def ask(self, asking: Asking, position: Position, memory: Hashable) -> str:
        if self.skips_irrelevant:
            return min(asking.left(position).missing, key=list(asking.definitions).index)
        assert isinstance(memory, int)
        return self.questions(asking)[memory]

    def levels(self, asking: Asking, memory: Hashable, question: str) -> Sequence[int]:
        return ()

    def told(self, asking: Asking, memory: Hashable, question: str, cells: Mapping[int, int]) -> Hashable:
        assert isinstance(memory, int)
        return 0 if self.skips_irrelevant else memory + 1

    @staticmethod
    def questions(asking: Asking) -> list[str]:
        """Return every question that can matter, in the order of the form."""
        missing = asking.left(asking.start).missing
        return [name for name in asking.definitions if name in missing]


def whole(decision: Decision) -> Node:
    """Return what may come of an application as one diagram."""
    prospect = decision.prospect
    return decision.diagrams.combine(
        lambda payment, *taken: payment if all(taken) else None, prospect.payment, *prospect.hurdles
    )


def equal_weights(decision: Decision) -> Weights:
    """Return that every cell is as frequent as every other."""
    return [[1] * len(variable.representatives) for variable in decision.variables]


def frequencies(decision: Decision, applicants: Sequence[Facts]) -> Weights:
    """Return how many of `applicants` are in each cell, and one more, so that no cell is impossible."""
    weights = [[1] * len(variable.representatives) for variable in decision.variables]
    for facts in applicants:
        for level, cells in decision.possible(facts).items():
            if len(cells) == 1:
                weights[level][min(cells)] += 1
    return weights


def _any_value(fact: FactDefinition) -> FactValue:
    """Return some value of `fact`: only whether it is known counts here, the cells are in the diagram."""
    return fact.choices[0].name if fact.choices else _ANY.get(fact.kind, 7)
