"""Rounds that take over the rules of an earlier one: which frames they offer, and which figures hold in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.rules.drafts.carried import AddedDraft
from site_builder.rules.drafts.folder import ProgrammeDraft
from site_builder.rules.portions import rule_set_of
from site_builder.rules.resolution.changing import frame_as_changed, shared_as_changed
from site_builder.rules.resolution.scopes import is_offered, put_over

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from site_builder.memo import Memo
    from site_builder.rules.drafts.carried import CarriedDraft
    from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.named import FigureDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.rules.drafts.rule_sets import RuleSetFileDraft


def filled(rules: RulesDraft, memo: Memo) -> RulesDraft:
    """Return the rules with the shared figures in every rule set, and with what rounds take over from earlier ones.

    Every round then offers the frames, and gives the figures, that it takes over. Where it names an earlier one that is
    not there, nothing is taken over; `checking` tells so. The same rules give the same object.
    """
    return memo.made(_filled, rules, memo)


def _filled(rules: RulesDraft, memo: Memo) -> RulesDraft:
    return replace(rules, programmes=tuple(_programme(rules, one, memo) for one in rules.programmes))


def _programme(rules: RulesDraft, draft: ProgrammeDraft, memo: Memo) -> ProgrammeDraft:
    rule_sets = tuple(memo.made(_rule_set, rules.defined.figures, one, memo) for one in draft.rule_sets)
    return memo.made(ProgrammeDraft, draft.slug, draft.file, rule_sets)


def _rule_set(shared: Mapping[str, FigureDraft], draft: RuleSetDraft, memo: Memo) -> RuleSetDraft:
    rounds = tuple(memo.made(_knowing_its_own, one) for one in draft.rounds.values())
    file = memo.made(_with_shared, shared, draft.file)
    return _carried_over(rule_set_of(draft.slug, file, tuple(draft.frames.values()), rounds, draft.examples))


def _with_shared(figures: Mapping[str, FigureDraft], file: RuleSetFileDraft) -> RuleSetFileDraft:
    """Return a rule set's file with the `figures` of definitions.yaml that it does not give itself."""
    return replace(file, figures={**figures, **file.figures})


def earlier_round(rule_set: RuleSetDraft, round_: RoundDraft) -> RoundDraft | None:
    """Return the round whose rules `round_` takes over, or None where there is none that it can take over from."""
    carried = round_.carried
    if carried is None or round_.number is None or carried.since >= round_.number or round_.placeholder is not None:
        return None
    found = rule_set.rounds.get(carried.since)
    return None if found is None or found.placeholder is not None else found


def line_of(rule_set: RuleSetDraft, round_: RoundDraft) -> tuple[RoundDraft, ...]:
    """Return the rounds whose rules `round_` takes over, the one that has its own first, and `round_` itself last."""
    earlier = earlier_round(rule_set, round_)
    return (round_,) if earlier is None else (*line_of(rule_set, earlier), round_)


def as_in_round(rule_set: RuleSetDraft, round_: RoundDraft) -> tuple[RuleSetDraft, RoundDraft]:
    """Return the rule set as the round has it, each part cited as it is written, and the round without changes."""
    for one in line_of(rule_set, round_):
        if one.carried is not None:
            file = replace(rule_set.file, shared=shared_as_changed(rule_set.file.shared, one.carried))
            frames = {slug: frame_as_changed(frame, one.carried) for slug, frame in rule_set.frames.items()}
            rule_set = replace(rule_set, file=file, frames=frames)
    return rule_set, replace(round_, awards=(), repayments=())


def _carried_over(rule_set: RuleSetDraft) -> RuleSetDraft:
    for round_ in rule_set.rounds.values():  # the earlier ones first: what they take over is taken over from them
        earlier = earlier_round(rule_set, rule_set.rounds[round_.number])
        if round_.carried is not None and earlier is not None:
            frames = {slug: _offered_in(frame, round_, earlier) for slug, frame in rule_set.frames.items()}
            rounds = {**rule_set.rounds, round_.number: _over(earlier, round_)}
            rule_set = replace(rule_set, frames=frames, rounds=rounds)
    return rule_set


def taken_over_again(rule_set: RuleSetDraft) -> RuleSetDraft:
    """Return a rule set that is filled in, after something in its rounds was changed: so have the rounds after them."""
    for number, round_ in rule_set.rounds.items():
        earlier = earlier_round(rule_set, round_)
        if earlier is not None:
            rounds = {**rule_set.rounds, number: _over(earlier, _its_own(round_))}
            rule_set = replace(rule_set, rounds=rounds)
    return rule_set


def _over(earlier: RoundDraft, round_: RoundDraft) -> RoundDraft:
    """Return the round with what it takes over of the `earlier` one put in before its own."""
    return replace(
        round_,
        figures=dict(_figures_in(earlier, round_)),
        awards=(*earlier.awards, *round_.awards),
        repayments=(*earlier.repayments, *round_.repayments),
        added=earlier.added.with_more(round_.added),
    )


def _its_own(round_: RoundDraft) -> RoundDraft:
    """Return a round that is filled in with what it gives itself alone."""
    carried, added = round_.carried, round_.added
    if carried is None:
        return round_
    return replace(
        round_,
        figures={name: one for name, one in round_.figures.items() if name in carried.own_figures},
        awards=carried.awards,
        repayments=carried.repayments,
        added=AddedDraft(
            {name: added.figures[name] for name in carried.added.figures},
            {name: added.definitions[name] for name in carried.added.definitions},
            carried.added.open_points,
        ),
    )


def _knowing_its_own(round_: RoundDraft) -> RoundDraft:
    """Return the round with its own figures noted, before others join them."""
    if round_.carried is None:
        return round_
    return replace(round_, carried=replace(round_.carried, own_figures=frozenset(round_.figures)))


def _offered_in(frame: FrameDraft, round_: RoundDraft, earlier: RoundDraft) -> FrameDraft:
    """Return the frame, offered in `round_` too if it was in the `earlier` one or the round says that it is again."""
    carried, number = round_.carried, round_.number
    if carried is None or number is None or is_offered(frame, round_) or not _goes_on(frame, carried, earlier):
        return frame
    rounds = (*(frame.offered.rounds or ()), (number, carried.node))
    return replace(frame, offered=replace(frame.offered, rounds=rounds))


def _goes_on(frame: FrameDraft, carried: CarriedDraft, earlier: RoundDraft) -> bool:
    changed = carried.frames
    if changed is None:
        return is_offered(frame, earlier)
    dropped, added = ([one.value for one in names] for names in (changed.dropped, changed.added))
    return frame.slug in added or (is_offered(frame, earlier) and frame.slug not in dropped)


def _figures_in(earlier: RoundDraft, round_: RoundDraft) -> Iterator[tuple[str, FigureDraft]]:
    for name, figure in earlier.figures.items():
        own = round_.figures.get(name)
        yield name, figure if own is None else put_over(figure, own)
    yield from ((name, own) for name, own in round_.figures.items() if name not in earlier.figures)
