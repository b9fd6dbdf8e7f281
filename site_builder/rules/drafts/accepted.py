"""Findings that are as they should be, as written."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.sources.nodes import ScalarNode


@dataclass(frozen=True, slots=True)
class AcceptedDraft:
    """A finding of the examination that is as it should be: its code, what it is of, and why."""

    code: ScalarNode
    of: ScalarNode
    because: str
