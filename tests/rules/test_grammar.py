"""What is written is what is understood: trees written out with brackets are read back as they were."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from calculator.expressions import Aggregation, Comparison, Constant, Operation
from calculator.kinds import Kind
from site_builder.rules.grammar import expression
from site_builder.rules.syntax import (
    AggregateSyntax,
    AllOfSyntax,
    AnyOfSyntax,
    CalculateSyntax,
    CompareSyntax,
    NameSyntax,
    NotSyntax,
    OneOfSyntax,
    OpenSyntax,
    Span,
    Syntax,
    ValueSyntax,
)
from site_builder.rules.tokens import KEYWORDS, tokens_of
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.source_file import SourceFile

NOWHERE = Span(0, 0)
VALUES: list[tuple[str, Constant | None]] = [
    ("1,000万円", Constant(Kind.YEN, 10_000_000)),
    ("20人", Constant(Kind.COUNT, 20)),
    ("1.5%", Constant(Kind.PERCENT, Fraction(3, 2))),
    ("2/3", Constant(Kind.RATE, Fraction(2, 3))),
    ("10か月", Constant(Kind.MONTHS, 10)),
    ("yes", Constant(Kind.YES_NO, value=True)),
    ("none", None),
]
COMPARISONS = dict(zip(Comparison, ("<", "<=", ">", ">=", "==", "!="), strict=True))
SIGNS = dict(zip((Operation.ADD, Operation.SUBTRACT, Operation.MULTIPLY, Operation.DIVIDE), "+-*/", strict=True))

names = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True).filter(lambda name: name not in KEYWORDS)
name_trees = names.map(lambda name: NameSyntax(name, NOWHERE))
part_trees = st.tuples(names, names).map(lambda both: NameSyntax(".".join(both), NOWHERE))
value_trees = st.sampled_from([constant for _, constant in VALUES]).map(lambda constant: ValueSyntax(constant, NOWHERE))


def larger(parts: st.SearchStrategy[Syntax]) -> st.SearchStrategy[Syntax]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(CompareSyntax, st.sampled_from(list(Comparison)), parts, parts, st.just(NOWHERE)),
        st.builds(CalculateSyntax, st.sampled_from(list(Operation)), parts, parts, st.just(NOWHERE)),
        st.builds(AllOfSyntax, several, st.just(NOWHERE)),
        st.builds(AnyOfSyntax, several, st.just(NOWHERE)),
        st.builds(NotSyntax, parts, st.just(NOWHERE)),
        st.builds(OneOfSyntax, parts, st.lists(name_trees, min_size=1, max_size=3).map(tuple), st.just(NOWHERE)),
        st.builds(
            AggregateSyntax,
            st.sampled_from([Aggregation.SUM, Aggregation.LARGEST]),
            name_trees,
            name_trees,
            st.none(),
            st.none() | parts,
            st.just(NOWHERE),
        ),
        st.builds(
            AggregateSyntax,
            st.just(Aggregation.SUM),
            name_trees,
            name_trees,
            value_trees | name_trees,
            st.none() | parts,
            st.just(NOWHERE),
        ),
        st.builds(
            AggregateSyntax,
            st.just(Aggregation.COUNT),
            name_trees,
            st.none(),
            st.none(),
            st.none() | parts,
            st.just(NOWHERE),
        ),
    )


leaves: st.SearchStrategy[Syntax] = st.one_of(
    name_trees,
    part_trees,
    value_trees,
    (name_trees | part_trees).map(lambda name: OpenSyntax(name, NOWHERE)),
)
trees = st.recursive(leaves, larger, max_leaves=8)


def written(tree: Syntax) -> str:
    match tree:
        case ValueSyntax(constant):
            return next(text for text, value in VALUES if value == constant)
        case NameSyntax(name):
            return name
        case CompareSyntax(comparison, left, right):
            return f"(({written(left)}) {COMPARISONS[comparison]} ({written(right)}))"
        case CalculateSyntax(operation, left, right) if operation in SIGNS:
            return f"(({written(left)}) {SIGNS[operation]} ({written(right)}))"
        case CalculateSyntax(operation, left, right):
            return f"{operation.value}(({written(left)}), ({written(right)}))"
        case AllOfSyntax(parts):
            return "(" + " and ".join(f"({written(part)})" for part in parts) + ")"
        case AnyOfSyntax(parts):
            return "(" + " or ".join(f"({written(part)})" for part in parts) + ")"
        case NotSyntax(part):
            return f"(not ({written(part)}))"
        case OneOfSyntax(subject, choices):
            return f"(({written(subject)}) in [{', '.join(choice.name for choice in choices)}])"
        case AggregateSyntax(aggregation, rows, field, up_to, where):
            inner = rows.name if field is None else f"{rows.name}.{field.name}"
            most = "" if up_to is None else f" up_to {written(up_to)}"
            return f"{aggregation.value}({inner}{most}{'' if where is None else f' where {written(where)}'})"
        case OpenSyntax(point):
            return f"open({point.name})"


def node_of(text: str) -> ScalarNode:
    return ScalarNode(SourceFile("a.yaml", text), 0, len(text), text)


def without_spans(tree: object) -> object:
    if isinstance(tree, tuple):
        return tuple(without_spans(part) for part in tree)
    if not dataclasses.is_dataclass(tree) or isinstance(tree, Constant | Span):
        return tree
    parts = {field.name: getattr(tree, field.name) for field in dataclasses.fields(tree) if field.name != "span"}
    return (type(tree).__name__, {name: without_spans(part) for name, part in parts.items()})


def parsed(text: str) -> object:
    return without_spans(expression(node_of(text)).syntax)


@given(trees)
def test_a_tree_written_with_brackets_is_read_back(tree: Syntax) -> None:
    assert parsed(written(tree)) == without_spans(tree)


@given(trees)
def test_the_tokens_are_the_text_without_its_spaces(tree: Syntax) -> None:
    text = written(tree)
    assert "".join(token.text for token in tokens_of(node_of(text))) == text.replace(" ", "")


def test_and_binds_more_tightly_than_or_and_not_more_tightly_than_and() -> None:
    assert parsed("not a and b or c") == parsed("((not a) and b) or c")


def test_products_bind_more_tightly_than_sums_and_sums_than_comparisons() -> None:
    assert parsed("a + b * c <= d - e - f") == parsed("(a + (b * c)) <= ((d - e) - f)")


def test_is_and_is_not_compare_with_an_answer() -> None:
    assert parsed("a is none") == parsed("a == none")
    assert parsed("a is retail") == parsed("a == retail")
    assert parsed("a is not retail") == parsed("a != retail")


def test_a_date_is_one_value_and_a_difference_is_not() -> None:
    assert parsed("d > 2018-12-21 - 10か月") == parsed("d > ((2018-12-21) - (10か月))")


def test_a_part_of_a_record_is_one_name_that_can_be_tested() -> None:
    assert parsed("plan.certified is yes and plan is not none") == parsed("(plan.certified == yes) and (plan != none)")


def test_the_lower_of_two_values_is_a_value() -> None:
    assert parsed("lower_of(a + b, c) * d") == parsed("(lower_of((a + b), c)) * d")
