"""One frame judged for one visitor: the rules, the facts and what came out, which every part of the answer rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calculator import eligibility
from calculator.assess import Assessor
from calculator.decision import Decision
from calculator.eligibility import Eligibility, Verdict
from calculator.evaluation import Facts
from calculator.groups import ConsortiumAnswer, judge_consortium
from calculator.rulebook import FrameRules, RuleBook


@dataclass(frozen=True, slots=True)
class Judgment:
    """A frame's answer with what it was made of.

    `answered` are the facts that the visitor has told; `facts` are those and the dates that the round itself gives.
    `group` is what the members of a consortium get, where the frame is for one; all that is missing for it is among
    what `answer` misses.
    """

    assessor: Assessor
    decision: Decision
    facts: Facts
    answered: Facts
    answer: Eligibility
    group: ConsortiumAnswer | None = None

    @property
    def book(self) -> RuleBook:
        """Return the rules that the words come from."""
        return self.assessor.book

    @property
    def verdict(self) -> Verdict:
        """Return what can be said for certain, of the whole group where there is one."""
        return self.answer.verdict if self.group is None else self.group.verdict

    @property
    def subsidy_yen(self) -> int | None:
        """Return what would be paid, to all members together where there are several; None while that is open."""
        if self.group is None:
            return self.answer.subsidy_yen
        return 0 if self.verdict is Verdict.NOT_ELIGIBLE else self.group.total_yen

    @property
    def rules(self) -> FrameRules:
        """Return the rules of the frame in its round."""
        return self.decision.rules


def judged(assessor: Assessor, rule_set: str, round_: int | None, answered: Facts) -> Judgment | None:
    """Judge one frame, or return None where it was not offered or the documents do not say how it is judged.

    Raises:
        CaseError: there is no such frame, or it needs the number of a round.
    """
    rules = assessor.rules(rule_set, round_)
    decision = None if rules is None else assessor.decision(rules)
    if rules is None or decision is None:
        return None
    facts = assessor.known_facts(rules, answered)
    if rules.consortium is None:
        return Judgment(assessor, decision, facts, answered, eligibility.judge(decision, facts))
    answer, group = judge_consortium(decision, rules.consortium, facts)
    return Judgment(assessor, decision, facts, answered, replace(answer, missing=group.missing), group)
