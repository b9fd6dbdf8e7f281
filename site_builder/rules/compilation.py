"""Names looked up and kinds checked: syntax trees and condition nodes go in, the calculator's expressions come out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, assert_never

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
from calculator.kinds import Kind
from calculator.text import Text
from site_builder.errors import GuidanceError, name_hint
from site_builder.rules.drafts.conditions import ConditionDraft, LabelledDraft, PartsDraft, Together, WhenDraft
from site_builder.rules.syntax import (
    AggregateSyntax,
    AllOfSyntax,
    AnyOfSyntax,
    CalculateSyntax,
    CompareSyntax,
    ExpressionDraft,
    NameSyntax,
    NotSyntax,
    OneOfSyntax,
    OpenSyntax,
    Span,
    Syntax,
    ValueSyntax,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calculator.rulebook import Choice, FactDefinition, RowField
    from site_builder.errors import Place
    from site_builder.rules.drafts.values import ValueDraft
    from site_builder.rules.scope import Scope
    from site_builder.sources.nodes import ScalarNode


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition, and how it was written: `form` None is an expression of its own.

    For `when`, `parts` are the two sides. `label` is printed instead of the words of the expression.
    """

    expression: Expression
    label: Text | None = None
    form: Together | type[WhenDraft] | None = None
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """An expression with what is known of its values."""

    expression: Expression
    kind: Kind
    choices: tuple[Choice, ...] = ()
    optional: bool = False


#: An expression may rest on so many definitions, in so many steps: several times as many as any does.
MOST_MET, MOST_IN_ONE_ANOTHER = 100, 10
KIND_WORDS = {
    Kind.YES_NO: "a yes or no",
    Kind.CHOICE: "a choice",
    Kind.YEN: "an amount of yen",
    Kind.COUNT: "a count",
    Kind.PERCENT: "a percentage",
    Kind.RATE: "a rate",
    Kind.DATE: "a date",
    Kind.MOMENT: "a moment",
    Kind.MONTHS: "a length of time",
    Kind.LIST: "a list",
    Kind.RECORD: "a record",
}

_PLUS, _MINUS, _TIMES, _DIVIDED = Operation.ADD, Operation.SUBTRACT, Operation.MULTIPLY, Operation.DIVIDE

_CHOOSING = (Operation.LOWER, Operation.HIGHER)

_RESULTS = {
    **{(kind, sign, kind): kind for kind in (Kind.YEN, Kind.COUNT, Kind.PERCENT, Kind.RATE, Kind.MONTHS)
       for sign in (_PLUS, _MINUS)},
    **{(kind, _DIVIDED, kind): Kind.RATE for kind in (Kind.YEN, Kind.COUNT, Kind.PERCENT, Kind.RATE)},
    **{(kind, sign, other): kind for kind in (Kind.YEN, Kind.PERCENT, Kind.COUNT, Kind.RATE)
       for sign in (_TIMES, _DIVIDED) for other in (Kind.RATE, Kind.COUNT) if (kind, sign) != (other, _DIVIDED)},
    **{(kind, _TIMES, Kind.YEN): Kind.YEN for kind in (Kind.RATE, Kind.COUNT)},
    (Kind.DATE, _PLUS, Kind.MONTHS): Kind.DATE,
    (Kind.DATE, _MINUS, Kind.MONTHS): Kind.DATE,
    (Kind.RATE, _TIMES, Kind.PERCENT): Kind.PERCENT,
    (Kind.COUNT, _TIMES, Kind.PERCENT): Kind.PERCENT,
}  # fmt: skip


def compile_condition(draft: ConditionDraft, scope: Scope) -> Condition:
    """Return the condition that `draft` is in `scope`.

    Raises:
        GuidanceError: a name is unknown, kinds do not fit, or it is no condition.
    """
    return _conditions(draft, scope, _Way())


def compile_definition(name: str, scope: Scope) -> Condition:
    """Return what the definition `name` stands for, which need not be a condition.

    Raises:
        GuidanceError: as `compile_condition`, or it is defined by itself.
    """
    draft = scope.definitions[name].condition
    if isinstance(draft, ExpressionDraft):
        return Condition(_Compiler(scope, draft.node, _Way((name,))).value(draft.syntax).expression)
    return _conditions(draft, scope, _Way((name,)))


def compile_value(draft: ValueDraft, scope: Scope) -> Expression:
    """Return the amount or rate that `draft` is in `scope`.

    Raises:
        GuidanceError: a name is unknown, it is of another kind or may be none, or it varies and must not.
    """
    return _Compiler(scope, draft.node, _Way()).value_of(draft)


def compile_count(draft: ValueDraft, scope: Scope) -> int:
    """Return a number that is the same for everybody, as it was read."""
    value = compile_value(draft, scope)
    assert isinstance(value, Constant)  # noqa: S101 - checked: the same for everybody
    assert isinstance(value.value, int)  # noqa: S101 - it was read as a count
    return value.value


def result_kind(left: Kind, operation: Operation, right: Kind) -> Kind | None:
    """Return the kind of `left operation right`, or None where it has no meaning."""
    if operation in _CHOOSING:
        return left if left is right and left.is_ordered else None
    return _RESULTS.get((left, operation, right))


@dataclass(frozen=True, slots=True)
class _Way:
    """The definitions that led to an expression, and all that have been met so far on the way from the first one."""

    path: tuple[str, ...] = ()
    met: list[str] = field(default_factory=list)

    def to(self, name: str) -> _Way:
        """Return the way that goes on to a definition."""
        self.met.append(name)
        return _Way((*self.path, name), self.met)

    @property
    def is_too_long(self) -> bool:
        """Say whether more definitions rest on one another than anybody can follow; one can double the other."""
        return len(self.path) > MOST_IN_ONE_ANOTHER or len(self.met) > MOST_MET


def _conditions(draft: ConditionDraft, scope: Scope, within: _Way) -> Condition:
    match draft:
        case ExpressionDraft(syntax, node):
            return Condition(_Compiler(scope, node, within).condition(syntax))
        case LabelledDraft(condition, label):
            inner = _conditions(condition, scope, within)
            return inner if label is None else replace(inner, label=scope.text(label))
        case PartsDraft(together, parts, label):
            compiled = tuple(_conditions(part, scope, within) for part in parts)
            return Condition(_held_together(together, compiled), scope.maybe_text(label), together, compiled)
        case WhenDraft(when, then, label):
            sides = (_conditions(when, scope, within), _conditions(then, scope, within))
            expression = AnyOf((Not(sides[0].expression), sides[1].expression))
            return Condition(expression, scope.maybe_text(label), WhenDraft, sides)
        case _:
            assert_never(draft)


def _held_together(together: Together, parts: tuple[Condition, ...]) -> Expression:
    expressions = tuple(part.expression for part in parts)
    match together:
        case Together.ALL_OF:
            return AllOf(expressions)
        case Together.ANY_OF:
            return AnyOf(expressions)
        case Together.NONE_OF:
            return AllOf(tuple(Not(expression) for expression in expressions))


class _Compiler:
    """Compiles one written expression. `within` are the definitions that led here, `row` is the list gone through."""

    def __init__(self, scope: Scope, node: ScalarNode, within: _Way, row: FactDefinition | None = None) -> None:
        self._scope = scope
        self._node = node
        self._within = within
        self._row = row

    def condition(self, syntax: Syntax) -> Expression:
        """Return `syntax` as something that holds or does not."""
        typed = self.value(syntax)
        if typed.kind is not Kind.YES_NO:
            sentence = f"{self._written(syntax)} is {KIND_WORDS[typed.kind]}, not a condition"
            raise self._error(syntax.span, sentence, "compare it with something", "kinds-differ")
        if typed.optional:
            hint = "write `is yes`, `is no` or `is none` after it"
            raise self._error(syntax.span, f"{self._written(syntax)} may be none", hint, "bare-optional")
        return typed.expression

    def value_of(self, draft: ValueDraft) -> Expression:
        """Return an amount or a rate, which always is one."""
        syntax = draft.expression.syntax
        typed = self.value(syntax)
        if typed.kind is not draft.kind:
            sentence = f"{self._with_kind(syntax, typed)}, not {KIND_WORDS[draft.kind]}"
            raise self._error(syntax.span, sentence, "name a figure of that kind, or write it out", "kinds-differ")
        if typed.optional:
            hint = "take something that always has a value"
            raise self._error(syntax.span, f"{self._written(syntax)} may be none", hint, "bare-optional")
        return typed.expression if draft.varies else self._constant_in(typed, syntax)

    def value(self, syntax: Syntax) -> Typed:
        """Return `syntax` with its kind."""
        match syntax:
            case ValueSyntax():
                return self._constant(syntax)
            case NameSyntax():
                return self._name(syntax)
            case CompareSyntax():
                return self._comparison(syntax)
            case OneOfSyntax():
                return self._one_of(syntax)
            case AllOfSyntax(parts):
                return Typed(AllOf(tuple(self.condition(part) for part in parts)), Kind.YES_NO)
            case AnyOfSyntax(parts):
                return Typed(AnyOf(tuple(self.condition(part) for part in parts)), Kind.YES_NO)
            case NotSyntax(part):
                return Typed(Not(self.condition(part)), Kind.YES_NO)
            case CalculateSyntax():
                return self._calculation(syntax)
            case AggregateSyntax():
                return self._aggregate(syntax)
            case OpenSyntax(point):
                return self._open_point(point)
            case _:
                assert_never(syntax)

    def _constant(self, syntax: ValueSyntax) -> Typed:
        if syntax.constant is None:
            hint = "write `fact is none`"
            raise self._error(syntax.span, "'none' is only compared with a fact", hint, "kinds-differ")
        return Typed(syntax.constant, syntax.constant.kind)

    def _name(self, syntax: NameSyntax) -> Typed:
        name, scope = syntax.name, self._scope
        column = self._column(name)
        if column is not None:
            return Typed(Field(name), column.kind, column.choices, column.optional)
        if name in scope.facts:
            fact = scope.facts[name]
            return Typed(Fact(name), fact.kind, fact.choices, scope.may_be_none(name))
        if name in scope.definitions:
            return self._definition(syntax)
        if name in scope.figures:
            return Typed(scope.figures[name], scope.figures[name].kind)
        raise self._unknown(
            syntax,
            "fact",
            [*scope.facts, *scope.definitions, *scope.figures, *self._columns()],
            "facts are listed in rules/facts.yaml",
        )

    def _definition(self, syntax: NameSyntax) -> Typed:
        name = syntax.name
        way = self._within.to(name)
        if name in self._within.path:
            chain = " → ".join(way.path[way.path.index(name) :])
            hint = "take one of these names out of the other's condition"
            raise self._error(syntax.span, f"'{name}' is defined by itself: {chain}", hint, "definition-cycle")
        if way.is_too_long:
            sentence = f"with '{name}', this rests on more than {MOST_MET} definitions, or {MOST_IN_ONE_ANOTHER} deep"
            raise self._error(syntax.span, sentence, "say each thing once", "too-much")
        draft = self._scope.definitions[name].condition
        if not isinstance(draft, ExpressionDraft):
            return Typed(Named(name, _conditions(draft, self._scope, way).expression), Kind.YES_NO)
        body = _Compiler(self._scope, draft.node, way).value(draft.syntax)
        return replace(body, expression=Named(name, body.expression))

    def _comparison(self, syntax: CompareSyntax) -> Typed:
        left = self.value(syntax.left)
        if left.kind in (Kind.LIST, Kind.RECORD) and not _is_none(syntax.right):
            sentence = f"{self._with_kind(syntax.left, left)}, not a single value"
            raise self._error(syntax.span, sentence, "compare what it holds, or write `is none`", "kinds-differ")
        right = self._compared_with(left, syntax)
        if left.kind is not right.kind:
            raise self._kinds_differ(syntax, left, right)
        if syntax.comparison not in (Comparison.EQUAL, Comparison.NOT_EQUAL) and not left.kind.is_ordered:
            sentence = f"{KIND_WORDS[left.kind]} is neither more nor less than another"
            raise self._error(syntax.span, sentence, "compare it with == or !=", "kinds-differ")
        return Typed(Compare(syntax.comparison, left.expression, right.expression), Kind.YES_NO)

    def _compared_with(self, left: Typed, syntax: CompareSyntax) -> Typed:
        right = syntax.right
        if _is_none(right):
            return self._none_for(left, syntax)
        if left.kind is Kind.CHOICE and isinstance(right, NameSyntax):
            return Typed(Constant(Kind.CHOICE, self._choice(right, left)), Kind.CHOICE)
        return self.value(right)

    def _none_for(self, left: Typed, syntax: CompareSyntax) -> Typed:
        if syntax.comparison not in (Comparison.EQUAL, Comparison.NOT_EQUAL):
            raise self._error(
                syntax.span, "'none' is neither more nor less than anything", "write `is none`", "kinds-differ"
            )
        if not left.optional:
            hint = "leave this out, or give the fact `optional: yes`"
            raise self._error(syntax.span, f"{self._written(syntax.left)} is never none", hint, "never-none")
        return Typed(Constant(left.kind, None), left.kind)

    def _one_of(self, syntax: OneOfSyntax) -> Typed:
        subject = self.value(syntax.subject)
        if subject.kind is not Kind.CHOICE:
            sentence = f"{self._written(syntax.subject)} is {KIND_WORDS[subject.kind]}, not a choice"
            raise self._error(
                syntax.subject.span, sentence, "`in` is for choices; use < and > for others", "kinds-differ"
            )
        choices = tuple(self._choice(choice, subject) for choice in syntax.choices)
        return Typed(OneOf(subject.expression, choices), Kind.YES_NO)

    def _choice(self, syntax: NameSyntax, of: Typed) -> str:
        names = [choice.name for choice in of.choices]
        if syntax.name not in names:
            raise self._error(
                syntax.span,
                f"'{syntax.name}' is not among the choices here",
                name_hint(syntax.name, names, "choices are listed with the fact in rules/facts.yaml"),
                "unknown-choice",
            )
        return syntax.name

    def _calculation(self, syntax: CalculateSyntax) -> Typed:
        left, right = self.value(syntax.left), self.value(syntax.right)
        kind = result_kind(left.kind, syntax.operation, right.kind)
        if kind is None:
            sentence = f"{self._with_kind(syntax.left, left)} and {self._with_kind(syntax.right, right)}"
            hint = "add equal kinds; multiply and divide by counts and rates; add months to dates"
            if syntax.operation in _CHOOSING:
                hint = "the lower or higher of two values is between values of one kind"
            raise self._error(syntax.span, f"{sentence}: this cannot be calculated", hint, "kinds-differ")
        optional = left.optional or right.optional
        return Typed(Calculate(syntax.operation, left.expression, right.expression), kind, optional=optional)

    def _aggregate(self, syntax: AggregateSyntax) -> Typed:
        rows = self._list(syntax.rows)
        inner = _Compiler(self._scope, self._node, self._within, rows)
        where = None if syntax.where is None else inner.condition(syntax.where)
        if syntax.field is None:
            return Typed(Aggregate(syntax.aggregation, rows.name, None, where), Kind.COUNT)
        column = inner._column(syntax.field.name)
        if column is None:
            names = [field.name for field in rows.fields]
            raise self._unknown(syntax.field, f"field of '{rows.name}'", names, "fields are listed with the fact")
        if column.kind not in (Kind.YEN, Kind.COUNT):
            sentence = f"'{column.name}' is {KIND_WORDS[column.kind]}: it has no {syntax.aggregation}"
            raise self._error(syntax.span, sentence, "take a field of yen or a count", "kinds-differ")
        up_to = None if syntax.up_to is None else self._most_of_a_row(syntax.up_to, column)
        aggregate = Aggregate(syntax.aggregation, rows.name, column.name, where, up_to)
        return Typed(aggregate, column.kind, optional=syntax.aggregation is Aggregation.LARGEST)

    def _most_of_a_row(self, syntax: Syntax, column: RowField) -> int:
        typed = self.value(syntax)
        if typed.kind is not column.kind:
            sentence = f"{self._with_kind(syntax, typed)}, and '{column.name}' is {KIND_WORDS[column.kind]}"
            raise self._error(syntax.span, sentence, "write it in the kind of the field", "kinds-differ")
        most = self._constant_in(typed, syntax).value
        if not isinstance(most, int):
            sentence = f"the rows of '{column.name}' are no whole numbers"
            raise self._error(syntax.span, sentence, "`up_to` is for yen and counts", "kinds-differ")
        return most

    def _constant_in(self, typed: Typed, syntax: Syntax) -> Constant:
        if isinstance(typed.expression, Constant):
            return typed.expression
        sentence = f"{self._written(syntax)} is not the same for everybody"
        raise self._error(syntax.span, sentence, "write the value out, or name a figure", "varying-value")

    def _list(self, syntax: NameSyntax) -> FactDefinition:
        fact = self._scope.facts.get(syntax.name)
        if fact is None or fact.kind is not Kind.LIST:
            lists = [fact.name for fact in self._scope.facts.values() if fact.kind is Kind.LIST]
            raise self._unknown(syntax, "list", lists, "facts are listed in rules/facts.yaml")
        return fact

    def _open_point(self, syntax: NameSyntax) -> Typed:
        if syntax.name not in self._scope.open_points and syntax.name not in self._scope.facts:
            hint = "word it in `open_points` of the rule set, or under `added` of the one round that leaves it open"
            raise self._unknown(syntax, "open point or fact", self._scope.open_points, hint)
        fact = self._scope.facts.get(syntax.name)
        if fact is not None and fact.kind in (Kind.LIST, Kind.RECORD):
            sentence = f"'{syntax.name}' is {KIND_WORDS[fact.kind]}, which no answer leaves open as a whole"
            raise self._error(syntax.span, sentence, "name the fact, or the part, that is not settled", "kinds-differ")
        return Typed(OpenPoint(syntax.name), Kind.YES_NO)

    def _column(self, name: str) -> RowField | None:
        fields = () if self._row is None else self._row.fields
        return next((field for field in fields if field.name == name), None)

    def _columns(self) -> list[str]:
        return [] if self._row is None else [field.name for field in self._row.fields]

    def _kinds_differ(self, syntax: CompareSyntax, left: Typed, right: Typed) -> GuidanceError:
        sentence = f"{self._with_kind(syntax.left, left)} and {self._with_kind(syntax.right, right)}"
        hint = "compare values of the same kind"
        if isinstance(syntax.right, ValueSyntax) and right.kind is Kind.COUNT:
            written = self._node.value[syntax.right.span.start : syntax.right.span.end].rstrip("人年者件社個回名期")
            units = {Kind.YEN: f"{written}円", Kind.PERCENT: f"{written}%", Kind.MONTHS: f"{written}か月"}
            hint = f"did you mean '{units[left.kind]}'?" if left.kind in units else hint
        return self._error(syntax.span, f"{sentence}: they cannot be compared", hint, "kinds-differ")

    def _with_kind(self, syntax: Syntax, typed: Typed) -> str:
        return f"{self._written(syntax)} is {KIND_WORDS[typed.kind]}"

    def _written(self, syntax: Syntax) -> str:
        return f"'{' '.join(self._node.value[syntax.span.start : syntax.span.end].split())}'"

    def _unknown(self, syntax: NameSyntax, what: str, names: Iterable[str], otherwise: str) -> GuidanceError:
        hint = name_hint(syntax.name, names, otherwise)
        return self._error(syntax.span, f"no {what} is called '{syntax.name}'", hint, "unknown-name")

    def _error(self, span: Span, sentence: str, hint: str, code: str) -> GuidanceError:
        return GuidanceError(self._place(span), sentence, hint, code)

    def _place(self, span: Span) -> Place:
        return self._node.place(span.start, span.end)


def _is_none(syntax: Syntax) -> bool:
    return isinstance(syntax, ValueSyntax) and syntax.constant is None
