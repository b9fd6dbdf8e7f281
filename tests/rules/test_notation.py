"""Expressions are published in the rule language: read again, each means what it meant."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any, get_args

import pytest

from calculator.expressions import AllOf, AnyOf, Constant, Expression, Named, OpenPoint, Scalar, walk
from calculator.kinds import Kind
from calculator.rulebook import FactDefinition
from site_builder.rules import read_rules
from site_builder.rules.compilation import compile_definition
from site_builder.rules.drafts.named import DefinitionDraft
from site_builder.rules.grammar import expression
from site_builder.rules.notation import expression_text, literal
from site_builder.rules.scope import Scope
from site_builder.sources.source_file import SourceFile
from site_builder.sources.yaml_nodes import parse_yaml
from tests.bad_examples import GOOD, TESTS
from tests.conftest import REAL

EXPRESSIONS: tuple[Any, ...] = get_args(Expression)
JAPAN = timezone(timedelta(hours=9))


def expressions_in(value: object) -> Iterator[Expression]:
    """Every whole expression anywhere in a record."""
    if isinstance(value, EXPRESSIONS):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from expressions_in(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from expressions_in(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from expressions_in(part)


def definition(text: str) -> DefinitionDraft:
    node = parse_yaml(SourceFile("a.yaml", f'"{text}"'))
    return DefinitionDraft(None, None, None, None, expression(node), None, None)  # type: ignore[arg-type]  # nothing else is read


def read_again(one: Expression, facts: Mapping[str, FactDefinition]) -> Expression:
    named = {part.name: part.body for part in walk(one) if isinstance(part, Named)}
    texts = {name: expression_text(body, facts) for name, body in named.items()}
    definitions = {name: definition(text) for name, text in (*texts.items(), ("it", expression_text(one, facts)))}
    points: dict[str, Any] = {part.name: None for part in walk(one) if isinstance(part, OpenPoint)}
    return compile_definition("it", Scope(facts, {}, definitions, {}, {}, points)).expression


def plain(one: Any) -> Any:  # noqa: ANN401 - an expression, or a part of one
    """The expression without conditions of one part: `all_of` may hold a single one."""
    if isinstance(one, AllOf | AnyOf) and len(one.parts) == 1:
        return plain(one.parts[0])
    if dataclasses.is_dataclass(one) and not isinstance(one, type):
        return dataclasses.replace(
            one, **{part.name: plain(getattr(one, part.name)) for part in dataclasses.fields(one)}
        )
    return tuple(map(plain, one)) if isinstance(one, tuple) else one


@pytest.mark.parametrize("folder", [REAL.rules, GOOD, TESTS / "made" / "rules"], ids=["real", "good", "made"])
def test_every_expression_of_the_rules_can_be_read_again(folder: Any) -> None:  # noqa: ANN401 - a path
    rules = read_rules(folder, {})
    found = {expression_text(one, rules.book.facts): one for one in expressions_in(rules.book.frames)}
    assert len(found) > 10
    for one in found.values():
        assert plain(read_again(one, rules.book.facts)) == plain(one)


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        (Kind.YEN, 7_500_000, "7,500,000円"),
        (Kind.COUNT, 1000, "1000"),
        (Kind.PERCENT, Fraction(3, 2), "1.5%"),
        (Kind.RATE, Fraction(2, 3), "2/3"),
        (Kind.RATE, Fraction(1), "1/1"),
        (Kind.MONTHS, 10, "10か月"),
        (Kind.DATE, date(2022, 12, 22), "2022-12-22"),
        (Kind.MOMENT, datetime(2022, 12, 22, 17, tzinfo=JAPAN), "2022-12-22 17:00"),
        (Kind.MOMENT, datetime(2022, 12, 22, 23, 59, 59, tzinfo=JAPAN), "2022-12-22 23:59:59"),
        (Kind.YES_NO, True, "yes"),
        (Kind.YES_NO, False, "no"),
        (Kind.CHOICE, "retail", "retail"),
        (Kind.YEN, None, "none"),
    ],
)
def test_a_value_is_written_as_the_rule_files_write_it(kind: Kind, value: Scalar, written: str) -> None:
    assert literal(kind, value) == written
    assert expression_text(Constant(kind, value), {}) == written


@pytest.mark.parametrize(
    "text",
    [
        "employees <= 20 and (capital <= 1,000円 or not employees > 5)",
        "not (employees <= 20 or employees > 30)",
        "1 - (2 - 3) < 4 and (1 + 2) * 3 >= 9 and 8 / (2 * 2) == 2/1",
        "lower_of(capital, 2,000円) + 1円 < 4円",
        "(employees < 1 or employees > 2) and (employees < 3 or employees > 4)",
    ],
)
def test_brackets_stand_where_they_are_needed(text: str) -> None:
    facts: dict[str, Any] = {
        name: FactDefinition(name, kind, "g", None, None)  # type: ignore[arg-type]  # no words are needed
        for name, kind in (("employees", Kind.COUNT), ("capital", Kind.YEN))
    }
    compiled = compile_definition("it", Scope(facts, {}, {"it": definition(text)}, {}, {}, {})).expression
    assert expression_text(compiled, facts) == text
