"""Groups of applicants: a decision and the members' figures go in, what the group and each member get come out."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.award import Rates, Worth, causes_in_order, pays, worth_for
from calculator.decision import Decision
from calculator.eligibility import Eligibility, Verdict, judge
from calculator.evaluation import Facts
from calculator.rulebook import Consortium, JointApplication, Pool, Rate


@dataclass(frozen=True, slots=True)
class JointAnswer:
    """What a joint application gets; amounts in yen, None while they are open, `payable_yen` 0 when it fails."""

    verdict: Verdict
    missing: tuple[str, ...]
    requested_yen: int | None
    payable_yen: int | None
    upper_limit_yen: int | None


@dataclass(frozen=True, slots=True)
class ConsortiumAnswer:
    """What a consortium gets; amounts in yen, None while they are open.

    `member_subsidies_yen` is in the order of the members, None too where no costs are stated (there is none).
    """

    verdict: Verdict
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    rate: Rate | None
    member_limit_yen: int | None
    pool_yen: int | None
    group_limit_yen: int | None
    member_subsidies_yen: tuple[int, ...] | None

    @property
    def total_yen(self) -> int | None:
        """Return what all members get together."""
        return None if self.member_subsidies_yen is None else sum(self.member_subsidies_yen)


@dataclass(frozen=True, slots=True)
class _Share:
    """What one member gets: `subsidy_yen`, or None while `missing` facts leave it open."""

    subsidy_yen: int | None
    missing: frozenset[str] = frozenset()


def judge_joint(decision: Decision, joint: JointApplication, facts: Facts) -> tuple[Eligibility, JointAnswer]:
    """Return how the group's requirements stand, and what it may be paid."""
    result = judge(decision, facts)
    requested = worth_for(joint.requested, facts)
    is_refused = result.verdict is Verdict.NOT_ELIGIBLE
    missing = () if is_refused else _with(decision, result.missing, requested.missing)
    limit = result.upper_limit_yen
    payable = None if requested.yen is None or limit is None or missing else min(requested.yen, limit)
    return result, JointAnswer(
        verdict=_verdict(result, missing),
        missing=missing,
        requested_yen=requested.yen,
        payable_yen=0 if is_refused else payable,
        upper_limit_yen=limit,
    )


def judge_consortium(decision: Decision, consortium: Consortium, facts: Facts) -> tuple[Eligibility, ConsortiumAnswer]:
    """Return how the requirements stand, and what each member and the whole group get."""
    result = judge(decision, facts)
    size = facts.get(consortium.size)
    pool_worth = Worth(0) if consortium.pool is None else worth_for(consortium.pool.amount, facts)
    pool = pool_worth.yen
    limit = result.upper_limit_yen
    group = None if limit is None or pool is None or not isinstance(size, int) else limit * size + pool
    shares = _shares(consortium, _payments(decision, result), facts)
    failed = (*result.failed, *_exceeded(consortium.pool, pool, facts))
    missing = _with(decision, result.missing, pool_worth.missing.union(*(share.missing for share in shares)))
    is_refused = bool(failed)
    is_told = not is_refused and not missing and isinstance(facts.get(consortium.costs), tuple)
    return result, ConsortiumAnswer(
        verdict=Verdict.NOT_ELIGIBLE if is_refused else _verdict(result, missing),
        failed=failed,
        missing=() if is_refused else missing,
        rate=result.rate,
        member_limit_yen=limit,
        pool_yen=pool,
        group_limit_yen=group,
        member_subsidies_yen=tuple(share.subsidy_yen or 0 for share in shares) if is_told else None,
    )


def _verdict(result: Eligibility, missing: tuple[str, ...]) -> Verdict:
    if result.verdict is Verdict.NOT_ELIGIBLE:
        return Verdict.NOT_ELIGIBLE
    return Verdict.CANNOT_TELL if missing else Verdict.ELIGIBLE


def _with(decision: Decision, missing: tuple[str, ...], more: frozenset[str]) -> tuple[str, ...]:
    return (*missing, *causes_in_order(more - frozenset(missing), decision.fact_order))


def _payments(decision: Decision, result: Eligibility) -> frozenset[tuple[Rates, int | None]]:
    """Return all rates and limits (None while it is open) by which a member may still be paid."""
    left, facts = decision.diagrams.values(result.prospect.payment), result.applicant
    return frozenset(
        (rates, None if limit is None else worth_for(limit, facts).yen)
        for rates, limit in (one for one in left if isinstance(one, tuple))
    )


def _shares(consortium: Consortium, payments: frozenset[tuple[Rates, int | None]], facts: Facts) -> tuple[_Share, ...]:
    """Return what each member gets; while the list of costs has not one row a member, one share that lacks it."""
    if consortium.costs not in facts:
        return (_share(consortium, payments, None, 0, facts),)
    rows = facts[consortium.costs]
    if not isinstance(rows, tuple):
        return ()
    if len(rows) != facts.get(consortium.size, len(rows)):
        return (_Share(None, frozenset({consortium.costs})),)
    return tuple(
        _share(consortium, payments, row.get(consortium.field), place, facts) for place, row in enumerate(rows)
    )


def _share(
    consortium: Consortium, payments: frozenset[tuple[Rates, int | None]], cost: object, place: int, facts: Facts
) -> _Share:
    """Return what a member gets; what it takes of the pool is needed only where it may be paid above its limit."""
    pool = consortium.pool
    may_exceed = not isinstance(cost, int) or any(
        limit is None or _least(rates, cost) > limit for rates, limit in payments
    )
    allotted = _allotted(pool, place, facts) if pool is not None and may_exceed else 0
    missing = frozenset(() if isinstance(cost, int) else (consortium.costs,))
    if pool is not None and allotted is None:
        missing |= {pool.allocation}
    match [*payments]:
        case [(rates, int(limit))] if isinstance(cost, int) and allotted is not None:
            return _Share(min(_least(rates, cost), limit + allotted))
        case _:
            return _Share(None, missing)


def _least(rates: Rates, cost_yen: int) -> int:
    return min(pays(rate, cost_yen) for rate in rates)


def _exceeded(pool: Pool | None, amount: int | None, facts: Facts) -> tuple[str, ...]:
    """Return the code that fails where the members take more of the pool than there is."""
    rows = () if pool is None else facts.get(pool.allocation, ())
    if pool is None or amount is None or not isinstance(rows, tuple):
        return ()
    taken = sum(share for row in rows if isinstance(share := row.get(pool.field), int))
    return (pool.code,) if taken > amount else ()


def _allotted(pool: Pool, place: int, facts: Facts) -> int | None:
    """Return what a member takes of the pool, or None while that is not known; no allocation at all is nothing."""
    if pool.allocation not in facts:
        return None
    rows = facts[pool.allocation]
    if not isinstance(rows, tuple):
        return 0
    amount = rows[place].get(pool.field) if place < len(rows) else None
    return amount if isinstance(amount, int) else None
