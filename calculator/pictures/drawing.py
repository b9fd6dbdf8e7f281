"""What a picture is made of: shapes and labels at whole places of its view box, and a table with the same figures.

All places are worked out in this package, once, in Python: the script that draws a result and the template that draws
a page only print them. The view box is as wide as a small phone, so that one drawing serves every screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from calculator.json_values import JsonObject
from calculator.text import LANGUAGES, Text

WIDTH = 320
LETTER = 13
"""The height of a letter, in units of the view box; styles make letters smaller than that, never larger."""
LINE = 18
"""The height of a line of text."""
FIRST_LINE = LETTER + 2
"""Where the first line of text stands; some fonts reach higher than their letters."""

_NARROW = 8
_FIRST_WIDE = 0x2E80  # from here on letters are as wide as they are high

Place = tuple[int, int]
"""How far right and how far down."""


class Anchor(StrEnum):
    """Which part of a label stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Shape:
    """A line or an area; `look` names how it is drawn (a class of the styles), `path` is SVG path data."""

    look: str
    path: str

    def to_json(self) -> JsonObject:
        """Return the shape as the page gets it."""
        return {"look": self.look, "path": self.path}


@dataclass(frozen=True, slots=True)
class Label:
    """Words in the drawing; `y` is the line that they stand on."""

    look: str
    x: int
    y: int
    anchor: Anchor
    text: Text

    def to_json(self) -> JsonObject:
        """Return the label as the page gets it."""
        place = {"look": self.look, "x": self.x, "y": self.y, "anchor": self.anchor.value}
        return {**place, "text": self.text.to_json()}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: its head, the figures beside it, and whether it is what the applicant plans."""

    cells: tuple[Text, ...]
    is_own: bool = False

    def to_json(self) -> JsonObject:
        """Return the row as the page gets it."""
        return {"cells": [cell.to_json() for cell in self.cells], "is_own": self.is_own}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, what is to be said of it, and the table that has its figures exactly."""

    name: str
    title: Text
    remarks: tuple[Text, ...]
    height: int
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    columns: tuple[Text, ...]
    rows: tuple[Row, ...]

    def to_json(self) -> JsonObject:
        """Return the picture as the page gets it (docs/architecture.md)."""
        return {
            "name": self.name,
            "title": self.title.to_json(),
            "remarks": [one.to_json() for one in self.remarks],
            "width": WIDTH,
            "height": self.height,
            "shapes": [one.to_json() for one in self.shapes],
            "labels": [one.to_json() for one in self.labels],
            "columns": [one.to_json() for one in self.columns],
            "rows": [one.to_json() for one in self.rows],
        }


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to point out: words above the drawing, and a line from them down to `x`."""

    x: int
    text: Text
    is_own: bool = False


def line(look: str, places: Iterable[Place]) -> Shape:
    """Return a line through `places`."""
    return Shape(look, _path(places))


def grid(left: int, right: int, heights: Iterable[int]) -> Shape:
    """Return level lines from `left` to `right`."""
    return Shape("grid", "".join(f"M{left} {y}H{right}" for y in heights))


def area(look: str, places: Iterable[Place]) -> Shape:
    """Return what lies inside `places`."""
    return Shape(look, f"{_path(places)}Z")


def _path(places: Iterable[Place]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in places)


def dot(look: str, place: Place, radius: int = 4) -> Shape:
    """Return a round mark."""
    (x, y), across = place, 2 * radius
    return Shape(look, f"M{x - radius} {y}a{radius} {radius} 0 1 0 {across} 0a{radius} {radius} 0 1 0 -{across} 0Z")


def width_of(text: Text) -> int:
    """Return how wide words are at most, in whichever language they are longer."""
    return max(_width(text.within(language)) for language in LANGUAGES)


def _width(words: str) -> int:
    return sum(LETTER if ord(letter) >= _FIRST_WIDE else _NARROW for letter in words)


def label_within(look: str, x: int, y: int, text: Text) -> Label:
    """Return words in the middle over `x`, or at the edge of the view box where they would reach beyond it."""
    place, anchor = _anchored(x, width_of(text))
    return Label(look, place, y, anchor, text)


def _anchored(x: int, width: int) -> tuple[int, Anchor]:
    """Return where words of this width stand that belong over `x`, and which part of them."""
    half = (width + 1) // 2
    if x < half:
        return 0, Anchor.START
    if x + half > WIDTH:
        return WIDTH, Anchor.END
    return x, Anchor.MIDDLE


def lanes_of(flags: Sequence[Flag]) -> tuple[int, ...]:
    """Return the line of text, counted from the top, on which each flag has room beside the others."""
    taken: list[list[tuple[int, int]]] = []
    lanes = []
    for flag in flags:
        start, end = _span(flag)
        free = (lane for lane, spans in enumerate(taken) if all(end < left or right < start for left, right in spans))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((start - LETTER, end + LETTER))
        lanes.append(lane)
    return tuple(lanes)


def lanes_height(flags: Sequence[Flag]) -> int:
    """Return how much room the words of `flags` need above the drawing."""
    return LINE * (max(lanes_of(flags)) + 1) if flags else 0


def flags_drawn(flags: Sequence[Flag], foot: int, top: int = 0) -> tuple[tuple[Shape, ...], tuple[Label, ...]]:
    """Return the lines of `flags`, down to `foot`, and their words, from `top` on and never on each other."""
    shapes, labels = [], []
    for flag, lane in zip(flags, lanes_of(flags), strict=True):
        look = "own" if flag.is_own else "flag"
        start = top + LINE * (lane + 1)
        if foot - start > LINE // 2:
            shapes.append(line(f"{look}-line", ((flag.x, start), (flag.x, foot))))
        labels.append(label_within(f"{look}-label", flag.x, top + LINE * lane + FIRST_LINE, flag.text))
    return tuple(shapes), tuple(labels)


def _span(flag: Flag) -> tuple[int, int]:
    width = width_of(flag.text)
    place, anchor = _anchored(flag.x, width)
    start = {Anchor.START: place, Anchor.MIDDLE: place - width // 2, Anchor.END: place - width}[anchor]
    return start, start + width
