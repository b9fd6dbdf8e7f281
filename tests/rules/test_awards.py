"""Awards, groups and repayment are resolved for each round, with the figures in force there."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from calculator.expressions import (
    Aggregate,
    Aggregation,
    AllOf,
    AnyOf,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Fact,
    Field,
    OpenPoint,
    Operation,
)
from calculator.kinds import Kind
from calculator.rulebook import Award, AwardPart, Clawback, FrameRules, Rate, Slice, SliceBasis, constant_yen
from site_builder.rules import read_rules
from site_builder.rules.model import FrameInRound, Rules

GOOD = Path(__file__).parent.parent / "good" / "rules"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(GOOD, {})


def call(rules: Rules, frame: str) -> FrameRules:
    return rules.book.frames[f"demo/c1/{frame}"].rounds[None]


def award(rules: Rules, frame: str) -> Award:
    found = call(rules, frame).award
    assert found is not None
    return found


def clawback(rules: Rules, frame: str) -> Clawback:
    found = call(rules, frame).clawback
    assert found is not None
    return found


def page(rules: Rules, budget: str, number: int | None, frame: str) -> FrameInRound:
    rule_set = next(one for one in rules.programmes[0].rule_sets if one.slug == budget)
    return next(one for one in rule_set.round(number).frames if one.slug == frame)


def yen(amount: int) -> Constant:
    return Constant(Kind.YEN, amount)


def test_a_round_changes_rates_and_limits_that_are_figures(rules: Rules) -> None:
    awards = [rules.book.frames["demo/b2/basic"].rounds[number].award for number in (1, 2)]
    found = [
        (one.rates[0].rate.slices[0].rate, one.upper_limit.tiers[0].amount_yen, one.lower_limit.amount_yen)
        for one in awards
        if one is not None and one.lower_limit is not None
    ]
    assert found == [(Fraction(1, 2), 5_000_000, 500_000), (Fraction(2, 3), 6_000_000, 600_000)]


def test_texts_name_the_limits_of_their_round(rules: Rules) -> None:
    notes = [page(rules, "demo/b2", number, "basic").notes[-1].text.en for number in (1, 2)]
    assert notes == ["500,000 yen to 5,000,000 yen, 1/2.", "600,000 yen to 6,000,000 yen, 2/3."]


def test_what_is_not_the_same_for_everybody_is_no_figure(rules: Rules) -> None:
    names = {name for name in page(rules, "demo/c1", None, "tablet").figures if "." in name}
    assert names == {"rate.2", "uplift.1"}  # not the slices, nor the amounts that are worked out


def test_the_ends_of_a_range_are_figures(rules: Rules) -> None:
    succession = page(rules, "demo/c1", None, "succession")
    assert succession.notes[-1].text.en == "1,500,000 yen to 6,000,000 yen, 1/2 to 2/3."
    assert succession.figures["rate.least"].value == Constant(Kind.RATE, Fraction(1, 2))


def test_a_rate_is_one_share_or_slices_or_a_fixed_sum(rules: Rules) -> None:
    rates = {frame: award(rules, frame).rates[0].rate for frame in ("software", "tablet", "alliance", "alone")}
    assert rates == {
        "software": Rate((Slice(Fraction(3, 4), 500_000), Slice(Fraction(2, 3), 3_500_000))),
        "tablet": Rate((Slice(Fraction(3, 4), 100_000), Slice(Fraction(1, 2))), SliceBasis.COST),
        "alliance": Rate((Slice(Fraction(1, 2)),)),
        "alone": Rate((Slice(Fraction(1)),), is_fixed=True),
    }


def test_an_upper_limit_can_be_worked_out_and_uplifted(rules: Rules) -> None:
    limit = award(rules, "tablet").upper_limit
    by_members = Calculate(Operation.MULTIPLY, yen(500_000), Fact("joint_members"))
    lower = Calculate(Operation.LOWER, by_members, yen(5_000_000))
    assert limit.tiers[0].amount == Calculate(Operation.HIGHER, yen(3_000_000), lower)
    assert limit.tiers[0].amount_yen is None
    assert [constant_yen(uplift.amount) for uplift in limit.uplifts] == [300_000, None]
    used = Compare(Comparison.EQUAL, Fact("expert_used"), Constant(Kind.YES_NO, value=True))
    assert limit.uplifts[0].when == used


def test_a_lower_limit_may_be_missing(rules: Rules) -> None:
    assert award(rules, "software").lower_limit is None


def test_costs_can_be_worked_out_with_a_most_for_each_row(rules: Rules) -> None:
    costs = award(rules, "alone").eligible_costs
    assert costs is not None
    assert (costs.rows, costs.categories) == (None, ())
    positive = Compare(Comparison.MORE_THAN, Field("amount_yen"), yen(0))
    added = Aggregate(Aggregation.SUM, "supported", "amount_yen", positive, 3_000_000)
    assert costs.total == Calculate(Operation.ADD, Fact("own_costs_yen"), added)


def test_an_open_award_names_its_open_point_and_what_is_printed(rules: Rules) -> None:
    succession = call(rules, "succession")
    assert succession.award is None
    assert succession.open_award is not None
    assert succession.open_award.point == "amounts"
    assert succession.open_award.rate is not None
    assert succession.open_award.upper_limit is not None
    assert (succession.open_award.rate.least, succession.open_award.rate.most) == (Fraction(1, 2), Fraction(2, 3))
    limits = succession.open_award.upper_limit
    assert (limits.least_yen, limits.most_yen) == (1_500_000, 6_000_000)


def test_a_consortium_has_columns_for_its_costs_and_its_pool_and_no_costs_together(rules: Rules) -> None:
    consortium = call(rules, "alliance").consortium
    assert consortium is not None
    assert (consortium.size, consortium.costs, consortium.field) == ("consortium_size", "member_costs", "amount_yen")
    assert consortium.pool is not None
    assert (consortium.pool.allocation, consortium.pool.field) == ("pool_allocation", "amount_yen")
    each = Calculate(Operation.MULTIPLY, yen(3_000_000), Fact("consortium_size"))
    assert consortium.pool.amount == each
    assert award(rules, "alliance").eligible_costs is None


def test_a_joint_application_has_its_own_requirements_and_their_outlines(rules: Rules) -> None:
    joint = call(rules, "software").joint
    assert joint is not None
    assert joint.members == "members"
    assert joint.requested == Aggregate(Aggregation.SUM, "members", "subsidy_yen", None)
    assert [requirement.code for requirement in joint.requirements] == ["joint.sme_half"]
    assert list(page(rules, "demo/c1", None, "software").outlines) == ["plan.certified", "joint.sme_half"]


def test_only_frames_among_the_parts_have_them(rules: Rules) -> None:
    parts = (AwardPart("software", "demo/c1/software"), AwardPart("tablet", "demo/c1/tablet"))
    assert [call(rules, frame).parts for frame in ("software", "tablet", "alliance")] == [parts, parts, ()]


def test_a_clawback_has_its_cases_in_order_and_nothing_where_no_amount_is_written(rules: Rules) -> None:
    found = clawback(rules, "software")
    assert [(case.reason, case.counts_only_if_stated) for case in found.whole] == [("false_report", True)]
    wage = found.parts[0]
    assert [(case.reason, case.counts_only_if_stated, case.when is None) for case in wage.cases] == [
        ("target_met", False, False),
        ("exempt", True, False),
        ("missed", False, True),
    ]
    assert wage.cases[0].amount == yen(0)
    lower = Calculate(Operation.LOWER, Fact("book_value_yen"), Fact("market_value_yen"))
    share = Calculate(Operation.DIVIDE, Fact("subsidy_paid_yen"), Fact("purchase_price_yen"))
    assert wage.cases[2].amount == Calculate(Operation.MULTIPLY, lower, share)
    assert (found.total.together, found.total.capped) == ("both_missed", "capped")


def test_a_frame_that_stands_alone_takes_over_nothing_about_applicants(rules: Rules) -> None:
    alone, shown = call(rules, "alone"), page(rules, "demo/c1", None, "alone")
    assert [requirement.code for requirement in alone.requirements] == ["frame.supports"]
    assert (alone.classes, alone.bonuses, alone.parts) == ((), (), ())
    assert (shown.applicants, shown.repayment) == ((), ())
    assert [note.about for note in shown.notes] == ["schedule"]
    assert alone.joint is not None
    assert alone.joint.requirements == ()
    assert [part.name for part in clawback(rules, "alone").parts] == ["all"]
    assert award(rules, "alone").rounding == award(rules, "software").rounding


def test_a_record_is_followed_by_its_parts(rules: Rules) -> None:
    facts = rules.book.facts
    names = list(facts)
    at = names.index("plan")
    assert names[at : at + 4] == ["plan", "plan.status", "plan.applied_on", "plan.municipality"]
    assert (facts["plan"].kind, facts["plan"].record, facts["plan"].optional) == (Kind.RECORD, None, True)
    part = facts["plan.applied_on"]
    assert (part.kind, part.record, part.group, part.optional) == (Kind.DATE, "plan", "business", False)


def test_conditions_test_records_their_parts_and_open_outcomes(rules: Rules) -> None:
    condition = call(rules, "software").requirements[0].condition
    assert isinstance(condition, AnyOf)
    none, certified, applied = condition.parts
    assert none == Compare(Comparison.EQUAL, Fact("plan"), Constant(Kind.RECORD, None))
    assert isinstance(certified, AllOf)
    status = Compare(Comparison.EQUAL, Fact("plan.status"), Constant(Kind.CHOICE, "applied"))
    assert applied == AllOf((status, OpenPoint("plan.status")))
