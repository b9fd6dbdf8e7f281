"""What would have to change under the real rules: sound, as few as can be, only what can be changed, and told why."""

from __future__ import annotations

from functools import cache
from itertools import combinations, islice
from random import Random

import pytest

from calculator.answers import Switches
from calculator.assess import Assessor
from calculator.changes import MOST_SETS, Change, smallest_changes
from calculator.decision import Decision, decide_jointly
from calculator.evaluation import Facts
from calculator.expressions import Compare, Constant, Fact
from calculator.kinds import Kind
from tests.calculator.brute_force import Missing, can_pass, read_by, worth
from tests.calculator.candidates import Applicant
from tests.calculator.real_questions import Asked, drawn, newest_asked, real_book

KINDS = ("eligibility", "joint", "consortium")
ASKED = [asked for asked in newest_asked() if asked.kind in KINDS and asked.question.requirements]
MOST_TRIED = 3
FAILING_EACH = 6
MOST_DRAWN = 120


@cache
def assessor() -> Assessor:
    return Assessor(real_book())


def decision_of(asked: Asked) -> Decision:
    if asked.kind == "joint" and asked.rules.joint is not None:
        return decide_jointly(asked.rules, asked.rules.joint, real_book().facts)
    decision = assessor().decision(asked.rules)
    assert decision is not None
    return decision


@cache
def failing(name: str) -> tuple[Applicant, ...]:
    """Return applicants of whom everything is known and who fail what is asked by that name."""
    (asked,) = (one for one in ASKED if one.name == name)
    applicants = (drawn(Random(f"changes {name} {number}"), asked, 0, 1) for number in range(MOST_DRAWN))
    fail = (one for one in applicants if not can_pass(asked.question, one.known, one.missing))
    return tuple(islice(fail, FAILING_EACH))


@cache
def changes_told(name: str) -> tuple[tuple[Applicant, tuple[tuple[Change, ...], ...]], ...]:
    """Return the failing applicants with the changes that the calculator proposes."""
    (asked,) = (one for one in ASKED if one.name == name)
    facts = real_book().facts
    return tuple((one, smallest_changes(decision_of(asked), one.known, facts)) for one in failing(name))


def changeable(asked: Asked, known: Facts) -> list[str]:
    """Return what the applicant can change of what is read."""
    read = asked.question.reads
    return [name for name, fact in real_book().facts.items() if fact.changeable and name in known and name in read]


def ways_of_changing(asked: Asked, name: str, known: Facts) -> Missing:
    """Return the ways of changing a fact; a record that is there is given up, and its parts are changed one by one."""
    fact = real_book().facts[name]
    ways = asked.candidates.ways(fact.record or name, {})
    if fact.record is not None:
        return Missing(name, list({way[name]: {name: way[name]} for way in ways if name in way}.values()))
    is_given_up = fact.kind is Kind.RECORD and known[name] is True
    return Missing(name, [way for way in ways if not (is_given_up and way[name] is True)])


def smallest_by_trying(asked: Asked, applicant: Applicant) -> list[frozenset[str]]:
    """Return the first smallest sets of facts of which some change helps, by trying every value of every set."""
    names, found = changeable(asked, applicant.known), list[frozenset[str]]()
    for size in range(1, MOST_TRIED + 1):
        for some in combinations(names, size):
            if len(found) < MOST_SETS and not any(smaller <= set(some) for smaller in found):
                ways = [ways_of_changing(asked, name, applicant.known) for name in some]
                helps = can_pass(asked.question, applicant.known, (*applicant.missing, *ways))
                found += [frozenset(some)] if helps else []
    return found


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_the_sets_are_the_smallest_that_trying_everything_finds(asked: Asked) -> None:
    for applicant, told in changes_told(asked.name):
        sets = [frozenset(change.fact for change in some) for some in told]
        tried = smallest_by_trying(asked, applicant)
        assert [one for one in sets if len(one) <= MOST_TRIED] == tried, asked.case(applicant.known)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_making_the_changes_makes_it_eligible(asked: Asked) -> None:
    for applicant, told in changes_told(asked.name):
        for changes in told:
            lists = [ways_of_changing(asked, name, applicant.known) for name in _lists(changes)]
            made = {**applicant.known, **{one.fact: one.to for one in changes if one.fact not in _lists(changes)}}
            ways = [Missing(one.name, [way for way in one.ways if _fits(way, changes, made)]) for one in lists]
            helps = can_pass(asked.question, made, (*applicant.missing, *ways))
            assert helps, (asked.case(applicant.known), changes)


def _lists(changes: tuple[Change, ...]) -> list[str]:
    """Return the facts that are not changed to one value: lists of rows, and records that are not there yet."""
    kinds = {one.fact: real_book().facts[one.fact].kind for one in changes}
    return [name for name, kind in kinds.items() if kind in (Kind.LIST, Kind.RECORD)]


def _fits(way: Facts, changes: tuple[Change, ...], facts: Facts) -> bool:
    """Say whether rows come to what the changes ask for."""
    about = [one for one in changes if one.fact in way and not isinstance(one.variable.subject, Fact)]
    return all(_comes_to(one, {**facts, **way}) for one in about)


def _comes_to(change: Change, facts: Facts) -> bool:
    subject = change.variable.subject
    if isinstance(subject, Compare):
        return worth(subject, facts) is change.to
    kind = Kind.DATE if hasattr(change.border, "year") else Kind.YEN
    return worth(Compare(change.comparison, subject, Constant(kind, change.border)), facts) is True


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_a_change_says_what_to_do_in_both_languages_and_which_requirement_wants_it(asked: Asked) -> None:
    codes = {*asked.question.requirements, *_lower_limit(asked)}
    for applicant in failing(asked.name):
        answer = assessor().answer(asked.case(applicant.known), Switches(explain=True, changes=True))
        reasons = {reason["code"]: reason for reason in answer["reasons"]}
        for change in (change for some in answer["changes"] for change in some):
            assert {"fact", "from", "to", "text"} <= change.keys()
            assert change["text"]["ja"].strip()
            assert change["text"]["en"].strip()
            assert change["for"], change
            for wanted in change["for"]:
                assert wanted["code"] in codes
                assert reasons[wanted["code"]]["verdict"] == "not_met"
                assert wanted["citation"] == reasons[wanted["code"]]["citation"]


def test_a_value_that_is_enough_whatever_is_not_known_comes_before_one_that_may_be() -> None:
    """With voluntary insurance less growth is enough; where nobody has said whether there is any, it may not be."""
    case = {"id": 1, "kind": "eligibility", "rule_set": "monozukuri/r1s/general", "round": 5}
    for insured, enough in ((None, 1.5), (False, 1.5), (True, 1)):
        facts = {"total_wages_growth_pct": 0, "voluntary_social_insurance": "unknown" if insured is None else insured}
        ((change,),) = assessor().answer({**case, "facts": facts}, Switches(changes=True))["changes"]
        assert (change["fact"], change["to"]) == ("total_wages_growth_pct", enough)


def test_a_plan_that_there_is_not_yet_is_named_once_and_with_what_it_mends() -> None:
    case = {"id": 1, "kind": "eligibility", "rule_set": "monozukuri/h30s2/small-prototype", "round": None}
    costs = [{"category": "raw_materials", "amount_yen": 1_900_000, "max_unit_price_yen": None}]
    facts = {"regular_employees": 21, "industry": "manufacturing", "applicant_type": "company", "costs": costs}
    facts |= {"advanced_equipment_plan": None, "business_innovation_plan": None}
    sets = assessor().answer({**case, "facts": facts}, Switches(changes=True))["changes"]
    ((plan,),) = [some for some in sets if some[0]["fact"] == "advanced_equipment_plan"]
    assert plan["text"]["ja"] == "規定の条件を満たす先端設備等導入計画を用意する"
    assert plan["text"]["en"].count("plan for introducing advanced equipment") == 1
    assert [one["code"] for one in plan["for"]] == ["amount.below_lower_limit"]


def _lower_limit(asked: Asked) -> set[str]:
    award = asked.rules.award
    return set() if award is None or award.lower_limit is None else {award.lower_limit.code}


def test_every_programme_whose_applicants_can_change_something_is_among_them() -> None:
    programmes = {asked.rules.rule_set.split("/")[0] for asked in ASKED if any(failing(asked.name))}
    assert programmes >= {"monozukuri", "kodo-renkei", "jizokuka"}


def test_only_what_is_read_and_can_be_changed_is_ever_proposed() -> None:
    for asked in ASKED:
        for applicant, told in changes_told(asked.name):
            for changes in told:
                proposed = {change.fact for change in changes}
                assert proposed <= set(changeable(asked, applicant.known))
                assert proposed <= frozenset().union(*(read_by(change.variable.subject) for change in changes))
