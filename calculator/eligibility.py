"""The verdict on an application: a decision and known facts go in, the exact outcome and its figures come out."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from calculator.award import Amount, Worth, causes_in_order, pays, rate_at
from calculator.decision import Decision, Judged, Standing
from calculator.diagram import Node, Readout, Restriction, read_to_tell
from calculator.drawing import both
from calculator.evaluation import Facts
from calculator.measures import Applicant
from calculator.points import counted, limits_on
from calculator.prospect import Prospect
from calculator.rulebook import Rate, SelectionItem


class Verdict(StrEnum):
    """What can be said for certain. CANNOT_TELL only where two ways of filling in what is missing differ."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    CANNOT_TELL = "cannot_tell"


_NO_COST = Worth(None)


class Figures(NamedTuple):
    """What a subsidy is worked out from; each is None while the facts leave it open."""

    rate: Rate | None
    upper_limit_yen: int | None
    eligible_cost_yen: int | None


@dataclass(slots=True, eq=False)
class Eligibility:
    """The answer of a `decision` for one frame in one round; never changed, and worked out as far as it is asked for.

    `missing` are the facts (and open points) that can still change the outcome or the amount; empty when nothing can.
    `left` is what the facts of the `applicant` leave of any diagram of the decision, `prospect` what may still come of
    it.
    """

    decision: Decision
    applicant: Applicant
    left: Restriction
    prospect: Prospect
    missing: tuple[str, ...]
    verdict: Verdict = field(init=False)
    _judged: tuple[Judged, ...] | None = None
    _figures: Figures | None = None

    def __post_init__(self) -> None:
        """Say what is certain."""
        if self.prospect.may_pass:
            self.verdict = Verdict.CANNOT_TELL if self.missing else Verdict.ELIGIBLE
        else:
            self.verdict = Verdict.NOT_ELIGIBLE

    @property
    def judged(self) -> tuple[Judged, ...]:
        """Return how each requirement stands."""
        if self._judged is None:
            self._judged = tuple(self.decision.judged.told(self.left))
        return self._judged

    @property
    def failed(self) -> tuple[str, ...]:
        """Return the requirements that fail for certain, or those that cannot all be met where each alone can."""
        if self.verdict is not Verdict.NOT_ELIGIBLE:
            return ()
        not_met = Standing.NOT_MET  # a member costs more to look up than all else
        failed = tuple([one.condition.code for one in self.judged if one.standing is not_met])
        return failed or _conflict(self.decision, self.left)

    @property
    def requirements_are_met(self) -> bool:
        """Say whether every requirement is met, whatever is still open of the amount."""
        return all(one.standing is Standing.MET for one in self.judged)

    @property
    def applicant_class(self) -> str | None:
        """Return the class of the applicant, or None while it is open or where there is none for it."""
        name = self._settled(self.decision.applicant_class)
        return name if isinstance(name, str) else None

    @property
    def figures(self) -> Figures:
        """Return what the subsidy is worked out from."""
        if self._figures is None:
            cost = _cost(self.decision, self.applicant).yen
            self._figures = Figures(self._rate(cost), self._limit(), cost)
        return self._figures

    @property
    def rate(self) -> Rate | None:
        """Return the rate, or None while the facts leave it open."""
        return self.figures.rate

    @property
    def upper_limit_yen(self) -> int | None:
        """Return the upper limit, or None while the facts leave it open."""
        return self.figures.upper_limit_yen

    @property
    def lower_limit_yen(self) -> int | None:
        """Return the lower limit, or None where none is printed."""
        award = self.decision.award
        return None if award is None or award.lower_limit is None else award.lower_limit.amount_yen

    @property
    def eligible_cost_yen(self) -> int | None:
        """Return the sum of the costs that count, or None while the facts leave it open."""
        return self.figures.eligible_cost_yen

    @property
    def amount(self) -> Amount | None:
        """Return the amount with its figures, or None while one of them is open."""
        rate, limit, cost = self.figures
        return None if rate is None or limit is None or cost is None else Amount(rate, limit, cost)

    @property
    def uncapped_yen(self) -> int | None:
        """Return rate x eligible cost in whole yen, or None while one of them is open; the limit need not be known."""
        rate, _, cost = self.figures
        return None if rate is None or cost is None else pays(rate, cost)

    @property
    def subsidy_yen(self) -> int | None:
        """Return what would be paid: 0 when not eligible, None while that is open."""
        if self.verdict is Verdict.NOT_ELIGIBLE:
            return 0
        amount = self.amount if self.verdict is Verdict.ELIGIBLE else None
        return None if amount is None else amount.subsidy_yen

    @property
    def points(self) -> tuple[tuple[SelectionItem, Standing], ...]:
        """Return how each point of the selection stands."""
        return tuple(zip(self.decision.rules.bonuses, self.decision.bonuses.told(self.left), strict=True))

    @property
    def deductions(self) -> tuple[tuple[SelectionItem, Standing], ...]:
        """Return how each deduction of the selection stands."""
        return tuple(zip(self.decision.rules.deductions, self.decision.deductions.told(self.left), strict=True))

    @property
    def points_met(self) -> int:
        """Return how many points of the selection count for certain."""
        return self._count_met(self.decision.rules.bonuses, self.decision.bonuses)

    @property
    def deductions_met(self) -> int:
        """Return how many deductions of the selection count for certain."""
        return self._count_met(self.decision.rules.deductions, self.decision.deductions)

    def _count_met(self, items: tuple[SelectionItem, ...], told: Readout[Standing]) -> int:
        standings, limits = told.told(self.left), self.decision.rules.point_limits
        if not limits:
            return standings.count(Standing.MET)
        found = [item.code for item, standing in zip(items, standings, strict=True) if standing is Standing.MET]
        return counted(found, limits_on([item.code for item in items], limits))

    def _limit(self) -> int | None:
        """Return the upper limit in yen, or None while that is open; two that are worked out may come to the same."""
        if self.decision.award is None:
            return None
        return self.decision.limits[self.left.ends_of(self.decision.limit)].yen(self.applicant.worth)

    def _rate(self, cost_yen: int | None) -> Rate | None:
        """Return the rate that holds in all cells that are possible, or None while that is open."""
        rates = self._settled(self.decision.rate)
        return None if rates is None else rate_at(rates, cost_yen)  # type: ignore[arg-type]  # the diagram ends in rates

    def _settled(self, node: Node) -> object:
        """Return the one value in which a diagram can still end, or None where there are several."""
        return self.decision.diagrams.only_value_of(self.left.ends_of(node))


def judge(decision: Decision, facts: Facts) -> Eligibility:
    """Return the exact answer of `decision` for `facts`."""
    applicant = Applicant.of(facts)
    left = decision.restriction(applicant)
    prospect = decision.course.left_in(left)
    return Eligibility(decision, applicant, left, prospect, what_matters(decision, prospect, applicant))


def what_matters(decision: Decision, prospect: Prospect, applicant: Applicant) -> tuple[str, ...]:
    """Return what can still change the outcome or the amount, given the `prospect` that is left for `applicant`.

    Amounts are not cut into cells: while the eligible cost or a limit is open and the application may pass, every yen
    of it changes the amount.
    """
    if not prospect.may_pass:
        return ()
    limits = decision.payable[prospect.ends]
    reads = _reads(decision, prospect, applicant) if limits.varying else prospect.reads
    causes = decision.causes(reads, applicant)
    missing = _cost(decision, applicant).missing
    if limits.varying:
        missing |= limits.missing(applicant.worth)
    if missing and not missing.issubset(causes):
        causes = (*causes, *causes_in_order(missing.difference(causes), decision.fact_order))
    open_award = decision.rules.open_award
    return causes if open_award is None else (*causes, open_award.point)


def _reads(decision: Decision, prospect: Prospect, applicant: Applicant) -> int:
    """Return a bit for each variable on which the outcome or the amount depends, as far as limits are worked out."""

    def told(leaf: Node) -> Hashable:
        match leaf.value, decision.payable[leaf.ends].yen(applicant.worth):
            case (rates, _), int() as limit_yen:
                return rates, limit_yen
            case _:
                return leaf

    return prospect._replace(payment=prospect.refused).reads | read_to_tell(prospect.payment, told)


def _cost(decision: Decision, applicant: Applicant) -> Worth:
    """Return the sum of the costs that count, where there is one."""
    return _NO_COST if decision.cost is None else applicant.worth(decision.cost)


def _conflict(decision: Decision, left: Restriction) -> tuple[str, ...]:
    """Return a smallest-by-removal set of requirements that no filling in meets together."""
    fails = decision.diagrams.leaf(False).ends
    kept = list(decision.conditions)
    for one in decision.conditions:
        others = [condition for condition in kept if condition is not one]
        together = decision.diagrams.leaf(True)
        for condition in others:
            together = decision.diagrams.combine(both, together, condition.node)
        if left.ends_of(together) == fails:
            kept = others
    return tuple(condition.code for condition in kept)
