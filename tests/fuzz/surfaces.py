"""All surfaces, by the module that each has."""

from __future__ import annotations

from typing import Any

from tests.fuzz import arguments, cases, content, expressions, links, messages, notations, outcomes, rule_files, tables
from tests.fuzz.surface import Surface

SURFACES: tuple[Surface[Any], ...] = (
    *rule_files.SURFACES,
    *expressions.SURFACES,
    *notations.SURFACES,
    *cases.SURFACES,
    *tables.SURFACES,
    *content.SURFACES,
    *links.SURFACES,
    *outcomes.SURFACES,
    *messages.SURFACES,
    *arguments.SURFACES,
)
