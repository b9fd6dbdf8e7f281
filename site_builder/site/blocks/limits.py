"""Conditions taken apart: what is left of one for a given answer, and the limits on figures that it sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from calculator.expressions import (
    Aggregate,
    AllOf,
    AnyOf,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Named,
    Not,
    OneOf,
    OpenPoint,
)
from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.rulebook import FactDefinition
from calculator.text import Text
from site_builder.site.wording import Wording

Left: TypeAlias = Expression | bool
"""What is left of a condition: True or False where the answer settles it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """`fact` compared with a figure; `or_none` says that having none of it is enough as well."""

    fact: str
    comparison: Comparison
    figure: Constant
    or_none: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits that a condition sets side by side, all of them to be kept, or `is_either` one of them.

    `apart` are conditions on choices that stand beside them.
    """

    limits: tuple[Limit, ...] = ()
    is_either: bool = False
    apart: tuple[OneOf, ...] = ()


def given(expression: Expression, answers: Mapping[str, str], *, open_points: bool | None = None) -> Left:
    """Return what is left of a condition when choices are answered; `open_points` says how the open ones come out."""

    def again(part: Expression) -> Left:
        return given(part, answers, open_points=open_points)

    match expression:
        case OneOf(Fact(name), choices) if name in answers:
            return answers[name] in choices
        case Compare(Comparison.EQUAL, Fact(name), Constant(Kind.CHOICE, value)) if name in answers:
            return answers[name] == value
        case Compare(Comparison.NOT_EQUAL, Fact(name), Constant(Kind.CHOICE, value)) if name in answers:
            return answers[name] != value
        case OpenPoint() if open_points is not None:
            return open_points
        case Named(_, body):
            return again(body)
        case Not(part):
            left = again(part)
            return not left if isinstance(left, bool) else Not(left)
        case AllOf(parts):
            return _joined(map(again, parts), settles=False)
        case AnyOf(parts):
            return _joined(map(again, parts), settles=True)
        case _:
            return expression


def _joined(parts: Iterable[Left], *, settles: bool) -> Left:
    """Join what is left of the parts: one that is `settles` settles the whole, and its opposite falls away."""
    left = tuple(parts)
    if any(part is settles for part in left):
        return settles
    rest = tuple(part for part in left if not isinstance(part, bool))
    if not rest:
        return not settles
    if len(rest) == 1:
        return rest[0]
    return AnyOf(rest) if settles else AllOf(rest)


def limits_of(left: Left) -> Limits | None:
    """Return the limits that a condition sets, or None where it is no list of limits."""
    match left:
        case bool():
            return Limits() if left else None
        case Named(_, body):
            return limits_of(body)
        case OneOf(Fact(), _):
            return Limits(apart=(left,))
        case Compare(comparison, Fact(name), Constant() as figure) if figure.kind.is_ordered:
            return None if figure.value is None else Limits((Limit(name, comparison, figure),))
        case AnyOf(parts):
            return _or_none(parts) or _side_by_side(parts, is_either=True)
        case AllOf(parts):
            return _side_by_side(parts, is_either=False)
        case _:
            return None


def _or_none(parts: tuple[Expression, ...]) -> Limits | None:
    """Return the limit of 「資本金なし、または10億円未満」, which is one."""
    match parts:
        case (
            Compare(Comparison.EQUAL, Fact(none), Constant(_, None)),
            Compare(comparison, Fact(name), Constant() as it),
        ):
            return Limits((Limit(name, comparison, it, or_none=True),)) if none == name else None
        case _:
            return None


def _side_by_side(parts: tuple[Expression, ...], *, is_either: bool) -> Limits | None:
    found = [limits_of(part) for part in parts]
    every = [one for one in found if one is not None]
    if len(every) < len(found):
        return None
    limiting = [one for one in every if one.limits]
    apart = tuple(choice for one in every for choice in one.apart)
    if is_either and apart:
        return None
    if len(limiting) == 1:
        return Limits(limiting[0].limits, limiting[0].is_either, apart)
    if any(len(one.limits) > 1 and one.is_either is not is_either for one in limiting):
        return None
    return Limits(tuple(limit for one in limiting for limit in one.limits), is_either, apart)


def figure_bound(condition: Expression, facts: Mapping[str, FactDefinition], wording: Wording) -> str | None:
    """Return the one figure that a condition asks for (「3%以上」), a range (「3～5年」), or None."""
    match condition:
        case Compare(comparison, Fact() | Aggregate() as left, Constant() as figure) if figure.kind.is_ordered:
            unit = facts[left.name].unit if isinstance(left, Fact) else None
            return _bounded(comparison, figure, unit, wording)
        case AllOf(
            (
                Compare(Comparison.AT_LEAST, Fact(name), Constant(Kind.COUNT, least)),
                Compare(Comparison.AT_MOST, Fact(other), Constant(Kind.COUNT, most)),
            )
        ) if name == other:
            last = figure_text(Kind.COUNT, most, facts[name].unit)
            return wording.fill("range_from_to", least=figure_text(Kind.COUNT, least), most=last)
        case _:
            return None


def limit_words(limit: Limit, facts: Mapping[str, FactDefinition], wording: Wording) -> str:
    """Return a limit in words, without what it limits: 「3億円以下」."""
    fact = facts[limit.fact]
    words = _bounded(limit.comparison, limit.figure, fact.unit, wording)
    if not limit.or_none or fact.none_label is None:
        return words
    return wording.fill("guide_or_none", limit=words, none=fact.none_label)


def _bounded(comparison: Comparison, figure: Constant, unit: Text | None, wording: Wording) -> str:
    text = figure_text(figure.kind, figure.value, unit)
    return wording.fill(f"guide_bound_{comparison.value}", figure=text)
