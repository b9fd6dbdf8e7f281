"""Expressions of the rule language: what is one becomes a tree, and anything else is told with its place."""

from __future__ import annotations

from hypothesis import strategies as st

from site_builder.errors import GuidanceError
from site_builder.rules.grammar import expression
from site_builder.rules.literals import read_literal
from site_builder.rules.tokens import KEYWORDS
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.source_file import SourceFile
from tests.fuzz.mutations import NO_VALUES, mutated
from tests.fuzz.rule_files import see_told
from tests.fuzz.surface import Surface

REAL = (
    "applicant_type in [company, sole_proprietor]",
    "industry == manufacturing and (capital_yen <= 3億円 or regular_employees <= 300人)",
    "largest(members.subsidy_yen where type == npo) < largest(members.subsidy_yen where type == sme)",
    "sum(costs.amount_yen up_to 200万円 where category in [machinery, software]) * 1/2 >= 50万円",
    "lower_of(value_added_growth_pct, 3%) is not none and not open(status)",
    "established_on + 10か月 <= 2022-12-22 and plan.applied_on > 2022-12-22 17:00",
    "count(members where type is small) * 50万円 / 2",
)
_PIECES = (
    *sorted(KEYWORDS),
    *"()[]<>+-*/.,",
    "<=",
    "==",
    "!=",
    "a",
    "b_1",
    "costs",
    "5",
    "20人",
    "1.5%",
    "2/3",
    "2022-12-22",
)


def check(text: str) -> None:
    """Read an expression."""
    node = ScalarNode(SourceFile("rules/a.yaml", text), 0, len(text), text)
    try:
        draft = expression(node)
    except GuidanceError as error:
        see_told((error,))
        return
    span = draft.syntax.span
    assert 0 <= span.start < span.end <= len(text)
    assert not any(read_literal(one) for one in NO_VALUES)


SURFACES = (
    Surface(
        "expressions",
        mutated(REAL).map(lambda one: one[1]) | st.lists(st.sampled_from(_PIECES)).map(" ".join),
        check,
        150,
    ),
)
