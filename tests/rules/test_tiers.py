"""A table of tiers is accepted exactly if every value is in one tier."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_builder.rules.checking.tiers import Fault, Tier, first_fault

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
