"""The facts as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.rulebook import FactDefinition, FactGroup
from site_builder.errors import Place
from site_builder.sources.nodes import ScalarNode


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a fact, a column or a choice was called in links that visitors have saved, and what it is called now."""

    was: ScalarNode
    now: ScalarNode


@dataclass(frozen=True, slots=True)
class FactsDraft:
    """facts.yaml. Only questions name figures, which each form puts in: the facts are complete already.

    `places` are where facts are named.
    """

    groups: tuple[FactGroup, ...]
    facts: Mapping[str, FactDefinition]
    formerly: tuple[Renamed, ...]
    places: Mapping[str, Place]
