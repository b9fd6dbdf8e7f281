"""Repayment that is worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.errors import GuidanceError
from site_builder.rules.drafts.clawbacks import (
    ClawbackCaseDraft,
    ClawbackDraft,
    ClawbackPartDraft,
    ClawbackTotalDraft,
    ReasonDraft,
)
from site_builder.rules.reading.conditions import condition
from site_builder.rules.reading.statements import citation
from site_builder.rules.reading.values import amount
from site_builder.sources.fields import Fields, named, sequence, some, word
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.sources.nodes import Node


def clawback(node: Node) -> ClawbackDraft:
    """Read `clawback`."""
    with Fields(node, "clawback") as fields:
        return ClawbackDraft(
            whole=fields.default("whole", whole, ()),
            parts=fields.required("parts", parts),
            total=fields.required("total", total),
        )


def whole(node: Node) -> tuple[ClawbackCaseDraft, ...]:
    """Read the cases that decide alone."""
    return sequence(_case, "whole")(node)


def parts(node: Node) -> Mapping[str, ClawbackPartDraft]:
    """Read what is paid back for one duty each."""
    return named(_part, "parts", least=1)(node)


def _part(node: Node) -> ClawbackPartDraft:
    with Fields(node, "a part of the repayment") as fields:
        return ClawbackPartDraft(
            label=fields.required("label", text_draft),
            cases=fields.required("cases", some(_case, "cases")),
        )


def _case(node: Node) -> ClawbackCaseDraft:
    with Fields(node, "a case of repayment") as fields:
        when, stated = fields.optional("when", condition), fields.optional("when_stated", condition)
        case = ClawbackCaseDraft(
            at=node.place(),
            reason=fields.required("reason", word),
            label=fields.required("label", text_draft),
            when=stated if when is None else when,
            counts_only_if_stated=stated is not None,
            amount=fields.optional("amount", amount),
            citation=fields.required("citation", citation),
        )
        if fields.has("when") and fields.has("when_stated"):
            hint = "keep `when_stated` for a plea or a finding, else `when`"
            raise GuidanceError(case.at, "a case has `when` or `when_stated`, not both", hint, "two-conditions")
        return case


def total(node: Node) -> ClawbackTotalDraft:
    """Read what all parts come to."""
    with Fields(node, "the total of the repayment") as fields:
        return ClawbackTotalDraft(
            others=fields.optional("others", amount),
            ceiling=fields.required("ceiling", amount),
            together=fields.required("together", _reason),
            capped=fields.required("capped", _reason),
            citation=fields.required("citation", citation),
        )


def _reason(node: Node) -> ReasonDraft:
    with Fields(node, "a reason") as fields:
        return ReasonDraft(
            reason=fields.required("reason", word),
            label=fields.required("label", text_draft),
        )
