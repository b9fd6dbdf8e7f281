"""Changes each rule in turn and tells whether the worked cases notice: python -m tests.mutants [option …] [rule set …].

Rule sets are those named, or all, and `definitions`, which all of them share. `--write` puts the result into
docs/mutants.md; `--propose` prints, for each mutant that nobody notices, a worked example that would, ready for the
file of its frame.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from calculator.assess import Assessor
from calculator.json_values import JsonObject, read_json
from site_builder.build import PROJECT
from site_builder.examining.companies import Companies
from site_builder.examining.mutants import Fate, Hunt, Mutant, mutants
from site_builder.examining.pasting import pasted
from site_builder.examining.reading import read_subject
from site_builder.examining.subject import Subject
from site_builder.examining.witnesses import Witness, witnesses_of
from site_builder.rules.late_book import book_with
from site_builder.rules.literals import JAPAN
from tests.scenarios.worked import Worked, worked_cases

RESULT = PROJECT / "docs" / "mutants.md"
COLUMNS = (
    "rules",
    "mutants",
    "refused by the build",
    "the same for everybody (proved)",
    "caught by worked examples",
    "only by scenario tests",
    "survived",
    "score",
)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mutant, in words; `by_scenarios` says that only the scenario tests notice it."""

    scope: str
    place: str
    sort: str
    words: str
    fate: Fate
    by_scenarios: bool = False
    example: str | None = None


@cache
def subject() -> Subject:
    return read_subject(PROJECT / "rules", PROJECT / "content", datetime.now(UTC).astimezone(JAPAN).date())


def scenarios() -> tuple[Witness, ...]:
    """Return the worked cases of tests/scenarios as witnesses, whose answers by the rules as they are must be right."""
    found = tuple(map(scenario, worked_cases()))
    assessor = Assessor(subject().rules.book)
    wrong = [one.group for one in found if one.is_wrong(assessor.answer(one.case))]
    assert wrong == [], wrong
    return found


def scenario(one: Worked) -> Witness:
    case = read_json(json.dumps(one.case))
    return Witness(one.name, one.kind, one.rule_set, one.round, case, lambda answer: one.wrong(answer) != [])


def results_of(scope: str, propose: bool) -> list[Result]:
    """Return what becomes of every mutant of a rule set; what is proposed is a witness for the mutants after it."""
    of, found = subject(), []
    examples = Hunt.over(of.drafts, of.rules.book, witnesses_of(of.rules.examples))
    others = Hunt.over(of.drafts, of.rules.book, scenarios())
    for name, some in mutants(of.drafts):
        for mutant in some if name == scope else ():
            place = f"{mutant.place.path}:{mutant.place.line}:{mutant.place.column}"
            fate, example = examples.fate(mutant), None
            is_left = fate is Fate.SURVIVED
            if is_left and propose:
                example = proposed(mutant, examples)
            by_scenarios = is_left and others.fate(mutant) is Fate.CAUGHT
            found.append(Result(scope, place, mutant.sort, mutant.words, fate, by_scenarios, example))
    return found


def proposed(mutant: Mutant, hunt: Hunt) -> str | None:
    """Return a worked example that notices the mutant, or None; from now on it is one of the witnesses of `hunt`."""
    companies, book = Companies(hunt.book, subject().rules.examples), book_with(hunt.book, mutant.rules)
    for (rule_set, number), before, after in hunt.changed(mutant):
        rules = [one for one in (before, after) if one is not None]
        company = companies.between(rule_set, number, rules, book)
        if company is not None:
            hunt.witnesses.insert(0, witness_of(company.case, company.answer))
            return pasted(company, f"{mutant.place.line} {mutant.words}", hunt.book)
    return None


def witness_of(case: JsonObject, right: JsonObject) -> Witness:
    return Witness(
        object(),
        case["kind"],
        case["rule_set"],
        case["round"],
        case,
        lambda answer: answer != {**right, "id": answer["id"]},
    )


def table(results: list[Result]) -> str:
    """Return the table of all rule sets as Markdown."""
    lines = [f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]
    by_scope: dict[str, list[Result]] = {}
    for one in results:
        by_scope.setdefault(one.scope, []).append(one)
    lines += [row(scope, some) for scope, some in by_scope.items() if some]
    return "\n".join([*lines, row("**all**", results)])


def row(name: str, results: list[Result]) -> str:
    fates = Counter(one.fate for one in results)
    only = sum(one.by_scenarios for one in results)
    counts = (len(results), fates[Fate.REFUSED], fates[Fate.EQUIVALENT], fates[Fate.CAUGHT], only)
    cells = [name, *map(str, counts), str(fates[Fate.SURVIVED] - only), f"{score(results):.1f} %"]
    return f"| {' | '.join(cells)} |"


def score(results: list[Result]) -> float:
    """Return the percentage that worked examples notice, of the mutants that get by the build and change an answer."""
    fates = Counter(one.fate for one in results)
    judged = fates[Fate.CAUGHT] + fates[Fate.SURVIVED]
    return 100 * fates[Fate.CAUGHT] / judged if judged else 100.0


def told(results: list[Result]) -> str:
    """Return the survivors, with the example that is proposed for each."""
    lines = []
    for one in results:
        if one.fate is Fate.SURVIVED:
            who = " (scenario tests notice it)" if one.by_scenarios else ""
            lines += [f"{one.place}: {one.words} [{one.sort}]{who}", *([one.example] if one.example else [])]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rule_sets", nargs="*", help="rule sets such as monozukuri/r3s (default: all)")
    parser.add_argument("--write", action="store_true", help="put the result into docs/mutants.md")
    parser.add_argument("--propose", action="store_true", help="print worked examples that would notice the survivors")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many rule sets are tried at once")
    asked = parser.parse_args()
    scopes = asked.rule_sets or [name for name, _ in mutants(subject().drafts)]
    with ProcessPoolExecutor(asked.jobs) as pool:
        parts = list(pool.map(results_of, scopes, [asked.propose] * len(scopes)))
    results = [one for part in parts for one in part]
    print(told(results), table(results), sep="\n\n")
    if asked.write:
        write(results)


def write(results: list[Result]) -> None:
    """Put the table, the survivors and the date into the document, between its marks."""
    text, day = RESULT.read_text(encoding="utf-8"), datetime.now(UTC).astimezone(JAPAN).date()
    before, _, rest = text.partition("<!-- result -->\n")
    _, _, after = rest.partition("<!-- /result -->")
    left = told(results)
    survivors = f"\n\nSurvivors:\n\n```\n{left}\n```" if left else ""
    result = f"On {day}:\n\n{table(results)}{survivors}\n"
    RESULT.write_text(f"{before}<!-- result -->\n{result}<!-- /result -->{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
