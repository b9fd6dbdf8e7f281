"""The company that a difference flips: differences go in; one company for each comes out, judged under both calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from calculator.assess import Assessor
from calculator.cases import read_facts
from calculator.evaluation import Facts, evaluate
from calculator.json_values import JsonObject
from calculator.rulebook import Award, RuleBook
from site_builder.memo import Memo
from site_builder.rules.model import Example
from site_builder.site.differences.clauses import COST_TOPICS, Clause, Topic, clauses_of
from site_builder.site.differences.comparison import Comparison, Difference, Manner
from site_builder.site.differences.steps import Offer, Thread
from site_builder.site.flips.companies import Neighbourhood

#: Differences of these can change whether somebody may apply, or how much is paid.
DECIDING = (
    Topic.REQUIREMENT, Topic.DEFINITION, Topic.RATE, Topic.UPPER_LIMIT, Topic.UPLIFT, Topic.LOWER_LIMIT,
    Topic.ELIGIBLE_COSTS, Topic.REPAYMENT,
)  # fmt: skip
#: How an example of each of these kinds is asked; examples of other kinds state no company by itself.
_OF_APPLYING, _OF_REPAYMENT = ("eligibility", "simple"), ("clawback",)
ELIGIBLE, NOT_ELIGIBLE, CANNOT_TELL = "eligible", "not_eligible", "cannot_tell"

Pair: TypeAlias = tuple[JsonObject, JsonObject]


@dataclass(frozen=True, slots=True)
class Flip:
    """A company that gets another answer by the later rules. `told` are the facts that the difference rests on.

    `facts` are all that both answers rest on, as a case states them; `before` and `after` are the calculator's answers
    to other programs, of kind `kind`. `idle` are those of `told` that one answer does not rest on, for each of the two.
    """

    thread: Thread
    kind: str
    facts: JsonObject
    told: tuple[str, ...]
    before: JsonObject
    after: JsonObject
    idle: tuple[tuple[str, ...], tuple[str, ...]]


def flips_of(
    comparison: Comparison, assessor: Assessor, earlier: Assessor | None = None, memo: Memo | None = None
) -> tuple[Flip | None, ...]:
    """Return for each difference a company that it flips, or None where none is found.

    The calls before may be from an `earlier` state of the sources, which has an assessor of its own. `memo` keeps what
    was found, so that a search, which may take long, can be broken off.
    """
    memo = Memo() if memo is None else memo
    return tuple(
        memo.made(flip_of, one, assessor, earlier) if may_flip(one) else None for one in comparison.differences
    )


def may_flip(difference: Difference) -> bool:
    """Say whether it may decide something by itself: a term that one side alone defines does by what names it."""
    is_a_term = difference.topic is Topic.DEFINITION and difference.manner is not Manner.CHANGED
    return difference.topic in DECIDING and not is_a_term


def flip_of(difference: Difference, assessor: Assessor, earlier: Assessor | None = None) -> Flip | None:
    """Return a company that the difference flips, or None where none is found near the borders of what changed."""
    sides = (earlier or assessor, assessor)
    facts = {**sides[0].book.facts, **sides[1].book.facts}
    book = replace(assessor.book, facts=facts)
    threads = (thread for thread in difference.threads if thread.before and thread.after)
    searches = [_Search(difference, thread, sides, book) for thread in threads]
    return next((flip for search in searches if (flip := search.flip()) is not None), None)


@dataclass(frozen=True)
class _Search:
    difference: Difference
    thread: Thread
    sides: tuple[Assessor, Assessor]
    book: RuleBook

    def flip(self) -> Flip | None:
        offers = self._offers
        rules = (offers[0].frame.rules, offers[1].frame.rules)
        if self._is_of_repayment and not all(one.clawback for one in rules):
            return None
        place = Neighbourhood(self.book, rules, tuple(self._clauses()), (self._examples(0), self._examples(1)))
        second_best: JsonObject | None = None
        for facts in place.companies():
            answers = self._ask(facts)
            if self._fits(facts, answers):
                if all(one.get("outcome") != CANNOT_TELL for one in answers):
                    return self._told(facts, place)
                second_best = second_best or facts
        return None if second_best is None else self._told(second_best, place)

    @property
    def _offers(self) -> tuple[Offer, Offer]:
        before, after = self.thread.before, self.thread.after
        assert before is not None  # noqa: S101 - only such threads are searched
        assert after is not None  # noqa: S101 - the same
        return before, after

    @property
    def _is_of_repayment(self) -> bool:
        return self.difference.topic is Topic.REPAYMENT

    def _clauses(self) -> Iterator[Clause]:
        key = (self.difference.topic, self.difference.name)
        for offer, assessor in zip(self._offers, self.sides, strict=True):
            clauses = clauses_of(offer.frame, assessor.book)
            if key in clauses:
                yield clauses[key]

    def _examples(self, side: int) -> tuple[Example, ...]:
        kinds = _OF_REPAYMENT if self._is_of_repayment else _OF_APPLYING
        return tuple(one for one in self._offers[side].frame.examples if one.kind in kinds)

    def _ask(self, facts: JsonObject) -> Pair:
        kind = _OF_REPAYMENT[0] if self._is_of_repayment else _OF_APPLYING[0]
        sides = zip(self.sides, self._offers, strict=True)
        before, after = (asked(assessor, kind, offer, facts) for assessor, offer in sides)
        return before, after

    def _fits(self, facts: JsonObject, answers: Pair) -> bool:
        """Say whether it is this difference, and no other, that makes the two answers differ."""
        if any("error" in one for one in answers):
            return False
        if self._is_of_repayment:
            return self._fits_repayment(answers)
        if any(one["outcome"] == CANNOT_TELL and self._is_asked_for(one) for one in answers):
            return False
        match self.difference.topic:
            case Topic.REQUIREMENT:
                return self._fails_alone(self.difference.name, answers)
            case Topic.LOWER_LIMIT:
                return any(self._fails_alone(code, answers) for code in self._codes_of_lower_limits())
            case Topic.DEFINITION:
                return any(answers[0][name] != answers[1][name] for name in ("outcome", "rate"))
            case topic if not (_both_paid(answers) and _differs_in(_FIGURE_OF[topic], answers)):
                return False
            case Topic.UPPER_LIMIT | Topic.UPLIFT:
                return self._limit_differs_by(facts, answers) == {self.difference.topic}
            case _:
                return True

    def _limit_differs_by(self, facts: JsonObject, answers: Pair) -> set[Topic]:
        """Return what makes the upper limits of the two answers differ: what is added to them, the rest, or both."""
        sides = zip(self.sides, self._offers, strict=True)
        one, other = (_raised_yen(offer.frame.rules.award, read_facts(side.book, facts)[0]) for side, offer in sides)
        without = [answer["upper_limit_yen"] - raised for answer, raised in zip(answers, (one, other), strict=True)]
        by = {Topic.UPLIFT} if one != other else set()
        return by | {Topic.UPPER_LIMIT} if without[0] != without[1] else by

    def _is_asked_for(self, answer: JsonObject) -> bool:
        """Say whether an answer is open for want of facts, and not only of documents."""
        return any(name in self.book.facts for name in answer["missing"])

    def _fails_alone(self, code: str, answers: Pair) -> bool:
        ways = (answers, tuple(reversed(answers)))
        return any(one["failed"] == [code] and other["outcome"] != NOT_ELIGIBLE for one, other in ways)

    def _codes_of_lower_limits(self) -> set[str]:
        awards = (offer.frame.rules.award for offer in self._offers)
        return {award.lower_limit.code for award in awards if award is not None and award.lower_limit is not None}

    def _fits_repayment(self, answers: Pair) -> bool:
        name = f"{self.difference.name}_yen"
        one, other = (answer["clawback"] for answer in answers)
        if self.difference.name == "whole":
            return _are_two_figures(one["total_yen"], other["total_yen"])
        return _are_two_figures(one.get(name), other.get(name)) and one["total_yen"] != other["total_yen"]

    def _told(self, facts: JsonObject, place: Neighbourhood) -> Flip:
        """Return the company without any fact that neither answer rests on."""
        needed = self._needed(facts)
        reads = {*place.deciding, *(place.costs if self.difference.topic in COST_TOPICS else ())}
        answers = self._ask(needed)
        kind = _OF_REPAYMENT[0] if self._is_of_repayment else _OF_APPLYING[0]
        told = tuple(name for name in needed if name in reads)
        return Flip(self.thread, kind, needed, told, *answers, self._idle(needed, told, answers))

    def _idle(self, facts: JsonObject, told: tuple[str, ...], answers: Pair) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return for each side the facts of `told` without which its answer stays the same."""
        without = {name: self._ask({other: facts[other] for other in facts if other != name}) for name in told}
        before, after = (
            tuple(name for name in told if _kept(without[name][side]) == _kept(answers[side])) for side in (0, 1)
        )
        return before, after

    def _needed(self, facts: JsonObject) -> JsonObject:
        wanted = [_kept(one) for one in self._ask(facts)]
        needed = {name: facts[name] for name in self.book.facts if name in facts}
        for name in tuple(needed):
            fewer = {other: value for other, value in needed.items() if other != name}
            if [_kept(one) for one in self._ask(fewer)] == wanted:
                needed = fewer
        for name, row in [(name, row) for name, value in needed.items() if isinstance(value, list) for row in value]:
            fewer = {**needed, name: [other for other in needed[name] if other is not row]}
            if [_kept(one) for one in self._ask(fewer)] == wanted:
                needed = fewer
        return needed


def asked(assessor: Assessor, kind: str, offer: Offer, facts: JsonObject) -> JsonObject:
    """Return the calculator's answer for a company under the rules of a frame in a call."""
    rules = offer.frame.rules
    return assessor.answer({"id": None, "kind": kind, "rule_set": rules.rule_set, "round": rules.round, "facts": facts})


_FIGURE_OF = {
    Topic.RATE: "rate",
    Topic.UPPER_LIMIT: "upper_limit_yen",
    Topic.UPLIFT: "upper_limit_yen",
    Topic.ELIGIBLE_COSTS: "eligible_cost_yen",
}


def _raised_yen(award: Award | None, facts: Facts) -> int:
    """Return by how many yen the upper limit is raised for a company."""
    uplifts = () if award is None else award.upper_limit.uplifts
    amounts = (evaluate(one.amount, facts) for one in uplifts if evaluate(one.when, facts) is True)
    return sum(int(amount) for amount in amounts if isinstance(amount, int | Fraction))


def _both_paid(answers: Pair) -> bool:
    one, other = answers
    return one["outcome"] == other["outcome"] == ELIGIBLE and _are_two_figures(one["subsidy_yen"], other["subsidy_yen"])


def _differs_in(figure: str, answers: Pair) -> bool:
    """Say whether two answers differ in `figure` and in none of the other figures that lead to the subsidy.

    A limit that cuts nothing off leads to nothing.
    """
    one, other = answers
    differ = {name for name in ("rate", "eligible_cost_yen", "upper_limit_yen") if one[name] != other[name]}
    if figure != "upper_limit_yen" and all(answer["uncapped_yen"] == answer["subsidy_yen"] for answer in answers):
        differ.discard("upper_limit_yen")
    return differ == {figure}


def _are_two_figures(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


_KEPT = ("outcome", "failed", "missing", "rate", "eligible_cost_yen", "upper_limit_yen", "subsidy_yen", "clawback")


def _kept(answer: JsonObject) -> Sequence[object]:
    """Return what must stay as it is when a fact is left out."""
    return [answer.get("error"), *(answer.get(name) for name in _KEPT)]
