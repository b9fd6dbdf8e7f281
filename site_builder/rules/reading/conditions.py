"""Conditions: an expression string, or a node of several conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.errors import GuidanceError
from site_builder.rules.drafts.conditions import ConditionDraft, LabelledDraft, PartsDraft, Together, WhenDraft
from site_builder.rules.grammar import expression
from site_builder.rules.reading.statements import citation
from site_builder.sources.fields import Fields, some
from site_builder.sources.nodes import MappingNode, Node
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from site_builder.rules.drafts.statements import CitationDraft
    from site_builder.sources.texts import TextDraft

_FORMS = (*Together, "when", "condition")


def condition(node: Node) -> ConditionDraft:
    """Read a condition in either form."""
    if not isinstance(node, MappingNode):
        return expression(node)
    form = next((form for form in _FORMS if node.get(form)), None)
    if form is None:
        raise GuidanceError(
            node.place(), "this condition has no form", f"it has one of: {', '.join(_FORMS)}", "missing-key"
        )
    if isinstance(form, Together):
        return _parts(node, form)
    return _when(node) if form == "when" else _labelled(node)


def _parts(node: Node, together: Together) -> PartsDraft:
    with Fields(node, "a condition") as fields:
        return PartsDraft(together, fields.required(together, some(condition, together)), *_label(fields))


def _when(node: Node) -> WhenDraft:
    with Fields(node, "a condition") as fields:
        return WhenDraft(fields.required("when", expression), fields.required("then", condition), *_label(fields))


def _labelled(node: Node) -> LabelledDraft:
    with Fields(node, "a condition") as fields:
        return LabelledDraft(fields.required("condition", condition), *_label(fields))


def _label(fields: Fields) -> tuple[TextDraft | None, CitationDraft | None]:
    return fields.optional("label", text_draft), fields.optional("citation", citation)
