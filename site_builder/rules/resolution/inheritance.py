"""What a frame takes over from its rule set, and what it has instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.rules.drafts.awards import AwardDraft
from site_builder.rules.drafts.requirements import SelectionDraft
from site_builder.rules.resolution.changing import clawback_as_changed, repayment_as_changed

if TYPE_CHECKING:
    from site_builder.rules.drafts.folder import RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.rule_sets import SharedDraft
    from site_builder.sources.nodes import ScalarNode

#: What notes of a rule set or round are about, where they stand beside a frame that stands alone, too.
TOPICS_OF_ALL = ("schedule", "documents")


def shared_with(frame: FrameDraft, rule_set: RuleSetDraft) -> SharedDraft:
    """Return what `frame` has of its rule set's, with the frame's own in place of what it replaces.

    A frame that stands alone takes over nothing about applicants. In a consortium every member has its own costs. Only
    frames that are among the parts have them.
    """
    shared = rule_set.file.shared
    if frame.stands_alone:
        shared = replace(
            shared,
            classes={},
            requirements=(),
            applicants={},
            repayment={},
            selection=SelectionDraft(),
            eligible_costs=None,
            rate_change=None,
            joint=None,
            parts={},
            clawback=None,
        )
    costs = frame.award.eligible_costs if isinstance(frame.award, AwardDraft) else None
    if frame.consortium is None and costs is None:
        costs = shared.eligible_costs
    return replace(
        shared,
        repayment=repayment_as_changed(
            shared.repayment if frame.repayment is None else frame.repayment, frame.slug, shared.repayments
        ),
        eligible_costs=costs,
        joint=shared.joint if frame.joint is None else frame.joint,
        parts=shared.parts if frame.slug in [part.value for part in shared.parts.values()] else {},
        clawback=clawback_as_changed(
            shared.clawback if frame.clawback is None else frame.clawback, frame.slug, shared.repayments
        ),
        repayments=(),
    )


def requirement_codes(frame: FrameDraft, shared: SharedDraft) -> list[ScalarNode]:
    """Return the codes of everything that can fail: requirements, those of a joint application, the lower limit."""
    of_joint = () if shared.joint is None else shared.joint.requirements
    found = [requirement.code for requirement in (*shared.requirements, *frame.requirements, *of_joint)]
    lower = frame.award.lower_limit if isinstance(frame.award, AwardDraft) else None
    return found if lower is None else [*found, lower.code]


def codes_of(frame: FrameDraft, rule_set: RuleSetDraft) -> frozenset[str]:
    """Return every code that a note of the frame can stand beside."""
    shared = shared_with(frame, rule_set)
    found = [*requirement_codes(frame, shared), rule_set.file.head.not_offered.code]
    for selection in (shared.selection, frame.selection):
        found += [part.code for part in (*selection.bonuses, *selection.deductions)]
        found += [limit.code for limit in selection.limits]
    found += [] if frame.reexamination is None else [frame.reexamination.code]
    return frozenset(code.value for code in found)
