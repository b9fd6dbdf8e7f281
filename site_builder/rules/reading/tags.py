"""tags.yaml: what readers find a way to apply by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.rules.drafts.tags import TagDraft, TagGroupDraft
from site_builder.rules.reading.statements import plain_text
from site_builder.sources.fields import Fields, keyed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.sources.nodes import Node, ScalarNode


def tags_file(node: Node) -> Mapping[str, TagGroupDraft]:
    """Read tags.yaml: groups of tags by name, in order."""
    with Fields(node, "tags.yaml") as fields:
        return fields.required("groups", keyed(_group, "groups"))


def _group(name: ScalarNode, node: Node) -> TagGroupDraft:
    with Fields(node, "a group of tags") as fields:
        return TagGroupDraft(
            name=name,
            label=fields.required("label", plain_text),
            tags=fields.required("tags", keyed(lambda tag, words: TagDraft(tag, plain_text(words)), "tags")),
        )
