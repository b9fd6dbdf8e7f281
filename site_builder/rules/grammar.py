"""The grammar of expressions: a scalar node goes in, its syntax tree comes out. Each function is one rule of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.expressions import Aggregation, Comparison, Constant, Operation
from calculator.kinds import Kind
from site_builder.errors import GuidanceError
from site_builder.rules.literals import bad_literal, read_literal
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
from site_builder.rules.tokens import Token, TokenKind, tokens_of
from site_builder.sources.fields import scalar

if TYPE_CHECKING:
    from site_builder.sources.nodes import Node, ScalarNode

_COMPARISONS = {
    "<": Comparison.LESS_THAN,
    "<=": Comparison.AT_MOST,
    ">": Comparison.MORE_THAN,
    ">=": Comparison.AT_LEAST,
    "==": Comparison.EQUAL,
    "!=": Comparison.NOT_EQUAL,
}
_SUMS = {"+": Operation.ADD, "-": Operation.SUBTRACT}
_PRODUCTS = {"*": Operation.MULTIPLY, "/": Operation.DIVIDE}
_ANSWERS = {"yes": Constant(Kind.YES_NO, value=True), "no": Constant(Kind.YES_NO, value=False), "none": None}
_AGGREGATIONS = {"sum": Aggregation.SUM, "largest": Aggregation.LARGEST, "count": Aggregation.COUNT}
_LOWER_OR_HIGHER = {"lower_of": Operation.LOWER, "higher_of": Operation.HIGHER}


def expression(node: Node) -> ExpressionDraft:
    """Read an expression.

    Raises:
        GuidanceError: it is not one.
    """
    written = scalar(node, "an expression")
    return ExpressionDraft(_Parser(written).whole(), written)


class _Parser:
    """Reads tokens from left to right, one rule of the grammar a method."""

    def __init__(self, node: ScalarNode) -> None:
        self._node = node
        self._tokens = tokens_of(node)
        self._at = 0

    def whole(self) -> Syntax:
        """Whole := condition END"""  # noqa: D415 - a grammar rule
        tree = self._condition()
        if self._next.kind is not TokenKind.END:
            raise self._unexpected("'and', 'or' or the end")
        return tree

    def _condition(self) -> Syntax:
        """Condition := conjunction ("or" conjunction)*"""  # noqa: D415 - a grammar rule
        parts = [self._conjunction()]
        while self._take("or"):
            parts.append(self._conjunction())
        return parts[0] if len(parts) == 1 else AnyOfSyntax(tuple(parts), parts[0].span.to(parts[-1].span))

    def _conjunction(self) -> Syntax:
        """Conjunction := negation ("and" negation)*"""  # noqa: D415 - a grammar rule
        parts = [self._negation()]
        while self._take("and"):
            parts.append(self._negation())
        return parts[0] if len(parts) == 1 else AllOfSyntax(tuple(parts), parts[0].span.to(parts[-1].span))

    def _negation(self) -> Syntax:
        """Negation := "not" negation | comparison"""  # noqa: D415 - a grammar rule
        word = self._take("not")
        if word is None:
            return self._comparison()
        part = self._negation()
        return NotSyntax(part, _span(word).to(part.span))

    def _comparison(self) -> Syntax:
        """Comparison := sum (sign sum)? | sum "in" list | part "is" answer | part "is" "not" answer"""  # noqa: D415 - the grammar rule is the docstring
        left = self._sum()
        if self._take("in"):
            return self._list_after(left)
        if isinstance(left, NameSyntax) and self._take("is"):
            return self._answer_after(left)
        sign = self._take(*_COMPARISONS)
        if sign is None:
            return left
        right = self._sum()
        self._refuse_chain()
        return CompareSyntax(_COMPARISONS[sign.text], left, right, left.span.to(right.span))

    def _list_after(self, subject: Syntax) -> Syntax:
        """List := "[" word ("," word)* "]" """  # noqa: D210, D415 - a grammar rule
        self._expect("[")
        choices = [self._choice()]
        while self._take(","):
            choices.append(self._choice())
        end = self._expect("]")
        return OneOfSyntax(subject, tuple(choices), subject.span.to(_span(end)))

    def _answer_after(self, subject: NameSyntax) -> Syntax:
        """answer := "yes" | "no" | "none" | word; after "is" "not" only "none" | word"""  # noqa: D415, D403 - the grammar rule is the docstring
        comparison = Comparison.NOT_EQUAL if self._take("not") else Comparison.EQUAL
        if self._next.text in ("yes", "no") and comparison is Comparison.NOT_EQUAL:
            raise self._unexpected("'none' or a choice")
        answer = self._value() if self._next.text in _ANSWERS else self._choice()
        return CompareSyntax(comparison, subject, answer, subject.span.to(answer.span))

    def _sum(self) -> Syntax:
        """sum := product (("+" | "-") product)*"""  # noqa: D415, D403 - a grammar rule
        left = self._product()
        while sign := self._take(*_SUMS):
            right = self._product()
            left = CalculateSyntax(_SUMS[sign.text], left, right, left.span.to(right.span))
        return left

    def _product(self) -> Syntax:
        """product := atom (("*" | "/") atom)*"""  # noqa: D415, D403 - a grammar rule
        left = self._atom()
        while sign := self._take(*_PRODUCTS):
            right = self._atom()
            left = CalculateSyntax(_PRODUCTS[sign.text], left, right, left.span.to(right.span))
        return left

    def _atom(self) -> Syntax:
        """Atom := literal | part | "(" condition ")" | aggregate | choice | open"""  # noqa: D415 - a grammar rule
        if self._next.kind is TokenKind.LITERAL or self._next.text in _ANSWERS:
            return self._value()
        if self._next.kind is TokenKind.WORD:
            return self._part()
        if self._take("("):
            inner = self._condition()
            self._expect(")")
            return inner
        if self._next.text in _AGGREGATIONS:
            return self._aggregate()
        if self._next.text in _LOWER_OR_HIGHER:
            return self._lower_or_higher()
        if self._next.text == "open":
            return self._open()
        raise self._unexpected("a value or a name")

    def _aggregate(self) -> Syntax:
        """Aggregate := "sum" "(" column most? where? ")" | "largest" "(" column where? ")" | "count" "(" name where? ")" """  # noqa: D210, D415, E501 - the grammar rule is the docstring
        word = self._advance()
        self._expect("(")
        rows = self._name()
        field = None
        if word.text != "count":
            self._expect(".")
            field = self._name()
        up_to = self._atom() if word.text == "sum" and self._take("up_to") else None
        where = self._condition() if self._take("where") else None
        end = self._expect(")")
        return AggregateSyntax(_AGGREGATIONS[word.text], rows, field, up_to, where, _span(word).to(_span(end)))

    def _lower_or_higher(self) -> Syntax:
        """choice := ("lower_of" | "higher_of") "(" sum "," sum ")" """  # noqa: D210, D415, D403 - the grammar rule is the docstring
        word = self._advance()
        self._expect("(")
        left = self._sum()
        self._expect(",")
        right = self._sum()
        end = self._expect(")")
        return CalculateSyntax(_LOWER_OR_HIGHER[word.text], left, right, _span(word).to(_span(end)))

    def _open(self) -> Syntax:
        """open := "open" "(" part ")" """  # noqa: D210, D415, D403 - a grammar rule
        word = self._advance()
        self._expect("(")
        point = self._part()
        end = self._expect(")")
        return OpenSyntax(point, _span(word).to(_span(end)))

    def _value(self) -> ValueSyntax:
        """literal := an amount, a count, a share, a date, a length of time, "yes", "no" or "none" """  # noqa: D210, D415, D403 - the grammar rule is the docstring
        token = self._advance()
        if token.text in _ANSWERS:
            return ValueSyntax(_ANSWERS[token.text], _span(token))
        constant = read_literal(token.text)
        if constant is None:
            raise bad_literal(self._node, token.start, token.end)
        return ValueSyntax(constant, _span(token))

    def _part(self) -> NameSyntax:
        """part := name | name "." name"""  # noqa: D415, D403 - a grammar rule
        name = self._name()
        if not self._take("."):
            return name
        part = self._name()
        return NameSyntax(f"{name.name}.{part.name}", name.span.to(part.span))

    def _name(self) -> NameSyntax:
        """name := a word of small letters, digits and "_" """  # noqa: D210, D415, D403 - a grammar rule
        if self._next.kind is not TokenKind.WORD:
            raise self._unexpected("a name")
        token = self._advance()
        return NameSyntax(token.text, _span(token))

    def _choice(self) -> NameSyntax:
        """word := a name, or the digits that some choices are called by"""  # noqa: D403, D415 - a grammar rule
        if self._next.kind not in (TokenKind.WORD, TokenKind.LITERAL):
            raise self._unexpected("a choice")
        token = self._advance()
        return NameSyntax(token.text, _span(token))

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _advance(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _take(self, *texts: str) -> Token | None:
        """Return the next token if it is one of `texts`, and go past it."""
        return self._advance() if self._next.text in texts and self._next.kind is not TokenKind.END else None

    def _expect(self, text: str) -> Token:
        token = self._take(text)
        if token is None:
            raise self._unexpected(f"'{text}'")
        return token

    def _refuse_chain(self) -> None:
        if self._next.text in _COMPARISONS:
            raise self._error("comparisons cannot be chained", "write `a <= b and b <= c`", "chained-comparison")

    def _unexpected(self, wanted: str) -> GuidanceError:
        sentence = f"{self._next.name} cannot stand here"
        return self._error(sentence, f"{wanted} is expected", "unexpected-token")

    def _error(self, sentence: str, hint: str, code: str) -> GuidanceError:
        token = self._next
        start = token.start if token.kind is not TokenKind.END else max(0, len(self._node.value.rstrip()) - 1)
        return GuidanceError(self._node.place(start, max(token.end, start + 1)), sentence, hint, code)


def _span(token: Token) -> Span:
    return Span(token.start, token.end)
