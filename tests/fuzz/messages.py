"""Messages to the worker and questions to Python behind it: each has one answer, and none spoils those after it."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from hypothesis import strategies as st

from calculator import browser
from tests.fuzz.cases import VALUES
from tests.fuzz.links import ANSWERS, ANYTHING, FRAMES, judged, told
from tests.fuzz.mutations import mutated
from tests.fuzz.surface import Surface

CODES = {"runtime", "rules", "edition", "calculator"}
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
    assert rounded(answer.get("id")) == rounded(sent)
    assert answer["error"]["code"] in CODES
    assert "result" not in answer


def rounded(value: Any) -> Any:  # noqa: ANN401 - JSON
    """The same with numbers as a script has them."""
    return json.loads(json.dumps(value), parse_int=float)


def check_question(changed: tuple[int, str]) -> None:
    """Ask Python something that no page asks; it may fail, and answers the next question as ever."""
    before = judged(FILLED, None)
    with contextlib.suppress(Exception):  # the worker tells the page that it has failed
        getattr(browser, NAMES[changed[0]])(changed[1])
    assert judged(FILLED, None) == before


def check_answers(answers: dict[str, Any]) -> None:
    """Ask Python what pages ask, whatever was typed: it never fails."""
    judged(answers, None)
    browser.others(json.dumps({"answers": answers, "others": []}))


_CALLS = st.sampled_from(["start", *NAMES, "constructor", "__proto__", "toString", ""]) | ANYTHING
MESSAGES = (
    st.dictionaries(st.sampled_from(["id", "edition", "call", "text"]), _CALLS | st.sampled_from(VALUES)) | ANYTHING
)
ANYBODY = MESSAGES.filter(lambda one: "\\ud" not in json.dumps(one))

SURFACES = (
    Surface("messages", ANYBODY, check_message, 100),
    Surface("questions", st.deferred(lambda: mutated(list(QUESTIONS.values()))), check_question, 60),
    Surface("answers", ANSWERS, check_answers, 60),
)
