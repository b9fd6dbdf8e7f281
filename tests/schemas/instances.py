"""A YAML file as an editor sees it: the values of YAML 1.2, by which a plain 20 is a number and a plain yes is text."""

from __future__ import annotations

import re
from typing import TypeAlias

from site_builder.sources.nodes import MappingNode, Node, ScalarNode, SequenceNode, Style

Instance: TypeAlias = "str | int | float | bool | list[Instance] | dict[str, Instance] | None"

_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def instance_of(node: Node) -> Instance:
    """Return what `node` is to an editor."""
    match node:
        case ScalarNode(style=Style.PLAIN, value=value):
            return _plain(value)
        case ScalarNode(value=value):
            return value
        case SequenceNode(parts=parts):
            return [instance_of(part) for part in parts]
        case MappingNode(entries=entries):
            return {entry.key.value: instance_of(entry.value) for entry in entries}


def _plain(value: str) -> Instance:
    if value in _CONSTANTS:
        return _CONSTANTS[value]
    if _INTEGER.fullmatch(value):
        return int(value)
    if _FLOAT.fullmatch(value):
        return float(value)
    return value
