"""What the grammar makes of an expression: a tree of names and values that nobody has looked up yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeAlias

from calculator.expressions import Aggregation, Comparison, Constant, Operation
from site_builder.sources.nodes import ScalarNode


@dataclass(frozen=True, slots=True)
class Span:
    """Where a part of an expression stands in its text."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """Return the span from the start of this one to the end of `other`."""
        return Span(self.start, other.end)


@dataclass(frozen=True, slots=True)
class ValueSyntax:
    """A value as written, `yes` and `no` included; `constant` None is `none`, whose kind its neighbour gives."""

    constant: Constant | None
    span: Span


@dataclass(frozen=True, slots=True)
class NameSyntax:
    """A bare word: a fact (a part of a record is `record.part`), a definition, a figure, a field, or a choice."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class CompareSyntax:
    """`left comparison right`."""

    comparison: Comparison
    left: Syntax
    right: Syntax
    span: Span


@dataclass(frozen=True, slots=True)
class OneOfSyntax:
    """`subject in [choices]`."""

    subject: Syntax
    choices: tuple[NameSyntax, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class AllOfSyntax:
    """`part and part`."""

    parts: tuple[Syntax, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class AnyOfSyntax:
    """`part or part`."""

    parts: tuple[Syntax, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class NotSyntax:
    """`not part`."""

    part: Syntax
    span: Span


@dataclass(frozen=True, slots=True)
class CalculateSyntax:
    """`left operation right`, or `lower_of(left, right)` and `higher_of(left, right)`."""

    operation: Operation
    left: Syntax
    right: Syntax
    span: Span


@dataclass(frozen=True, slots=True)
class AggregateSyntax:
    """`sum(rows.field up_to … where …)`, `largest(rows.field where …)` or `count(rows where …)`."""

    aggregation: Aggregation
    rows: NameSyntax
    field: NameSyntax | None
    up_to: Syntax | None
    where: Syntax | None
    span: Span


@dataclass(frozen=True, slots=True)
class OpenSyntax:
    """`open(point)`: an open point, or a fact whose outcome is open."""

    point: NameSyntax
    span: Span


Syntax: TypeAlias = (
    ValueSyntax
    | NameSyntax
    | CompareSyntax
    | OneOfSyntax
    | AllOfSyntax
    | AnyOfSyntax
    | NotSyntax
    | CalculateSyntax
    | AggregateSyntax
    | OpenSyntax
)


@dataclass(frozen=True, slots=True)
class ExpressionDraft:
    """An expression, and where it is written."""

    syntax: Syntax
    node: ScalarNode


def names_of(syntax: object) -> Iterator[str]:
    """Yield every name in an expression."""
    if isinstance(syntax, NameSyntax):
        yield syntax.name
    elif isinstance(syntax, tuple):
        for part in syntax:
            yield from names_of(part)
    elif is_dataclass(syntax) and not isinstance(syntax, type):
        for one in fields(syntax):
            yield from names_of(getattr(syntax, one.name))
