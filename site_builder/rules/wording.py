"""Conditions and values in words: what decides goes in, its sentence in both languages comes out.

A clause has no full stop and no capital, so that clauses can stand inside one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import assert_never

from calculator.expressions import (
    Aggregate,
    Aggregation,
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
)
from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.rulebook import Choice, FactDefinition, RowField
from calculator.text import Text
from site_builder.rules import phrases
from site_builder.rules.compilation import Condition, result_kind
from site_builder.rules.drafts.conditions import Together
from site_builder.rules.model import Outline
from site_builder.rules.scope import Scope

_MIRRORED = {
    Comparison.LESS_THAN: Comparison.MORE_THAN,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.MORE_THAN: Comparison.LESS_THAN,
    Comparison.AT_LEAST: Comparison.AT_MOST,
    Comparison.EQUAL: Comparison.EQUAL,
    Comparison.NOT_EQUAL: Comparison.NOT_EQUAL,
}
_OPPOSITE = {
    Comparison.LESS_THAN: Comparison.AT_LEAST,
    Comparison.AT_MOST: Comparison.MORE_THAN,
    Comparison.MORE_THAN: Comparison.AT_MOST,
    Comparison.AT_LEAST: Comparison.LESS_THAN,
    Comparison.EQUAL: Comparison.NOT_EQUAL,
    Comparison.NOT_EQUAL: Comparison.EQUAL,
}

#: How a range begins and ends.
_FROM = {Comparison.AT_LEAST: Text("以上", "{} or more"), Comparison.MORE_THAN: Text("超", "more than {}")}
_UP_TO = {Comparison.AT_MOST: Text("以下", "and no more than"), Comparison.LESS_THAN: Text("未満", "and less than")}
#: What a border is a figure of.
_MEASURED = (Kind.YEN, Kind.COUNT, Kind.PERCENT)

_OF_FIGURES = {
    Comparison.LESS_THAN: Text("{left}が{right}未満", "{left} is less than {right}"),
    Comparison.AT_MOST: Text("{left}が{right}以下", "{left} is {right} or less"),
    Comparison.MORE_THAN: Text("{left}が{right}超", "{left} is more than {right}"),
    Comparison.AT_LEAST: Text("{left}が{right}以上", "{left} is {right} or more"),
    Comparison.EQUAL: Text("{left}が{right}", "{left} is {right}"),
    Comparison.NOT_EQUAL: Text("{left}が{right}以外", "{left} is not {right}"),
}
_OF_TERMS = {
    Comparison.LESS_THAN: Text("{left}が{right}より小さい", "{left} is less than {right}"),
    Comparison.AT_MOST: Text("{left}が{right}以下", "{left} is not more than {right}"),
    Comparison.MORE_THAN: Text("{left}が{right}より大きい", "{left} is more than {right}"),
    Comparison.AT_LEAST: Text("{left}が{right}以上", "{left} is not less than {right}"),
    Comparison.EQUAL: Text("{left}が{right}と等しい", "{left} equals {right}"),
    Comparison.NOT_EQUAL: Text("{left}が{right}と異なる", "{left} differs from {right}"),
}
_OF_TIMES = {
    Comparison.LESS_THAN: Text("{left}が{right}より前", "{left} is before {right}"),
    Comparison.AT_MOST: Text("{left}が{right}以前", "{left} is {right} or earlier"),
    Comparison.MORE_THAN: Text("{left}が{right}より後", "{left} is after {right}"),
    Comparison.AT_LEAST: Text("{left}が{right}以後", "{left} is {right} or later"),
    Comparison.EQUAL: Text("{left}が{right}", "{left} is {right}"),
    Comparison.NOT_EQUAL: Text("{left}が{right}以外", "{left} is not {right}"),
}
_CALCULATIONS = {
    Operation.ADD: Text("{left}＋{right}", "{left} + {right}"),
    Operation.SUBTRACT: Text("{left}－{right}", "{left} − {right}"),
    Operation.MULTIPLY: Text("{left}×{right}", "{left} × {right}"),
    Operation.DIVIDE: Text("{left}÷{right}", "{left} ÷ {right}"),
    Operation.LOWER: Text("{left}と{right}のいずれか低い方", "the lower of {left} and {right}"),
    Operation.HIGHER: Text("{left}と{right}のいずれか高い方", "the higher of {left} and {right}"),
}
_AMOUNTS = {
    Operation.LOWER: Text("{left}と{right}のいずれか低い方の額", "the lower of {left} and {right}"),
    Operation.HIGHER: Text("{left}と{right}のいずれか高い方の額", "the higher of {left} and {right}"),
}
_SHIFTS = {
    Operation.ADD: Text("{left}の{right}後", "{right} after {left}"),
    Operation.SUBTRACT: Text("{left}の{right}前", "{right} before {left}"),
    Operation.LOWER: Text("{left}と{right}のいずれか早い方", "the earlier of {left} and {right}"),
    Operation.HIGHER: Text("{left}と{right}のいずれか遅い方", "the later of {left} and {right}"),
}
_AGGREGATES = {
    Aggregation.SUM: Text("{rows}の{field}の合計", "the total {field} of the {rows}"),
    Aggregation.LARGEST: Text("{rows}の{field}の最大", "the largest {field} of the {rows}"),
    Aggregation.COUNT: Text("{rows}の件数", "the number of {rows}"),
}
_AT_MOST_EACH = Text("{total}（1件につき{most}まで）", "{total} (counting at most {most} each)")
_ONE_ROW = Text("{rows}のいずれかの{field}", "the {field} of any of the {rows}")

_LISTED_FROM = 3  # so many alternatives are listed, fewer are joined by "or"


class _Joint(Enum):
    """What holds the parts of a sentence together."""

    NONE = "it has no parts"
    AND = "and"
    OR = "or"
    IF = "if"


@dataclass(frozen=True, slots=True)
class _Part:
    """The words of a part, and what holds them together."""

    words: Text
    joint: _Joint


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for what one scope names; `row` is the list whose rows are spoken of."""

    scope: Scope
    row: FactDefinition | None = None

    def condition(self, condition: Condition) -> Text:
        """Return the sentence of `condition`: its label where it has one, else its parts and expressions in words."""
        if condition.label is not None:
            return condition.label
        if condition.form is None:
            return self.clause(condition.expression)
        match condition.form:
            case Together.ALL_OF:
                return _all_of([self._part(part) for part in condition.parts])
            case Together.ANY_OF:
                return _any_of([self._part(part) for part in condition.parts])
            case Together.NONE_OF:
                listed = phrases.joined([self.condition(part) for part in condition.parts], "／", "; ")
                return Text(f"次のいずれにも当たらない（{listed.ja}）", f"none of these is so ({listed.en})")
            case _:
                when, then = (self.condition(part) for part in condition.parts)
                told = when.ja if _ends_in_an_amount(condition.parts[0]) else f"（{when.ja}）"
                return Text(f"{told}の場合は、{then.ja}", f"if {when.en}, {then.en}")

    def outline(self, condition: Condition) -> Outline:
        """Return `condition` as a list may show it; a part that has a label is told by it, not by its own parts."""
        if condition.label is not None or not isinstance(condition.form, Together):
            return Outline(self.condition(condition))
        parts = tuple(self.outline(part) for part in condition.parts)
        return Outline(self.condition(condition), condition.form.value, parts)

    def clause(self, expression: Expression) -> Text:
        """Return the clause that says that `expression` holds."""
        match expression:
            case AllOf(parts):
                return self._range(parts) or _all_of([self._part(Condition(part)) for part in parts])
            case AnyOf(parts):
                return _any_of([self._part(Condition(part)) for part in parts])
            case Not(part):
                return self._negated(part)
            case Compare(comparison, left, right):
                return self._compared(comparison, left, right)
            case OneOf(subject, choices):
                return self._one_of(subject, choices)
            case Named(name, _):
                return self._named(name, holds=True)
            case Fact(name):
                return self._answered(name, holds=True)
            case OpenPoint(name):
                return self._left_open(name)
            case Constant() | Field() | Calculate() | Aggregate():
                return self.term(expression)
            case _:
                assert_never(expression)

    def term(self, expression: Expression, unit: Text | None = None) -> Text:
        """Return `expression` as a noun; `unit` is the word after a figure."""
        match expression:
            case Constant(kind, value):
                return phrases.figure(kind, value, unit)
            case Fact(name):
                return phrases.the(self.scope.facts[name].label)
            case Field(name):
                return phrases.the(self._field(name).label)
            case Named(name, _):
                return phrases.the(self.scope.text(self.scope.definitions[name].label))
            case Calculate():
                return self._calculation(expression, unit)
            case Aggregate():
                return self._aggregate(expression)
            case _:
                clause = self.clause(expression)
                return Text(f"（{clause.ja}）", f"({clause.en})")

    def _part(self, part: Condition) -> _Part:
        return _Part(self.condition(part), _joint_of(part))

    def _range(self, parts: Sequence[Expression]) -> Text | None:
        """Return 「期間が3年以上5年以下」 for two comparisons that bound one thing, or None for anything else."""
        match parts:
            case (
                Compare(above, low, Constant(kind, least)),
                Compare(below, high, Constant(_, most)),
            ) if low == high and kind is Kind.COUNT and above in _FROM and below in _UP_TO:
                subject, unit = self.term(low), self._unit(low)
                first, last = phrases.figure(kind, least, unit), phrases.figure(kind, most, unit)
                start = _FROM[above].en.format(figure_text(kind, least).en)
                reach = f"{start} {_UP_TO[below].en} {last.en}"
                if (above, below) == (Comparison.AT_LEAST, Comparison.AT_MOST):
                    reach = f"{figure_text(kind, least).en} to {last.en}"
                reach_ja = f"{first.ja}{_FROM[above].ja}{last.ja}{_UP_TO[below].ja}"
                return Text(f"{subject.ja}が{reach_ja}", f"{subject.en} is {reach}")
        return None

    def _negated(self, part: Expression) -> Text:
        """Return the clause that says that `part` does not hold, by a word of its own where one says exactly that."""
        match part:
            case Not(inner):
                return self.clause(inner)
            case AllOf(parts):
                return self.clause(AnyOf(tuple(Not(inner) for inner in parts)))
            case AnyOf(parts):
                return self.clause(AllOf(tuple(Not(inner) for inner in parts)))
            case Compare(comparison, left, right) if self._is_never_none(left) and self._is_never_none(right):
                return self.clause(Compare(_OPPOSITE[comparison], left, right))
            case OneOf(subject, choices):
                return self._one_of(subject, choices, holds=False)
            case Named(name, _):
                return self._named(name, holds=False)
            case Fact(name):
                return self._answered(name, holds=False)
            case _:
                words = self.clause(part)
                return Text(f"（{words.ja}）に当たらない", f"it is not so that {words.en}")

    def _is_never_none(self, side: Expression) -> bool:
        match side:
            case Fact(name):
                return not self.scope.may_be_none(name)
            case Field(name):
                return not self._field(name).optional
            case Aggregate(aggregation=aggregation):
                return aggregation is not Aggregation.LARGEST
            case Calculate(_, left, right):
                return self._is_never_none(left) and self._is_never_none(right)
            case Named(_, body):
                return self._is_never_none(body)
            case _:
                return True

    def _compared(self, comparison: Comparison, left: Expression, right: Expression) -> Text:
        if isinstance(left, Constant) and not isinstance(right, Constant):
            return self._compared(_MIRRORED[comparison], right, left)
        match right:
            case Constant(_, None):
                return self._compared_with_none(comparison, left)
            case Constant(Kind.CHOICE, value):
                return self._one_of(left, (str(value),), holds=comparison is Comparison.EQUAL)
            case Constant(Kind.YES_NO, value):
                return self.clause(left) if value is (comparison is Comparison.EQUAL) else self._negated(left)
            case Constant(kind, _):
                forms = _OF_TIMES if kind in (Kind.DATE, Kind.MOMENT) else _OF_FIGURES
            case _:
                forms = _OF_TIMES if self._is_time(left) else _OF_TERMS
        subject = self._one_row(left) if _is_reached_by_one_row(comparison, left) else self.term(left)
        return forms[comparison].filled(left=subject, right=self.term(right, self._unit(left)))

    def _compared_with_none(self, comparison: Comparison, left: Expression) -> Text:
        fact = self.scope.facts[left.name] if isinstance(left, Fact) else None
        none = Text("なし", "none") if fact is None or fact.none_label is None else fact.none_label
        subject = self.term(left)
        if comparison is Comparison.EQUAL:
            return Text(f"{subject.ja}が「{none.ja}」", f"{subject.en} is “{phrases.small(none.en)}”")
        return Text(f"{subject.ja}が「{none.ja}」以外", f"{subject.en} is other than “{phrases.small(none.en)}”")

    def _one_of(self, subject: Expression, choices: Sequence[str], *, holds: bool = True) -> Text:
        labels = {choice.name: choice.label for choice in self._choices(subject)}
        named = tuple(Text(labels[choice].ja, phrases.small(labels[choice].en)) for choice in choices)
        listed = phrases.listed(named)
        term = self.term(subject)
        if holds:
            return Text(f"{term.ja}が{listed.ja}", f"{term.en} is {listed.en}")
        return Text(f"{term.ja}が{listed.ja}以外", f"{term.en} is not {listed.en}")

    def _named(self, name: str, *, holds: bool) -> Text:
        draft = self.scope.definitions[name]
        sentence = draft.yes_sentence if holds else draft.no_sentence
        if sentence is not None:
            return self.scope.text(sentence)
        label = self.scope.text(draft.label)
        if holds:
            return Text(f"{label.ja}に当たる", f"the applicant is {phrases.with_article(label.en)}")
        return Text(f"{label.ja}に当たらない", f"the applicant is not {phrases.with_article(label.en)}")

    def _left_open(self, name: str) -> Text:
        """Return what nobody can tell: an open point of the documents, or the outcome that an answer leaves open."""
        if name in self.scope.facts:
            label = phrases.the(self.scope.facts[name].label)
            return Text(f"{label.ja}の結果がまだ決まっていない", f"the outcome of {label.en} is not settled yet")
        point = self.scope.text(self.scope.open_points[name])
        ja, en = point.ja.removesuffix("。"), phrases.small(point.en.removesuffix("."))
        return Text(f"資料では定まらない（{ja}）", f"the documents leave it open ({en})")

    def _answered(self, name: str, *, holds: bool) -> Text:
        fact = self.scope.facts[name]
        sentence = fact.yes_sentence if holds else fact.no_sentence
        if sentence is None:
            raise AssertionError(f"the fact {name} was read without its sentences")
        return sentence

    def _calculation(self, calculation: Calculate, unit: Text | None) -> Text:
        left = self._operand(calculation.left, self._unit(calculation.right) if unit is None else unit)
        right = self._operand(calculation.right, None)
        return self._phrase(calculation).filled(left=left, right=right)

    def _phrase(self, calculation: Calculate) -> Text:
        operation = calculation.operation
        match self._kind(calculation):
            case Kind.DATE | Kind.MOMENT:
                return _SHIFTS[operation]
            case Kind.YEN:
                return _AMOUNTS.get(operation, _CALCULATIONS[operation])
            case _:
                return _CALCULATIONS[operation]

    def _operand(self, expression: Expression, unit: Text | None) -> Text:
        words = self.term(expression, unit)
        return phrases.in_brackets(words) if isinstance(expression, Calculate) else words

    def _aggregate(self, aggregate: Aggregate) -> Text:
        phrase = _AGGREGATES[aggregate.aggregation]
        words = phrase.filled(rows=self._rows(aggregate), field=self._field_name(aggregate))
        if aggregate.up_to is None:
            return words
        most = figure_text(self._column(aggregate, aggregate.field).kind, aggregate.up_to)
        return _AT_MOST_EACH.filled(total=words, most=most)

    def _one_row(self, left: Expression) -> Text:
        """Return the field of one row: the largest reaches a value where any row does."""
        assert isinstance(left, Aggregate)  # noqa: S101 - asked by the caller
        return _ONE_ROW.filled(rows=self._rows(left), field=self._field_name(left))

    def _rows(self, aggregate: Aggregate) -> Text:
        rows = self.scope.facts[aggregate.rows]
        if aggregate.where is None:
            return Text(rows.label.ja, phrases.bare(rows.label.en))
        where = replace(self, row=rows).clause(aggregate.where)
        return Text(f"{rows.label.ja}（{where.ja}）", f"{phrases.bare(rows.label.en)} for which {where.en}")

    def _field_name(self, aggregate: Aggregate) -> Text:
        if aggregate.field is None:
            return Text("", "")
        label = self._column(aggregate, aggregate.field).label
        return Text(label.ja, phrases.bare(label.en))

    def _column(self, aggregate: Aggregate, name: str | None) -> RowField:
        return next(field for field in self.scope.facts[aggregate.rows].fields if field.name == name)

    def _field(self, name: str) -> RowField:
        assert self.row is not None  # noqa: S101 - a field is only ever inside an aggregate
        return next(field for field in self.row.fields if field.name == name)

    def _choices(self, subject: Expression) -> tuple[Choice, ...]:
        match subject:
            case Fact(name):
                return self.scope.facts[name].choices
            case Field(name):
                return self._field(name).choices
            case Named(_, body):
                return self._choices(body)
            case _:
                raise AssertionError(f"{subject} is no choice")

    def _unit(self, subject: Expression) -> Text | None:
        """Return the word after figures that `subject` is compared with."""
        match subject:
            case Fact(name):
                return phrases.unit_after(self.scope.facts[name])
            case Named(_, body):
                return self._unit(body)
            case Calculate(_, left, right):
                unit = self._unit(left)
                return self._unit(right) if unit is None else unit
            case Aggregate(aggregation=Aggregation.COUNT):
                return Text("件", "")
            case _:
                return None

    def _is_time(self, expression: Expression) -> bool:
        return self._kind(expression) in (Kind.DATE, Kind.MOMENT)

    def _kind(self, expression: Expression) -> Kind:
        """Return the kind of a compiled expression, whose kinds fit."""
        match expression:
            case Constant(kind, _):
                return kind
            case Fact(name):
                return self.scope.facts[name].kind
            case Field(name):
                return self._field(name).kind
            case Named(_, body):
                return self._kind(body)
            case Calculate(operation, left, right):
                result = result_kind(self._kind(left), operation, self._kind(right))
                assert result is not None  # noqa: S101 - checked when it was compiled
                return result
            case Aggregate(field=None):
                return Kind.COUNT
            case Aggregate(field=name):
                return self._column(expression, name).kind
            case _:
                return Kind.YES_NO


def point_limit_sentence(labels: Sequence[Text], at_most: int) -> Text:
    """Return how many of the points with these labels count at most."""
    quoted = [Text(f"「{label.ja}」", f"“{label.en}”") for label in labels]
    of = phrases.joined(quoted, "、", ", ")
    return Text(
        f"{of.ja}のうち、数えるのは{at_most:,}件まで",
        f"at most {at_most:,} of these {'counts' if at_most == 1 else 'count'}: {of.en}",
    )


def _ends_in_an_amount(condition: Condition) -> bool:
    """Say whether the Japanese clause ends like 「…が101人以上」, so that 「の場合は」 can follow it."""
    if condition.label is not None or condition.form is not None:
        return False
    match condition.expression:
        case Compare(comparison, _, Constant(kind, value)):
            return comparison in (*_FROM, *_UP_TO) and value is not None and kind in _MEASURED
        case _:
            return False


def _joint_of(condition: Condition) -> _Joint:
    if condition.label is not None:
        return _Joint.NONE
    match condition.form, condition.expression:
        case Together.NONE_OF, _:
            return _Joint.NONE
        case ((Together() | None), (AllOf(parts) | Not(AnyOf(parts)))):
            return _Joint.NONE if len(parts) == 1 else _Joint.AND
        case ((Together() | None), (AnyOf(parts) | Not(AllOf(parts)))):
            return _Joint.NONE if len(parts) == 1 else _Joint.OR
        case None, Not(Not(inner)):
            return _joint_of(Condition(inner))
        case None, _:
            return _Joint.NONE
        case _:
            return _Joint.IF


def _all_of(parts: Sequence[_Part]) -> Text:
    if len(parts) == 1:
        return parts[0].words
    return phrases.joined([_grouped(part, but=_Joint.NONE) for part in parts], " かつ ", " and ")


def _any_of(parts: Sequence[_Part]) -> Text:
    """Return two simple alternatives joined by "or"; others as a list, in which "and" needs no brackets."""
    if len(parts) == 1:
        return parts[0].words
    if len(parts) < _LISTED_FROM and not any(part.joint is _Joint.AND for part in parts):
        return phrases.joined([_grouped(part, but=_Joint.NONE) for part in parts], " 又は ", " or ")
    listed = phrases.joined([_grouped(part, but=_Joint.AND) for part in parts], "／", "; ")
    return Text(f"次のいずれか：{listed.ja}", f"one of these is so: {listed.en}")


def _grouped(part: _Part, *, but: _Joint) -> Text:
    """Return the words of `part`, in brackets unless it has no parts or is held together by `but`."""
    return part.words if part.joint in (_Joint.NONE, but) else phrases.in_brackets(part.words)


def _is_reached_by_one_row(comparison: Comparison, left: Expression) -> bool:
    is_largest = isinstance(left, Aggregate) and left.aggregation is Aggregation.LARGEST
    return is_largest and comparison in (Comparison.AT_LEAST, Comparison.MORE_THAN)
