"""The result on paper: two pages of A4 at the most, with verdicts, places, edition, date and the link."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_check import EVERYTHING, LANGUAGES, judged
from tests.browser.visitor import Results, Visit

pytestmark = pytest.mark.browser

MOST_PAGES = 2


def printed(page: Page, folder: Path) -> bytes:
    return page.pdf(path=folder / "sheet.pdf", prefer_css_page_size=True)


def count_of_pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_of_a_full_answer_takes_two_pages_at_the_most(visit: Visit, language: str, tmp_path: Path) -> None:
    page = judged(visit, language, {**EVERYTHING, "dx_project": "unknown"}).page
    expect(page.locator("#sheet .address")).to_contain_text("#a=1.")
    assert 1 <= count_of_pages(printed(page, tmp_path)) <= MOST_PAGES
    page.emulate_media(media="print")
    expect(page.locator("#sheet")).to_be_visible()
    expect(page.locator("#answer")).to_be_hidden()
    expect(page.locator("#sheet [data-slot=printed-on]")).to_have_text(re.compile(r"^\d{4}-\d\d-\d\d$"))
    assert page.locator("#sheet code").text_content() == page.locator("#check").get_attribute("data-edition")


def test_the_sheet_has_every_requirement_of_every_frame_with_its_place_and_sign(result: Results) -> None:
    page = result("ja").page
    sheet = page.locator("#sheet")
    expect(sheet.locator(".address")).to_contain_text("#a=")
    told = page.locator("details.frame .reasons:not(.selection) > li")
    signs = sheet.locator("[data-slot=requirements]").text_content() or ""
    assert told.count() == len(re.findall("[○×△]", signs))
    growth = sheet.locator("[data-slot=requirements] tr", has_text="付加価値額の増加")
    expect(growth).to_have_count(1)
    expect(growth).to_contain_text("基本要件")
    assert growth.locator("td[data-number]").all_text_contents() == ["○"] * 5
    emissions = sheet.locator("[data-slot=requirements] tr", has_text="炭素生産性の増加率").first
    assert emissions.locator("td[data-number]").all_text_contents() == ["－", "－", "－", "×", "－"]


def test_without_a_result_the_page_prints_as_it_is(visit: Visit) -> None:
    page = visit("ja/check/").page
    page.emulate_media(media="print")
    expect(page.locator("#sheet")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_a_result_that_is_no_longer_on_the_screen_is_not_printed(visit: Visit) -> None:
    visitor = judged(visit, "ja", EVERYTHING)
    page = visitor.page
    page.emulate_media(media="print")
    sheet = page.locator("#sheet")
    expect(sheet).to_be_visible()
    page.emulate_media(media="screen")
    visitor.answer({"regular_employees": "many"})
    visitor.submit()
    expect(page.locator("#mistakes")).to_be_focused()
    page.emulate_media(media="print")
    expect(sheet).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    page.emulate_media(media="screen")
    visitor.answer({"regular_employees": "21"})
    visitor.submit()
    expect(page.locator("#answer")).to_be_visible()
    page.emulate_media(media="print")
    expect(sheet).to_be_visible()
    page.emulate_media(media="screen")
    page.locator("#answer [data-slot=again]").click()
    page.emulate_media(media="print")
    expect(sheet).to_be_hidden()
