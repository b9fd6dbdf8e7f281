"""How many companies a second are judged, without reasons and next questions: in CPython, and in Pyodide."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from random import Random

from tests.bench import many
from tests.bench.many import seconds_to_judge
from tests.bench.real import made, together
from tests.bench.speed import BUILT, check_page
from tests.bench.table import table

COMPANIES = 3_000

#: Loads the runtime of the built site and runs a function of a Python file in it, with texts.
RUN = """
async ([source, name, texts]) => {
  const page = document.querySelector("#check");
  const runtime = new URL(page.dataset.runtime, document.baseURI).href;
  const [{ loadPyodide }] = await Promise.all([import(`${runtime}pyodide.mjs`), import(`${runtime}pyodide.asm.js`)]);
  const pyodide = await loadPyodide({ indexURL: runtime, packageBaseUrl: runtime });
  pyodide.runPython(source);
  return pyodide.globals.get(name)(...texts).toJs();
}
"""


def outcomes(say: Callable[[str], None]) -> str:
    """Return a table: companies who answered everything, under all rule sets of the budget with the most of them."""
    judged = max(together(), key=len)
    companies = [{**one.json} for one in islice(made(Random(2), judged), COMPANIES)]
    asked = json.dumps({"rule_sets": [[one.rules.rule_set, one.rules.round] for one in judged], "companies": companies})
    texts = ((BUILT / "rules.json").read_text(encoding="utf-8"), asked)
    say("CPython")
    rows = [_row("CPython", seconds_to_judge(*texts), len(judged))]
    say("Pyodide in Chromium")
    with check_page(bypass_csp=True) as page:  # the policy lets Python run in workers alone
        source = Path(many.__file__).read_text(encoding="utf-8")
        took = page.evaluate(RUN, [source, seconds_to_judge.__name__, texts])
    rows.append(_row("Pyodide in Chromium", took, len(judged)))
    return table(("judged in", "rule sets", "companies a second", "a company", "a rule set of a company"), rows)


def _row(name: str, took: list[float], rule_sets: int) -> tuple[str, ...]:
    """Return the figures of the fastest third: other work on the machine is not ours."""
    each = min(took) / (COMPANIES / len(took))
    return (name, str(rule_sets), f"{1 / each:,.0f}", f"{each * 1000:.2f} ms", f"{each / rule_sets * 1000:.3f} ms")
