"""The same answer everywhere: CPython, Python in three browsers, and the tables that a reader sees."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from playwright.sync_api import sync_playwright

from calculator import browser
from calculator.json_values import LONGEST_NUMBER, JsonObject
from site_builder.serve import served
from tests.browser.engines import PlaywrightWindow, Window, webkit_window
from tests.calculator.real_questions import drawn, newest_asked, real_book
from tests.fuzz.cases import VALUES
from tests.fuzz.printed import asked_of_tables, differences
from tests.windows import installed, new_context

SITE = Path(__file__).parents[2] / "public"
#: What is open of browsers and servers, until `close_windows`: at the end of Python their drivers wait for ever.
_OPEN = ExitStack()
#: So many cases are asked in one call.
AT_ONCE = 500
#: Every so many cases have something in them that no program should write, and every so many are explained.
STRANGE, EXPLAINED = 4, 10
#: Amounts that a number of a script cannot hold.
LARGE = (2**53 - 1, 2**53 + 1, 9_007_199_254_740_993, 10**18 + 1, "9007199254740993.5")
ASK = """async text => {
    const scripts = document.querySelector("script[type=module]").src;
    const { Calculator, settingsOf } = await import(new URL("calculator.mjs", scripts).href);
    globalThis.asked ??= new Calculator(settingsOf(document.querySelector("#check")), () => {});
    return globalThis.asked.ask("assess", text);
}"""


@dataclass(frozen=True)
class Agreement:
    """A claim that two answer alike, which is tried like a surface."""

    name: str
    differences: Callable[[int, int], list[str]]
    few: int = 0

    def tried(self, number: int, from_seed: int) -> None:
        """Compare so many answers."""
        found = self.differences(number, from_seed)
        assert not found, f"{len(found)} differences: {found[:3]}"


def random_cases(chance: Random, number: int) -> list[JsonObject]:
    """So many cases of random applicants for whatever can be asked; some facts of some of them are strange."""
    every, names = newest_asked(), list(real_book().facts)
    # no browser is told half a character, and a number of too many digits would spoil all cases of a call
    strange = [one for one in VALUES if one != "\ud800" and len(str(one)) <= LONGEST_NUMBER]
    cases = []
    for place in range(number):
        asked = chance.choice(every)
        case = asked.case(drawn(chance, asked, 4, 200).known)
        if place % STRANGE == 0:
            case["facts"][chance.choice(names)] = chance.choice((*strange, *LARGE))
        cases.append({**case, "switches": {"next": True, "explain": place % EXPLAINED == 0}})
    return cases


def in_three_engines(number: int, from_seed: int) -> list[str]:
    """Return which cases a browser answers otherwise than CPython does."""
    browser.load((SITE / "rules.json").read_text(encoding="utf-8"))
    chance, found, left = Random(from_seed), list[str](), number
    while left > 0:
        cases = random_cases(chance, min(AT_ONCE, left))
        left -= len(cases)
        text = json.dumps(cases, default=str)
        expected = browser.assess(text)
        for name, window in _windows().items():
            told = window.run(ASK, text)
            if told != expected:
                answers = zip(cases, json.loads(told), json.loads(expected), strict=True)
                found += [f"{name}: {case}: {one} {other}" for case, one, other in answers if one != other][:3] or [
                    name
                ]
    return found


def close_windows() -> None:
    """Close every browser that was asked."""
    _windows.cache_clear()
    _OPEN.close()


@cache
def _windows() -> dict[str, Window]:
    """A window of each engine on the self-diagnosis, opened once."""
    stack = _OPEN
    address = stack.enter_context(served(SITE))
    driver = stack.enter_context(sync_playwright())
    chromium = driver.chromium.launch(executable_path=installed("chromium"), args=["--no-sandbox"])
    firefox = driver.firefox.launch(channel="moz-firefox", executable_path=installed("firefox-esr"))
    windows: dict[str, Window] = {"webkit": stack.enter_context(webkit_window())}
    for name, one in (("chromium", chromium), ("firefox", firefox)):
        context = stack.enter_context(new_context(stack.enter_context(one)))
        windows[name] = PlaywrightWindow(stack.enter_context(context.new_page()))
    for window in windows.values():
        window.open(f"{address}ja/check/")
    return windows


def in_printed_tables(number: int, from_seed: int, site: Path = SITE) -> list[str]:
    """Return what the tables of the pages answer otherwise than the calculator does."""
    chance, every = Random(from_seed), asked_of_tables()
    return [one for place in range(number) for one in differences(site, every[place % len(every)], chance)]


AGREEMENTS = (Agreement("printed-tables", in_printed_tables), Agreement("three-engines", in_three_engines))
