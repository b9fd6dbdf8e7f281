"""The pictures of a frame's answer, in the order in which the page shows them."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.json_values import JsonObject
from calculator.pictures.cost import cost_picture
from calculator.pictures.drawing import Picture
from calculator.pictures.growth import growth_pictures
from calculator.pictures.notches import notch_pictures
from calculator.pictures.timeline import timeline_picture
from calculator.result.judgment import Judgment


def pictures(judgment: Judgment) -> list[JsonObject]:
    """Return every picture that can be drawn of what is known (docs/architecture.md, "The browser's questions")."""
    return [one.to_json() for one in pictures_of(judgment)]


def pictures_of(judgment: Judgment) -> Iterator[Picture]:
    """Yield every picture that can be drawn of what is known."""
    money, time = cost_picture(judgment), timeline_picture(judgment)
    yield from () if money is None else (money,)
    yield from notch_pictures(judgment)
    yield from growth_pictures(judgment)
    yield from () if time is None else (time,)
