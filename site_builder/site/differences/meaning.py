"""When two rules mean the same: the same expressions, or conditions that hold for exactly the same applicants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias, get_args

from calculator.drawing import Drawing
from calculator.evaluation import record_of
from calculator.expressions import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    Expression,
    Named,
    Not,
    OneOf,
    expression_to_json,
    facts_of,
)
from calculator.json_values import JsonValue
from calculator.rulebook import FactDefinition, RuleBook
from calculator.text import Text

Meaning: TypeAlias = tuple[object, ...]
"""What decides in one line of the rules: expressions, names and figures, in a fixed order."""


def mean_the_same(one: Meaning, other: Meaning, book: RuleBook) -> bool:
    """Say whether two lines of the rules mean the same.

    A definition that both name is one thing to both, whatever it says: where it changed, that is a difference of the
    definition, told once. Open points of two budgets have two names; they are one where they are worded alike.
    """
    return len(one) == len(other) and all(_same(*parts, book) for parts in zip(one, other, strict=True))


def _same(one: object, other: object, book: RuleBook) -> bool:
    if one == other or not (isinstance(one, _EXPRESSIONS) and isinstance(other, _EXPRESSIONS)):
        return one == other
    left, right = (_with_points_worded(expression_to_json(side), book.open_points) for side in (one, other))
    return (
        _by_names(left) == _by_names(right)
        or _unnamed(left) == _unnamed(right)
        or (_is_condition(one) and _is_condition(other) and _hold_together(one, other, book.facts))
    )


def as_one(before: RuleBook, after: RuleBook) -> RuleBook:
    """Return the book by which rules of two states of the sources are compared, which is the later one and more.

    It has every fact, source and open point of either. A fact that both define, but not alike, is none of its facts:
    nobody can draw a condition over it that means the same on both sides.
    """
    unlike = {name for name, fact in after.facts.items() if before.facts.get(name, fact) != fact}
    facts = {name: fact for name, fact in {**before.facts, **after.facts}.items() if name not in unlike}
    points, sources = {**before.open_points, **after.open_points}, {**before.sources, **after.sources}
    return replace(after, facts=facts, open_points=points, sources=sources)


def _hold_together(one: Expression, other: Expression, facts: Mapping[str, FactDefinition]) -> bool:
    if not {record_of(name) or name for name in (*facts_of(one), *facts_of(other))} <= facts.keys():
        return False
    drawing = Drawing.over((one, other), facts)
    return drawing.node(one) == drawing.node(other)


def _is_condition(expression: Expression) -> bool:
    """Say whether an expression is a condition by its form; a fact alone may be one or not, and is not looked into."""
    match expression:
        case Named(_, body):
            return _is_condition(body)
        case AllOf() | AnyOf() | Not() | OneOf():
            return True
        case Compare():
            return not isinstance(expression.left, Constant)
        case _:
            return False


def _with_points_worded(json: JsonValue, points: Mapping[str, Text]) -> JsonValue:
    match json:
        case ["open", str(name)] if name in points:  # what an answer leaves open is called like its fact
            return ["open", points[name].ja]
        case list():
            return [_with_points_worded(part, points) for part in json]
        case _:
            return json


def _by_names(json: JsonValue) -> JsonValue:
    match json:
        case ["named", name, list()]:
            return ["named", name]
        case list():
            return [_by_names(part) for part in json]
        case _:
            return json


def _unnamed(json: JsonValue) -> JsonValue:
    match json:
        case ["named", _, list(body)]:
            return _unnamed(body)
        case list():
            return [_unnamed(part) for part in json]
        case _:
            return json


_EXPRESSIONS = get_args(Expression)
