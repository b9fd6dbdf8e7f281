"""Which question to ask next: the one whose answer is likely to leave the least to ask."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from calculator.decision import Decision, Possible
from calculator.diagram import Node
from calculator.eligibility import what_matters
from calculator.evaluation import Facts


def next_question(decision: Decision, facts: Facts) -> str | None:
    """Return the fact to ask for, or None when no answer can change the outcome or the amount any more.

    Every cell of an answer counts as equally likely; between equals the one that is defined first is asked.
    """
    possible = decision.possible(facts)
    payment = decision.left(decision.payment, possible)
    askable = [name for name in what_matters(decision, payment, facts) if name not in decision.open_points]
    return min(askable, key=lambda name: _left_to_ask(decision, payment, facts, possible, name), default=None)


def _left_to_ask(decision: Decision, payment: Node, facts: Facts, possible: Possible, name: str) -> Fraction:
    """Return how many facts matter, on average over the answers, once `name` is known."""
    levels = [level for level, variable in enumerate(decision.variables) if name in variable.facts]
    answers = list(product(*(sorted(possible[level]) for level in levels)))
    left = 0
    for cells in answers:
        after = decision.diagrams.restrict(
            payment, {level: frozenset({cell}) for level, cell in zip(levels, cells, strict=True)}
        )
        left += len(set(what_matters(decision, after, facts)) - {name})
    return Fraction(left, len(answers))
