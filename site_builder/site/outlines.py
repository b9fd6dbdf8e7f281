"""Conditions as lists, as a page prints them."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.rules.model import Outline
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class OutlineView:
    """A condition in words, or (`together` is not None) the words that introduce its parts, and the parts."""

    words: str
    together: str | None
    parts: tuple[OutlineView, ...]


def outline_view(outline: Outline, wording: Wording) -> OutlineView:
    """Word a condition and the parts under it."""
    parts = tuple(outline_view(part, wording) for part in outline.parts)
    return OutlineView(wording.say_sentence(outline.words), outline.together, parts)
