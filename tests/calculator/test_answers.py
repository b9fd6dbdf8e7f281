"""What other programs are told, in whole: every key of the contract, with its figures, for each kind of case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from calculator.answers import NO_SWITCHES, Switches, fact_value_text
from calculator.assess import Assessor
from calculator.evaluation import Facts
from calculator.expressions import Calculate, Constant, Fact, Not, Operation
from calculator.kinds import Kind
from calculator.rulebook import (
    Choice,
    LimitRange,
    OpenAward,
    PointLimit,
    RateCase,
    RateRange,
    RuleBook,
    SelectionItem,
)
from calculator.text import Text
from tests.calculator.made_book import FACTS_THAT_PASS, book
from tests.calculator.made_forms import BY_MEMBERS, HALF, TWO_THIRDS, at_least, award, frame, limit, lower, only, uplift
from tests.calculator.made_forms_book import FRAMES, MILLION, ROUND, forms_book
from tests.calculator.made_rules import PLACE, WORDS, requirement, yen

Told = Any  # JSON

EXPLAINED, ASKED, CHANGED = Switches(explain=True), Switches(next=True), Switches(changes=True)
WORDED = {"ja": "ことば", "en": "words"}
PLACED = {"source": "outline", "section": "第1章", "status": "printed"}
NOTHING_WORKED_OUT = {
    "applicant_class": None,
    "rate": None,
    "lower_limit_yen": None,
    "upper_limit_yen": None,
    "eligible_cost_yen": None,
    "uncapped_yen": None,
    "subsidy_yen": None,
    "bonus_items": 0,
    "deduction_items": 0,
}


def ask(
    kind: str,
    name: str,
    facts: Mapping[str, object],
    switches: Switches = NO_SWITCHES,
    *,
    of: RuleBook | None = None,
    round_: int = ROUND,
) -> Told:
    case = {"id": 7, "kind": kind, "rule_set": f"made/up/{name}", "round": round_, "facts": facts}
    answer = json.loads(Assessor(of or forms_book()).answer_line(json.dumps(case), switches))
    assert answer.pop("id") == 7
    return answer


def reason(code: str, verdict: str, **facts: object) -> Told:
    return {"code": code, "verdict": verdict, "text": WORDED, "citation": PLACED, "facts": facts}


def plain(**changed: Any) -> RuleBook:  # noqa: ANN401 - rules
    """Return the plain book with its frame `changed` in the second round."""
    rules = book()
    whole = rules.frames["made/up/plain"]
    rounds = {**whole.rounds, ROUND: replace(whole.rounds[ROUND], **changed)}
    return replace(rules, frames={**rules.frames, "made/up/plain": replace(whole, rounds=rounds)})


# --- one applicant ---


def test_an_applicant_is_told_the_outcome_and_every_figure() -> None:
    assert ask("eligibility", "plain", {**FACTS_THAT_PASS, "announced": True}) == {
        "outcome": "eligible",
        "failed": [],
        "missing": [],
        "applicant_class": "small",
        "rate": "2/3",
        "lower_limit_yen": 100,
        "upper_limit_yen": 1000,
        "eligible_cost_yen": 900,
        "uncapped_yen": 600,
        "subsidy_yen": 600,
        "bonus_items": 1,
        "deduction_items": 0,
    }


def test_a_frame_that_is_not_offered_is_refused_with_every_key_and_pays_nothing() -> None:
    refused = {**NOTHING_WORKED_OUT, "outcome": "not_eligible", "failed": ["not_offered"], "missing": [],
               "subsidy_yen": 0}  # fmt: skip
    assert ask("eligibility", "plain", {}, round_=9) == refused
    assert ask("eligibility", "plain", {}, EXPLAINED, round_=9) == {
        **refused,
        "reasons": [reason("not_offered", "not_met")],
    }
    assert ask("eligibility", "plain", {}, ASKED, round_=9) == {**refused, "ask": None, "matters": []}
    assert ask("eligibility", "plain", {}, CHANGED, round_=9) == {**refused, "changes": []}


def test_rules_that_are_not_published_leave_everything_open_with_every_key() -> None:
    left_open = {**NOTHING_WORKED_OUT, "outcome": "cannot_tell", "failed": [], "missing": ["not_published"]}
    assert ask("eligibility", "special", {}, round_=3) == left_open
    everything = Switches(explain=True, next=True, changes=True)
    assert ask("eligibility", "special", {}, everything, round_=3) == {
        **left_open,
        "reasons": [],
        "ask": None,
        "matters": [],
        "changes": [],
    }


RATE_PRINTED = RateRange(Fraction(1, 2), Fraction(2, 3), WORDS, PLACE)
LIMIT_PRINTED = LimitRange(MILLION, 6 * MILLION, WORDS, PLACE)
OF_RATE = {"rate_range": ["1/2", "2/3"]}
OF_LIMIT = {"upper_limit_range_yen": [MILLION, 6 * MILLION]}


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (OpenAward("law"), {}),
        (OpenAward("law", RATE_PRINTED), OF_RATE),
        (OpenAward("law", None, LIMIT_PRINTED), OF_LIMIT),
        (OpenAward("law", RATE_PRINTED, LIMIT_PRINTED), {**OF_RATE, **OF_LIMIT}),
    ],
)
def test_of_an_award_that_is_left_open_the_ranges_that_are_printed_are_told(printed: OpenAward, told: Told) -> None:
    left_open = replace(FRAMES["titled"], award=None, open_award=printed)
    answer = ask("eligibility", "titled", {"titles": ["own"]}, of=forms_book(titled=left_open))
    assert answer == {**NOTHING_WORKED_OUT, "outcome": "cannot_tell", "failed": [], "missing": ["law"], **told}


def test_a_limit_on_points_is_told_with_how_many_are_met_and_how_many_of_them_count() -> None:
    def point(code: str) -> SelectionItem:
        return SelectionItem(code, WORDS, WORDS, Fact("announced"), PLACE)

    bonuses = tuple(map(point, ("bonus.one", "bonus.two", "bonus.three")))
    minus = SelectionItem("minus", WORDS, WORDS, Not(Fact("big_owner")), PLACE)
    never = SelectionItem("never", WORDS, WORDS, Fact("big_owner"), PLACE)
    sentence, place = Text("二つまで", "no more than two"), replace(PLACE, section="第2章")
    limits = (
        PointLimit("two", WORDS, tuple(one.code for one in bonuses), 2, sentence, place),
        PointLimit("one", WORDS, ("minus", "never"), 1, WORDS, PLACE),
    )
    rules = plain(bonuses=bonuses, deductions=(minus, never), point_limits=limits)
    told = ask("eligibility", "plain", {**FACTS_THAT_PASS, "announced": True}, EXPLAINED, of=rules)
    assert (told["bonus_items"], told["deduction_items"]) == (2, 1)
    assert told["point_limits"] == [
        {
            "code": "two",
            "of": ["bonus.one", "bonus.two", "bonus.three"],
            "met": 3,
            "counted": 2,
            "text": sentence.to_json(),
            "citation": {**PLACED, "section": "第2章"},
        },
        {"code": "one", "of": ["minus", "never"], "met": 1, "counted": 1, "text": WORDED, "citation": PLACED},
    ]
    open_ = ask("eligibility", "plain", FACTS_THAT_PASS, EXPLAINED, of=rules)["point_limits"][0]
    assert (open_["met"], open_["counted"]) == (0, 0)


# --- what is asked next ---


def test_the_next_question_is_the_one_that_settles_most_and_all_that_matter_are_named() -> None:
    told = ask("eligibility", "plain", {"trade": "works", "big_owner": False, "earlier_grant": False}, ASKED)
    assert (told["missing"], told["ask"]) == (["staff", "growth", "costs"], "growth")
    assert told["matters"] == ["staff", "growth", "costs"]


def test_what_nobody_can_answer_is_missing_and_not_asked_for() -> None:
    by_law = forms_book(titled=replace(FRAMES["titled"], award=None, open_award=OpenAward("law")))
    told = ask("eligibility", "titled", {"titles": ["own"]}, ASKED, of=by_law)
    assert (told["missing"], told["ask"], told["matters"]) == (["law"], None, [])


def test_what_only_the_group_waits_for_is_asked_once_its_frame_is_settled() -> None:
    everything = ["members", "expert", "costs_by_member", "taken"]
    told = ask("consortium", "consortium", {}, ASKED)
    assert (told["ask"], told["matters"]) == ("members", everything)
    told = ask("consortium", "consortium", {"members": 2, "expert": True}, ASKED)
    assert (told["ask"], told["matters"]) == ("costs_by_member", everything[2:])


# --- a second look, and after adoption ---


def rejected(answer: object, name: str = "special", switches: Switches = NO_SWITCHES, **facts: object) -> Told:
    return ask("reexam", name, {**FACTS_THAT_PASS, "rejected_in_frame": answer, **facts}, switches)


@pytest.mark.parametrize(("answer", "frame"), [(False, "made/up/special"), (True, "made/up/plain")])
def test_an_application_is_adopted_in_the_frame_that_judges_it_last_if_it_is_eligible_there(
    answer: bool, frame: str
) -> None:
    assert rejected(answer)["adopted_as"] == frame
    refused = rejected(answer, growth=1)
    assert (refused["outcome"], refused["failed"], refused["adopted_as"]) == ("not_eligible", ["plan.growth"], None)


def test_a_rejection_that_is_final_is_told_with_its_reason() -> None:
    told = rejected(True, "plain", EXPLAINED)
    assert told == {
        **NOTHING_WORKED_OUT,
        "subsidy_yen": 0,
        "outcome": "not_eligible",
        "failed": ["again.never"],
        "missing": [],
        "reasons": [reason("again.never", "not_met")],
        "adopted_as": None,
    }


def test_what_fails_whether_it_was_rejected_or_not_is_refused_with_the_figures_that_both_have() -> None:
    """Where a second look has no frame, nothing is worked out in it; else both frames of the book pay alike."""
    told = rejected("unknown", growth=1)
    assert (told["outcome"], told["failed"], told["adopted_as"]) == ("not_eligible", ["plan.growth"], None)
    assert (told["rate"], told["uncapped_yen"], told["subsidy_yen"]) == ("2/3", 600, 0)
    final = rejected("unknown", "plain", big_owner=True, growth=1)
    assert final == {
        **NOTHING_WORKED_OUT,
        "subsidy_yen": 0,
        "outcome": "not_eligible",
        "failed": ["plan.growth", "owner"],
        "missing": [],
        "adopted_as": None,
    }


def without_growth(name: str) -> RuleBook:
    """Return the book in which one of its two frames does not ask for growth."""
    rules = book()
    frame = rules.frames[name]
    less = replace(frame.rounds[ROUND], requirements=frame.rounds[ROUND].requirements[1:])
    return replace(rules, frames={**rules.frames, name: replace(frame, rounds={ROUND: less})})


@pytest.mark.parametrize("name", ["made/up/plain", "made/up/special"])
def test_of_two_frames_that_refuse_only_what_fails_in_both_is_told(name: str) -> None:
    told = ask("reexam", "special", {**FACTS_THAT_PASS, "big_owner": True, "growth": 1}, of=without_growth(name))
    assert (told["outcome"], told["failed"]) == ("not_eligible", ["owner"])


@pytest.mark.parametrize("name", ["made/up/plain", "made/up/special"])
def test_what_matters_in_either_frame_is_asked_while_a_rejection_is_open(name: str) -> None:
    facts = {fact: value for fact, value in FACTS_THAT_PASS.items() if fact != "growth"}
    assert ask("reexam", "special", facts, ASKED, of=without_growth(name))["matters"] == ["rejected_in_frame", "growth"]


def test_while_a_rejection_is_open_it_is_asked_first_and_the_reasons_are_those_of_the_own_frame() -> None:
    facts = {name: value for name, value in FACTS_THAT_PASS.items() if name != "growth"}
    left_open = {
        **NOTHING_WORKED_OUT,
        "outcome": "cannot_tell",
        "failed": [],
        "missing": ["growth", "rejected_in_frame"],
        "adopted_as": None,
    }
    assert ask("reexam", "special", facts) == left_open
    asked = {"ask": "rejected_in_frame", "matters": ["rejected_in_frame", "growth"]}
    assert ask("reexam", "special", facts, ASKED) == {**left_open, **asked}
    explained = ask("reexam", "special", facts, EXPLAINED)
    assert explained["reasons"] == ask("eligibility", "special", facts, EXPLAINED)["reasons"]
    no_second = ask("reexam", "plain", facts, ASKED)
    assert (no_second["missing"], no_second["matters"]) == (asked["matters"][::-1], asked["matters"])


def test_where_nothing_is_published_the_rate_after_adoption_is_left_open() -> None:
    told = ask("rate_change", "special", {}, round_=3)
    assert (told["outcome"], told["missing"], told["subsidy_at_application_yen"]) == (
        "cannot_tell",
        ["not_published"],
        None,
    )


# --- changes ---


def changes(facts: Mapping[str, object], of: RuleBook, name: str = "plain") -> Told:
    return ask("eligibility", name, facts, CHANGED, of=of)["changes"]


def test_a_change_is_told_with_both_values_its_words_and_what_it_mends() -> None:
    assert changes({**FACTS_THAT_PASS, "growth": 1.5}, plain()) == [
        [
            {
                "fact": "growth",
                "from": 1.5,
                "to": 3,
                "text": {"ja": "change_ge: ことば 3%", "en": "change_ge: words 3%"},
                "for": [{"code": "plan.growth", "citation": PLACED}],
            }
        ]
    ]


def test_a_change_of_the_costs_is_worded_as_an_amount_to_be_spent() -> None:
    costs = [{"category": "machine", "amount_yen": 140, "unit_yen": 1}]
    assert changes({**FACTS_THAT_PASS, "costs": costs}, plain()) == [
        [
            {
                "fact": "costs",
                "from": 140,
                "to": 150,
                "text": {"ja": "change_cost_ge: 150円", "en": "change_cost_ge: 150 yen"},
                "for": [{"code": "amount.too_low", "citation": PLACED}],
            }
        ]
    ]


def with_facts(rules: RuleBook, **changed: Mapping[str, Any]) -> RuleBook:
    facts = {name: replace(rules.facts[name], **parts) for name, parts in changed.items()}
    return replace(rules, facts={**rules.facts, **facts})


def text(found: Told) -> str:
    ((change,),) = found
    return str(change["text"]["en"])


def test_a_yes_or_a_no_is_worded_by_the_sentence_of_its_fact_and_without_one_by_its_value() -> None:
    yes, no = Text("公表します。", "It is announced."), Text("公表しません。", "It is not announced.")
    without = forms_book(form=frame(award(only(HALF), limit(yen(1000)), lower(1)), Fact("announced")))
    negated = forms_book(form=frame(award(only(HALF), limit(yen(1000)), lower(1)), Not(Fact("announced"))))
    facts = {"cost": 900, "announced": False}
    assert text(changes(facts, without, "form")) == "change_eq: words yes"
    assert text(changes({**facts, "announced": True}, negated, "form")) == "change_eq: words no"
    for rules, told, before in ((without, yes, False), (negated, no, True)):
        worded = with_facts(rules, announced={"yes_sentence": yes, "no_sentence": no})
        assert text(changes({**facts, "announced": before}, worded, "form")) == f"change_so_that: {told.en}"


def test_a_record_that_should_be_there_is_worded_by_its_name() -> None:
    named = {"changeable": True, "label": Text("認定", "certificate")}
    pays = award(only(HALF), limit(yen(1000)), lower(1))
    granted = with_facts(forms_book(form=frame(pays, Fact("certificate.granted"))), certificate=named)
    assert text(changes({"cost": 900, "certificate": None}, granted, "form")) == "change_record: certificate"


def test_a_change_of_the_rate_is_told_to_mend_the_limit_that_depends_on_it_and_no_other() -> None:
    """Announced, two thirds are paid and not half, so that the least amount is reached."""
    rates = (RateCase(Fact("announced"), TWO_THIRDS, WORDS, PLACE), *only(HALF))
    grown, small = at_least(Fact("growth"), Kind.PERCENT, Fraction(3)), at_least(Fact("staff"), Kind.COUNT, 1)
    rules = forms_book(form=frame(award(rates, limit(yen(1000)), lower(100)), grown, small))
    (both,) = changes({"cost": 180, "announced": False, "growth": 2, "staff": 5}, rules, "form")
    mended = {one["fact"]: [condition["code"] for condition in one["for"]] for one in both}
    assert mended == {"growth": ["made.0"], "announced": ["amount.too_low"]}


def test_a_change_of_the_upper_limit_is_told_to_mend_the_lower_one() -> None:
    """An expert lifts the limit of one member over the least amount, of which no requirement says a word."""
    pays = award(only(HALF), limit(BY_MEMBERS, uplift(300_000)), lower(600_000))
    rules = with_facts(forms_book(form=frame(pays)), expert={"changeable": True})
    ((change,),) = changes({"cost": 10 * MILLION, "members": 1, "expert": False}, rules, "form")
    assert (change["fact"], [one["code"] for one in change["for"]]) == ("expert", ["amount.too_low"])


def test_what_is_worked_out_is_worded_by_the_requirement_that_it_fails() -> None:
    wages = Calculate(Operation.MULTIPLY, Fact("members"), Constant(Kind.COUNT, 3))
    met, failing = (
        replace(requirement(code, condition), sentence=Text(code, code))
        for code, condition in (
            ("met", at_least(Fact("members"), Kind.COUNT, 2)),
            ("failing", at_least(wages, Kind.COUNT, 100)),
        )
    )
    form = replace(frame(award(only(HALF), limit(yen(1000)), lower(1))), requirements=(met, failing))
    rules = with_facts(forms_book(form=form), members={"changeable": True})
    ((change,),) = changes({"cost": 900, "members": 10}, rules, "form")
    assert (change["from"], change["to"], change["text"]["en"]) == (10, 34, "change_so_that: failing")
    assert [one["code"] for one in change["for"]] == ["failing"]


def test_changes_are_told_also_where_the_award_is_left_open() -> None:
    grown = at_least(Fact("growth"), Kind.PERCENT, Fraction(3))
    form = replace(frame(award(only(HALF), limit(yen(1)), lower(1)), grown), award=None, open_award=OpenAward("law"))
    assert text(changes({"growth": 2}, forms_book(form=form), "form")) == "change_ge: words 3%"


def test_a_choice_is_told_by_its_own_label() -> None:
    shop, works = (Choice(name, Text(name, f"a {name}")) for name in ("shop", "works"))
    trade = replace(book().facts["trade"], choices=(shop, works))
    assert [fact_value_text(trade, one.name).en for one in (shop, works)] == ["a shop", "a works"]


# --- several applicants, several awards ---


def rows(*amounts: int, **more: object) -> list[Told]:
    return [{**more, "amount_yen": amount} for amount in amounts]


def test_a_joint_application_is_told_its_sums_and_what_it_fails() -> None:
    group = rows(3 * MILLION, 8 * MILLION, type="sme")
    assert ask("joint", "group", {"group": group}) == {
        "outcome": "eligible",
        "failed": [],
        "missing": [],
        "requested_total_yen": 11 * MILLION,
        "payable_total_yen": 10 * MILLION,
        "upper_limit_yen": 10 * MILLION,
    }
    refused = ask("joint", "group", {"group": rows(3 * MILLION, type="npo")})
    assert (refused["outcome"], refused["failed"], refused["payable_total_yen"]) == (
        "not_eligible",
        ["joint.half", "joint.npo"],
        0,
    )
    left_open = ask("joint", "group", {}, ASKED)
    assert (left_open["missing"], left_open["payable_total_yen"], left_open["ask"]) == (["group"], None, "group")


def test_a_consortium_is_told_its_limits_and_what_each_member_gets() -> None:
    facts = {
        "members": 2,
        "expert": True,
        "costs_by_member": rows(3 * MILLION, 50 * MILLION),
        "taken": rows(0, MILLION),
    }
    assert ask("consortium", "consortium", facts) == {
        "outcome": "eligible",
        "failed": [],
        "missing": [],
        "rate": "1/2",
        "per_member_cap_yen": 20_300_000,
        "pool_yen": 4 * MILLION,
        "group_cap_yen": 44_600_000,
        "member_subsidies_yen": [1_500_000, 21_300_000],
        "total_subsidy_yen": 22_800_000,
    }
    alone = ask("consortium", "consortium", {**facts, "members": 1})
    assert (alone["outcome"], alone["failed"]) == ("not_eligible", ["made.0"])


def test_of_a_consortium_of_which_nothing_is_known_only_the_rate_is_told() -> None:
    assert ask("consortium", "consortium", {}) == {
        "outcome": "cannot_tell",
        "failed": [],
        "missing": ["members", "expert", "costs_by_member", "taken"],
        "rate": "1/2",
        **dict.fromkeys(("per_member_cap_yen", "pool_yen", "group_cap_yen", "member_subsidies_yen")),
        "total_subsidy_yen": None,
    }
    by_law = replace(FRAMES["consortium"], award=None, open_award=OpenAward("law"))
    assert ask("consortium", "consortium", {}, of=forms_book(consortium=by_law))["rate"] is None


TOGETHER = {"cost": 10 * MILLION, "titles": ["own"], "certificate": None}


def test_awards_had_together_are_told_one_by_one_and_in_sum() -> None:
    assert ask("tiered", "together", {**TOGETHER, "cost": 30 * MILLION}) == {
        "outcome": "eligible",
        "failed": [],
        "missing": [],
        "one_subsidy_yen": 10 * MILLION,
        "two_subsidy_yen": 10 * MILLION,
        "total_subsidy_yen": 20 * MILLION,
    }


def test_while_one_award_is_open_so_is_the_sum_of_all() -> None:
    told = ask("tiered", "together", {name: TOGETHER[name] for name in ("cost", "titles")})
    assert (told["outcome"], told["missing"]) == ("cannot_tell", ["certificate"])
    assert (told["one_subsidy_yen"], told["two_subsidy_yen"], told["total_subsidy_yen"]) == (5 * MILLION, None, None)


def test_one_award_that_fails_outranks_another_that_is_open_and_a_failure_of_both_is_told_once() -> None:
    told = ask("tiered", "together", {"cost": 10 * MILLION, "titles": []})
    assert (told["outcome"], told["failed"], told["missing"]) == ("not_eligible", ["made.0"], ["certificate"])
    both = ask("tiered", "together", {**TOGETHER, "cost": MILLION})
    assert both["failed"] == ["amount.too_low"]
    assert (both["one_subsidy_yen"], both["two_subsidy_yen"], both["total_subsidy_yen"]) == (0, 0, 0)


def test_awards_had_together_are_explained_and_asked_about_together() -> None:
    facts = {"cost": 10 * MILLION, "titles": ["own"]}
    asked = ask("tiered", "together", facts, ASKED)
    assert (asked["ask"], asked["matters"]) == ("certificate", ["certificate"])
    assert "reasons" not in asked
    enough = {"cost": 10 * MILLION}
    reasons = [reason("made.0", "met", titles=[{"title": "own"}]), *[reason("amount.too_low", "met", **enough)] * 2]
    assert ask("tiered", "together", facts, EXPLAINED)["reasons"] == reasons


def test_one_change_is_told_that_helps_all_awards_had_together() -> None:
    rules = with_facts(forms_book(), cost={"changeable": True})
    told = ask("tiered", "together", {**TOGETHER, "cost": MILLION}, CHANGED, of=rules)
    ((change,),) = told["changes"]
    assert (change["fact"], change["to"]) == ("cost", 2 * MILLION)
    assert {one["code"] for one in change["for"]} == {"amount.too_low"}


def test_awards_cannot_be_had_together_while_the_rules_of_one_are_not_published() -> None:
    later = replace(FRAMES["titled"], award=None, requirements=(), open_points=("not_published",), clawback=None)
    told = ask("tiered", "together", TOGETHER, of=forms_book(titled=later))
    assert told["error"]["code"] == "kind_not_possible"


# --- after the award ---


def test_a_repayment_is_told_by_its_parts_its_reason_and_what_was_assumed() -> None:
    facts = {"missed": 1, "paid": 7 * MILLION, "back": MILLION, "met": True}
    told = {
        "clawback": {"one_yen": 2_333_333, "two_yen": 0, "total_yen": 3_333_333, "reason": "one_missed"},
        "missing": [],
        "assumed": ["plea"],
    }
    assert ask("clawback", "titled", facts) == told
    added = {"ask": "plea", "matters": ["plea"]}
    assert ask("clawback", "titled", facts, ASKED) == {**told, **added}
    reasons = [reason(code, "met") for code in ("one_missed", "few")]
    assert ask("clawback", "titled", facts, EXPLAINED) == {**told, "reasons": reasons}


def test_of_a_repayment_that_is_open_no_figure_is_told() -> None:
    assert ask("clawback", "titled", {}) == {
        "clawback": {"one_yen": None, "two_yen": None, "total_yen": None, "reason": None},
        "missing": ["missed", "paid"],
        "assumed": ["met", "plea", "back"],
    }


# --- dates ---


def test_dates_are_told_as_iso_8601_writes_them_and_what_is_no_fact_is_not_asked_for() -> None:
    window = {"opens": "2022-11-07T17:00:00+09:00", "deadline": "2022-12-22T17:00:00+09:00"}
    assert ask("schedule", "plain", {"gbizid_requested_on": "2022-12-01"}, ASKED) == {
        "outcome": "cannot_tell",
        "missing": ["account_arrival"],
        **window,
        "expected_from": "2022-12-15",
        "expected_until": "2022-12-22",
        "ask": None,
        "matters": [],
    }
    assert ask("schedule", "plain", {"submitted_at": "2022-12-22T17:00:00+09:00"}) == {
        "outcome": "in_time",
        "missing": [],
        **window,
        "expected_from": None,
        "expected_until": None,
    }
    assert ask("schedule", "plain", {}, EXPLAINED)["reasons"] == []


def test_a_moment_of_another_round_is_nobodys_deadline_in_one_without_dates() -> None:
    rules = book()
    frame = rules.frames["made/up/plain"]
    rounds = {**frame.rounds, 1: replace(frame.rounds[1], other_moments=())}
    of = replace(rules, frames={**rules.frames, "made/up/plain": replace(frame, rounds=rounds)})
    outcomes = [
        ask("schedule", "plain", {"date": f"2020-02-{day}T17:00:00+09:00"}, of=of, round_=1)["outcome"]
        for day in (14, 15)
    ]
    assert outcomes == ["not_an_applicant_deadline", "cannot_tell"]


# --- one assessor, many cases ---


def test_what_is_kept_of_one_case_is_not_taken_for_another() -> None:
    """Rounds give dates of their own, and each frame and kind of case is made ready by itself."""
    unconfirmed = plain(unconfirmed=("lowest_wage",))
    earlier = {**FACTS_THAT_PASS, "earlier_grant": None, "granted_on": "2022-02-22"}
    cases = [
        {"id": "", "kind": kind, "rule_set": f"made/up/{name}", "round": round_, "facts": facts}
        for facts in (earlier, FACTS_THAT_PASS)
        for kind in ("eligibility", "rate_change", "schedule", "eligibility")
        for name in ("plain", "special")
        for round_ in (2, 1, 9, 3)
    ]
    lines = [json.dumps(case) for case in cases]
    alone = [Assessor(unconfirmed).answer_line(line, EXPLAINED) for line in lines]
    for order in (lines, lines[::-1]):
        together = Assessor(unconfirmed)
        answers = dict(zip(order, [together.answer_line(line, EXPLAINED) for line in order], strict=True))
        assert [answers[line] for line in lines] == alone


def test_an_applicant_is_measured_once_for_all_rules_that_give_the_same_dates() -> None:
    assessor = Assessor(book())
    rounds = [assessor.rules("made/up/plain", round_) for round_ in (1, 2)]
    without, with_dates = (one for one in rounds if one is not None)
    special = assessor.rules("made/up/special", 2)
    assert special is not None
    facts: Facts = {"staff": 5}
    known = assessor.known_facts(with_dates, facts)
    assert known is assessor.known_facts(with_dates, facts) is assessor.known_facts(special, facts)
    assert known is not assessor.known_facts(without, facts)
    assert assessor.known_facts(with_dates, {"staff": 6}) is not known


def test_what_is_not_confirmed_of_any_frame_that_an_answer_rests_on_is_named_once() -> None:
    names = {"together": ("both", "only_whole"), "titled": ("both", "only_titled"), "certified": ("only_certified",)}
    of = forms_book(**{name: replace(FRAMES[name], unconfirmed=some) for name, some in names.items()})
    told = ask("tiered", "together", TOGETHER, of=of)
    assert told["unconfirmed"] == ["both", "only_whole", "only_titled", "only_certified"]
    second = plain(unconfirmed=("lowest_wage",))
    assert ask("reexam", "special", FACTS_THAT_PASS, of=second)["unconfirmed"] == ["lowest_wage"]


# --- what is no case ---


@pytest.mark.parametrize(
    ("changed", "code", "words"),
    [
        ({"id": [1]}, "wrong_key", "id"),
        ({"kind": "guess"}, "unknown_kind", "guess"),
        ({"rule_set": "made/up/nothing"}, "unknown_rule_set", "made/up/nothing"),
        ({"round": None}, "round_needed", "made/up/plain"),
        ({"kind": "joint"}, "kind_not_possible", "joint made/up/plain"),
    ],
)
def test_what_cannot_be_answered_is_told_by_its_name(changed: Told, code: str, words: str) -> None:
    case = {"id": "", "kind": "eligibility", "rule_set": "made/up/plain", "round": ROUND, "facts": {}, **changed}
    told = json.loads(Assessor(book()).answer_line(json.dumps(case)))
    message = f"{code}: {words}"
    assert told == {
        "id": None if changed.keys() == {"id"} else "",
        "error": {"code": code, "message": {"ja": message, "en": message}},
    }


def test_a_line_that_is_no_json_has_no_id_and_is_told_so() -> None:
    message = {"ja": "not_json: ", "en": "not_json: "}
    told = json.loads(Assessor(book()).answer_line("{"))
    assert told == {"id": None, "error": {"code": "not_json", "message": message}}
