"""The door to other programs: a line in, a line out, whatever the line is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from calculator.answers import Switches, fact_value_text
from calculator.cases import CaseError, CaseReader, Path, place_in_words, read_facts
from calculator.evaluation import Facts
from calculator.json_values import JsonValue, write_json
from calculator.kinds import Kind
from calculator.messages import message
from calculator.rulebook import Choice, FactDefinition, RowField
from calculator.text import Text
from tests.calculator.made_book import FACTS_THAT_PASS, assessor, book
from tests.calculator.made_forms_book import forms_book
from tests.calculator.made_rules import WORDS

ALL = Switches(explain=True, next=True, changes=True)


def ask(kind: str = "eligibility", rule_set: str = "made/up/plain", round_: int | None = 2, **facts: object) -> Any:  # noqa: ANN401 - JSON
    case = {"id": "x", "kind": kind, "rule_set": rule_set, "round": round_, "facts": {**FACTS_THAT_PASS, **facts}}
    return json.loads(assessor().answer_line(json.dumps(case), ALL))


def test_an_eligible_case_has_its_figures_and_nothing_to_ask() -> None:
    answer = ask()
    assert answer["id"] == "x"
    assert answer["outcome"] == "eligible"
    assert (answer["rate"], answer["upper_limit_yen"], answer["eligible_cost_yen"]) == ("2/3", 1000, 900)
    assert (answer["uncapped_yen"], answer["subsidy_yen"], answer["applicant_class"]) == (600, 600, "small")
    assert (answer["failed"], answer["missing"], answer["ask"], answer["matters"], answer["changes"]) == (
        [],
        [],
        None,
        [],
        [],
    )
    assert [reason["verdict"] for reason in answer["reasons"]] == ["met"] * 4


def test_a_fraction_of_a_yen_is_dropped() -> None:
    assert ask(costs=[{"category": "machine", "amount_yen": 500, "unit_yen": 1}])["uncapped_yen"] == 333


def test_the_subsidy_stops_at_the_upper_limit() -> None:
    answer = ask(costs=[{"category": "machine", "amount_yen": 9000, "unit_yen": 1}])
    assert (answer["uncapped_yen"], answer["subsidy_yen"]) == (6000, 1000)


@pytest.mark.parametrize(("cost", "outcome", "subsidy"), [(150, "eligible", 100), (149, "not_eligible", 0)])
def test_a_subsidy_below_the_lower_limit_is_refused_and_on_it_is_granted(cost: int, outcome: str, subsidy: int) -> None:
    answer = ask(costs=[{"category": "machine", "amount_yen": cost, "unit_yen": 1}])
    assert (answer["outcome"], answer["subsidy_yen"]) == (outcome, subsidy)
    assert ("amount.too_low" in answer["failed"]) == (outcome == "not_eligible")


def test_a_definite_failure_outranks_what_is_missing() -> None:
    answer = ask(growth=2, big_owner="unknown")
    assert (answer["outcome"], answer["failed"], answer["missing"]) == ("not_eligible", ["plan.growth"], [])
    assert [change["to"] for change in answer["changes"][0]] == [3]


def test_absent_and_unknown_mean_the_same() -> None:
    facts = {name: value for name, value in FACTS_THAT_PASS.items() if name != "growth"}
    case = {"id": 1, "kind": "eligibility", "rule_set": "made/up/plain", "round": 2, "facts": facts}
    absent, unknown = assessor().answer(case, ALL), ask(growth="unknown")
    assert {**absent, "id": "x"} == unknown
    assert (unknown["outcome"], unknown["missing"], unknown["ask"]) == ("cannot_tell", ["growth"], "growth")


def test_the_number_of_staff_keeps_the_amount_open_although_every_requirement_is_met() -> None:
    answer = ask(staff="unknown")
    assert (answer["outcome"], answer["missing"], answer["failed"]) == ("cannot_tell", ["staff"], [])
    assert {reason["verdict"] for reason in answer["reasons"]} == {"met"}


def test_points_in_selection_are_counted_and_never_asked_for() -> None:
    assert ask()["bonus_items"] == 0
    assert ask(announced=True)["bonus_items"] == 1
    assert ask(announced=True)["outcome"] == ask(announced=False)["outcome"] == ask()["outcome"] == "eligible"


def test_a_date_that_the_round_gives_is_not_asked_for_and_a_stated_one_is_taken() -> None:
    assert ask(earlier_grant=None, granted_on="2022-02-21")["outcome"] == "eligible"
    assert ask(earlier_grant=None, granted_on="2022-02-22")["failed"] == ["history"]
    assert ask(earlier_grant=None, granted_on="2022-02-22", closes_on="2022-12-23")["outcome"] == "eligible"
    assert ask(earlier_grant=None, granted_on="2022-02-21", round_=1)["missing"] == ["closes_on"]


def test_a_round_in_which_the_frame_was_not_offered_fails_whatever_the_facts() -> None:
    answer = ask(round_=9, growth="unknown")
    assert (answer["outcome"], answer["failed"], answer["missing"]) == ("not_eligible", ["not_offered"], [])
    assert answer["reasons"][0]["code"] == "not_offered"


def test_a_placeholder_round_leaves_everything_open_and_asks_nothing() -> None:
    answer = ask(rule_set="made/up/special", round_=3)
    assert (answer["outcome"], answer["missing"], answer["ask"]) == ("cannot_tell", ["not_published"], None)


def test_a_rejected_application_is_looked_at_again_in_the_frame_that_the_rules_name() -> None:
    answer = ask("reexam", "made/up/special", rejected_in_frame=True)
    assert (answer["outcome"], answer["adopted_as"]) == ("eligible", "made/up/plain")
    assert ask("reexam", "made/up/special")["missing"] == ["rejected_in_frame"]
    assert ask("reexam", "made/up/special", rejected_in_frame=False)["adopted_as"] == "made/up/special"


def test_where_there_is_no_second_look_a_rejection_is_final() -> None:
    answer = ask("reexam", rejected_in_frame=True)
    assert (answer["outcome"], answer["failed"], answer["adopted_as"]) == ("not_eligible", ["again.never"], None)


def test_the_rate_falls_with_the_small_status_and_the_tier_stays() -> None:
    answer = ask("rate_change", staff_later=21)
    assert (answer["rate"], answer["upper_limit_yen"], answer["subsidy_yen"]) == ("1/2", 1000, 450)
    assert answer["subsidy_at_application_yen"] == 600


def test_the_rate_does_not_rise_after_adoption() -> None:
    answer = ask("rate_change", staff=21, staff_later=20)
    assert (answer["rate"], answer["subsidy_yen"], answer["subsidy_at_application_yen"]) == ("1/2", 450, 450)


def test_the_staff_at_the_final_inspection_are_missing_only_where_they_can_change_the_rate() -> None:
    assert ask("rate_change")["missing"] == ["staff_later"]
    assert ask("rate_change", staff=21)["missing"] == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "not_json"),
        ("nonsense", "not_json"),
        ('{"id": 1, "id": 2}', "not_json"),
        ("[" * 100_000, "not_json"),
        ('{"id": 1e999999999}', "not_json"),
        ('{"id": ' + "9" * 5000 + "}", "not_json"),
        ('{"id": 1.5}', "wrong_key"),
        ('{"id": [1]}', "wrong_key"),
        ('{"id": NaN}', "not_json"),
        ("[1]", "not_an_object"),
        ('{"id": 1}', "missing_key"),
        ('{"id": 1, "kind": "eligibility", "rule_set": "x", "round": 1.5, "facts": {}}', "wrong_key"),
        ('{"id": 1, "kind": "eligibility", "rule_set": "x", "round": 1, "facts": []}', "wrong_key"),
        ('{"id": 1, "kind": 1, "rule_set": "x", "round": 1, "facts": {}}', "wrong_key"),
        ('{"id": 1, "kind": "eligibility", "rule_set": 1, "round": 1, "facts": {}}', "wrong_key"),
        ('{"id": 1, "kind": "eligibility", "rule_set": "x", "round": true, "facts": {}}', "wrong_key"),
        ('{"id": 1, "kind": "guess", "rule_set": "made/up/plain", "round": 1, "facts": {}}', "unknown_kind"),
        ('{"id": 1, "kind": "eligibility", "rule_set": "x", "round": 1, "facts": {}}', "unknown_rule_set"),
        ('{"id": 1, "kind": "eligibility", "rule_set": "made/up/plain", "round": null, "facts": {}}', "round_needed"),
    ],
)
def test_a_line_that_is_not_a_case_gets_an_error_with_a_sentence_in_both_languages(line: str, code: str) -> None:
    answer = json.loads(assessor().answer_line(line))
    assert answer["error"]["code"] == code
    assert answer["error"]["message"]["ja"]
    assert answer["error"]["message"]["en"]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"staff": "20"}, "not_count"),
        ({"staff": 20.5}, "not_count"),
        ({"staff": True}, "not_count"),
        ({"staff": -1}, "too_small"),
        ({"staff": None}, "none_not_possible"),
        ({"capital": "1,000万円"}, "not_yen"),
        ({"big_owner": "no"}, "not_yes_no"),
        ({"big_owner": 0}, "not_yes_no"),
        ({"trade": "bank"}, "not_choice"),
        ({"growth": "much"}, "not_percent"),
        ({"growth": True}, "not_percent"),
        ({"growth": [3]}, "not_percent"),
        ({"trade": True}, "not_choice"),
        ({"submitted_at": "2022-13-01T00:00:00+09:00"}, "not_moment"),
        ({"submitted_at": "2022-12-01T24:00:00+09:00"}, "not_moment"),
        ({"submitted_at": 20221201}, "not_moment"),
        ({"granted_on": "2022-02-30"}, "not_date"),
        ({"granted_on": "22 December"}, "not_date"),
        ({"granted_on": "20221222"}, "not_date"),
        ({"granted_on": "9999-12-31"}, "not_date"),
        ({"growth": "1e999999"}, "not_percent"),
        ({"costs": 900}, "not_list"),
        ({"costs": [900]}, "not_row"),
        ({"costs": [{"price": 900}]}, "unknown_field"),
        ({"costs": [{"amount_yen": -1}]}, "too_small"),
    ],
)
def test_a_wrong_fact_is_an_error_on_its_line_that_says_what_would_be_right(
    facts: dict[str, object], reason: str
) -> None:
    case = {"id": 1, "kind": "eligibility", "rule_set": "made/up/plain", "round": 2, "facts": facts}
    answer = assessor().answer(case)
    assert answer["error"]["code"] == "wrong_fact"
    assert f"{reason}:" in answer["error"]["message"]["en"]


def test_all_wrong_facts_of_a_case_are_named_at_once() -> None:
    text = ask(staff=-1, growth="much", trade="bank")["error"]["message"]["en"]
    assert [code for code in ("too_small", "not_percent", "not_choice") if code in text] == [
        "too_small",
        "not_percent",
        "not_choice",
    ]


def test_a_moment_without_its_offset_is_refused() -> None:
    answer = ask("schedule", submitted_at="2022-12-22T17:00:00")
    assert "not_moment" in answer["error"]["message"]["en"]


def test_a_percentage_is_exact_however_many_decimals_it_has() -> None:
    case = '{"id": 1, "kind": "eligibility", "rule_set": "made/up/plain", "round": 2, "facts": {"growth": %s}}'
    line = case % "2.99999999999999999"
    assert json.loads(assessor().answer_line(line))["failed"] == ["plan.growth"]


def test_facts_that_the_rules_do_not_know_are_named_in_the_answer() -> None:
    assert ask(grwoth=3)["ignored"] == ["grwoth"]


def test_a_list_with_one_column_is_written_as_its_values() -> None:
    one_column = FactDefinition(
        "grants",
        Kind.LIST,
        "firm",
        WORDS,
        WORDS,
        fields=(RowField("grant", Kind.CHOICE, WORDS, (Choice("old", WORDS),)),),
    )
    rules = replace(book(), facts={**book().facts, "grants": one_column})
    facts, mistakes = read_facts(rules, {"grants": ["old", "new"]})
    assert [mistake.code for mistake in mistakes] == ["not_choice"]
    assert read_facts(rules, {"grants": ["old"]})[0] == {"grants": ({"grant": "old"},)}
    assert facts == {}


def test_a_character_that_no_encoding_has_comes_back_escaped() -> None:
    line = assessor().answer_line('{"id": "\\ud800", "kind": 1}')
    line.encode()
    assert json.loads(line)["id"] == "\ud800"


def test_while_nobody_knows_whether_it_was_rejected_only_what_holds_either_way_is_told() -> None:
    open_either_way = ask("reexam", "made/up/special", growth="unknown")
    assert (open_either_way["outcome"], open_either_way["adopted_as"]) == ("cannot_tell", None)
    assert set(open_either_way["missing"]) == {"growth", "rejected_in_frame"}
    assert ask("reexam", "made/up/special", growth=1)["failed"] == ["plan.growth"]
    assert ask("reexam", "made/up/plain", growth=1)["outcome"] == "not_eligible"


@pytest.mark.parametrize(("kind", "added"), [("reexam", "adopted_as"), ("rate_change", "subsidy_at_application_yen")])
def test_an_answer_has_all_its_keys_even_where_nothing_is_worked_out(kind: str, added: str) -> None:
    full = ask(kind, "made/up/special", rejected_in_frame=True, staff_later=20).keys()
    for round_ in (3, 9):
        assert full - ask(kind, "made/up/special", round_, rejected_in_frame=True).keys() == set()
    assert added in full


def test_the_switches_hold_for_dates_too() -> None:
    answer = ask("schedule")
    assert (answer["ask"], answer["matters"]) == ("submitted_at", ["submitted_at"])


def test_a_fact_that_there_always_is_has_no_words_for_none() -> None:
    with pytest.raises(ValueError, match="there is always a staff"):
        fact_value_text(book().facts["staff"], None)


def test_a_record_that_is_there_is_told_by_its_name_and_one_that_is_not_by_the_words_for_none() -> None:
    there, none = Text("認定計画", "certified plan"), Text("計画なし", "no plan")
    plan = replace(forms_book().facts["certificate"], label=there, none_label=none)
    assert fact_value_text(plan, True) == there
    assert fact_value_text(plan, None) == none


def read(**facts: JsonValue) -> tuple[Facts, list[tuple[str, Path]]]:
    known, mistakes = read_facts(forms_book(), facts)
    return known, [(one.code, one.at) for one in mistakes]


def test_what_no_column_is_called_is_named_in_the_order_of_the_row() -> None:
    names = ["zinc", "price", "name", "abacus", "model", "colour", "size", "amount"]
    row: dict[str, JsonValue] = {**dict.fromkeys(names, 1), "amount_yen": 5}
    _, mistakes = read(taken=[row])
    assert mistakes == [("unknown_field", ("taken", 0, name)) for name in names]


def test_the_parts_of_a_record_are_facts_of_their_own() -> None:
    known, mistakes = read(certificate={"granted": True, "growth": "unknown"})
    assert known == {"certificate": True, "certificate.granted": True}
    assert mistakes == []
    assert read(certificate=None) == ({"certificate": None}, [])
    assert read(certificate={}) == ({"certificate": True}, [])


@pytest.mark.parametrize(
    ("certificate", "code", "at"),
    [
        (True, "not_record", ("certificate",)),
        ({"given": True}, "unknown_field", ("certificate", "given")),
        ({"granted": "perhaps"}, "not_yes_no", ("certificate", "granted")),
        ({"granted": None}, "none_not_possible", ("certificate", "granted")),
        ({"growth": []}, "not_percent", ("certificate", "growth")),
    ],
)
def test_a_part_that_cannot_be_read_is_no_fact_and_named_by_its_record(
    certificate: JsonValue, code: str, at: Path
) -> None:
    known, mistakes = read(certificate=certificate)
    assert mistakes == [(code, at)]
    assert known.keys() <= {"certificate"}


def test_a_wrong_part_of_a_record_is_told_with_the_names_of_both() -> None:
    label = Text("伸び率", "growth rate")
    rules = forms_book()
    named = replace(rules.facts["certificate.growth"], label=label)
    (mistake,) = read_facts(
        book := replace(rules, facts={**rules.facts, named.name: named}), {"certificate": {"growth": "much"}}
    )[1]
    told = place_in_words(book, mistake)
    assert "growth rate" in told.en
    assert told.en.count("fact_and_reason") == 2


def test_rows_and_records_inside_of_a_record_are_refused() -> None:
    rules = forms_book()
    inner = {
        name: replace(rules.facts["certificate.growth"], name=f"certificate.{name}", kind=kind)
        for name, kind in (("rows", Kind.LIST), ("more", Kind.RECORD))
    }
    rules = replace(rules, facts={**rules.facts, **{one.name: one for one in inner.values()}})
    known, mistakes = read_facts(rules, {"certificate": {"rows": [], "more": {}}})
    assert known == {"certificate": True}
    assert [one.code for one in mistakes] == ["not_list", "not_record"]


def test_a_number_outside_of_what_a_fact_can_be_is_refused_and_on_the_border_taken() -> None:
    assert read(members=50) == ({"members": 50}, [])
    assert read(members=51) == ({}, [("too_large", ("members",))])
    assert read(members=0) == ({"members": 0}, [])
    assert read(members=-1) == ({}, [("too_small", ("members",))])


def test_a_text_with_half_of_a_character_is_written_as_it_can_be_read() -> None:
    written = write_json({"id": "\ud800あ"})
    assert written.isascii()
    assert json.loads(written) == {"id": "\ud800あ"}
    assert write_json({"id": "あ"}) == '{"id": "あ"}'


def test_a_message_without_one_of_its_parts_is_not_made() -> None:
    with pytest.raises(KeyError, match="saved_with_amount needs amount"):
        message(book().messages, "saved_with_amount", verdict="eligible")


def test_the_same_facts_are_read_once_and_equal_ones_of_another_kind_are_not_the_same() -> None:
    reader = CaseReader(book())
    case = {"kind": "eligibility", "rule_set": "made/up/plain", "round": 2}
    first = reader.read({**case, "facts": {"staff": 1}})
    assert reader.read({**case, "facts": {"staff": 1}}).facts is first.facts
    with pytest.raises(CaseError, match="not_count"):  # true is equal to 1, and is no number of people
        reader.read({**case, "facts": {"staff": True}})
