"""What decides in rules, without their words and places: rules of the same essence give everybody the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TypeAlias

from calculator.rulebook import Citation
from calculator.text import Text

Essence: TypeAlias = "object"


def essence_of(part: object) -> Essence:
    """Return a value that is equal for two parts of compiled rules which differ in words and places alone."""
    match part:
        case Text() | Citation():
            return None
        case Mapping():
            return tuple((name, essence_of(value)) for name, value in part.items())
        case tuple():
            return tuple(map(essence_of, part))
        case _ if is_dataclass(part) and not isinstance(part, type):
            return (type(part), *(essence_of(getattr(part, one.name)) for one in fields(part)))
        case _:
            return part
