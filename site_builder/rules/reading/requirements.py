"""Requirements, and the points and deductions of the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.rules.drafts.requirements import PointLimitDraft, RequirementDraft, SelectionDraft, SelectionItemDraft
from site_builder.rules.reading.conditions import condition
from site_builder.rules.reading.statements import citation, code
from site_builder.rules.reading.values import fixed_count
from site_builder.sources.fields import Fields, sequence, some
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from site_builder.sources.nodes import Node


def requirements(node: Node) -> tuple[RequirementDraft, ...]:
    """Read a list of requirements."""
    return sequence(_requirement, "requirements")(node)


def selection(node: Node) -> SelectionDraft:
    """Read `selection`."""
    with Fields(node, "selection") as fields:
        return selection_of(fields)


def selection_of(fields: Fields) -> SelectionDraft:
    """Read what weighs in the selection from `fields`, which may have other things too."""
    return SelectionDraft(
        bonuses=fields.default("bonuses", sequence(_selection_item, "bonuses"), ()),
        deductions=fields.default("deductions", sequence(_selection_item, "deductions"), ()),
        limits=fields.default("limits", sequence(_point_limit, "limits"), ()),
    )


def _requirement(node: Node) -> RequirementDraft:
    with Fields(node, "a requirement") as fields:
        return RequirementDraft(
            code=fields.required("code", code),
            label=fields.required("label", text_draft),
            explanation=fields.optional("explanation", text_draft),
            citation=fields.required("citation", citation),
            condition=fields.required("condition", condition),
        )


def _selection_item(node: Node) -> SelectionItemDraft:
    with Fields(node, "an item of the selection") as fields:
        return SelectionItemDraft(
            code=fields.required("code", code),
            label=fields.required("label", text_draft),
            citation=fields.required("citation", citation),
            condition=fields.required("condition", condition),
        )


def _point_limit(node: Node) -> PointLimitDraft:
    with Fields(node, "a limit of the selection") as fields:
        return PointLimitDraft(
            code=fields.required("code", code),
            label=fields.required("label", text_draft),
            of=fields.required("of", some(code, "codes")),
            at_most=fields.required("at_most", fixed_count),
            citation=fields.required("citation", citation),
        )
