"""The form of a file as a JSON Schema of draft 7, which every editor with YAML support reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from site_builder.schemas.descriptions import Descriptions
from site_builder.schemas.kinds import FileKind
from site_builder.sources.forms import (
    NAMED,
    AnyForm,
    EitherForm,
    Fork,
    Form,
    KeyedForm,
    Leaf,
    ListForm,
    NamedForm,
    RecordForm,
    Refused,
    TextForm,
    Tree,
    form_of,
    leaves,
)

Schema: TypeAlias = dict[str, object]

DRAFT = "http://json-schema.org/draft-07/schema#"
_REFERENCE = "#/definitions/"
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def json_schema(kind: FileKind, names: Mapping[str, tuple[str, ...]], described: Descriptions) -> Schema:
    """Return the schema of the files of `kind`; `described` tells afterwards what it could not describe."""
    writer = _Writer(names, described)
    root = writer.schema(form_of(kind.read))
    definitions = {name: writer.definitions[name] for name in sorted(writer.definitions)}
    head: Schema = {"$schema": DRAFT, "description": described.of_file(kind.name)}
    # Beside a reference nothing else counts in draft 7.
    body = {"allOf": [root]} if "$ref" in root else root
    return {**head, **body, **({"definitions": definitions} if definitions else {})}


#: The kinds of JSON in which something can be written, single values first.
_ORDER = ("string", "array", "object")


def _kind(form: Form) -> str:
    match form:
        case ListForm():
            return "array"
        case KeyedForm() | RecordForm():
            return "object"
        case AnyForm(kinds=kinds):
            return kinds[0]
        case NamedForm(name=name):
            return _kind(NAMED[name])
        case _:
            return "string"


class _Writer:
    """Writes one schema, and gathers what it refers to."""

    def __init__(self, names: Mapping[str, tuple[str, ...]], described: Descriptions) -> None:
        self._names = names
        self._described = described
        self.definitions: dict[str, Schema] = {}

    def schema(self, form: Form) -> Schema:
        """Return the schema of `form`."""
        match form:
            case TextForm():
                return self._text(form)
            case ListForm(part=part, least=least):
                return {"type": "array", "items": self.schema(part), **({"minItems": least} if least else {})}
            case KeyedForm(key=key, value=value, least=least):
                return {
                    "type": "object",
                    "propertyNames": self._text(key),
                    "additionalProperties": self.schema(value),
                    **({"minProperties": least} if least else {}),
                }
            case RecordForm(tree=tree):
                return self._record(tree)
            case EitherForm(forms=forms):
                return self._either(forms)
            case AnyForm(kinds=kinds):
                return {"type": list(kinds)}
            case NamedForm(name=name):
                return self._reference(name)

    def _either(self, forms: tuple[Form, ...]) -> Schema:
        """Return the schema of what is written in one of several kinds; of that kind, editors tell what is wrong."""
        *others, last = sorted(forms, key=lambda form: _ORDER.index(_kind(form)), reverse=True)
        schema = self.schema(last)
        for form in reversed(others):
            schema = {"if": {"type": _kind(form)}, "then": self.schema(form), "else": schema}
        return schema

    def _reference(self, name: str) -> Schema:
        if name not in self.definitions:
            self.definitions[name] = {}  # it may hold itself
            self.definitions[name] = self.schema(NAMED[name])
        return {"$ref": f"{_REFERENCE}{name}"}

    def _text(self, form: TextForm) -> Schema:
        ways: list[Schema] = [self._name(name) for name in form.names if name in self._names]
        if form.words:
            ways.append({"enum": list(_spelled(form.words))})
        if form.patterns:
            ways.append(_pattern(form))
        if not ways:
            return {"type": ["string", "number", "boolean"], "pattern": r"\S"}
        return ways[0] if len(ways) == 1 else {"anyOf": ways}

    def _name(self, what: str) -> Schema:
        name = f"names.{what.replace(' ', '_')}"
        self.definitions[name] = {"enum": list(self._names[what])}
        return {"$ref": f"{_REFERENCE}{name}"}

    def _record(self, tree: Tree) -> Schema:
        ways = list(leaves(tree))
        always = frozenset.intersection(*(way.required for way in ways))
        properties: Schema = {}
        for key, (what, forms) in _keys(ways).items():
            schemas = [self.schema(form) for form in forms]
            value = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
            properties[key] = {
                "description": self._described.of_key(what, key),
                **({"allOf": [value]} if "$ref" in value else value),
            }
        return {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            **({"required": sorted(always)} if always else {}),
            **_depending(tree, always, frozenset(properties)),
        }


def _keys(ways: list[Leaf]) -> dict[str, tuple[str, list[Form]]]:
    """Return every key that a record can have, with what the record is called, and all that it may hold."""
    found: dict[str, tuple[str, list[Form]]] = {}
    for way in ways:
        for key, form in way.keys.items():
            _, forms = found.setdefault(key, (way.what, []))
            if form not in forms:
                forms.append(form)
    return found


def _depending(tree: Tree, always: frozenset[str], every: frozenset[str]) -> Schema:
    """Return what is so only of some ways that a record can be: of `every` key, which are there and which are not."""
    match tree:
        case Leaf():
            more, others = sorted(tree.required - always), sorted(every - tree.keys.keys())
            return {
                **({"required": more} if more else {}),
                **({"properties": dict.fromkeys(others, False)} if others else {}),
            }
        case Refused(sentence=sentence):
            return {"const": None, "errorMessage": sentence}  # no record is null
        case Fork(key=key, word=word, yes=yes, no=no):
            asked: Schema = {"required": [key]}
            if word is not None:
                asked["properties"] = {key: {"const": word}}
            return {"if": asked, "then": _depending(yes, always, every), "else": _depending(no, always, every)}


def _pattern(form: TextForm) -> Schema:
    """Return the schema of a notation; a plain value that is a number to an editor is one to the schema as well."""
    pattern = form.patterns[0] if len(form.patterns) == 1 else "|".join(f"(?:{one})" for one in form.patterns)
    whole = re.compile(pattern)
    kinds = ["string"]
    if whole.fullmatch("20"):
        kinds.append("number" if whole.fullmatch("2.5") else "integer")
    return {
        "type": kinds[0] if len(kinds) == 1 else kinds,
        "pattern": f"^(?:{pattern})$",
        **({"minimum": 0} if len(kinds) > 1 and not whole.fullmatch("-20") else {}),
        **({"maximum": 999} if len(kinds) > 1 and not whole.fullmatch("1000") else {}),  # 1,000 is text
        **({"patternErrorMessage": form.hint} if form.hint else {}),
    }


def _spelled(words: tuple[str, ...]) -> Iterator[str | float]:
    """Yield each word as editors read it: 2.0 without quotes is a number to them."""
    for word in words:
        yield word
        if _NUMBER.fullmatch(word):
            yield float(word)
