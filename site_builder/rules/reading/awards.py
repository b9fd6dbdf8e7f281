"""The award of a frame: rates, limits and eligible costs, or what is known of an award that is left open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calculator.rulebook import SliceBasis
from site_builder.rules.drafts.awards import (
    AwardDraft,
    BoundDraft,
    ColumnDraft,
    CostRowsDraft,
    CostTotalDraft,
    FixedRateDraft,
    LowerLimitDraft,
    OpenAwardDraft,
    RangeDraft,
    RateCaseDraft,
    SliceDraft,
    SlicedRateDraft,
    TierDraft,
    UpliftDraft,
    UpperLimitDraft,
)
from site_builder.rules.literals import form_of_kinds, literal
from site_builder.rules.reading.conditions import condition
from site_builder.rules.reading.statements import citation, code
from site_builder.rules.reading.values import amount, fixed_amount, fixed_rate
from site_builder.sources.fields import Fields, name_of, one_of, or_word, scalar, sequence, some, word
from site_builder.sources.forms import like
from site_builder.sources.nodes import MappingNode
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from site_builder.rules.drafts.awards import EligibleCostsDraft
    from site_builder.rules.drafts.values import ValueDraft
    from site_builder.sources.fields import Reader
    from site_builder.sources.nodes import Node

_FIXED = "fixed"
_FIGURE = re.compile(r"[a-z].*")
_BOUND_HINT = "a border is written as a value, 20人 or 50万円, or as the name of a figure"


def award(node: Node) -> AwardDraft | OpenAwardDraft:
    """Read `award` in either form."""
    return _open_award(node) if isinstance(node, MappingNode) and node.get("open") else _award(node)


def eligible_costs(node: Node) -> EligibleCostsDraft:
    """Read `eligible_costs`."""
    with Fields(node, "eligible_costs") as fields:
        if fields.has("total"):
            return CostTotalDraft(
                total=fields.required("total", amount),
                citation=fields.required("citation", citation),
            )
        return CostRowsDraft(
            column=_column(fields),
            category=fields.required("category", word),
            categories=fields.required("categories", some(scalar, "categories")),
            citation=fields.required("citation", citation),
        )


def column(what: str) -> Reader[ColumnDraft]:
    """Return the reader of a list fact and its column, as `what` names them."""

    def read_column(node: Node) -> ColumnDraft:
        with Fields(node, what) as fields:
            return _column(fields)

    return read_column


def _column(fields: Fields) -> ColumnDraft:
    return ColumnDraft(fields.required("list", name_of("fact")), fields.required("amount", word))


def _award(node: Node) -> AwardDraft:
    with Fields(node, "an award") as fields:
        return AwardDraft(
            at=node.place(),
            rates=fields.required("rate", rates),
            upper_limit=fields.required("upper_limit", upper_limit),
            lower_limit=fields.optional("lower_limit", lower_limit),
            eligible_costs=fields.optional("eligible_costs", eligible_costs),
        )


def _open_award(node: Node) -> OpenAwardDraft:
    with Fields(node, "an open award") as fields:
        return OpenAwardDraft(
            point=fields.required("open", name_of("open point")),
            rate=fields.optional("rate_range", _range("rate_range", fixed_rate)),
            upper_limit=fields.optional("upper_limit_range", _range("upper_limit_range", fixed_amount)),
        )


def _range(what: str, read: Reader[ValueDraft]) -> Reader[RangeDraft]:
    def read_range(node: Node) -> RangeDraft:
        with Fields(node, what) as fields:
            return RangeDraft(
                least=fields.required("from", read),
                most=fields.required("to", read),
                citation=fields.required("citation", citation),
            )

    return read_range


def rates(node: Node) -> tuple[RateCaseDraft, ...]:
    """Read the rates of an award, of which the first that holds is the one."""
    return some(_rate_case, "rate")(node)


def uplifts(node: Node) -> tuple[UpliftDraft, ...]:
    """Read what is added to an upper limit."""
    return sequence(_uplift, "uplifts")(node)


def _rate_case(node: Node) -> RateCaseDraft:
    with Fields(node, "a rate") as fields:
        return RateCaseDraft(
            at=node.place(),
            when=fields.optional("when", condition),
            rate=_sliced_rate(fields) if fields.has("slices") else fields.required("rate", _rate),
            citation=fields.required("citation", citation),
        )


def _rate(node: Node) -> ValueDraft | FixedRateDraft:
    rate = or_word(_FIXED, fixed_rate)(node)
    return FixedRateDraft() if rate is None else rate


def _sliced_rate(fields: Fields) -> SlicedRateDraft:
    return SlicedRateDraft(
        slices=fields.required("slices", some(_slice, "slices")),
        of=fields.required("of", _slice_basis),
    )


def _slice(node: Node) -> SliceDraft:
    with Fields(node, "a slice") as fields:
        return SliceDraft(
            at=node.place(),
            up_to=fields.optional("up_to", fixed_amount),
            rate=fields.required("rate", fixed_rate),
        )


def _slice_basis(node: Node) -> SliceBasis:
    return SliceBasis(one_of(SliceBasis, "slices are not measured in '{}'", "unknown-kind")(node))


def upper_limit(node: Node) -> UpperLimitDraft:
    """Read `upper_limit`."""
    with Fields(node, "an upper limit") as fields:
        has_tiers = fields.has("tiers") or fields.has("by")
        return UpperLimitDraft(
            by=fields.required("by", name_of("fact")) if has_tiers else None,
            tiers=fields.required("tiers", some(_tier, "tiers")) if has_tiers else _one_tier(fields),
            citation=fields.required("citation", citation),
            uplifts=fields.default("uplifts", uplifts, ()),
        )


def _one_tier(fields: Fields) -> tuple[TierDraft, ...]:
    return (TierDraft(None, None, fields.required("amount", amount)),)


def _tier(node: Node) -> TierDraft:
    with Fields(node, "a tier") as fields:
        return TierDraft(
            start=fields.optional("from", _bound),
            end=fields.optional("to", _bound),
            amount=fields.required("amount", amount),
        )


def _bound(node: Node) -> BoundDraft:
    written = scalar(node, form=form_of_kinds(hint=_BOUND_HINT) | like(_FIGURE, _BOUND_HINT))
    return BoundDraft(written, None if written.value[:1].islower() else literal(written))


def _uplift(node: Node) -> UpliftDraft:
    with Fields(node, "an uplift") as fields:
        return UpliftDraft(
            when=fields.required("when", condition),
            amount=fields.required("amount", amount),
            citation=fields.required("citation", citation),
        )


def lower_limit(node: Node) -> LowerLimitDraft:
    """Read `lower_limit`."""
    with Fields(node, "a lower limit") as fields:
        return LowerLimitDraft(
            amount=fields.required("amount", fixed_amount),
            code=fields.required("code", code),
            label=fields.required("label", text_draft),
            citation=fields.required("citation", citation),
        )
