"""How long answers take: in CPython, in Pyodide in Chromium, and over many companies; all ratios are of one run."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from playwright.sync_api import Page, sync_playwright

from calculator.answers import Switches
from calculator.eligibility import judge
from calculator.evaluation import Facts
from calculator.json_values import JsonObject, JsonValue, write_json
from calculator.questions import question_after
from site_builder.serve import served
from tests.bench.real import ROOT, Judged, applicant, assessor, made, newest, together
from tests.bench.table import table

T = TypeVar("T")

BUILT = ROOT / "public"
APPLICANTS = 250
TRIES = 3
"""Every applicant is judged so many times, and the best time counts: other work on the machine is not ours."""

LEAST_AMOUNT = 10_000
"""A number of so many is an amount in yen, not of people or years."""

FEW, MANY = 1_000, 10_000
LONGEST_START = 120_000  # milliseconds; a busy machine is slow

#: Runs a command and says how many seconds and kilobytes it took. In between, because a process that is started counts
#: the memory of the one that starts it as its own.
MEASURED = """
import resource, subprocess, sys, time
before = time.perf_counter()
subprocess.run(sys.argv[1:], check=True)
print(time.perf_counter() - before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""

#: Asks the worker of the self-diagnosis for each batch of cases and returns how many milliseconds each took.
ASK_EACH = """
async batches => {
  const page = document.querySelector("#check");
  const scripts = document.querySelector("script[type=module]").src;
  const { Calculator, settingsOf } = await import(new URL("calculator.mjs", scripts).href);
  const calculator = new Calculator(settingsOf(page), () => {});
  await calculator.ask("assess", batches[0]);
  const took = [];
  for (const batch of batches) {
    const before = performance.now();
    await calculator.ask("assess", batch);
    took.push(performance.now() - before);
  }
  return took;
}
"""


@dataclass(frozen=True, slots=True)
class Offer:
    """Rule sets that one applicant is judged by together, and the cases of some applicants, a batch for each."""

    name: str
    judged: Sequence[Judged]
    batches: Sequence[Sequence[JsonObject]]

    def tries(self) -> Iterator[list[list[JsonObject]]]:
        """Yield the cases for each time that they are judged: every amount is some yen more, so that nobody is known.

        A yen more is nearly never another cell: the borders belong to what begins with them.
        """
        for more in range(TRIES):
            yield [[{**case, "facts": _more(case["facts"], more)} for case in batch] for batch in self.batches]


def offers() -> Iterator[Offer]:
    """Yield each budget with several rule sets, and a whole programme, with applicants who answered some or all."""
    for judged in together():
        budget = "/".join(judged[0].rules.rule_set.split("/")[:2])
        yield Offer(budget, judged, list(_batches(judged)))
    programmes = dict.fromkeys(one.rules.rule_set.split("/")[0] for one in newest())
    largest = max(programmes, key=lambda programme: len(_of_programme(programme)))
    yield Offer(f"{largest}, all budgets", _of_programme(largest), list(_batches(_of_programme(largest))))


def in_cpython(say: Callable[[str], None]) -> str:
    """Return a table: one applicant judged by all rule sets, with reasons and next questions, in this process."""
    rows = []
    for offer in offers():
        say(offer.name)
        as_lines, alone = [], []
        for batches in offer.tries():
            cases = [[_line(case) for case in batch] for batch in batches]
            facts = [applicant(batch[0]["facts"]).facts for batch in batches]
            assert not any('"error"' in answer for answer in _answered(cases[0]))
            as_lines.append(_times(_answered, cases))
            alone.append(_times(partial(_judged, offer.judged), facts))
        rows.append((*_row(offer, as_lines)[:-1], *_row(offer, alone)[2:]))
    return table(("judged by", "rule sets", "p50", "p95", "judged alone, p50", "p95", "a rule set, p50"), rows)


def in_browser(say: Callable[[str], None]) -> str:
    """Return the same table for Pyodide in Chromium, through the worker of the built site, its messages included."""
    rows = []
    with check_page() as page:
        for offer in offers():
            say(offer.name)
            texts = [[write_json(batch) for batch in batches] for batches in offer.tries()]
            tries = [[took / 1000 for took in page.evaluate(ASK_EACH, each)] for each in texts]
            rows.append(_row(offer, tries))
    return table(("judged by", "rule sets", "p50", "p95", "a rule set, p50"), rows)


def many_companies(say: Callable[[str], None]) -> str:
    """Return a table: companies streamed through the command line, a tenth of them and all of them."""
    rows = []
    for switches in ((), ("--explain", "--next")):
        runs = []
        for count in (FEW, MANY):
            say(f"{count} companies {' '.join(switches)}")
            runs.append(_streamed(count, switches))
        (few_seconds, few_memory), (seconds, memory) = runs
        name = f"`assess {' '.join(switches)}`".replace(" `", "`")
        times = (f"{few_seconds:.1f} s", f"{seconds:.1f} s")
        memories = (f"{few_memory:.0f} MB", f"{memory:.0f} MB", f"{memory / few_memory:.2f}")
        rows.append((name, *times, *memories))
    counts = (f"{FEW:,}", f"{MANY:,}")
    return table(("", *counts, *(f"peak memory, {count}" for count in counts), "ratio"), rows)


def _of_programme(programme: str) -> tuple[Judged, ...]:
    return tuple(one for one in newest() if one.rules.rule_set.split("/")[0] == programme)


def _batches(judged: Sequence[Judged]) -> Iterator[list[JsonObject]]:
    """Yield the cases of applicants who have answered the first few questions of the form, or any few, or all."""
    random = Random(1)
    for somebody in islice(made(random, judged), APPLICANTS):
        names = [name for name in assessor().book.facts if name in somebody.json]
        if random.random() < 0.5:
            random.shuffle(names)
        answered = {name: somebody.json[name] for name in names[: random.randint(0, len(names))]}
        yield [_case(one, answered) for one in judged]


def _case(judged: Judged, facts: JsonObject) -> JsonObject:
    return {
        "id": judged.name,
        "kind": "eligibility",
        "rule_set": judged.rules.rule_set,
        "round": judged.rules.round,
        "facts": facts,
        "switches": {"explain": True, "next": True},
    }


def _line(case: JsonObject) -> str:
    """Return a case as the command line reads it, which has its switches among its options."""
    return write_json({name: value for name, value in case.items() if name != "switches"})


def _more(value: JsonValue, yen: int) -> JsonValue:
    """Return `value` with so many yen more in each amount in it."""
    match value:
        case dict():
            return {name: _more(one, yen) for name, one in value.items()}
        case list():
            return [_more(one, yen) for one in value]
        case int() if value >= LEAST_AMOUNT:
            return value + yen
        case _:
            return value


def _answered(lines: Sequence[str]) -> list[str]:
    return [assessor().answer_line(line, Switches(explain=True, next=True)) for line in lines]


def _judged(judged: Sequence[Judged], facts: Facts) -> list[object]:
    """Judge one applicant without reading or writing JSON."""
    answers: list[object] = []
    for one in judged:
        known = assessor().known_facts(one.rules, facts)
        answer = judge(one.decision, known)
        answers.append((answer, question_after(one.decision, answer)))
    return answers


def _times(run: Callable[[T], object], inputs: Sequence[T]) -> list[float]:
    """Return how many seconds `run` takes for each of `inputs`."""
    took = []
    for one in inputs:
        before = time.perf_counter()
        run(one)
        took.append(time.perf_counter() - before)
    return took


def _row(offer: Offer, tries: Sequence[Sequence[float]]) -> tuple[str, ...]:
    ordered = sorted(map(min, *tries))
    half, most = ordered[len(ordered) // 2], ordered[len(ordered) * 95 // 100]
    count = len(offer.judged)
    return (offer.name, str(count), _ms(half), _ms(most), _ms(half / count))


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def _streamed(count: int, switches: Sequence[str]) -> tuple[float, float]:
    """Return the seconds and the most megabytes that it takes to answer `count` companies from a file to a file."""
    command = [sys.executable, "-c", MEASURED, sys.executable, "-m", "calculator", "assess", *switches]
    with tempfile.TemporaryDirectory() as folder:
        cases, answers = Path(folder) / "cases.jsonl", Path(folder) / "answers.jsonl"
        with cases.open("w", encoding="utf-8") as lines:
            lines.writelines(f"{_line(case)}\n" for case in _companies(count))
        with cases.open("rb") as lines, answers.open("wb") as written:
            run = subprocess.run(command, cwd=ROOT, stdin=lines, stdout=written, stderr=subprocess.PIPE, check=True)
        with answers.open(encoding="utf-8") as lines_out:
            assert sum(1 for _ in lines_out) == count
    seconds, kilobytes = run.stderr.split()[-2:]
    return float(seconds), int(kilobytes) / 1024


def _companies(count: int) -> Iterator[JsonObject]:
    """Yield cases of different companies, in turn under the rule sets of the budget with the most of them."""
    judged = max(together(), key=len)
    for place, company in enumerate(islice(made(Random(2), judged), count)):
        yield _case(judged[place % len(judged)], {**company.json})


class check_page:  # noqa: N801 - used as a function
    """A page of the built site, open in Chromium; with options of a browser context."""

    def __init__(self, path: str = "ja/check/", **options: Any) -> None:  # noqa: ANN401 - what Playwright takes
        self._path, self._options = path, options

    def __enter__(self) -> Page:
        executable = shutil.which("chromium")
        assert executable is not None, "run `make test`, which installs Chromium"
        self._site = served(BUILT)
        address = self._site.__enter__()
        self._playwright = sync_playwright()
        chromium = self._playwright.__enter__().chromium
        self._browser = chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = self._browser.new_page(**self._options)
        page.set_default_timeout(LONGEST_START)
        page.goto(f"{address}{self._path}")
        return page

    def __exit__(self, *_: object) -> None:
        self._browser.close()
        self._playwright.__exit__(None, None, None)
        self._site.__exit__(None, None, None)
