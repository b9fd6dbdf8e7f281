"""The documents of all rounds in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.rules.model import Document, Note, Rules
from site_builder.site.addresses import Link
from site_builder.site.blocks.sayings import Noted
from site_builder.site.blocks.sheets import Cell, Footing, Line, Row, Sheet, Table, words
from site_builder.site.calls import Call, calls, is_numbered
from site_builder.site.moments import day_view
from site_builder.site.statements import note_views
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents round by round, the notes about them, and the calls whose documents are not known."""

    sheet: Sheet
    notes: tuple[Noted, ...]
    unknown: tuple[Link, ...]


def papers(rules: Rules, wording: Wording) -> Papers:
    """Return every document that the rules know, those of the newest round first."""
    footing = Footing("papers", wording)
    every = tuple(calls(rules))
    return Papers(
        footing.sheet([_table(call, footing) for call in every if call.round.documents]),
        tuple(_noted(call, wording) for call in every if _notes(call)),
        tuple(_unknown(tuple(call for call in every if not call.round.documents), wording)),
    )


def _table(call: Call, footing: Footing) -> Table:
    wording = footing.wording
    return Table(
        anchor="papers." + ".".join(call.address.parts),
        caption=wording.fill("programme_and_round", programme=call.programme.short_name, round=call.round.name),
        corner=wording.words["guide_paper"],
        columns=(wording.words["guide_paper_for"], wording.words["guide_paper_posted"]),
        rows=tuple(_row(one, footing) for one in call.round.documents),
    )


def _row(one: Document, footing: Footing) -> Row:
    wording = footing.wording
    posted = () if one.posted is None else (Line(day_view(one.posted, wording).text),)
    return Row(
        words(wording.say(one.title)), (Cell((footing.line(wording.say(one.text), one.citation),)), Cell(posted))
    )


def _noted(call: Call, wording: Wording) -> Noted:
    name = wording.fill("programme_and_round", programme=call.programme.short_name, round=call.round.name)
    return Noted(Link(name, call.address.path(wording.language)), None, note_views(_notes(call), wording))


def _notes(call: Call) -> tuple[Note, ...]:
    return tuple(note for note in call.round.notes if note.about == "documents")


def _unknown(some: tuple[Call, ...], wording: Wording) -> Iterator[Link]:
    """Yield the way to each call; one without a number is called by its budget."""
    for call in some:
        name = call.round.name if is_numbered(call) else call.rule_set.name
        words_of = wording.fill("programme_and_round", programme=call.programme.short_name, round=name)
        yield Link(words_of, call.address.path(wording.language))
