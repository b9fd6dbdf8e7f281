"""accepted.yaml: what the examination of the rules finds and what is as it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.rules.drafts.accepted import AcceptedDraft
from site_builder.sources.fields import Fields, scalar, some, word, words

if TYPE_CHECKING:
    from site_builder.sources.nodes import Node


def accepted_file(node: Node) -> tuple[AcceptedDraft, ...]:
    """Read accepted.yaml."""
    with Fields(node, "accepted.yaml") as fields:
        return fields.required("accepted", some(_accepted, "accepted"))


def _accepted(node: Node) -> AcceptedDraft:
    with Fields(node, "an accepted finding") as fields:
        return AcceptedDraft(
            code=fields.required("code", word),
            of=fields.required("of", scalar),
            because=fields.required("because", words),
        )
