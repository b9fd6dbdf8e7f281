"""A table of tiers is accepted exactly if every value is in one tier."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from calculator.expressions import Constant
from calculator.kinds import Kind
from site_builder.rules.checking.tiers import Fault, first_fault
from site_builder.rules.drafts.awards import BoundDraft, TierDraft
from site_builder.rules.drafts.values import ValueDraft
from site_builder.rules.literals import LiteralDraft
from site_builder.rules.resolution.tiers import Tier
from site_builder.rules.resolution.tiers import tiers_of as resolved_tiers
from site_builder.rules.syntax import ExpressionDraft, Span, ValueSyntax
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.source_file import SourceFile

BOUNDS = st.none() | st.integers(-3, 12)
TIERS = st.lists(
    st.builds(Tier, BOUNDS, BOUNDS).filter(
        lambda tier: tier.start is None or tier.end is None or tier.start <= tier.end
    ),
    min_size=1,
    max_size=4,
)


def tiers_of(value: int, tiers: list[Tier]) -> int:
    return sum(
        (tier.start is None or tier.start <= value) and (tier.end is None or value <= tier.end) for tier in tiers
    )


@st.composite
def exact_tables(draw: st.DrawFn) -> list[Tier]:
    cuts = sorted(draw(st.sets(st.integers(-3, 12), max_size=4)))
    starts: list[int | None] = [None, *cuts]
    ends: list[int | None] = [*(cut - 1 for cut in cuts), None]
    return draw(st.permutations([Tier(start, end) for start, end in zip(starts, ends, strict=True)]))


@given(exact_tables(), st.none() | st.integers(-5, 0))
def test_tiers_that_meet_exactly_have_no_fault_in_any_order(tiers: list[Tier], at_least: int | None) -> None:
    assert first_fault(tiers, at_least, None) is None


@given(TIERS, st.none() | st.integers(-3, 3), st.none() | st.integers(4, 15))
def test_a_fault_is_found_exactly_where_there_is_one(
    tiers: list[Tier], at_least: int | None, at_most: int | None
) -> None:
    lowest, highest = -20 if at_least is None else at_least, 20 if at_most is None else at_most
    is_exact = all(tiers_of(value, tiers) == 1 for value in range(lowest, highest + 1))
    assert (first_fault(tiers, at_least, at_most) is None) == is_exact


@given(TIERS, st.none() | st.integers(-3, 3), st.none() | st.integers(4, 15))
def test_the_counterexample_is_one(tiers: list[Tier], at_least: int | None, at_most: int | None) -> None:
    fault = first_fault(tiers, at_least, at_most)
    if fault is not None:
        found = tiers_of(fault.value, tiers)
        assert found == 0 if fault.is_gap else found >= 2


def test_a_gap_is_shown_at_the_tier_after_it() -> None:
    assert first_fault([Tier(None, 5), Tier(7, None)], 0, None) == Fault(1, 6, is_gap=True)


def bound(written: str, value: int | None = None) -> BoundDraft:
    node = ScalarNode(SourceFile("a.yaml", written), 0, len(written), written)
    return BoundDraft(node, None if value is None else LiteralDraft(Constant(Kind.COUNT, value), node))


def test_a_tier_without_a_start_begins_where_the_one_before_it_ends_and_bounds_may_be_figures() -> None:
    amount = ValueDraft(
        ExpressionDraft(ValueSyntax(Constant(Kind.YEN, 1), Span(0, 1)), bound("1").node), Kind.YEN, varies=True
    )
    bounds = [(None, bound("few")), (None, bound("20人", 20)), (bound("21人", 21), None)]
    drafts = [TierDraft(start, end, amount) for start, end in bounds]
    found = resolved_tiers(drafts, {"few": Constant(Kind.COUNT, 5)})
    assert found == [Tier(None, 5), Tier(6, 20), Tier(21, None)]
