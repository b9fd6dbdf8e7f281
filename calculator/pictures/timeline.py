"""The round in time: what has a date among the next steps, on one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from operator import itemgetter

from calculator.figures import day_in_a_drawing, month_in_a_drawing
from calculator.messages import message
from calculator.pictures.axes import Axis
from calculator.pictures.drawing import (
    LETTER,
    LINE,
    WIDTH,
    Flag,
    Label,
    Picture,
    Row,
    Shape,
    dot,
    flags_drawn,
    label_within,
    lanes_height,
    line,
    width_of,
)
from calculator.result.judgment import Judgment
from calculator.result.steps import ACCOUNT, Step, date_words, steps_of
from calculator.rulebook import RuleBook
from calculator.schedule import CLOSES
from calculator.text import Text

_MARGIN = 8
_STEM = 12  # how far the line of time lies below the words


def timeline_picture(judgment: Judgment) -> Picture | None:
    """Return the picture, or None where fewer than two days are known."""
    steps = steps_of(judgment.book.messages, judgment.rules)
    dated = sorted(((step.day, step) for step in steps if step.day is not None), key=itemgetter(0))
    return _Drawing(judgment.book, dated).picture() if len({day for day, _ in dated}) > 1 else None


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The picture of the `dated` steps, in the order of their days."""

    book: RuleBook
    dated: Sequence[tuple[date, Step]]

    def picture(self) -> Picture:
        across = Axis.over(self._number(0), self._number(-1), (_MARGIN, WIDTH - _MARGIN), 1)
        flags = [self._flag(day, step, across) for day, step in self.dated]
        ground = lanes_height(flags) + _STEM
        shapes, labels = flags_drawn(flags, ground)
        return Picture(
            name="timeline",
            title=self._say("title"),
            remarks=(),
            height=ground + LINE + 6,
            shapes=(line("ground", ((0, ground), (WIDTH, ground))), *shapes, *self._dots(across, ground)),
            labels=(*labels, *self._months(across, ground)),
            columns=(self._say("event"), self._say("when")),
            rows=tuple(Row((step.label, date_words(step.at))) for _, step in self.dated if step.at is not None),
        )

    def _number(self, place: int) -> int:
        return self.dated[place][0].toordinal()

    def _flag(self, day: date, step: Step, across: Axis) -> Flag:
        at = day_in_a_drawing(day)
        is_account = step.name == ACCOUNT
        words = self._say("account", day=at) if is_account else self._say("flag", label=step.label, day=at)
        return Flag(across.at(day.toordinal()), words, is_own=step.name == CLOSES)

    def _dots(self, across: Axis, ground: int) -> Iterator[Shape]:
        for day, step in self.dated:
            yield dot("own-dot" if step.name == CLOSES else "dot", (across.at(day.toordinal()), ground))

    def _months(self, across: Axis, ground: int) -> Iterator[Label]:
        """Yield the names of the months that have room, each in the middle of its days on the line."""
        for first, after in pairwise(self._borders()):
            left, right = across.at(first.toordinal()), across.at(after.toordinal())
            name = month_in_a_drawing(first)
            if right - left >= width_of(name):
                yield label_within("mark", (left + right) // 2, ground + LETTER + 5, name)

    def _borders(self) -> list[date]:
        """Return the first day, the firsts of the months after it, and the last day."""
        (first, _), (last, _) = self.dated[0], self.dated[-1]
        days = (first + timedelta(days=days) for days in range(1, (last - first).days))
        return [first, *(day for day in days if day.day == 1), last]

    def _say(self, name: str, **parts: Text | str) -> Text:
        return message(self.book.messages, f"picture_timeline_{name}", **parts)
