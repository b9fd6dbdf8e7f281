"""Groups: several applicants in one application, and consortia."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.rules.drafts.groups import ConsortiumDraft, JointDraft, PoolDraft
from site_builder.rules.reading.awards import column
from site_builder.rules.reading.requirements import requirements
from site_builder.rules.reading.statements import citation, code
from site_builder.rules.reading.values import amount
from site_builder.sources.fields import Fields, name_of
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from site_builder.sources.nodes import Node


def joint(node: Node) -> JointDraft:
    """Read `joint`."""
    with Fields(node, "joint") as fields:
        return JointDraft(
            members=fields.required("members", name_of("fact")),
            requested=fields.required("requested", amount),
            requirements=fields.required("requirements", requirements),
            citation=fields.required("citation", citation),
        )


def consortium(node: Node) -> ConsortiumDraft:
    """Read `consortium`."""
    with Fields(node, "a consortium") as fields:
        return ConsortiumDraft(
            size=fields.required("size", name_of("fact")),
            costs=fields.required("costs", column("costs")),
            pool=fields.optional("pool", _pool),
            citation=fields.required("citation", citation),
        )


def _pool(node: Node) -> PoolDraft:
    with Fields(node, "a pool") as fields:
        return PoolDraft(
            amount=fields.required("amount", amount),
            allocation=fields.required("allocation", column("allocation")),
            code=fields.required("code", code),
            label=fields.required("label", text_draft),
            citation=fields.required("citation", citation),
        )
