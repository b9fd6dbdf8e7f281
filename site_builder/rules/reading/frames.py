"""A frame's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.rules.drafts import FrameDraft, OfferedDraft, ReexaminationDraft, SelectionDraft
from site_builder.rules.reading.awards import award
from site_builder.rules.reading.named import definitions, figures
from site_builder.rules.reading.requirements import requirements, selection
from site_builder.rules.reading.statements import citation, code, note, statement
from site_builder.sources.fields import Fields, named, scalar, some, whole_number
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from site_builder.sources.nodes import Node, ScalarNode


def frame_file(slug: str, node: Node) -> FrameDraft:
    """Read the file of the frame `slug`."""
    with Fields(node, "a frame") as fields:
        return FrameDraft(
            slug=slug,
            name=fields.required("name", text_draft),
            purpose=fields.required("purpose", statement),
            offered=fields.required("offered", _offered),
            definitions=fields.default("definitions", definitions, {}),
            figures=fields.default("figures", figures, {}),
            requirements=fields.required("requirements", requirements),
            additional_statements=fields.default("additional_statements", named(statement, "statements"), {}),
            award=fields.required("award", award),
            selection=fields.default("selection", selection, SelectionDraft()),
            reexamination=fields.optional("reexamination", _reexamination),
            repayment=fields.optional("repayment", named(statement, "repayment")),
            notes=fields.default("notes", named(note, "notes"), {}),
        )


def _offered(node: Node) -> OfferedDraft:
    with Fields(node, "offered") as fields:
        return OfferedDraft(
            rounds=fields.required("rounds", some(_round_number, "rounds")),
            citation=fields.required("citation", citation),
        )


def _round_number(node: Node) -> tuple[int, ScalarNode]:
    return whole_number(node), scalar(node)


def _reexamination(node: Node) -> ReexaminationDraft:
    with Fields(node, "reexamination") as fields:
        return ReexaminationDraft(
            frame=fields.required("frame", _frame_or_none),
            code=fields.required("code", code),
            label=fields.required("label", text_draft),
            text=fields.required("text", text_draft),
            citation=fields.required("citation", citation),
        )


def _frame_or_none(node: Node) -> ScalarNode | None:
    frame = scalar(node)
    return None if frame.value == "none" else frame
