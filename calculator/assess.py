"""Judging cases: a rule book goes in once; cases go in and the answers of the contract come out, as plain JSON values.

Every frame and round is made ready to judge when it is first asked for, and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from calculator.cases import Case, CaseError, read_case
from calculator.changes import Change, smallest_changes
from calculator.decision import Decision, decide, decide_after_adoption
from calculator.eligibility import Eligibility, Judged, Standing, Verdict, judge
from calculator.evaluation import Facts, FactValue
from calculator.expressions import Aggregate, Scalar, facts_of, scalar_to_json
from calculator.figures import figure_text
from calculator.json_values import JsonObject, JsonValue, read_json, write_json
from calculator.kinds import Kind
from calculator.messages import message
from calculator.questions import next_question
from calculator.rulebook import Citation, FactDefinition, Frame, FrameRules, RuleBook
from calculator.schedule import judge_dates
from calculator.text import Text

REJECTED = "rejected_in_frame"

#: The figures of an answer for which nothing is worked out.
NO_FIGURES: JsonObject = {
    **dict.fromkeys(("applicant_class", "rate", "lower_limit_yen", "upper_limit_yen")),
    **dict.fromkeys(("eligible_cost_yen", "uncapped_yen", "subsidy_yen")),
    "bonus_items": 0,
    "deduction_items": 0,
}


@dataclass(frozen=True, slots=True)
class Switches:
    """What is added to each answer: reasons, the next question, the smallest changes."""

    explain: bool = False
    next: bool = False
    changes: bool = False


@dataclass(slots=True)
class Assessor:
    """Answers cases under the rules of `book`."""

    book: RuleBook
    _decisions: dict[tuple[str, int | None, bool], Decision] = field(default_factory=dict)

    def answer_line(self, line: str, switches: Switches = Switches()) -> str:
        """Return the answer to one line of JSON as one line of JSON; a line that is not a case gets an error object."""
        try:
            content = read_json(line)
        except ValueError:
            return write_json({"id": None, "error": _error("not_json", message(self.book.messages, "not_json"))})
        return write_json(self.answer(content, switches))

    def answer(self, content: JsonValue, switches: Switches = Switches()) -> JsonObject:
        """Return the answer to one case as a JSON object, or an error object for what is not a case."""
        identity = content.get("id") if isinstance(content, dict) else None
        if not isinstance(identity, str | int | None):
            return {"id": None, "error": _error("wrong_key", message(self.book.messages, "wrong_key", key="id"))}
        try:
            return {"id": identity, **self._answered(read_case(self.book, content), switches)}
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
        if rules.award is None or rules.open_points:
            return None
        key = (rules.rule_set, rules.round, after_adoption)
        if key not in self._decisions:
            ready = decide_after_adoption if after_adoption else decide
            self._decisions[key] = ready(rules, rules.award, self.book.facts)
        return self._decisions[key]

    def known_facts(self, rules: FrameRules, facts: Facts) -> Facts:
        """Return `facts` with the dates that the round itself gives, where the case does not state them."""
        given = {
            name: moment.at.date()
            for name, fact in self.book.facts.items()
            if name not in facts and fact.given_by_round is not None
            if (moment := rules.moment(fact.given_by_round)) is not None
        }
        return {**given, **facts}

    def _answered(self, case: Case, switches: Switches) -> JsonObject:
        kinds: Mapping[str, Callable[[Case, Switches], JsonObject]] = {
            "eligibility": self._eligibility,
            "reexam": self._reexamination,
            "rate_change": self._rate_change,
            "schedule": self._schedule,
        }
        if case.kind not in kinds:
            raise CaseError("unknown_kind", message(self.book.messages, "unknown_kind", kind=case.kind))
        answer = kinds[case.kind](case, switches)
        return {**answer, "ignored": list(case.ignored)} if case.ignored else answer

    def _frame(self, rule_set: str) -> Frame:
        if rule_set not in self.book.frames:
            raise CaseError("unknown_rule_set", message(self.book.messages, "unknown_rule_set", rule_set=rule_set))
        return self.book.frames[rule_set]

    def _eligibility(self, case: Case, switches: Switches) -> JsonObject:
        rules = self.rules(case.rule_set, case.round)
        if rules is None:
            return self._not_offered(case, switches)
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
            reason = _reason(again.code, Standing.NOT_MET, again.sentence, again.citation, {})
            return {**_refused(again.code, reason, switches), "adopted_as": None}
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

    def _schedule(self, case: Case, switches: Switches) -> JsonObject:
        frame = self._frame(case.rule_set)
        dates = judge_dates(frame.rounds.get(case.round), case.facts)
        return {
            "outcome": dates.timing.value,
            "missing": list(dates.missing),
            "opens": _iso(dates.opens),
            "deadline": _iso(dates.deadline),
            "expected_from": _iso(dates.expected_from),
            "expected_until": _iso(dates.expected_until),
            **_added(switches, reasons=[], matters=tuple(name for name in dates.missing if name in self.book.facts)),
        }

    def _not_offered(self, case: Case, switches: Switches) -> JsonObject:
        refusal = self._frame(case.rule_set).not_offered
        reason = _reason(refusal.code, Standing.NOT_MET, refusal.sentence, refusal.citation, {})
        return _refused(refusal.code, reason, switches)

    def _judged(self, decision: Decision, facts: Facts, switches: Switches) -> JsonObject:
        result = judge(decision, facts)
        answer = _figures(result)
        if switches.explain:
            answer["reasons"] = [reason_of(one, facts) for one in result.judged]
        if switches.next:
            answer["ask"] = next_question(decision, facts)
            answer["matters"] = [name for name in result.missing if name not in decision.open_points]
        if switches.changes:
            changes = smallest_changes(decision, facts, self.book.facts)
            answer["changes"] = [[self._change(one) for one in some] for some in changes]
        return answer

    def _change(self, change: Change) -> JsonObject:
        return {
            "fact": change.fact,
            "from": scalar_to_json(change.before),
            "to": scalar_to_json(change.to),
            "text": change_text(self.book, change).to_json(),
        }


def reason_of(judged: Judged, facts: Facts) -> JsonObject:
    """Return a requirement's verdict with its sentence, its citation, and the facts that it read."""
    one = judged.condition
    read = {name: facts[name] for name in sorted(facts_of(one.expression)) if name in facts}
    return _reason(one.code, judged.standing, one.sentence, one.citation, read)


def change_text(book: RuleBook, change: Change) -> Text:
    """Return what an applicant would have to do, in words."""
    subject = change.variable.subject
    if isinstance(subject, Aggregate):
        value = figure_text(Kind.YEN, change.border)
        return message(book.messages, f"change_{subject.aggregation.value}_{change.comparison.value}", value=value)
    fact = book.facts[change.fact]
    sentence = fact.yes_sentence if change.to is True else fact.no_sentence if change.to is False else None
    if sentence is not None:
        return message(book.messages, "change_so_that", sentence=sentence)
    value = fact_value_text(fact, change.border)
    return message(book.messages, f"change_{change.comparison.value}", fact=fact.label, value=value)


def fact_value_text(fact: FactDefinition, value: Scalar) -> Text:
    """Return the value of `fact` in words, with its unit; None is worded as the fact words "there is none".

    Raises:
        ValueError: there is always one, so that the fact has no words for none.
    """
    if value is None:
        if fact.none_label is None:
            raise ValueError(f"there is always a {fact.name}")
        return fact.none_label
    if fact.kind is Kind.CHOICE:
        return next(choice.label for choice in fact.choices if choice.name == value)
    return figure_text(fact.kind, value, fact.unit)


def _figures(answer: Eligibility) -> JsonObject:
    return {
        "outcome": answer.verdict.value,
        "failed": list(answer.failed),
        "missing": list(answer.missing),
        "applicant_class": answer.applicant_class,
        "rate": None if answer.rate is None else str(answer.rate),
        "lower_limit_yen": answer.lower_limit_yen,
        "upper_limit_yen": answer.upper_limit_yen,
        "eligible_cost_yen": answer.eligible_cost_yen,
        "uncapped_yen": answer.uncapped_yen,
        "subsidy_yen": answer.subsidy_yen,
        "bonus_items": _count(answer.points),
        "deduction_items": _count(answer.deductions),
    }


def _count(items: tuple[tuple[object, Standing], ...]) -> int:
    return sum(standing is Standing.MET for _, standing in items)


def _reason(
    code: str, standing: Standing, text: Text, citation: Citation, facts: Mapping[str, JsonValue]
) -> JsonObject:
    return {
        "code": code,
        "verdict": standing.value,
        "text": text.to_json(),
        "citation": {"source": citation.source, "section": citation.section, "status": citation.status.value},
        "facts": {name: _fact_to_json(value) for name, value in facts.items()},
    }


def _fact_to_json(value: FactValue) -> JsonValue:
    if isinstance(value, tuple):
        return [{name: scalar_to_json(one) for name, one in row.items()} for row in value]
    return scalar_to_json(value)


def _refused(code: str, reason: JsonObject, switches: Switches) -> JsonObject:
    """Return a refusal that no fact can change."""
    answer = {**NO_FIGURES, "outcome": Verdict.NOT_ELIGIBLE.value, "failed": [code], "missing": [], "subsidy_yen": 0}
    return {**answer, **_added(switches, reasons=[reason], matters=())}


def _nothing_told(rules: FrameRules, switches: Switches) -> JsonObject:
    """Return the answer where the documents, not the applicant's facts, leave everything open."""
    return {**_open(rules.open_points), **_added(switches, reasons=[], matters=())}


def _open(missing: tuple[str, ...]) -> JsonObject:
    return {**NO_FIGURES, "outcome": Verdict.CANNOT_TELL.value, "failed": [], "missing": list(missing)}


def _either(kept: JsonObject, again: JsonObject, switches: Switches) -> JsonObject:
    """Return what can be told of a reexamination while it is open whether there is one (`again`) or not (`kept`)."""
    if kept["outcome"] == again["outcome"] == Verdict.NOT_ELIGIBLE:
        both = [code for code in kept["failed"] if code in again["failed"]]
        return {**kept, "failed": both or kept["failed"], "adopted_as": None}
    missing = tuple(dict.fromkeys((*kept["missing"], *again["missing"], REJECTED)))
    askable = tuple(dict.fromkeys((REJECTED, *kept.get("matters", ()), *again.get("matters", ()))))
    return {**_open(missing), **_added(switches, reasons=kept.get("reasons", []), matters=askable), "adopted_as": None}


def _added(switches: Switches, reasons: list[JsonObject], matters: tuple[str, ...]) -> JsonObject:
    """Return what the switches add to an answer for which no decision is needed."""
    return {
        **({"reasons": reasons} if switches.explain else {}),
        **({"ask": next(iter(matters), None), "matters": list(matters)} if switches.next else {}),
        **({"changes": []} if switches.changes else {}),
    }


def _error(code: str, text: Text) -> JsonObject:
    return {"code": code, "message": text.to_json()}


def _iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
