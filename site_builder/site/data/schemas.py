"""JSON Schemas (draft 2020-12) and JSON, both made from the types of the records."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, Union, get_args, get_origin, get_type_hints

from calculator.json_values import JsonObject, JsonValue
from calculator.text import Text

DRAFT = "https://json-schema.org/draft/2020-12/schema"
SCALARS: dict[Any, JsonObject] = {
    int: {"type": "integer"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    Fraction: {"type": "string", "pattern": "^[0-9]+(/[1-9][0-9]*)?$"},
    date: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    datetime: {
        "type": "string",
        "format": "date-time",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}$",
    },
}


def schema(record: type, title: str, meaning: Callable[[str], Text]) -> JsonObject:
    """Return the schema of the files that hold one `record`, to be written as JSON.

    Args:
        record: the dataclass.
        title: what its files are called.
        meaning: what a field means, in both languages, by its name.
    """
    definitions: JsonObject = {}
    whole = _object(record, definitions, meaning)
    properties = {"$schema": {"type": "string", "description": "the address of this schema"}, **whole["properties"]}
    return {
        "$schema": DRAFT,
        "title": title,
        **whole,
        "properties": properties,
        "required": ["$schema", *whole["required"]],
        "$defs": dict(sorted(definitions.items())),
    }


def written(value: JsonValue) -> JsonValue:
    """Return a record as JSON has it: all of its fields, fractions and dates as text."""
    if dataclasses.is_dataclass(value):
        return {field.name: written(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [written(part) for part in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Fraction):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def file_of(record: object, schema_address: str) -> str:
    """Return the text of a file that holds a record and names its schema."""
    return json_text({"$schema": schema_address, **written(record)})


def json_text(value: JsonValue) -> str:
    """Return JSON as it is published: the same bytes for the same value, and lines that people can read."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _object(record: type, definitions: JsonObject, meaning: Callable[[str], Text]) -> JsonObject:
    hints = get_type_hints(record)
    names = [field.name for field in dataclasses.fields(record)]
    return {
        "type": "object",
        "properties": {name: _described(name, _of(hints[name], definitions, meaning), meaning) for name in names},
        "required": names,
        "additionalProperties": False,
    }


def _described(name: str, one: JsonObject, meaning: Callable[[str], Text]) -> JsonObject:
    words = meaning(name)
    return {"title": words.ja, "description": words.en, **one}


def _of(kind: Any, definitions: JsonObject, meaning: Callable[[str], Text]) -> JsonObject:  # noqa: ANN401 - a type, as annotations write it
    if get_origin(kind) in (Union, types.UnionType):
        parts = [_of(part, definitions, meaning) for part in get_args(kind) if part is not type(None)]
        nothing = [{"type": "null"}] if type(None) in get_args(kind) else []
        return {"anyOf": [*parts, *nothing]}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _of(get_args(kind)[0], definitions, meaning)}
    if kind in SCALARS:
        return SCALARS[kind]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [one.value for one in kind]}
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}  # a record may hold its like
        definitions[name] = _object(kind, definitions, meaning)
    return {"$ref": f"#/$defs/{name}"}
