"""Links that hold all answers: every form that was ever published still opens, and tells what has changed since."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.test_check import LANGUAGES, OUTCOMES, judged
from tests.browser.test_interview import PASSING, answer_all, begin
from tests.browser.visitor import Visit, Visitor

pytestmark = pytest.mark.browser

LINKS: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "links" / "links.yaml").read_text(encoding="utf-8"))
SINCE = {"ja": "結果は変わっていません", "en": "The result is the same"}


def opened(visit: Visit, text: str, formerly: dict[str, str], language: str = "ja") -> Visitor:
    """Open a link in a page whose rules have renamed what `formerly` says."""
    visitor = visit(None)

    def with_former_names(route: Route) -> None:
        answer = route.fetch()
        names = html.escape(json.dumps(formerly))
        route.fulfill(response=answer, body=re.sub(r'data-formerly="[^"]*"', f'data-formerly="{names}"', answer.text()))

    if formerly:
        visitor.page.route(re.compile(r"/check/$"), with_former_names)
    visitor.open(f"{language}/check/#a={text}")
    return visitor


@pytest.mark.parametrize("name", LINKS)
def test_every_link_that_was_ever_saved_opens_to_its_result(visit: Visit, name: str) -> None:
    link = LINKS[name]
    visitor = opened(visit, link["text"], link.get("formerly", {}))
    visitor.see_answer()
    expect(visitor.page.locator("#answer-regular_employees")).to_have_value(link["regular_employees"])
    expect(visitor.compared("normal")).to_contain_text(link["subsidy"])
    expect(visitor.page.locator("#check-link")).to_be_hidden()


def test_a_link_tells_what_came_out_otherwise_under_the_rules_of_then(visit: Visit) -> None:
    link = LINKS["renamed"]
    since = opened(visit, link["text"], link["formerly"]).page.locator("#since")
    expect(since).to_be_visible()
    expect(since).to_contain_text("750万円")
    expect(since).to_contain_text("800万円")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_of_older_rules_with_the_same_result_says_so(visit: Visit, language: str) -> None:
    visitor = opened(visit, LINKS["deflated"]["text"], {}, language)
    expect(visitor.page.locator("#since")).to_contain_text(SINCE[language])


def test_answers_to_questions_that_are_gone_are_counted_and_not_used(visit: Visit) -> None:
    visitor = opened(visit, LINKS["renamed"]["text"], {})
    expect(visitor.page.locator("#check-link")).to_contain_text("1件")
    expect(visitor.page.locator("#answer-regular_employees")).to_have_value("")


@pytest.mark.parametrize("text", ["1.zzz", "7.abc", "nonsense", LINKS["deflated"]["text"][:200]])
def test_a_link_that_was_cut_short_says_so_and_lets_the_visitor_begin(visit: Visit, text: str) -> None:
    page = opened(visit, text, {}, "en").page
    expect(page.locator("#check-link")).to_contain_text("could not be read")
    expect(page.get_by_role("button", name="Answer one question at a time")).to_be_visible()


@pytest.fixture
def clipboard(usual_window: BrowserContext) -> Iterator[None]:
    """Let pages write to the clipboard and read it."""
    usual_window.grant_permissions(["clipboard-read", "clipboard-write"])
    yield
    usual_window.clear_permissions()


def test_the_copied_link_and_that_to_the_other_language_open_to_the_same_result(visit: Visit, clipboard: None) -> None:
    visitor = begin(visit)
    answer_all(visitor, PASSING)
    visitor.page.get_by_role("button", name="リンクをコピー").click()
    expect(visitor.page.locator("#keep-status")).to_have_text("リンクをコピーしました。")
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied == visitor.page.url
    other = visit(None)
    other.page.goto(copied)
    other.see_answer()
    expect(other.compared("normal")).to_contain_text("800万円")
    expect(other.page.locator("#since")).to_be_hidden()
    visitor.page.get_by_role("link", name="English").click()
    visitor.see_answer()
    expect(visitor.page).to_have_url(re.compile("/en/check/#a="))
    expect(visitor.compared("normal")).to_contain_text(OUTCOMES["en"]["eligible"])


def test_starting_again_forgets_every_answer(visit: Visit) -> None:
    visitor = judged(visit, "ja", PASSING)
    visitor.page.get_by_role("button", name=re.compile("はじめからやり直す")).click()
    expect(visitor.page.locator("#answer-regular_employees")).to_have_value("")
    assert "a=" not in visitor.page.url
    visitor.page.reload()
    expect(visitor.page.locator("#answer-regular_employees")).to_have_value("")
