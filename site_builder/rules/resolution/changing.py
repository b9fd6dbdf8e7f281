"""What a round that takes rules over has otherwise: awards, requirements and the selection, with its changes put in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.rules.drafts.awards import AwardDraft
from site_builder.rules.drafts.clawbacks import ClawbackDraft
from site_builder.rules.drafts.requirements import SelectionDraft

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from site_builder.rules.drafts.awards import LowerLimitDraft, OpenAwardDraft
    from site_builder.rules.drafts.carried import CarriedAwardsDraft, CarriedDraft, CarriedRepaymentDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.requirements import RequirementDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.rules.drafts.rule_sets import SharedDraft
    from site_builder.rules.drafts.statements import StatementDraft


def shared_as_changed(shared: SharedDraft, carried: CarriedDraft) -> SharedDraft:
    """Return what frames share, without what the round drops of it, and with what it adds."""
    added = () if carried.requirements is None else carried.requirements.added
    selection = _weighing(shared.selection, carried)
    if carried.selection is not None:
        selection = together(selection, carried.selection.added)
    return replace(
        shared,
        requirements=(*_left_of(shared.requirements, carried), *added),
        selection=selection,
        repayments=(*shared.repayments, *carried.repayments),
    )


def frame_as_changed(frame: FrameDraft, carried: CarriedDraft) -> FrameDraft:
    """Return a frame without what the round drops, and with the parts of its award that are otherwise in it."""
    return replace(
        frame,
        requirements=_left_of(frame.requirements, carried),
        award=with_changes(frame.award, frame.slug, carried.awards),
        selection=_weighing(frame.selection, carried),
    )


def _left_of(requirements: tuple[RequirementDraft, ...], carried: CarriedDraft) -> tuple[RequirementDraft, ...]:
    dropped = () if carried.requirements is None else carried.requirements.dropped
    codes = {name.value for name in dropped}
    return tuple(one for one in requirements if one.code.value not in codes)


def _weighing(selection: SelectionDraft, carried: CarriedDraft) -> SelectionDraft:
    changed = carried.selection
    return selection if changed is None else without_codes(selection, {name.value for name in changed.dropped})


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
                lower_limit=_lower_limit(award, change),
                eligible_costs=award.eligible_costs if change.eligible_costs is None else change.eligible_costs,
            )
    return award


def _lower_limit(award: AwardDraft, change: CarriedAwardsDraft) -> LowerLimitDraft | None:
    before = None if "lower_limit" in change.dropped else award.lower_limit
    return before if change.lower_limit is None else change.lower_limit


def repayment_as_changed(
    repayment: Mapping[str, StatementDraft], slug: str, changes: Iterable[CarriedRepaymentDraft]
) -> Mapping[str, StatementDraft]:
    """Return what is said of the repayment in the frame `slug`, with those of `changes` that name it."""
    for change in naming(slug, changes):
        gone = {name.value for name in change.dropped}
        repayment = {**{name: one for name, one in repayment.items() if name not in gone}, **change.statements}
    return repayment


def clawback_as_changed(
    clawback: ClawbackDraft | None, slug: str, changes: Iterable[CarriedRepaymentDraft]
) -> ClawbackDraft | None:
    """Return the repayment worked out in the frame `slug`, with those of `changes` that name it; None stays None."""
    for change in naming(slug, changes):
        if clawback is not None:
            gone = {name.value for name in change.dropped}
            clawback = ClawbackDraft(
                whole=clawback.whole if change.whole is None else change.whole,
                parts={**{name: one for name, one in clawback.parts.items() if name not in gone}, **change.parts},
                total=clawback.total if change.total is None else change.total,
            )
    return clawback


def naming(slug: str, changes: Iterable[CarriedRepaymentDraft]) -> Iterator[CarriedRepaymentDraft]:
    """Yield those of `changes` that name the frame `slug`."""
    return (one for one in changes if slug in [name.value for name in one.frames])


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
