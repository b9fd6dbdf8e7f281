"""What JSON is to Python: any value that `json.loads` gives and `json.dumps` takes."""

from __future__ import annotations

from typing import Any, TypeAlias

JsonValue: TypeAlias = Any
"""A value whose kind is found out by looking at it; past the modules that look, there is none."""

JsonObject: TypeAlias = dict[str, JsonValue]
