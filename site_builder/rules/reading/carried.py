"""What a round's file says of the earlier round whose rules it takes over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from site_builder.errors import GuidanceError
from site_builder.rules.drafts import CarriedDraft, CarriedFramesDraft, ConfirmedDraft
from site_builder.rules.reading.statements import citation, code
from site_builder.sources.fields import Fields, scalar, sequence, some, truth, whole_number, word
from site_builder.sources.nodes import ScalarNode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.rules.drafts import FigureDraft
    from site_builder.sources.fields import Reader
    from site_builder.sources.nodes import Node


@dataclass(frozen=True, slots=True)
class _Names:
    """Names in a list, or `all` in its place."""

    names: tuple[ScalarNode, ...]
    are_all: bool = False


CARRIED_FROM = "carried_from"
ALL = "all"
#: What `confirmed` can name, and how each name is written.
NAMED: Mapping[str, Reader[ScalarNode]] = {"figures": word, "about": code, "definitions": word, "frames": word}
#: Of what it can mean every one.
_OF_ALL = ("figures", "definitions")
_NOTHING = _Names(())


def carried(fields: Fields, number: int | None, own: Mapping[str, FigureDraft]) -> CarriedDraft | None:
    """Read what the round `number` takes over; `own` are the figures that it gives itself."""
    if not fields.has(CARRIED_FROM):
        for key in ("frames", "confirmed", "without_notes"):
            fields.optional(key, _without_an_earlier_round)
        return None
    if number is None:
        fields.optional(CARRIED_FROM, _not_in_a_call)
        return None
    return CarriedDraft(
        since=fields.required(CARRIED_FROM, whole_number),
        node=fields.required(CARRIED_FROM, scalar),
        frames=fields.optional("frames", _frames),
        confirmed=fields.default("confirmed", sequence(_confirmed, "confirmed"), ()),
        without_notes=fields.default("without_notes", some(word, "without_notes"), ()),
        own_figures=frozenset(own or ()),
    )


def _not_in_a_call(node: Node) -> None:
    hint = "only numbered rounds take rules over from one another: leave it out"
    raise GuidanceError(node.place(), "this budget has one call without a number", hint, "unknown-round")


def _without_an_earlier_round(node: Node) -> None:
    hint = "say first which round's rules are taken over: carried_from: 13"
    raise GuidanceError(node.place(), f"this round has no '{CARRIED_FROM}'", hint, "missing-key")


def _frames(node: Node) -> CarriedFramesDraft:
    with Fields(node, "frames") as fields:
        return CarriedFramesDraft(
            dropped=fields.default("dropped", some(word, "dropped"), ()),
            added=fields.default("added", some(word, "added"), ()),
            citation=fields.required("citation", citation),
        )


def _confirmed(node: Node) -> ConfirmedDraft:
    with Fields(node, "what is confirmed") as fields:
        given = {what: fields.default(what, partial(_names, what), _NOTHING) for what in NAMED}
        everything = fields.default("everything", truth, absent=False)
        place = fields.optional("citation", citation)
        if not everything and not any(fields.has(what) for what in NAMED):
            hint = f"name some of {', '.join(NAMED)}, or write `everything: yes`"
            raise GuidanceError(node.place(), "this confirms nothing", hint, "missing-key")
        return ConfirmedDraft(
            at=node.place(),
            names={what: names.names for what, names in given.items()},
            all_of=frozenset(what for what, names in given.items() if names.are_all),
            everything=everything,
            citation=place,
        )


def _names(what: str, node: Node) -> _Names:
    if isinstance(node, ScalarNode) and node.value == ALL and what in _OF_ALL:
        return _Names((), are_all=True)
    return _Names(some(NAMED[what], what)(node))
