"""Made-up rounds with the constructs of the rule language in new combinations, against answers written by hand.

A case with gaps is answered by trying every way of filling them in; what is found must be what the calculator says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from math import prod
from pathlib import Path
from random import Random
from typing import Any

import pytest

from calculator.answers import Switches
from calculator.assess import Assessor
from calculator.browser import judge, load
from calculator.codec import rule_book_json
from calculator.json_values import read_json, write_json
from site_builder.build import PROJECT
from site_builder.rules import read_rules
from site_builder.sources import read_texts
from tests.calculator.made_answers import FRAMES, ROUNDS, Answer

RULES = Path(__file__).parents[1] / "made" / "rules"
EVERYTHING = Switches(explain=True, next=True, changes=True)
MOST_WAYS = 20_000
FIGURES = ("rate", "upper_limit_yen", "eligible_cost_yen", "uncapped_yen")


def machine(amount: int, unit: int | None = 500_000) -> dict[str, Any]:
    return {"category": "machinery", "amount_yen": amount, "unit_price_yen": unit}


AMOUNTS = (0, 1_333_333, 1_333_334, 1_499_999, 1_500_000, 1_599_999, 1_600_000, 1_666_666, 1_666_667, 1_799_999,
           1_800_000, 1_999_999, 2_000_000, 2_399_999, 2_400_000, 2_999_999, 3_000_000, 8_999_999, 9_000_000,
           11_250_000, 12_000_001, 15_000_001, 30_000_000, 250_000_000)  # fmt: skip
PARTS: Mapping[str, Sequence[Any]] = {
    "status": ["applied", "certified"],
    "certified_on": [None, "2023-02-28", "2023-03-01", "2023-08-31", "2023-09-01", "2023-11-30", "2023-12-01"],
    "growth_pct": ["2.99", "3"],
    "amended": [False, True],
}
#: Values on both sides of everything that the rounds name.
VALUES: Mapping[str, Sequence[Any]] = {
    "regular_employees": [0, 1, 5, 6, 20, 21, 30, 31, 50, 51, 99, 100],
    "manufacturing": [False, True],
    "sales_yen": [0, 9_999_999, 10_000_000, 99_999_999, 10**8, 10**9, 10**9 + 100, 2 * 10**9],
    "profit_yen": [-1, 0, 9, 10, 11, 12, 2 * 10**6],
    "profit_before_yen": [-1, 0, 9, 10, 11, 10**6],
    "wages_per_person_growth_pct": ["-1", "2", "3.1", "3.2"],
    "regional_rate_pct": ["-1", "2", "3.1", "7"],
    "total_wages_growth_pct": ["-50", "1.99", "2", "2.49", "2.5"],
    "action_plan": ["published", "requested", "not_published"],
    "large_wage_rise": [False, True],
    "low_wage_months": [2, 3],
    "costs": [
        [],
        *([machine(amount, unit)] for amount in AMOUNTS for unit in (None, 499_999, 500_000)),
        [{"category": "cloud", "amount_yen": 5_000_000, "unit_price_yen": 10**6}],
        [{"category": "advertising", "amount_yen": 5_000_000, "unit_price_yen": None}, machine(5_000_000)],
    ],
    "certificate": [None, *(dict(zip(PARTS, values, strict=True)) for values in product(*PARTS.values()))],
    "earlier": [
        None,
        [],
        *(
            [{"programme": one, "amount_yen": first}, {"programme": other, "amount_yen": second}]
            for one, other in product(("same", "other"), repeat=2)
            for first, second in ((5_000_000, 3_000_000), (9_000_000, 3_000_001), (300_000, 300_001))
        ),
    ],
    "partners": [0, 1, 2, 3, 9, 10, 16, 17, 33, 34, 50],
    "disaster": [False, True],
    "software_yen": [0, 1, 100_000, 3_700_000, 4_000_000, 5_000_000],
}
#: Two facts that are compared with one another: what is missing of one may be beyond everything that is known.
BEYOND = {"wages_per_person_growth_pct": ["-200", "200"], "regional_rate_pct": ["-200", "200"]}
#: Values that mostly pass.
LIKELY: Mapping[str, Any] = {
    "wages_per_person_growth_pct": "3.2",
    "regional_rate_pct": "3.1",
    "action_plan": "published",
    "earlier": None,
    "profit_yen": 11,
    "profit_before_yen": 10,
    "partners": 17,
    "certificate": None,
    "costs": [machine(9_000_000)],
}
BASIC = (
    "regular_employees",
    "wages_per_person_growth_pct",
    "regional_rate_pct",
    "total_wages_growth_pct",
    "action_plan",
)
READS: Mapping[str, Sequence[str]] = {
    "made-to-order": (*BASIC, "manufacturing", "large_wage_rise", "costs", "certificate", "earlier", "disaster"),
    "wages": (*BASIC, "manufacturing", "sales_yen", "profit_yen", "profit_before_yen", "large_wage_rise",
              "low_wage_months", "costs", "certificate", "partners"),
    "sales": (*BASIC, "sales_yen", "costs"),
    "alone": ("software_yen", "earlier", "partners"),
    "undecided": (*BASIC, "partners"),
}  # fmt: skip
OFFERED = {"made-to-order": (17, 19), "wages": (17, 19, 21), "sales": (19, 21), "alone": (21,), "undecided": (21,)}
SHOWN = [(frame, number) for frame, numbers in OFFERED.items() for number in numbers]


@cache
def assessor() -> Assessor:
    """Return what answers by the made-up rules."""
    return Assessor(read_rules(RULES, read_texts(PROJECT / "content" / "messages.yaml")).book)


def asked(frame: str, number: int | None, facts: Mapping[str, Any], kind: str = "eligibility") -> dict[str, Any]:
    case = {"id": 1, "kind": kind, "rule_set": f"yume/{'c2' if number is None else 'r6'}/{frame}", "round": number,
            "facts": dict(facts)}  # fmt: skip
    answer = assessor().answer(read_json(write_json(case)), EVERYTHING)  # as a program states it
    assert "error" not in answer, answer
    return answer


def drawn(random: Random, frame: str) -> tuple[dict[str, Any], dict[str, Sequence[Any]]]:
    """Return what is known of a case, and what is missing with the ways of filling it in.

    What stays open whatever is answered is missing as `open:`.
    """
    known = {
        name: LIKELY[name] if name in LIKELY and random.random() < 0.5 else random.choice(VALUES[name])
        for name in READS[frame]
    }
    missing: dict[str, Sequence[Any]] = {}
    for name in random.sample(READS[frame], random.randint(0, 3)):
        value = known.pop(name)
        if name == "certificate" and value is not None and random.random() < 0.6:
            gone = random.sample(list(PARTS), random.randint(1, 2))
            known[name] = {part: one for part, one in value.items() if part not in gone}
            missing |= {f"certificate.{part}": PARTS[part] for part in gone}
        else:
            missing[name] = [*VALUES[name], *BEYOND.get(name, ())]
    missing |= {f"open:{name}": [False, True] for name in ("certificate", "action_plan") if name in READS[frame]}
    return known, missing


def filled(known: Mapping[str, Any], names: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    case = dict(known)
    for name, value in zip(names, values, strict=True):
        record, _, part = name.partition(".")
        if part:
            case[record] = {**case[record], part: value}
        else:
            case[name] = value
    return case


def told(frame: str, answer: Answer) -> object:
    """Return what an answer tells where everything is known: None is "not eligible"."""
    return None if answer.failed else (answer.rate, answer.upper_limit_yen, answer.eligible_cost_yen)


def differs(at: int, answers: Mapping[tuple[int, ...], object]) -> bool:
    """Say whether what is at `at` can change the answer."""
    seen: dict[tuple[int, ...], object] = {}
    return any(seen.setdefault((*way[:at], *way[at + 1 :]), one) != one for way, one in answers.items())


def at_the_door(name: str) -> str:
    return name.removeprefix("open:").partition(".")[0]


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize(("frame", "number"), SHOWN)
def test_a_made_round_is_answered_exactly(frame: str, number: int, seed: int) -> None:
    known, missing = drawn(Random(f"{frame} {number} {seed}"), frame)
    if prod(map(len, missing.values())) > MOST_WAYS:
        pytest.skip("too many ways of filling in")
    names = list(missing)
    every = {
        way: FRAMES[frame](filled(known, names, [missing[name][at] for name, at in zip(names, way, strict=True)]),
                           ROUNDS[number])
        for way in product(*(range(len(missing[name])) for name in names))
    }  # fmt: skip
    answers = {way: told(frame, answer) for way, answer in every.items()}
    may_pass, is_open = set(answers.values()) != {None}, frame == "undecided"
    matters = {at_the_door(name) for at, name in enumerate(names) if differs(at, answers)}
    matters |= {"sub_types"} if is_open and may_pass else set()
    given = asked(frame, number, known)

    one = len(set(answers.values())) == 1 and not (is_open and may_pass)
    assert given["outcome"] == ("not_eligible" if not may_pass else "eligible" if one else "cannot_tell")
    assert set(given["missing"]) == matters
    always = frozenset.intersection(*(answer.failed for answer in every.values()))
    assert set(given["failed"]) == always or (given["outcome"] == "not_eligible" and not always)
    for name in () if is_open else FIGURES:
        found = {getattr(answer, name) for answer in every.values()}
        known_one = found.pop() if len(found) == 1 else None
        needs = name == "uncapped_yen" and None in (given["rate"], given["eligible_cost_yen"])
        assert given[name] == known_one or (needs and given[name] is None), name
    if one:
        assert given["subsidy_yen"] == next(iter(every.values())).subsidy_yen
    askable = {name for name in matters - {"sub_types"} if any(at_the_door(one) == name and not one.startswith("open:")
               for one in missing)}  # fmt: skip
    assert set(given["matters"]) == askable
    assert given["ask"] in askable if askable else given["ask"] is None


def whole_cases(frame: str) -> Iterator[dict[str, Any]]:
    """Yield cases in which nothing is missing."""
    for seed in range(60):
        random = Random(f"changes {frame} {seed}")
        known, missing = drawn(random, frame)
        asked_for = {name: random.choice(values) for name, values in missing.items() if not name.startswith("open:")}
        yield filled(known, list(asked_for), list(asked_for.values()))


@pytest.mark.parametrize(("frame", "number"), SHOWN)
def test_what_is_to_be_changed_helps_and_nothing_of_it_can_be_left_out(frame: str, number: int) -> None:
    tried = 0
    for facts in whole_cases(frame):
        for changes in asked(frame, number, facts)["changes"]:
            if all(change["fact"] not in ("costs", "certificate") for change in changes):
                new = {change["fact"]: change["to"] for change in changes}
                assert asked(frame, number, facts | new)["failed"] == [], changes
                for name in new if len(new) > 1 else ():
                    fewer = facts | {one: value for one, value in new.items() if one != name}
                    assert asked(frame, number, fewer)["outcome"] == "not_eligible", changes
                tried += 1
    assert tried


def test_a_plan_that_is_only_requested_is_no_change_where_one_that_is_published_helps() -> None:
    facts = {name: VALUES[name][-1] for name in READS["undecided"]} | {"regular_employees": 50, "partners": 3}
    (changes,) = asked("undecided", 21, facts)["changes"]
    assert [(change["fact"], change["to"]) for change in changes] == [("action_plan", "published")]


def test_wages_are_to_reach_the_rate_of_the_region() -> None:
    facts = {"regular_employees": 3, "action_plan": "published", "partners": 3, "regional_rate_pct": "3.1",
             "wages_per_person_growth_pct": "2", "total_wages_growth_pct": "0"}  # fmt: skip
    per_person, total = (changes for (changes,) in asked("undecided", 21, facts)["changes"])
    assert [per_person["fact"], per_person["from"], per_person["to"]] == ["wages_per_person_growth_pct", 2, 3.1]
    assert [total["fact"], total["to"]] == ["total_wages_growth_pct", 2]


def test_awards_that_are_had_together_are_mended_together() -> None:
    facts = {"regular_employees": 10, "functions": 1, "software_yen": 0, "tablet_yen": 100_000, "register_yen": 100_000}
    answer = asked("software", None, facts, "tiered")
    assert answer["failed"] == ["tablet.with_software", "register.with_software"]
    assert [[(change["fact"], change["to"]) for change in changes] for changes in answer["changes"]] == [
        [("software_yen", 100_000)],
        [("tablet_yen", 0), ("register_yen", 0)],
    ]


def test_what_is_known_of_a_named_value_counts() -> None:
    rows = [machine(3_000_000), {"category": "cloud"}]
    reasons = asked("sales", 19, {"costs": rows})["reasons"]
    assert {reason["code"]: reason["verdict"] for reason in reasons}["frame.large"] == "met"


def test_a_finding_that_decides_alone_needs_nothing_else() -> None:
    answer = asked("software", None, {"fraud_found": True}, "clawback")
    assert (answer["missing"], answer["assumed"]) == (["paid_yen"], [])
    missed = {"paid_yen": 5_000_001, "achieved_pct": "-1", "missed_years": 2}
    answer = asked("software", None, {**missed, "sold_for_yen": None}, "clawback")
    assert (answer["missing"], answer["assumed"]) == (["disaster"], ["fraud_found"])
    excused = {**missed, "sold_for_yen": 3, "disaster": True}
    assert asked("software", None, excused, "clawback")["clawback"] == {
        "growth_yen": 2_500_000, "years_yen": 0, "sale_yen": 1_000_000, "total_yen": 3_500_000, "reason": "several",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("round_", "given", "count"),
    [
        (21, {"action_plan": "published"}, 1),
        (21, {"action_plan": "published", "total_wages_growth_pct": "2.5"}, 1),  # one of two plans
        (21, {"action_plan": "published", "total_wages_growth_pct": "2.49", "profit_yen": 2}, 2),
        (21, {"action_plan": "published", "profit_yen": 2, "manufacturing": True, "regular_employees": 20}, 2),
        (19, {"action_plan": "published", "profit_yen": 2, "manufacturing": True, "regular_employees": 20}, 3),
        (19, {"action_plan": "unknown", "profit_yen": 2}, 1),
    ],
)
def test_of_some_points_no_more_count_than_the_round_says(round_: int, given: Mapping[str, Any], count: int) -> None:
    others = {"profit_before_yen": 1, "profit_yen": 1, "regular_employees": 21, "manufacturing": False}
    answer = asked("wages", round_, {"total_wages_growth_pct": "0", **others, **given, "low_wage_months": 3})
    assert (answer["bonus_items"], answer["deduction_items"]) == (count, 1)


def test_a_limit_on_points_is_told_with_its_reason_in_both_languages() -> None:
    facts = {"action_plan": "published", "total_wages_growth_pct": "2.5", "profit_yen": 2, "profit_before_yen": 1}
    plans, every = asked("wages", 21, facts)["point_limits"]
    assert (plans["met"], plans["counted"], every["met"], every["counted"]) == (2, 1, 3, 2)
    assert plans["text"] == {
        "ja": "「行動計画」、「賃上げ」のうち、数えるのは1件まで",
        "en": "at most 1 of these counts: “Action plan”, “Wages”",
    }
    assert every["citation"]["section"] == "加点"
    plans, every = asked("wages", 19, facts)["point_limits"]
    assert (plans["counted"], every["met"], every["counted"]) == (1, 3, 2)  # the narrower limit leaves two to this one


def test_the_page_is_told_of_a_limit_whether_it_takes_points_away() -> None:
    load(rule_book_json(assessor().book))
    answers = {"action_plan": "published", "total_wages_growth_pct": "2.5"}
    request = {"rule_sets": ["yume/r6/wages"], "round": 21, "answers": answers}
    (frame,) = json.loads(judge(json.dumps(request)))["frames"]
    plans, every = frame["selection"][-2:]
    assert (plans["kind"], plans["verdict"], plans["verdict_text"]["en"]) == (
        "bonus",
        "met",
        "2 apply, of which 1 count",
    )
    assert plans["label"]["ja"] == "計画の加点の上限（「行動計画」、「賃上げ」のうち、数えるのは1件まで）"
    assert (every["verdict"], every["verdict_text"]["ja"]) == ("cannot_tell", "まだわからない")


def test_the_page_is_told_of_a_limit_that_no_point_can_reach_any_more() -> None:
    load(rule_book_json(assessor().book))
    answers = {"action_plan": "published", "total_wages_growth_pct": "0", "profit_before_yen": "1", "profit_yen": "1"}
    none = {"manufacturing": "no", "regular_employees": "21"}
    request = {"rule_sets": ["yume/r6/wages"], "round": 21, "answers": {**answers, **none}}
    (frame,) = json.loads(judge(json.dumps(request)))["frames"]
    not_reached = assessor().book.messages["point_limit_not_reached"].to_json()
    assert [(one["verdict"], one["verdict_text"]) for one in frame["selection"][-2:]] == [("met", not_reached)] * 2
