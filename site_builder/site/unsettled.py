"""Frames of which the documents settle nothing: those that are only expected, and rounds of which nobody can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calculator.rulebook import Frame, FrameRules, RuleBook
from site_builder.rules.model import RuleSet
from site_builder.site.addresses import Link
from site_builder.site.calls import Call, frame_link
from site_builder.site.wording import Wording

SHORTEST_RUN = 3  # numbers that are not worth telling one by one


@dataclass(frozen=True, slots=True)
class ExpectedFrame:
    """A frame that is only expected; `link` and `purpose` are None where no more than its name is known."""

    name: str
    link: Link | None
    purpose: str | None


@dataclass(frozen=True, slots=True)
class Expectation:
    """The frames that are expected in a placeholder round, and in words what keeps anything from being told of them."""

    frames: tuple[ExpectedFrame, ...]
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnsettledRounds:
    """Rounds in which a frame may have been offered: what the documents leave open, and their numbers in words."""

    name: str
    points: tuple[str, ...]
    numbers: str


def expectation(call: Call, book: RuleBook, wording: Wording) -> Expectation | None:
    """Word the frames that are expected in a placeholder round, or return None where there are none."""
    if not call.round.is_placeholder:
        return None
    named = _only_expected(call, book)
    described = {frame.rules.rule_set: frame for frame in call.round.frames}
    frames = (
        *(
            ExpectedFrame(wording.say(one.rules.name), frame_link(one, call, wording), wording.say(one.purpose.text))
            for one in described.values()
        ),
        *(ExpectedFrame(wording.say(one.name), None, None) for name, one in named.items() if name not in described),
    )
    points = dict.fromkeys(point for frame in named.values() for point in frame.rounds[call.round.number].open_points)
    return Expectation(frames, _words(tuple(points), book, wording)) if frames else None


def unsettled_rounds(rule_set: RuleSet, book: RuleBook, wording: Wording) -> tuple[UnsettledRounds, ...]:
    """Word the rounds that the rule set has no page for and of which nobody can tell whether a frame was offered."""
    known = {one.number for one in rule_set.rounds}
    return tuple(
        row for frame in _frames_of(rule_set, book).values() for row in _rounds_of(frame, known, book, wording)
    )


def _frames_of(rule_set: RuleSet, book: RuleBook) -> Mapping[str, Frame]:
    return {name: frame for name, frame in book.frames.items() if name.rpartition("/")[0] == rule_set.slug}


def _only_expected(call: Call, book: RuleBook) -> Mapping[str, Frame]:
    """Return the frames of the placeholder round of which no round settles anything."""
    return {
        name: frame
        for name, frame in _frames_of(call.rule_set, book).items()
        if call.round.number in frame.rounds and all(map(_is_unsettled, frame.rounds.values()))
    }


def _rounds_of(frame: Frame, known: set[int | None], book: RuleBook, wording: Wording) -> Iterator[UnsettledRounds]:
    """Yield a line for each reason why nobody can tell, with the numbers of all rounds that it holds for."""
    numbers: dict[tuple[str, ...], list[int]] = {}
    for number, one in frame.rounds.items():
        if number is not None and number not in known and _is_unsettled(one):
            numbers.setdefault(one.open_points, []).append(number)
    for points, some in numbers.items():
        yield UnsettledRounds(wording.say(frame.name), _words(points, book, wording), _numbers(sorted(some), wording))


def _numbers(numbers: list[int], wording: Wording) -> str:
    """Word the numbers of rounds; three and more in turn by the first and the last."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] + 1 == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    return wording.listed(word for run in runs for word in _run(run, wording))


def _run(numbers: list[int], wording: Wording) -> tuple[str, ...]:
    if len(numbers) < SHORTEST_RUN:
        return tuple(map(str, numbers))
    return (wording.fill("range_from_to", least=str(numbers[0]), most=str(numbers[-1])),)


def _is_unsettled(frame: FrameRules) -> bool:
    return frame.award is None and frame.open_award is None


def _words(points: tuple[str, ...], book: RuleBook, wording: Wording) -> tuple[str, ...]:
    return tuple(wording.say_sentence(book.open_points[point]) for point in points)
