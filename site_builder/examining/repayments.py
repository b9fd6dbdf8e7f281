"""Proof that two rules of repayment give everybody the same answer, also whoever leaves something open.

`calculator.repayment` does not decide in one diagram. It goes through the cases with what is known, passes over what
nobody has pleaded, and tells what it has assumed; so it is not enough that two rules are one function of all that could
be answered. What is proved rests on three things:

- A case that counts only if it is stated differs from any other in the facts that may be pleaded in it, and in nothing
  else. Where there are none, it is a case like any other.
- A case of a part that cannot be the first to hold while no case of the whole does is idle: no figure rests on it, nor
  what is missing, whatever stands in it.
- What idle cases can still change while something is not known are the pleas that are assumed, and the amounts of which
  `calculator.worst_repayment` takes the worst. Both are drawn over what may be known, and compared.

The cases that pages list are no answer, and are not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from calculator.cells import records_of
from calculator.diagram import Node
from calculator.drawing import Drawing
from calculator.expressions import AllOf, Expression, Fact, Not, facts_of
from calculator.kinds import Kind
from calculator.repayment import stated_alone
from calculator.rulebook import Clawback, ClawbackCase, FactDefinition, constant_yen
from site_builder.examining.essence import essence_of
from site_builder.examining.partly_known import Holds, PartlyKnown

Definitions: TypeAlias = Mapping[str, FactDefinition]

Found: TypeAlias = tuple[frozenset[Hashable], bool]
"""What is found in a list of cases as far as one can be reached, and whether one of them holds for certain."""


def repay_alike(one: Clawback, other: Clawback, facts: Definitions) -> bool:
    """Say whether it is proved that nobody, whatever is known of them, gets another answer under `other`.

    The answer is the yen of each part and in all, the reason, what is missing and what is assumed, and before a grant
    the worst in yen.
    """
    if essence_of(one.total) != essence_of(other.total) or _names(one) != _names(other):
        return False
    first, second = (_Lists.of(rules, facts) for rules in (one, other))
    if first.lists == second.lists:
        return True
    conditions = [*_conditions(one), *_conditions(other)]
    if first.whole != second.whole or not all(_is_known_by_itself(one, facts) for one in conditions):
        return False
    drawing = Drawing.over(conditions, facts)
    if first.without_idle_cases(drawing) != second.without_idle_cases(drawing):
        return False
    partly = PartlyKnown.over(drawing.variables)
    return first.assumed(partly) == second.assumed(partly) and first.worst(partly) == second.worst(partly)


def idle_cases(rules: Clawback, facts: Definitions) -> frozenset[tuple[str, int]]:
    """Return the idle cases by the name of their part and their place in it; the first of a part is never among them.

    The calculator takes the first case of a part for the duty fulfilled, wherever it stands.
    """
    drawing, lists = Drawing.over(_conditions(rules), facts), _Lists.of(rules, facts)
    return frozenset(
        (part.name, at)
        for part, cases in zip(rules.parts, lists.parts, strict=True)
        for at in range(1, len(cases))
        if lists.is_idle(cases, at, drawing)
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """All that is read of a case; `pleas` are the facts without which it is passed over, as nobody states them."""

    when: Expression | None
    amount: Expression
    reason: str
    pleas: frozenset[str]

    @classmethod
    def of(cls, case: ClawbackCase, alone: frozenset[str]) -> _Case:
        read = frozenset() if case.when is None else facts_of(case.when)
        return cls(case.when, case.amount, case.reason, read & alone if case.counts_only_if_stated else frozenset())


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of cases of one repayment: that of the whole, and one for each part."""

    whole: tuple[_Case, ...]
    parts: tuple[tuple[_Case, ...], ...]
    ceiling: Expression

    @classmethod
    def of(cls, rules: Clawback, facts: Definitions) -> _Lists:
        alone = stated_alone(rules) & facts.keys()
        whole, *parts = (
            tuple(_Case.of(one, alone) for one in cases) for cases in (rules.whole, *(one.cases for one in rules.parts))
        )
        return cls(whole, tuple(parts), rules.total.ceiling)

    @property
    def lists(self) -> tuple[tuple[_Case, ...], ...]:
        return (self.whole, *self.parts)

    def without_idle_cases(self, drawing: Drawing) -> list[list[_Case]]:
        return [
            [one for at, one in enumerate(cases) if not at or not self.is_idle(cases, at, drawing)]
            for cases in self.parts
        ]

    def is_idle(self, cases: Sequence[_Case], at: int, drawing: Drawing) -> bool:
        """Say whether the case there cannot be the first to hold while none of the whole does.

        A case that is passed over while nobody pleads it keeps no other from being the first.
        """
        before = [one for one in (*self.whole, *cases[:at]) if not one.pleas]
        if any(one.when is None for one in before):
            return True
        conditions = [Not(one.when) for one in before if one.when is not None]
        when = cases[at].when
        node = drawing.node(AllOf((*conditions, *(() if when is None else (when,)))))
        return not node.children and node.value is False

    def assumed(self, partly: PartlyKnown) -> Node:
        """Return the diagram of the pleas that are assumed not to be made."""
        found = [_walked(cases, partly, _assumed_in) for cases in self.lists]
        return partly.diagrams.combine(_assumed_together, *found)

    def worst(self, partly: PartlyKnown) -> Node:
        """Return the diagram of the amounts that can still be asked back: of the whole, and of each part.

        Where the whole can come to the ceiling, no part can come to more.
        """

        def together(whole: Found, *parts: Found) -> Hashable:
            amounts, is_closed = whole
            return amounts, () if is_closed or self.ceiling in amounts else tuple(some for some, _ in parts)

        return partly.diagrams.combine(together, *(_walked(cases, partly, _possible_in) for cases in self.lists))


def _walked(cases: Iterable[_Case], partly: PartlyKnown, step: Callable[[_Case, Holds, Found], Found]) -> Node:
    """Return the diagram of what is found in a list of cases, `step` being told what is found after each."""
    node = partly.diagrams.leaf((frozenset(), False))
    for case in reversed(tuple(cases)):
        holds = partly.diagrams.leaf(True) if case.when is None else partly.holds(case.when)
        node = partly.diagrams.combine(partial(step, case), holds, node)
    return node


def _assumed_in(case: _Case, holds: Holds, after: Found) -> Found:
    """Return what is assumed from `case` on, as `calculator.repayment` passes over what nobody pleads."""
    assumed, is_closed = after
    if isinstance(holds, frozenset):
        return assumed | (holds & case.pleas), is_closed
    return (frozenset(), True) if holds else after


def _assumed_together(whole: Found, *parts: Found) -> Hashable:
    assumed, is_closed = whole
    return assumed if is_closed else assumed.union(*(some for some, _ in parts))


def _possible_in(case: _Case, holds: Holds, after: Found) -> Found:
    """Return the amounts that are possible from `case` on, as `calculator.worst_repayment` goes through them."""
    if holds is False:
        return after
    own: frozenset[Hashable] = frozenset() if constant_yen(case.amount) == 0 else frozenset({case.amount})
    return (own, True) if holds is True else (own | after[0], after[1])


def _names(rules: Clawback) -> list[str]:
    return [part.name for part in rules.parts]


def _conditions(rules: Clawback) -> Iterator[Expression]:
    for case in (*rules.whole, *(case for part in rules.parts for case in part.cases)):
        if case.when is not None:
            yield case.when


def _is_known_by_itself(condition: Expression, facts: Definitions) -> bool:
    """Say whether nothing in it hangs on a record that may not be there, or may be "there is none" for yes or no."""
    names = sorted(facts_of(condition))
    return not any(records_of(Fact(name), facts) or _may_be_no_answer(facts[name]) for name in names)


def _may_be_no_answer(fact: FactDefinition) -> bool:
    return fact.kind is Kind.YES_NO and fact.optional
