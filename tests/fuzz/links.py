"""Shared links, read by the page's own script: what comes out are answers as a form has them, or nothing."""

from __future__ import annotations

import atexit
import base64
import json
import re
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
FORMERLY = {
    "staff": "regular_employees",
    "industry.maker": "industry.manufacturing",
    "costs.kind": "costs.category",
    "costs.kind.machine": "costs.category.machinery_system",
}


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
    assert re.fullmatch(r"[01]\.[^.]*\.*", text), text
    assert isinstance(saved["edition"], str)
    for answer in saved["answers"].values():
        rows = [answer] if isinstance(answer, str) else [cell for row in answer for cell in row.values()]
        assert all(isinstance(cell, str) for cell in rows)
    judged(saved["answers"], saved)


def check_saved(saved: dict[str, Any]) -> None:
    """See that a link loses nothing of what a page saves in it, and needs no escapes in an address."""
    answer = told({"saved": saved})
    assert answer["saved"] == saved
    form, _, packed = answer["text"].partition(".")
    assert form == "1"
    assert packed.replace("-", "").replace("_", "").isalnum()
    assert packed.isascii()


def check_held(drawn: tuple[Any, bool]) -> None:
    """Read a link that holds anything, and read it a second time, by what docs and forms say that it may hold."""
    held, is_deflated = drawn
    saved = told({"text": link(json.dumps(held).encode(), is_deflated=is_deflated), "formerly": FORMERLY})
    assert as_numbers(saved) == as_numbers(meant(held)), held


def meant(held: Any) -> dict[str, Any] | None:  # noqa: ANN401 - JSON
    """What a link with that JSON says; None where it is no link."""
    if not isinstance(held, dict) or not {"e", "a", "o"} <= held.keys():
        return None
    edition, answers, outcomes = held["e"], held["a"], held["o"]
    if not isinstance(edition, str) or not isinstance(answers, dict) or not isinstance(outcomes, dict):
        return None
    if not all(isinstance(one, str) or _are_rows(one) for one in answers.values()):
        return None
    if not all(_is_flat(one) for one in outcomes.values()):
        return None
    return {
        "edition": edition,
        "answers": {_now(*one)[0]: _now(*one)[1] for one in answers.items()},
        "outcomes": outcomes,
    }


def _are_rows(answer: Any) -> bool:  # noqa: ANN401 - JSON
    is_list = isinstance(answer, list) and all(isinstance(row, dict) for row in answer)
    return is_list and all(isinstance(cell, str) for row in answer for cell in row.values())


def _is_flat(outcome: Any) -> bool:  # noqa: ANN401 - JSON
    parts = outcome if isinstance(outcome, list) else [outcome]
    return not any(isinstance(part, list | dict) for part in parts)


def _now(fact: str, answer: Any) -> tuple[str, Any]:  # noqa: ANN401 - JSON
    """A fact and its answer as they are called now."""

    def last(path: str, otherwise: str) -> str:
        return FORMERLY[path].split(".")[-1] if path in FORMERLY else otherwise

    def column(row: dict[str, str]) -> dict[str, str]:
        paths = {name: f"{fact}.{name}" for name in row}
        return {
            last(paths[name], name.split(".")[-1]): last(f"{paths[name]}.{cell}", cell) for name, cell in row.items()
        }

    value = last(f"{fact}.{answer}", answer) if isinstance(answer, str) else [column(row) for row in answer]
    return FORMERLY.get(fact, fact), value


def as_numbers(value: Any) -> Any:  # noqa: ANN401 - JSON
    """The same with numbers as a script has them."""
    return json.loads(json.dumps(value), parse_int=float)


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
    ["none", "unknown", "yes", "２０人", "1,000万円", "9007199254740993", "企業", "maker", "machine", *TROUBLE]
) | st.text(max_size=5)
NAMES = st.deferred(
    lambda: st.sampled_from(
        [*real_book().facts, "staff", "industry", "costs", "__proto__", "constructor", "toString", ""]
    )
)
ROWS = st.lists(
    st.dictionaries(
        st.sampled_from(["category", "kind", "amount_yen", "__proto__", "constructor", "x"]), WORDS, max_size=3
    ),
    max_size=3,
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
HELD: st.SearchStrategy[Any] = st.fixed_dictionaries({"e": st.text(max_size=3), "a": ANSWERS, "o": NO_OUTCOMES})
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


_RIGHT = link(b'{"e": "", "a": {}, "o": {}}', is_deflated=False).partition(".")[2]
#: Links with other forms than there are, and with more in them than is read.
NO_LINKS = [
    *(f"{form}.{_RIGHT}" for form in ("", "00", "2", "constructor", "__proto__", "toString", "valueOf")),
    *(f"0.{_RIGHT}{more}" for more in (".x", f".{_RIGHT}", "..x", ".")),
]

_ANSWER: tuple[Any, ...] = (
    "20",
    None,
    5,
    [],
    {},
    ["x"],
    [[]],
    [{"kind": "machine"}],
    [{"kind": 5}],
    [{"x": None}],
    [{"x": "y"}, "z"],
)
_PART: tuple[Any, ...] = (None, 5, "x", [], [{}], {})
#: Deeper than Python goes in a browser.
_DEEP = json.loads(f"{'[' * 600}{']' * 600}")
KNOWN: list[tuple[Any, bool]] = [
    *(({"e": "", "a": {name: one}, "o": {}}, False) for one in _ANSWER for name in ("staff", "costs", "constructor")),
    *(({"e": "", "a": {}, "o": {}, key: one}, True) for one in _PART for key in "eao"),
    *(({"e": "", "a": {}, "o": {"monozukuri/r3s/normal": one}}, True) for one in (*_PART, ["eligible", {}], _DEEP)),
    *(
        ({"e": "", "a": {"industry": "maker", "__proto__": "x", "toString": "y"}, "o": {"__proto__": []}}, True),
        ([], True),
    ),
]

SURFACES = (
    Surface(
        "links",
        st.deferred(lambda: _MADE | _BYTES | mutated(_published()).map(lambda one: one[1])),
        check_link,
        100,
        NO_LINKS,
    ),
    Surface("held", st.tuples(HELD, st.booleans()), check_held, 60, KNOWN),
    Surface("saved", SAVED.filter(_plain), check_saved, 30),
)
