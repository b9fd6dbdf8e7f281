"""What an answer of a case may be, to the border of each kind, and the sentence that says what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest

from calculator.cases import CaseError, CaseReader, Mistake, place_in_words, read_facts
from calculator.evaluation import FactValue
from calculator.expressions import Scalar
from calculator.json_values import JsonValue
from calculator.kinds import Kind
from calculator.rulebook import Choice, FactDefinition, RowField, RuleBook
from calculator.text import Text
from tests.calculator.made_book import book
from tests.calculator.made_rules import WORDS

CASE: Mapping[str, JsonValue] = {"kind": "eligibility", "rule_set": "made/up/plain", "round": 2, "facts": {}}
COLUMNS = (
    RowField("yen", Kind.YEN, Text("金額", "amount")),
    RowField("type", Kind.CHOICE, Text("種類", "type"), (Choice("old", Text("旧", "old")), Choice("1", WORDS))),
    RowField("share", Kind.PERCENT, Text("割合", "share"), optional=True),
)


def fact(name: str, kind: Kind, **more: object) -> FactDefinition:
    return FactDefinition(name, kind, "firm", Text(f"{name}の", f"the {name}"), WORDS, **more)  # type: ignore[arg-type]


FACTS = (
    fact("people", Kind.COUNT, at_least=1, at_most=50, unit=Text("人", "people")),
    fact("share", Kind.PERCENT, at_least=0, at_most=100),
    fact("told", Kind.YES_NO),
    fact("yen", Kind.YEN),
    fact("day", Kind.DATE),
    fact("moment", Kind.MOMENT),
    fact("state", Kind.CHOICE, choices=(Choice("True", Text("真", "true")), Choice("2", Text("二", "two")))),
    fact("bills", Kind.LIST, fields=COLUMNS, optional=True),
    fact("plan", Kind.RECORD, optional=True),
    fact("plan.growth", Kind.PERCENT, record="plan", at_least=0, at_most=100, optional=True),
    fact("plan.people", Kind.COUNT, record="plan", at_least=1, unit=Text("人", "people")),
)


def rules() -> RuleBook:
    return replace(book(), facts={one.name: one for one in FACTS})


def read(**given: JsonValue) -> tuple[Mapping[str, FactValue], tuple[Mistake, ...]]:
    return read_facts(rules(), given)


def refused(**given: JsonValue) -> list[tuple[str, str]]:
    """Return where each mistake is, and its sentence in English."""
    known, mistakes = read(**given)
    assert not any(name in known for name in given if name not in ("bills", "plan"))
    return [("/".join(map(str, one.at)), one.reason.en) for one in mistakes]


@pytest.mark.parametrize(
    ("name", "content", "value"),
    [
        ("told", True, True),
        ("told", False, False),
        ("people", 1, 1),
        ("people", 50, 50),
        ("people", Fraction(3), 3),
        ("yen", -5, -5),
        ("share", 0, 0),
        ("share", 100, 100),
        ("share", "1.5", Fraction(3, 2)),
        ("share", "-0", 0),
        ("share", "3/2", Fraction(3, 2)),
        ("day", "1900-01-01", date(1900, 1, 1)),
        ("day", "2199-12-31", date(2199, 12, 31)),
        ("moment", "2022-12-22T17:00Z", datetime.fromisoformat("2022-12-22T17:00+00:00")),
        ("moment", "2022-12-22 17:00:30.5+09:00", datetime.fromisoformat("2022-12-22T17:00:30.500+09:00")),
        ("moment", "1900-01-01T00:00+09:00", datetime.fromisoformat("1900-01-01T00:00+09:00")),
        ("moment", "2199-12-31T23:59+09:00", datetime.fromisoformat("2199-12-31T23:59+09:00")),
        ("state", "True", "True"),
        ("state", 2, "2"),
    ],
)
def test_what_is_one_of_its_kind_is_taken_exactly(name: str, content: JsonValue, value: Scalar) -> None:
    known, mistakes = read(**{name: content})
    assert (known, mistakes) == ({name: value}, ())
    assert type(known[name]) is type(value) or isinstance(known[name], int | Fraction)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("told", 1, "not_yes_no: "),
        ("told", "yes", "not_yes_no: "),
        ("people", True, "not_count: "),
        ("people", "3", "not_count: "),
        ("people", Fraction(7, 2), "not_count: "),
        ("people", 0, "too_small: 1 person"),
        ("people", 51, "too_large: 50 people"),
        ("yen", "5円", "not_yen: "),
        ("share", -1, "too_small: 0%"),
        ("share", "100.1", "too_large: 100%"),
        ("share", True, "not_percent: "),
        ("share", "3.", "not_percent: "),
        ("share", ".5", "not_percent: "),
        ("share", " 3", "not_percent: "),
        ("share", "1/0", "not_percent: "),
        ("share", "1e3", "not_percent: "),
        ("day", "1899-12-31", "not_date: "),
        ("day", "2200-01-01", "not_date: "),
        ("day", "2022-02-29", "not_date: "),
        ("day", "20221222", "not_date: "),
        ("day", 20221222, "not_date: "),
        ("moment", "1899-12-31T00:00+09:00", "not_moment: "),
        ("moment", "2200-01-01T00:00+09:00", "not_moment: "),
        ("moment", "2022-12-22T17:00", "not_moment: "),
        ("moment", "2022-12-22T24:00Z", "not_moment: "),
        ("moment", "2022-02-29T17:00Z", "not_moment: "),
        ("moment", 2022, "not_moment: "),
        ("state", True, "not_choice: two_words: true two"),
        ("state", "3", "not_choice: two_words: true two"),
        ("people", None, "none_not_possible: "),
    ],
)
def test_what_is_not_one_of_its_kind_is_refused_with_what_would_be_right(
    name: str, content: JsonValue, sentence: str
) -> None:
    assert refused(**{name: content}) == [(name, sentence)]


@pytest.mark.parametrize("content", ["unknown", None])
def test_an_answer_of_a_part_may_be_open_or_none(content: JsonValue) -> None:
    told = {} if content == "unknown" else {"plan.growth": None}
    assert read(plan={"growth": content}) == ({"plan": True, **told}, ())


@pytest.mark.parametrize(
    ("part", "content", "sentence"),
    [
        ("growth", 101, "too_large: 100%"),
        ("growth", -1, "too_small: 0%"),
        ("people", 0, "too_small: 1 person"),
        ("people", None, "none_not_possible: "),
        ("people", "1", "not_count: "),
        ("size", 1, "unknown_field: size"),
    ],
)
def test_a_part_of_a_record_is_held_to_its_own_kind_and_bounds(part: str, content: JsonValue, sentence: str) -> None:
    assert refused(plan={part: content}) == [(f"plan/{part}", sentence)]
    assert read(plan={"growth": 100, "people": 1})[0] == {"plan": True, "plan.growth": 100, "plan.people": 1}


def test_rows_are_read_cell_by_cell_and_all_that_is_wrong_in_them_is_told_by_its_place() -> None:
    rows: list[JsonValue] = [
        {"yen": 0, "type": "old", "share": None},
        {"type": 1, "share": "1.5", "yen": "unknown"},
        {},
    ]
    assert read(bills=rows) == (
        {"bills": ({"yen": 0, "type": "old", "share": None}, {"type": "1", "share": Fraction(3, 2)}, {})},
        (),
    )
    assert read(bills=None) == ({"bills": None}, ())
    wrong: list[JsonValue] = [{"yen": -1, "type": None}, 5, {"price": 1, "yen": "9", "type": "new"}]
    assert refused(bills=wrong) == [
        ("bills/0/yen", "too_small: 0 yen"),
        ("bills/0/type", "none_not_possible: "),
        ("bills/1", "not_row: 2"),
        ("bills/2/price", "unknown_field: price"),
        ("bills/2/yen", "not_yen: "),
        ("bills/2/type", "not_choice: two_words: old WORDS".replace("WORDS", WORDS.en)),
    ]
    assert "bills" not in read(bills=wrong)[0]
    assert refused(bills=5) == [("bills", "not_list: ")]


@pytest.mark.parametrize(
    ("given", "en", "ja"),
    [
        (
            {"people": 0},
            "fact_and_reason: the people too_small: 1 person",
            "fact_and_reason: peopleの too_small: 1人",
        ),
        (
            {"bills": [{}, {"yen": -1}]},
            "fact_and_reason: the bills row_and_reason: amount too_small: 0 yen 2",
            "fact_and_reason: billsの row_and_reason: 金額 too_small: 0円 2",
        ),
        (
            {"bills": [{"cost": 1}]},
            "fact_and_reason: the bills row_and_reason: cost unknown_field: cost 1",
            "fact_and_reason: billsの row_and_reason: cost unknown_field: cost 1",
        ),
        (
            {"plan": {"growth": 101}},
            "fact_and_reason: the plan fact_and_reason: the plan.growth too_large: 100%",
            "fact_and_reason: planの fact_and_reason: plan.growthの too_large: 100%",
        ),
        (
            {"plan": {"size": 1}},
            "fact_and_reason: the plan unknown_field: size",
            "fact_and_reason: planの unknown_field: size",
        ),
    ],
)
def test_a_mistake_is_told_by_the_names_of_its_fact_row_column_or_part(
    given: Mapping[str, JsonValue], en: str, ja: str
) -> None:
    (mistake,) = read_facts(rules(), given)[1]
    assert place_in_words(rules(), mistake) == Text(ja, en)


@pytest.mark.parametrize(
    ("key", "content"), [("kind", 1), ("rule_set", None), ("round", "2"), ("round", True), ("facts", [])]
)
def test_a_key_that_is_missing_or_wrong_is_named(key: str, content: JsonValue) -> None:
    reader = CaseReader(rules())
    with pytest.raises(CaseError, match=f"^wrong_key: wrong_key: {key}$"):
        reader.read({**CASE, key: content})
    with pytest.raises(CaseError, match=f"^missing_key: missing_key: {key}$"):
        reader.read({name: value for name, value in CASE.items() if name != key})
    with pytest.raises(CaseError, match=r"^not_an_object: "):
        reader.read([key])


def test_all_wrong_facts_of_a_case_stand_in_one_sentence_each() -> None:
    with pytest.raises(CaseError) as caught:
        CaseReader(rules()).read({**CASE, "facts": {"people": 0, "share": "x", "yen": 5}})
    one, other = "fact_and_reason: the people too_small: 1 person", "fact_and_reason: the share not_percent: "
    assert caught.value.code == "wrong_fact"
    assert caught.value.text.en == f"wrong_fact: two_sentences: {one} {other}"


def test_what_a_case_may_not_state_is_named_and_counts_for_nothing() -> None:
    case = CaseReader(rules()).read(
        {**CASE, "round": None, "facts": {"poeple": 5, "plan.people": 5, "people": "unknown"}}
    )
    assert (case.kind, case.rule_set, case.round) == ("eligibility", "made/up/plain", None)
    assert (case.facts, case.ignored) == ({}, ("poeple", "plan.people"))
