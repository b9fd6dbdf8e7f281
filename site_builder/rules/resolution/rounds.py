"""Rule sets with their rounds, for pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.rulebook import ScheduledDay, ScheduledMoment
from site_builder.rules.alike import Alike
from site_builder.rules.model import Change, Round, RuleSet, ScheduleEntry
from site_builder.rules.portions import portion
from site_builder.rules.resolution.confirming import in_round
from site_builder.rules.resolution.examples import all_facts, examples, in_order, numbers_in
from site_builder.rules.resolution.frames import frame_in_round
from site_builder.rules.resolution.scopes import frame_scope, is_offered, rule_set_scope
from site_builder.rules.resolution.statements import document, notes, statement, statements
from site_builder.rules.resolution.unconfirmed import unconfirmed_in

if TYPE_CHECKING:
    from calculator.rulebook import Citation
    from site_builder.memo import Memo
    from site_builder.rules.drafts.examples import ExamplesDraft
    from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.rounds import RoundDraft, WhenMomentDraft
    from site_builder.rules.drafts.rule_sets import ChangesDraft
    from site_builder.rules.model import Example, FrameInRound, Statement
    from site_builder.rules.scope import Scope


def rule_set(rules: RulesDraft, draft: RuleSetDraft, memo: Memo) -> RuleSet:
    """Return the rule set with its rounds in order; `rules` need have no programmes."""
    scope = rule_set_scope(rules, draft, None)
    head, found = draft.file.head, memo.made(all_examples, rules, draft, memo)
    return RuleSet(
        slug=draft.slug,
        name=scope.text(head.name),
        changes_from=scope.text(head.changes.since),
        changes=_changes(head.changes, scope),
        rounds=tuple(_whole(rules, draft, round_, found, memo) for round_ in draft.rounds.values()),
    )


def frames_in_order(draft: RuleSetDraft) -> tuple[FrameDraft, ...]:
    """Return the frames in the order that the rule set gives, else by name."""
    if draft.file.frame_order is None:
        return tuple(draft.frames.values())
    return tuple(draft.frames[slug.value] for slug in draft.file.frame_order)


def all_examples(rules: RulesDraft, rule_set: RuleSetDraft, memo: Memo) -> tuple[Example, ...]:
    """Return every example of the rule set in each of its rounds; `rules` need have no programmes."""
    return tuple(example for file in rule_set.examples for example in _examples_in(file, rules, rule_set, memo))


def _examples_in(file: ExamplesDraft, rules: RulesDraft, rule_set: RuleSetDraft, memo: Memo) -> tuple[Example, ...]:
    """Return the examples of a frame; those of a round rest on no other round."""
    frame, numbers = rule_set.frames[file.frame], memo.made(numbers_in, file)
    by_round = tuple(
        memo.made(
            _of_round,
            rules,
            portion(rule_set, (frame,), _rounds_called(number, rule_set), memo),
            frame,
            file,
            number,
            memo,
        )
        for number in numbers
    )
    return memo.made(in_order, file, by_round)


def _rounds_called(number: int | None, rule_set: RuleSetDraft) -> tuple[RoundDraft, ...]:
    return (rule_set.rounds[number],) if number in rule_set.rounds else ()


def _of_round(
    rules: RulesDraft, rule_set: RuleSetDraft, frame: FrameDraft, file: ExamplesDraft, number: int | None, memo: Memo
) -> tuple[Example, ...]:
    """Return the examples of the file in a round, in its order: the same for all that the words of this file name."""
    scope = memo.made(frame_scope, rules, rule_set, frame, rule_set.rounds.get(number))
    alike = memo.made(Alike, file)
    return alike.made(_in_words, file, scope, number, f"{rule_set.slug}/{frame.slug}", memo)


def _in_words(file: ExamplesDraft, scope: Scope, number: int | None, frame: str, memo: Memo) -> tuple[Example, ...]:
    found = examples(file, memo.made(all_facts, file), frame, number, scope)
    return tuple(memo.same((one.rule_set, one.round, one.name), one) for one in found)


def _whole(rules: RulesDraft, draft: RuleSetDraft, round_: RoundDraft, found: tuple[Example, ...], memo: Memo) -> Round:
    """Return a round; one that takes over the rules of another may rest on everything in the rule set."""
    if round_.carried is not None:
        here = memo.made(in_round, rules, draft, round_)
        rules, draft, round_ = here.rules, here.rule_set, here.round
    frames = _frames(rules, draft, round_, found, memo)
    return memo.made(_round, rules, portion(draft, (), (round_,), memo), round_, frames)


def _round(rules: RulesDraft, draft: RuleSetDraft, round_: RoundDraft, frames: tuple[FrameInRound, ...]) -> Round:
    scope = rule_set_scope(rules, draft, round_)
    purpose = statement("purpose", draft.file.head.purpose, scope)
    budget = statement("budget", draft.file.head.budget, scope)
    said = (*_shared_statements(draft, round_, scope), *statements(round_.statements, scope))
    return Round(
        number=round_.number,
        name=scope.text(round_.name),
        is_placeholder=round_.placeholder is not None,
        summary=scope.text(round_.summary),
        purpose=purpose,
        budget=budget,
        schedule=_schedule(round_, scope),
        documents=tuple(document(name, one, scope) for name, one in round_.documents.items()),
        statements=said,
        notes=(*notes(draft.file.head.notes, scope), *notes(round_.notes, scope)),
        frames=frames,
        carried_from=None if round_.carried is None else round_.carried.since,
        unconfirmed=unconfirmed_in(frames, (purpose, budget, *said)),
        dropped=_dropped_frames(round_, scope),
    )


def _dropped_frames(round_: RoundDraft, scope: Scope) -> dict[str, Citation]:
    changed = None if round_.carried is None else round_.carried.frames
    return {} if changed is None else {name.value: scope.citation(changed.citation) for name in changed.dropped}


def _shared_statements(draft: RuleSetDraft, round_: RoundDraft, scope: Scope) -> tuple[Statement, ...]:
    """Return what holds in every round of the rule set, but for what the round says itself under the same name.

    Of a placeholder's round nothing is known to hold.
    """
    if round_.placeholder is not None:
        return ()
    shared = {name: one for name, one in draft.file.head.statements.items() if name not in round_.statements}
    return statements(shared, scope)


def _frames(
    rules: RulesDraft, draft: RuleSetDraft, round_: RoundDraft, found: tuple[Example, ...], memo: Memo
) -> tuple[FrameInRound, ...]:
    among_all = memo.made(Alike, rules, portion(draft, (), (), memo))
    return tuple(
        memo.made(
            frame_in_round,
            rules,
            portion(draft, (frame,), (round_,), memo),
            frame,
            round_,
            _of(found, f"{draft.slug}/{frame.slug}", round_.number),
            memo.made(frame_scope, rules, portion(draft, (frame,), (round_,), memo), frame, round_),
            (among_all, memo.made(Alike, rules, portion(draft, (frame,), (), memo))),
        )
        for frame in frames_in_order(draft)
        if is_offered(frame, round_) or _is_expected(frame, round_)
    )


def _is_expected(frame: FrameDraft, round_: RoundDraft) -> bool:
    """Say whether the round is a placeholder and the frame one of placeholders only: its purpose can be told."""
    return round_.placeholder is not None and frame.award is None


def _of(found: tuple[Example, ...], frame: str, number: int | None) -> tuple[Example, ...]:
    return tuple(example for example in found if example.rule_set == frame and example.round == number)


def _schedule(round_: RoundDraft, scope: Scope) -> tuple[ScheduleEntry, ...]:
    return tuple(
        ScheduleEntry(
            name=name,
            moment=_moment(name, printed, scope),
            reported=_moment(name, round_.reported.get(name), scope),
            day=_day(name, printed, scope),
            reported_day=_day(name, round_.reported.get(name), scope),
        )
        for name, printed in round_.schedule.items()
    )


def _moment(name: str, draft: WhenMomentDraft | None, scope: Scope) -> ScheduledMoment | None:
    if draft is None or draft.at is None:
        return None
    return ScheduledMoment(name, draft.at, scope.citation(draft.citation))


def _day(name: str, draft: WhenMomentDraft | None, scope: Scope) -> ScheduledDay | None:
    if draft is None or draft.on is None:
        return None
    return ScheduledDay(name, draft.on, scope.citation(draft.citation))


def _changes(draft: ChangesDraft, scope: Scope) -> tuple[Change, ...]:
    return tuple(
        Change(name, scope.text(one.label), scope.text(one.before), scope.text(one.after), scope.citation(one.citation))
        for name, one in draft.changes.items()
    )
