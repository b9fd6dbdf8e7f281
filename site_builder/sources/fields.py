"""Nodes read by a schema: what a record, a list or a value may hold goes in, typed drafts or all their errors come out.

A record's reader has one line for each key, in the order of the file:

    with Fields(node, "a source") as fields:
        return SourceDraft(title=fields.required("title", text), address=fields.optional("address", words))
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType, TracebackType
from typing import Self, TypeAlias, TypeVar, cast

from site_builder.errors import Gathering, GuidanceError, GuidanceErrors, name_hint
from site_builder.sources.nodes import MappingNode, Node, ScalarNode, SequenceNode, kind_of

T = TypeVar("T")
Reader: TypeAlias = Callable[[Node], T]
KeyedReader: TypeAlias = Callable[[ScalarNode, Node], T]

_WORD = re.compile(r"[a-z][a-z0-9_-]*")


class Fields:
    """The keys of one record while it is read. Leaving it raises every error in it, unknown and missing keys included.

    After an error `required` returns a value of the wrong type; nobody sees it, because leaving raises.
    """

    def __init__(self, node: Node, what: str) -> None:
        """Open `node` as `what`, which errors name with its article ("a requirement")."""
        self._node = mapping(node, what)
        self._what = what
        self._asked: set[str] = set()
        self._errors = Gathering()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if isinstance(error, GuidanceError | GuidanceErrors):
            self._errors.add(error)
        elif error is not None:
            return
        for entry in self._node.entries:
            if entry.key.value not in self._asked:
                self._errors.add(self._unknown(entry.key))
        self._errors.close()

    def required(self, key: str, read: Reader[T]) -> T:
        """Return the value of `key`, which must be there."""
        if self._node.get(key) is None:
            self._asked.add(key)
            self._errors.add(self._missing(key))
        return cast("T", self.optional(key, read))

    def optional(self, key: str, read: Reader[T]) -> T | None:
        """Return the value of `key`, or None where the record does not have it."""
        return self.default(key, read, None)

    def default(self, key: str, read: Reader[T], absent: T) -> T:
        """Return the value of `key`, or `absent` where the record does not have it."""
        self._asked.add(key)
        entry = self._node.get(key)
        if entry is None:
            return absent
        return cast("T", self._errors.attempt(partial(read, entry.value)))

    def has(self, key: str) -> bool:
        """Say whether the record has `key`."""
        return self._node.get(key) is not None

    def _missing(self, key: str) -> GuidanceError:
        place = self._node.place()
        if key == "citation":
            hint = "say where it stands: citation: {source: …, section: …, status: printed}"
            return GuidanceError(place, f"{self._what} has no citation", hint, "missing-citation")
        return GuidanceError(place, f"{self._what} has no '{key}'", f"add `{key}: …`", "missing-key")

    def _unknown(self, key: ScalarNode) -> GuidanceError:
        hint = name_hint(key.value, self._asked, f"its keys are {', '.join(sorted(self._asked))}")
        return GuidanceError(key.place(), f"{self._what} has no key '{key.value}'", hint, "unknown-key")


def mapping(node: Node, what: str) -> MappingNode:
    """Return `node` as keys with values.

    Raises:
        GuidanceError: it is something else.
    """
    if isinstance(node, MappingNode):
        return node
    raise GuidanceError(
        node.place(),
        f"{what} is written as keys with values, not as {kind_of(node)}",
        "write `key: value`, a line for each key",
        "wrong-type",
    )


def scalar(node: Node, what: str = "this") -> ScalarNode:
    """Return `node` as a single value that is not empty.

    Raises:
        GuidanceError: it is empty, a list or a mapping.
    """
    if isinstance(node, ScalarNode) and node.value.strip():
        return node
    raise GuidanceError(node.place(), f"{what} is a single value, not {kind_of(node)}", "write one value", "wrong-type")


def words(node: Node) -> str:
    """Return the text of a single value, such as a section's heading."""
    return scalar(node).value


def word(node: Node) -> ScalarNode:
    """Return a single value that is a name: small letters, digits, `_` and `-`."""
    name = scalar(node)
    if _WORD.fullmatch(name.value):
        return name
    raise GuidanceError(
        name.place(),
        f"'{name.value}' is not a name",
        "names are small letters, digits, _ and -, and begin with a letter",
        "bad-name",
    )


def truth(node: Node) -> bool:
    """Return whether it says `yes`; it may say `no`."""
    answer = scalar(node)
    if answer.value in ("yes", "no"):
        return answer.value == "yes"
    raise GuidanceError(answer.place(), f"'{answer.value}' is neither yes nor no", "write yes or no", "bad-literal")


def whole_number(node: Node) -> int:
    """Return a whole number; commas between thousands are not taken here."""
    number = scalar(node)
    if re.fullmatch(r"-?[0-9]+", number.value):
        return int(number.value)
    raise GuidanceError(number.place(), f"'{number.value}' is not a whole number", "write digits only", "bad-literal")


def plain_day(node: Node) -> date:
    """Return a day, written as 2026-11-26."""
    written = scalar(node)
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", written.value):
            return date.fromisoformat(written.value)
    except ValueError:
        pass
    raise GuidanceError(written.place(), f"'{written.value}' is not a day", "write it as 2026-11-26", "bad-literal")


def sequence(read: Reader[T], what: str = "this") -> Reader[tuple[T, ...]]:
    """Return the reader of a list whose parts `read` reads."""

    def read_sequence(node: Node) -> tuple[T, ...]:
        if not isinstance(node, SequenceNode):
            raise GuidanceError(
                node.place(),
                f"{what} is a list, not {kind_of(node)}",
                "write `- …`, a line for each part, or [a, b]",
                "wrong-type",
            )
        errors = Gathering()
        parts = [errors.attempt(partial(read, part)) for part in node.parts]
        errors.close()
        return tuple(cast("list[T]", parts))

    return read_sequence


def some(read: Reader[T], what: str = "this") -> Reader[tuple[T, ...]]:
    """Return the reader of a list that has at least one part."""

    def read_some(node: Node) -> tuple[T, ...]:
        parts = sequence(read, what)(node)
        if not parts:
            raise GuidanceError(node.place(), f"{what} is an empty list", "write at least one part", "empty-list")
        return parts

    return read_some


def keyed(read: KeyedReader[T], what: str = "this") -> Reader[Mapping[str, T]]:
    """Return the reader of a mapping from names to what `read` makes of each name and value, in their order."""

    def read_keyed(node: Node) -> Mapping[str, T]:
        errors = Gathering()
        parts: dict[str, T | None] = {}
        for entry in mapping(node, what).entries:
            errors.attempt(partial(_name, entry.key))
            parts[entry.key.value] = errors.attempt(partial(read, entry.key, entry.value))
        errors.close()
        return MappingProxyType(cast("dict[str, T]", parts))

    return read_keyed


def named(read: Reader[T], what: str = "this") -> Reader[Mapping[str, T]]:
    """Return the reader of a mapping from names to what `read` makes of each value."""
    return keyed(lambda _, node: read(node), what)


def _name(key: ScalarNode) -> ScalarNode:
    if re.fullmatch(r"[a-z0-9][a-z0-9_-]*", key.value):
        return key
    raise GuidanceError(
        key.place(), f"'{key.value}' is not a name", "names are small letters, digits, _ and -", "bad-name"
    )
