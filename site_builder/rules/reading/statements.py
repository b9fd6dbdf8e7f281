"""Citations, statements and notes, which every kind of file holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calculator.rulebook import CitationStatus
from site_builder.errors import GuidanceError
from site_builder.rules.drafts.statements import CitationDraft, NoteDraft, StatementDraft
from site_builder.sources.fields import Fields, matching, name_of, one_of, scalar, some, truth, words
from site_builder.sources.forms import TextForm, like
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from calculator.text import Text
    from site_builder.sources.nodes import Node, ScalarNode

#: The statuses that a file can give; that nobody has confirmed something yet is found out for each round.
_WRITTEN = tuple(status for status in CitationStatus if status is not CitationStatus.UNCONFIRMED)
_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_NO_FIGURES = like(re.compile(r"[^{]*[^{\s][^{]*"), "this file knows no figures: write the words without braces")
_FIGURE = re.compile(r"\{[a-z][a-z0-9_]*\}")
_BRACE = re.compile(r"[{}]")
_FIGURES_BY_NAME = like(re.compile(r"(?:[^{}]|\{[a-z][a-z0-9_]*\})+"), "a figure is named in braces: {name}")
_code = matching(_CODE, "is not a code", "codes are names of small letters, digits and _, joined by dots", "bad-name")
_status = one_of(_WRITTEN, "no citation has the status '{}'", "unknown-status")


def plain_text(node: Node) -> Text:
    """Read a text of a file that has no figures."""
    draft = text_draft(node, _NO_FIGURES)
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


def asking_text(node: Node) -> Text:
    """Read a text that a form says, in which each round puts its own figures."""
    draft = text_draft(node, _FIGURES_BY_NAME)
    for words_ in (draft.ja, draft.en):
        rest = _FIGURE.sub(lambda match: "\0" * len(match[0]), words_.value)
        for brace in _BRACE.finditer(rest):
            raise GuidanceError(
                words_.place(*brace.span()),
                f"'{brace[0]}' means nothing here, where a figure is named in braces",
                "write {name}; figures are given under `figures` of the rule set, the frame or the round",
                "unknown-figure",
            )
    return draft.unfilled()


def citation(node: Node) -> CitationDraft:
    """Read where a document says it."""
    with Fields(node, "a citation") as fields:
        return CitationDraft(
            source=fields.required("source", name_of("source")),
            section=fields.required("section", words),
            status=fields.required("status", lambda status: CitationStatus(_status(status))),
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
    return _code(node)


def rule_set(node: Node) -> ScalarNode:
    """Read the name of a rule set, such as `monozukuri/r3s`."""
    return scalar(node, form=TextForm(names=("rule set",)))
