"""Hand-written answers to the made-up rounds of tests/made: no rule file and no diagram is read here.

Every function takes a case in which everything is known, as the assess contract has it. What an answer leaves open (a
certificate that is applied for) stands in the case too, as `open:<fact>`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any, TypeAlias

Case: TypeAlias = Mapping[str, Any]

MAN = 10_000
DEADLINE = date(2024, 3, 1)
HALF, THIRD, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(3, 4)


@dataclass(frozen=True, slots=True)
class Terms:
    """What one round says: yen, shares, and the head count from which an action plan is needed."""

    border: int = 1500 * MAN
    small: Fraction = TWO_THIRDS
    most: int = 8000 * MAN
    plan_from: int = 21
    growth: Fraction = Fraction(2)
    least: int = 80 * MAN


ROUNDS = {
    17: Terms(),
    19: Terms(1200 * MAN, Fraction(3, 5), 7000 * MAN, 31, Fraction(5, 2), 120 * MAN),
    21: Terms(),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a case in which everything is known; without an award, there are no figures."""

    failed: frozenset[str]
    rate: str | None = None
    uncapped_yen: int | None = None
    upper_limit_yen: int | None = None
    eligible_cost_yen: int | None = None

    @property
    def subsidy_yen(self) -> int:
        """Return what is paid."""
        if self.failed or self.uncapped_yen is None or self.upper_limit_yen is None:
            return 0
        return min(self.uncapped_yen, self.upper_limit_yen)


def made_to_order(case: Case, terms: Terms) -> Answer:
    """Slices of cost inside tiers by head count, with uplifts, of which one reads a record."""
    failed = _basic(case, terms)
    machines = [row for row in case["costs"] if row["category"] == "machinery"]
    if max([row["unit_price_yen"] or 0 for row in machines], default=0) < 50 * MAN:
        failed.append("investment.unit_price")
    earlier = case["earlier"] or []
    too_many = sum(row["programme"] == "same" for row in earlier) >= 2
    too_much = sum(min(row["amount_yen"], 500 * MAN) for row in earlier) > 800 * MAN
    if too_many or too_much or (_part(case, "amended") and not case["disaster"]):
        failed.append("history.none")
    staff, cost = case["regular_employees"], _cost(case)
    share = terms.small if _is_small(case) else HALF
    paid = floor(min(cost, terms.border) * share + max(0, cost - terms.border) * THIRD)
    tiers = ((5, 750 * MAN, 100 * MAN), (20, 1500 * MAN, 250 * MAN), (50, 3000 * MAN, 1000 * MAN),
             (99, 5000 * MAN, 1000 * MAN))  # fmt: skip
    limit, rise = next(((limit, rise) for to, limit, rise in tiers if staff <= to), (terms.most, 1000 * MAN))
    limit += (rise if case["large_wage_rise"] else 0) + (50 * MAN if _is_promising(case) else 0)
    return _paid(failed, f"{share}, 1/3", paid, limit, cost, 100 * MAN)


def wages(case: Case, terms: Terms) -> Answer:
    """A limit that is worked out, with uplifts that are, slices of subsidy, and a figure that may be negative."""
    failed = _basic(case, terms)
    profit, before = case["profit_yen"], case["profit_before_yen"]
    if profit - before < Fraction(before, 10) and profit >= 0:
        failed.append("frame.growth")
    certified_on = _day(_part(case, "certified_on"))
    if certified_on is not None and certified_on < date(2023, 12, 1):
        failed.append("frame.certificate")
    is_excepted = case["low_wage_months"] >= 3 and not case["large_wage_rise"] and not _is_small(case)
    cost, partners = _cost(case), case["partners"]
    paid: Fraction
    if is_excepted:
        rate, paid = "2/3", cost * TWO_THIRDS
    elif _is_promising(case):
        second = min(max(0, cost - 400 * MAN) * HALF, Fraction(600 * MAN))
        rate, paid = "3/4, 1/2", min(cost, 400 * MAN) * THREE_QUARTERS + second
    else:
        rate, paid = "1/2", cost * HALF
    limit = min(Fraction(60 * MAN * partners), max(Fraction(1000 * MAN), Fraction(case["sales_yen"], 100)))
    limit += 20 * MAN * partners if case["large_wage_rise"] and not is_excepted else 0
    limit += 30 * MAN if certified_on is not None and _later(certified_on, 12) >= DEADLINE else 0
    return _paid(failed, rate, floor(paid), floor(limit), cost, terms.least)


def sales(case: Case, terms: Terms) -> Answer:
    """Tiers by yen, and a rate by a value that a definition names."""
    failed = _basic(case, terms)
    cost = sum(row["amount_yen"] for row in case["costs"] if row["category"] != "advertising")
    if cost < 200 * MAN:
        failed.append("frame.large")
    share = THIRD if cost >= 900 * MAN else HALF
    turnover = case["sales_yen"]
    limit = 100 * MAN if turnover < 1000 * MAN else 300 * MAN if turnover < 10_000 * MAN else 700 * MAN
    return _paid(failed, str(share), floor(share * cost), limit, cost, 100 * MAN)


def alone(case: Case, _: Terms) -> Answer:
    """A fixed sum of costs that are worked out, in a frame that takes nothing over."""
    failed = [] if case["partners"] >= 3 else ["alone.partners"]
    others = [row["amount_yen"] for row in case["earlier"] or [] if row["programme"] == "other"]
    cost = min(case["software_yen"] + sum(min(amount, 30 * MAN) for amount in others), 400 * MAN)
    return _paid(failed, "fixed", cost, min(50 * MAN * case["partners"], 500 * MAN), cost, 0)


def undecided(case: Case, terms: Terms) -> Answer:
    """An award that the documents leave open, with requirements."""
    failed = _basic(case, terms) + ([] if case["partners"] >= 1 else ["undecided.partners"])
    return Answer(frozenset(failed))


FRAMES: Mapping[str, Callable[[Case, Terms], Answer]] = {
    "made-to-order": made_to_order,
    "wages": wages,
    "sales": sales,
    "alone": alone,
    "undecided": undecided,
}


def _basic(case: Case, terms: Terms) -> list[str]:
    failed = [] if case["regular_employees"] >= 1 else ["size.has_employees"]
    per_person, regional, total = (
        Fraction(case[f"{name}_pct"]) for name in ("wages_per_person_growth", "regional_rate", "total_wages_growth")
    )
    if per_person < regional and total < terms.growth:
        failed.append("plan.wages")
    plan = case["action_plan"]
    has_plan = plan == "published" or (plan == "requested" and case["open:action_plan"])
    if case["regular_employees"] >= terms.plan_from and not has_plan:
        failed.append("plan.action")
    return failed


def _paid(failed: list[str], rate: str, paid: int, limit: int, cost: int, least: int) -> Answer:
    low = ["amount.below_lower_limit"] if min(paid, limit) < least else []
    return Answer(frozenset([*failed, *low]), rate, paid, limit, cost)


def _is_small(case: Case) -> bool:
    return bool(case["regular_employees"] <= (20 if case["manufacturing"] else 5))


def _is_promising(case: Case) -> bool:
    certificate = case["certificate"]
    if certificate is None or Fraction(certificate["growth_pct"]) < 3:
        return False
    if certificate["status"] == "applied" and not case["open:certificate"]:
        return False
    certified_on = _day(certificate["certified_on"])
    return not certificate["amended"] or (certified_on is not None and _later(certified_on, 6) >= DEADLINE)


def _cost(case: Case) -> int:
    return sum(row["amount_yen"] for row in case["costs"] if row["category"] in ("machinery", "cloud"))


def _part(case: Case, name: str) -> Any:  # noqa: ANN401 - parts are of several kinds
    return None if case["certificate"] is None else case["certificate"][name]


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
