"""What an adviser meets who has many companies judged at once, in a real Chromium under the site's strict policy."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FileChooser, Locator, Page, expect

from calculator.assess import Assessor
from calculator.batch.report import Report
from calculator.codec import rule_book_from_json
from tests.browser.axe import violations_in_every_look
from tests.browser.engines import wait_until
from tests.browser.visitor import Visit, Visitor

pytestmark = pytest.mark.browser

LANGUAGES = ["ja", "en"]
EXAMPLES = {"ja": "kinyurei.csv", "en": "example.csv"}
#: Three companies, of which the second has a number that nobody can read.
TABLE = """会社名,メモ,常時使用する従業員の数,costs.machinery_system,capital_yen
甲,=1+1,２０人,"1,200万円",1000万円
乙,"改行
あり",二十人,500000,なし
丙,,,,
"""
#: Takes long enough to be stopped.
LONG = "id,plan_years,costs.expert\n" + "".join(f"{number},4,{number}\n" for number in range(40_000))

SETTINGS = "page => ({ ...page.dataset })"
#: Drops files on the place for them, as a hand does with a mouse.
DROP = """
([place, files]) => {
  const dataTransfer = new DataTransfer();
  for (const [name, text] of files) dataTransfer.items.add(new File([text], name, { type: "text/csv" }));
  for (const kind of ["dragover", "drop"]) {
    place.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
  }
}
"""


def opened(visit: Visit, language: str, **options: Any) -> Visitor:  # noqa: ANN401 - what Playwright takes
    return visit(f"{language}/check/batch/", **options)


def choose(page: Page, content: str | bytes, name: str = "companies.csv") -> None:
    buffer = content.encode() if isinstance(content, str) else content
    page.locator("#batch-file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": buffer})


def drop(page: Page, *files: tuple[str, str]) -> None:
    page.evaluate(DROP, [page.locator("#batch-drop").element_handle(), [list(one) for one in files]])


def see_result(page: Page) -> Locator:
    expect(page.locator("#batch-result-heading")).to_be_focused()
    return page.locator("#batch-result")


def see_failure(page: Page, words: str) -> None:
    expect(page.locator("#batch-failure")).to_be_focused()
    expect(page.locator("#batch-failure")).to_contain_text(words)


def begin_long_run(page: Page) -> None:
    choose(page, LONG)
    expect(page.locator("#batch-run > progress")).to_have_attribute("value", re.compile(r"[1-9]"))


def saved(page: Page) -> bytes:
    with page.expect_download() as download:
        page.locator("#batch-result [data-slot=download]").click()
    return Path(download.value.path()).read_bytes()


def row(page: Page, name: str) -> Locator:
    return page.locator("#batch-rows tbody").filter(has=page.get_by_role("rowheader", name=name, exact=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dropped_file_is_judged_and_its_wrong_row_is_told_with_line_and_column(visit: Visit, language: str) -> None:
    page = opened(visit, language).page
    drop(page, ("\u202e顧客.csv", TABLE))
    result = see_result(page)
    assert "\u202e" not in page.locator("main").inner_text()  # it would turn the page's own words
    place = {
        "ja": "3行目、C列（3番目の列）「常時使用する従業員の数」：整数で",
        "en": "Line 3. Column C (number 3), “常時使用する従業員の数”: Enter a whole number",
    }
    expect(result.locator("[data-slot=mistake-list] li")).to_have_count(1)
    expect(result.locator("[data-slot=mistake-list] li")).to_contain_text(place[language])
    expect(row(page, "乙")).to_contain_text(place[language])
    expect(result.locator("[data-slot=passed-on] li")).to_have_text(["会社名", "メモ"])
    expect(result.locator("[data-slot=read-as]")).to_contain_text("UTF-8")
    expect(page.locator("#batch-status")).to_contain_text({"ja": "会社は3社", "en": "Companies: 3"}[language])


def test_a_file_that_is_chosen_before_the_page_has_its_script_is_judged(visit: Visit) -> None:
    visitor = visit(None)
    with visitor.while_its_script_comes("ja/check/batch/", "batch.mjs"):
        choose(visitor.page, TABLE)
    see_result(visitor.page)
    expect(row(visitor.page, "甲")).to_be_visible()


def test_each_company_has_its_outcomes_and_its_reasons(visit: Visit) -> None:
    page = opened(visit, "ja").page
    choose(page, TABLE)
    see_result(page)
    first = row(page, "甲")
    expect(first.locator("td[data-label='一般型 通常枠'] .outcome")).to_have_text("まだわからない")
    first.locator("summary").click()
    expect(first.locator("dl > div").first).to_contain_text("事業計画の期間")
    last = row(page, "丙")
    expect(last.locator(".line")).to_have_text("5")
    counted = page.locator("#batch-outcomes tbody tr").first.locator("td")
    expect(counted).to_have_text(["0", "2", "0"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_the_page_comes_out_as_in_cpython_byte_for_byte(
    visit: Visit, built_site: Path, language: str
) -> None:
    page = opened(visit, language).page
    table = with_exact_figures((built_site / language / "check/batch" / EXAMPLES[language]).read_text(encoding="utf-8"))
    choose(page, table)
    see_result(page)
    report = cpython_report(page.locator("#batch").evaluate(SETTINGS), built_site, table, language)
    expected = report.beginning()["table"] + report.portion(1_000)["table"]
    assert saved(page).decode() == expected
    *_, whole, less, part, open_costs = (
        one["normal.outcome"] for one in csv.DictReader(io.StringIO(expected, newline=""))
    )
    assert [whole, less, part, open_costs] == ["eligible", "not_eligible", "not_read", "cannot_tell"]


def with_exact_figures(table: str) -> str:
    """The table with four more companies, which a number of a script could not tell from one another.

    The growth of the second is less than three percent by one part in 10 to the power of 20; the capital of the third
    is no whole yen. All have costs beyond 2 to the power of 53; of the fourth nobody knows whether there are others.
    """
    head, first, *_ = csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    capital, growth, costs = first.index("10000000"), first.index("3.5"), first.index("12000000")
    all_costs = next(place for place, heading in enumerate(head) if heading in ("経費", "costs"))
    rows = []
    for yen, percent in (
        ("10000000", "3"),
        ("10000000", "2.99999999999999999999"),
        ("10000000.0000000001", "3"),
        ("10000000", "3"),
    ):
        rows.append(list(first))
        rows[-1][capital], rows[-1][growth], rows[-1][costs] = yen, percent, str(2**53 + 1)
        assert len(rows[-1]) == len(head)
    rows[-1][all_costs] = "unknown"
    added = io.StringIO()
    csv.writer(added).writerows(rows)
    return table.rstrip("\r\n") + "\r\n" + added.getvalue()


def cpython_report(asked: dict[str, str], built_site: Path, table: str, language: str) -> Report:
    """What comes out in CPython of what the page asks for."""
    assessor = Assessor(rule_book_from_json((built_site / "rules.json").read_text(encoding="utf-8")))
    order = {"rule_sets": asked["ruleSets"].split(" "), "round": int(asked["round"]), "language": language}
    return Report.ordered(assessor, f"{json.dumps(order)}\n{table}")


def test_the_saved_results_open_in_a_spreadsheet_and_hold_no_formula(visit: Visit) -> None:
    page = opened(visit, "ja").page
    choose(page, TABLE)
    see_result(page)
    results = saved(page)
    assert results.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(results.decode("utf-8-sig"), newline="")))
    assert [one["会社名"] for one in rows] == ["甲", "乙", "丙"]
    assert rows[0]["メモ"] == "'=1+1"
    assert rows[0]["normal.outcome"] == "cannot_tell"
    assert rows[1]["normal.outcome"] == "not_read"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8-sig", "UTF-8"), ("cp932", "Shift_JIS"), ("utf-16", "UTF-16LE")],
)
def test_a_file_in_any_encoding_of_a_spreadsheet_is_read(visit: Visit, encoding: str, told: str) -> None:
    page = opened(visit, "ja").page
    choose(page, TABLE.replace("\n", "\r\n").encode(encoding))
    result = see_result(page)
    expect(result.locator("[data-slot=read-as]")).to_contain_text(told)
    expect(row(page, "甲")).to_have_count(1)
    expect(result.locator("[data-slot=passed-on] li")).to_have_text(["会社名", "メモ"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_cannot_be_judged_says_why(visit: Visit, language: str) -> None:
    page = opened(visit, language).page
    choose(page, b"\xff\x00\x81\x81\xfe\xfd")
    see_failure(page, "Shift_JIS")
    choose(page, "会社,capital_yen,資本金の額（または出資の総額）\n甲,1,1\n")
    twins = {"ja": "B列（2番目の列）「capital_yen」と", "en": "Column B (number 2), “capital_yen” and"}
    see_failure(page, twins[language])
    choose(page, "a,b\n1,2\n")
    see_failure(page, {"ja": "1行目に、読み取れる見出しがありません", "en": "No heading in the first row"}[language])
    page.locator("#batch").evaluate("page => { page.dataset.largest = '10'; }")
    choose(page, TABLE)
    see_failure(page, {"ja": "20MBまで", "en": "20 MB"}[language])
    expect(page.locator("#batch-result")).to_be_hidden()
    expect(page.locator("#batch-failure [data-slot=retry]")).to_be_hidden()


def test_several_files_at_once_are_refused_and_a_file_that_misses_its_place_opens_nothing(visit: Visit) -> None:
    page = opened(visit, "en").page
    drop(page, ("one.csv", TABLE), ("two.csv", TABLE))
    see_failure(page, "one file at a time")
    address = page.url
    page.evaluate(DROP, [page.locator("h1").element_handle(), [["one.csv", TABLE]]])
    assert page.url == address
    expect(page.locator("#batch-run")).to_be_hidden()


@pytest.mark.parametrize("way", ["Escape", "button"])
def test_a_run_can_be_stopped_and_the_next_one_is_whole(visit: Visit, way: str) -> None:
    page = opened(visit, "ja").page
    begin_long_run(page)
    if way == "Escape":
        page.keyboard.press("Escape")
    else:
        page.locator("#batch-run [data-slot=cancel]").click()
    expect(page.locator("#batch")).to_have_attribute("data-state", "cancelled")
    expect(page.locator("#batch-status")).to_contain_text("診断を中止しました")
    expect(page.locator("#batch-file")).to_be_focused()
    expect(page.locator("#batch-result")).to_be_hidden()
    choose(page, TABLE)
    see_result(page)
    expect(page.locator("#batch-rows tbody")).to_have_count(3)


def test_a_file_can_be_judged_again_after_another(visit: Visit) -> None:
    page = opened(visit, "ja").page
    for _ in range(2):
        choose(page, TABLE)
        see_result(page)
        choose(page, "名前,plan_years\n丁,4\n", "others.csv")
        expect(page.locator("#batch-result [data-slot=read-as]")).to_contain_text("others.csv")
        expect(page.locator("#batch-rows tbody")).to_have_count(1)
        expect(page.locator("#batch-result [data-slot=mistakes]")).to_have_count(0)


def test_no_request_leaves_while_companies_are_judged(visit: Visit) -> None:
    visitor = opened(visit, "ja", starts_python=True)
    page = visitor.page
    expect(page.locator("#batch")).to_have_attribute("data-stage", "ready")
    before = list(visitor.requests)
    choose(page, TABLE)
    see_result(page)
    saved(page)
    after = [one for one in visitor.requests[len(before) :] if not one.startswith("blob:")]
    assert after == []
    assert visitor.complaints == []


def test_a_runtime_that_cannot_be_loaded_ends_in_an_offer_to_try_again(visit: Visit) -> None:
    visitor = visit(None, starts_python=True)
    page, broken = visitor.page, re.compile(r"\.wasm$")
    page.route(broken, lambda route: route.fulfill(status=404))
    visitor.open("ja/check/batch/")
    choose(page, TABLE)
    see_failure(page, "計算プログラムを読み込めませんでした")
    page.unroute(broken)
    page.locator("#batch-failure [data-slot=retry]").click()
    see_result(page)
    expect(page.locator("#batch-failure")).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_the_page_says_so_and_leads_to_the_tables_and_the_command_line(
    visit: Visit, language: str
) -> None:
    page = opened(visit, language, java_script_enabled=False).page
    expect(page.locator(".no-script strong")).to_contain_text("JavaScript")
    expect(page.locator(".no-script pre")).to_contain_text("python -m calculator assess")
    expect(page.locator("#batch-file")).to_be_hidden()
    page.locator(".no-script a").click()
    expect(page).to_have_url(re.compile(rf"/{language}/check/#tables$"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_any_state(visit: Visit, language: str) -> None:
    """In the beginning, and after a run was stopped, all stands there that a failure only adds a sentence to."""
    page = opened(visit, language).page
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    begin_long_run(page)
    assert violations_in_every_look(page) == []
    assert page.locator("#batch").get_attribute("data-state") == "running"
    page.keyboard.press("Escape")
    choose(page, "a,b\n1,2\n")
    see_failure(page, "")
    assert violations_in_every_look(page) == []
    choose(page, TABLE.replace("メモ", "capital_yen2"))
    see_result(page)
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert violations_in_every_look(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_needs_no_sideways_scrolling_and_controls_are_large_enough_to_press(
    visit: Visit, language: str
) -> None:
    page = opened(visit, language).page
    choose(page, TABLE)
    see_result(page)
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.locator("main button, main summary, main .button, .downloads a").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height).filter(height => height > 0)"
    )
    assert min(heights) >= 44


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_everything_can_be_done_with_the_keyboard(visit: Visit, key: str) -> None:
    page = opened(visit, "ja").page
    page.locator("#batch-file").focus()
    assert page.locator("#batch-file-choose").evaluate("button => getComputedStyle(button).outlineStyle") == "solid"
    chosen: list[FileChooser] = []

    def remember(chooser: FileChooser) -> None:
        chosen.append(chooser)

    # By this the browser is told to hand over what would open on a screen. It has to hear of it before the key comes.
    page.on("filechooser", remember)
    page.evaluate("() => new Promise(done => setTimeout(done, 100))")
    page.keyboard.press(key)
    wait_until(lambda: page.evaluate("true") and chosen != [], "a file is asked for")
    chosen[0].set_files({"name": "one.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
    see_result(page)
    page.keyboard.press("Tab")
    expect(page.locator("#batch-result [data-slot=download]")).to_be_focused()


@pytest.mark.parametrize("path", ["ja/", "ja/check/", "en/", "en/check/"])
def test_the_home_page_and_the_self_diagnosis_lead_here(visit: Visit, path: str) -> None:
    page = visit(path).page
    page.locator("a[href$='batch/']").click()
    expect(page).to_have_url(re.compile(r"/check/batch/$"))
