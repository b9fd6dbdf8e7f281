"""The calculator in the browser and the calculator in CPython say the same, to the letter."""

import json
from pathlib import Path
from random import Random

import pytest

from calculator import browser
from tests.browser.visitor import Visit
from tests.calculator.real_questions import drawn, newest_asked
from tests.fuzz.agreement import random_cases
from tests.real import real_rules
from tests.scenarios.worked import worked_cases

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]

ASSESS = """
async text => {
  const page = document.querySelector("#check");
  const scripts = document.querySelector("script[type=module]").src;
  const { Calculator, settingsOf } = await import(new URL("calculator.mjs", scripts).href);
  return new Calculator(settingsOf(page), () => {}).ask("assess", text);
}
"""


DRAWN_EACH, STRANGE_ONES = 2, 60


def examples() -> list[dict[str, object]]:
    read = real_rules().examples
    return [
        {
            "id": f"{one.rule_set}/{one.round}/{one.name}",
            "kind": one.kind,
            "rule_set": one.rule_set,
            "round": one.round,
            "facts": dict(one.facts),
        }
        for one in read
    ]


def drawn_cases() -> list[dict[str, object]]:
    """Return random applicants for everything that can be asked of the newest rules, with up to four facts missing.

    Behind them come some with facts that no program should write, and amounts that a script's numbers cannot hold.
    """
    plain = [
        asked.case(drawn(Random(f"browser {asked.name} {number}"), asked, 4, 2000).known)
        for asked in newest_asked()
        for number in range(DRAWN_EACH)
    ]
    return [*plain, *random_cases(Random("browser"), STRANGE_ONES)]


def same_in_both(visit: Visit, built_site: Path, cases: list[dict[str, object]], **switches: bool) -> None:
    text = json.dumps([{**case, "switches": switches} for case in cases], ensure_ascii=False, default=str)
    browser.load((built_site / "rules.json").read_text(encoding="utf-8"))
    in_browser = visit("ja/check/").page.evaluate(ASSESS, text)
    assert len(json.loads(in_browser)) == len(cases) > 0
    assert in_browser == browser.assess(text)


def test_every_example_has_the_same_answer_in_the_browser(visit: Visit, built_site: Path) -> None:
    same_in_both(visit, built_site, examples(), explain=True, next=True, changes=True)


def test_every_worked_case_has_the_same_answer_in_the_browser(visit: Visit, built_site: Path) -> None:
    cases = [one.case for one in worked_cases()]
    same_in_both(visit, built_site, cases, explain=True, next=True, changes=True)


def test_applicants_drawn_for_every_rule_set_have_the_same_answers_in_the_browser(
    visit: Visit, built_site: Path
) -> None:
    same_in_both(visit, built_site, drawn_cases(), explain=True, next=True)
