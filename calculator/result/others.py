"""Other programmes for the same facts: those that are open with the most to give first."""

from __future__ import annotations

from collections.abc import Iterable

from calculator.assess import Assessor
from calculator.eligibility import Verdict
from calculator.evaluation import Facts
from calculator.json_values import JsonObject
from calculator.messages import message
from calculator.result.judgment import Judgment, judged
from calculator.result.short_answer import open_questions, short_answer
from calculator.text import Text

_ORDER = (Verdict.ELIGIBLE, Verdict.CANNOT_TELL, Verdict.NOT_ELIGIBLE)


def other_answers(assessor: Assessor, wanted: Iterable[tuple[str, int | None]], facts: Facts) -> list[JsonObject]:
    """Judge the frames `wanted`, each in its round, and return them in the order in which they are worth a look.

    What each gives is told by itself: amounts of different programmes are never added up.
    """
    found = [one for rule_set, round_ in wanted if (one := judged(assessor, rule_set, round_, facts)) is not None]
    return [
        {**short_answer(one), "notes": [note.to_json() for note in _notes(one)]} for one in sorted(found, key=_place)
    ]


def _place(judgment: Judgment) -> tuple[int, int, bool, int]:
    """Return where a frame stands: by its verdict, what it pays, whether answers can settle it, and how many."""
    is_open = bool(_open_points(judgment))
    return _ORDER.index(judgment.verdict), -(judgment.subsidy_yen or 0), is_open, open_questions(judgment)


def _open_points(judgment: Judgment) -> tuple[Text, ...]:
    """Return what no answer settles: what the documents leave open, and what an answer has left open already."""
    book, readings = judgment.book, judgment.decision.open_points
    names = dict.fromkeys(name for name in judgment.answer.missing if name in readings)
    of_documents = {name: book.open_points[name] for name in names if name in book.open_points}
    of_answers = {name: book.facts[name].label for name in names if name in judgment.facts}
    return (*of_documents.values(), *of_answers.values())


def _notes(judgment: Judgment) -> list[Text]:
    """Return what a verdict that cannot be told waits for: the number of open questions, and open points."""
    count, messages = open_questions(judgment), judgment.book.messages
    if judgment.verdict is not Verdict.CANNOT_TELL:
        return []
    asked = message(messages, "other_one_question" if count == 1 else "other_questions", count=str(count))
    return [*([asked] if count else []), *_open_points(judgment)]
