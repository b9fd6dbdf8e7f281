"""Shared links, read by the page's own script: what comes out are answers as a form has them, or nothing."""

from __future__ import annotations

import atexit
import base64
import json
import subprocess
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from calculator import browser
from tests.calculator.real_questions import real_book
from tests.fuzz.cases import VALUES, assessor
from tests.fuzz.mutations import TROUBLE, mutated
from tests.fuzz.outcomes import kept_of
from tests.fuzz.surface import Surface

HERE = Path(__file__).parent
FRAMES = ("monozukuri/r3s/normal", "monozukuri/r3s/global")
FORMERLY = {"staff": "regular_employees", "industry.maker": "industry.manufacturing"}


@cache
def _node() -> subprocess.Popen[str]:
    """The reader of links, started once."""
    process = subprocess.Popen(
        ["node", str(HERE / "links.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    atexit.register(process.kill)
    return process


def told(order: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """What the page's scripts make of an order."""
    process = _node()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{json.dumps(order)}\n")
    process.stdin.flush()
    line = process.stdout.readline()
    assert line, "the script has ended"
    return json.loads(line)


def link(content: bytes, *, is_deflated: bool) -> str:
    """The text of a link that holds `content`, whatever that is."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush() if is_deflated else content
    return f"{int(is_deflated)}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def check_link(text: str) -> None:
    """Read a link, and ask the calculator what a page would ask of it."""
    saved = told({"text": text, "formerly": FORMERLY})
    if saved is None:
        return
    assert isinstance(saved["edition"], str)
    for answer in saved["answers"].values():
        rows = [answer] if isinstance(answer, str) else [cell for row in answer for cell in row.values()]
        assert all(isinstance(cell, str) for cell in rows)
    judged(saved["answers"], saved)


def check_saved(saved: dict[str, Any]) -> None:
    """See that a link loses nothing of what a page saves in it."""
    assert told({"saved": saved}) == saved


def judged(answers: dict[str, Any], saved: dict[str, Any] | None) -> dict[str, Any]:
    """What the page is told of answers and of what was saved with them."""
    browser._desk[:] = [browser.Desk(assessor())]
    request = {"rule_sets": FRAMES, "round": 13, "answers": answers, "passed": list(answers), "saved": saved}
    text = browser.judge(json.dumps(request))
    text.encode()
    answer: dict[str, Any] = json.loads(text)
    assert len(answer["frames"]) == len(FRAMES)
    fields = [f"{one['field']}." for one in answer["mistakes"]]
    assert all(any(field.startswith(f"{name}.") for name in answers) for field in fields)
    if saved is not None:
        see_compared(answer, saved)
    return answer


def see_compared(answer: dict[str, Any], saved: dict[str, Any]) -> None:
    """See that a page is told of just those frames that come out otherwise than what was saved."""
    outcomes = {
        name: (verdict, None if yen is None else int(yen)) for name, (verdict, yen) in answer["outcomes"].items()
    }
    others = [name for name, outcome in outcomes.items() if kept_of(saved["outcomes"], name) != outcome]
    assert len(answer["since"]["frames"]) == len(others)
    assert answer["since"]["rules_changed"] is (saved["edition"] != real_book().edition)


WORDS = st.sampled_from(
    ["none", "unknown", "yes", "２０人", "1,000万円", "9007199254740993", "企業", *TROUBLE]
) | st.text(max_size=5)
NAMES = st.deferred(lambda: st.sampled_from([*real_book().facts, "staff", "__proto__", "constructor", "toString", ""]))
ROWS = st.lists(
    st.dictionaries(st.sampled_from(["category", "amount_yen", "__proto__", "x"]), WORDS, max_size=3), max_size=3
)
ANSWERS = st.dictionaries(NAMES, WORDS | ROWS, max_size=6)
OUTCOMES = st.dictionaries(
    st.sampled_from([*FRAMES, "__proto__"]),
    st.sampled_from(
        [["eligible", "9007199254740993"], ["not_eligible", "0"], ["cannot_tell", None], ["eligible", 8000000]]
    ),
)
SAVED = st.fixed_dictionaries({"edition": st.text(max_size=12), "answers": ANSWERS, "outcomes": OUTCOMES})
#: What a link may hold that no page has made.
ANYTHING = st.recursive(st.sampled_from(VALUES), lambda one: st.lists(one) | st.dictionaries(NAMES, one), max_leaves=6)
#: Of a frame that is judged, anything but what came out.
NO_OUTCOMES = st.dictionaries(
    st.sampled_from(FRAMES), st.sampled_from(VALUES) | st.lists(st.sampled_from(VALUES), max_size=3)
)
HELD = st.fixed_dictionaries({"e": st.text(max_size=3), "a": ANSWERS, "o": NO_OUTCOMES})
HELD |= st.fixed_dictionaries({"e": ANYTHING, "a": ANSWERS | ANYTHING, "o": OUTCOMES | ANYTHING}) | ANYTHING


def _published() -> list[str]:
    known = yaml.safe_load((HERE.parent / "links" / "links.yaml").read_text(encoding="utf-8"))
    return [one["text"] for one in known.values()]


_MADE = st.tuples(st.one_of(HELD), st.booleans()).map(lambda one: link(json.dumps(one[0]).encode(), is_deflated=one[1]))
_BYTES = st.tuples(st.binary(max_size=60), st.booleans()).map(lambda one: link(one[0], is_deflated=one[1]))


def _plain(saved: dict[str, Any]) -> bool:
    """Say whether JSON can write it: no half of a character, and no name that a script's records cannot have."""
    text = json.dumps(saved, ensure_ascii=False)
    return text.isprintable() and "__proto__" not in text


SURFACES = (
    Surface(
        "links", st.deferred(lambda: _MADE | _BYTES | mutated(_published()).map(lambda one: one[1])), check_link, 150
    ),
    Surface("saved", SAVED.filter(_plain), check_saved, 60),
)
