"""Drawings of how many applied and were adopted, placed when the site is built; styles give them their looks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from calculator.pictures.axes import Axis
from calculator.pictures.drawing import LINE, WIDTH, Anchor, Place, dot, grid, line
from site_builder.site.pictures import LabelView, ShapeView

#: How far below its words a bar begins, how high it is, and how much room follows it.
_BELOW_WORDS, _BAR, _AFTER = 6, 12, 14
#: The drawing of shares: where its lines begin, how high it is, and the room above it for words.
_LEFT, _HIGH, _ABOVE = 40, 150, 2 * LINE


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a view box as wide as a small phone shows."""

    height: int
    shapes: tuple[ShapeView, ...]
    labels: tuple[LabelView, ...]
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class Bar:
    """A round: its name, the words with its numbers, all that applied, and those adopted (None: not known)."""

    name: str
    words: str
    whole: int
    part: int | None


@dataclass(frozen=True, slots=True)
class Point:
    """A round on the line of shares; `words` say the share."""

    number: int
    share: Fraction
    words: str


def bars(rows: Sequence[Bar]) -> Drawing:
    """Draw a bar for each row, as long as all that applied, and filled as far as they were adopted."""
    axis = Axis.over(0, max(row.whole for row in rows), (0, WIDTH), 4)
    height = LINE + _BELOW_WORDS + _BAR + _AFTER
    shapes, labels = [], []
    for at, row in enumerate(rows):
        top = at * height
        y = top + LINE + _BELOW_WORDS
        shapes.append(_block("bar", axis.at(row.whole), y))
        if row.part:
            shapes.append(_block("own-bar", axis.at(row.part), y))
        labels.append(LabelView("area-label", 0, top + LINE, Anchor.START.value, row.name))
        labels.append(LabelView("figure", WIDTH, top + LINE, Anchor.END.value, row.words))
    return Drawing(len(rows) * height, tuple(shapes), tuple(labels))


def shares(points: Sequence[Point], marks: Sequence[tuple[Fraction, str]]) -> Drawing:
    """Draw the shares of numbered rounds as dots; a line joins those that follow one another without a gap."""
    across = Axis.over(points[0].number, points[-1].number, (_LEFT + 12, WIDTH - 12), len(points))
    up = Axis.over(0, 1, (_ABOVE + _HIGH, _ABOVE), len(marks))
    places = {point.number: (across.at(point.number), up.at(point.share)) for point in points}
    shapes = [
        grid(_LEFT, WIDTH, [up.at(value) for value, _ in marks]),
        *(line("planned-line", run) for run in _runs(places) if len(run) > 1),
        *(dot("own-dot", place) for place in places.values()),
    ]
    labels = [LabelView("mark", 0, up.at(value) + 4, Anchor.START.value, words) for value, words in marks]
    foot = _ABOVE + _HIGH + LINE
    labels += [
        LabelView("mark", across.at(number), foot, Anchor.MIDDLE.value, str(number))
        for number in range(points[0].number, points[-1].number + 1)
    ]
    for point, away in ((max(points, key=_share), -10), (min(points, key=_share), LINE + 2)):
        x, y = places[point.number]
        labels.append(LabelView("own-label", x, y + away, Anchor.MIDDLE.value, point.words))
    return Drawing(foot + 8, tuple(ShapeView(one.look, one.path) for one in shapes), tuple(labels))


def _share(point: Point) -> Fraction:
    return point.share


def _runs(places: dict[int, Place]) -> Iterator[list[Place]]:
    """Yield the places of rounds that follow one another."""
    numbered = enumerate(places.items())
    for _, run in groupby(numbered, key=lambda one: one[1][0] - one[0]):
        yield [place for _, (_, place) in run]


def _block(look: str, right: int, top: int) -> ShapeView:
    return ShapeView(look, f"M0 {top}H{right}V{top + _BAR}H0Z")
