"""Pictures of a worked example's answer, in one language: the calculator has placed everything in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculator.eligibility import Verdict
from calculator.pictures.cost import COST
from calculator.text import Text
from site_builder.rules.model import FrameInRound
from site_builder.site.addresses import Link
from site_builder.site.examples import Answers, anchor_of, shown
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class LabelView:
    """Words in a drawing, at whole places of its view box; `anchor` says which part of them stands there."""

    look: str
    x: int
    y: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class ShapeView:
    """A line or an area; `look` is its class in the styles, `path` is SVG path data."""

    look: str
    path: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A line of the table; `is_own` marks what the example itself plans."""

    cells: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class PictureView:
    """A drawing, what is to be said of it, and the table that has its figures."""

    name: str
    title: str
    remarks: tuple[str, ...]
    width: int
    height: int
    shapes: tuple[ShapeView, ...]
    labels: tuple[LabelView, ...]
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class ExamplePicture:
    """A picture of a worked example, and the way to that example."""

    example: Link
    picture: PictureView


def picture_of_an_example(frame: FrameInRound, answers: Answers, wording: Wording) -> ExamplePicture | None:
    """Word the picture of the first published example that is paid something; None where no example has one."""
    for example in shown(frame):
        answer = answers[example.rule_set, example.round, example.name]
        for picture in answer.get("pictures", ()):
            if picture["name"] == COST and answer["outcome"] == Verdict.ELIGIBLE:
                way = Link(wording.say(example.title), f"#{anchor_of(example)}")
                return ExamplePicture(way, picture_view(picture, wording))
    return None


def picture_view(picture: Mapping[str, Any], wording: Wording) -> PictureView:
    """Word a picture as the calculator's answers have it."""

    def said(text: Mapping[str, str]) -> str:
        return wording.say(Text(**text))

    return PictureView(
        name=picture["name"],
        title=said(picture["title"]),
        remarks=tuple(map(said, picture["remarks"])),
        width=picture["width"],
        height=picture["height"],
        shapes=tuple(ShapeView(**shape) for shape in picture["shapes"]),
        labels=tuple(LabelView(**{**label, "text": said(label["text"])}) for label in picture["labels"]),
        columns=tuple(map(said, picture["columns"])),
        rows=tuple(RowView(tuple(map(said, row["cells"])), row["is_own"]) for row in picture["rows"]),
    )
