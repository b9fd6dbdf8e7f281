"""Citations, statements and notes, which every kind of file holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calculator.rulebook import CitationStatus
from site_builder.errors import GuidanceError, name_hint
from site_builder.rules.drafts import CitationDraft, NoteDraft, StatementDraft
from site_builder.sources.fields import Fields, scalar, some, truth, word, words
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from calculator.text import Text
    from site_builder.sources.nodes import Node, ScalarNode

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")


def plain_text(node: Node) -> Text:
    """Read a text of a file that has no figures."""
    draft = text_draft(node)
    for words_ in (draft.ja, draft.en):
        if "{" in words_.value:
            at = words_.value.index("{")
            raise GuidanceError(
                words_.place(at, at + 1),
                "this file knows no figures, so '{' means nothing in its texts",
                "write the words without braces",
                "unknown-figure",
            )
    return draft.unfilled()


def citation(node: Node) -> CitationDraft:
    """Read where a document says it."""
    with Fields(node, "a citation") as fields:
        return CitationDraft(
            source=fields.required("source", word),
            section=fields.required("section", words),
            status=fields.required("status", _status),
        )


def statement(node: Node) -> StatementDraft:
    """Read what a document says and no expression decides."""
    with Fields(node, "a statement") as fields:
        return StatementDraft(
            label=fields.required("label", text_draft),
            text=fields.required("text", text_draft),
            citation=fields.required("citation", citation),
        )


def round_statement(node: Node) -> StatementDraft:
    """Read what a document says of a round, which may be a step that follows the application."""
    with Fields(node, "a statement") as fields:
        return StatementDraft(
            label=fields.required("label", text_draft),
            text=fields.required("text", text_draft),
            citation=fields.required("citation", citation),
            after_deadline=fields.default("after_deadline", truth, absent=False),
        )


def note(node: Node) -> NoteDraft:
    """Read a contradiction or an open question."""
    with Fields(node, "a note") as fields:
        return NoteDraft(
            about=fields.required("about", code),
            text=fields.required("text", text_draft),
            citations=fields.required("citations", some(citation, "citations")),
        )


def code(node: Node) -> ScalarNode:
    """Read a code such as `plan.value_added`."""
    name = scalar(node)
    if _CODE.fullmatch(name.value):
        return name
    raise GuidanceError(
        name.place(),
        f"'{name.value}' is not a code",
        "codes are names of small letters, digits and _, joined by dots",
        "bad-name",
    )


def _status(node: Node) -> CitationStatus:
    status = scalar(node)
    if status.value in frozenset(CitationStatus):
        return CitationStatus(status.value)
    hint = name_hint(status.value, CitationStatus, "")
    raise GuidanceError(status.place(), f"no citation has the status '{status.value}'", hint, "unknown-status")
