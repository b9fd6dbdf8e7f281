"""What an application may still come to: independent hurdles that must be taken, and what is paid for it then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from calculator.diagram import Cells, Diagrams, Node, Restriction
from calculator.lookup import Lookup


class Prospect(NamedTuple):
    """The `hurdles`, which end in True or False, and the `payment` of an application that takes all of them.

    The payment ends in what is paid, or in None (the leaf `refused`) where the application is not eligible either way.
    `taken` and `missed` are the leaves True and False.
    No two of these diagrams read the same variable. So all that can be taken or paid at all can be so together, and
    the diagrams stay small: one of everything would repeat the payment for every way to take the hurdles.
    """

    hurdles: tuple[Node, ...]
    payment: Node
    refused: Node
    taken: Node
    missed: Node

    @property
    def reads(self) -> int:
        """Return a bit for each variable on which it depends what comes of the application."""
        reads = self.payment.reads
        for hurdle in self.hurdles:
            reads |= hurdle.reads
        return reads

    @property
    def ends(self) -> int:
        """Return a bit for each payment that is possible, and for None where a refusal is."""
        return self.payment.ends | self.refused.ends if self.hurdles else self.payment.ends

    @property
    def may_pass(self) -> bool:
        """Say whether some way of filling in what is missing makes the application eligible."""
        return self.payment is not self.refused

    def ending_in(self, payment: Node) -> Prospect:
        """Return that nothing is open but the payment that is left."""
        return Prospect((), payment, self.refused, self.taken, self.missed)

    def left_in(self, restriction: Restriction) -> Prospect:
        """Return what is left where variables are only in some of their cells: no hurdle that is taken for certain."""
        hurdles = []
        for hurdle in self.hurdles:
            left = restriction.left_of(hurdle)
            if left.children:
                hurdles.append(left)
            elif left is not self.taken:
                return self.ending_in(self.refused)
        payment = restriction.left_of(self.payment)
        return Prospect(
            tuple(hurdles) if payment is not self.refused else (), payment, self.refused, self.taken, self.missed
        )

    def settling(self, leaf: Node) -> dict[int, int]:
        """Return a bit for each cell of a variable that leaves `leaf`, a payment or `refused`, if it alone is known."""
        hurdles, payment = self.hurdles, self.payment
        if hurdles and leaf is not self.refused:
            return {**hurdles[0].settling(self.taken)} if len(hurdles) == 1 and payment is leaf else {}
        settling = {**payment.settling(leaf)}
        for hurdle in hurdles:
            settling |= hurdle.settling(self.missed)
        return settling


@dataclass(frozen=True, slots=True)
class Course:
    """A prospect ready for many applicants: what is left of its `low` hurdles, of one variable each, is looked up.

    `low` has the variable of each with what is left of it by the cells of this variable; `rest` is all else, and
    `refusal` what is left of everything where a hurdle cannot be taken.
    """

    low: tuple[tuple[int, Mapping[Cells | None, Node]], ...]
    rest: Prospect
    refusal: Prospect

    @classmethod
    def of(cls, diagrams: Diagrams, prospect: Prospect) -> Course:
        """Return the course that is the same as `prospect`."""
        low = [one for one in prospect.hurdles if one.reads.bit_count() == 1]
        high = tuple([one for one in prospect.hurdles if one not in low])
        looked_up = tuple((one.level, Lookup(partial(diagrams.left_alone, one))) for one in low)
        return cls(looked_up, prospect._replace(hurdles=high), prospect.ending_in(prospect.refused))

    def left_in(self, restriction: Restriction) -> Prospect:
        """Return what is left where variables are only in some of their cells, as `Prospect.left_in` does."""
        possible, taken, hurdles = restriction.possible, self.rest.taken, []
        for level, left_by_cells in self.low:
            left = left_by_cells[possible[level]]
            if left.children:
                hurdles.append(left)
            elif left is not taken:
                return self.refusal
        rest = self.rest.left_in(restriction)
        if not rest.may_pass:
            return self.refusal
        return Prospect((*hurdles, *rest.hurdles), *rest[1:]) if hurdles else rest
