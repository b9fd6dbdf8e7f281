"""The verdict on an application: a decision and known facts go in, the exact outcome and its figures come out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from calculator.award import Amount, causes_in_order, eligible_cost, pays, rate_at, what_settles, whole_yen
from calculator.decision import Condition, Decision, Possible
from calculator.diagram import Node
from calculator.evaluation import Facts
from calculator.expressions import Expression
from calculator.rulebook import Rate, SelectionItem


class Verdict(StrEnum):
    """What can be said for certain. CANNOT_TELL only where two ways of filling in what is missing differ."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    CANNOT_TELL = "cannot_tell"


class Standing(StrEnum):
    """How one requirement, point or deduction stands."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Judged:
    """One requirement and how it stands for the facts."""

    condition: Condition
    standing: Standing


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The answer for one frame in one round.

    `rate`, `upper_limit_yen`, `eligible_cost_yen` and `amount` are None while the facts leave them open. `missing` are
    the facts (and open points) that can still change the outcome or the amount; empty when nothing can.
    `lower_limit_yen` is None where none is printed. `possible` and `payment` are what the facts leave of the decision.
    """

    verdict: Verdict
    judged: tuple[Judged, ...]
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    requirements_are_met: bool
    applicant_class: str | None
    rate: Rate | None
    upper_limit_yen: int | None
    lower_limit_yen: int | None
    eligible_cost_yen: int | None
    amount: Amount | None
    points: tuple[tuple[SelectionItem, Standing], ...]
    deductions: tuple[tuple[SelectionItem, Standing], ...]
    possible: Possible
    payment: Node

    @property
    def uncapped_yen(self) -> int | None:
        """Return rate x eligible cost in whole yen, or None while one of them is open; the limit need not be known."""
        if self.rate is None or self.eligible_cost_yen is None:
            return None
        return pays(self.rate, self.eligible_cost_yen)

    @property
    def subsidy_yen(self) -> int | None:
        """Return what would be paid: 0 when not eligible, None while that is open."""
        match self.verdict:
            case Verdict.NOT_ELIGIBLE:
                return 0
            case Verdict.ELIGIBLE if self.amount is not None:
                return self.amount.subsidy_yen
            case _:
                return None


def judge(decision: Decision, facts: Facts) -> Eligibility:
    """Return the exact answer of `decision` for `facts`."""
    possible = decision.possible(facts)
    judged = tuple(Judged(one, standing(decision, one.node, possible)) for one in decision.conditions)
    payment = decision.left(decision.payment, possible)
    award = decision.award
    cost = None if award is None else eligible_cost(award, facts)
    rate, limit = rate_of(decision, possible, cost), limit_of(decision, possible, facts)
    missing = what_matters(decision, payment, facts)
    return Eligibility(
        verdict=_verdict(decision, payment, missing),
        judged=judged,
        failed=_failed(decision, judged, payment, possible),
        missing=missing,
        requirements_are_met=all(one.standing is Standing.MET for one in judged),
        applicant_class=_class_of(decision, possible),
        rate=rate,
        upper_limit_yen=limit,
        lower_limit_yen=None if award is None or award.lower_limit is None else award.lower_limit.amount_yen,
        eligible_cost_yen=cost,
        amount=_amount(rate, limit, cost),
        points=tuple((one, standing(decision, node, possible)) for one, node in decision.bonuses),
        deductions=tuple((one, standing(decision, node, possible)) for one, node in decision.deductions),
        possible=possible,
        payment=payment,
    )


def standing(decision: Decision, node: Node, possible: Possible) -> Standing:
    """Return how a condition stands: CANNOT_TELL only where `possible` cells leave both open."""
    left = decision.left(node, possible)
    if not decision.diagrams.is_leaf(left):
        return Standing.CANNOT_TELL
    return Standing.MET if decision.diagrams.value(left) is True else Standing.NOT_MET


def what_matters(decision: Decision, payment: Node, facts: Facts) -> tuple[str, ...]:
    """Return what can still change the outcome or the amount, given the `payment` that is left for `facts`.

    Amounts are not cut into cells: while the eligible cost or a limit is open and the application may pass, every yen
    of it changes the amount.
    """
    causes = () if _is_one_payment(decision, payment, facts) else decision.causes(payment, facts)
    if not may_pass(decision, payment):
        return causes
    amounts = frozenset().union(*(what_settles(one, facts) for one in _amounts_left(decision, payment)))
    later = causes_in_order(amounts - frozenset(causes), decision.fact_order)
    open_award = decision.rules.open_award
    return (*causes, *later, *(() if open_award is None else (open_award.point,)))


def _is_one_payment(decision: Decision, payment: Node, facts: Facts) -> bool:
    """Say whether all payments that are left are one rate up to limits that are known and come to the same."""
    payments = {
        (one[0], None if one[1] is None else whole_yen(one[1], facts)) if isinstance(one, tuple) else None
        for one in decision.diagrams.values(payment)
    }
    return len(payments) == 1 and all(one is None or one[1] is not None for one in payments)


def rate_of(decision: Decision, possible: Possible, cost_yen: int | None) -> Rate | None:
    """Return the rate that holds in all `possible` cells, or None while that is open."""
    rates = _settled(decision, decision.rate, possible)
    return None if rates is None else rate_at(rates, cost_yen)  # type: ignore[arg-type]  # the diagram ends in rates


def limit_of(decision: Decision, possible: Possible, facts: Facts) -> int | None:
    """Return the upper limit in yen, or None while that is open."""
    if decision.award is None:
        return None
    limits = decision.diagrams.values(decision.left(decision.limit, possible))
    return _one_of({whole_yen(limit, facts) for limit in limits})  # type: ignore[arg-type]  # they are amounts


def _one_of(amounts: set[int | None]) -> int | None:
    """Return what `amounts` come to where that is one, such as two limits that are worked out and are the same."""
    return amounts.pop() if len(amounts) == 1 else None


def _amounts_left(decision: Decision, payment: Node) -> list[Expression]:
    """Return the amounts that can still be paid by: the eligible cost, and every upper limit that may apply."""
    award = decision.award
    costs = [] if award is None or award.eligible_costs is None else [award.eligible_costs.total]
    payments = [one for one in decision.diagrams.values(payment) if isinstance(one, tuple)]
    return [*costs, *(limit for _, limit in payments if limit is not None)]


def may_pass(decision: Decision, payment: Node) -> bool:
    """Say whether some way of filling in what is missing makes the application eligible."""
    return decision.diagrams.values(payment) != {None}


def _verdict(decision: Decision, payment: Node, missing: tuple[str, ...]) -> Verdict:
    if not may_pass(decision, payment):
        return Verdict.NOT_ELIGIBLE
    return Verdict.CANNOT_TELL if missing else Verdict.ELIGIBLE


def _failed(decision: Decision, judged: tuple[Judged, ...], payment: Node, possible: Possible) -> tuple[str, ...]:
    """Return the requirements that fail for certain, or those that cannot all be met together where each alone can."""
    failed = tuple(one.condition.code for one in judged if one.standing is Standing.NOT_MET)
    return failed if failed or may_pass(decision, payment) else _conflict(decision, possible)


def _conflict(decision: Decision, possible: Possible) -> tuple[str, ...]:
    """Return a smallest-by-removal set of requirements that no filling in meets together."""
    kept = list(decision.conditions)
    for one in decision.conditions:
        others = [condition for condition in kept if condition is not one]
        together = decision.diagrams.leaf(True)
        for condition in others:
            together = decision.diagrams.combine(lambda a, b: a is True and b is True, together, condition.node)
        if decision.diagrams.values(decision.left(together, possible)) == {False}:
            kept = others
    return tuple(condition.code for condition in kept)


def _settled(decision: Decision, node: Node, possible: Possible) -> object:
    left = decision.left(node, possible)
    return decision.diagrams.value(left) if decision.diagrams.is_leaf(left) else None


def _class_of(decision: Decision, possible: Possible) -> str | None:
    name = _settled(decision, decision.applicant_class, possible)
    return name if isinstance(name, str) else None


def _amount(rate: Rate | None, limit: int | None, cost: int | None) -> Amount | None:
    return None if rate is None or limit is None or cost is None else Amount(rate, limit, cost)
