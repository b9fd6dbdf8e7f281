"""Tags as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.text import Text
from site_builder.sources.nodes import ScalarNode


@dataclass(frozen=True, slots=True)
class TagDraft:
    """A tag: where it is named, and its words."""

    name: ScalarNode
    label: Text


@dataclass(frozen=True, slots=True)
class TagGroupDraft:
    """A group of tags in tags.yaml. Its texts name no figures, so they are complete already."""

    name: ScalarNode
    label: Text
    tags: Mapping[str, TagDraft]
