"""Judging cases: a rule book goes in once; cases go in and the answers of the contract come out, as plain JSON values.

Every frame and round is made ready to judge when it is first asked for, and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import NoneType
from typing import ClassVar, TypeAlias

from calculator.answers import (
    NO_FIGURES,
    NO_SWITCHES,
    Switches,
    added,
    at_the_door,
    change_json,
    consortium_json,
    eligibility_json,
    iso,
    joint_json,
    left_open,
    parts_json,
    point_limits_json,
    refused,
    repayment_json,
)
from calculator.cases import Case, CaseError, CaseReader
from calculator.changes import smallest_changes
from calculator.decision import (
    Decision,
    Standing,
    decide,
    decide_after_adoption,
    decide_jointly,
    decide_together,
)
from calculator.eligibility import Eligibility, Verdict, judge
from calculator.evaluation import Facts, question_of
from calculator.groups import judge_consortium, judge_joint
from calculator.json_values import (
    JsonObject,
    JsonValue,
    WrittenArray,
    read_back,
    write_json,
    write_object,
)
from calculator.lines import LineReader
from calculator.measures import Applicant, Workshop
from calculator.messages import message
from calculator.questions import Left, best_question
from calculator.reasons import Reasons, reason_json
from calculator.repayment import judge_repayment
from calculator.rulebook import Frame, FrameRules, RuleBook
from calculator.schedule import judge_dates
from calculator.text import Text

REJECTED = "rejected_in_frame"
_IDENTITIES = (str, int, NoneType)

Given: TypeAlias = tuple[tuple[str, date], ...]
"""The dates that a round gives, by the names of their facts."""


@dataclass(slots=True)
class Applicants:
    """Knows the last applicant under the rules of `book`, as each round does that gives dates of its own."""

    book: RuleBook
    _facts: Facts = field(default_factory=dict)
    _known: dict[Given, Applicant] = field(default_factory=dict)
    _given: dict[tuple[str, int | None], Given] = field(default_factory=dict)

    def known(self, rules: FrameRules, facts: Facts) -> Applicant:
        """Return the applicant of `facts`, and of the dates that the round gives where they do not state them."""
        if facts is not self._facts:
            self._facts, self._known = facts, {}
        given = self._given_by(rules)
        applicant = self._known.get(given)
        if applicant is None:
            applicant = self._known[given] = Applicant(facts, dict(given))
        return applicant

    def _given_by(self, rules: FrameRules) -> Given:
        key = (rules.rule_set, rules.round)
        given = self._given.get(key)
        if given is None:
            given = self._given[key] = tuple(
                (name, moment.at.date())
                for name, fact in self.book.facts.items()
                if fact.given_by_round is not None
                if (moment := rules.moment(fact.given_by_round)) is not None
            )
        return given


@dataclass(slots=True)
class Assessor:
    """Answers cases under the rules of `book`."""

    book: RuleBook
    _lines: LineReader = field(default_factory=LineReader)
    _reader: CaseReader = field(init=False)
    _workshop: Workshop = field(default_factory=Workshop)
    _decisions: dict[tuple[str, int | None, str], Decision] = field(default_factory=dict)
    _unconfirmed: dict[tuple[str, int | None], tuple[str, ...]] = field(default_factory=dict)
    _applicants: Applicants = field(init=False)
    _reasons: Reasons = field(default_factory=Reasons)

    def __post_init__(self) -> None:
        """Take the rules to read cases and to know applicants by."""
        self._reader = CaseReader(self.book)
        self._applicants = Applicants(self.book)

    def answer_line(self, line: str, switches: Switches = NO_SWITCHES) -> str:
        """Return the answer to one line of JSON as one line of JSON; a line that is not a case gets an error object."""
        try:
            content = self._lines.read(line)
        except ValueError:
            return write_json({"id": None, "error": _error("not_json", message(self.book.messages, "not_json"))})
        return self.answer_text(content, switches)

    def answer_text(self, content: JsonValue, switches: Switches = NO_SWITCHES) -> str:
        """Return what `answer` does as one line of JSON."""
        return write_object(self._answer(content, switches))

    def answer(self, content: JsonValue, switches: Switches = NO_SWITCHES) -> JsonObject:
        """Return the answer to one case as a JSON object, or an error object for what is not a case."""
        return read_back(self._answer(content, switches))

    def _answer(self, content: JsonValue, switches: Switches) -> JsonObject:
        identity = content.get("id") if isinstance(content, dict) else None
        if not isinstance(identity, _IDENTITIES):
            return {"id": None, "error": _error("wrong_key", message(self.book.messages, "wrong_key", key="id"))}
        try:
            return {"id": identity, **self._answered(self._reader.read(content), switches)}
        except CaseError as error:
            return {"id": identity, "error": _error(error.code, error.text)}

    def rules(self, rule_set: str, round_: int | None) -> FrameRules | None:
        """Return the rules of a frame in a round, or None where the frame was not offered in it.

        Raises:
            CaseError: there is no such frame, or it needs the number of a round.
        """
        frame = self._frame(rule_set)
        if round_ is None and None not in frame.rounds:
            raise CaseError("round_needed", message(self.book.messages, "round_needed", rule_set=rule_set))
        return frame.rounds.get(round_)

    def decision(self, rules: FrameRules, *, after_adoption: bool = False) -> Decision | None:
        """Return `rules` ready to judge, or None where the documents do not say how they are judged."""
        if rules.award is None and rules.open_award is None:
            return None
        ready = decide_after_adoption if after_adoption else decide
        return self._ready(rules, ready.__name__, lambda: ready(rules, self.book.facts))

    def known_facts(self, rules: FrameRules, facts: Facts) -> Applicant:
        """Return `facts` with the dates that the round itself gives, where the case does not state them."""
        return self._applicants.known(rules, facts)

    def _ready(self, rules: FrameRules, how: str, decide_now: Callable[[], Decision]) -> Decision:
        key = (rules.rule_set, rules.round, how)
        if key not in self._decisions:
            self._decisions[key] = decide_now().measured_by(self._workshop)
        return self._decisions[key]

    def _answered(self, case: Case, switches: Switches) -> JsonObject:
        answer_to = self._KINDS.get(case.kind)
        if answer_to is None:
            raise CaseError("unknown_kind", message(self.book.messages, "unknown_kind", kind=case.kind))
        answer = answer_to(self, case, switches)
        if unconfirmed := self._unconfirmed_in(case.rule_set, case.round):
            answer["unconfirmed"] = [*unconfirmed]
        if case.ignored:
            answer["ignored"] = [*case.ignored]
        return answer

    def _unconfirmed_in(self, rule_set: str, round_: int | None) -> tuple[str, ...]:
        key = (rule_set, round_)
        unconfirmed = self._unconfirmed.get(key)
        if unconfirmed is None:
            rules = self._frame(rule_set).rounds.get(round_)
            if rules is None:  # any number may be asked for, so that it is not remembered
                return ()
            unconfirmed = self._unconfirmed[key] = self._not_confirmed(rules)
        return unconfirmed

    def _not_confirmed(self, own: FrameRules) -> tuple[str, ...]:
        """Return what no document of the round has confirmed, of every frame on which the answer may rest."""
        others = [part.rule_set for part in own.parts]
        if own.reexamination is not None and own.reexamination.frame is not None:
            others.append(own.reexamination.frame)
        found = [own, *(self._frame(name).rounds.get(own.round) for name in others)]
        return tuple(dict.fromkeys(name for rules in found if rules is not None for name in rules.unconfirmed))

    def _frame(self, rule_set: str) -> Frame:
        if rule_set not in self.book.frames:
            raise CaseError("unknown_rule_set", message(self.book.messages, "unknown_rule_set", rule_set=rule_set))
        return self.book.frames[rule_set]

    def _not_possible(self, case: Case) -> CaseError:
        words = message(self.book.messages, "kind_not_possible", kind=case.kind, rule_set=case.rule_set)
        return CaseError("kind_not_possible", words)

    def _eligibility(self, case: Case, switches: Switches) -> JsonObject:
        rules = self.rules(case.rule_set, case.round)
        if rules is None:
            return self._not_offered(case, switches)
        if rules.consortium is not None:
            return self._consortium(case, switches)
        decision = self.decision(rules)
        if decision is None:
            return _nothing_told(rules, switches)
        return self._judged(decision, self.known_facts(rules, case.facts), switches)

    def _reexamination(self, case: Case, switches: Switches) -> JsonObject:
        """Judge an application that was rejected in its own frame under the frame in which it is looked at again.

        While nobody knows whether it was rejected, only what holds either way is told.
        """
        match case.facts.get(REJECTED):
            case True:
                return self._looked_at_again(case, switches)
            case False:
                return self._as_applied(case, switches)
            case _:
                return _either(self._as_applied(case, switches), self._looked_at_again(case, switches), switches)

    def _as_applied(self, case: Case, switches: Switches) -> JsonObject:
        answer = self._eligibility(case, switches)
        return {**answer, "adopted_as": case.rule_set if answer["outcome"] == Verdict.ELIGIBLE else None}

    def _looked_at_again(self, case: Case, switches: Switches) -> JsonObject:
        rules = self.rules(case.rule_set, case.round)
        again = None if rules is None else rules.reexamination
        if rules is None or again is None:
            return {**self._eligibility(case, switches), "adopted_as": None}
        if again.frame is None:
            reason = reason_json(again.code, Standing.NOT_MET, again.sentence, again.citation, {})
            return {**refused(again.code, reason, switches), "adopted_as": None}
        answer = self._eligibility(Case(case.kind, again.frame, case.round, case.facts), switches)
        return {**answer, "adopted_as": again.frame if answer["outcome"] == Verdict.ELIGIBLE else None}

    def _rate_change(self, case: Case, switches: Switches) -> JsonObject:
        """Judge with the rate at the final inspection, and give the subsidy at the application beside it."""
        rules = self.rules(case.rule_set, case.round)
        at_application = None if rules is None else self.decision(rules)
        at_inspection = None if rules is None else self.decision(rules, after_adoption=True)
        if rules is None or at_application is None or at_inspection is None:
            return {**self._eligibility(case, switches), "subsidy_at_application_yen": None}
        facts = self.known_facts(rules, case.facts)
        before = judge(at_application, facts)
        return {**self._judged(at_inspection, facts, switches), "subsidy_at_application_yen": before.subsidy_yen}

    def _joint(self, case: Case, switches: Switches) -> JsonObject:
        rules = self.rules(case.rule_set, case.round)
        if rules is None:
            return self._not_offered(case, switches)
        joint = rules.joint
        if joint is None:
            raise self._not_possible(case)
        decision = self._ready(rules, "decide_jointly", lambda: decide_jointly(rules, joint, self.book.facts))
        facts = self.known_facts(rules, case.facts)
        result, answer = judge_joint(decision, joint, facts)
        return {**joint_json(result, answer), **self._told(decision, result, facts, switches, answer.missing)}

    def _consortium(self, case: Case, switches: Switches) -> JsonObject:
        rules = self.rules(case.rule_set, case.round)
        if rules is None:
            return self._not_offered(case, switches)
        decision = self.decision(rules)
        if rules.consortium is None or decision is None:
            raise self._not_possible(case)
        facts = self.known_facts(rules, case.facts)
        result, answer = judge_consortium(decision, rules.consortium, facts)
        told = self._told(decision, result, facts, switches, answer.missing)
        pool = rules.consortium.pool
        if pool is not None and pool.code in answer.failed and switches.explain:
            exceeded = reason_json(pool.code, Standing.NOT_MET, pool.sentence, pool.citation, {})
            told["reasons"] = WrittenArray.of([told["reasons"].pieces, (write_json(exceeded),)])
        return {**consortium_json(answer), **told}

    def _parts(self, case: Case, switches: Switches) -> JsonObject:
        """Judge several awards that are had together, each under its own rules."""
        rules = self.rules(case.rule_set, case.round)
        if rules is None:
            return self._not_offered(case, switches)
        if not rules.parts:
            raise self._not_possible(case)
        answers: dict[str, Eligibility] = {}
        told: dict[str, JsonObject] = {}
        decisions: list[Decision] = []
        for part in rules.parts:
            of_part = self.rules(part.rule_set, case.round)
            decision = None if of_part is None else self.decision(of_part)
            if of_part is None or decision is None:
                raise self._not_possible(case)
            facts = self.known_facts(of_part, case.facts)
            decisions.append(decision)
            answers[part.name] = judge(decision, facts)
            alone = replace(switches, changes=False)
            told[part.name] = self._told(decision, answers[part.name], facts, alone, answers[part.name].missing)
        return {
            **parts_json(answers),
            **_told_together(list(told.values()), switches),
            **self._changes_together(rules, decisions, case.facts, switches),
        }

    def _changes_together(
        self, rules: FrameRules, decisions: list[Decision], given: Facts, switches: Switches
    ) -> JsonObject:
        """Return the smallest changes after which no award that is had together fails."""
        if not switches.changes:
            return {}
        every = self._ready(rules, decide_together.__name__, lambda: decide_together(rules, decisions, self.book.facts))
        facts = self.known_facts(rules, given)
        return {"changes": self._changes(every, judge(every, facts), facts)}

    def _clawback(self, case: Case, switches: Switches) -> JsonObject:
        rules = self.rules(case.rule_set, case.round)
        if rules is None:
            return self._not_offered(case, switches)
        if rules.clawback is None:
            raise self._not_possible(case)
        answer = judge_repayment(rules.clawback, self.known_facts(rules, case.facts), self.book.facts)
        reasons = [reason_json(one.reason, Standing.MET, one.sentence, one.citation, {}) for one in answer.cases]
        matters = [name for name in (*answer.missing, *answer.assumed) if name in self.book.facts]
        return {**repayment_json(answer), **added(switches, reasons, matters)}

    def _schedule(self, case: Case, switches: Switches) -> JsonObject:
        frame = self._frame(case.rule_set)
        others = dict.fromkeys(moment for rules in frame.rounds.values() for moment in rules.other_moments)
        dates = judge_dates(frame.rounds.get(case.round), case.facts, others)
        return {
            "outcome": dates.timing.value,
            "missing": list(dates.missing),
            "opens": iso(dates.opens),
            "deadline": iso(dates.deadline),
            "expected_from": iso(dates.expected_from),
            "expected_until": iso(dates.expected_until),
            **added(switches, reasons=[], matters=(name for name in dates.missing if name in self.book.facts)),
        }

    def _not_offered(self, case: Case, switches: Switches) -> JsonObject:
        refusal = self._frame(case.rule_set).not_offered
        reason = reason_json(refusal.code, Standing.NOT_MET, refusal.sentence, refusal.citation, {})
        return refused(refusal.code, reason, switches)

    def _judged(self, decision: Decision, facts: Applicant, switches: Switches) -> JsonObject:
        result = judge(decision, facts)
        answer = eligibility_json(result, decision.rules.open_award)
        answer.update(self._told(decision, result, facts, switches, result.missing))
        return answer

    def _told(
        self, decision: Decision, result: Eligibility, facts: Applicant, switches: Switches, missing: tuple[str, ...]
    ) -> JsonObject:
        """Return what the switches add; `missing` are all that can still change the answer."""
        told: JsonObject = {}
        if switches.explain:
            told["reasons"] = self._reasons.written(result.judged, facts)
            if decision.rules.point_limits:
                told["point_limits"] = point_limits_json(result)
        if switches.next:
            told.update(_asked(decision, result, facts, missing))
        if switches.changes:
            told["changes"] = self._changes(decision, result, facts)
        return told

    def _changes(self, decision: Decision, result: Eligibility, facts: Facts) -> list[list[JsonObject]]:
        return [
            [change_json(self.book, decision, one, result.judged) for one in some]
            for some in smallest_changes(decision, facts, self.book.facts)
        ]

    _KINDS: ClassVar[Mapping[str, Callable[[Assessor, Case, Switches], JsonObject]]] = {
        "eligibility": _eligibility,
        "simple": _eligibility,
        "reexam": _reexamination,
        "rate_change": _rate_change,
        "joint": _joint,
        "consortium": _consortium,
        "tiered": _parts,
        "clawback": _clawback,
        "schedule": _schedule,
    }


def _asked(decision: Decision, result: Eligibility, facts: Facts, missing: tuple[str, ...]) -> JsonObject:
    """Return the next question, and all that still matter; `missing` are all that can still change the answer."""
    if not missing:
        return {"ask": None, "matters": []}
    left = Left.after(decision, result)
    matters = list(left.missing) if missing is result.missing else at_the_door(decision.askable(missing, facts))
    settled_first = best_question([left])
    return {"ask": question_of(settled_first) if settled_first else next(iter(matters), None), "matters": matters}


def _nothing_told(rules: FrameRules, switches: Switches) -> JsonObject:
    """Return the answer where the documents, not the applicant's facts, leave everything open."""
    return {**left_open(rules.open_points), **added(switches, reasons=[], matters=())}


def _told_together(told: list[JsonObject], switches: Switches) -> JsonObject:
    """Return what the switches add for several awards together."""
    reasons = WrittenArray.of([one["reasons"].pieces for one in told if "reasons" in one])
    return added(switches, reasons, dict.fromkeys(name for one in told for name in one.get("matters", ())))


def _either(kept: JsonObject, again: JsonObject, switches: Switches) -> JsonObject:
    """Return what can be told of a reexamination while it is open whether there is one (`again`) or not (`kept`)."""
    if kept["outcome"] == again["outcome"] == Verdict.NOT_ELIGIBLE:
        both = [code for code in kept["failed"] if code in again["failed"]]
        agreed = {
            name: value if again.get(name) == value else NO_FIGURES[name]
            for name, value in kept.items()
            if name in NO_FIGURES
        }
        return {**kept, **agreed, "failed": both or kept["failed"], "adopted_as": None}
    missing = tuple(dict.fromkeys((*kept["missing"], *again["missing"], REJECTED)))
    askable = tuple(dict.fromkeys((REJECTED, *kept.get("matters", ()), *again.get("matters", ()))))
    return {**left_open(missing), **added(switches, kept.get("reasons", []), askable), "adopted_as": None}


def _error(code: str, text: Text) -> JsonObject:
    return {"code": code, "message": text.to_json()}
