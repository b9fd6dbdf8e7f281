"""Tables of companies: what headings and cells mean, what is told of those that mean nothing, and the same verdicts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from random import Random

import pytest

from calculator.assess import Assessor
from calculator.batch import reading as batch_reading
from calculator.batch import report as batch_report
from calculator.batch.columns import Headings, columns_of
from calculator.batch.header import TableError
from calculator.batch.judging import Table
from calculator.batch.report import MOST_SHOWN, Report
from calculator.batch.tables import BYTE_ORDER_MARK, harmless, letters, written
from calculator.cases import read_facts
from calculator.evaluation import Facts
from calculator.json_values import JsonObject, JsonValue, read_json
from calculator.text import LANGUAGES, Language, Text
from site_builder.site.batch_cells import cells_of
from tests.bench.real import Applicant, Judged, applicant, assessor, judged_together, made

ROUND = 13


@cache
def frames() -> tuple[Judged, ...]:
    return judged_together(("monozukuri", "r3s"), ROUND)


def headings() -> Headings:
    return Headings(assessor().book)


def report(text: str, language: Language = "en", of: Assessor | None = None) -> Report:
    order = {"rule_sets": [one.rules.rule_set for one in frames()], "round": ROUND, "language": language}
    return Report.ordered(of or assessor(), f"{json.dumps(order)}\n{text}")


def results(text: str, language: Language = "en") -> list[dict[str, str]]:
    """The table of results, by its headings."""
    asked = report(text, language)
    table = asked.beginning()["table"] + asked.portion(1_000_000)["table"]
    return list(csv.DictReader(io.StringIO(table.removeprefix(BYTE_ORDER_MARK), newline="")))


def facts_of(cells: Mapping[str, str]) -> Facts:
    """What a row with these cells says; the row has no mistake."""
    ((facts, mistakes),) = _rows(written([list(cells), list(cells.values())]))
    assert mistakes == ()
    return facts


def mistakes_of(text: str) -> list[str]:
    return [mistake.en for _, mistakes in _rows(text) for mistake in mistakes]


def _rows(text: str) -> list[tuple[Facts, tuple[Text, ...]]]:
    table = Table.read(headings(), text)
    return [table._facts(line) for line in table.rows]


def stated(**facts: JsonValue) -> Facts:
    """The facts of a case that states them."""
    found, mistakes = read_facts(assessor().book, read_json(json.dumps(facts)))
    assert mistakes == ()
    return found


# --- the same verdicts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_gets_the_answers_that_a_case_with_the_same_facts_gets(language: Language) -> None:
    random = Random(5)
    companies = [without_some(one, random) for one in islice(made(random, frames()), 150)]
    rows = [{"id": str(id(one)), **cells_of(assessor().book, one.facts, language)} for one in companies]
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = written([names, *([row.get(name, "") for name in names] for row in rows)])
    outcomes = set()
    for row, company in zip(results(table, language), companies, strict=True):
        for one in frames():
            case = {"kind": "eligibility", "rule_set": one.rules.rule_set, "round": ROUND, "facts": company.json}
            answer = json.loads(assessor().answer_line(json.dumps(case)))
            slug, subsidy = one.rules.rule_set.split("/")[2], answer["subsidy_yen"]
            outcomes.add(answer["outcome"])
            assert row[f"{slug}.outcome"] == answer["outcome"]
            assert row[f"{slug}.subsidy_yen"] == ("" if subsidy is None else str(subsidy))
            failed, missing = (
                row[f"{one.rules.name.within(language)}{end}"]
                for end in {
                    "ja": ("：満たしていない要件", "：判定に足りない項目"),
                    "en": (": requirements not met", ": what is missing"),
                }[language]
            )
            between = {"ja": "；", "en": "; "}[language]
            assert failed == between.join(label_of(one, code, language) for code in answer["failed"])
            assert missing == between.join(cause(name, language) for name in answer["missing"])
    assert outcomes == {"eligible", "not_eligible", "cannot_tell"}


def without_some(company: Applicant, random: Random) -> Applicant:
    """Return a company of which half of the time everything is known, and else any few facts."""
    if random.random() < 0.5:
        return company
    known = random.sample(list(company.json), random.randint(0, len(company.json)))
    return applicant({name: company.json[name] for name in known})


def label_of(judged: Judged, code: str, language: Language) -> str:
    return next(one.label.within(language) for one in judged.decision.conditions if one.code == code)


def cause(name: str, language: Language) -> str:
    book = assessor().book
    label = book.open_points[name] if name in book.open_points else book.facts[name].label
    return label.within(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_facts_written_as_cells_are_read_as_the_same_facts(language: Language) -> None:
    for company in islice(made(Random(6), frames()), 200):
        read = facts_of(cells_of(assessor().book, company.facts, language))
        assert unordered(read) == unordered(company.facts)


def unordered(facts: Facts) -> dict[str, object]:
    """Facts in which the order of rows does not count."""
    return {
        name: sorted(map(repr, (sorted(row.items()) for row in value))) if isinstance(value, tuple) else value
        for name, value in facts.items()
    }


# --- headings ----------------------------------------------------------------------------------------------------


def test_every_column_is_found_by_its_name_and_by_its_label_in_each_language() -> None:
    book, known = assessor().book, headings()
    for fact in book.facts.values():
        for column in columns_of(book, fact):
            for heading in (column.name, column.label.ja, column.label.en):
                assert known.column(heading) == column, heading


@pytest.mark.parametrize(
    "heading", ["ＲＥＧＵＬＡＲ＿employees", " 常時使用する\n従業員の数 ", "Number of regular employees"]
)
def test_a_heading_may_be_written_in_any_width_and_case_and_over_several_lines(heading: str) -> None:
    assert facts_of({heading: "20"}) == stated(regular_employees=20)


@pytest.mark.parametrize("heading", ["costs.1", "costs.0.amount_yen", "costs.1.colour", "capital_yen.1.amount_yen"])
def test_a_heading_of_a_row_or_field_that_there_is_not_says_nothing(heading: str) -> None:
    assert headings().column(heading) is None


@pytest.mark.parametrize(
    ("first_row", "sentence"),
    [
        (
            "name,capital_yen,資本金の額（または出資の総額）",
            "Column B (number 2), “capital_yen” and Column C (number 3), “資本金の額（または出資の総額）” both say",
        ),
        ("costs.expert,costs.expert.amount_yen", "Column A (number 1), “costs.expert” and Column B (number 2)"),
        ("company,town", "No heading in the first row is understood."),
        ("", "There are no rows in the file."),
        ("\n \n", "There are no rows in the file."),
        ('"capital_yen', "Line 1: The quotation marks"),
    ],
)
def test_a_table_without_a_header_that_can_be_read_is_refused(first_row: str, sentence: str) -> None:
    with pytest.raises(TableError) as refused:
        report(f"{first_row}")
    assert refused.value.text.en.startswith(sentence)


def test_a_label_that_two_facts_share_names_neither_of_them() -> None:
    book = assessor().book
    twin = replace(book.facts["plan_years"], label=book.facts["regular_employees"].label)
    known = Headings(replace(book, facts={**book.facts, "plan_years": twin}))
    assert known.column(twin.label.en) is None
    assert [known.column(name) is None for name in ("plan_years", "regular_employees")] == [False, False]


def test_what_says_nothing_is_told_and_passed_on_with_what_it_may_mean() -> None:
    text = 'Name,Regular_employes,capital_yen,\n"A, Inc.",7,1,x\n'
    told = report(text).beginning()
    assert [(one["heading"], one["meant"] and one["meant"]["en"]) for one in told["passed_on"]] == [
        ("Name", None),
        ("Regular_employes", "number of regular employees"),
    ]
    assert [one["heading"] for one in told["understood"]] == ["capital_yen"]
    assert [(row["Name"], row["Regular_employes"], row[""]) for row in results(text)] == [("A, Inc.", "7", "x")]


# --- the text ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_of_any_program_are_recognised(separator: str, end: str) -> None:
    table = end.join(separator.join(row) for row in (["id", "plan_years", "applicant_type"], ["a;b,c\td", "4", "npo"]))
    quoted = table.replace("a;b,c\td", '"a;b,c\td"')
    (row,) = results(f"{BYTE_ORDER_MARK}{quoted}{end}")
    assert (row["id"], row["plan_years"], row["applicant_type"]) == ("a;b,c\td", "4", "npo")


def test_the_separator_is_the_one_by_which_headings_are_known() -> None:
    (row,) = results("a,b,c,d,e;plan_years\n1;4\n")
    assert row["plan_years"] == "4"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("x,abc,,,", "Line 2. Column B (number 2), “regular_employees”: Enter a whole number, such as 20."),
        ("x,２０.5人,,,", "Line 2. Column B (number 2), “regular_employees”: Enter a whole number, such as 20."),
        ("x,-1,,,", "Line 2. Column B (number 2), “regular_employees”: Enter 0 employees or more."),
        ("x,なし,,,", "Line 2. Column B (number 2), “regular_employees”: There is always one; it cannot be “none”."),
        ("x,,maybe,,", "Line 2. Column C (number 3), “みなし大企業に当たるかどうか”: Answer yes or no."),
        ("x,,,1.5.2,", "Line 2. Column D (number 4), “costs.expert”: Enter an amount in whole yen"),
        (
            "x,,,,2022-13-01",
            "Line 2. Column E (number 5), “same_programme_grant_decision_on”: Enter a date",
        ),
        ("x,5,1,000,,,", "Line 2: There are 7 cells, but 5 headings."),
        ('x,"5"5,,,', "Line 2: The quotation marks"),
    ],
)
def test_a_wrong_row_is_told_with_its_line_and_column_and_the_next_is_judged(row: str, told: str) -> None:
    header = "id,regular_employees,みなし大企業に当たるかどうか,costs.expert,same_programme_grant_decision_on"
    text = f"{header}\n{row}\nnext,20人,いいえ,30万円,なし\n"
    (mistake,) = mistakes_of(text)
    assert mistake.startswith(told)
    wrong, right = results(text)
    assert [wrong["What cannot be read"], right["What cannot be read"]] == [mistake, ""]
    assert [wrong["normal.outcome"], right["normal.outcome"]] == ["not_read", "not_eligible"]
    assert [right["id"], right["regular_employees"]] == ["next", "20人"]


def test_every_mistake_of_a_row_is_told() -> None:
    text = "capital_yen,plan_years,applicant_type\nmuch,long,someone\n"
    assert [one.split("“")[1].split("”")[0] for one in mistakes_of(text)] == [
        "capital_yen",
        "plan_years",
        "applicant_type",
    ]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    text = 'id,plan_years\r\n"one\r\ntwo\r\nthree",5\r\n\r\n , \r\nx,long\r\n'
    assert mistakes_of(text)[0].startswith("Line 7. Column B")


def test_an_open_quotation_mark_ends_in_one_mistake_at_its_line() -> None:
    told = mistakes_of('id,plan_years\na,4\nb,"5\nc,6\n')
    assert [one.split(":")[0] for one in told] == ["Line 3"]


def test_cells_that_a_spreadsheet_left_out_at_the_end_of_a_row_are_empty() -> None:
    (row,) = results("id,plan_years,capital_yen,town\na,4\n")
    assert (row["plan_years"], row["capital_yen"], row["normal.outcome"]) == ("4", "", "cannot_tell")


# --- cells -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "cells", "value"),
    [
        ("capital_yen", ["1000万円", "１０，０００，０００", "10,000,000円", "¥10000000", "10000000"], 10_000_000),
        ("capital_yen", ["なし", "none", "資本金なし", "No capital"], None),
        ("regular_employees", ["20", "２０人", "20 名", "20 employees"], 20),
        ("deemed_large_company", ["yes", "はい", "○", "TRUE", "Y"], True),
        ("deemed_large_company", ["no", "いいえ", "×", "False", "該当しない"], False),
        ("applicant_type", ["npo", "特定非営利活動法人(NPO法人)", "Specified Non-profit Corporation （NPO）"], "npo"),
        ("business_continuity_plan_status", ["none", "ない", "None", "なし"], "none"),
        ("same_programme_grant_decision_on", ["2022-03-05", "2022/3/5", "２０２２年３月５日"], "2022-03-05"),
        ("value_added_growth_pct", ["3.5", "３．５％", "3.50%"], "7/2"),
        ("similar_grants_past_3_years", ["h29s; r1s", "r1s；h29s"], ["h29s", "r1s"]),
        ("similar_grants_past_3_years", ["none", "なし", "どれにも当てはまらない"], []),
        ("member_costs_yen", ["100万円; 20万円"], [1_000_000, 200_000]),
        ("advanced_equipment_plan", ["なし", "先端設備等導入計画はない"], None),
        ("advanced_equipment_plan", ["はい", "有"], {}),
    ],
)
def test_a_cell_is_understood_as_people_write_it(name: str, cells: Sequence[str], value: JsonValue) -> None:
    for cell in cells:
        assert unordered(facts_of({name: cell})) == unordered(stated(**{name: value})), cell


@pytest.mark.parametrize(
    "cell", ["", "  ", "わからない", "分からない", "不明", "unknown", "I don't know", "I don’t know", "?"]
)
@pytest.mark.parametrize("name", ["capital_yen", "applicant_type", "joint", "similar_grants_past_3_years", "costs"])
def test_what_is_not_known_is_no_fact(name: str, cell: str) -> None:
    assert facts_of({name: cell, "plan_years": "4"}) == stated(plan_years=4)


def test_a_figure_under_a_category_is_a_row_of_that_category() -> None:
    cells = {
        "costs.machinery_system": "1,200万円",
        "経費：機械装置・システム構築費：最も高いものの単価（税抜き）": "900万円",
        "costs: Transport": "300000",
        "costs.expert": "",
    }
    rows: list[JsonObject] = [
        {"category": "machinery_system", "amount_yen": 12_000_000, "max_unit_price_yen": 9_000_000},
        {"category": "transport", "amount_yen": 300_000},
    ]
    assert facts_of(cells) == stated(costs=rows)


def test_rows_with_numbers_may_be_of_one_category() -> None:
    cells = {
        "costs.1.category": "クラウドサービス利用費",
        "costs.1.amount_yen": "5",
        "経費：2：区分": "cloud",
        "経費：2：金額（税抜き）": "6",
        "costs.3.category": "",
    }
    rows = [{"category": "cloud", "amount_yen": 5}, {"category": "cloud", "amount_yen": 6}]
    assert facts_of(cells) == stated(costs=rows)


def test_an_amount_that_is_not_known_is_a_row_all_the_same() -> None:
    cells = {"costs.machinery_system": "わからない", "costs.expert": "100"}
    rows: list[JsonObject] = [{"category": "machinery_system"}, {"category": "expert", "amount_yen": 100}]
    assert facts_of(cells) == stated(costs=rows)


def test_none_under_a_category_is_no_row_and_none_under_all_of_them_no_rows() -> None:
    unit_price = "costs.expert.max_unit_price_yen"
    assert facts_of({"costs.cloud": "5", "costs.expert": "なし", unit_price: "なし"}) == stated(
        costs=[{"category": "cloud", "amount_yen": 5}]
    )
    assert facts_of({"costs.cloud": "なし", "costs.expert": "none"}) == stated(costs=[])
    assert facts_of({"costs": "なし", "costs.cloud": ""}) == stated(costs=[])
    assert facts_of({"costs.cloud": "", "plan_years": "4"}) == stated(plan_years=4)


def test_parts_of_a_record_say_that_it_is_there() -> None:
    cells = {"business_innovation_plan.approved": "はい", "business_innovation_plan.applied_on": "2020年1月2日"}
    assert facts_of(cells) == stated(business_innovation_plan={"approved": True, "applied_on": "2020-01-02"})


@pytest.mark.parametrize("own", ["", "わからない", "なし"])
@pytest.mark.parametrize("part", ["わからない", "unknown", "", "なし"])
def test_a_part_that_is_not_known_or_none_does_not_say_that_its_record_is_there(own: str, part: str) -> None:
    cells = {"business_innovation_plan": own, "business_innovation_plan.applied_on": part}
    facts = facts_of({**cells, "business_innovation_plan.approved": "わからない" if part else "", "plan_years": "4"})
    assert facts.get("business_innovation_plan", "not known") == (None if own == "なし" else "not known")
    assert facts.get("business_innovation_plan.applied_on", "not known") == (None if part == "なし" else "not known")
    assert "business_innovation_plan.approved" not in facts


def test_a_record_that_is_told_of_is_there_whatever_is_not_known_of_it() -> None:
    cells = {"business_innovation_plan.approved": "いいえ", "business_innovation_plan.applied_on": "わからない"}
    assert facts_of(cells) == stated(business_innovation_plan={"approved": False})


@pytest.mark.parametrize(
    "cells",
    [
        {"members.1.type": "npo", "members.2.type": "わからない", "members.2.subsidy_yen": "unknown"},
        {"members.sme": "5", "members.1.type": "？"},
        {"members": "わからない", "members.sme": "5"},
        {"members.sme": "5", "members": "unknown", "members.npo": "なし"},
    ],
)
def test_a_list_of_which_it_is_not_known_whether_that_is_all_is_not_known(cells: Mapping[str, str]) -> None:
    assert facts_of({**cells, "plan_years": "4"}) == stated(plan_years=4)


@pytest.mark.parametrize(
    ("header", "row", "place"),
    [
        ("costs,costs.cloud", "なし,5", "Column B (number 2), “costs.cloud”"),
        ("costs.cloud,costs.cloud.max_unit_price_yen", "なし,5", "Column B (number 2)"),
        ("business_innovation_plan.approved,business_innovation_plan", "yes,none", "Column A (number 1)"),
    ],
)
def test_a_part_of_what_there_is_not_is_a_mistake(header: str, row: str, place: str) -> None:
    (told,) = mistakes_of(f"{header}\n{row}\n")
    assert told.startswith(f"Line 2. {place}")
    assert "The row says that there is none of" in told


def test_blank_cells_say_nothing_of_a_record_or_a_row() -> None:
    cells = {"business_innovation_plan.approved": "", "costs.cloud": " ", "plan_years": "4"}
    assert facts_of(cells) == stated(plan_years=4)


def test_what_is_forgotten_of_cells_and_words_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "id,plan_years\n" + "".join(f"{years},{years}\n" for years in (3, 4, 5, 2, 3, 2))
    remembered = results(text)
    for module in (batch_reading, batch_report):
        monkeypatch.setattr(module, "MOST_REMEMBERED", 1)
    assert results(text) == remembered


def test_an_outcome_that_rests_on_rules_not_confirmed_says_so_in_every_row() -> None:
    asked = report("id,plan_years\n1,4\n")
    asked.frames = tuple(replace(one, rules=replace(one.rules, unconfirmed=("x",))) for one in asked.frames)
    ((row,), (plain,)) = (
        [*csv.reader(io.StringIO(one.portion(5)["table"]))] for one in (asked, report("id,plan_years\n1,4\n"))
    )
    own = asked.book.messages["verdict_unconfirmed"].en.partition("{verdict}")
    said, without = row[5], plain[5]
    assert said == f"{own[0]}{without}{own[2]}"


def test_a_list_or_a_record_with_columns_of_its_own_takes_no_other_cell() -> None:
    told = mistakes_of("costs,business_innovation_plan\n500,maybe\n")
    assert [one.partition("”: ")[2] for one in told] == [
        "This column says only whether there is any. Write the rest in the columns of its parts."
    ] * 2


# --- the table of results ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["=1+2", "+81 3", "-1+2", "@SUM(A1)", "\t=1", " =1", "＝1", "　＝1", "-", "\r\n=1"])
def test_what_could_be_a_formula_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    (row,) = results(written([["id", "plan_years"]]) + f'"{cell}",4\r\n')
    assert row["id"] == f"'{cell}"


def test_a_heading_that_could_be_a_formula_is_made_harmless() -> None:
    assert "'=1" in report("=1,plan_years\n").beginning()["table"]


@pytest.mark.parametrize("cell", ["-5", "-1000000", "-0.5", "5", "", "a=b"])
def test_plain_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_the_page_gets_the_first_rows_and_all_counts_and_the_table_all_rows() -> None:
    wrong = MOST_SHOWN + 5
    text = "id,plan_years\n" + "".join(f"{number},{'x' if number < wrong else '4'}\n" for number in range(wrong + 10))
    asked = report(text)
    portions = [asked.portion(50) for _ in range(3)]
    assert [one["is_last"] for one in portions] == [False, False, True]
    assert [one["line"] for one in portions] == [51, 101, wrong + 11]
    assert sum(len(one["rows"]) for one in portions) == MOST_SHOWN
    assert sum(len(one["mistakes"]) for one in portions) == MOST_SHOWN
    assert sum(one["table"].count("\r\n") for one in portions) == wrong + 10
    assert (portions[-1]["companies"], portions[-1]["not_read"]) == (wrong + 10, wrong)
    assert portions[-1]["outcomes"]["normal"] == {"eligible": 0, "not_eligible": 0, "cannot_tell": 10}


def test_a_shown_row_is_called_by_its_first_cell_that_is_no_fact() -> None:
    (row,) = report("plan_years,会社\n4,甲\n").portion(10)["rows"]
    assert (row["line"], row["name"]) == (2, "甲")
    assert [one["outcome"] for one in row["frames"]] == ["cannot_tell"] * len(frames())


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_columns_are_called_as_spreadsheets_call_them(number: int, name: str) -> None:
    assert letters(number) == name


def test_frames_that_the_round_does_not_offer_are_left_out() -> None:
    order = json.dumps(
        {"rule_sets": ["monozukuri/r3s/normal", "monozukuri/r4s2/normal"], "round": 13, "language": "ja"}
    )
    told = Report.ordered(assessor(), f"{order}\nplan_years\n4\n").beginning()
    assert [one["frame"] for one in told["frames"]] == ["normal"]
