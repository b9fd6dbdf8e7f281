"""Amounts and rates: literals, names of figures, and expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calculator.kinds import Kind
from site_builder.rules import literals
from site_builder.rules.drafts.values import ValueDraft
from site_builder.rules.grammar import expression
from site_builder.rules.syntax import ExpressionDraft, Span, ValueSyntax
from site_builder.sources.fields import scalar
from site_builder.sources.forms import TextForm

if TYPE_CHECKING:
    from site_builder.rules.literals import LiteralDraft
    from site_builder.sources.fields import Reader
    from site_builder.sources.nodes import Node

#: What only an expression has: a name, a bracket, a sign of arithmetic. A rate's stroke stands between its digits.
_OF_AN_EXPRESSION = re.compile(r"[a-z_()+*]| [-/] ")
_EXPRESSION = TextForm(patterns=(rf".*(?:{_OF_AN_EXPRESSION.pattern}).*",))

_HINTS = {
    Kind.YEN: "an amount is written as 1,000万円, 3億円 or 500,000円, or as an expression",
    Kind.RATE: "a rate is written as a fraction, 2/3, or as the name of a figure",
    Kind.COUNT: "a count is written as 20人 or 3, or as the name of a figure",
}


def amount(node: Node) -> ValueDraft:
    """Read an amount of yen, which may be worked out."""
    return _value(node, literals.amount, Kind.YEN, varies=True)


def fixed_amount(node: Node) -> ValueDraft:
    """Read an amount of yen that is the same for everybody."""
    return _value(node, literals.amount, Kind.YEN, varies=False)


def fixed_rate(node: Node) -> ValueDraft:
    """Read a rate, which is the same for everybody."""
    return _value(node, literals.rate, Kind.RATE, varies=False)


def fixed_count(node: Node) -> ValueDraft:
    """Read a count, which is the same for everybody."""
    return _value(node, literals.count, Kind.COUNT, varies=False)


def _value(node: Node, read_literal: Reader[LiteralDraft], kind: Kind, *, varies: bool) -> ValueDraft:
    written = scalar(node, form=literals.form_of_kinds(kind, hint=_HINTS[kind]) | _EXPRESSION)
    if _OF_AN_EXPRESSION.search(written.value):
        return ValueDraft(expression(written), kind, varies)
    syntax = ValueSyntax(read_literal(written).constant, Span(0, len(written.value)))
    return ValueDraft(ExpressionDraft(syntax, written), kind, varies)
