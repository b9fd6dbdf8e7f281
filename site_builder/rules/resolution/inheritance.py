"""What a frame takes over from its rule set, and what it has instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.rules.award_drafts import AwardDraft
from site_builder.rules.drafts import SelectionDraft

if TYPE_CHECKING:
    from collections.abc import Iterable

    from site_builder.rules.award_drafts import OpenAwardDraft
    from site_builder.rules.drafts import CarriedAwardsDraft, FrameDraft, RoundDraft, RuleSetDraft, SharedDraft
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
        repayment=shared.repayment if frame.repayment is None else frame.repayment,
        eligible_costs=costs,
        joint=shared.joint if frame.joint is None else frame.joint,
        parts=shared.parts if frame.slug in [part.value for part in shared.parts.values()] else {},
        clawback=shared.clawback if frame.clawback is None else frame.clawback,
    )


def award_in(frame: FrameDraft, round_: RoundDraft | None) -> AwardDraft | OpenAwardDraft | None:
    """Return the award of `frame` in a round that may change parts of it, or outside of rounds."""
    return with_changes(frame.award, frame.slug, () if round_ is None else round_.awards)


def with_changes(
    award: AwardDraft | OpenAwardDraft | None, slug: str, changes: Iterable[CarriedAwardsDraft]
) -> AwardDraft | OpenAwardDraft | None:
    """Return the award of the frame `slug` with those of `changes` that name it; one that is left open has no parts."""
    for change in changes:
        if isinstance(award, AwardDraft) and slug in [name.value for name in change.frames]:
            limit = award.upper_limit if change.upper_limit is None else change.upper_limit
            award = AwardDraft(
                at=award.at,
                rates=award.rates if change.rates is None else change.rates,
                upper_limit=replace(limit, uplifts=(*limit.uplifts, *change.uplifts)) if change.uplifts else limit,
                lower_limit=award.lower_limit if change.lower_limit is None else change.lower_limit,
                eligible_costs=award.eligible_costs if change.eligible_costs is None else change.eligible_costs,
            )
    return award


def together(selection: SelectionDraft, more: SelectionDraft) -> SelectionDraft:
    """Return what weighs in the selection, and `more` behind it."""
    return SelectionDraft(
        bonuses=(*selection.bonuses, *more.bonuses),
        deductions=(*selection.deductions, *more.deductions),
        limits=(*selection.limits, *more.limits),
    )


def without_codes(selection: SelectionDraft, codes: set[str]) -> SelectionDraft:
    """Return what weighs in the selection but for `codes`; a limit on points that are gone limits what is left."""
    left = (replace(one, of=tuple(code for code in one.of if code.value not in codes)) for one in selection.limits)
    return SelectionDraft(
        bonuses=tuple(one for one in selection.bonuses if one.code.value not in codes),
        deductions=tuple(one for one in selection.deductions if one.code.value not in codes),
        limits=tuple(one for one in left if one.of and one.code.value not in codes),
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
