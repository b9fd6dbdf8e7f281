"""The page of all calls through the years, each with its dates and the way to what changed with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from site_builder.rules.model import Programme, Rules
from site_builder.site.addresses import CHANGES, HOME, Address, Link, changes_address
from site_builder.site.beside import Beside
from site_builder.site.call_pictures import CLOSES, OPENS, entry_of, picture_of_calls, spans_of
from site_builder.site.calls import Call, call_link, calls_of, programmes_in_order
from site_builder.site.changes import Changed, before_words
from site_builder.site.moments import ScheduleRow, schedule_row
from site_builder.site.page import Page
from site_builder.site.pictures import PictureView, picture_view
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call in the table; `changes` is None where it is compared with none, and then `remark` says why."""

    link: Link
    is_placeholder: bool
    opens: ScheduleRow
    closes: ScheduleRow
    changes: Link | None
    remark: str


@dataclass(frozen=True, slots=True)
class ProgrammeCalls:
    """The calls of a programme, the oldest first; `anchor` is its section, `caption` that of the table."""

    anchor: str
    caption: str
    picture: PictureView | None
    rows: tuple[CallRow, ...]


@dataclass(frozen=True, slots=True)
class ChangesIndexView:
    """The programmes in which calls are compared."""

    programmes: tuple[ProgrammeCalls, ...]


def changes_index_page(changes: Sequence[Changed], besides: Sequence[Beside], rules: Rules, wording: Wording) -> Page:
    """Plan the page of all calls."""
    by_call = {one.call.address: _way_to(one, wording) for one in changes}
    by_call |= {one.neighbours.after.address: _way_beside(one, wording) for one in besides}
    compared = {one.call.programme.slug for one in changes} | {one.neighbours.after.programme.slug for one in besides}
    programmes = [one for one in programmes_in_order(rules) if one.slug in compared]
    return Page(
        address=CHANGES,
        language=wording.language,
        template="changes-index.html",
        title=wording.words["changes_index_title"],
        description=wording.words["changes_index_description"],
        view=ChangesIndexView(tuple(_programme(one, by_call, wording) for one in programmes)),
        trail=(Link(wording.words["home"], HOME.path(wording.language)),),
        sections={one.slug: wording.say(one.name) for one in programmes},
    )


def _programme(programme: Programme, ways: Mapping[Address, Link], wording: Wording) -> ProgrammeCalls:
    calls = tuple(reversed(calls_of(programme)))
    words = wording.words.text
    title = words("changes_picture_title").filled(programme=programme.short_name)
    remarks = (words("changes_picture_printed"), words("changes_picture_one_day"))
    picture = picture_of_calls(spans_of(calls), title, remarks)
    return ProgrammeCalls(
        programme.slug,
        wording.fill("changes_table_caption", programme=programme.short_name),
        None if picture is None else picture_view(picture.to_json(), wording),
        tuple(_row(call, ways, wording, is_first=call is calls[0]) for call in calls),
    )


def _row(call: Call, ways: Mapping[Address, Link], wording: Wording, *, is_first: bool) -> CallRow:
    return CallRow(
        call_link(call, wording),
        call.round.is_placeholder,
        schedule_row(entry_of(call, OPENS), wording),
        schedule_row(entry_of(call, CLOSES), wording),
        ways.get(call.address),
        wording.words["changes_cell_first" if is_first else "changes_cell_unknown"],
    )


def _way_to(changed: Changed, wording: Wording) -> Link:
    return Link(_found(changed, wording), changes_address(changed.call.address).path(wording.language))


def _way_beside(beside: Beside, wording: Wording) -> Link:
    words = wording.fill("beside_cell", before=beside.neighbours.before.round.name)
    return Link(words, beside.address.path(wording.language))


def _found(changed: Changed, wording: Wording) -> str:
    count = len(changed.comparison.differences)
    if changed.call.round.is_placeholder:
        name = "changes_cell_open"
    else:
        name = "changes_cell_differences" if count else "changes_cell_none"
    return wording.fill(name, count=str(count), before=before_words(changed.comparison.step, wording))
