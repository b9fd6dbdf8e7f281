"""Conditions, tiers, rates and limits in words: what decides goes in, its sentence in both languages comes out.

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
from calculator.rulebook import Choice, FactDefinition, LimitTier, RowField
from calculator.text import Text
from site_builder.rules.compilation import Condition
from site_builder.rules.drafts import Together
from site_builder.rules.model import Outline
from site_builder.rules.scope import Scope

MOMENT_LABELS = {
    "call_opens": Text("公募開始", "Call opens"),
    "applications_open": Text("申請受付開始", "Applications open"),
    "applications_close": Text("応募締切", "Applications close"),
}

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
}
_SHIFTS = {
    Operation.ADD: Text("{left}の{right}後", "{right} after {left}"),
    Operation.SUBTRACT: Text("{left}の{right}前", "{right} before {left}"),
}
_AGGREGATES = {
    Aggregation.SUM: Text("{rows}の{field}の合計", "the total {field} of the {rows}"),
    Aggregation.LARGEST: Text("{rows}の{field}の最大", "the largest {field} of the {rows}"),
    Aggregation.COUNT: Text("{rows}の件数", "the number of {rows}"),
}
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
                listed = _joined([self.condition(part) for part in condition.parts], "／", "; ")
                return Text(f"次のいずれにも当たらない（{listed.ja}）", f"none of these is so ({listed.en})")
            case _:
                when, then = (self.condition(part) for part in condition.parts)
                return Text(f"（{when.ja}）の場合は、{then.ja}", f"if {when.en}, {then.en}")

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
                point = self.scope.text(self.scope.open_points[name])
                ja, en = point.ja.removesuffix("。"), _small(point.en.removesuffix("."))
                return Text(f"資料では定まらない（{ja}）", f"the documents leave it open ({en})")
            case Constant() | Field() | Calculate() | Aggregate():
                return self.term(expression)
            case _:
                assert_never(expression)

    def term(self, expression: Expression, unit: Text | None = None) -> Text:
        """Return `expression` as a noun; `unit` is the word after a figure."""
        match expression:
            case Constant(kind, value):
                return _figure(kind, value, unit)
            case Fact(name):
                return _the(self.scope.facts[name].label)
            case Field(name):
                return _the(self._field(name).label)
            case Named(name, _):
                return _the(self.scope.text(self.scope.definitions[name].label))
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
                Compare(Comparison.AT_LEAST, low, Constant(kind, least)),
                Compare(Comparison.AT_MOST, high, Constant(_, most)),
            ) if low == high and kind is Kind.COUNT:
                subject, unit = self.term(low), self._unit(low)
                first, last = _figure(kind, least, unit), _figure(kind, most, unit)
                reach = f"{figure_text(kind, least).en} to {last.en}"
                return Text(f"{subject.ja}が{first.ja}以上{last.ja}以下", f"{subject.en} is {reach}")
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
                return not self.scope.facts[name].optional
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
                phrases = _OF_TIMES if kind in (Kind.DATE, Kind.MOMENT) else _OF_FIGURES
            case _:
                phrases = _OF_TIMES if self._is_time(left) else _OF_TERMS
        subject = self._one_row(left) if _is_reached_by_one_row(comparison, left) else self.term(left)
        return phrases[comparison].filled(left=subject, right=self.term(right, self._unit(left)))

    def _compared_with_none(self, comparison: Comparison, left: Expression) -> Text:
        fact = self.scope.facts[left.name] if isinstance(left, Fact) else None
        none = Text("なし", "none") if fact is None or fact.none_label is None else fact.none_label
        subject = self.term(left)
        if comparison is Comparison.EQUAL:
            return Text(f"{subject.ja}が「{none.ja}」", f"{subject.en} is “{_small(none.en)}”")
        return Text(f"{subject.ja}が「{none.ja}」以外", f"{subject.en} is other than “{_small(none.en)}”")

    def _one_of(self, subject: Expression, choices: Sequence[str], *, holds: bool = True) -> Text:
        labels = {choice.name: choice.label for choice in self._choices(subject)}
        named = tuple(Text(labels[choice].ja, _small(labels[choice].en)) for choice in choices)
        listed = _listed(named)
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
            return Text(f"{label.ja}に当たる", f"the applicant is {_a(label.en)}")
        return Text(f"{label.ja}に当たらない", f"the applicant is not {_a(label.en)}")

    def _answered(self, name: str, *, holds: bool) -> Text:
        fact = self.scope.facts[name]
        sentence = fact.yes_sentence if holds else fact.no_sentence
        if sentence is None:
            raise AssertionError(f"the fact {name} was read without its sentences")
        return sentence

    def _calculation(self, calculation: Calculate, unit: Text | None) -> Text:
        left = self._operand(calculation.left, self._unit(calculation.right) if unit is None else unit)
        right = self._operand(calculation.right, None)
        phrases = _SHIFTS if self._is_time(calculation) else _CALCULATIONS
        return phrases[calculation.operation].filled(left=left, right=right)

    def _operand(self, expression: Expression, unit: Text | None) -> Text:
        words = self.term(expression, unit)
        return _in_brackets(words) if isinstance(expression, Calculate) else words

    def _aggregate(self, aggregate: Aggregate) -> Text:
        phrase = _AGGREGATES[aggregate.aggregation]
        return phrase.filled(rows=self._rows(aggregate), field=self._field_name(aggregate))

    def _one_row(self, left: Expression) -> Text:
        """Return the field of one row: the largest reaches a value where any row does."""
        assert isinstance(left, Aggregate)  # noqa: S101 - asked by the caller
        return _ONE_ROW.filled(rows=self._rows(left), field=self._field_name(left))

    def _rows(self, aggregate: Aggregate) -> Text:
        rows = self.scope.facts[aggregate.rows]
        if aggregate.where is None:
            return Text(rows.label.ja, _bare(rows.label.en))
        where = replace(self, row=rows).clause(aggregate.where)
        return Text(f"{rows.label.ja}（{where.ja}）", f"{_bare(rows.label.en)} for which {where.en}")

    def _field_name(self, aggregate: Aggregate) -> Text:
        if aggregate.field is None:
            return Text("", "")
        rows = self.scope.facts[aggregate.rows]
        label = next(field.label for field in rows.fields if field.name == aggregate.field)
        return Text(label.ja, _bare(label.en))

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
                return _unit_after(self.scope.facts[name])
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
        match expression:
            case Constant(kind, _):
                return kind in (Kind.DATE, Kind.MOMENT)
            case Fact(name):
                return self.scope.facts[name].kind in (Kind.DATE, Kind.MOMENT)
            case Named(_, body):
                return self._is_time(body)
            case Calculate(_, left, _):
                return self._is_time(left)
            case _:
                return False


def tier_sentence(tier: LimitTier, by: FactDefinition | None) -> Text:
    """Return `tier` in words, such as 「…6人〜20人：1,000万円以内」; `by` is the fact that tells the tiers apart."""
    amount = figure_text(Kind.YEN, tier.amount_yen)
    limit = Text(f"{amount.ja}以内", f"up to {amount.en}")
    if by is None or (tier.start is None and tier.end is None):
        return limit
    reach = _reach(tier, by)
    return Text(f"{by.label.ja}{reach.ja}：{limit.ja}", f"{reach.en}: {limit.en}")


def rate_sentence(rate: Text, when: Text | None, *, is_only: bool) -> Text:
    """Return a rate with when it holds; `when` None is in all other cases."""
    if when is not None:
        return Text(f"{when.ja}：{rate.ja}", f"{when.en}: {rate.en}")
    return rate if is_only else Text(f"上記以外：{rate.ja}", f"otherwise: {rate.en}")


def lower_limit_sentence(amount_yen: int) -> Text:
    """Return the lower limit in words."""
    amount = figure_text(Kind.YEN, amount_yen)
    return Text(f"補助金額が{amount.ja}以上", f"the subsidy is {amount.en} or more")


def class_label(condition: Condition, wording: Wording) -> Text:
    """Return who `condition` speaks of, for a rate: the name of a definition alone, else its sentence."""
    if condition.label is None and isinstance(condition.expression, Named):
        label = wording.scope.text(wording.scope.definitions[condition.expression.name].label)
        return Text(label.ja, _small(label.en))
    return wording.condition(condition)


def _reach(tier: LimitTier, by: FactDefinition) -> Text:
    start = None if tier.start is None else _figure(by.kind, tier.start, by.unit)
    end = None if tier.end is None else _figure(by.kind, tier.end, by.unit)
    if start is None and end is not None:
        return Text(f"{end.ja}以下", f"{end.en} or fewer" if by.kind is Kind.COUNT else f"{end.en} or less")
    if start is not None and end is None:
        return Text(f"{start.ja}以上", f"{start.en} or more")
    assert start is not None  # noqa: S101 - a tier open at both ends has no reach to word
    assert end is not None  # noqa: S101 - the same
    first = f"{tier.start:,}" if by.kind is Kind.COUNT else start.en
    return Text(f"{start.ja}〜{end.ja}", f"{first} to {end.en}")


def _unit_after(fact: FactDefinition) -> Text | None:
    """Return the fact's unit; in English none after "number of employees", which names it already."""
    if fact.unit is None:
        return None
    return Text(fact.unit.ja, "") if fact.label.en.lower().startswith("number of ") else fact.unit


def _figure(kind: Kind, value: object, unit: Text | None) -> Text:
    if unit is None or kind not in (Kind.COUNT, Kind.PERCENT):
        return figure_text(kind, value)  # type: ignore[arg-type]  # a Constant's value is a scalar
    figure = figure_text(kind, value)  # type: ignore[arg-type]  # the same
    unit_en = unit.en.removesuffix("s") if value == 1 else unit.en
    unit_ja = unit.ja if kind is Kind.COUNT else ""
    return Text(f"{figure.ja}{unit_ja}", f"{figure.en} {unit_en}".strip())


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
    return _joined([_grouped(part, but=_Joint.NONE) for part in parts], " かつ ", " and ")


def _any_of(parts: Sequence[_Part]) -> Text:
    """Return two simple alternatives joined by "or"; others as a list, in which "and" needs no brackets."""
    if len(parts) == 1:
        return parts[0].words
    if len(parts) < _LISTED_FROM and not any(part.joint is _Joint.AND for part in parts):
        return _joined([_grouped(part, but=_Joint.NONE) for part in parts], " 又は ", " or ")
    listed = _joined([_grouped(part, but=_Joint.AND) for part in parts], "／", "; ")
    return Text(f"次のいずれか：{listed.ja}", f"one of these is so: {listed.en}")


def _grouped(part: _Part, *, but: _Joint) -> Text:
    """Return the words of `part`, in brackets unless it has no parts or is held together by `but`."""
    return part.words if part.joint in (_Joint.NONE, but) else _in_brackets(part.words)


def _is_reached_by_one_row(comparison: Comparison, left: Expression) -> bool:
    is_largest = isinstance(left, Aggregate) and left.aggregation is Aggregation.LARGEST
    return is_largest and comparison in (Comparison.AT_LEAST, Comparison.MORE_THAN)


def _joined(parts: Sequence[Text], ja: str, en: str) -> Text:
    return Text(ja.join(part.ja for part in parts), en.join(part.en for part in parts))


def _listed(names: Sequence[Text]) -> Text:
    """Return 「A、B又はC」 and "A, B or C"."""
    if len(names) == 1:
        return names[0]
    first = _joined(names[:-1], "、", ", ")
    return Text(f"{first.ja}又は{names[-1].ja}", f"{first.en} or {names[-1].en}")


def _in_brackets(words: Text) -> Text:
    return Text(f"（{words.ja}）", f"({words.en})")


def _the(label: Text) -> Text:
    return Text(label.ja, f"the {_bare(label.en)}")


def _bare(label: str) -> str:
    """Return an English label without its article and capital."""
    small = _small(label)
    for article in ("the ", "a ", "an "):
        small = small.removeprefix(article)
    return small


def _a(label: str) -> str:
    """Return an English label with an article."""
    small = _small(label)
    if small.startswith(("a ", "an ", "the ")):
        return small
    first = small.split(" ", 1)[0]
    begins_with_vowel = first[:1] in "AEFHILMNORSX" if first.isupper() else first[:1].lower() in "aeiou"
    return f"{'an' if begins_with_vowel else 'a'} {small}"


def _small(label: str) -> str:
    """Return an English label as it stands inside a sentence; "NPO" and "DX project" keep their capitals."""
    first = label.split(" ", 1)[0]
    return label if first[1:] != first[1:].lower() else label[:1].lower() + label[1:]
