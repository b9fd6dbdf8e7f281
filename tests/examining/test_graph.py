"""What worked examples reach of a round, as numbers and as a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from site_builder.build import PROJECT
from site_builder.examining.coverage import Coverage, coverage_of, coverages_of
from site_builder.examining.graph import graph_page
from site_builder.examining.subject import Subject
from site_builder.rules import read_drafts, resolve
from site_builder.site.content import read_messages

GOOD = Path(__file__).parents[1] / "good" / "rules"


@pytest.fixture(scope="module")
def subject() -> Subject:
    drafts = read_drafts(GOOD)
    return Subject(drafts, resolve(drafts, read_messages(PROJECT / "content")), date(2026, 11, 26))


def covered(subject: Subject, name: str, number: int | None) -> Coverage:
    call = next(one for one in subject.calls if (one.name, one.round.number) == (name, number))
    return coverage_of(call, subject)


def test_a_rule_has_the_examples_that_reach_it(subject: Subject) -> None:
    rows = {row.name: row for row in covered(subject, "demo/b1/plain", 2).rows}
    assert {name: row.by for name, row in rows.items() if row.sort in ("rate", "limit")} == {
        "rate 1": ("five-employees",),
        "rate 2": ("six-employees",),
        "later rate 1": (),
        "later rate 2": (),
        "limit 1": ("five-employees",),
        "limit 2": ("six-employees",),
        "limit 3": (),
    }
    assert rows["plan.growth"].by == ()
    assert (rows["rate 1"].definitions, rows["rate 1"].facts) == (("small_business",), ())


def test_of_a_requirement_those_examples_count_that_fail_it(subject: Subject) -> None:
    failing = next(one for one in subject.rules.examples if one.name == "six-employees")
    worse = replace(failing, name="worse", facts={**failing.facts, "growth_pct": 1.0})
    more = replace(subject, rules=replace(subject.rules, examples=(*subject.rules.examples, worse)))
    rows = {row.name: row.by for row in covered(more, "demo/b1/plain", 2).rows}
    assert rows["plan.growth"] == ("worse",)


def test_what_frames_share_need_be_reached_in_one_of_them_alone(subject: Subject) -> None:
    failing = next(one for one in subject.rules.examples if one.name == "six-employees")
    worse = replace(failing, name="worse", facts={**failing.facts, "growth_pct": 1.0})
    more = replace(subject, rules=replace(subject.rules, examples=(*subject.rules.examples, worse)))
    calls = [one for one in more.calls if one.rule_set.slug == "demo/b1"]
    found = {(one.frame, one.round): {row.name: row for row in one.rows} for one in coverages_of(calls, more)}
    plain, special = (found[f"demo/b1/{slug}", 2]["plan.growth"] for slug in ("plain", "special"))
    assert (plain.by, plain.elsewhere) == (("worse",), ())
    assert (special.by, special.elsewhere, special.is_missing) == ((), ("plain: worse",), False)
    assert found["demo/b1/plain", 1]["plan.growth"].is_missing  # of another round, where it is another figure
    assert found["demo/b1/special", 2]["plan.announced"].is_missing
    assert found["demo/b1/special", 2]["frame.has_employees"].is_missing  # its own
    assert found["demo/b1/special", 2]["bonus.growing"].elsewhere == ("plain: worse",)  # that it is not given
    page = LexborHTMLParser(graph_page(replace(more, looked_at=lambda of, _: of == "demo/b1"), "demo/b1"))
    assert "plan.growth ✓ in another frame" in [box.text() for box in page.css("svg text")]
    assert "in another frame, 1: plain: worse" in [cell.text() for cell in page.css("td")]


def test_the_page_has_a_picture_with_a_name_and_a_table_that_says_the_same(subject: Subject) -> None:
    page = LexborHTMLParser(graph_page(replace(subject, looked_at=lambda of, _: of == "demo/b1"), "demo/b1"))
    pictures, tables = page.css("svg[role=img]"), page.css("table")
    assert len(pictures) == len(tables) == len(page.css("section")) == 3
    for picture, table in zip(pictures, tables, strict=True):
        named = picture.attributes["aria-labelledby"]
        assert "".join(one.text() for one in page.css(f"#{named}")) != ""
        missing = [row for row in table.css("tbody tr") if "✕" in row.text()]
        told = [box.text().split() for box in picture.css("text") if "not reached" in box.text()]
        assert sum(int(words[-3]) for words in told) == len(missing)
        assert table.css_first("caption") is not None
        rows = [row.text(separator=" ") for row in table.css("tbody tr")]
        assert any("成長" in row and "Growth" in row for row in rows)
    assert not page.css("script")


def test_the_lines_of_the_picture_end_at_boxes(subject: Subject) -> None:
    page = LexborHTMLParser(graph_page(replace(subject, looked_at=lambda of, _: of == "demo/b1"), "demo/b1"))
    for picture in page.css("svg[role=img]"):
        edges = {
            (
                int(str(box.attributes["x"])) + side * int(str(box.attributes["width"])),
                int(str(box.attributes["y"])) + 11,
            )
            for box in picture.css("rect")
            for side in (0, 1)
        }
        for line in picture.css("path"):
            written = str(line.attributes["d"])
            start = tuple(map(int, written[1:].partition("C")[0].split()))
            end = tuple(map(int, written.split()[-2:]))
            assert start in edges
            assert end in edges
