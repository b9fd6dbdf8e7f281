"""What a round that takes rules over changes of the repayment: that it is there, and that cases still decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.errors import GuidanceError, name_hint
from site_builder.rules.checking.changed_awards import frame_of_change
from site_builder.rules.checking.clawbacks import check_clawback
from site_builder.rules.resolution.carrying import as_in_round, earlier_round
from site_builder.rules.resolution.changing import clawback_as_changed
from site_builder.rules.resolution.inheritance import shared_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from site_builder.errors import Gathering
    from site_builder.rules.drafts.carried import CarriedRepaymentDraft
    from site_builder.rules.drafts.folder import RuleSetDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.rules.drafts.rule_sets import SharedDraft
    from site_builder.sources.nodes import ScalarNode


def check_carried_repayments(rule_set: RuleSetDraft, round_: RoundDraft, errors: Gathering) -> None:
    """Check that frames are those of the round, that what is dropped or put in place is there, and changes once."""
    earlier = earlier_round(rule_set, round_)
    if earlier is None or round_.carried is None or not round_.carried.repayments:
        return
    seen: set[tuple[str, str]] = set()
    before, _ = as_in_round(rule_set, earlier)
    for change in round_.carried.repayments:
        for name in change.frames:
            frame = frame_of_change(name, before.frames, round_, errors)
            if frame is None:
                continue
            _check_change(change, name, shared_with(frame, before), errors)
            for part in _parts(change):
                if (name.value, part) in seen:
                    sentence = f"round {round_.number} changes {part} of the repayment of '{name.value}' already"
                    hint = "say it once: what is given stands for what had that name"
                    errors.add(GuidanceError(name.place(), sentence, hint, "duplicate-name"))
                seen.add((name.value, part))


def _check_change(change: CarriedRepaymentDraft, name: ScalarNode, shared: SharedDraft, errors: Gathering) -> None:
    """Check a change for one of its frames, which has `shared` of the repayment in the round before."""
    clawback = shared.clawback
    known = {*shared.repayment, *(() if clawback is None else clawback.parts)}
    for gone in change.dropped:
        if gone.value not in known:
            hint = name_hint(gone.value, known, f"nothing is said of the repayment of '{name.value}'")
            sentence = f"nothing in the repayment of '{name.value}' is called '{gone.value}'"
            errors.add(GuidanceError(gone.place(), sentence, hint, "unknown-name"))
    if clawback is None and (change.whole or change.parts or change.total):
        sentence = f"the repayment of '{name.value}' is not worked out, so no part of it is otherwise"
        hint = "write `clawback` in rule_set.yaml or in the file of the frame, or take whole, parts and total out"
        errors.add(GuidanceError(name.place(), sentence, hint, "bad-carrying"))
    changed = clawback_as_changed(clawback, name.value, (change,))
    if changed is not None and not changed.parts:
        sentence = f"no part of the repayment of '{name.value}' is left"
        hint = "keep one, with a single case for everybody where nothing is paid back"
        errors.add(GuidanceError(name.place(), sentence, hint, "empty-list"))
    check_clawback(changed, errors)


def _parts(change: CarriedRepaymentDraft) -> Iterator[str]:
    """Yield what a change gives or drops, in words; a statement and a part of one name are told together."""
    yield from (f"'{name}'" for name in dict.fromkeys((*change.statements, *change.parts)))
    yield from (f"'{name.value}'" for name in change.dropped)
    yield from () if change.whole is None else ("whole",)
    yield from () if change.total is None else ("total",)
