"""The calculator's door to the page: JSON text goes in and comes out, for all frames of a round at once.

The page sends what the visitor typed; all that it shows in return comes from here, words and figures
in every language. What it is told of a frame is made in `calculator.result`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from calculator.answers import Switches
from calculator.assess import Assessor
from calculator.batch.header import TableError
from calculator.batch.report import Report
from calculator.cases import read_facts
from calculator.codec import rule_book_from_json
from calculator.entries import given_from
from calculator.json_values import JsonValue, read_json, write_json
from calculator.result.frame import frame_answer
from calculator.result.given import given
from calculator.result.interview import next_step
from calculator.result.judgment import judged
from calculator.result.mistakes import empty_cells, mistake
from calculator.result.others import other_answers
from calculator.result.since import outcome_of, since_saved
from calculator.result.steps import steps
from calculator.result.worked import worked
from calculator.rulebook import RuleBook


@dataclass(slots=True)
class Desk:
    """Where the page's questions are answered: the rules that were loaded."""

    assessor: Assessor

    @property
    def book(self) -> RuleBook:
        """Return the rules that answers come from."""
        return self.assessor.book


_desk: list[Desk] = []


def load(rules_json: str) -> str:
    """Take the published rules; return their edition, which page and rules must share."""
    _desk[:] = [Desk(Assessor(rule_book_from_json(rules_json)))]
    return edition()


def edition() -> str:
    """Return the edition of the rules that were loaded."""
    return _desk[0].book.edition


def rehearse() -> None:
    """Answer once for every frame as if nothing were known: what is made when it is first asked for is ready then."""
    for frame in _desk[0].book.frames.values():
        judge(write_json({"rule_sets": [frame.rule_set], "round": list(frame.rounds)[-1], "answers": {}}))


def assess(cases_json: str) -> str:
    """Return the answers to a JSON array of cases (objects with `switches` beside the case's keys) as a JSON array."""
    return f"[{', '.join(map(_assessed, read_json(cases_json)))}]"


def _assessed(content: JsonValue) -> str:
    switches = content.pop("switches", {}) if isinstance(content, dict) else {}
    return _desk[0].assessor.answer_text(content, Switches(**switches))


def work_out(request_json: str) -> str:
    """Return a figure worked out from amounts (see docs/architecture.md) as JSON text."""
    request = json.loads(request_json)
    return write_json(worked(_desk[0].book, request["fact"], request["typed"]))


def judge(request_json: str) -> str:
    """Return the answer to one request of the page (see docs/architecture.md) as JSON text."""
    desk, request = _desk[0], json.loads(request_json)
    answers = request["answers"]
    facts, found = read_facts(desk.book, given_from(desk.book.facts, answers))
    each = [judged(desk.assessor, rule_set, request["round"], facts) for rule_set in request["rule_sets"]]
    judgments = [one for one in each if one is not None]
    offered = [desk.assessor.rules(rule_set, request["round"]) for rule_set in request["rule_sets"]]
    saved = request.get("saved")
    response = {
        "mistakes": [mistake(desk.book, answers, one) for one in found],
        "unfinished": [*empty_cells(desk.book, answers)],
        "answered": len(facts),
        "given": given(desk.book, answers, facts),
        "interview": next_step(judgments, set(request.get("passed", ())) - {str(one.at[0]) for one in found}),
        "frames": [frame_answer(one) for one in judgments],
        "outcomes": {one.rules.rule_set: outcome_of(one) for one in judgments},
        "since": None if saved is None else since_saved(desk.book, saved["outcomes"], saved["edition"], judgments),
        "steps": steps(desk.book, (one for one in offered if one is not None)),
    }
    return write_json(response)


def others(request_json: str) -> str:
    """Return how other programmes answer the same facts (see docs/architecture.md) as JSON text."""
    desk, request = _desk[0], read_json(request_json)
    facts, _ = read_facts(desk.book, given_from(desk.book.facts, request["answers"]))
    wanted = [(one["rule_set"], one["round"]) for one in request["others"]]
    return write_json({"others": other_answers(desk.assessor, wanted, facts)})


_report: list[Report] = []


def open_table(order: str) -> str:
    """Begin to judge a table of companies (see docs/architecture.md); what was begun before is forgotten."""
    try:
        _report[:] = [Report.ordered(_desk[0].assessor, order)]
    except TableError as error:
        return write_json({"refused": error.text.to_json()})
    return write_json({"refused": None, **_report[0].beginning()})


def judge_rows(count: str) -> str:
    """Judge the next `count` companies of the table that was opened; return how they came out as JSON text."""
    return write_json(_report[0].portion(int(count)))
