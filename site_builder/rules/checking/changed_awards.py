"""What a round that takes rules over changes of awards and of the selection: that it is there, and fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.errors import Gathering, GuidanceError, name_hint
from site_builder.rules.checking.point_limits import check_limits
from site_builder.rules.drafts.awards import AwardDraft
from site_builder.rules.drafts.requirements import SelectionDraft
from site_builder.rules.resolution.carrying import line_of
from site_builder.rules.resolution.changing import together, with_changes, without_codes
from site_builder.rules.resolution.scopes import is_offered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from site_builder.rules.drafts.carried import CarriedAwardsDraft, CarriedDraft, CarriedSelectionDraft
    from site_builder.rules.drafts.folder import RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.sources.nodes import ScalarNode


def added_codes(carried: CarriedDraft) -> Iterator[str]:
    """Yield the codes of everything that a round adds to what it takes over."""
    if carried.requirements is not None:
        yield from (one.code.value for one in carried.requirements.added)
    if carried.selection is not None:
        yield from (code.value for code in _codes(carried.selection.added))
    yield from (one.lower_limit.code.value for one in carried.awards if one.lower_limit is not None)


def frame_of_change(
    name: ScalarNode, frames: Mapping[str, FrameDraft], round_: RoundDraft, errors: Gathering
) -> FrameDraft | None:
    """Return the frame of which a round changes something, None where there is none; it must be offered there."""
    frame = frames.get(name.value)
    if frame is None:
        hint = name_hint(name.value, frames, "frames are files beside rule_set.yaml")
        errors.add(GuidanceError(name.place(), f"no frame is called '{name.value}'", hint, "unknown-frame"))
    elif not is_offered(frame, round_):
        sentence = f"'{name.value}' is not offered in round {round_.number}"
        errors.add(GuidanceError(name.place(), sentence, "take it out", "unknown-frame"))
    return frame


def check_carried_awards(rule_set: RuleSetDraft, round_: RoundDraft, errors: Gathering) -> None:
    """Check that awards that change are those of frames of the round, that they have such parts, and change once."""
    if round_.carried is None:
        return
    seen: set[tuple[str, str]] = set()
    for change in round_.carried.awards:
        for name in change.frames:
            frame = frame_of_change(name, rule_set.frames, round_, errors)
            if frame is None:
                continue
            _check_change(change, name, frame, round_, errors)
            for part in _parts(change):
                if (name.value, part) in seen:
                    sentence = f"round {round_.number} changes the {part} of '{name.value}' already"
                    errors.add(GuidanceError(name.place(), sentence, "say it once", "duplicate-name"))
                seen.add((name.value, part))


def _check_change(
    change: CarriedAwardsDraft, name: ScalarNode, frame: FrameDraft, round_: RoundDraft, errors: Gathering
) -> None:
    if not isinstance(frame.award, AwardDraft):
        hint = "write the award in the file of the frame: what the documents leave open has no parts"
        errors.add(GuidanceError(name.place(), f"the award of '{name.value}' is left open", hint, "bad-carrying"))
    earlier = round_.awards[: len(round_.awards) - len(round_.carried.awards)] if round_.carried else ()
    before = with_changes(frame.award, frame.slug, earlier)
    if "lower_limit" in change.dropped and isinstance(before, AwardDraft) and before.lower_limit is None:
        sentence = f"the award of '{name.value}' has no lower_limit"
        errors.add(GuidanceError(name.place(), sentence, "there is nothing to drop: take it out", "unknown-name"))
    is_of_one = change.lower_limit is not None or change.eligible_costs is not None
    if frame.consortium is not None and is_of_one:
        sentence = f"'{name.value}' is for a consortium, which has no lower_limit and no eligible_costs"
        hint = "each member is paid by its own cost: take them out"
        errors.add(GuidanceError(name.place(), sentence, hint, "not-in-a-consortium"))


def _parts(change: CarriedAwardsDraft) -> Iterator[str]:
    """Yield the keys of an award that a change gives or drops; uplifts come on top of others, however often."""
    given = {
        "rate": change.rates,
        "upper_limit": change.upper_limit,
        "lower_limit": change.lower_limit,
        "eligible_costs": change.eligible_costs,
    }
    yield from change.dropped
    yield from (name for name, part in given.items() if part is not None)


def check_carried_selection(rule_set: RuleSetDraft, round_: RoundDraft, errors: Gathering) -> None:
    """Check that what no longer weighs did, that what is new has a code of its own, and that limits fit the rest."""
    changed = None if round_.carried is None else round_.carried.selection
    if changed is None:
        return
    before = _selections(rule_set, line_of(rule_set, round_)[:-1])
    _check_dropped(changed.dropped, {code.value for one in before for code in _codes(one)}, errors)
    taken = {code.value for one in _without(before, changed) for code in _codes(one)}
    for code in _codes(changed.added):
        if code.value in taken:
            hint = "give it a code of its own; what changed has another code, too"
            errors.add(GuidanceError(code.place(), f"there is '{code.value}' already", hint, "duplicate-name"))
        taken.add(code.value)
    _check_limits(_selections(rule_set, line_of(rule_set, round_)), errors)


def _selections(rule_set: RuleSetDraft, line: Iterable[RoundDraft]) -> tuple[SelectionDraft, ...]:
    """Return what weighs in the last round of `line`: what frames share, and what each has for itself."""
    found = (rule_set.file.shared.selection, *(frame.selection for frame in rule_set.frames.values()))
    for one in line:
        if one.carried is not None and one.carried.selection is not None:
            shared, *own = _without(found, one.carried.selection)
            found = (together(shared, one.carried.selection.added), *own)
    return found


def _without(selections: Iterable[SelectionDraft], changed: CarriedSelectionDraft) -> tuple[SelectionDraft, ...]:
    gone = {name.value for name in changed.dropped}
    return tuple(without_codes(one, gone) for one in selections)


def _check_limits(selections: tuple[SelectionDraft, ...], errors: Gathering) -> None:
    """Check the limits that frames share alone and with those of each frame; what is wrong is told once."""
    shared, *own = selections
    for one in (SelectionDraft(), *own):
        found = Gathering()
        check_limits(shared, one, found)
        for error in found.errors:
            errors.add(error)
        if found.errors:
            return


def _check_dropped(dropped: tuple[ScalarNode, ...], known: set[str], errors: Gathering) -> None:
    for name in dropped:
        if name.value not in known:
            hint = name_hint(name.value, known, "points, deductions and limits stand under `selection`")
            sentence = f"nothing in the selection is called '{name.value}'"
            errors.add(GuidanceError(name.place(), sentence, hint, "unknown-about"))


def _codes(selection: SelectionDraft) -> Iterator[ScalarNode]:
    yield from (one.code for one in (*selection.bonuses, *selection.deductions))
    yield from (one.code for one in selection.limits)
