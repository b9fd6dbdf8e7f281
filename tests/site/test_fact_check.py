"""The sheet on which a round is checked: everything that is published of it, in both languages, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from calculator.rulebook import Citation, CitationStatus
from calculator.text import LANGUAGES, Text
from site_builder.build import HERE
from site_builder.cli import CONTENT_ERROR, DONE, main
from site_builder.commands import fact_check
from site_builder.errors import WrongUsageError
from site_builder.render.templates import sheet
from site_builder.render.theme import read_templates
from site_builder.rules import read_rules
from site_builder.rules.literals import COUNT_UNITS
from site_builder.rules.model import Rules
from site_builder.site import fact_check as fact_check_sheet
from site_builder.site.calls import Call, calls
from site_builder.site.content import INTERFACE, read_messages
from site_builder.site.data import records
from site_builder.site.data.making import frame_record, round_record
from site_builder.site.fact_check import FactRow, FactSheet, fact_sheet
from site_builder.sources.texts import read_texts

ROOT = Path(__file__).parents[2]
ROUND = ("monozukuri/r3s", 13)
#: How the names of the figures begin that a frame's award has, and no rule file by that name.
OF_AN_AWARD = ("rate", "upper_limit", "uplift", "lower_limit")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(ROOT / "rules", read_messages(ROOT / "content"))


def made(rules: Rules, slug: str, number: int | None) -> FactSheet:
    texts = {name: text for file in INTERFACE for name, text in read_texts(ROOT / "content" / file).items()}
    return fact_sheet(rules, texts, slug, number)


@pytest.fixture(scope="module")
def of_round(rules: Rules) -> FactSheet:
    return made(rules, *ROUND)


@pytest.fixture(scope="module")
def html(of_round: FactSheet) -> str:
    return sheet(read_templates(HERE / "theme" / "templates"), of_round)


def rows(found: FactSheet) -> list[FactRow]:
    return [row for part in (*found.printed, *found.apart) for row in part.rows]


def call_of(rules: Rules) -> Call:
    return next(call for call in calls(rules) if (call.rule_set.slug, call.round.number) == ROUND)


def published(rules: Rules) -> Iterator[records.Frame]:
    call = call_of(rules)
    return (frame_record(frame, call, rules.book) for frame in call.round.frames)


def test_every_figure_with_a_name_and_every_condition_of_the_open_data_is_on_it(
    rules: Rules, of_round: FactSheet
) -> None:
    shown = {
        (row.name, text, row.citations, frame): row
        for row in rows(of_round)
        for text in row.words
        for frame in row.frames
    }
    for frame in published(rules):
        for figure in (one for one in frame.figures if "." not in one.figure and one.figure != "lower_limit"):
            assert shown[figure.figure, figure.words, (figure.citation,), frame.name].value is not None
        for requirement in frame.requirements:
            row = shown[requirement.code, requirement.sentence, (requirement.citation,), frame.name]
            assert requirement.explanation is None or requirement.explanation in row.words
        for one in frame.definitions:
            assert one.label in shown[one.name, one.sentence, (one.citation,), frame.name].words


def test_the_figures_of_an_award_stand_once_in_the_sentence_that_tells_them(rules: Rules, of_round: FactSheet) -> None:
    amounts = [row for row in rows(of_round) if row.matter == "amount"]
    figures = {row.name for row in rows(of_round) if row.matter == "figure"}
    for frame in published(rules):
        for figure in (one for one in frame.figures if one.figure.split(".")[0] in OF_AN_AWARD):
            assert figure.figure not in figures
            said = [one for one in amounts if frame.name in one.frames and one.citations == (figure.citation,)]
            shown = [text.en for one in said for text in one.words]
            assert any(f"{figure.value:,}" if isinstance(figure.value, int) else figure.value in one for one in shown)


def test_a_figure_that_no_sentence_tells_keeps_a_row_of_its_own() -> None:
    place = Citation("outline", "1", CitationStatus.PRINTED)
    sentence = FactRow(
        "amount", "", (Text("15人以下：1,000万円以内", "15 or fewer: up to 10,000,000 yen"),), None, (place,)
    )
    values = {"told": Text("15", "15"), "within": Text("5", "5"), "thousands": Text("000万円", "000,000 yen")}
    figures = [FactRow("figure", name, (value,), value, (place,)) for name, value in values.items()]
    figures.append(replace(figures[0], name="elsewhere", citations=(replace(place, section="2"),)))
    figures.append(replace(figures[0], name="named"))
    kept = fact_check_sheet.without_repeated((sentence, *figures), {"named"})
    assert [one.name for one in kept] == ["", "within", "thousands", "elsewhere", "named"]


def test_a_count_has_the_unit_that_its_rule_file_gives_it(rules: Rules, of_round: FactSheet) -> None:
    values = {row.name: row.value for row in rows(of_round) if row.matter == "figure"}
    written = {name: one.written for frame in call_of(rules).round.frames for name, one in frame.figures.items()}
    counts = {
        name: value for name, value in values.items() if value is not None and written[name].endswith(("人", "年"))
    }
    assert len(counts) > 10
    for name, value in counts.items():
        assert value.ja == written[name]
        assert value.en == written[name].replace("人", " people").replace("年", " years")


def test_what_is_published_of_the_round_and_of_each_frame_stands_in_it_in_both_languages(
    rules: Rules, html: str
) -> None:
    seen = unescape(re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html)))
    whole = (*published(rules), round_record(call_of(rules), rules.book))
    texts = dict.fromkeys(text for record in whole for text in cited_texts(record))
    assert len(texts) > 150
    for text in texts:
        for language in LANGUAGES:
            assert re.sub(r"\s+", "", text.within(language)) in seen


def test_each_unit_that_a_count_may_have_in_a_rule_file_has_words_on_the_sheet() -> None:
    texts = {name: text for file in INTERFACE for name, text in read_texts(ROOT / "content" / file).items()}
    units = [texts[f"fact_unit_{name}"].ja for name in fact_check_sheet.UNITS]
    assert sorted(units) == sorted(COUNT_UNITS)


def cited_texts(record: object, *, is_cited: bool = False) -> Iterator[Text]:
    """Every text of what is cited, wherever in the record."""
    if isinstance(record, Text):
        yield from (record,) if is_cited else ()
    elif isinstance(record, tuple):
        for one in record:
            yield from cited_texts(one, is_cited=is_cited)
    elif hasattr(record, "__dataclass_fields__") and not isinstance(record, records.Frame | records.Round):
        own = any(getattr(record, name, None) is not None for name in ("citation", "citations"))
        for name in record.__dataclass_fields__:
            yield from cited_texts(getattr(record, name), is_cited=is_cited or own)
    elif isinstance(record, records.Frame | records.Round):
        for name in record.__dataclass_fields__:
            yield from cited_texts(getattr(record, name))


def test_what_no_document_of_the_round_prints_stands_apart(of_round: FactSheet) -> None:
    for part in of_round.printed:
        assert {one.status for row in part.rows for one in row.citations} <= {CitationStatus.PRINTED}
    for part in of_round.apart:
        assert part.status is not None
        for row in part.rows:
            assert part.status in {one.status for one in row.citations}
    assert {part.status for part in of_round.apart} == {
        CitationStatus.OUTSIDE,
        CitationStatus.CARRIED_OVER,
        CitationStatus.CONVENTION,
    }


def test_each_row_has_a_box_and_its_place_and_stands_once(of_round: FactSheet, html: str) -> None:
    page = LexborHTMLParser(html)
    assert len(page.css("td.tick .box")) == of_round.count == len(set(rows(of_round)))
    for row in page.css("tbody tr:has(td.tick)"):
        cells = row.css("td")
        assert len(cells) == 4
        assert cells[2].attributes["lang"] == "en"
        assert cells[3].css("p") != []


def test_the_documents_are_listed_with_their_addresses_and_when_they_were_last_read(
    rules: Rules, of_round: FactSheet, html: str
) -> None:
    cited = {one.source for row in rows(of_round) for one in row.citations}
    assert len(of_round.sources) == len(cited)
    for name in cited:
        source, checked = rules.book.sources[name], rules.checked[name]
        assert source.address is None or f'href="{source.address.replace("&", "&amp;")}"' in html
        assert checked is None or checked.isoformat() in html


def test_it_is_one_file_that_asks_for_no_other_and_cuts_no_row_on_paper(html: str) -> None:
    page = LexborHTMLParser(html)
    assert page.css("[src], link, script") == []
    style = "".join(one.text() for one in page.css("style"))
    assert "@page { size: A4;" in style
    assert "tr { break-inside: avoid; }" in style


def test_a_call_without_a_number_and_a_placeholder_have_one_too(rules: Rules) -> None:
    assert made(rules, "it/r3s", None).count > 20
    assert made(rules, "monozukuri/r3s", 14).count > 3


@pytest.mark.parametrize(
    ("slug", "number", "told"),
    [
        ("monozukuri/r3", 13, "did you mean 'monozukuri/r3s'"),
        ("monozukuri/r3s/13", None, "write the round apart: monozukuri/r3s 13"),
        ("monozukuri/r3s", 20, "there is no round 20"),
        ("monozukuri/r3s", None, "name a round"),
        ("it/r3s", 3, "leave the number out"),
    ],
)
def test_a_round_that_is_not_there_is_told(rules: Rules, slug: str, number: int | None, told: str) -> None:
    with pytest.raises(WrongUsageError, match=told):
        made(rules, slug, number)


def test_the_command_writes_the_sheet_where_it_is_told_or_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fact_check, "make_fact_sheet", lambda _sources, *asked: str(asked))
    monkeypatch.chdir(tmp_path)
    assert main(["fact-check", "monozukuri/r3s", "13"]) == DONE
    assert main(["fact-check", "it/r3s", "--out", "sheet.html"]) == DONE
    assert (tmp_path / "fact-check-monozukuri-r3s-13.html").read_text(encoding="utf-8") == "('monozukuri/r3s', 13)"
    assert (tmp_path / "sheet.html").read_text(encoding="utf-8") == "('it/r3s', None)"


def test_rules_that_are_not_there_are_told(tmp_path: Path) -> None:
    assert main(["fact-check", "demo/b1", "1", f"--rules={tmp_path / 'nowhere'}"]) == CONTENT_ERROR
