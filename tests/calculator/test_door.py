"""The command line: lines in, lines out, in the same order, and one bad line never stops a batch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from calculator.codec import rule_book_json
from tests.calculator.made_book import FACTS_THAT_PASS, book

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    file = tmp_path / "rules.json"
    file.write_text(rule_book_json(book()), encoding="utf-8")
    return file


def run(*options: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "calculator", "assess", *options]
    return subprocess.run(
        command, input=lines, capture_output=True, encoding="utf-8", cwd=PROJECT, check=False, timeout=60
    )


def case(identity: object) -> str:
    facts = {**FACTS_THAT_PASS, "costs": [{"category": "machine", "amount_yen": 900, "unit_yen": 900}]}
    content = {"id": identity, "kind": "eligibility", "rule_set": "made/up/plain", "round": 2, "facts": facts}
    return json.dumps(content)


def test_answers_come_in_the_order_of_their_lines_and_a_bad_line_stops_nothing(rules: Path) -> None:
    result = run("--rules", str(rules), lines=f"{case('a')}\n{{broken\n\n{case(2)}\n")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 0
    assert [answer["id"] for answer in answers] == ["a", None, 2]
    assert [answer.get("outcome") for answer in answers] == ["eligible", None, "eligible"]
    assert answers[1]["error"]["code"] == "not_json"


def test_the_switches_add_what_the_contract_says_and_nothing_else(rules: Path) -> None:
    plain = json.loads(run("--rules", str(rules), lines=case(1)).stdout)
    full = json.loads(run("--rules", str(rules), "--explain", "--next", "--changes", lines=case(1)).stdout)
    assert full.keys() - plain.keys() == {"reasons", "ask", "matters", "changes"}
    assert {key: full[key] for key in plain} == plain


def test_rules_and_cases_are_utf_8_whatever_the_locale_of_the_machine_is(rules: Path) -> None:
    command = [sys.executable, "-m", "calculator", "assess", "--rules", str(rules), "--explain"]
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    line = case("x").replace('"x"', '"語"').encode()
    result = subprocess.run(command, input=line, capture_output=True, cwd=PROJECT, check=False, timeout=60, env=plain)
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout.decode())
    assert (answer["id"], answer["reasons"][0]["text"]["ja"]) == ("語", "ことば")


def test_each_line_is_answered_before_the_next_is_written(rules: Path) -> None:
    command = [sys.executable, "-m", "calculator", "assess", "--rules", str(rules)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=PROJECT
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for identity in range(3):
            running.stdin.write(case(identity) + "\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == identity
        running.stdin.close()
        assert running.wait(timeout=30) == 0


@pytest.mark.parametrize("content", [None, "{}", "nonsense"])
def test_without_rules_it_says_what_to_do_and_fails(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "rules.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    result = run("--rules", str(file), lines=case(1))
    assert result.returncode == 3
    assert result.stdout == ""
    assert str(file) in result.stderr
    assert "hint:" in result.stderr


def test_a_reader_that_has_read_enough_ends_it_quietly(rules: Path) -> None:
    command = [sys.executable, "-m", "calculator", "assess", "--rules", str(rules)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=PROJECT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(f"{case(1)}\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1
        process.stdout.close()
        process.stdin.write(f"{case(2)}\n")
        process.stdin.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=60) == 0
