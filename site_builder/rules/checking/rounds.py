"""Rounds that are named: by the sources that speak of them, by frames and by examples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from site_builder.errors import GuidanceError, Place, name_hint
from site_builder.rules.resolution.carrying import earlier_round
from site_builder.rules.resolution.inheritance import shared_with
from site_builder.rules.resolution.scopes import is_offered
from site_builder.style.number_words import number_words, ordinals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from site_builder.errors import Gathering
    from site_builder.rules.drafts.examples import ExamplesDraft
    from site_builder.rules.drafts.folder import ProgrammeDraft, RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.sources.nodes import ScalarNode

_IN_BRACKETS = re.compile(r"（[^）]*）|\([^)]*\)")
_ONE_CALL = "this budget has one call without a number"


def check_prints(rules: RulesDraft, rule_sets: Mapping[str, RuleSetDraft], errors: Gathering) -> None:
    """Check that what sources speak of is there."""
    for source in rules.sources.values():
        for prints in source.prints:
            name = prints.rule_set
            if name.value not in rule_sets:
                hint = name_hint(name.value, rule_sets, "rule sets are folders: programme/budget")
                errors.add(GuidanceError(name.place(), f"no rule set is called '{name.value}'", hint, "unknown-name"))
                continue
            known = known_rounds(rule_sets[name.value])
            for number in prints.rounds:
                if number not in known:
                    errors.add(_unknown_round(name.place(), number, known, "write `call` instead of rounds"))


def check_example_rounds(programme: ProgrammeDraft, errors: Gathering) -> None:
    """Check that each round that an example names is one of the programme, also where its frame is not offered."""
    known = {number for rule_set in programme.rule_sets for number in known_rounds(rule_set)}
    for rule_set in programme.rule_sets:
        examples = (example for file in rule_set.examples for example in file.examples.values())
        for number, place in (at for example in examples for at in example.rounds_at):
            if number not in known and None not in rule_set.rounds:
                numbers = ", ".join(str(one) for one in sorted(one for one in known if one is not None))
                hint = f"no budget of the programme has it; there are {numbers}"
                errors.add(GuidanceError(place, f"there is no round {number}", hint, "unknown-round"))


def check_rounds(rule_set: RuleSetDraft, errors: Gathering) -> None:
    """Check that the rule set has rounds, and each round that a frame or an example names."""
    if not rule_set.rounds:
        place = Place(rule_set.file.head.name.ja.place().path)
        hint = "write rounds/<number>.yaml, or call.yaml for a call without a number"
        errors.add(GuidanceError(place, "this budget has no rounds", hint, "missing-file"))
        return
    _check_names(rule_set, errors)
    for round_ in rule_set.rounds.values():
        _check_number(round_, errors)
        _check_has_frames(rule_set, round_, errors)
    for frame in rule_set.frames.values():
        _check_offered(rule_set, frame, errors)
        _check_not_known(rule_set, frame, errors)
        _check_parts(rule_set, frame, errors)
    for file in rule_set.examples:
        _check_examples(rule_set, file, errors)


def _check_names(rule_set: RuleSetDraft, errors: Gathering) -> None:
    """Check that no two rounds are called the same, as where a file was copied."""
    first: dict[str, int | None] = {}
    for number, round_ in rule_set.rounds.items():
        names = (one for one in (round_.name.ja, round_.name.en) if one not in _misnamed(round_))
        taken = next((words for words in names if first.setdefault(words.value, number) != number), None)
        if taken is not None:
            sentence = f"round {first[taken.value]} is called '{taken.value}' already"
            errors.add(GuidanceError(taken.place(), sentence, "give each round its own name", "duplicate-name"))


def _check_number(round_: RoundDraft, errors: Gathering) -> None:
    """Check that a round's name, where it has a number at all, has that of its file."""
    for words in _misnamed(round_):
        sentence = f"this is the file of round {round_.number}, and its name is '{words.value}'"
        hint = "mend the name, or the name of the file"
        errors.add(GuidanceError(words.place(), sentence, hint, "misnamed-round"))


def _misnamed(round_: RoundDraft) -> tuple[ScalarNode, ...]:
    """Return the names of a round, in either language, that have numbers and not that of its file."""
    if round_.number is None:
        return ()
    numbers = ((words, _numbers_in(words.value)) for words in (round_.name.ja, round_.name.en))
    return tuple(words for words, found in numbers if found and round_.number not in found)


def _numbers_in(name: str) -> frozenset[int]:
    """Return the numbers of a round's name, in digits or English words, without what it says in brackets."""
    shown = _IN_BRACKETS.sub("", name)
    digits = (int(number) for number in re.findall(r"[0-9]+", shown))
    return frozenset((*digits, *(value for value, _ in number_words(shown)), *ordinals(shown)))


def _check_has_frames(rule_set: RuleSetDraft, round_: RoundDraft, errors: Gathering) -> None:
    """Check that a round of which something is known has frames, or one of which nobody can tell whether it has it."""
    frames, number = rule_set.frames.values(), round_.number
    is_told_elsewhere = round_.carried is not None and earlier_round(rule_set, round_) is None
    if round_.placeholder is not None or is_told_elsewhere or not frames:
        return
    if any(one.offered.rounds is None or is_offered(one, round_) for one in frames):
        return
    if any(number == one for frame in frames if frame.offered.not_known for one, _ in frame.offered.not_known.rounds):
        return
    if number is None:
        sentence, hint = "no frame is offered in this call", "take `rounds: []` out of `offered` of its frames"
    elif round_.carried is not None:
        sentence, hint = f"no frame is left in round {number}", "name under `dropped` only those that are gone"
    else:
        sentence = f"no frame is offered in round {number}"
        hint = f"say whose rules it takes over (`carried_from:`), or write {number} under `offered` of its frames"
    errors.add(GuidanceError(round_.name.ja.place(), sentence, hint, "no-frames"))


def known_rounds(rule_set: RuleSetDraft) -> set[int | None]:
    """Return the rounds of a rule set, those too of which a frame says no more than that they are not known."""
    not_known = [frame.offered.not_known for frame in rule_set.frames.values()]
    numbers = {number for one in not_known if one is not None for number, _ in one.rounds}
    return {*rule_set.rounds, *numbers}


def _check_offered(rule_set: RuleSetDraft, frame: FrameDraft, errors: Gathering) -> None:
    offered = frame.offered
    if offered.rounds is None and None not in rule_set.rounds:
        hint = "list the rounds; only in a budget with call.yaml are there none"
        errors.add(GuidanceError(offered.at, "offered has no 'rounds'", hint, "missing-key"))
    rounds: Iterable[tuple[int | None, Place]] = (
        [(None, offered.at)] if offered.rounds is None else [(number, node.place()) for number, node in offered.rounds]
    )
    for number, place in rounds:
        if number in rule_set.rounds:
            _refuse_placeholder(rule_set, number, place, errors)
        elif number is not None:
            errors.add(_unknown_round(place, number, set(rule_set.rounds), "leave `rounds` out"))


def _refuse_placeholder(rule_set: RuleSetDraft, number: int | None, place: Place, errors: Gathering) -> None:
    if rule_set.rounds[number].placeholder is None:
        return
    what = "the call" if number is None else f"round {number}"
    hint = "take it out here, or take `placeholder` out of the round"
    if number is None:
        hint = "write `rounds: []` here, or take `placeholder` out of call.yaml"
    errors.add(GuidanceError(place, f"{what} is a placeholder", hint, "unknown-round"))


def _check_not_known(rule_set: RuleSetDraft, frame: FrameDraft, errors: Gathering) -> None:
    not_known = frame.offered.not_known
    if not_known is None:
        return
    points = rule_set.file.head.open_points
    if not_known.point.value not in points:
        errors.add(unknown_point(not_known.point, points))
    offered = {number for number, _ in frame.offered.rounds or ()}
    for number, node in not_known.rounds:
        if None in rule_set.rounds:
            errors.add(GuidanceError(node.place(), _ONE_CALL, "leave `not_known` out", "unknown-round"))
        elif number in offered:
            hint = "a round is offered or not known, not both"
            errors.add(GuidanceError(node.place(), f"round {number} is offered here already", hint, "unknown-round"))
        elif number in rule_set.rounds:
            _refuse_placeholder(rule_set, number, node.place(), errors)


def _check_parts(rule_set: RuleSetDraft, frame: FrameDraft, errors: Gathering) -> None:
    """Check that awards that are had together are offered together."""
    parts = shared_with(frame, rule_set).parts
    for part in parts.values():
        other = rule_set.frames.get(part.value)
        for round_ in rule_set.rounds.values():
            if other is not None and is_offered(frame, round_) and not is_offered(other, round_):
                when = "" if round_.number is None else f" in round {round_.number}"
                sentence = f"'{part.value}' is not offered{when}, and '{frame.slug}' is"
                hint = "parts are had together: offer them in the same rounds"
                errors.add(GuidanceError(part.place(), sentence, hint, "part-not-offered"))


def _check_examples(rule_set: RuleSetDraft, file: ExamplesDraft, errors: Gathering) -> None:
    for example in file.examples.values():
        if example.rounds is None and None not in rule_set.rounds:
            hint = "list its rounds; only in a budget with call.yaml are there none"
            errors.add(GuidanceError(example.name.place(), "an example has no 'rounds'", hint, "missing-key"))
        if example.rounds is not None and None in rule_set.rounds:
            errors.add(GuidanceError(example.name.place(), _ONE_CALL, "leave `rounds` out", "unknown-round"))


def unknown_point(name: ScalarNode, points: Iterable[str]) -> GuidanceError:
    """Return the error for an open point that nobody has worded."""
    hint = name_hint(name.value, points, "word it in `open_points` of the rule set")
    return GuidanceError(name.place(), f"no open point is called '{name.value}'", hint, "unknown-name")


def _unknown_round(place: Place, number: int | None, known: set[int | None], for_a_call: str) -> GuidanceError:
    numbers = sorted(one for one in known if one is not None)
    if None in known:
        return GuidanceError(place, _ONE_CALL, for_a_call, "unknown-round")
    if number is None:
        hint = f"list the rounds; there are {', '.join(map(str, numbers))}"
        return GuidanceError(place, "this budget has no call without a number", hint, "unknown-round")
    hint = f"add rounds/{number}.yaml; there are {', '.join(map(str, numbers))}"
    return GuidanceError(place, f"there is no round {number}", hint, "unknown-round")
