"""Everything that the real rules can be asked: the rule book goes in, questions with their oracle come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from calculator.answers import Switches
from calculator.assess import REJECTED, Assessor
from calculator.award import rate_text
from calculator.evaluation import Facts
from calculator.json_values import JsonObject, JsonValue
from calculator.rulebook import FrameRules, Rate, RuleBook
from tests.calculator import brute_force
from tests.calculator.brute_force import OPEN, Missing, Question, Tried, try_everything
from tests.calculator.candidates import Applicant, Candidates, drawn_applicant
from tests.real import real_rules

PROJECT = Path(__file__).parents[2]
ASKING = Switches(next=True)


@dataclass(frozen=True)
class Asked:
    """A question that can be asked of the real rules: its kind, frame and round, its oracle and the values to try."""

    kind: str
    rules: FrameRules
    question: Question
    candidates: Candidates

    @property
    def name(self) -> str:
        """Return how a test calls it."""
        return f"{self.kind} {self.rules.rule_set} {self.rules.round or ''}".strip()

    def case(self, known: Facts) -> JsonObject:
        """Return the case at the door; what the round gives is left out."""
        facts = {name: value for name, value in known.items() if name not in self.candidates.given}
        return {
            "id": self.name,
            "kind": self.kind,
            "rule_set": self.rules.rule_set,
            "round": self.rules.round,
            "facts": facts_json(facts),
        }


@cache
def real_book() -> RuleBook:
    """Return the rules of the site."""
    return real_rules().book


@cache
def everything_asked() -> tuple[Asked, ...]:
    """Return every question that can be put to a frame in a round that has rules."""
    return tuple(
        asked
        for frame in real_book().frames.values()
        for rules in frame.rounds.values()
        for asked in _asked_of(Assessor(real_book()), rules)
    )


def newest_asked() -> tuple[Asked, ...]:
    """Return the same without the older rounds of a frame whose rules are those of a newer one."""
    newest: dict[tuple[str, str, bool], Asked] = {}
    for asked in everything_asked():
        has_deadline = "application_deadline" in asked.candidates.given
        newest[asked.kind, asked.rules.rule_set, has_deadline] = asked
    return tuple(newest.values())


def drawn(random: Random, asked: Asked, most_missing: int, most_ways: int) -> Applicant:
    """Return a random applicant for a question."""
    return drawn_applicant(random, asked.candidates, asked.question, most_missing, most_ways)


def disagreements(assessor: Assessor, asked: Asked, applicant: Applicant) -> list[str]:
    """Return what the calculator says otherwise than trying everything does."""
    tried = try_everything(asked.question, applicant.known, applicant.missing)
    answer = assessor.answer(asked.case(applicant.known), ASKING)
    if "error" in answer:
        return [f"error: {answer['error']}"]
    return [
        f"{name}: expected {expected!r}, got {got!r}"
        for name, expected, got in (*_outcome(asked, tried, applicant, answer), *_figures(asked, tried, answer))
        if expected != got
    ]


def facts_json(facts: Facts) -> JsonObject:
    """Return facts as the contract writes them: dates as text, lists as rows, a record with its parts."""
    written: JsonObject = {}
    for name, value in facts.items():
        record, _, part = name.partition(".")
        if isinstance(value, tuple):
            written[name] = [dict(row) for row in value]
        elif not part:
            is_record = real_book().facts[name].kind == "record" and value is True
            written[name] = {} if is_record else value.isoformat() if isinstance(value, date) else value
        elif facts.get(record) is True:
            written[record] = {**written[record], part: value.isoformat() if isinstance(value, date) else value}
    return written


def _asked_of(assessor: Assessor, rules: FrameRules) -> Iterator[Asked]:
    book = assessor.book
    award = rules.award
    if award is None and rules.open_award is None:
        return

    def values(*others: FrameRules) -> Candidates:
        return Candidates.of(book.facts, (rules, *others), assessor.known_facts(rules, {}))

    plain = brute_force.eligibility(rules)
    if rules.consortium is not None:
        yield Asked("consortium", rules, brute_force.consortium(rules, rules.consortium), values())
        return
    yield Asked("eligibility", rules, plain, values())
    if rules.rate_change is not None:
        yield Asked("rate_change", rules, brute_force.after_adoption(rules), values())
    if rules.joint is not None:
        yield Asked("joint", rules, brute_force.joint(rules, rules.joint), values())
    if rules.parts and rules.parts[0].rule_set == rules.rule_set:
        parts = [one for part in rules.parts if (one := assessor.rules(part.rule_set, rules.round)) is not None]
        yield Asked("tiered", rules, brute_force.together(map(brute_force.eligibility, parts)), values(*parts))
    if rules.reexamination is not None:
        frame = rules.reexamination.frame
        again = None if frame is None else assessor.rules(frame, rules.round)
        looked = None if again is None else brute_force.eligibility(again)
        question = brute_force.reexamination(REJECTED, (rules.rule_set, plain), (frame or "", looked))
        yield Asked("reexam", rules, question, values(*(() if again is None else (again,))).also(REJECTED))


def _outcome(
    asked: Asked, tried: Tried, applicant: Applicant, answer: JsonObject
) -> Iterator[tuple[str, JsonValue, JsonValue]]:
    """Yield what the outcome and what is asked should be, and what they are."""
    point = () if asked.rules.open_award is None or tried.answers == {None} else (asked.rules.open_award.point,)
    yield "outcome", "cannot_tell" if point else tried.outcome, answer["outcome"]
    yield "missing", sorted({*tried.matters, *point}), sorted(answer["missing"])
    askable = {one.name for one in applicant.missing if one.name in tried.matters and _can_be_answered(one)}
    yield "matters", sorted(askable), sorted(answer["matters"])
    yield "ask is one of them", True, answer["ask"] in askable if askable else answer["ask"] is None
    failed = [code for code in asked.question.requirements if tried.always[code] is False]
    if asked.kind != "reexam" and failed and tried.answers == {None}:
        lower = set() if asked.rules.award is None or asked.rules.award.lower_limit is None else {_lower_code(asked)}
        yield "failed", failed, [code for code in answer["failed"] if code not in lower or code in failed]
    if tried.answers != {None} and answer["failed"]:
        yield "failed", [], answer["failed"]


def _lower_code(asked: Asked) -> str:
    award = asked.rules.award
    assert award is not None
    assert award.lower_limit is not None
    return award.lower_limit.code


def _can_be_answered(one: Missing) -> bool:
    return not any(name.startswith(OPEN) for name in one.facts)


def _figures(asked: Asked, tried: Tried, answer: JsonObject) -> Iterator[tuple[str, JsonValue, JsonValue]]:
    """Yield what the figures should be, and what they are: those of the one answer, and those told before it."""
    doors = {"rate": "rate", "cost": "eligible_cost_yen", "limit": _limit_at_the_door(asked)}
    for name, door in doors.items():
        told = answer.get(door)
        if name in tried.always and told is not None:
            always = tried.always[name]
            yield door, rate_text(always) if isinstance(always, Rate) else always, told
    if len(tried.answers) == 1:
        (one,) = tried.answers
        for name, expected in _of_one_answer(asked, one).items():
            yield name, expected, answer.get(name)


def _limit_at_the_door(asked: Asked) -> str:
    return "per_member_cap_yen" if asked.kind == "consortium" else "upper_limit_yen"


def _of_one_answer(asked: Asked, one: JsonValue) -> Mapping[str, JsonValue]:
    """Return the figures of the only answer that there can be."""
    match asked.kind, one:
        case "joint", (limit, requested):
            return {
                "upper_limit_yen": limit,
                "requested_total_yen": requested,
                "payable_total_yen": min(limit, requested),
            }
        case "joint", None:
            return {"payable_total_yen": 0}
        case "consortium", (rate, limit, size, pool, subsidies):
            return {
                "rate": rate_text(rate),
                "per_member_cap_yen": limit,
                "pool_yen": pool,
                "group_cap_yen": limit * size + pool,
                "member_subsidies_yen": None if subsidies is None else list(subsidies),
                "total_subsidy_yen": None if subsidies is None else sum(subsidies),
            }
        case "tiered", tuple():
            names = [part.name for part in asked.rules.parts]
            paid = [_paid(*part) for part in one]
            return {
                **{f"{n}_subsidy_yen": yen for n, yen in zip(names, paid, strict=True)},
                "total_subsidy_yen": sum(paid),
            }
        case "reexam", (frame, figures):
            return {"adopted_as": frame, **_award_figures(*figures)}
        case _, (rate, limit, cost) if asked.rules.award is not None:
            return _award_figures(rate, limit, cost)
        case "consortium", None:
            return {"member_subsidies_yen": None}
        case _, None:
            return {"subsidy_yen": 0}
        case _:
            return {}


def _award_figures(rate: Rate, limit: int, cost: int) -> Mapping[str, JsonValue]:
    return {
        "rate": rate_text(rate),
        "upper_limit_yen": limit,
        "eligible_cost_yen": cost,
        "uncapped_yen": brute_force.paid(rate, cost),
        "subsidy_yen": _paid(rate, limit, cost),
    }


def _paid(rate: Rate, limit: int, cost: int) -> int:
    return min(brute_force.paid(rate, cost), limit)
