"""The calculator in the browser and the calculator in CPython say the same, to the letter."""

import json
from pathlib import Path

import pytest

from calculator import browser
from site_builder.rules import read_rules
from site_builder.rules.model import Example
from site_builder.sources import read_texts
from tests.browser.visitor import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
SWITCHES = {"explain": True, "next": True, "changes": True}

ASSESS = """
async text => {
  const page = document.querySelector("#check");
  const scripts = document.querySelector("script[type=module]").src;
  const { Calculator } = await import(new URL("calculator.mjs", scripts).href);
  const address = name => new URL(page.dataset[name], document.baseURI).href;
  const settings = { edition: page.dataset.edition, runtime: address("runtime"), rules: address("rules") };
  return new Calculator(settings, () => {}).ask("assess", text);
}
"""


def examples() -> tuple[Example, ...]:
    return read_rules(ROOT / "rules", read_texts(ROOT / "content" / "messages.yaml")).examples


def cases() -> list[dict[str, object]]:
    return [
        {
            "id": f"{one.rule_set}/{one.round}/{one.name}",
            "kind": one.kind,
            "rule_set": one.rule_set,
            "round": one.round,
            "facts": dict(one.facts),
            "switches": SWITCHES,
        }
        for one in examples()
    ]


def test_every_example_has_the_same_answer_in_the_browser(visit: Visit, built_site: Path) -> None:
    text = json.dumps(cases(), ensure_ascii=False)
    browser.load((built_site / "rules.json").read_text(encoding="utf-8"))
    in_browser = visit("ja/check/").page.evaluate(ASSESS, text)
    assert len(json.loads(in_browser)) == len(cases()) > 0
    assert in_browser == browser.assess(text)
