"""The command line called as a function: its options, its words, and how it reads and writes bytes.

That it is a process like others (its streams are never held back, a reader may leave) is claimed in test_door.py.
"""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from calculator import __main__ as door
from calculator.codec import rule_book_json
from tests.calculator.made_book import FACTS_THAT_PASS, book

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a call: the exit code, both streams, and where what is written afterwards goes instead."""

    code: int
    out: str
    err: str
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """Calls the command with streams of our own, which are of another encoding than the command's."""

    monkeypatch: pytest.MonkeyPatch
    rules: Path

    def run(self, *arguments: str, lines: bytes = b"") -> Said:
        written = [io.BytesIO(), io.BytesIO()]
        out, err = (io.TextIOWrapper(one, encoding="ascii") for one in written)
        with self.monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["somewhere", *arguments])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="ascii"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            try:
                code = door.main()
            except SystemExit as ended:
                code = int(ended.code or 0)
            instead = None if sys.stdout is out else sys.stdout
        for stream in (out, err):
            stream.flush()
        said, complained = (one.getvalue().decode() for one in written)
        if instead is None:
            return Said(code, said, complained)
        with instead:
            return Said(code, said, complained, f"{instead.name} {instead.mode} {instead.encoding}")

    def answer(self, line: bytes, *options: str) -> list[dict[str, object]]:
        """Return the answers to `line` under the made-up rules."""
        said = self.run("assess", "--rules", str(self.rules), *options, lines=line)
        assert (said.code, said.err) == (0, "")
        return [json.loads(one) for one in said.out.splitlines()]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Door:
    rules = tmp_path / "rules.json"
    rules.write_text(rule_book_json(book()), encoding="utf-8")
    return Door(monkeypatch, rules)


def line(**facts: object) -> bytes:
    case = {"id": "語", "kind": "eligibility", "rule_set": "made/up/plain", "round": 2}
    return json.dumps({**case, "facts": {**FACTS_THAT_PASS, **facts}}, ensure_ascii=False).encode() + b"\n"


@pytest.mark.parametrize(
    ("option", "keys"),
    [("--explain", {"reasons"}), ("--next", {"ask", "matters"}), ("--changes", {"changes"})],
)
def test_each_switch_adds_its_own_keys_to_every_answer(asked: Door, option: str, keys: set[str]) -> None:
    (plain,), (more, again) = asked.answer(line()), asked.answer(line() + b" \n\n" + line(), option)
    assert more.keys() - plain.keys() == keys
    assert more == again


def test_lines_are_utf_8_whatever_the_terminal_is_and_what_is_none_is_answered_too(asked: Door) -> None:
    (answer,) = asked.answer(line())
    assert answer["id"] == "語"
    broken, after = asked.answer(line().replace("語".encode(), b"\xff") + line())
    assert (broken["id"], after["id"]) == ("\udcff", "語")


def test_an_answer_is_written_before_the_next_line_is_read(asked: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed = []
    monkeypatch.setattr("builtins.print", lambda text, flush=False, **_: flushed.append((text[:1], flush)))
    asked.run("assess", "--rules", str(asked.rules), lines=line() * 2)
    assert flushed == [("{", True)] * 2


def test_a_reader_that_has_left_ends_it_without_a_word(asked: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("builtins.print", leave)
    said = asked.run("assess", "--rules", str(asked.rules), lines=line() * 2)
    assert said == Said(0, "", "", f"{os.devnull} w utf-8")


@pytest.mark.parametrize(("content", "why"), [(None, "No such file"), ("{}", "not a rule book"), ("é", "can't decode")])
def test_without_rules_it_says_which_file_why_and_what_to_do(
    asked: Door, tmp_path: Path, content: str | None, why: str
) -> None:
    file = tmp_path / "none.json"
    if content is not None:
        file.write_text(content, encoding="latin-1")
    said = asked.run("assess", "--rules", str(file), lines=line())
    told, hint = said.err.splitlines()
    assert (said.code, said.out) == (3, "")
    assert told.startswith(f"{file}: the rules cannot be read: ")
    assert why in told
    assert hint == "    hint: build the site first (make build), or name the published file with --rules"


def test_the_rules_are_those_of_the_last_build_unless_others_are_named(
    asked: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert PROJECT / "public" / "rules.json" == door.LAST_BUILD
    monkeypatch.setattr(door, "LAST_BUILD", asked.rules)
    assert json.loads(asked.run("assess", lines=line()).out)["outcome"] == "eligible"


def test_help_names_every_option_and_says_what_it_does(asked: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert asked.run("--help").out.splitlines() == [
        "usage: calculator [-h] {assess} ...",
        "",
        "Judge cases under the published rules.",
        "",
        "positional arguments:",
        "  {assess}",
        "    assess    read one case a line, write one answer a line",
        "",
        "options:",
        "  -h, --help  show this help message and exit",
    ]
    assert asked.run("assess", "--help").out.splitlines() == [
        "usage: calculator assess [-h] [--rules RULES] [--explain] [--next] [--changes]",
        "",
        "options:",
        "  -h, --help     show this help message and exit",
        "  --rules RULES  the compiled rules (default: the last build)",
        "  --explain      add the reasons, one for each requirement",
        "  --next         add the next question, and all that still matter",
        "  --changes      add the smallest changes that would make it eligible",
    ]


def test_without_a_command_it_says_how_it_is_called(asked: Door) -> None:
    said = asked.run()
    assert (said.code, said.out) == (2, "")
    assert "the following arguments are required: command" in said.err


@pytest.mark.parametrize("option", ["--rules=--", "--ru=--"])
def test_two_dashes_are_no_file_of_rules(asked: Door, option: str) -> None:
    said = asked.run("assess", option)
    assert (said.code, said.out) == (2, "")
    assert "'--' is no value of an option" in said.err
