"""What a reader of the guidance pages meets, in a real Chromium, with one browser page for all of them.

Looked at: one page of each template, guides with every kind of block, and one page of each kind of frame. axe reads
each of them once: the templates and guides in Japanese, on a phone in light, and their colours on a desk in dark; in
English, on a desk, all but the colours, which are the same; the other kinds of frame, which the same template prints,
in Japanese in light. In both languages all of them are measured at 320 and 390 pixels, and the first screen of every
kind of frame at 390, by resizing the page that is open. Only what a reader does is done on a page of its own.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.axe import ALL_BUT_COLOURS, RULES_OF_COLOURS, violations
from tests.browser.test_check import LANGUAGES
from tests.browser.visitor import Visit
from tests.windows import new_context

pytestmark = pytest.mark.browser

#: One page of each template; `ONE_FRAME` stands for the frames.
ONE_FRAME = "monozukuri/r3s/13/digital/"
TEMPLATES = [
    *("", "monozukuri/", "monozukuri/r1s/", "monozukuri/r1s/9/", ONE_FRAME, f"{ONE_FRAME}examples/"),
    *(
        "ways/",
        "changes/",
        "changes/monozukuri/r3s/3/",
        "changes/jizokuka/r3s/",
        "schedule/",
        "sources/",
        "sources/r3_outline/",
        "data/",
        "about/",
        "news/",
        "search/",
    ),
    *("faq/", "statistics/", "glossary/", "accessibility/", "licences/"),
]
#: Guides that have every kind of block between them: tables, lists and narrow tables, sums, steps, examples.
GUIDES = ["costs/", "growth/", "how-to-apply/", "applicants/"]
#: Frames of every other kind of award.
OTHER_FRAMES = [
    "monozukuri/r1s/9/general/",
    "monozukuri/r3s/4/business-model/",
    "monozukuri/h30s2/small-prototype/",
    "monozukuri/r2s3/9/low-infection/",
    "kodo-renkei/h31/data/",
    "it/r3s/software/",
    "jizokuka/r3s/growth/",
    "shoukei/r3s/general/",
]
#: Rounds with sections that others do not have: a placeholder, and a call without a number.
OTHER_ROUNDS = ["monozukuri/r4s2/14/", "it/r3s/"]
#: Calls with many changes, with none in the rules, and of which nothing can be told.
OTHER_CHANGES = ["changes/monozukuri/r3s/10/", "changes/monozukuri/r3s/13/", "changes/monozukuri/r3s/14/"]
EVERY = [*TEMPLATES, *GUIDES, *OTHER_FRAMES, *OTHER_ROUNDS, *OTHER_CHANGES]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}

#: How many characters fit into a line of each.
CHARACTERS_A_LINE = "all => all.map(one => one.clientWidth / parseFloat(getComputedStyle(one).fontSize))"
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


@pytest.fixture(scope="module")
def reader(chromium: Browser) -> Iterator[Page]:
    """The page on which all others are opened, one after the other."""
    with new_context(chromium, viewport=PHONE) as context:
        yield context.new_page()


def open_unfolded(reader: Page, address: str) -> None:
    reader.goto(address)
    reader.evaluate(OPEN_ALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_needs_sideways_scrolling_and_the_first_screen_of_a_frame_says_the_most(
    reader: Page, site_address: str, language: str
) -> None:
    for path in EVERY:
        reader.set_viewport_size(PHONE)
        reader.goto(f"{site_address}{language}/{path}")
        if path in (ONE_FRAME, *OTHER_FRAMES):
            figures, contents = (reader.locator(one).bounding_box() for one in ("dl.key", "nav.contents"))
            assert figures is not None, path
            assert contents is not None, path
            assert figures["y"] + figures["height"] < contents["y"] < PHONE["height"] - 100, path
        reader.evaluate(OPEN_ALL)
        for width in (390, 320):
            reader.set_viewport_size({"width": width, "height": PHONE["height"]})
            assert reader.evaluate("document.documentElement.scrollWidth") <= width, f"{path} {width}"


def test_key_figures_are_read_in_lines_on_the_narrowest_phone_at_twice_the_size_of_text(
    reader: Page, site_address: str
) -> None:
    reader.set_viewport_size({"width": 320, "height": PHONE["height"]})
    for path in ("", ONE_FRAME):
        reader.goto(f"{site_address}ja/{path}")
        reader.evaluate("document.documentElement.style.fontSize = '200%'")
        assert reader.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert min(reader.locator(".key dd, .name").evaluate_all(CHARACTERS_A_LINE)) >= 4, path


@pytest.mark.parametrize("path", [*TEMPLATES, *GUIDES])
def test_axe_finds_nothing_on_any_template(reader: Page, site_address: str, path: str) -> None:
    reader.set_viewport_size(DESK)
    reader.emulate_media(color_scheme="dark")
    open_unfolded(reader, f"{site_address}en/{path}")
    assert violations(reader, ALL_BUT_COLOURS) == []
    open_unfolded(reader, f"{site_address}ja/{path}")
    assert violations(reader, RULES_OF_COLOURS) == []
    reader.set_viewport_size(PHONE)
    reader.emulate_media(color_scheme="light")
    assert violations(reader) == []


@pytest.mark.parametrize("path", [*OTHER_FRAMES, *OTHER_ROUNDS])
def test_axe_finds_nothing_on_any_kind_of_frame_or_round(reader: Page, site_address: str, path: str) -> None:
    reader.set_viewport_size(PHONE)
    reader.emulate_media(color_scheme="light")
    open_unfolded(reader, f"{site_address}ja/{path}")
    assert violations(reader) == []


def test_a_link_to_a_term_leads_to_its_folded_definition(visit: Visit) -> None:
    page = visit("ja/monozukuri/r3s/13/digital/", viewport=PHONE).page
    page.locator(".terms a").first.click()
    expect(page.locator("details:target summary")).to_be_in_viewport()


def test_what_changed_is_read_on_a_phone_without_scrolling_the_table(visit: Visit) -> None:
    page = visit("ja/monozukuri/r1s/", viewport=PHONE).page
    rights = page.locator("table.stack td:last-child").evaluate_all(
        "cells => cells.map(cell => cell.getBoundingClientRect().right)"
    )
    assert rights
    assert max(rights) <= PHONE["width"]


def test_the_contents_stay_in_sight(visit: Visit) -> None:
    page = visit("en/monozukuri/r3s/13/digital/", viewport=DESK).page
    page.mouse.wheel(0, 4000)
    expect(page.locator("nav.contents")).to_be_in_viewport()
    page.set_viewport_size(PHONE)
    expect(page.locator(".back a")).to_be_in_viewport()
    page.locator(".back a").click()
    expect(page.locator("nav.contents")).to_be_in_viewport()


def test_axe_finds_what_is_broken(reader: Page, site_address: str) -> None:
    reader.set_viewport_size(PHONE)
    open_unfolded(reader, f"{site_address}en/about/")
    reader.evaluate("document.querySelector('.lead p').style.color = '#999'")
    reader.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert {one.split(":")[0] for one in violations(reader)} == {"color-contrast", "button-name"}
    assert {one.split(":")[0] for one in violations(reader, RULES_OF_COLOURS)} == {"color-contrast"}
    assert {one.split(":")[0] for one in violations(reader, ALL_BUT_COLOURS)} == {"button-name"}


def test_ways_to_apply_are_picked_without_a_script(chromium: Browser, site_address: str) -> None:
    with new_context(chromium, viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site_address}en/ways/")
        ways = page.locator("tr.way:visible")
        every = ways.count()
        page.locator("#purpose").select_option(label="Business abroad")
        assert 0 < ways.count() < every
        expect(page.locator(".nothing")).to_be_hidden()
        page.locator("#applicants").select_option(label="Several businesses together")
        expect(ways).to_have_count(0)
        expect(page.locator(".nothing")).to_be_visible()
        page.locator("button[type=reset]").click()
        expect(ways).to_have_count(every)
