"""Tables of companies: each row comes out judged or with its mistakes, and the results can be opened safely."""

from __future__ import annotations

import csv
import json
from functools import cache
from io import StringIO
from itertools import islice
from random import Random

from hypothesis import strategies as st

from calculator.batch.header import TableError
from calculator.batch.report import NOT_READ, Report
from calculator.batch.tables import BYTE_ORDER_MARK, SEPARATORS
from calculator.json_values import JsonObject, write_json
from site_builder.site.batch_cells import cells_of
from tests.bench.real import assessor, judged_together, made
from tests.fuzz.mutations import mutated
from tests.fuzz.surface import Surface

RISKY = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")


@cache
def rule_sets() -> tuple[str, ...]:
    """The frames of the newest check."""
    return tuple(one.rules.rule_set for one in judged_together(("monozukuri", "r3s"), 13))


def check(changed: tuple[int, str]) -> None:
    """Judge a table."""
    order = json.dumps({"rule_sets": rule_sets(), "round": 13, "language": ("ja", "en")[changed[0] % 2]})
    try:
        report = Report.ordered(assessor(), f"{order}\n{changed[1]}")
    except TableError as refused:
        told = (refused.text.ja, refused.text.en)
    else:
        told = ("", "")
        see_judged(report)
    assert all(told) == any(told)


def see_judged(report: Report) -> None:
    """Judge all companies, a few at a time."""
    beginning, portions = report.beginning(), [report.portion(2)]
    while not portions[-1]["is_last"]:
        portions.append(report.portion(2))
    see(beginning, portions)


def see(beginning: JsonObject, portions: list[JsonObject]) -> None:
    """See that all companies are counted, and that no cell of the results is worked out by a spreadsheet."""
    last = portions[-1]
    text = beginning["table"] + "".join(one["table"] for one in portions)
    head, *rows = csv.reader(StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), strict=True)
    assert len(rows) == last["companies"]
    assert {len(row) for row in rows} <= {len(head)}
    for outcomes in last["outcomes"].values():
        assert sum(outcomes.values()) + last["not_read"] == last["companies"]
    place = next(at for at, cell in enumerate(head) if cell.endswith(".outcome"))
    assert sum(row[place] == NOT_READ for row in rows) == last["not_read"]
    for cell in (cell for row in (head, *rows) for cell in row):
        assert not cell.lstrip(" \u3000").startswith(RISKY) or cell.lstrip("-").replace(".", "", 1).isdecimal(), cell
    for told in (beginning, *portions):
        write_json(told).encode()


@cache
def real() -> list[str]:
    """Tables as advisers have them, with every separator."""
    together, book = judged_together(("monozukuri", "r3s"), 13), assessor().book
    cells = [dict(cells_of(book, one.facts, "ja")) for one in islice(made(Random(3), together), 3)]
    head = list(dict.fromkeys(name for row in cells for name in row))
    rows = [["name", *head], *(["甲", *(row.get(name, "") for name in head)] for row in cells)]
    tables = [StringIO() for _ in SEPARATORS]
    for table, separator in zip(tables, SEPARATORS, strict=True):
        csv.writer(table, delimiter=separator).writerows(rows)
    return [
        *(one.getvalue() for one in tables),
        "会社,資本金の額\n甲,=1+1\n乙,1,000万円\n",
        "name;industry\n@a;retail\n",
    ]


#: Tables with what a spreadsheet would work out, in a heading and in a cell.
_RISKS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@a",
    "\t=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    " =1",
    "\u3000=1",
    "-1.5.2",
    "-",
    '"=1"',
    "\ufeff=1",
)
KNOWN = [(0, f"name,industry,{one}\n{one},retail,{one}\n") for one in _RISKS]

SURFACES = (Surface("tables", st.deferred(lambda: mutated(real(), 4)), check, 50, KNOWN),)
