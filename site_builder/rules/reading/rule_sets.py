"""rule_set.yaml: what all frames of a budget share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.rules.drafts.requirements import SelectionDraft
from site_builder.rules.drafts.rule_sets import (
    AccountLeadTimeDraft,
    ChangeDraft,
    ChangesDraft,
    ClassDraft,
    HeadDraft,
    NotOfferedDraft,
    OtherMomentDraft,
    RateChangeDraft,
    RuleSetFileDraft,
    SharedDraft,
)
from site_builder.rules.literals import moment
from site_builder.rules.reading.awards import eligible_costs
from site_builder.rules.reading.clawbacks import clawback
from site_builder.rules.reading.conditions import condition
from site_builder.rules.reading.groups import joint
from site_builder.rules.reading.named import definitions, figures
from site_builder.rules.reading.requirements import requirements, selection
from site_builder.rules.reading.statements import citation, code, note, round_statement, statement
from site_builder.rules.reading.values import fixed_count
from site_builder.sources.fields import Fields, name_of, named, one_of, sequence, some, word_text
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from site_builder.sources.nodes import Node

_DAYS_IN = {"days": 1, "weeks": 7}


def rule_set_file(node: Node) -> RuleSetFileDraft:
    """Read rule_set.yaml."""
    with Fields(node, "a rule set") as fields:
        return RuleSetFileDraft(
            head=_head(fields),
            definitions=fields.default("definitions", definitions, {}),
            figures=fields.default("figures", figures, {}),
            shared=_shared(fields),
            frame_order=fields.optional("frames", some(name_of("frame"), "frames")),
        )


def _head(fields: Fields) -> HeadDraft:
    return HeadDraft(
        name=fields.required("name", text_draft),
        budget=fields.required("budget", statement),
        purpose=fields.required("purpose", statement),
        not_offered=fields.required("not_offered", _not_offered),
        open_points=fields.default("open_points", named(text_draft, "open_points"), {}),
        statements=fields.default("statements", named(round_statement, "statements"), {}),
        notes=fields.default("notes", named(note, "notes"), {}),
        changes=fields.required("changes", _changes),
    )


def _shared(fields: Fields) -> SharedDraft:
    return SharedDraft(
        classes=fields.required("classes", named(_class, "classes")),
        requirements=fields.required("requirements", requirements),
        applicants=fields.default("applicants", named(statement, "applicants"), {}),
        repayment=fields.default("repayment", named(statement, "repayment"), {}),
        selection=fields.default("selection", selection, SelectionDraft()),
        eligible_costs=fields.optional("eligible_costs", eligible_costs),
        rounding=fields.required("rounding", citation),
        rate_change=fields.optional("rate_change", _rate_change),
        account_lead_time=fields.optional("account_lead_time", _account_lead_time),
        other_moments=fields.default("other_moments", sequence(_other_moment, "other_moments"), ()),
        joint=fields.optional("joint", joint),
        parts=fields.default("parts", named(name_of("frame"), "parts"), {}),
        clawback=fields.optional("clawback", clawback),
    )


def _class(node: Node) -> ClassDraft:
    with Fields(node, "a class of applicant") as fields:
        return ClassDraft(
            label=fields.required("label", text_draft),
            condition=fields.required("condition", condition),
        )


def _rate_change(node: Node) -> RateChangeDraft:
    with Fields(node, "rate_change") as fields:
        return RateChangeDraft(
            fact=fields.required("fact", name_of("fact")),
            by=fields.required("by", name_of("fact")),
            text=fields.required("text", text_draft),
            citation=fields.required("citation", citation),
        )


def _not_offered(node: Node) -> NotOfferedDraft:
    with Fields(node, "not_offered") as fields:
        return NotOfferedDraft(
            code=fields.required("code", code),
            label=fields.required("label", text_draft),
            text=fields.required("text", text_draft),
            citation=fields.required("citation", citation),
        )


def _account_lead_time(node: Node) -> AccountLeadTimeDraft:
    with Fields(node, "account_lead_time") as fields:
        return AccountLeadTimeDraft(
            name=fields.required("name", text_draft),
            unit_days=fields.required("unit", _unit_of_time),
            at_least=fields.required("at_least", fixed_count),
            at_most=fields.required("at_most", fixed_count),
            citation=fields.required("citation", citation),
        )


def _unit_of_time(node: Node) -> int:
    return _DAYS_IN[one_of(_DAYS_IN, "'{}' is no unit of time here", "unknown-name")(node)]


def _other_moment(node: Node) -> OtherMomentDraft:
    with Fields(node, "a moment") as fields:
        return OtherMomentDraft(
            name=fields.required("name", word_text),
            at=fields.required("at", moment),
            citation=fields.required("citation", citation),
        )


def _changes(node: Node) -> ChangesDraft:
    with Fields(node, "changes") as fields:
        return ChangesDraft(
            since=fields.required("from", text_draft),
            changes=fields.required("items", named(_change, "items")),
        )


def _change(node: Node) -> ChangeDraft:
    with Fields(node, "a change") as fields:
        return ChangeDraft(
            label=fields.required("label", text_draft),
            before=fields.required("before", text_draft),
            after=fields.required("after", text_draft),
            citation=fields.required("citation", citation),
        )
