"""All ways to apply side by side, and what a reader picks some of them by.

Picking works without a script: each choice is an option of a list, and a style sheet beside the page hides the rows
that do not have what is chosen. It also says, for the combinations that no row has, that there is nothing to show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from calculator.figures import figure_text
from calculator.kinds import Kind
from site_builder.rules.model import FrameInRound, Rules
from site_builder.site.addresses import Link
from site_builder.site.calls import (
    Call,
    call_link,
    calls_of,
    frames_under,
    is_numbered,
    programmes_in_order,
    rule_set_link,
)
from site_builder.site.rounds import FrameRow, frame_row
from site_builder.site.wording import Wording

#: The style sheet that picks, beside the page: how that looks, and after it what is picked.
STYLE = "pick.css"
_LOOK = '@import "_pick.css";'
#: Bounds in yen of the classes of upper limits that readers choose from. They sort, and decide nothing.
AMOUNT_BOUNDS = (1_000_000, 10_000_000)
AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Choice:
    """An option; `name` is also the class of the rows that it keeps."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A list of options; before them there is one that keeps every row."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A row: a frame as its newest call has it. `call` names the round, or else the budget; `has` are its choices."""

    row: FrameRow
    programme: str
    call: Link
    has: tuple[Choice, ...]

    @property
    def classes(self) -> str:
        """What the style sheet knows the row by."""
        return " ".join(choice.name for choice in self.has)


@dataclass(frozen=True, slots=True)
class Ways:
    """Every way to apply, the programmes in order and the newest first, and what they are picked by."""

    questions: tuple[Question, ...]
    ways: tuple[Way, ...]

    @property
    def files(self) -> Mapping[str, str]:
        """The style sheet that picks."""
        return {STYLE: "".join(f"{rule}\n" for rule in (_LOOK, *self._hidden(), *self._nothing()))}

    def _hidden(self) -> Iterator[str]:
        for question in self.questions:
            for one in question.choices:
                yield f".pick:has(#{one.name}:checked) ~ .found .way:not(.{one.name}) {{ display: none; }}"

    def _nothing(self) -> Iterator[str]:
        """Yield a rule for every combination of choices, one or none of a question, that no row has."""
        for chosen in product(*((None, *question.choices) for question in self.questions)):
            names = {one.name for one in chosen if one is not None}
            if not any(names <= {one.name for one in way.has} for way in self.ways):
                picked = "".join(f":has(#{name}:checked)" for name in sorted(names))
                yield f".pick{picked} ~ .found .nothing {{ display: block; }}"


def ways(rules: Rules, wording: Wording) -> Ways:
    """Return every frame of which documents say something once, as the newest call has it."""
    questions = (*_tag_questions(rules, wording), Question(AMOUNT, wording.words["ways_amount"], _amounts(wording)))
    return Ways(questions, tuple(_ways(rules, questions, wording)))


def _tag_questions(rules: Rules, wording: Wording) -> Iterator[Question]:
    for group in rules.tag_groups:
        choices = tuple(Choice(f"is-{name}", wording.say(words)) for name, words in group.tags.items())
        yield Question(group.name, wording.say(group.label), choices)


def _amounts(wording: Wording) -> tuple[Choice, ...]:
    low, high = (figure_text(Kind.YEN, bound) for bound in AMOUNT_BOUNDS)
    return (
        Choice("to-1", wording.fill("ways_amount_to", most=low)),
        Choice("to-2", wording.fill("ways_amount_between", least=low, most=high)),
        Choice("to-3", wording.fill("ways_amount_over", least=high)),
    )


def _ways(rules: Rules, questions: tuple[Question, ...], wording: Wording) -> Iterator[Way]:
    for programme in programmes_in_order(rules):
        published = tuple(call for call in calls_of(programme) if not call.round.is_placeholder)
        for frame, call in _frames(published):
            yield _way(frame, call, rules, questions, wording)


def _frames(calls: tuple[Call, ...]) -> Iterator[tuple[FrameInRound, Call]]:
    """Yield each frame of each budget once, as the newest of its calls has it."""
    for budget in dict.fromkeys(call.rule_set.slug for call in calls):
        yield from frames_under(tuple(call for call in calls if call.rule_set.slug == budget)).values()


def _way(frame: FrameInRound, call: Call, rules: Rules, questions: tuple[Question, ...], wording: Wording) -> Way:
    names = {*(f"is-{tag}" for tag in frame.tags), _amount_class(frame)}
    return Way(
        row=frame_row(frame, call, rules, wording),
        programme=wording.say(call.programme.short_name),
        call=call_link(call, wording) if is_numbered(call) else rule_set_link(call.rule_set, wording),
        has=tuple(choice for question in questions for choice in question.choices if choice.name in names),
    )


def _amount_class(frame: FrameInRound) -> str | None:
    """Return the class of the highest upper limit, or None where the documents print none."""
    most = frame.figures.get("upper_limit.most") or frame.figures.get("upper_limit.1")
    if most is None:
        return None
    assert isinstance(most.value.value, int)  # noqa: S101 - a limit is whole yen
    return f"to-{1 + sum(most.value.value > bound for bound in AMOUNT_BOUNDS)}"
