"""The guides as they are published: what they say is what the rules say, worked out here once more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from calculator.answers import Switches
from calculator.assess import Assessor
from calculator.evaluation import evaluate
from calculator.expressions import Expression, Named, OpenPoint, walk
from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.text import LANGUAGES, Language
from site_builder.rules.model import FrameInRound, Round, Rules
from site_builder.site.blocks.definitions import Tabulated, tabulated
from site_builder.site.blocks.limits import Limit, Limits
from site_builder.site.content import GUIDES
from site_builder.site.statements import deciding
from tests.real import real_rules

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^\{block:([a-z-]+) ?([^}\n]*)\}$", re.MULTILINE)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return real_rules()


def guide(pages: dict[str, LexborHTMLParser], language: Language, name: str) -> LexborNode:
    main = pages[f"{language}/{name}/index.html"].css_first("main")
    assert main is not None
    return main


def words_of(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text().split())


def published(rules: Rules) -> Iterator[tuple[Round, FrameInRound]]:
    """Every frame of which documents say something, in every round."""
    for programme in rules.programmes:
        for rule_set in programme.rule_sets:
            for one in rule_set.rounds:
                if not one.is_placeholder:
                    yield from ((one, frame) for frame in one.frames)


def sentence(text: str) -> str:
    return " ".join((text[:1].upper() + text[1:]).split())


# --- every guide


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guide_says_itself_in_plain_words(pages: dict[str, LexborHTMLParser], language: Language) -> None:
    """How long the sentences may be, the linter for prose says (site_builder/style)."""
    for name in set(GUIDES) - {"ways"}:
        assert guide(pages, language, name).css_first(".plain-words p") is not None, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_of_a_table_leads_to_its_place_or_says_that_nothing_is_printed(
    pages: dict[str, LexborHTMLParser], language: Language
) -> None:
    """Below a definition there is one for all of it; of narrow tables the last row has the places of its columns."""
    for name in GUIDES:
        for table in guide(pages, language, name).css("table.sheet"):
            rows = table.css("tbody tr")
            behind = None if table.parent is None else table.parent.next
            while behind is not None and behind.tag == "-text":
                behind = behind.next
            if behind is not None and "citation" in (behind.attributes.get("class") or ""):
                continue
            if "marks" in (table.attributes["class"] or ""):
                cells = rows[-1].css("td")
                assert all(cell.css('small a[href^="#"]') for cell in cells), name
                continue
            for row in rows:
                cells = row.css("td")
                is_silent = all(cell.css_first(".none") is not None for cell in cells)
                assert not cells or is_silent or row.css('small a[href^="#"]'), (name, words_of(row))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_that_a_table_cites_is_told_with_its_mark(
    pages: dict[str, LexborHTMLParser], language: Language
) -> None:
    for name in GUIDES:
        main = guide(pages, language, name)
        for link in main.css('table.sheet small a[href^="#"]'):
            place = main.css_first(f'[id="{(link.attributes["href"] or "")[1:]}"]')
            assert place is not None
            assert place.css_first(".status") is not None
            assert place.css_first("cite") is not None


# --- size


def test_the_table_of_a_definition_decides_as_the_definition_does(rules: Rules) -> None:
    """On both sides of every limit, for every answer, the rows say what the expression comes to."""
    tables = list(tabulated(rules))
    assert len(tables) >= 4
    for one in tables:
        body = _body(one)
        figures = {limit.fact: limit.figure.value for _, limits in one.rows for limit in limits.limits}
        for choice in one.by.choices:
            limits = next((limits for choices, limits in one.rows if choice.name in choices), Limits())
            own = {**figures, **{limit.fact: limit.figure.value for limit in limits.limits}}
            for shifts in product((-1, 0, 1), repeat=len(own)):
                amounts = {
                    fact: int(str(value)) + shift for (fact, value), shift in zip(own.items(), shifts, strict=True)
                }
                facts: dict[str, int | str] = {"applicant_type": "company", **amounts, one.by.name: choice.name}
                kept = [_keeps(limit, amounts[limit.fact]) for limit in limits.limits]
                said = bool(kept) and (any(kept) if limits.is_either else all(kept))
                assert evaluate(body, dict(facts)) is said, (one.definition.name, facts)


def _keeps(limit: Limit, value: int) -> bool:
    figure = int(str(limit.figure.value))
    return {"lt": value < figure, "le": value <= figure, "gt": value > figure, "ge": value >= figure}[limit.comparison]


def _body(one: Tabulated) -> Expression:
    """Return the expression behind a definition, from the conditions that rest on it."""
    nodes = (node for condition in deciding(one.ways[0].frame.rules) for node in walk(condition))
    return next(node.body for node in nodes if isinstance(node, Named) and node.name == one.definition.name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_limits_of_every_definition_stand_in_the_tables(
    pages: dict[str, LexborHTMLParser], rules: Rules, language: Language
) -> None:
    main = words_of(guide(pages, language, "size"))
    for one in tabulated(rules):
        for _, limits in one.rows:
            for limit in limits.limits:
                unit = rules.book.facts[limit.fact].unit
                assert figure_text(limit.figure.kind, limit.figure.value, unit).within(language) in main


# --- costs


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_category_of_every_frame_has_the_right_mark(
    pages: dict[str, LexborHTMLParser], rules: Rules, language: Language
) -> None:
    marks = {"ja": {"○": True, "×": False}, "en": {"Yes": True, "No": False}}[language]
    seen = 0
    tables = {
        words_of(table.css_first("caption")): table for table in guide(pages, language, "costs").css("table.marks")
    }
    for programme in rules.programmes:
        for rule_set in programme.rule_sets:
            for one in rule_set.rounds:
                for frame in () if one.is_placeholder else one.frames:
                    costs = None if frame.rules.award is None else frame.rules.award.eligible_costs
                    if costs is None or not costs.categories:
                        continue
                    joint = "　" if language == "ja" else ", "
                    name = f"{programme.short_name.within(language)}{joint}{rule_set.name.within(language)}"
                    table = tables[" ".join(name.split())]
                    column = _column(table, " ".join(frame.rules.name.within(language).split()))
                    labels = {
                        choice.name: choice.label.within(language)
                        for field in rules.book.facts[costs.rows or ""].fields
                        for choice in field.choices
                    }
                    rows = {words_of(row.css_first("th")): row for row in table.css("tbody tr")}
                    for category, label in labels.items():
                        mark = words_of(rows[label].css("td")[column])
                        assert marks[mark] is (category in costs.categories), (name, frame.slug, category)
                        seen += 1
    assert seen > 300


def _column(table: LexborNode, frame: str) -> int:
    """Return the column of `frame`; the last row has the names of its frames, each a link."""
    places = table.css("tbody tr")[-1].css("td")
    (at,) = (at for at, cell in enumerate(places) if frame in [words_of(link) for link in cell.css("a")])
    return at


# --- growth


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_worked_sum_is_exact(pages: dict[str, LexborHTMLParser], rules: Rules, language: Language) -> None:
    """The yearly average stands on the page, and is the greatest hundredth that does not grow beyond the amounts."""
    main = guide(pages, language, "growth")
    prose = (ROOT / f"content/guides/growth.{language}.md").read_text(encoding="utf-8")
    worked = [told.split() for name, told in BLOCK.findall(prose) if name == "worked"]
    assert len(worked) >= 4
    for fact, *amounts in worked:
        working = rules.book.facts[fact].worked_out
        assert working is not None
        given = dict(one.split("=") for one in amounts)
        years = given.pop("years", None)
        anchor = f"worked.{fact}" + ("" if years is None else f".{years}")
        lines = _lines_after(main, anchor)
        signs = {
            **dict.fromkeys((part.name for part in working.added), 1),
            **dict.fromkeys((part.name for part in working.taken_off), -1),
        }
        now, later = (
            sum(signs[name] * int(value.split(":")[at]) for name, value in given.items())
            for at in ((0, 1) if years else (0, 0))
        )
        if years is None:
            assert figure_text(Kind.YEN, now).within(language) in lines
            continue
        steps = _compound(now, later, int(years))
        simple = Fraction((later - now) * 10_000 // (now * int(years)), 100)
        for percent in (Fraction(steps, 100), simple):
            assert figure_text(Kind.PERCENT, percent).within(language) in lines, (fact, percent)


def _compound(now: int, later: int, years: int) -> int:
    steps = 0
    while Fraction(10_000 + steps + 1, 10_000) ** years * now <= later:
        steps += 1
    return steps


def _lines_after(main: LexborNode, anchor: str) -> str:
    """Return the lines of the sum below a heading."""
    node = main.css_first(f'[id="{anchor}"]')
    while node is not None and "arithmetic" not in (node.attributes.get("class") or ""):
        node = node.next
    return words_of(node)


# --- repayment, selection, documents


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_of_repayment_is_told(pages: dict[str, LexborHTMLParser], rules: Rules, language: Language) -> None:
    main = words_of(guide(pages, language, "repayment"))
    for _, frame in published(rules):
        if frame.rules.clawback is not None:
            every = (*frame.rules.clawback.whole, *(case for part in frame.rules.clawback.parts for case in part.cases))
            for case in every:
                assert sentence(case.label.within(language)) in main
                assert case.amount_words is None or " ".join(case.amount_words.within(language).split()) in main
            assert sentence(frame.rules.clawback.total.sentence.within(language)) in main


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_documents_leave_a_repayment_open_that_is_told_and_no_amount(
    pages: dict[str, LexborHTMLParser], rules: Rules, language: Language
) -> None:
    lines = [words_of(line) for line in guide(pages, language, "repayment").css("table.sheet td li")]
    found = 0
    for _, frame in published(rules):
        clawback = frame.rules.clawback
        parts = () if clawback is None else clawback.parts
        for case in (*(() if clawback is None else clawback.whole), *(case for part in parts for case in part.cases)):
            left_open = [one.name for one in walk(case.when) if isinstance(one, OpenPoint)] if case.when else []
            for name in left_open:
                told = [line for line in lines if line.startswith(sentence(case.label.within(language)))]
                assert told
                assert all(sentence(rules.book.open_points[name].within(language)) in line for line in told)
                assert not any(case.amount_words and case.amount_words.within(language) in line for line in told)
                found += 1
    assert found >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worst_of_every_frame_is_the_grant_itself_where_all_of_it_can_be_asked_back(
    pages: dict[str, LexborHTMLParser], language: Language
) -> None:
    section = guide(pages, language, "repayment").css_first('[id="worst.table"]')
    assert section is not None
    assert section.parent is not None
    for row in section.parent.css("tbody tr"):
        first, last = (_amount(cell) for cell in (row.css("td")[0], row.css("td")[-1]))
        assert first == last


def _amount(cell: LexborNode) -> str:
    """Return the words of a cell without the ways to its places."""
    refs = {words_of(ref) for ref in cell.css("small")}
    return next(part for part in re.split("|".join(map(re.escape, refs)), words_of(cell)) if part)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_point_and_second_look_is_told(
    pages: dict[str, LexborHTMLParser], rules: Rules, language: Language
) -> None:
    main = words_of(guide(pages, language, "selection"))
    for _, frame in published(rules):
        own = frame.rules
        for item in own.weighed:
            assert item.label.within(language) in main
            assert sentence(item.sentence.within(language)) in main
        if own.reexamination is not None:
            assert sentence(own.reexamination.sentence.within(language)) in main


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_of_every_round_is_listed(
    pages: dict[str, LexborHTMLParser], rules: Rules, language: Language
) -> None:
    main = guide(pages, language, "documents")
    titles = [words_of(head) for head in main.css("#papers ~ * th, table.stack tbody th")]
    every = [one for programme in rules.programmes for rule_set in programme.rule_sets for one in rule_set.rounds]
    documents = [document for one in every for document in one.documents]
    assert len(documents) > 10
    for document in documents:
        assert " ".join(document.title.within(language).split()) in titles
        if document.posted is not None:
            assert figure_text(Kind.DATE, document.posted).within(language) in words_of(main)


# --- special applicants


def test_whom_the_guide_keeps_out_the_calculator_refuses_and_nobody_else(
    pages: dict[str, LexborHTMLParser], rules: Rules
) -> None:
    """Of somebody of whom nothing is known but the kind of applicant."""
    assessor = Assessor(rules.book)
    table = guide(pages, "en", "applicants").css_first("table.stack")
    assert table is not None
    choices = [choice.name for choice in rules.book.facts["applicant_type"].choices]
    cells = {
        link.attributes["href"]: row.css("td")
        for row in table.css("tbody tr")
        for link in row.css("th a")
        if row.css("td")
    }
    seen = 0
    for programme in rules.programmes:
        for rule_set in programme.rule_sets:
            for one in reversed(rule_set.rounds):
                for frame in () if one.is_placeholder else one.frames:
                    number = () if one.number is None else (str(one.number),)
                    path = "../" + "/".join((*rule_set.slug.split("/"), *number, frame.slug)) + "/"
                    if path not in cells:
                        continue
                    for choice, cell in zip(choices, cells[path], strict=True):
                        outcome = _outcome(assessor, frame, choice)
                        assert (outcome == "not_eligible") is ("Cannot apply" in words_of(cell)), (path, choice)
                        seen += 1
    assert seen >= 20


def _outcome(assessor: Assessor, frame: FrameInRound, choice: str) -> str:
    case = {
        "id": "1",
        "kind": "eligibility",
        "rule_set": frame.rules.rule_set,
        "round": frame.rules.round,
        "facts": {"applicant_type": choice},
    }
    answer = json.loads(assessor.answer_line(json.dumps(case), Switches()))
    return str(answer["outcome"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_an_example(pages: dict[str, LexborHTMLParser], rules: Rules, language: Language) -> None:
    main = guide(pages, language, "applicants")
    shown = {words_of(title) for title in main.css("details.example summary h3")}
    expected = {
        " ".join(example.title.within(language).split())
        for _, frame in published(rules)
        for example in frame.examples
        if example.published and example.kind in ("joint", "consortium")
    }
    assert expected
    assert shown == expected
