"""Judges a register of companies, of any size, under the frames of one round: DuckDB reads it, the calculator decides.

    python docs/recipes/register.py REGISTER FOLDER --rules public/rules.json --budget monozukuri/r3s --round 13

REGISTER is a Parquet or CSV file with a row for each company. Its columns are called as in a table for the page for
many companies (`employees`, `capital_yen`, `costs.machinery`, …; docs/many-companies.md); all others are passed on.
Results go to FOLDER/results.parquet: a row for each company and frame.

The register is split into portions. Each is judged by a process of its own, which holds no more than that portion, and
becomes a file in FOLDER/portions that is complete as soon as it has its name. So a run that was broken off goes on
where it was, and the same register and rules always give the same results.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the calculator is not installed, it lies beside us

from calculator.assess import Assessor
from calculator.batch.columns import Headings
from calculator.batch.header import Header, TableError
from calculator.batch.judging import Company, FrameToJudge, Table, frames_to_judge
from calculator.batch.tables import Line
from calculator.codec import rule_book_from_json

#: What each row of the results says of a company in a frame, after the columns that are passed on.
ANSWERS = ("row", "rule_set", "outcome", "subsidy_yen", "failed", "missing", "mistakes")


@dataclass(frozen=True)
class Order:
    """What is asked for: the register as Parquet, the folder of the results, the rules and the frames of one round."""

    register: Path
    folder: Path
    rules: Path
    budget: str
    round: int | None
    portion: int


def main() -> None:
    """Judge the register that the command line names."""
    order, workers = _asked()
    order.folder.joinpath("portions").mkdir(parents=True, exist_ok=True)
    _refuse_other_order(order)
    order = _as_parquet(order)
    count = _count(order.register)
    starts = [start for start in range(0, count, order.portion) if not _portion_file(order, start).exists()]
    with ProcessPoolExecutor(workers) as pool:
        for number, done in enumerate(as_completed([pool.submit(judge_portion, order, one) for one in starts]), 1):
            done.result()
            print(f"{number} of {len(starts)} portions", file=sys.stderr, flush=True)
    _join(order)
    print(f"{count} companies: {order.folder / 'results.parquet'}")


def judge_portion(order: Order, start: int) -> None:
    """Judge the companies from row `start` on, and write what comes of them in one step."""
    columns, rows = _read_portion(order, start)
    assessor, frames = _calculator(order)
    headings = Headings(assessor.book)
    header = Header.read(headings, columns)
    lines = (Line(start + place, cells) for place, cells in enumerate(rows))
    companies = Table(assessor.book, header, len(rows), lines).judged(assessor, frames)
    file = _portion_file(order, start)
    draft = file.with_suffix(f".{os.getpid()}")
    with draft.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out)
        write.writerow([*(columns[place] for place in header.others), *ANSWERS])
        for company in companies:
            passed_on = [company.cells[place] for place in header.others]
            write.writerows([*passed_on, *answer] for answer in _answers(company, frames))
    draft.rename(file)


def _answers(company: Company, frames: Sequence[FrameToJudge]) -> Iterator[tuple[str, ...]]:
    """Yield what is said of a company in each frame; of one that cannot be read, once and for no frame, why."""
    if company.mistakes:
        yield (str(company.line), "", "not_read", "", "", "", " / ".join(one.en for one in company.mistakes))
    for frame, answer in zip(frames, company.answers, strict=bool(company.answers)):
        subsidy = "" if answer.subsidy_yen is None else str(answer.subsidy_yen)
        failed, missing = " ".join(answer.failed), " ".join(answer.missing)
        yield (str(company.line), frame.rules.rule_set, answer.verdict.value, subsidy, failed, missing, "")


@cache
def _calculator(order: Order) -> tuple[Assessor, tuple[FrameToJudge, ...]]:
    """Return the calculator and the frames, made ready once in each process."""
    assessor = Assessor(rule_book_from_json(order.rules.read_text(encoding="utf-8")))
    names = [name for name in assessor.book.frames if name.startswith(f"{order.budget}/")]
    return assessor, frames_to_judge(assessor, names, order.round)


def _read_portion(order: Order, start: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the names of the columns, and the rows of a portion as text; what is not told is empty."""
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT * EXCLUDE file_row_number FROM read_parquet(?, file_row_number = true)"
            " WHERE file_row_number >= ? AND file_row_number < ? ORDER BY file_row_number",
            [str(order.register), start, start + order.portion],
        )
        columns = tuple(one[0] for one in found.description or ())
        return columns, [tuple("" if cell is None else str(cell) for cell in row) for row in found.fetchall()]


def _as_parquet(order: Order) -> Order:
    """Return the order with a register that can be read from any row on; every cell of a CSV file stays text."""
    if order.register.suffix == ".parquet":
        return order
    register = order.folder / "register.parquet"
    draft = register.with_suffix(".draft")
    if not register.exists():
        with duckdb.connect() as connection:
            connection.execute(
                f"COPY (FROM read_csv({_quoted(order.register)}, header = true, all_varchar = true))"
                f" TO {_quoted(draft)} (FORMAT parquet)"
            )
        draft.rename(register)
    return replace(order, register=register)


def _join(order: Order) -> None:
    """Put all portions into one file, in the order of the register."""
    draft = order.folder / "results.draft"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * REPLACE (CAST(row AS BIGINT) AS row, CAST(subsidy_yen AS BIGINT) AS subsidy_yen)"
            f" FROM read_csv({_quoted(order.folder / 'portions' / '*.csv')}, header = true, all_varchar = true)"
            f" ORDER BY row, rule_set) TO {_quoted(draft)} (FORMAT parquet)"
        )
    draft.rename(order.folder / "results.parquet")


def _count(register: Path) -> int:
    with duckdb.connect() as connection:
        row = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(register)]).fetchone()
    return 0 if row is None else int(row[0])


def _portion_file(order: Order, start: int) -> Path:
    return order.folder / "portions" / f"{start:012}.csv"


def _refuse_other_order(order: Order) -> None:
    """Keep portions of another register, other rules or another round from being taken for ones of this order."""
    said = f"{order.budget} {order.round} {order.portion} {_hash(order.register)} {_hash(order.rules)}\n"
    file = order.folder / "order"
    if file.exists() and file.read_text(encoding="utf-8") != said:
        sys.exit(
            f"{order.folder}: it has portions of another register, round or edition of the rules; name a new folder"
        )
    file.write_text(said, encoding="utf-8")


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _asked() -> tuple[Order, int]:
    parser = argparse.ArgumentParser(description="Judge a register of companies under the frames of one round.")
    parser.add_argument("register", type=Path, help="a Parquet or CSV file, a row for each company")
    parser.add_argument("folder", type=Path, help="where the results go")
    parser.add_argument("--rules", type=Path, required=True, help="the published rules.json")
    parser.add_argument("--budget", required=True, help="such as monozukuri/r3s")
    parser.add_argument("--round", type=int, default=None, help="the number of the round, where the budget has rounds")
    parser.add_argument("--portion", type=int, default=20_000, help="companies in a portion (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes (default: one for each core)")
    asked = parser.parse_args()
    order = Order(asked.register, asked.folder, asked.rules, asked.budget, asked.round, asked.portion)
    if not order.register.is_file() or not order.rules.is_file():
        parser.error(f"there is no {order.register if not order.register.is_file() else order.rules}")
    try:
        if not _calculator(order)[1]:
            parser.error(f"{order.budget} offers nothing in round {order.round}")
    except TableError as error:
        parser.error(error.text.en)
    return order, asked.workers


if __name__ == "__main__":
    main()
