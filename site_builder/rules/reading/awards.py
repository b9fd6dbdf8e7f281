"""The award of a frame: rates, limits and eligible costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.rules.drafts import (
    AwardDraft,
    EligibleCostsDraft,
    LowerLimitDraft,
    RateCaseDraft,
    TierDraft,
    UpperLimitDraft,
)
from site_builder.rules.literals import amount, literal, rate
from site_builder.rules.reading.conditions import condition
from site_builder.rules.reading.statements import citation, code
from site_builder.sources.fields import Fields, mapping, scalar, some, word
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from site_builder.sources.nodes import Node


def award(node: Node) -> AwardDraft:
    """Read `award`."""
    with Fields(node, "an award") as fields:
        return AwardDraft(
            at=mapping(node, "an award").entries[0].key,
            rates=fields.required("rate", some(_rate_case, "rate")),
            upper_limit=fields.required("upper_limit", _upper_limit),
            lower_limit=fields.required("lower_limit", _lower_limit),
            eligible_costs=fields.optional("eligible_costs", eligible_costs),
        )


def eligible_costs(node: Node) -> EligibleCostsDraft:
    """Read `eligible_costs`."""
    with Fields(node, "eligible_costs") as fields:
        return EligibleCostsDraft(
            rows=fields.required("list", word),
            amount=fields.required("amount", word),
            category=fields.required("category", word),
            categories=fields.required("categories", some(scalar, "categories")),
            citation=fields.required("citation", citation),
        )


def _rate_case(node: Node) -> RateCaseDraft:
    with Fields(node, "a rate") as fields:
        return RateCaseDraft(
            when=fields.optional("when", condition),
            rate=fields.required("rate", rate),
            citation=fields.required("citation", citation),
        )


def _upper_limit(node: Node) -> UpperLimitDraft:
    with Fields(node, "an upper limit") as fields:
        if fields.has("tiers") or fields.has("by"):
            return UpperLimitDraft(
                by=fields.required("by", word),
                tiers=fields.required("tiers", some(_tier, "tiers")),
                citation=fields.required("citation", citation),
            )
        return UpperLimitDraft(
            by=None,
            tiers=(TierDraft(None, None, fields.required("amount", amount)),),
            citation=fields.required("citation", citation),
        )


def _tier(node: Node) -> TierDraft:
    with Fields(node, "a tier") as fields:
        return TierDraft(
            start=fields.optional("from", literal),
            end=fields.optional("to", literal),
            amount=fields.required("amount", amount),
        )


def _lower_limit(node: Node) -> LowerLimitDraft:
    with Fields(node, "a lower limit") as fields:
        return LowerLimitDraft(
            amount=fields.required("amount", amount),
            code=fields.required("code", code),
            label=fields.required("label", text_draft),
            citation=fields.required("citation", citation),
        )
