"""A round's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.errors import GuidanceError
from site_builder.rules.drafts.carried import AddedDraft
from site_builder.rules.drafts.rounds import DocumentDraft, RoundDraft, WhenMomentDraft
from site_builder.rules.literals import day, moment
from site_builder.rules.reading.carried import carried
from site_builder.rules.reading.facts import MOMENTS
from site_builder.rules.reading.named import changed_figures
from site_builder.rules.reading.statements import citation, note, round_statement
from site_builder.sources.fields import Fields, name_of, named, or_word, scalar
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.sources.nodes import Node


def round_file(number: int | None, node: Node) -> RoundDraft:
    """Read the file of the round `number`, or of the one call of a budget without numbered rounds."""
    with Fields(node, "a round") as fields:
        taken_over = carried(fields, number)
        return RoundDraft(
            number=number,
            name=fields.required("name", text_draft),
            summary=fields.required("summary", text_draft),
            placeholder=fields.optional("placeholder", name_of("open point")),
            schedule=fields.required("schedule", _schedule),
            reported=fields.default("reported", _reported, {}),
            figures=fields.default("figures", changed_figures, {}),
            documents=fields.default("documents", named(_document, "documents"), {}),
            statements=fields.default("statements", named(round_statement, "statements"), {}),
            notes=fields.default("notes", named(note, "notes"), {}),
            carried=taken_over,
            awards=() if taken_over is None else taken_over.awards,
            repayments=() if taken_over is None else taken_over.repayments,
            added=AddedDraft() if taken_over is None else taken_over.added,
        )


def _schedule(node: Node) -> Mapping[str, WhenMomentDraft | None]:
    with Fields(node, "a schedule") as fields:
        return {name: fields.required(name, or_word("not_printed", _cited_moment)) for name in MOMENTS}


def _reported(node: Node) -> Mapping[str, WhenMomentDraft]:
    with Fields(node, "reported") as fields:
        found = {name: fields.optional(name, _moment) for name in MOMENTS}
    return {name: moment for name, moment in found.items() if moment is not None}


def _cited_moment(node: Node) -> WhenMomentDraft:
    if isinstance(node, ScalarNode):
        raise GuidanceError(
            node.place(), "a moment has a citation", "write {at: …, citation: …} or not_printed", "missing-citation"
        )
    return _moment(node)


def _moment(node: Node) -> WhenMomentDraft:
    with Fields(node, "a moment") as fields:
        is_day = fields.has("on") and not fields.has("at")
        return WhenMomentDraft(
            node=fields.required("on" if is_day else "at", scalar),
            at=None if is_day else fields.required("at", moment),
            on=fields.required("on", day) if is_day else None,
            citation=fields.required("citation", citation),
        )


def _document(node: Node) -> DocumentDraft:
    with Fields(node, "a document") as fields:
        return DocumentDraft(
            title=fields.required("title", text_draft),
            text=fields.required("text", text_draft),
            posted=fields.optional("posted", day),
            posted_at=fields.optional("posted", lambda written: scalar(written).place()),
            citation=fields.required("citation", citation),
        )
