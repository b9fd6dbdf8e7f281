"""Messages to the worker and questions to Python behind it: each has one answer, and none spoils those after it."""

from __future__ import annotations

import contextlib
import json
from functools import cache
from typing import Any

from hypothesis import strategies as st

from calculator import browser
from tests.fuzz.cases import VALUES
from tests.fuzz.links import ANSWERS, ANYTHING, FRAMES, as_numbers, judged, told
from tests.fuzz.mutations import mutated
from tests.fuzz.surface import Surface

#: There is no WebAssembly where the worker is asked here: it says so when it is to start.
CODES = {"runtime", "rules", "edition", "calculator", "unsupported"}
FILLED = {
    "industry": "retail",
    "regular_employees": "20人",
    "costs": [{"category": "machinery_system", "amount_yen": "900万"}],
}
ORDER = {"rule_sets": FRAMES, "round": 13, "answers": FILLED, "passed": ["industry"], "saved": None}
TABLE = json.dumps({"rule_sets": FRAMES, "round": 13, "language": "ja"}) + "\nname,industry\na,retail\n"
QUESTIONS = {
    "judge": json.dumps(ORDER),
    "others": json.dumps({"answers": FILLED, "others": [{"rule_set": "jizokuka/r3s/wages", "round": None}]}),
    "work_out": json.dumps({"fact": "value_added_growth_pct", "typed": {"now.operating_profit": "1"}}),
    "assess": json.dumps(
        [{"id": 1, "kind": "eligibility", "rule_set": FRAMES[0], "round": 13, "facts": {}, "switches": {}}]
    ),
    "open_table": TABLE,
    "judge_rows": "2",
}
NAMES = tuple(QUESTIONS)


def check_message(message: Any) -> None:  # noqa: ANN401 - anything that can be sent
    """Send a message to a worker that has not started: it says so, once, to whoever sent it."""
    (answer,) = told({"message": message})
    is_record = isinstance(message, dict)
    sent = message.get("id") if is_record else None
    assert as_numbers(answer.get("id")) == as_numbers(sent)
    assert answer["error"]["code"] in CODES
    assert "result" not in answer


def check_question(changed: tuple[int, str]) -> None:
    """Ask Python something that no page asks; it may fail, and answers the next question as ever."""
    expected = _as_ever()
    with contextlib.suppress(Exception):  # the worker tells the page that it has failed
        getattr(browser, NAMES[changed[0]])(changed[1])
    assert judged(FILLED, None) == expected


@cache
def _as_ever() -> dict[str, Any]:
    return judged(FILLED, None)


def check_answers(answers: dict[str, Any]) -> None:
    """Ask Python what pages ask, whatever was typed: it never fails."""
    judged(answers, None)
    browser.others(json.dumps({"answers": answers, "others": []}))


_CALLS = st.sampled_from(["start", *NAMES, "constructor", "__proto__", "toString", ""]) | ANYTHING
MESSAGES = (
    st.dictionaries(st.sampled_from(["id", "edition", "call", "text"]), _CALLS | st.sampled_from(VALUES)) | ANYTHING
)
ANYBODY = MESSAGES.filter(lambda one: "\\ud" not in json.dumps(one))

#: What is nearly a message.
KNOWN: tuple[Any, ...] = (
    *(
        None,
        [],
        "judge",
        {"call": "judge"},
        {"call": "judge", "text": 5},
        {"call": "__proto__", "text": ""},
        {"id": {}},
    ),
    *({"id": 1, "edition": "x", "call": call, "text": text} for call in ("start", "remember") for text in ("", "null")),
)

SURFACES = (
    Surface("messages", ANYBODY, check_message, 100, KNOWN),
    Surface("questions", st.deferred(lambda: mutated(list(QUESTIONS.values()))), check_question, 60),
    Surface("answers", ANSWERS, check_answers, 60),
)
