"""How long the recipe for a register takes, in one process and in two, and how much memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.batch import table_of
from tests.bench.real import ROOT
from tests.bench.speed import BUILT
from tests.bench.table import table

RECIPE = ROOT / "docs" / "recipes" / "register.py"
#: So many companies are made up; a larger register holds them several times over.
MADE = 20_000
COMPANIES = (20_000, 200_000)
WORKERS = (1, 2)


def register(say: Callable[[str], None]) -> str:
    """Return a table: a register of made-up companies under all frames of the round of `docs/many-companies.md`."""
    head, *rows = table_of(MADE).splitlines()
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for count in COMPANIES:
            file = Path(folder) / f"{count}.csv"
            file.write_text("\n".join([head, *rows * (count // MADE)]), encoding="utf-8")
            for workers in WORKERS:
                say(f"{count:,} companies, {workers} processes")
                seconds, memory = _run(file, Path(folder) / f"{count}-{workers}", workers)
                lines.append(
                    (f"{count:,}", str(workers), f"{seconds:.0f} s", f"{count / seconds:,.0f}", f"{memory} MB")
                )
    return table(("companies", "processes", "time", "companies a second", "memory of a process"), lines)


def _run(file: Path, out: Path, workers: int) -> tuple[float, int]:
    """Return the seconds that a run takes, and the most memory of one of its processes in MB."""
    asked = [f"--rules={BUILT / 'rules.json'}", "--budget=monozukuri/r3s", "--round=13", f"--workers={workers}"]
    watched = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=sys.stderr);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    began = time.perf_counter()
    command = [sys.executable, "-c", watched, sys.executable, str(RECIPE), str(file), str(out), *asked]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return time.perf_counter() - began, int(ran.stdout) // 1024
