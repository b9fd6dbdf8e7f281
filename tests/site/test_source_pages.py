"""The pages of the documents: everything cited is listed at its section, once for rounds that are alike, and dated."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from calculator.rulebook import Citation, CitationStatus, place_of
from calculator.text import LANGUAGES
from site_builder.rules.model import Note, Rules
from site_builder.site.addresses import Link, programme_address, rule_set_address
from site_builder.site.calls import calls
from site_builder.site.cited import Cited, Matter, Thing, everything_cited
from site_builder.site.content import read_content
from site_builder.site.source_pages import TwoSectionsError, sections_of
from site_builder.site.wording import Wording, Words
from tests.conftest import REAL
from tests.real import real_rules
from tests.site.hand_made import said

SECTION = "3. 【基本要件】②"


@pytest.fixture(scope="module")
def real() -> Rules:
    return real_rules()


@pytest.fixture(scope="module")
def wording(real: Rules) -> Wording:
    words = Words(read_content(REAL.content, real).interface, "ja")
    return Wording("ja", words, real.book.sources, real.book.messages)


def printed(pages: dict[str, LexborHTMLParser]) -> Iterator[tuple[str, LexborNode]]:
    for name, page in pages.items():
        yield from ((name, link) for link in page.css(".citation a"))


def test_every_citation_on_every_page_leads_to_its_section_on_the_documents_page(
    pages: dict[str, LexborHTMLParser],
) -> None:
    found = 0
    for name, link in printed(pages):
        target = urlsplit(urljoin(f"/{name.removesuffix('index.html')}", link.attributes["href"] or ""))
        if link.attributes.get("data-slot") == "source":
            continue  # a pattern, which the self-diagnosis fills
        if link.parent is not None and link.parent.tag == "small":  # a number in a table leads to a citation below it
            line = pages[name].css_first(f'[id="{target.fragment}"]')
            assert line is not None, link.html
            assert line.css_first("cite") is not None, link.html
            continue
        found += 1
        heading = pages[f"{target.path[1:]}index.html"].css_first(f'h3[id="{target.fragment}"]')
        place = link.parent.css_first(".place") if link.parent is not None else None
        assert heading is not None, link.html
        assert place is None or heading.text().split() == place.text().split()
    assert found > 1000


def leading_back(pages: dict[str, LexborHTMLParser]) -> dict[str, set[str]]:
    """What each section of each document's page links to: by the address of the section, the paths of pages."""
    found: dict[str, set[str]] = {}
    for name, page in pages.items():
        if name.split("/")[1:2] == ["sources"]:
            path = f"/{name.removesuffix('index.html')}"
            for part in (page.html or "").split('<h3 id="')[1:]:
                targets = re.findall(r' href="([^"]*)"', part)
                address = f"{path}#{part[: part.index(chr(34))]}"
                found[address] = {urlsplit(urljoin(path, target)).path for target in targets}
    return found


def test_whatever_a_round_or_frame_cites_a_section_for_is_found_from_there(
    pages: dict[str, LexborHTMLParser], real: Rules
) -> None:
    back = leading_back(pages)
    for call in calls(real):
        budget, programme = rule_set_address(call.rule_set.slug), programme_address(call.programme.slug)
        for language in LANGUAGES:
            for frame in ("", *(f"{one.slug}/" for one in call.round.frames)):
                path = f"{call.address.path(language)}{frame}"
                for link in pages[f"{path}index.html"].css(".citation a"):
                    section = urljoin(f"/{path}", link.attributes["href"] or "")
                    above = f"/{(budget if frame else programme).path(language)}"
                    alike = (one for one in back[section] if one.startswith(above))
                    assert any(one.endswith(f"/{frame}") for one in alike), f"{path} is not found from {section}"


def test_things_that_are_alike_in_several_rounds_and_frames_are_listed_once(real: Rules, wording: Wording) -> None:
    outline = sections_of(everything_cited(real, wording), real, wording)["r3_outline"]
    (years,) = (
        cited
        for section in outline
        for budget in section.budgets
        for cited in budget.cited
        if cited.label == "事業計画の期間" and "10次締切から13次締切まで" in budget.heading
    )
    (places,) = years.places
    assert places.rounds == "10次締切から13次締切まで"
    assert len(places.links) == 5
    assert all(link.path.endswith("/#plan.duration_3_5") for link in places.links)


def made(rules: Rules, *things: Thing, notes: tuple[Note, ...] = ()) -> Iterator[Cited]:
    call = next(calls(rules))
    return (Cited(thing, call, None, Link("回", "ja/subsidy/budget/7/"), notes) for thing in things)


def test_the_page_says_when_a_document_was_last_checked_or_that_it_never_was(
    pages: dict[str, LexborHTMLParser],
) -> None:
    for language in LANGUAGES:
        checked = pages[f"{language}/sources/r3_outline/index.html"].css_first("dl.facts time")
        assert checked is not None
        assert checked.attributes["datetime"] == "2026-11-25"
        assert pages[f"{language}/sources/guide_repayment/index.html"].css_first("dl.facts time") is None
    assert "未確認" in pages["ja/sources/guide_repayment/index.html"].css_first("dl.facts").text()  # type: ignore[union-attr]  # there is one


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_large_headings_of_a_document_lead_to_all_that_rests_on_it(
    language: str, pages: dict[str, LexborHTMLParser]
) -> None:
    told = 0
    for name, page in pages.items():
        if re.fullmatch(f"{language}/sources/[^/]+/index.html", name):
            headings = {str(one.id): one.text().strip() for one in page.css("section[aria-labelledby=rests] h3")}
            entries = len(page.css("ul.rests > li"))
            items = page.css("section[aria-labelledby=rests] > ul:not(.rests) > li")
            counts = [int(re.findall(r"[0-9]+", item.text())[-1]) for item in items]
            assert not items or sum(counts) == entries, name
            anchors = [str(link.attributes["href"])[1:] for item in items for link in item.css("a")]
            large = [heading.partition("\u3000")[0] for heading in headings.values()]
            firsts = [anchor for place, anchor in enumerate(headings) if place == 0 or large[place] != large[place - 1]]
            assert not items or anchors == firsts, name
            assert not items or len(set(large)) == len(items), name
            told += len(items)
    assert told > 20


def test_two_headings_with_one_anchor_stop_the_build(
    monkeypatch: pytest.MonkeyPatch, real: Rules, wording: Wording
) -> None:
    one, other = (Citation("r3_outline", section, CitationStatus.PRINTED) for section in ("甲", "乙"))
    things = made(real, Thing(Matter.DATE, "締切", one), Thing(Matter.DATE, "締切", other))
    monkeypatch.setattr(Citation, "place", "same")
    with pytest.raises(TwoSectionsError, match="'甲' and '乙'"):
        sections_of(things, real, wording)


def test_a_note_stands_beside_the_thing_that_it_is_about_with_the_other_places(real: Rules, wording: Wording) -> None:
    here, there = (Citation("r3_outline", section, CitationStatus.PRINTED) for section in ("甲", "乙"))
    note = Note("n", "schedule", said("違い"), (here, there))
    itself = Thing(Matter.NOTE, "注記", here, text=wording.say(note.text), together=note.citations)
    things = (
        *made(real, Thing(Matter.DATE, "締切", here, about=("schedule",)), notes=(note,)),
        *made(real, itself),
        *made(real, dataclasses.replace(itself, citation=there)),
    )
    first, second = sections_of(things, real, wording)["r3_outline"]
    (date,) = first.budgets[0].cited  # the note is told beside it, and not again
    assert [one.text for one in date.notes] == [wording.say(note.text)]
    assert [one.section for one in date.notes[0].others] == ["乙"]
    (alone,) = second.budgets[0].cited
    assert (alone.matter, [one.section for one in alone.others]) == (Matter.NOTE, ["甲"])


def test_an_anchor_is_written_from_the_hash_of_its_heading() -> None:
    published = 0xE40C292C  # of "a", among the test vectors of the hash's authors
    digits = "abcdefghijklmnopqrstuvwxyz0123456789"
    rest, first = divmod(published, 26)
    assert place_of("a") == digits[first] + digits[rest % 36] + digits[rest // 36 % 36] + digits[rest // 36**2 % 36]
    assert place_of(SECTION) != place_of(f"{SECTION} ")
