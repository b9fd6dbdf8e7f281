"""Schedules in order, codes that stand once, and the tables of awards and repayment."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import chain, pairwise
from typing import TYPE_CHECKING, TypeAlias

from site_builder.errors import Gathering, GuidanceError
from site_builder.rules.checking.awards import check_award
from site_builder.rules.checking.clawbacks import check_clawback
from site_builder.rules.checking.point_limits import check_limits
from site_builder.rules.literals import JAPAN
from site_builder.rules.portions import portion, shared_by_all
from site_builder.rules.resolution.changing import award_in
from site_builder.rules.resolution.inheritance import requirement_codes, shared_with
from site_builder.rules.resolution.scopes import frame_scope, is_offered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from site_builder.memo import Memo
    from site_builder.rules.checking.findings import Findings
    from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.rounds import RoundDraft, WhenMomentDraft
    from site_builder.sources.nodes import ScalarNode

    _Found: TypeAlias = "tuple[GuidanceError, ...]"


def check_tables(rules: RulesDraft, found: Findings, memo: Memo) -> None:
    """Add everything that is wrong in the tables of every rule set to `found`.

    An award whose names are wrong has no tables yet: it is passed over. What `memo` knows was checked before.
    """
    shared = shared_by_all(rules, memo)
    for programme in rules.programmes:
        for rule_set in programme.rule_sets:
            _check_rule_set(shared, rule_set, found, memo)


def _check_rule_set(shared: RulesDraft, rule_set: RuleSetDraft, found: Findings, memo: Memo) -> None:
    wrong = [memo.made(_in_a_schedule, round_) for round_ in rule_set.rounds.values()]
    for frame in rule_set.frames.values():
        offered = tuple(one for one in rule_set.rounds.values() if is_offered(frame, one))
        alone = portion(rule_set, (frame,), offered, memo)
        wrong.append(memo.made(_beside_an_award, alone, frame))
        if not (found.is_wrong(rule_set.slug) or found.is_wrong(rule_set.slug, frame.slug, "award")):
            wrong.append(memo.made(_in_an_award, shared, alone, frame))
    for error in chain.from_iterable(wrong):
        found.errors.add(error)


def _in_a_schedule(round_: RoundDraft) -> _Found:
    errors = Gathering()
    _check_order(round_.schedule, errors)
    _check_order(round_.reported, errors)
    return errors.errors


def _beside_an_award(rule_set: RuleSetDraft, frame: FrameDraft) -> _Found:
    errors = Gathering()
    _check_codes(rule_set, frame, errors)
    check_clawback(shared_with(frame, rule_set).clawback, errors)
    return errors.errors


def _in_an_award(shared: RulesDraft, rule_set: RuleSetDraft, frame: FrameDraft) -> _Found:
    errors = Gathering()
    for round_ in (None, *(one for one in rule_set.rounds.values() if is_offered(frame, one))):
        found = Gathering()
        check_award(award_in(frame, round_), frame_scope(shared, rule_set, frame, round_), found)
        for error in found.errors:
            errors.add(error if round_ is None else _at_the_figure(error, round_))
    return errors.errors


def _at_the_figure(error: GuidanceError, round_: RoundDraft) -> GuidanceError:
    """Return the error at the value that the round gives a figure, where it only stands at its name."""
    place = error.place
    figure = round_.figures.get(place.source[place.column - 1 :][: place.length])
    return error if figure is None else GuidanceError(figure.value.node.place(), error.sentence, error.hint, error.code)


def _check_order(schedule: Mapping[str, WhenMomentDraft | None], errors: Gathering) -> None:
    """Check that no moment lies before the one that goes before it; a day without an hour lies in its whole day."""
    dated = [(name, moment) for name, moment in schedule.items() if moment is not None]
    for (first, earlier), (second, later) in pairwise(dated):
        if _end(later) < _start(earlier):
            sentence = f"{second} ({later.node.value}) lies before {first} ({earlier.node.value})"
            errors.add(GuidanceError(later.node.place(), sentence, "look up both dates", "schedule-order"))


def _start(moment: WhenMomentDraft) -> datetime:
    return _instant(moment, time.min)


def _end(moment: WhenMomentDraft) -> datetime:
    return _instant(moment, time.max)


def _instant(moment: WhenMomentDraft, hour: time) -> datetime:
    if moment.at is not None:
        return moment.at
    assert isinstance(moment.on, date)  # noqa: S101 - a moment has a time or a day
    return datetime.combine(moment.on, hour, JAPAN)


def _check_codes(rule_set: RuleSetDraft, frame: FrameDraft, errors: Gathering) -> None:
    shared = shared_with(frame, rule_set)
    _check_once(requirement_codes(frame, shared), errors)
    _check_once([bonus.code for bonus in (*shared.selection.bonuses, *frame.selection.bonuses)], errors)
    _check_once([deduction.code for deduction in (*shared.selection.deductions, *frame.selection.deductions)], errors)
    _check_once([limit.code for limit in (*shared.selection.limits, *frame.selection.limits)], errors)
    check_limits(shared.selection, frame.selection, errors)


def _check_once(codes: Iterable[ScalarNode], errors: Gathering) -> None:
    places: dict[str, ScalarNode] = {}
    for code in codes:
        first = places.setdefault(code.value, code)
        if first is not code:
            place = first.place()
            hint = f"it stands at {place.path}:{place.line} already; give each its own"
            errors.add(GuidanceError(code.place(), f"the code '{code.value}' stands twice", hint, "duplicate-code"))
