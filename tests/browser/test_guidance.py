"""What a reader of the guidance pages meets, in a real Chromium: on a phone and on a desk, in light and in dark."""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_check import LANGUAGES, violations
from tests.browser.visitor import Visit

pytestmark = pytest.mark.browser

#: One page of each kind: lists, a round with all kinds of sections, and frames of every kind of award.
FRAMES = [
    "monozukuri/r3s/13/digital/",
    "monozukuri/r1s/9/general/",
    "monozukuri/r3s/4/business-model/",
    "monozukuri/h30s2/small-prototype/",
    "monozukuri/r2s3/9/low-infection/",
    "kodo-renkei/h31/data/",
    "it/r3s/software/",
    "jizokuka/r3s/growth/",
    "shoukei/r3s/general/",
]
LISTS = [
    "",
    "monozukuri/",
    "monozukuri/r1s/",
    "monozukuri/r1s/9/",
    "monozukuri/r4s2/14/",
    "it/r3s/",
    "schedule/",
    "sources/",
]
PHONE = {"width": 390, "height": 844}
#: Each width and each scheme once: styles do not join the two.
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((390, "light"), (1280, "dark"))


def open_all(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", FRAMES)
def test_the_first_phone_screen_of_a_frame_says_when_how_much_and_what_follows(
    visit: Visit, path: str, language: str
) -> None:
    page = visit(f"{language}/{path}", viewport=PHONE).page
    figures, contents = page.locator("dl.key").bounding_box(), page.locator("nav.contents").bounding_box()
    assert figures is not None
    assert contents is not None
    assert figures["y"] + figures["height"] < contents["y"] < PHONE["height"] - 100


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [*FRAMES, *LISTS])
def test_axe_finds_nothing_on_any_kind_of_page(visit: Visit, path: str, language: str) -> None:
    page = visit(f"{language}/{path}").page
    open_all(page)
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], f"{width} {scheme}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_needs_sideways_scrolling_on_a_phone(visit: Visit, language: str) -> None:
    visitor = visit(None)
    for path in (*FRAMES, *LISTS):
        visitor.open(f"{language}/{path}")
        open_all(visitor.page)
        for width in (320, 390):
            visitor.page.set_viewport_size({"width": width, "height": 844})
            assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_link_to_a_term_leads_to_its_folded_definition(visit: Visit) -> None:
    page = visit("ja/monozukuri/r3s/13/digital/", viewport=PHONE).page
    page.locator(".terms a").first.click()
    expect(page.locator("details:target summary")).to_be_in_viewport()


def test_what_changed_is_read_on_a_phone_without_scrolling_the_table(visit: Visit) -> None:
    page = visit("ja/monozukuri/r1s/", viewport=PHONE).page
    for after in page.locator("table.stack td:last-child").all():
        box = after.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= PHONE["width"]


def test_the_contents_stay_in_sight(visit: Visit) -> None:
    page = visit("en/monozukuri/r3s/13/digital/", viewport={"width": 1280, "height": 900}).page
    page.mouse.wheel(0, 4000)
    expect(page.locator("nav.contents")).to_be_in_viewport()
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    expect(page.locator(".back a")).to_be_in_viewport()
    page.locator(".back a").click()
    expect(page.locator("nav.contents")).to_be_in_viewport()
