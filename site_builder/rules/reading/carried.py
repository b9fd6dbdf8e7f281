"""What a round's file says of the earlier round whose rules it takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.errors import GuidanceError
from site_builder.rules.drafts.carried import (
    AddedDraft,
    CarriedAwardsDraft,
    CarriedDraft,
    CarriedFramesDraft,
    CarriedRepaymentDraft,
    CarriedRequirementsDraft,
    CarriedSelectionDraft,
    ConfirmedDraft,
)
from site_builder.rules.reading.awards import eligible_costs, lower_limit, rates, uplifts, upper_limit
from site_builder.rules.reading.clawbacks import parts, total, whole
from site_builder.rules.reading.named import definitions, figures
from site_builder.rules.reading.requirements import requirements, selection_of
from site_builder.rules.reading.statements import citation, code, statement
from site_builder.sources.fields import (
    Fields,
    name_of,
    named,
    one_of,
    or_word,
    scalar,
    sequence,
    some,
    truth,
    whole_number,
    word,
)
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.rules.drafts.awards import LowerLimitDraft
    from site_builder.rules.drafts.statements import CitationDraft
    from site_builder.sources.fields import Reader
    from site_builder.sources.nodes import Node

CARRIED_FROM = "carried_from"
#: What `confirmed` can name, and how each name is written.
NAMED: Mapping[str, Reader[ScalarNode]] = {
    "figures": name_of("figure"),
    "about": code,
    "definitions": word,
    "frames": name_of("frame"),
}
#: Of what it can mean every one, and by which word.
_OF_ALL = ("figures", "definitions")
_ALL = "all"
#: What an award need not have.
_part_to_drop = one_of(("lower_limit",), "'{}' is nothing that can be dropped of an award", "unknown-name")
_NOTHING: tuple[ScalarNode, ...] | None = ()


def carried(fields: Fields, number: int | None) -> CarriedDraft | None:
    """Read what the round `number` takes over, None being the one call of a budget without rounds."""
    if number is None:
        fields.optional(CARRIED_FROM, _not_in_a_call)
        return None
    if not fields.has(CARRIED_FROM):
        for key in (
            "frames",
            "added",
            "requirements",
            "awards",
            "repayment",
            "selection",
            "confirmed",
            "without_notes",
        ):
            fields.optional(key, _without_an_earlier_round)
        return None
    return CarriedDraft(
        since=fields.required(CARRIED_FROM, whole_number),
        node=fields.required(CARRIED_FROM, scalar),
        frames=fields.optional("frames", _frames),
        added=fields.default("added", _added, AddedDraft()),
        requirements=fields.optional("requirements", _requirements),
        awards=fields.default("awards", some(_awards, "awards"), ()),
        repayments=fields.default("repayment", some(_repayment, "repayment"), ()),
        selection=fields.optional("selection", _selection),
        confirmed=fields.default("confirmed", sequence(_confirmed, "confirmed"), ()),
        without_notes=fields.default("without_notes", some(word, "without_notes"), ()),
    )


def _not_in_a_call(node: Node) -> None:
    hint = "only numbered rounds take rules over from one another: leave it out"
    raise GuidanceError(node.place(), "this budget has one call without a number", hint, "unknown-round")


def _without_an_earlier_round(node: Node) -> None:
    hint = "say first which round's rules are taken over: carried_from: 13"
    raise GuidanceError(node.place(), f"this round has no '{CARRIED_FROM}'", hint, "missing-key")


def _frames(node: Node) -> CarriedFramesDraft:
    with Fields(node, "the frames of a round") as fields:
        return CarriedFramesDraft(
            dropped=fields.default("dropped", some(name_of("frame"), "dropped"), ()),
            added=fields.default("added", some(name_of("frame"), "added"), ()),
            citation=fields.required("citation", citation),
        )


def _added(node: Node) -> AddedDraft:
    with Fields(node, "the names that a round adds") as fields:
        draft = AddedDraft(
            figures=fields.default("figures", figures, {}),
            definitions=fields.default("definitions", definitions, {}),
            open_points=fields.default("open_points", named(text_draft, "open_points"), {}),
        )
    if not (draft.figures or draft.definitions or draft.open_points):
        hint = "write what has a name in this round: figures, definitions or open points"
        raise GuidanceError(node.place(), "this adds nothing", hint, "missing-key")
    return draft


def _requirements(node: Node) -> CarriedRequirementsDraft:
    with Fields(node, "the requirements of a round") as fields:
        return CarriedRequirementsDraft(
            dropped=fields.default("dropped", some(code, "dropped"), ()),
            added=fields.default("added", requirements, ()),
            citation=fields.required("citation", citation),
        )


def _awards(node: Node) -> CarriedAwardsDraft:
    with Fields(node, "awards of a round") as fields:
        draft = CarriedAwardsDraft(
            frames=fields.required("frames", some(name_of("frame"), "frames")),
            dropped=fields.default("dropped", some(_part_to_drop, "dropped"), ()),
            rates=fields.optional("rate", rates),
            upper_limit=fields.optional("upper_limit", upper_limit),
            lower_limit=fields.optional("lower_limit", _lower_limit),
            eligible_costs=fields.optional("eligible_costs", eligible_costs),
            uplifts=fields.default("uplifts", uplifts, ()),
            citation=_place_of_what_is_dropped(fields),
        )
    if not any((draft.dropped, draft.rates, draft.upper_limit, draft.lower_limit, draft.eligible_costs, draft.uplifts)):
        hint = "write what is otherwise: dropped, rate, upper_limit, lower_limit, eligible_costs or uplifts"
        raise GuidanceError(node.place(), "this changes nothing of an award", hint, "missing-key")
    return draft


def _lower_limit(node: Node) -> LowerLimitDraft:
    """Read the lower limit that awards have instead; a word such as `none` is meant for `dropped`."""
    if isinstance(node, ScalarNode):
        hint = "one that is no longer printed goes under `dropped: [lower_limit]`, with its citation"
        raise GuidanceError(node.place(), "a lower limit is a record, not a single value", hint, "wrong-type")
    return lower_limit(node)


def _repayment(node: Node) -> CarriedRepaymentDraft:
    with Fields(node, "repayment of a round") as fields:
        draft = CarriedRepaymentDraft(
            frames=fields.required("frames", some(name_of("frame"), "frames")),
            dropped=fields.default("dropped", some(word, "dropped"), ()),
            statements=fields.default("statements", named(statement, "statements"), {}),
            whole=fields.optional("whole", whole),
            parts=fields.default("parts", parts, {}),
            total=fields.optional("total", total),
            citation=_place_of_what_is_dropped(fields),
        )
    if not any((draft.dropped, draft.statements, draft.whole is not None, draft.parts, draft.total)):
        hint = "write what is otherwise: dropped, statements, whole, parts or total"
        raise GuidanceError(node.place(), "this changes nothing of the repayment", hint, "missing-key")
    return draft


def _place_of_what_is_dropped(fields: Fields) -> CitationDraft | None:
    """Read where the round's documents show that something is gone; all else that is otherwise has its own place."""
    return fields.required("citation", citation) if fields.has("dropped") else fields.optional("citation", citation)


def _selection(node: Node) -> CarriedSelectionDraft:
    with Fields(node, "the selection of a round") as fields:
        return CarriedSelectionDraft(
            dropped=fields.default("dropped", some(code, "dropped"), ()),
            added=selection_of(fields),
            citation=fields.required("citation", citation),
        )


def _confirmed(node: Node) -> ConfirmedDraft:
    with Fields(node, "what is confirmed") as fields:
        given = {what: fields.default(what, _names(what), _NOTHING) for what in NAMED}
        draft = ConfirmedDraft(
            at=node.place(),
            names={what: names or () for what, names in given.items()},
            all_of=frozenset(what for what, names in given.items() if names is None),
            everything=fields.default("everything", truth, absent=False),
            citation=fields.optional("citation", citation),
        )
    if not draft.everything and not draft.all_of and not any(draft.names.values()):
        hint = f"name some of {', '.join(NAMED)}, or write `everything: yes`"
        raise GuidanceError(node.place(), "this confirms nothing", hint, "missing-key")
    return draft


def _names(what: str) -> Reader[tuple[ScalarNode, ...] | None]:
    """Return the reader of a list of names; None is every one."""
    listed = some(NAMED[what], what)
    return or_word(_ALL, listed) if what in _OF_ALL else listed
