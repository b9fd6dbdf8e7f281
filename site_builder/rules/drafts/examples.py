"""Worked examples as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.errors import Place
from site_builder.sources.nodes import Node, ScalarNode
from site_builder.sources.source_file import SourceFile
from site_builder.sources.texts import TextDraft


@dataclass(frozen=True, slots=True)
class ExampleDraft:
    """A worked example; `facts` and `expected` are as the assess contract has them.

    `rounds` None is the one call of a budget without rounds.
    """

    name: ScalarNode
    title: TextDraft
    story: TextDraft
    published: bool
    kind: str
    rounds: tuple[int, ...] | None
    facts: Mapping[str, object]
    answers: tuple[tuple[ScalarNode, Node], ...]
    like: ScalarNode | None
    expected: Mapping[str, object]
    expected_at: Mapping[str, Place]
    rounds_at: tuple[tuple[int, Place], ...]


@dataclass(frozen=True, slots=True)
class ExamplesDraft:
    """The examples of one frame."""

    file: SourceFile
    frame: str
    examples: Mapping[str, ExampleDraft]
