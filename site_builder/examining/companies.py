"""A company that tells two rules apart: worked examples moved until the calculator answers differently under each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain, combinations, islice

from calculator.assess import Assessor
from calculator.drawing import Drawing
from calculator.expressions import Expression, walk
from calculator.json_values import JsonObject, read_json
from calculator.rulebook import Citation, CitationStatus, FrameRules, Requirement, RuleBook
from calculator.text import Text
from site_builder.examining.equivalence import functions_of
from site_builder.examining.knobs import Turning, unlike
from site_builder.rules.model import Example
from site_builder.rules.proof import case_of

#: So many examples are moved by two answers at once, and so many pairs of moves are tried with each.
_BASES_OF_PAIRS = 3
_MOST_PAIRS = 400
_MOST_BASES = 12


@dataclass(frozen=True, slots=True)
class Company:
    """A made-up company: the example that it is like, the facts that are other, and what the calculator answers.

    `gone` are facts of the example that the company does not state.
    It is asked about the frame `rule_set` in `round`, which need not be those of the example.
    """

    like: Example
    rule_set: str
    round: int | None
    moved: JsonObject
    answer: JsonObject
    gone: tuple[str, ...] = ()

    @property
    def case(self) -> JsonObject:
        """The company as it is asked about at the calculator's door."""
        kept = {name: value for name, value in facts_of_example(self.like).items() if name not in self.gone}
        facts = {**kept, **self.moved}
        return {"id": None, "kind": self.like.kind, "rule_set": self.rule_set, "round": self.round, "facts": facts}


@dataclass
class Companies:
    """Looks for companies by the rules of `book`."""

    book: RuleBook
    examples: tuple[Example, ...]
    _assessor: Assessor = field(init=False)

    def __post_init__(self) -> None:
        """Make the rules ready."""
        self._assessor = Assessor(self.book)

    def between(
        self, rule_set: str, number: int | None, rules: Sequence[FrameRules], other: RuleBook
    ) -> Company | None:
        """Return a company whose answers under the book and under `other` differ, or None where none is found.

        `rules` are those of the frame in that round in either book, where it is offered.
        """
        assessor = Assessor(other)
        for base, facts in self._tried(rule_set, number, rules):
            case = {"id": None, "kind": base.kind, "rule_set": rule_set, "round": number, "facts": facts}
            answer = self._assessor.answer(case)
            if "error" not in answer and "error" not in (changed := assessor.answer(case)) and answer != changed:
                return _company(base, rule_set, number, facts, answer)
        return None

    def such_that(
        self, rules: FrameRules, about: Expression, is_wanted: Callable[[JsonObject], bool]
    ) -> Company | None:
        """Return a company whose answer is wanted, what `about` measures being moved; None where none is found."""
        asked = replace(rules, requirements=(_only(about),), classes=(), bonuses=(), deductions=(), clawback=None)
        for base, facts in self._tried(rules.rule_set, rules.round, (asked,)):
            if base.kind in ("eligibility", "simple", "consortium"):
                company = self.judged(base, rules.rule_set, rules.round, facts)
                if company is not None and is_wanted(company.answer):
                    return company
        return None

    def judged(self, base: Example, rule_set: str, number: int | None, facts: JsonObject) -> Company | None:
        """Return a company with those facts and what the calculator answers, or None where it is no case."""
        case = {"id": None, "kind": base.kind, "rule_set": rule_set, "round": number, "facts": facts}
        answer = self._assessor.answer(case)
        return None if "error" in answer else _company(base, rule_set, number, facts, answer)

    def bases(self, rule_set: str, number: int | None) -> list[Example]:
        """Return examples to begin with, each once: those of the frame in that round, in others, and of its budget."""
        budget = rule_set.rpartition("/")[0]
        near = [one for one in self.examples if one.rule_set.rpartition("/")[0] == budget]
        ordered = sorted(near, key=lambda one: (one.rule_set != rule_set, one.round != number, not _is_told(one)))
        return list({(one.rule_set, one.name): one for one in reversed(ordered)}.values())[::-1][:_MOST_BASES]

    def _tried(
        self, rule_set: str, number: int | None, rules: Sequence[FrameRules]
    ) -> Iterator[tuple[Example, JsonObject]]:
        bases = [(one, facts_of_example(one)) for one in self.bases(rule_set, number)]
        measured = [*self._measured(rules)]
        yield from bases
        moved = [(base, list(self._moved(base, facts, measured, rules))) for base, facts in bases]
        yield from ((base, one) for base, moves in moved for one in moves)
        for base, moves in moved[:_BASES_OF_PAIRS]:
            facts = facts_of_example(base)
            changes = [unlike(one, facts) for one in moves]
            pairs = ((one, two) for one, two in combinations(changes, 2) if one.keys().isdisjoint(two))
            for one, two in islice(pairs, _MOST_PAIRS):
                yield base, {**facts, **one, **two}

    def _measured(self, rules: Sequence[FrameRules]) -> Iterator[tuple[Expression, tuple[object, ...]]]:
        """Yield what the rules measure, with a value of each cell that they tell apart."""
        functions = [function for one in rules for _, function in functions_of(one, self.book.facts)]
        conditions = [when for function in functions for when, _ in function if when is not None]
        for variable in Drawing.over(conditions, self.book.facts).variables:
            yield variable.subject, variable.representatives
        for one in rules:
            costs = None if one.award is None else one.award.eligible_costs
            yield from () if costs is None else ((part, ()) for part in walk(costs.total))

    def _moved(
        self,
        base: Example,
        facts: JsonObject,
        measured: Iterable[tuple[Expression, tuple[object, ...]]],
        rules: Sequence[FrameRules],
    ) -> Iterator[JsonObject]:
        turning = Turning(self.book, facts)
        seen: set[str] = set()
        by_facts = (one for subject, values in measured for one in turning.to(subject, values))  # type: ignore[arg-type]
        forgotten = ({name: facts[name] for name in facts if name != one} for one in facts)
        moments = _at_moments(facts, rules) if base.kind == "schedule" else ()
        for one in chain(by_facts, moments, forgotten):
            written = json.dumps(one, default=str, sort_keys=True)
            if written not in seen:
                seen.add(written)
                yield one


def _company(base: Example, rule_set: str, number: int | None, facts: JsonObject, answer: JsonObject) -> Company:
    before = facts_of_example(base)
    gone = tuple(name for name in before if name not in facts)
    return Company(base, rule_set, number, unlike(facts, before), answer, gone)


def _only(condition: Expression) -> Requirement:
    nothing = Text("", "")
    return Requirement("", nothing, nothing, condition, Citation("", "", CitationStatus.CONVENTION))


def facts_of_example(example: Example) -> JsonObject:
    """Return what an example states, read exactly."""
    facts: JsonObject = read_json(case_of(example))["facts"]
    return facts


def _is_told(example: Example) -> bool:
    return example.expected.get("outcome") == "eligible"


def _at_moments(facts: JsonObject, rules: Sequence[FrameRules]) -> Iterator[JsonObject]:
    """Yield questions about moments and days beside those of the schedules."""
    rest = {name: value for name, value in facts.items() if name not in ("submitted_at", "gbizid_requested_on", "date")}
    for one in rules:
        for moment in (*one.schedule, *one.other_moments):
            for second in (-1, 0, 1, 59, 61):
                at = moment.at + timedelta(seconds=second)
                yield {**rest, "submitted_at": at.isoformat()}
                yield {**rest, "date": at.isoformat()}
            yield from _orders(rest, one, moment.at)


def _orders(rest: JsonObject, rules: FrameRules, deadline: datetime) -> Iterator[JsonObject]:
    lead = rules.account_lead_time
    for days in () if lead is None else (lead.least_days, lead.most_days):
        for more in (-1, 0, 1):
            day = deadline.date() - timedelta(days=days + more)
            yield {**rest, "gbizid_requested_on": day.isoformat()}
