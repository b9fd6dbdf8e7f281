"""Rounds whose rules are taken over from an earlier one and not all confirmed by their own documents."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from site_builder.rules.model import Rules
from site_builder.site.addresses import SOURCES, Link
from site_builder.site.calls import Call, call_link, calls
from site_builder.site.page import Notice, Page
from site_builder.site.wording import Wording

#: The pages that show the newest round of whatever they are about.
_OF_THE_NEWEST = ("home.html", "guide.html", "programme.html", "rule-set.html")
#: Where the page of sources says what each mark means.
_LEGEND = "statuses"


def notice_of(call: Call, wording: Wording) -> Notice | None:
    """Return what a page about the round of `call` says first, or None where all of it is confirmed."""
    before = call.round.carried_from
    if call.round.unconfirmed is None or before is None:
        return None
    name = call.rule_set.round(before).name
    legend = Link(wording.words["unconfirmed_marks"], SOURCES.path(wording.language, _LEGEND))
    return Notice(wording.fill("unconfirmed_note", before=name), (legend,))


def unconfirmed_calls(rules: Rules) -> tuple[Call, ...]:
    """Return the calls of which not all is confirmed, in the order of all calls."""
    return tuple(call for call in calls(rules) if call.round.unconfirmed is not None)


def with_notice(page: Page, found: tuple[Call, ...], wording: Wording) -> Page:
    """Return a page on the newest rounds with what it says first where some of them (`found`) are not all confirmed."""
    if not found or page.template not in _OF_THE_NEWEST:
        return page
    names = wording.listed(
        wording.fill("programme_and_round", programme=call.programme.short_name, round=call.round.name)
        for call in found
    )
    links = tuple(call_link(call, wording) for call in found)
    return dataclasses.replace(page, notice=Notice(wording.fill("unconfirmed_newest", rounds=names), links))


def unconfirmed_lines(rules: Rules) -> Iterator[str]:
    """Yield what a maintainer is told of each round that is not all confirmed, by the words of its file."""
    for call in calls(rules):
        left = call.round.unconfirmed
        if left is None:
            continue
        name = f"{call.rule_set.slug} round {call.round.number}"
        yield f"{name}: {left.count} rules of round {call.round.carried_from} are not confirmed yet"
        for what, names in (("figures", left.figures), ("about", left.about), ("definitions", left.definitions)):
            if names:
                yield f"    {what}: [{', '.join(names)}]"
        notes = dict.fromkeys(note.name for frame in call.round.frames for note in frame.notes)
        if notes:
            yield f"    notes to look through, for without_notes: [{', '.join(notes)}]"
