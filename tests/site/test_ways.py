"""Every way to apply, side by side, and what picks some of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from selectolax.lexbor import LexborHTMLParser

from calculator.text import LANGUAGES, Text
from site_builder.build import PROJECT
from site_builder.rules.model import FrameInRound, Rules, TagGroup
from site_builder.site.blocks.ways import Ways, ways
from site_builder.site.content import read_content
from site_builder.site.wording import Wording, Words
from tests.real import real_rules
from tests.site.hand_made import rules as hand_made_rules


def shown(rules: Rules) -> Ways:
    words = Words(read_content(PROJECT / "content", REAL).interface, "en")
    return ways(rules, Wording("en", words, rules.book.sources, rules.book.messages))


REAL = real_rules()


def with_tags(of: Rules, *tags: str) -> Rules:
    """Give the one frame of the made-up rules tags, and the group that they are of."""
    group = TagGroup(
        "purpose", Text("目的", "What for"), {"tools": Text("道具", "Tools"), "trips": Text("旅", "Trips")}
    )
    (programme,) = of.programmes
    (rule_set,) = programme.rule_sets
    rounds = tuple(
        replace(one, frames=tuple(replace(frame, tags=tags) for frame in one.frames)) for one in rule_set.rounds
    )
    rule_set = replace(rule_set, rounds=rounds)
    return replace(of, programmes=(replace(programme, rule_sets=(rule_set,)),), tag_groups=(group,))


def test_a_frame_is_picked_by_its_tags_and_by_its_highest_limit() -> None:
    view = shown(with_tags(hand_made_rules(), "trips"))
    (way,) = view.ways
    assert way.row.summary.tiers[-1].amount == "9,000,000 yen"
    assert [one.name for one in way.has] == ["is-trips", "to-2"]


def test_combinations_that_no_frame_has_say_that_there_is_nothing() -> None:
    style = shown(with_tags(hand_made_rules(), "trips")).files["pick.css"]
    assert ".pick:has(#is-tools:checked) ~ .found .way:not(.is-tools) { display: none; }" in style
    assert ".pick:has(#is-tools:checked) ~ .found .nothing { display: block; }" in style
    assert ".pick:has(#is-trips:checked):has(#to-1:checked) ~ .found .nothing { display: block; }" in style
    assert ".pick:has(#is-trips:checked):has(#to-2:checked) ~ .found .nothing" not in style
    assert ".pick:has(#is-trips:checked) ~ .found .nothing" not in style


def test_every_combination_of_the_real_choices_shows_rows_or_says_that_there_are_none() -> None:
    view = shown(REAL)
    style = view.files["pick.css"]
    for chosen in product(*((None, *question.choices) for question in view.questions)):
        names = sorted(one.name for one in chosen if one is not None)
        has_rows = any(set(names) <= set(way.classes.split()) for way in view.ways)
        rule = f".pick{''.join(f':has(#{name}:checked)' for name in names)} ~ .found .nothing {{"
        assert (rule in style) is not has_rows, names


def published(rules: Rules) -> set[str]:
    """Return every frame of which documents say something in any round."""
    frames: list[FrameInRound] = [
        frame
        for programme in rules.programmes
        for rule_set in programme.rule_sets
        for one in rule_set.rounds
        if not one.is_placeholder
        for frame in one.frames
    ]
    return {frame.rules.rule_set for frame in frames}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_a_row_for_every_frame_that_leads_to_it(pages: dict[str, LexborHTMLParser], language: str) -> None:
    rows = pages[f"{language}/ways/index.html"].css("tr.way")
    ways_there = {
        "/".join(part for part in (row.css("th a")[0].attributes["href"] or "").split("/") if part not in ("..", ""))
        for row in rows
    }
    without_round = {"/".join(part for part in way.split("/") if not part.isdigit()) for way in ways_there}
    assert without_round == published(REAL)
    assert len(rows) == len(published(REAL)) > 20
