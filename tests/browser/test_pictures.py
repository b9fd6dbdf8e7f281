"""How pictures look in a real Chromium: inside their frame, no words on others, on every screen, and as a table."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from calculator.pictures.drawing import Picture
from tests.browser.axe import violations_in_every_look
from tests.browser.test_check import EVERYTHING, judged
from tests.browser.visitor import Visit, Visitor
from tests.calculator.drawn_pictures import all_drawn

pytestmark = pytest.mark.browser

LANGUAGES = ["ja", "en"]
WIDTHS = [320, 390, 768, 1280]

DRAW = """
async pictures => {
  const scripts = document.querySelector("script[type=module]").src;
  const { pictureFigure } = await import(new URL("picture.mjs", scripts).href);
  const main = document.createElement("div");
  main.className = "pictures";
  main.append(...pictures.map((picture, number) => pictureFigure(picture, `drawn-${number}`)));
  const kept = document.querySelectorAll("h1, #main link");
  document.querySelector("#main").replaceChildren(...kept, main);
}
"""
WHAT_STICKS_OUT = """
all => all.flatMap(drawing => {
  const { width, height } = drawing.viewBox.baseVal;
  const isOut = box => box.x < -1 || box.y < -1 || box.x + box.width > width + 1 || box.y + box.height > height + 1;
  const shapes = [...drawing.querySelectorAll("text, path")];
  return shapes.filter(shape => isOut(shape.getBBox())).map(shape => shape.outerHTML);
})
"""
#: A line of text is higher than its letters: boxes of two lines may touch.
WHAT_COVERS_WORDS = """
all => all.flatMap(drawing => {
  const words = [...drawing.querySelectorAll("text")].map(text => [text.textContent, text.getBBox()]);
  const meet = (one, other) => one.x + 1 < other.x + other.width && other.x + 1 < one.x + one.width
    && one.y + 4 < other.y + other.height && other.y + 4 < one.y + one.height;
  return words.flatMap(([text, box], place) =>
    words.slice(place + 1).filter(([, other]) => meet(box, other)).map(([other]) => `${text} / ${other}`));
})
"""
CELLS = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
SMALLEST_LETTERS = """
all => Math.min(...all.flatMap(drawing => [...drawing.querySelectorAll("text")].map(text =>
  parseFloat(getComputedStyle(text).fontSize) * drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width)))
"""


def every_kind() -> list[Picture]:
    """Return the pictures of one applicant of each frame, so that every kind and language of label is there."""
    of_frames = {one.judgment.rules.rule_set: one for one in all_drawn() if len(one.pictures) > 1}
    return list(dict.fromkeys(picture for one in of_frames.values() for picture in one.pictures))


def drawn(visit: Visit, language: str, pictures: Iterable[Picture]) -> Page:
    page: Page = visit(f"{language}/check/").page
    page.evaluate(DRAW, [json.loads(json.dumps(one.to_json())) for one in pictures])
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_whole_legible_and_without_a_style_of_its_own_on_every_screen(
    visit: Visit, language: str
) -> None:
    """Nothing is drawn outside the frame, no words stand on others, and nothing scrolls sideways."""
    page = drawn(visit, language, every_kind())
    drawings = page.locator("svg.drawing")
    assert drawings.count() > 15
    assert page.locator("figure [style]").count() == 0
    assert page.locator("figure :is([fill], [stroke])").count() == 0
    page.locator("figure details").evaluate_all("all => all.forEach(one => one.open = true)")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert drawings.evaluate_all(WHAT_STICKS_OUT) == []
        assert drawings.evaluate_all(WHAT_COVERS_WORDS) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert drawings.evaluate_all(SMALLEST_LETTERS) >= 11


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_pictures_and_their_tables(visit: Visit, language: str) -> None:
    page = drawn(visit, language, every_kind()[:12])
    page.locator("figure details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert violations_in_every_look(page) == []


def test_a_picture_has_a_name_for_those_who_listen_and_a_table_with_every_figure(visit: Visit) -> None:
    pictures = every_kind()[:6]
    page = drawn(visit, "en", pictures)
    for number, picture in enumerate(pictures):
        figure = page.locator("figure").nth(number)
        expect(figure.get_by_role("img")).to_have_accessible_name(picture.title.en)
        figure.locator("summary").click()
        cells = figure.locator("tbody tr").evaluate_all(CELLS)
        assert cells == [[cell.en for cell in row.cells] for row in picture.rows]
        assert figure.locator("thead th").all_text_contents() == [column.en for column in picture.columns]


def answered(visit: Visit, language: str, **changed: Any) -> Visitor:  # noqa: ANN401 - as the form takes it
    return judged(visit, language, {**EVERYTHING, **changed})


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_has_its_pictures(visit: Visit, language: str) -> None:
    visitor = answered(visit, language, regular_employees="20")
    normal = visitor.frame("normal")
    normal.locator("> summary").click()
    titles = {
        "ja": ["投資額と、補助金額・自己負担額", "常時使用する従業員の数による補助金額の違い"],
        "en": ["What you would get and pay as the investment grows", "The subsidy by number of regular employees"],
    }
    expect(normal.locator("figcaption")).to_have_count(5)
    assert normal.locator("figcaption").all_text_contents()[:2] == titles[language]
    ids = visitor.page.locator("figcaption[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids)) > 5


def test_a_picture_follows_a_changed_answer(visit: Visit) -> None:
    visitor = answered(visit, "ja", regular_employees="20")
    own = visitor.frame("normal").locator("figure").nth(1).locator("tr.own")
    expect(own).to_contain_text("6～20人")
    visitor.page.goto(visitor.page.url.replace("#a=", "#form&a="))
    visitor.answer({"regular_employees": "21"})
    visitor.page.locator("#answer-plan_years").focus()
    expect(own).to_contain_text("21人以上")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_frame_has_the_same_picture_of_an_example(visit: Visit, language: str) -> None:
    page = visit(f"{language}/monozukuri/r3s/13/normal/examples/").page
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator("svg.drawing").evaluate_all(WHAT_STICKS_OUT) == []
        assert page.locator("svg.drawing").evaluate_all(WHAT_COVERS_WORDS) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("figure summary").click()
    assert page.locator("figure tr.own td").count() == 3
