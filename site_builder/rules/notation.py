"""Expressions written in the rule language: compiled trees go in, the text that means the same comes out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import assert_never

from calculator.expressions import (
    Aggregate,
    AllOf,
    AnyOf,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Field,
    Named,
    Not,
    OneOf,
    OpenPoint,
    Operation,
    Scalar,
)
from calculator.figures import decimal_text
from calculator.kinds import Kind
from calculator.rulebook import FactDefinition

#: How comparisons and arithmetic are written.
SIGNS: Mapping[Comparison | Operation, str] = {
    Comparison.LESS_THAN: "<",
    Comparison.AT_MOST: "<=",
    Comparison.MORE_THAN: ">",
    Comparison.AT_LEAST: ">=",
    Comparison.EQUAL: "==",
    Comparison.NOT_EQUAL: "!=",
    Operation.ADD: "+",
    Operation.SUBTRACT: "-",
    Operation.MULTIPLY: "*",
    Operation.DIVIDE: "/",
}
_PRODUCTS = (Operation.MULTIPLY, Operation.DIVIDE)
_CHOOSING = (Operation.LOWER, Operation.HIGHER)


def expression_text(expression: Expression, facts: Mapping[str, FactDefinition]) -> str:
    """Return `expression` as docs/rule-language.md writes it, with every figure written out.

    A definition stands by its name. `facts` tell the kinds of columns.
    """
    return _Notation(facts).text(expression)


def literal(kind: Kind, value: Scalar) -> str:
    """Return a value as the rule language writes it: `7,500,000円`, `1.5%`, `2/3`, `2022-12-22`, `yes`, `none`."""
    match kind, value:
        case _, None:
            return "none"
        case Kind.YES_NO, bool():
            return "yes" if value else "no"
        case Kind.YEN, int():
            return f"{value:,}円"
        case Kind.MONTHS, int():
            return f"{value}か月"
        case Kind.PERCENT, int() | Fraction():
            return f"{decimal_text(Fraction(value))}%"
        case Kind.RATE, Fraction():
            return f"{value.numerator}/{value.denominator}"
        case Kind.MOMENT, datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
        case Kind.DATE, date():
            return value.isoformat()
        case _:
            return str(value)


class _Notation:
    def __init__(self, facts: Mapping[str, FactDefinition]) -> None:
        self._facts = facts

    def text(self, expression: Expression) -> str:
        match expression:
            case Constant(kind, value):
                return literal(kind, value)
            case Fact(name) | Field(name) | Named(name):
                return name
            case Compare():
                return self._comparison(expression)
            case OneOf(subject, choices):
                return f"{self.text(subject)} in [{', '.join(choices)}]"
            case AllOf(parts):
                return " and ".join(self._part(part) for part in parts)
            case AnyOf(parts):
                return " or ".join(self._part(part) for part in parts)
            case Not(part):
                return f"not {self._part(part)}"
            case Calculate():
                return self._calculation(expression)
            case Aggregate():
                return self._aggregate(expression)
            case OpenPoint(name):
                return f"open({name})"
            case _:
                assert_never(expression)

    def _part(self, part: Expression) -> str:
        """Return a part of a condition, in brackets where it has parts of its own."""
        return f"({self.text(part)})" if isinstance(part, AllOf | AnyOf) else self.text(part)

    def _comparison(self, one: Compare) -> str:
        left, right = self.text(one.left), self.text(one.right)
        if isinstance(one.left, Fact | Field | Named) and isinstance(one.right, Constant):
            answer = one.right.kind in (Kind.CHOICE, Kind.YES_NO) or one.right.value is None
            if answer and one.comparison is Comparison.EQUAL:
                return f"{left} is {right}"
            if answer and one.comparison is Comparison.NOT_EQUAL and not isinstance(one.right.value, bool):
                return f"{left} is not {right}"
        return f"{left} {SIGNS[one.comparison]} {right}"

    def _calculation(self, one: Calculate) -> str:
        if one.operation in _CHOOSING:
            return f"{one.operation.value}({self.text(one.left)}, {self.text(one.right)})"
        left, right = self.text(one.left), self.text(one.right)
        if _is_sum(one.left) and one.operation in _PRODUCTS:
            left = f"({left})"
        if isinstance(one.right, Calculate) and one.right.operation not in _CHOOSING:
            right = f"({right})"
        return f"{left} {SIGNS[one.operation]} {right}"

    def _aggregate(self, one: Aggregate) -> str:
        column = "" if one.field is None else f".{one.field}"
        most = "" if one.up_to is None else f" up_to {literal(self._kind(one), one.up_to)}"
        where = "" if one.where is None else f" where {self.text(one.where)}"
        return f"{one.aggregation.value}({one.rows}{column}{most}{where})"

    def _kind(self, one: Aggregate) -> Kind:
        return next(field.kind for field in self._facts[one.rows].fields if field.name == one.field)


def _is_sum(one: Expression) -> bool:
    return isinstance(one, Calculate) and one.operation in (Operation.ADD, Operation.SUBTRACT)
