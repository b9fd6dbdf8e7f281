"""The recipe for a register of companies says what the calculator says, goes on where it was, and mixes nothing."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from calculator.batch.columns import Headings
from calculator.batch.judging import Table, frames_to_judge
from site_builder.build import PROJECT
from tests.bench.batch import table_of
from tests.bench.real import assessor

DOCUMENT = (PROJECT / "docs" / "many-companies.md").read_text(encoding="utf-8")
SHOWN = {kind: re.findall(rf"^```{kind}\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL) for kind in ("sh", "sql")}
BUDGET, ROUND = "monozukuri/r3s", 13
COMPANIES, PORTION = 150, 60
Result = tuple[object, ...]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of made-up companies, the last of which cannot be read."""
    file = tmp_path_factory.mktemp("register") / "a register's.csv"
    lines = table_of(COMPANIES).splitlines()
    place = lines[0].split(",").index("capital_yen")
    cells = lines[-1].split(",")
    cells[place] = "much"
    file.write_text("\n".join([*lines[:-1], ",".join(cells)]), encoding="utf-8-sig")
    return file


@pytest.fixture(scope="module")
def rules(built_site: Path) -> Path:
    return built_site / "rules.json"


def run(register: Path, folder: Path, rules: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run what the document says to type, with these names in place of its own."""
    names = {
        ".venv/bin/python": sys.executable,
        "docs/recipes/register.py": str(PROJECT / "docs" / "recipes" / "register.py"),
        "register.parquet": str(register),
        "results": str(folder),
        "public/rules.json": str(rules),
    }
    command = [names.get(word, word) for word in shlex.split(SHOWN["sh"][0])]
    assert {*names.values(), f"{BUDGET}", f"{ROUND}"} <= {*command}
    options = [f"--portion={PORTION}", "--workers=2", *more]
    return subprocess.run([*command, *options], capture_output=True, text=True, check=False)


def results(folder: Path) -> list[Result]:
    file = folder / "results.parquet"
    with duckdb.connect() as connection:
        asked = "SELECT id, row, rule_set, outcome, subsidy_yen, failed, missing, mistakes FROM read_parquet(?)"
        return connection.execute(asked, [str(file)]).fetchall()


def judged(register: Path) -> list[Result]:
    """What the calculator says of the table, asked in one go."""
    book = assessor().book
    names = [name for name in book.frames if name.startswith(f"{BUDGET}/")]
    frames = frames_to_judge(assessor(), names, ROUND)
    table = Table.read(Headings(book), register.read_text(encoding="utf-8-sig"))
    found: list[Result] = []
    for row, company in enumerate(table.judged(assessor(), frames)):
        key = (company.cells[0], row)
        found += [(*key, None, "not_read", None, None, None, mistake.en) for mistake in company.mistakes]
        for frame, answer in sorted(zip(frames, company.answers, strict=False), key=lambda one: one[0].rules.rule_set):
            told = (answer.verdict.value, answer.subsidy_yen, " ".join(answer.failed), " ".join(answer.missing), "")
            found.append((*key, frame.rules.rule_set, *told))
    return [tuple(None if cell == "" else cell for cell in one) for one in found]


def without_line(found: list[Result]) -> list[Result]:
    """Results less the words of mistakes, which name the line of the table or the row of the register."""
    return [one[:-1] for one in found]


def test_every_company_has_the_answers_of_the_calculator(register: Path, rules: Path, tmp_path: Path) -> None:
    ran = run(register, tmp_path / "out", rules)
    assert ran.stdout == f"{COMPANIES} companies: {tmp_path / 'out' / 'results.parquet'}\n", ran.stderr
    found, expected = results(tmp_path / "out"), judged(register)
    assert without_line(found) == without_line(expected)
    assert len({one[3] for one in found}) > 3
    assert [bool(one[-1]) for one in found] == [bool(one[-1]) for one in expected]
    _goes_on_where_it_was(register, rules, tmp_path / "out")
    _judges_the_same_as_parquet(rules, tmp_path / "out")


def _goes_on_where_it_was(register: Path, rules: Path, folder: Path) -> None:
    portions = sorted((folder / "portions").iterdir())
    before, lost = results(folder), portions[1].read_bytes()
    kept = portions[0].stat().st_mtime_ns
    portions[1].unlink()
    (folder / "results.parquet").unlink()
    assert "1 of 1 portions" in run(register, folder, rules).stderr
    assert results(folder) == before
    assert portions[1].read_bytes() == lost
    assert portions[0].stat().st_mtime_ns == kept


def _judges_the_same_as_parquet(rules: Path, folder: Path) -> None:
    run(folder / "register.parquet", folder.with_name("again"), rules)
    assert results(folder.with_name("again")) == results(folder)


def test_two_results_are_compared_as_shown(
    register: Path, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(register, tmp_path / "after", rules)
    assert ran.returncode == 0, ran.stderr
    Path("before").mkdir()
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT * REPLACE (CASE WHEN row = 4 THEN 'not_eligible' ELSE outcome END AS outcome)"
            " FROM 'after/results.parquet') TO 'before/results.parquet' (FORMAT parquet)"
        )
        assert connection.execute(SHOWN["sql"][0]).fetchone() == (2,)  # frames in which the fifth company is eligible


def test_portions_of_another_order_are_not_mixed_in(register: Path, rules: Path, tmp_path: Path) -> None:
    few = tmp_path / "few.csv"
    few.write_text("\n".join(register.read_text(encoding="utf-8-sig").splitlines()[:3]), encoding="utf-8")
    run(few, tmp_path / "out", rules)
    for other in ((register, rules), (few, _another_edition(rules, tmp_path))):
        refused = run(other[0], tmp_path / "out", other[1])
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "another register, round or edition of the rules; name a new folder" in refused.stderr


def _another_edition(rules: Path, folder: Path) -> Path:
    file = folder / "rules.json"
    file.write_text(json.dumps({**json.loads(rules.read_text(encoding="utf-8")), "edition": "another"}))
    return file


def test_what_is_asked_for_in_vain_is_said(register: Path, rules: Path, tmp_path: Path) -> None:
    for more, sentence in (
        (["--round=99"], f"{BUDGET} offers nothing in round 99"),
        (["--rules=nowhere.json"], "there is no nowhere.json"),
    ):
        refused = run(register, tmp_path / "out", rules, *more)
        assert refused.returncode == 2
        assert sentence in refused.stderr
        assert not (tmp_path / "out").exists()
