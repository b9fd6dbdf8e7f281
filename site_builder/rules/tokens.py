"""An expression's text cut into tokens, each with where it starts and ends in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from site_builder.errors import GuidanceError
from site_builder.sources.nodes import ScalarNode


class TokenKind(StrEnum):
    """What a token is, worded for errors."""

    LITERAL = "a value"
    WORD = "a name"
    KEYWORD = "a word of the language"
    SIGN = "a sign"
    END = "the end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an expression, from `start` to `end` of its text."""

    kind: TokenKind
    text: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """Return how an error calls it."""
        return "the end of the expression" if self.kind is TokenKind.END else f"'{self.text}'"


KEYWORDS = frozenset(
    {"and", "or", "not", "in", "is", "where", "yes", "no", "none", "sum", "largest", "count", "open"}
    | {"up_to", "lower_of", "higher_of"}
)
#: An expression may have so many tokens, and so many brackets in one another, several times as many as any has.
MOST_TOKENS, MOST_OPEN = 150, 20
OPENING = {"(": ")", "[": "]"}

#: Signs of mathematics and of other languages, and how they are written here.
_MEANT = {
    "≧": ">=",
    "≥": ">=",
    "=>": ">=",
    "≦": "<=",
    "≤": "<=",
    "=<": "<=",
    "≠": "!=",
    "＝": "==",
    "＞": ">",
    "＜": "<",
    "&&": "and",
    "||": "or",
    "×": "*",
    "（": "(",
    "）": ")",
}

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<literal>\d{4}-\d{2}-\d{2}(?:\ \d{2}:\d{2}(?::\d{2})?)?|\d(?:\d|[.,/](?=\d)|[^\W_a-zA-Z]|%)*)
      | (?P<word>[a-z][a-z0-9_]*)
      | (?P<sign><=|>=|==|!=|[<>()\[\].,+*/-])""",
    re.VERBOSE,
)


def tokens_of(node: ScalarNode) -> tuple[Token, ...]:
    """Return the tokens of the expression in `node`, the last of which is its end.

    Raises:
        GuidanceError: a character belongs to no token, a bracket is not closed, or there is too much of it.
    """
    tokens = []
    at = 0
    while at < len(node.value):
        match = _TOKEN.match(node.value, at)
        if match is None:
            raise _strange_character(node, at)
        if match.lastgroup != "space":
            tokens.append(_token(match))
        if len(tokens) > MOST_TOKENS:
            raise _too_much(node, match, f"the expression has more than {MOST_TOKENS} words and signs")
        at = match.end()
    _check_brackets(node, tokens)
    return (*tokens, Token(TokenKind.END, "", at, at))


def _token(match: re.Match[str]) -> Token:
    kinds = {"literal": TokenKind.LITERAL, "word": TokenKind.WORD, "sign": TokenKind.SIGN}
    kind = TokenKind.KEYWORD if match[0] in KEYWORDS else kinds[str(match.lastgroup)]
    return Token(kind, match[0], match.start(), match.end())


def _strange_character(node: ScalarNode, at: int) -> GuidanceError:
    word = re.match(r"[A-Z]+\b", node.value[at:])
    hint = "names are written in small Latin letters, signs and brackets half-width"
    if node.value[at : at + 2] in _MEANT:
        hint = f"write {_MEANT[node.value[at : at + 2]]}"
    elif node.value[at] == "=":
        hint = "write == for 'is equal to'"
    elif node.value[at] in _MEANT:
        hint = f"write {_MEANT[node.value[at]]}"
    elif word is not None and word[0].lower() in KEYWORDS:
        hint = f"write {word[0].lower()}"
    place = node.place(at, at + 1)
    return GuidanceError(place, f"'{node.value[at]}' means nothing here", hint, "unexpected-token")


def _too_much(node: ScalarNode, at: Token | re.Match[str], sentence: str) -> GuidanceError:
    start, end = (at.start, at.end) if isinstance(at, Token) else at.span()
    return GuidanceError(node.place(start, end), sentence, "give a part of it a name under `definitions:`", "too-much")


def _check_brackets(node: ScalarNode, tokens: list[Token]) -> None:
    """Find the bracket that is never closed; the grammar finds those that are never opened."""
    waiting: list[Token] = []
    for token in tokens:
        if token.kind is TokenKind.SIGN and token.text in OPENING:
            waiting.append(token)
            if len(waiting) > MOST_OPEN:
                raise _too_much(node, token, f"more than {MOST_OPEN} brackets lie in one another")
        elif waiting and token.text == OPENING[waiting[-1].text]:
            waiting.pop()
    if waiting:
        bracket = waiting[-1]
        raise GuidanceError(
            node.place(bracket.start, bracket.end),
            f"the bracket '{bracket.text}' is never closed",
            f"add '{OPENING[bracket.text]}' where its part ends",
            "unclosed-bracket",
        )
