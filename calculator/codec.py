"""The published form of the rules: an immutable `RuleBook` to JSON text and back, without loss.

A record becomes an object whose keys are its fields (fields at their default are left out), an expression an array, a
fraction and a date text. `rule_book_from_json` refuses another format than the one that it was written for.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from calculator.expressions import Expression, expression_from_json, expression_to_json
from calculator.json_values import JsonValue
from calculator.messages import PARTS
from calculator.rulebook import FORMAT, FrameRules, RuleBook

_EXPRESSIONS = get_args(Expression)
_NO_ROUND = "none"  # how an object's key writes "a budget without numbered rounds"


class WrongFormatError(ValueError):
    """The text is not a rule book of the format that this calculator reads."""


def part_json(part: object) -> str:
    """Return a part of a rule book as it stands in its JSON text: the value of a field, or a record."""
    return json.dumps(_written(part), ensure_ascii=False, separators=(",", ":"))


def frame_rules_json(rules: FrameRules, text_of: Callable[[object], str] = part_json) -> str:
    """Return the rules of a frame in a round as they stand in the JSON text; `text_of` is told each record in them."""
    return _record_json(
        rules, lambda _, part: _listed(map(text_of, part)) if isinstance(part, tuple) else text_of(part)
    )


def rule_book_json(
    book: RuleBook,
    text_of: Callable[[object], str] = part_json,
    rules_text: Callable[[FrameRules], str] = frame_rules_json,
) -> str:
    """Return `book` as compact JSON text, the same bytes for the same rules.

    `text_of` is `part_json` and `rules_text` is `frame_rules_json`, or whatever has their texts already.
    """

    def rounds_text(name: str, part: Any) -> str:  # noqa: ANN401 - the value of some field of a frame
        if name != "rounds":
            return text_of(part)
        return _joined({_key(number): rules_text(rules) for number, rules in part.items()})

    parts = {field.name: getattr(book, field.name) for field in dataclasses.fields(book)}
    frames = _joined({name: _record_json(frame, rounds_text) for name, frame in parts.pop("frames").items()})
    beside = {name: text_of(part) for name, part in parts.items()}
    return _joined({"format": part_json(FORMAT), **beside, "frames": frames})


def _record_json(record: object, text_of: Callable[[str, Any], str]) -> str:
    """Return a record whose fields are written by `text_of`, which is told their names too; none at its default."""
    kind: Any = type(record)
    fields = ((name, getattr(record, name), default) for name, default in _fields_of(kind))
    return _joined({name: text_of(name, part) for name, part, default in fields if part != default})


def _listed(parts: Iterable[str]) -> str:
    return f"[{','.join(parts)}]"


def _key(key: object) -> str:
    return _NO_ROUND if key is None else str(key)


def _joined(parts: Mapping[str, str]) -> str:
    return f"{{{','.join(f'{part_json(name)}:{part}' for name, part in parts.items())}}}"


def rule_book_from_json(text: str) -> RuleBook:
    """Return the rule book that `rule_book_json` wrote.

    Raises:
        WrongFormatError: the text is not JSON, of another format, or without words that this calculator needs.
    """
    try:
        content = json.loads(text)
    except ValueError as error:
        raise WrongFormatError(f"not JSON: {error}") from error
    if not isinstance(content, dict) or content.pop("format", None) != FORMAT:
        raise WrongFormatError(f"not a rule book of format {FORMAT}")
    try:
        book: RuleBook = _record_reader(RuleBook)(content)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise WrongFormatError(f"not a rule book of format {FORMAT}: {error}") from error
    if without_words := PARTS.keys() - book.messages.keys():
        raise WrongFormatError(f"no words for {', '.join(sorted(without_words))}: written for another calculator")
    return book


def _written(value: JsonValue) -> JsonValue:
    if isinstance(value, _EXPRESSIONS):
        return expression_to_json(value)
    fields = _fields_of(value.__class__)
    if fields:
        return {name: _written(part) for name, default in fields if (part := getattr(value, name)) != default}
    if isinstance(value, Mapping):
        return {_key(key): _written(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_written(part) for part in value]
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


@cache
def _fields_of(kind: type) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a record with their defaults, looked up once for each kind; none of what is no record."""
    if not dataclasses.is_dataclass(kind):
        return ()
    return tuple((field.name, field.default) for field in dataclasses.fields(kind))


Reader: TypeAlias = Callable[[JsonValue], JsonValue]


@cache
def _reader(kind: Any) -> Reader | None:  # noqa: ANN401 - a type, as annotations write it
    """Return what reads a value of `kind`, made once for each kind, or None where a value is what JSON has."""
    if get_origin(kind) in (Union, types.UnionType):
        return _union_reader(get_args(kind))
    if dataclasses.is_dataclass(kind):
        return _record_reader(kind)
    match get_origin(kind), get_args(kind):
        case (origin, (part, *_)) if origin is tuple:
            return _tuple_reader(_reader(part))
        case (origin, (key, record)) if origin is Mapping:
            return _mapping_reader(str if key is str else _round_of, _record_reader(record))
    return _scalar_reader(kind)


def _union_reader(kinds: tuple[Any, ...]) -> Reader | None:
    if set(_EXPRESSIONS) <= set(kinds):
        return lambda content: None if content is None else expression_from_json(content)
    (read,) = (_reader(kind) for kind in kinds if kind is not types.NoneType)
    return None if read is None else lambda content: None if content is None else read(content)


def _record_reader(kind: Any) -> Reader:  # noqa: ANN401 - a type, as annotations write it
    readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}

    def read(content: JsonValue) -> JsonValue:
        parts = {}
        for name, part in content.items():
            reader = readers[name]
            parts[name] = part if reader is None else reader(part)
        return kind(**parts)

    return read


def _tuple_reader(read: Reader | None) -> Reader:
    return tuple if read is None else lambda content: tuple([read(one) for one in content])


def _mapping_reader(key_of: Callable[[str], JsonValue], read: Reader) -> Reader:
    return lambda content: {key_of(name): read(part) for name, part in content.items()}


def _round_of(name: str) -> int | None:
    return None if name == _NO_ROUND else int(name)


def _scalar_reader(kind: Any) -> Reader | None:  # noqa: ANN401 - a type, as annotations write it
    if kind is Fraction:
        return Fraction
    if kind in (date, datetime):
        reader: Reader = kind.fromisoformat
        return reader
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    return None
