"""Judges many companies; this file runs in CPython, and as text in Pyodide."""

from __future__ import annotations

import json
import time

from calculator.assess import Assessor
from calculator.cases import read_facts
from calculator.codec import rule_book_from_json
from calculator.decision import Decision
from calculator.eligibility import judge
from calculator.evaluation import Facts
from calculator.rulebook import FrameRules


def seconds_to_judge(rules_json: str, asked_json: str) -> list[float]:
    """Return how long each third of the companies takes, judged once before.

    `asked_json` is `{"rule_sets": [[name, round], …], "companies": [facts, …]}`. Of each company and rule set come the
    outcome, the codes of failed requirements, the missing facts and the subsidy.
    """
    assessor, asked = Assessor(rule_book_from_json(rules_json)), json.loads(asked_json)
    companies = [read_facts(assessor.book, facts)[0] for facts in asked["companies"]]
    judged = []
    for rule_set, round_ in asked["rule_sets"]:
        rules = assessor.rules(rule_set, round_)
        decision = None if rules is None else assessor.decision(rules)
        assert rules is not None
        assert decision is not None
        judged.append((rules, decision))
    _judge(assessor, judged, companies[:50])
    took = []
    for start in range(3):
        before = time.perf_counter()
        _judge(assessor, judged, companies[start::3])
        took.append(time.perf_counter() - before)
    return took


def _judge(assessor: Assessor, judged: list[tuple[FrameRules, Decision]], companies: list[Facts]) -> list[object]:
    answers: list[object] = []
    for facts in companies:
        for rules, decision in judged:
            answer = judge(decision, assessor.known_facts(rules, facts))
            answers.append((answer.verdict, answer.failed, answer.missing, answer.subsidy_yen))
    return answers
