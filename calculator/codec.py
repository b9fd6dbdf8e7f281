"""The published form of the rules: an immutable `RuleBook` to JSON text and back, without loss.

A record becomes an object whose keys are its fields (fields at their default are left out), an expression an array, a
fraction and a date text. `rule_book_from_json` refuses another format than the one that it was written for.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, Union, get_args, get_origin, get_type_hints

from calculator.expressions import Expression, expression_from_json, expression_to_json
from calculator.json_values import JsonValue
from calculator.rulebook import FORMAT, RuleBook

_EXPRESSIONS = get_args(Expression)
_NO_ROUND = "none"  # how an object's key writes "a budget without numbered rounds"


class WrongFormatError(ValueError):
    """The text is not a rule book of the format that this calculator reads."""


def rule_book_json(book: RuleBook) -> str:
    """Return `book` as compact JSON text, the same bytes for the same rules."""
    return json.dumps({"format": FORMAT, **_written(book)}, ensure_ascii=False, separators=(",", ":"))


def rule_book_from_json(text: str) -> RuleBook:
    """Return the rule book that `rule_book_json` wrote.

    Raises:
        WrongFormatError: the text is not JSON, or of another format.
    """
    try:
        content = json.loads(text)
    except ValueError as error:
        raise WrongFormatError(f"not JSON: {error}") from error
    if not isinstance(content, dict) or content.pop("format", None) != FORMAT:
        raise WrongFormatError(f"not a rule book of format {FORMAT}")
    try:
        book: RuleBook = _read(RuleBook, content)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise WrongFormatError(f"not a rule book of format {FORMAT}: {error}") from error
    return book


def _written(value: JsonValue) -> JsonValue:
    if isinstance(value, _EXPRESSIONS):
        return expression_to_json(value)
    if dataclasses.is_dataclass(value):
        return {
            field.name: _written(part)
            for field in dataclasses.fields(value)
            if (part := getattr(value, field.name)) != field.default
        }
    if isinstance(value, Mapping):
        return {_NO_ROUND if key is None else str(key): _written(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_written(part) for part in value]
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _read(kind: Any, content: JsonValue) -> JsonValue:  # noqa: ANN401 - a type, as annotations write it
    if content is None:
        return None
    if get_origin(kind) in (Union, types.UnionType):
        return _read_union(get_args(kind), content)
    if dataclasses.is_dataclass(kind):
        return _read_record(kind, content)
    match get_origin(kind), get_args(kind):
        case (origin, (part, *_)) if origin is tuple:
            return tuple(_read(part, one) for one in content)
        case (origin, (key, part)) if origin is Mapping:
            return {_read_key(key, name): _read(part, one) for name, one in content.items()}
    return _read_scalar(kind, content)


def _read_union(kinds: tuple[Any, ...], content: JsonValue) -> JsonValue:
    if set(_EXPRESSIONS) <= set(kinds):
        return expression_from_json(content)
    (kind,) = (kind for kind in kinds if kind is not type(None))
    return _read(kind, content)


def _read_record(kind: Any, content: Mapping[str, JsonValue]) -> JsonValue:  # noqa: ANN401 - a type, as annotations write it
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], part) for name, part in content.items()})


def _read_key(kind: Any, name: str) -> JsonValue:  # noqa: ANN401 - a type, as annotations write it
    if kind is str:
        return name
    return None if name == _NO_ROUND else int(name)


def _read_scalar(kind: Any, content: JsonValue) -> JsonValue:  # noqa: ANN401 - a type, as annotations write it
    if kind is Fraction:
        return Fraction(content)
    if kind in (date, datetime):
        return kind.fromisoformat(content)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(content)
    return content


_known_hints: dict[type, dict[str, JsonValue]] = {}


def _hints(kind: type) -> dict[str, JsonValue]:
    """Return the types of a record's fields, worked out once for each record."""
    if kind not in _known_hints:
        _known_hints[kind] = get_type_hints(kind)
    return _known_hints[kind]
