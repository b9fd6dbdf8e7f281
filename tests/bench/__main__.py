"""Measures the questions and the speed of the calculator and prints tables: python -m tests.bench [--write] [name …].

Names are those of the tables below, such as `together` or `cpython`; without names, all are measured. `--write` puts
the tables into docs/questions.md, docs/performance.md and docs/publishing.md too. `saving --only script` measures the
rows alone whose names have this word, and writes nothing: a table is written whole.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.answering import answering
from tests.bench.batch import many_at_once
from tests.bench.building import by_stage, cold_builds
from tests.bench.first_view import first_views
from tests.bench.grading import grades
from tests.bench.lighthouse import lighthouse
from tests.bench.loading import while_loading
from tests.bench.outcomes import outcomes
from tests.bench.readers import many_readers
from tests.bench.real import ROOT
from tests.bench.rebuilding import rebuilding
from tests.bench.register import register
from tests.bench.report_questions import equally_frequent, frequent_as_worked, several_rule_sets
from tests.bench.saving import kinds_with, while_saving
from tests.bench.speed import in_browser, in_cpython, many_companies
from tests.bench.starting import starting

QUESTIONS, PERFORMANCE = ROOT / "docs" / "questions.md", ROOT / "docs" / "performance.md"
MANY_COMPANIES, PUBLISHING = ROOT / "docs" / "many-companies.md", ROOT / "docs" / "publishing.md"

TABLES: dict[str, tuple[Path, Callable[[Callable[[str], None]], str]]] = {
    "equal": (QUESTIONS, equally_frequent),
    "worked": (QUESTIONS, frequent_as_worked),
    "together": (QUESTIONS, several_rule_sets),
    "cpython": (PERFORMANCE, in_cpython),
    "browser": (PERFORMANCE, in_browser),
    "outcomes": (PERFORMANCE, outcomes),
    "companies": (PERFORMANCE, many_companies),
    "batch": (PERFORMANCE, many_at_once),
    "loading": (PERFORMANCE, while_loading),
    "answering": (PERFORMANCE, answering),
    "first-view": (PERFORMANCE, first_views),
    "lighthouse": (PERFORMANCE, lighthouse),
    "starting": (PERFORMANCE, starting),
    "saving": (PERFORMANCE, while_saving),
    "register": (MANY_COMPANIES, register),
    "readers": (PUBLISHING, many_readers),
    "headers": (PUBLISHING, grades),
    "rebuilding": (PERFORMANCE, rebuilding),
    "build": (PERFORMANCE, cold_builds),
    "stages": (PERFORMANCE, by_stage),
}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="tests.bench", description="Measure the calculator.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(TABLES)}; all without names")
    parser.add_argument("--write", action="store_true", help="put the tables into the documentation too")
    parser.add_argument(
        "--only", action="extend", type=kinds_with, metavar="WORDS", help="of the table 'saving', rows that have them"
    )
    options = parser.parse_args()
    if unknown := set(options.names) - TABLES.keys():
        parser.error(f"there is no table {', '.join(sorted(unknown))}")
    if options.only:
        if options.write or options.names != ["saving"]:
            parser.error("--only is for the table 'saving' alone, and writes nothing")
        print(while_saving(_say, options.only))
        return
    for name in options.names or TABLES:
        file, measure = TABLES[name]
        measured = f"{measure(_say)}\n\n{_where()}"
        print(f"\n{name}\n\n{measured}")
        if options.write:
            _write(file, name, measured)


def _say(what: str) -> None:
    print(f"  … {what}", file=sys.stderr, flush=True)


def _where() -> str:
    day = datetime.now(tz=UTC).date()
    return f"Measured {day} with CPython {platform.python_version()} on {os.cpu_count()} cores."


def _write(file: Path, name: str, measured: str) -> None:
    """Put `measured` between the marks called `name`."""
    text = file.read_text(encoding="utf-8")
    begin, end = f"<!-- measured: {name} -->", "<!-- end -->"
    found = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    written, count = found.subn(lambda _: f"{begin}\n\n{measured}\n\n{end}", text)
    if count != 1:
        raise ValueError(f"{file}: there is not one place for {name}")
    file.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
