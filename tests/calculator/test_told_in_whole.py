"""What the page is told, in whole: every key that docs/architecture.md promises, with its words, figures and place.

In the made-up book a sentence is its code and its parts in the order of their names, so that what was put where shows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from calculator import browser
from calculator.codec import rule_book_json
from calculator.entries import Entry
from calculator.expressions import Aggregate, Aggregation, Calculate, Constant, Fact, OpenPoint, Operation
from calculator.kinds import Kind
from calculator.rulebook import (
    Choice,
    FactGroup,
    LaterStep,
    PointLimit,
    Rate,
    RuleBook,
    ScheduledDay,
    SelectionItem,
    Slice,
)
from calculator.text import Text
from tests.calculator.made_book import OPENS, book
from tests.calculator.made_forms import (
    CLAWBACK,
    CONSORTIUM,
    FIXED,
    HALF,
    IT_SLICES,
    TWO_THIRDS,
    award,
    case,
    frame,
    limit,
    lower,
    only,
)
from tests.calculator.made_forms import at_least as more
from tests.calculator.made_forms_book import FRAMES, MILLION, ROUND, TITLES, forms_book
from tests.calculator.made_rules import PLACE, WORDS, requirement, yen
from tests.calculator.test_browser_door import FILLED

Told = Any  # JSON

WORDED = WORDS.to_json()
PRINTED = {"ja": "status_printed: ", "en": "status_printed: "}
PLACED = {
    "source": "outline",
    "title": WORDED,
    "section": PLACE.section,
    "place": PLACE.place,
    "status": "printed",
    "status_text": PRINTED,
}
ELSEWHERE = replace(PLACE, section="第2章")
PLACED_ELSEWHERE = {**PLACED, "section": "第2章", "place": ELSEWHERE.place}


def said(code: str, *parts: Text | str) -> dict[str, str]:
    """Return a sentence of the made-up book: its code and its parts."""
    each = [part if isinstance(part, Text) else Text(part, part) for part in parts]
    return {language: f"{code}: {' '.join(part.to_json()[language] for part in each)}" for language in ("ja", "en")}


def money(amount: int) -> Text:
    whole, rest = divmod(amount, 10_000)
    return Text(f"{amount:,}円" if rest or not whole else f"{whole:,}万円", f"{amount:,} yen")


def judge(rules: RuleBook, answers: Mapping[str, Entry], *names: str, **more: object) -> Told:
    browser.load(rule_book_json(rules))
    request = {"rule_sets": [f"made/up/{name}" for name in names], "round": ROUND, "answers": answers, **more}
    return json.loads(browser.judge(json.dumps(request)))


def of_frame(rules: RuleBook, answers: Mapping[str, Entry], name: str) -> Told:
    (found,) = judge(rules, answers, name)["frames"]
    return found


def plain(**changed: object) -> RuleBook:
    """Return the plain book, the rules of its plain frame in its second round `changed`."""
    rules = book()
    frame = rules.frames["made/up/plain"]
    rounds = {**frame.rounds, ROUND: replace(frame.rounds[ROUND], **changed)}  # type: ignore[arg-type]
    return replace(rules, frames={**rules.frames, "made/up/plain": replace(frame, rounds=rounds)})


def figure(name: str, value: Text | None) -> Told:
    shown = said("figure_not_known") if value is None else value.to_json()
    return {"name": name, "label": said(f"figure_{name}"), "value": shown, "is_known": value is not None}


def reason(code: str, verdict: str, yours: Told) -> Told:
    return {
        "code": code,
        "label": WORDED,
        "verdict": verdict,
        "verdict_text": said(verdict),
        "text": WORDED,
        "yours": yours,
        "citation": PLACED,
    }


HALF_PAID = Text("1/2", "1/2")
TWO_THIRDS_PAID = Text("2/3", "2/3")


def test_what_an_applicant_is_told_in_whole() -> None:
    told = judge(book(), {**FILLED, "announced": "yes"}, "special")
    (found,) = told.pop("frames")
    del found["pictures"]
    pays = [figure("subsidy_yen", money(600)), figure("rate", TWO_THIRDS_PAID), figure("upper_limit_yen", money(1000))]
    three = [said("yours", WORDS, WORDS), said("yours", WORDS, Text("20人", "20 employees"))]
    rows = said("yours_rows", "1", WORDS, money(900))
    assert found == {
        "rule_set": "made/up/special",
        "name": {"ja": "special", "en": "special"},
        "outcome": "eligible",
        "verdict": said("verdict_eligible"),
        "meaning": [said("meaning_eligible"), said("meaning_own_share", money(300))],
        "figures": [
            *pays,
            figure("lower_limit_yen", money(100)),
            figure("eligible_cost_yen", money(900)),
            figure("own_share_yen", money(300)),
        ],
        "arithmetic": [
            {"text": said("sum_eligible_cost", money(900)), "citation": PLACED},
            {"text": said("sum_uncapped", money(900), TWO_THIRDS_PAID, money(600)), "citation": PLACED},
            {"text": said("sum_within_limit", money(1000), money(600)), "citation": PLACED},
            {"text": said("sum_own_share", money(900), money(300), money(600)), "citation": None},
        ],
        "reasons": [
            reason("plan.growth", "met", said("yours", WORDS, "3%")),
            reason("owner", "met", said("yours", WORDS, Text("いいえ", "no"))),
            reason("history", "met", said("yours", WORDS, Text("いいえ", "no"))),
            reason("amount.too_low", "met", in_turn(*three, rows)),
        ],
        "missing": [],
        "ask": None,
        "changes": [],
        "selection": [point("bonus", "met", "point_counts")],
        "reexamination": {
            "text": WORDED,
            "citation": PLACED,
            "frame": {
                "rule_set": "made/up/plain",
                "round": ROUND,
                "name": {"ja": "plain", "en": "plain"},
                "outcome": "eligible",
                "verdict": said("verdict_eligible"),
                "figures": pays,
                "open_questions": 0,
                "failed": [],
            },
        },
        "repayment": None,
    }
    assert told["interview"] == {"ask": None, "left": 0}
    values = [WORDED, WORDED, Text("20人", "20 employees").to_json(), *[Text("いいえ", "no").to_json()] * 2]
    row = in_turn(WORDED, said("yours", WORDS, money(900)), said("yours", WORDS, money(900)))
    assert told["given"] == [
        {"question": name, "label": WORDED, "values": [value]}
        for name, value in zip(
            ("trade", "capital", "staff", "big_owner", "earlier_grant", "growth", "announced", "costs"),
            (*values, {"ja": "3%", "en": "3%"}, {"ja": "はい", "en": "yes"}, row),
            strict=True,
        )
    ]


def in_turn(*texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts one after the other, as the made-up book joins them."""
    first, *rest = texts
    joined = dict(first)
    for text in rest:
        joined = {language: f"two_words: {joined[language]} {text[language]}" for language in joined}
    return joined


def point(kind: str, verdict: str, words: str) -> Told:
    return {"kind": kind, "label": WORDED, "verdict": verdict, "verdict_text": said(words), "citation": PLACED}


def test_what_is_still_open_is_told_in_whole() -> None:
    unclear = Text("未定", "unclear")
    requirements = (*book().frames["made/up/plain"].rounds[ROUND].requirements, requirement("open", OpenPoint("why")))
    rules = replace(plain(requirements=requirements), open_points={"why": unclear})
    found = of_frame(rules, {**FILLED, "staff": ""}, "plain")
    assert (found["ask"], found["verdict"]) == ("staff", said("verdict_cannot_tell"))
    assert found["meaning"] == [said("meaning_cannot_tell")]
    assert found["missing"] == [
        {"fact": "staff", "is_open_point": False, "label": WORDED},
        {"fact": "why", "is_open_point": True, "label": unclear.to_json()},
    ]
    assert found["figures"] == [
        figure("subsidy_yen", None),
        figure("rate", None),
        figure("upper_limit_yen", None),
        figure("lower_limit_yen", money(100)),
        figure("eligible_cost_yen", money(900)),
        figure("own_share_yen", None),
    ]
    assert found["selection"] == [point("bonus", "cannot_tell", "point_open")]


def test_what_fails_is_told_with_what_would_have_to_change_and_the_whole_cost_as_the_own_share() -> None:
    answers = {**FILLED, "growth": "2", "announced": "no"}
    found = of_frame(book(), answers, "plain")
    assert found["changes"] == [[{"fact": "growth", "text": said("change_ge", WORDS, "3%")}]]
    assert found["reasons"][0] == reason("plan.growth", "not_met", said("yours", WORDS, "2%"))
    assert found["figures"][0] == figure("subsidy_yen", money(0))
    assert found["figures"][-1] == figure("own_share_yen", money(900))
    assert found["arithmetic"][-1] == {"text": said("sum_refused"), "citation": None}
    assert found["selection"] == [point("bonus", "not_met", "point_does_not_count")]
    (failed,) = of_frame(book(), answers, "special")["reexamination"]["frame"]["failed"]
    assert failed == WORDED


def test_what_is_counted_or_added_up_is_changed_so_that_the_requirement_holds() -> None:
    rules = replace(forms_book(), facts={**forms_book().facts, "titles": replace(TITLES, changeable=True)})
    found = of_frame(rules, {"cost": "1000万円", "titles": "none"}, "titled")
    assert found["changes"] == [[{"fact": "titles", "text": said("change_so_that", WORDS)}]]


def test_a_sum_above_the_limit_is_told_to_be_cut_and_one_below_the_least_not_to_be_paid() -> None:
    rows = {amount: [{"category": "machine", "amount_yen": amount, "unit_yen": ""}] for amount in ("1600", "149")}
    cut = of_frame(book(), {**FILLED, "costs": rows["1600"]}, "plain")["arithmetic"]
    assert cut[2] == {"text": said("sum_capped", money(1000), money(1066)), "citation": PLACED}
    assert cut[3]["text"] == said("sum_own_share", money(1600), money(600), money(1000))
    little = of_frame(book(), {**FILLED, "costs": rows["149"]}, "plain")
    assert little["arithmetic"][2:] == [
        {"text": said("sum_within_limit", money(1000), money(99)), "citation": PLACED},
        {"text": said("sum_below_lower_limit", money(100), money(99)), "citation": PLACED},
    ]


def test_a_sum_on_a_limit_is_within_it_and_one_on_the_least_is_paid() -> None:
    for cost, paid in ((1500, 1000), (150, 100)):
        rows = [{"category": "machine", "amount_yen": str(cost), "unit_yen": ""}]
        assert of_frame(book(), {**FILLED, "costs": rows}, "plain")["arithmetic"][2:] == [
            {"text": said("sum_within_limit", money(1000), money(paid)), "citation": PLACED},
            {"text": said("sum_own_share", money(cost), money(cost - paid), money(paid)), "citation": None},
        ]


def test_an_award_without_a_least_has_a_sum_and_tells_that_there_is_none() -> None:
    rules = forms_book(titled=frame(award(only(HALF), limit(yen(10 * MILLION)))))
    found = of_frame(rules, {"cost": "1円"}, "titled")
    assert found["arithmetic"][2] == {
        "text": said("sum_within_limit", money(10 * MILLION), money(0)),
        "citation": PLACED,
    }
    assert found["figures"][3] == {**figure("lower_limit_yen", None), "value": said("figure_not_printed")}


def test_a_rate_of_several_parts_is_told_with_every_border() -> None:
    rules = forms_book(titled=frame(award(only(IT_SLICES), limit(yen(10 * MILLION)), lower(1))))
    found = of_frame(rules, {"cost": "100万"}, "titled")
    first = said("rate_slice_to", money(500_000), "3/4")
    second = said("rate_slice_between", money(500_000), money(3_500_000), "2/3")
    rate = in_parts(first, second)
    assert found["figures"][1]["value"] == rate
    # 500,000 yen for the first 666,666 2/3 yen, and two thirds of the rest
    assert found["arithmetic"][1] == {
        "text": said("sum_uncapped_in_slices", money(MILLION), Text(**rate), money(722_222)),
        "citation": PLACED,
    }


def in_parts(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    return {one: f"rate_of_subsidy: rate_slices: {first[one]} {second[one]}" for one in first}


def test_a_part_of_a_rate_without_an_end_and_an_award_that_is_fixed_are_told_so() -> None:
    open_ended = Rate((*IT_SLICES.slices[:1], Slice(Fraction(1, 2))))
    for rate, told in (
        (
            open_ended,
            in_parts(said("rate_slice_to", money(500_000), "3/4"), said("rate_slice_from", money(500_000), "1/2")),
        ),
        (FIXED, said("rate_fixed")),
    ):
        rules = forms_book(titled=frame(award(only(rate), limit(yen(10 * MILLION)))))
        assert of_frame(rules, {}, "titled")["figures"][1]["value"] == told


def test_costs_that_do_not_count_are_told_with_their_names_and_their_sum() -> None:
    pays = book().frames["made/up/plain"].rounds[ROUND].award
    assert pays is not None
    assert pays.eligible_costs is not None
    machine, software, other = (Text(name, name) for name in ("machine", "software", "other"))
    category, *amounts = book().facts["costs"].fields
    choices = tuple(Choice(name.en, name) for name in (machine, software, other))
    costs = replace(book().facts["costs"], fields=(replace(category, choices=choices), *amounts))
    only_machines = replace(pays, eligible_costs=replace(pays.eligible_costs, categories=("machine",)))
    rules = replace(plain(award=only_machines), facts={**book().facts, "costs": costs})
    rows = [
        {"category": category, "amount_yen": amount, "unit_yen": ""}
        for category, amount in (("other", "50"), ("machine", "900"), ("software", "7"), ("other", "1"))
    ]
    found = of_frame(rules, {**FILLED, "costs": rows}, "plain")
    names = Text(**in_turn(other.to_json(), software.to_json()))
    assert found["arithmetic"][0] == {"text": said("sum_left_out", names, money(58)), "citation": PLACED}


def test_what_is_above_the_most_that_counts_of_one_cost_is_told_with_its_sum() -> None:
    pays = book().frames["made/up/plain"].rounds[ROUND].award
    assert pays is not None
    assert pays.eligible_costs is not None
    for most, told in ((400, [said("sum_cut_off", money(150), WORDS, money(400))]), (500, [])):
        total = Aggregate(Aggregation.SUM, "costs", "amount_yen", None, most)
        limited = replace(pays, eligible_costs=replace(pays.eligible_costs, total=total))
        rows = [{"category": "machine", "amount_yen": amount, "unit_yen": ""} for amount in ("500", "400", "450", "1")]
        found = of_frame(plain(award=limited), {**FILLED, "costs": rows}, "plain")
        lines = [line["text"] for line in found["arithmetic"]]
        assert lines[: len(told)] == told
        assert lines[len(told)] == said("sum_eligible_cost", money(1201 if told else 1351))


def test_names_in_a_list_are_told_one_after_the_other() -> None:
    own, other = Text("自己", "own"), Text("他", "other")
    (column,) = TITLES.fields
    titles = replace(TITLES, fields=(replace(column, choices=(Choice("own", own), Choice("other", other))),))
    rules = replace(forms_book(), facts={**forms_book().facts, "titles": titles})
    found = of_frame(rules, {"titles": [{"title": "own"}, {"title": "other"}]}, "titled")
    names = Text(**in_turn(own.to_json(), other.to_json()))
    assert found["reasons"][0] == reason("made.0", "met", said("yours", WORDS, names))


# --- points of the selection ---

POINTS = tuple(SelectionItem(f"point.{name}", WORDS, WORDS, Fact("announced"), PLACE) for name in "abc")
MINUS = SelectionItem("minus", WORDS, WORDS, Fact("big_owner"), PLACE)


def at_most(count: int, of: Sequence[SelectionItem]) -> PointLimit:
    return PointLimit("most", Text("上限", "most"), tuple(one.code for one in of), count, WORDS, ELSEWHERE)


@pytest.mark.parametrize(
    ("announced", "most", "verdict", "words"),
    [
        ("yes", 2, "met", said("point_limit_reached", "3", "2")),
        ("yes", 3, "met", said("point_limit_not_reached")),
        ("", 2, "cannot_tell", said("point_open")),
        ("", 3, "met", said("point_limit_not_reached")),
        ("no", 2, "met", said("point_limit_not_reached")),
    ],
)
def test_a_limit_on_points_says_whether_more_are_met_or_still_may_be(
    announced: str, most: int, verdict: str, words: Told
) -> None:
    rules = plain(bonuses=POINTS, deductions=(MINUS,), point_limits=(at_most(most, POINTS), at_most(1, [MINUS])))
    *each, on_points, on_deductions = of_frame(rules, {**FILLED, "announced": announced}, "plain")["selection"]
    assert [one["kind"] for one in each] == ["bonus", "bonus", "bonus", "deduction"]
    assert each[-1] == point("deduction", "not_met", "point_does_not_count")
    assert on_points == {
        "kind": "bonus",
        "label": said("point_limit", Text("上限", "most"), WORDS),
        "verdict": verdict,
        "verdict_text": words,
        "citation": PLACED_ELSEWHERE,
    }
    assert (on_deductions["kind"], on_deductions["verdict_text"]) == ("deduction", said("point_limit_not_reached"))


# --- groups ---


def test_what_the_members_of_a_group_get_is_told_in_whole() -> None:
    costs = [{"amount_yen": "1000"}, {"amount_yen": "3000"}]
    answers: Mapping[str, Entry] = {"members": "2", "expert": "no", "costs_by_member": costs, "taken": "none"}
    found = of_frame(forms_book(), answers, "consortium")
    assert found["figures"] == [
        figure("subsidy_yen", money(2000)),
        figure("member_subsidies_yen", Text(**said("two_words", money(500), money(1500)))),
        figure("rate", HALF_PAID),
        figure("member_limit_yen", money(20 * MILLION)),
        figure("pool_yen", money(4 * MILLION)),
        figure("upper_limit_yen", money(44 * MILLION)),
    ]
    assert found["reasons"] == [reason("made.0", "met", said("yours", WORDS, "2"))]
    refused = of_frame(forms_book(), {**answers, "members": "1"}, "consortium")
    assert (refused["outcome"], refused["figures"][0]) == ("not_eligible", figure("subsidy_yen", money(0)))


def test_of_a_group_of_which_nothing_is_known_all_that_is_missing_is_told() -> None:
    found = of_frame(forms_book(), {}, "consortium")
    assert [one["fact"] for one in found["missing"]] == ["members", "expert", "costs_by_member", "taken"]
    assert [one["is_known"] for one in found["figures"]] == [False, False, True, False, False, False]
    assert found["reasons"] == [reason("made.0", "cannot_tell", None)]


def test_a_pool_that_is_exceeded_is_told_as_a_requirement_that_is_not_met() -> None:
    answers: Mapping[str, Entry] = {
        "members": "2",
        "expert": "no",
        "costs_by_member": [{"amount_yen": "1"}, {"amount_yen": "1"}],
        "taken": [{"amount_yen": "400万円"}, {"amount_yen": "1円"}],
    }
    assert of_frame(forms_book(), answers, "consortium")["reasons"] == [
        reason("made.0", "met", said("yours", WORDS, "2")),
        reason("pool.exceeded", "not_met", None),
    ]


def test_a_group_without_a_pool_cannot_exceed_it_and_is_told_of_none() -> None:
    without = replace(FRAMES["consortium"], consortium=replace(CONSORTIUM, pool=None))
    found = of_frame(forms_book(consortium=without), {"members": "2"}, "consortium")
    assert found["reasons"] == [reason("made.0", "met", said("yours", WORDS, "2"))]
    names = [one["name"] for one in found["figures"]]
    assert names == ["subsidy_yen", "member_subsidies_yen", "rate", "member_limit_yen", "upper_limit_yen"]


# --- repayment ---

TITLED: Mapping[str, Entry] = {"cost": "1000万円", "titles": [{"title": "own"}]}
PAID_BACK = Calculate(
    Operation.DIVIDE, Calculate(Operation.MULTIPLY, Fact("paid"), Fact("missed")), Constant(Kind.COUNT, 2)
)


def breach(yen_: int | None, amount: Told, **more: object) -> Told:
    nothing: dict[str, object] = {"how": None, "counts": None, "if_found": None, "open": [], "citation": None}
    return {"label": WORDED, "yen": yen_, "amount": amount, **nothing, **more}


def unpaid(kind: str, place: Told = None) -> Told:
    return {"kind": kind, "kind_text": said(f"unpaid_{kind}"), "label": WORDED, "citation": place}


def test_what_could_be_asked_back_is_told_in_whole() -> None:
    half, third = money(2_500_000).to_json(), money(1_666_666).to_json()
    if_found = {"if_found": said("repayment_if_found")}
    assert of_frame(forms_book(), TITLED, "titled")["repayment"] == {
        "most_yen": 5 * MILLION,
        "headline": said("repayment_at_worst", money(5 * MILLION)),
        "total": {"text": said("repayment_total", WORDS), "citation": PLACED},
        "duties": [
            {
                "name": None,
                "label": said("repayment_whole"),
                "note": None,
                "breaches": [breach(5 * MILLION, money(5 * MILLION).to_json(), **if_found)],
                "unpaid": [],
                "citation": PLACED,
            },
            {
                "name": "one",
                "label": WORDED,
                "note": None,
                "breaches": [breach(1_666_666, third)],
                "unpaid": [unpaid("fulfilled"), unpaid("plea")],
                "citation": PLACED,
            },
            {
                "name": "two",
                "label": WORDED,
                "note": None,
                "breaches": [breach(2_500_000, half)],
                "unpaid": [unpaid("fulfilled"), unpaid("exemption")],
                "citation": PLACED,
            },
        ],
    }
    *_, last = of_frame(forms_book(), {**TITLED, "missed": "1"}, "titled")["repayment"]["duties"]
    assert (last["note"], last["breaches"]) == (said("repayment_excused"), [])


def test_a_case_of_repayment_is_told_with_its_own_place_count_words_and_open_points() -> None:
    counted = replace(case("counted", None, PAID_BACK), amount_words=Text("半分", "half"), citation=ELSEWHERE)
    doubtful = case("doubtful", OpenPoint("why"), Fact("paid"))
    excused = replace(case("excused", Fact("plea")), citation=ELSEWHERE)
    part = replace(CLAWBACK.parts[0], cases=(case("met", Fact("met")), doubtful, excused, counted))
    twice = replace(part, cases=(*part.cases[:2], case("other", Fact("expert"), Fact("paid")), *part.cases[2:]))
    rules = forms_book(titled=replace(FRAMES["titled"], clawback=replace(CLAWBACK, whole=(), parts=(twice,))))
    rules = replace(rules, open_points={"why": Text("未定", "unclear")})
    (duty,) = of_frame(rules, TITLED, "titled")["repayment"]["duties"]
    whole = money(5 * MILLION).to_json()
    counts = [
        {"count": {"ja": count, "en": count}, "amount": money(amount).to_json()}
        for count, amount in (("1", 2_500_000), ("2", 5 * MILLION))
    ]
    assert duty["citation"] == PLACED
    assert duty["breaches"] == [
        breach(5 * MILLION, whole, open=[{"ja": "未定", "en": "unclear"}]),
        breach(5 * MILLION, whole),
        breach(
            None,
            said("repayment_at_most", money(5 * MILLION)),
            how=said("repayment_how", Text("半分", "half")),
            counts={"label": WORDED, "rows": counts},
            citation=PLACED_ELSEWHERE,
        ),
    ]
    assert duty["unpaid"] == [unpaid("fulfilled"), unpaid("exemption", PLACED_ELSEWHERE)]


def test_while_the_subsidy_is_open_no_amount_of_repayment_is_told() -> None:
    repaid = of_frame(forms_book(), {"titles": [{"title": "own"}]}, "titled")["repayment"]
    assert (repaid["most_yen"], repaid["headline"]) == (None, said("repayment_subsidy_open"))
    amounts = [(one["yen"], one["amount"]) for duty in repaid["duties"] for one in duty["breaches"]]
    assert amounts == [(None, said("figure_not_known"))] * 3


def test_while_the_subsidy_is_open_so_is_what_depends_on_it() -> None:
    large = case("large", more(Fact("paid"), Kind.YEN, MILLION), Fact("paid"))
    rules = forms_book(titled=replace(FRAMES["titled"], clawback=replace(CLAWBACK, whole=(large,), parts=())))
    (duty,) = of_frame(rules, {"titles": [{"title": "own"}]}, "titled")["repayment"]["duties"]
    assert duty["breaches"] == [breach(None, said("figure_not_known"))]


def test_what_a_visitor_says_was_paid_counts_before_what_would_be() -> None:
    repaid = of_frame(forms_book(), {**TITLED, "paid": "300万円"}, "titled")["repayment"]
    assert repaid["most_yen"] == 3 * MILLION


# --- what was answered, and what could not be read ---


def test_what_was_answered_is_told_in_the_words_of_its_field() -> None:
    rules = replace(book(), facts={**book().facts, "titles": TITLES})
    rows = [{"category": "software", "amount_yen": "", "unit_yen": "5"}, {"category": "", "amount_yen": "6"}]
    answers: Mapping[str, Entry] = {"staff": "unknown", "growth": "", "costs": rows, "titles": [{"title": "own"}]}
    given = {one["question"]: one["values"] for one in judge(rules, answers, "plain")["given"]}
    assert given == {
        "staff": [said("not_known_to_you")],
        "costs": [in_turn(WORDED, said("yours", WORDS, money(5))), said("yours", WORDS, money(6))],
        "titles": [WORDED],
    }
    (none,) = judge(rules, {"costs": "none"}, "plain")["given"]
    assert none["values"] == [said("no_rows")]


def test_what_cannot_be_read_is_told_at_its_field_in_whole() -> None:
    empty: dict[str, str] = {}
    rows = [empty, {"category": "machine", "amount_yen": "some", "unit_yen": ""}]
    staff, cost = judge(book(), {"staff": "many", "costs": rows}, "plain")["mistakes"]
    assert staff == {
        "field": "staff",
        "message": said("not_count"),
        "summary": said("fact_and_reason", WORDS, Text(**said("not_count"))),
    }
    place = Text(**said("row_and_reason", WORDS, Text(**said("not_yen")), "2"))
    assert cost == {
        "field": "costs.1.amount_yen",
        "message": said("not_yen"),
        "summary": said("fact_and_reason", WORDS, place),
    }


def test_a_cell_that_a_row_still_needs_is_told_at_its_place() -> None:
    rows = [
        {"category": "machine", "amount_yen": "", "unit_yen": ""},
        {"category": "", "amount_yen": " ", "unit_yen": ""},
        {"category": "", "amount_yen": "", "unit_yen": "5"},
    ]
    for complete in ([], [{"category": "machine", "amount_yen": "5", "unit_yen": ""}], "none", "unknown", ""):
        assert judge(book(), {"costs": complete}, "plain")["unfinished"] == []
    told = judge(book(), {"costs": rows}, "plain")["unfinished"]
    assert [one["field"] for one in told] == ["costs.0.amount_yen", "costs.2.category", "costs.2.amount_yen"]
    assert {Text(**one["message"]) for one in told} == {Text(**said("cell_empty"))}
    place = Text(**said("row_and_reason", WORDS, Text(**said("cell_empty")), "1"))
    assert told[0]["summary"] == said("fact_and_reason", WORDS, place)


# --- which question comes next ---


def test_only_what_a_form_asks_for_is_asked_in_the_interview() -> None:
    rules = plain(requirements=(requirement("told", Fact("announced")), requirement("owner", Fact("big_owner"))))
    with_limits = {"staff": "5", "costs": FILLED["costs"]}
    both = {"firm": FactGroup("firm", WORDS), "plan": FactGroup("plan", WORDS)}
    for not_asked, asked, left in (((), "big_owner", 2), (("firm",), "announced", 1), (("firm", "plan"), None, 0)):
        groups = tuple(replace(one, asked=one.name not in not_asked) for one in both.values())
        told = judge(replace(rules, groups=groups), with_limits, "plain")["interview"]
        assert told == {"ask": asked, "left": left}
    told = judge(replace(rules, groups=tuple(both.values())), with_limits, "plain", passed=["big_owner"])["interview"]
    assert told == {"ask": "announced", "left": 1}


# --- dates ---


def step(name: str, label: Told, iso: str | None, when: Told, text: Told, place: Told) -> Told:
    return {"name": name, "label": label, "iso": iso, "when": when, "text": text, "citation": place}


def test_the_dates_of_a_round_are_told_in_whole() -> None:
    later = LaterStep("grant", Text("交付決定", "grant"), WORDS, ELSEWHERE)
    ends = ScheduledDay("applications_close", date(2022, 12, 22), ELSEWHERE)
    rules = plain(schedule=(OPENS,), scheduled_days=(ends,), later_steps=(later,))
    steps = judge(rules, {}, "plain")["steps"]
    last = Text("2022年12月8日（木）", "8 December 2022 (Thursday)")
    assert steps == [
        step("call_opens", said("moment_call_opens"), None, None, said("step_not_printed"), None),
        step(
            "applications_open",
            said("moment_applications_open"),
            "2022-11-07T17:00+09:00",
            {"ja": "2022年11月7日（月）17:00（日本時間）", "en": "7 November 2022 (Monday), 17:00 JST"},
            None,
            PLACED,
        ),
        step(
            "account",
            said("step_account", WORDS),
            "2022-11-30",
            {"ja": "2022年11月30日（水）", "en": "30 November 2022 (Wednesday)"},
            said("step_account_days", last, "14", "21"),
            PLACED,
        ),
        step(
            "applications_close",
            said("moment_applications_close"),
            "2022-12-22",
            {"ja": "2022年12月22日（木）", "en": "22 December 2022 (Thursday)"},
            None,
            PLACED_ELSEWHERE,
        ),
        step("grant", {"ja": "交付決定", "en": "grant"}, None, None, WORDED, PLACED_ELSEWHERE),
    ]
    open_ = judge(plain(schedule=(OPENS,)), {}, "plain")["steps"]
    assert open_[2] == step(
        "account", said("step_account", WORDS), None, None, said("step_account_open", "14", "21"), PLACED
    )


def test_an_account_that_takes_longer_than_the_call_is_open_stands_before_it() -> None:
    lead = book().frames["made/up/plain"].rounds[ROUND].account_lead_time
    assert lead is not None
    for most_days, names in ((21, ["applications_open", "account"]), (60, ["account", "applications_open"])):
        steps = judge(plain(account_lead_time=replace(lead, most_days=most_days)), {}, "plain")["steps"]
        assert [one["name"] for one in steps] == ["call_opens", *names, "applications_close"]


# --- other programmes ---


def others(rules: RuleBook, answers: Mapping[str, Entry], *names: str) -> Told:
    browser.load(rule_book_json(rules))
    wanted = [{"rule_set": f"made/up/{name}", "round": ROUND} for name in names]
    return json.loads(browser.others(json.dumps({"answers": answers, "others": wanted})))["others"]


def test_another_programme_is_told_in_whole_with_what_its_answer_waits_for() -> None:
    (told,) = others(forms_book(), {}, "group")
    assert told == {
        "rule_set": "made/up/group",
        "round": ROUND,
        "name": WORDED,
        "outcome": "cannot_tell",
        "verdict": said("verdict_cannot_tell"),
        "figures": [
            figure("subsidy_yen", None),
            figure("rate", HALF_PAID),
            figure("upper_limit_yen", money(10 * MILLION)),
        ],
        "open_questions": 1,
        "failed": [],
        "notes": [said("other_one_question", "1")],
    }
    (more,) = others(forms_book(), {}, "titled")
    assert (more["open_questions"], more["notes"]) == (2, [said("other_questions", "2")])
    (refused,) = others(forms_book(), {"cost": "1円"}, "group")
    assert (refused["outcome"], refused["failed"], refused["notes"]) == ("not_eligible", [WORDED], [])
    assert others(forms_book(), {}, "later") == []  # which is not offered in this round


def test_programmes_that_pay_stand_before_those_that_wait_and_these_before_what_no_answer_settles() -> None:
    pays = award(only(HALF), limit(yen(10 * MILLION)), lower(MILLION))
    more = award(only(TWO_THIRDS), limit(yen(10 * MILLION)), lower(MILLION))
    frames = {
        "unclear": frame(pays, OpenPoint("why")),
        "long": frame(pays, Fact("met"), Fact("plea")),
        "short": frame(pays, Fact("met")),
        "refused": frame(pays, Fact("expert")),
        "pays": frame(pays),
        "pays-more": frame(more),
    }
    rules = replace(forms_book(**frames), open_points={"why": Text("未定", "unclear")})
    told = others(rules, {"cost": "1000万", "expert": "no"}, *frames)
    assert [one["rule_set"].rpartition("/")[2] for one in told] == [
        "pays-more",
        "pays",
        "short",
        "long",
        "unclear",
        "refused",
    ]
    assert told[4]["notes"] == [{"ja": "未定", "en": "unclear"}]
