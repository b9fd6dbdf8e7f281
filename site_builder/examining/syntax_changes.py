"""Small mistakes inside one expression: its syntax tree goes in, and one tree for each mistake comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from functools import partial

from calculator.expressions import Aggregation, Comparison, Constant, Operation
from calculator.kinds import Kind
from calculator.rulebook import FactDefinition
from site_builder.rules.notation import SIGNS, literal
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

#: The smallest step of each kind, as documents print it: 0.1% and a hundredth for shares, a minute for moments.
_STEPS: Mapping[Kind, int | Fraction | timedelta] = {
    Kind.YEN: 1,
    Kind.COUNT: 1,
    Kind.MONTHS: 1,
    Kind.PERCENT: Fraction(1, 10),
    Kind.RATE: Fraction(1, 100),
    Kind.DATE: timedelta(days=1),
    Kind.MOMENT: timedelta(minutes=1),
}
#: What is easily written in place of each sign. Its opposite is not here: whoever notices these notices that too.
_SIGNS: Mapping[Comparison, Comparison] = {
    Comparison.LESS_THAN: Comparison.AT_MOST,
    Comparison.AT_MOST: Comparison.LESS_THAN,
    Comparison.MORE_THAN: Comparison.AT_LEAST,
    Comparison.AT_LEAST: Comparison.MORE_THAN,
    Comparison.EQUAL: Comparison.NOT_EQUAL,
    Comparison.NOT_EQUAL: Comparison.EQUAL,
}
_WRITTEN = {**SIGNS, Operation.LOWER: "lower_of", Operation.HIGHER: "higher_of"}
_OPERATIONS: Mapping[Operation, Operation] = {
    Operation.ADD: Operation.SUBTRACT,
    Operation.SUBTRACT: Operation.ADD,
    Operation.MULTIPLY: Operation.DIVIDE,
    Operation.DIVIDE: Operation.MULTIPLY,
    Operation.LOWER: Operation.HIGHER,
    Operation.HIGHER: Operation.LOWER,
}


@dataclass(frozen=True, slots=True)
class SyntaxChange:
    """A changed tree: which characters of the expression were changed, how in words, and the sort of change."""

    syntax: Syntax
    span: Span
    words: str
    sort: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What words can stand in for one another: the facts, and the list whose rows a condition goes through."""

    facts: Mapping[str, FactDefinition]
    rows: str | None = None

    def choices(self, name: str, rows: str | None = None) -> tuple[str, ...]:
        """Return the choices of a fact, or of a column of `rows`; none of anything else."""
        listed = self.facts.get(rows or self.rows or "")
        columns = () if listed is None else listed.fields
        column = next((one for one in columns if one.name == name), None)
        found = self.facts.get(name) if column is None else column
        return () if found is None else tuple(choice.name for choice in found.choices)

    def answers(self, name: str) -> tuple[bool | None, ...]:
        """Return what can be said to a question of yes and no that may have no answer; nothing of anything else."""
        fact = self.facts.get(name)
        return (True, False, None) if fact is not None and fact.kind is Kind.YES_NO and fact.optional else ()


def smallest_steps(constant: Constant) -> Iterator[Constant]:
    """Yield the value one smallest step lower and higher; a value without steps yields nothing."""
    step, value = _STEPS.get(constant.kind), constant.value
    if step is not None and value is not None:
        for moved in (-step, step):
            yield Constant(constant.kind, value + moved)  # type: ignore[operator]  # a step is of the kind of its value


def changed_syntax(syntax: Syntax, vocabulary: Vocabulary) -> Iterator[SyntaxChange]:
    """Yield `syntax` with one change in it, for each change that can be made in it or under it."""
    yield from _own_changes(syntax, vocabulary)
    match syntax:
        case CompareSyntax(left=left, right=right) | CalculateSyntax(left=left, right=right):
            yield from _under(left, vocabulary, lambda new: replace(syntax, left=new))
            yield from _under(right, vocabulary, lambda new: replace(syntax, right=new))
        case AllOfSyntax(parts=parts) | AnyOfSyntax(parts=parts):
            for at, part in enumerate(parts):
                yield from _under(part, vocabulary, partial(_with_part, syntax, at))
        case NotSyntax(part=part):
            yield from _under(part, vocabulary, lambda new: replace(syntax, part=new))
        case AggregateSyntax(up_to=up_to, where=where):
            if up_to is not None:
                yield from _under(up_to, vocabulary, lambda new: replace(syntax, up_to=new))
            if where is not None:
                inside = replace(vocabulary, rows=syntax.rows.name)
                yield from _under(where, inside, lambda new: replace(syntax, where=new))


def _under(part: Syntax, vocabulary: Vocabulary, put_back: Callable[[Syntax], Syntax]) -> Iterator[SyntaxChange]:
    for change in changed_syntax(part, vocabulary):
        yield replace(change, syntax=put_back(change.syntax))


def _with_part(syntax: AllOfSyntax | AnyOfSyntax, at: int, new: Syntax) -> Syntax:
    return replace(syntax, parts=(*syntax.parts[:at], new, *syntax.parts[at + 1 :]))


def _own_changes(syntax: Syntax, vocabulary: Vocabulary) -> Iterator[SyntaxChange]:
    match syntax:
        case ValueSyntax(constant=Constant() as constant, span=span):
            for moved in smallest_steps(constant):
                words = f"{literal(constant.kind, constant.value)} → {literal(moved.kind, moved.value)}"
                yield SyntaxChange(ValueSyntax(moved, span), span, words, "value")
        case CompareSyntax():
            yield from _comparisons(syntax, vocabulary)
        case OneOfSyntax():
            yield from _choices(syntax, vocabulary)
        case AllOfSyntax(parts=parts, span=span) | AnyOfSyntax(parts=parts, span=span):
            is_all = isinstance(syntax, AllOfSyntax)
            swapped: Syntax = AnyOfSyntax(parts, span) if is_all else AllOfSyntax(parts, span)
            yield SyntaxChange(swapped, span, "and → or" if is_all else "or → and", "connective")
            for at, part in enumerate(parts):
                left = (*parts[:at], *parts[at + 1 :])
                fewer: Syntax = left[0] if len(left) == 1 else replace(syntax, parts=left)
                yield SyntaxChange(fewer, part.span, "dropped", "part dropped")
        case NotSyntax(part=part, span=span):
            yield SyntaxChange(part, span, "not dropped", "connective")
        case CalculateSyntax(operation=operation, span=span):
            other = _OPERATIONS[operation]
            words = f"{_WRITTEN[operation]} → {_WRITTEN[other]}"
            yield SyntaxChange(replace(syntax, operation=other), span, words, "operator")
        case AggregateSyntax():
            yield from _aggregates(syntax)
        case OpenSyntax(span=span):
            for answer in (True, False):
                settled = ValueSyntax(Constant(Kind.YES_NO, answer), span)
                yield SyntaxChange(settled, span, f"open → {'yes' if answer else 'no'}", "connective")


def _comparisons(syntax: CompareSyntax, vocabulary: Vocabulary) -> Iterator[SyntaxChange]:
    other = _SIGNS[syntax.comparison]
    words = f"{_WRITTEN[syntax.comparison]} → {_WRITTEN[other]}"
    yield SyntaxChange(replace(syntax, comparison=other), syntax.span, words, "operator")
    match syntax:
        case CompareSyntax(left=NameSyntax(name=name), right=NameSyntax() as right):
            for choice in vocabulary.choices(name):
                if choice != right.name:
                    changed = replace(syntax, right=replace(right, name=choice))
                    yield SyntaxChange(changed, right.span, f"{right.name} → {choice}", "choice")
        case CompareSyntax(left=NameSyntax(name=name), right=ValueSyntax(constant=constant) as right):
            now = None if constant is None else constant.value
            for answer in vocabulary.answers(name):
                if answer is not now:
                    said = None if answer is None else Constant(Kind.YES_NO, answer)
                    changed = replace(syntax, right=replace(right, constant=said))
                    words = f"{literal(Kind.YES_NO, now)} → {literal(Kind.YES_NO, answer)}"
                    yield SyntaxChange(changed, right.span, words, "choice")


def _choices(syntax: OneOfSyntax, vocabulary: Vocabulary) -> Iterator[SyntaxChange]:
    choices = syntax.choices
    for at, one in enumerate(choices if len(choices) > 1 else ()):
        fewer = replace(syntax, choices=(*choices[:at], *choices[at + 1 :]))
        yield SyntaxChange(fewer, one.span, f"{one.name} dropped", "choice")
    if isinstance(syntax.subject, NameSyntax):
        names, last = {one.name for one in choices}, choices[-1]
        for name in vocabulary.choices(syntax.subject.name):
            if name not in names:
                more = replace(syntax, choices=(*choices, replace(last, name=name)))
                yield SyntaxChange(more, last.span, f"{name} added", "choice")


def _aggregates(syntax: AggregateSyntax) -> Iterator[SyntaxChange]:
    swaps = {Aggregation.SUM: Aggregation.LARGEST, Aggregation.LARGEST: Aggregation.SUM}
    other = swaps.get(syntax.aggregation)
    if other is not None:
        changed = replace(syntax, aggregation=other, up_to=None)
        yield SyntaxChange(changed, syntax.rows.span, f"{syntax.aggregation} → {other}", "operator")
    if syntax.where is not None:
        yield SyntaxChange(replace(syntax, where=None), syntax.where.span, "where dropped", "part dropped")
    if syntax.up_to is not None:
        yield SyntaxChange(replace(syntax, up_to=None), syntax.up_to.span, "up_to dropped", "part dropped")
