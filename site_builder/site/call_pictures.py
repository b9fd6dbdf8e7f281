"""The picture of all calls of a programme in time: a bar for each, from its opening to its deadline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from calculator.pictures.axes import Axis
from calculator.pictures.drawing import (
    FIRST_LINE,
    LETTER,
    LINE,
    WIDTH,
    Anchor,
    Label,
    Picture,
    Shape,
    area,
    dot,
    label_within,
    line,
)
from calculator.text import Text
from site_builder.rules.model import ScheduleEntry
from site_builder.site.calls import Call

OPENS, CLOSES = "call_opens", "applications_close"
_BAR = 8  # how high a bar is
_ROW = LINE + _BAR + 6


@dataclass(frozen=True, slots=True)
class Span:
    """A call from its opening to its deadline, of which one may not be known.

    `is_printed` says that both days are known and a document prints them.
    """

    call: Call
    opens: date | None
    closes: date | None
    is_printed: bool

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days that are known, in order."""
        return tuple(day for day in (self.opens, self.closes) if day is not None)


def spans_of(calls: Iterable[Call]) -> tuple[Span, ...]:
    """Return the calls of which a day is known, by that day."""
    found = (_span(call) for call in calls)
    return tuple(sorted((one for one in found if one.days), key=lambda span: span.days[0]))


def picture_of_calls(spans: Sequence[Span], title: Text, remarks: tuple[Text, ...]) -> Picture | None:
    """Return the picture of these calls, or None where there are fewer than two."""
    if len(spans) < 2:
        return None
    first, last = min(one.days[0] for one in spans), max(one.days[-1] for one in spans)
    across = Axis.over(date(first.year, 1, 1).toordinal(), date(last.year + 1, 1, 1).toordinal(), (0, WIDTH), 1)
    foot = _ROW * len(spans) + 4
    rows = [_row(span, place, across) for place, span in enumerate(spans)]
    return Picture(
        name="calls",
        title=title,
        remarks=remarks,
        height=foot + LINE + 4,
        shapes=(*_years(first, last, across, foot), *(shape for shapes, _ in rows for shape in shapes)),
        labels=(*(label for _, label in rows), *_names_of_years(first, last, across, foot)),
        columns=(),
        rows=(),
    )


def entry_of(call: Call, name: str) -> ScheduleEntry:
    """Return the entry `name` of a call's schedule, without any time where the schedule does not have it."""
    nothing = ScheduleEntry(name, None, None)
    return next((one for one in call.round.schedule if one.name == name), nothing)


def _span(call: Call) -> Span:
    opens, closes = entry_of(call, OPENS), entry_of(call, CLOSES)
    is_printed = all(_printed(one) is not None for one in (opens, closes))
    return Span(call, _day(opens), _day(closes), is_printed)


def _printed(entry: ScheduleEntry) -> date | None:
    if entry.moment is not None:
        return entry.moment.at.date()
    return None if entry.day is None else entry.day.on


def _day(entry: ScheduleEntry) -> date | None:
    """Return the day as printed, else as reported."""
    if (printed := _printed(entry)) is not None:
        return printed
    if entry.reported is not None:
        return entry.reported.at.date()
    return None if entry.reported_day is None else entry.reported_day.on


def _row(span: Span, place: int, across: Axis) -> tuple[tuple[Shape, ...], Label]:
    top = _ROW * place
    left, right = (across.at(day.toordinal()) for day in (span.days[0], span.days[-1]))
    label = label_within("flag-label", (left + right) // 2, top + FIRST_LINE, span.call.round.name)
    bar = top + LINE + 2
    if len(span.days) == 1:
        return (dot("dot", (left, bar + _BAR // 2)),), label
    look = "own-bar" if span.is_printed else "told-bar"
    right = max(right, left + 2)
    return (area(look, ((left, bar), (right, bar), (right, bar + _BAR), (left, bar + _BAR))),), label


def _years(first: date, last: date, across: Axis, foot: int) -> Iterator[Shape]:
    for year in range(first.year, last.year + 2):
        x = across.at(date(year, 1, 1).toordinal())
        yield line("grid", ((x, 0), (x, foot + LINE)))
    yield line("ground", ((0, foot), (WIDTH, foot)))


def _names_of_years(first: date, last: date, across: Axis, foot: int) -> Iterator[Label]:
    for year in range(first.year, last.year + 1):
        middle = across.at(date(year, 7, 1).toordinal())
        yield Label("mark", middle, foot + LETTER + 3, Anchor.MIDDLE, Text(str(year), str(year)))
