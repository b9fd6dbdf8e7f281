"""What a visitor uses works alike in Chromium, Firefox and WebKit, under the policy that the site is published with.

What one engine shows in depth is in the other files here; this is what engines could do differently. All tests of an
engine share one window, and begin again in it as visitors do: most of their time would go into starting Python.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from calculator import browser as calculator
from tests.browser.engines import Window, wait_until, window_of
from tests.browser.recorder import Recorder, recorded
from tests.browser.test_batch import TABLE, cpython_report
from tests.browser.test_check import EVERYTHING, OUTCOMES
from tests.browser.test_interview import PASSING
from tests.browser.test_same_answers import drawn_cases
from tests.scenarios.worked import worked_cases

pytestmark = pytest.mark.browser

#: The other engines come first, so that they have the same places in both lists, by which pytest keeps a window open.
OTHER_ENGINES = ["firefox", "webkit"]
ENGINES = [*OTHER_ENGINES, "chromium"]
CAPITAL, IN_WORDS = "9007199254740993", "9,007,199,254,740,993円"  # stands nowhere else; no number of a script holds it
ANSWERS = {**EVERYTHING, "capital_yen": CAPITAL}
SWITCHES = {"explain": True, "next": True, "changes": False}
COPY_SAYS = "この端末に保存したページ"
BROWSERS_OWN = (
    "GET /sw.js HTTP/1.1"  # looks whether there is another service worker when it likes, without a page's doing
)
SIGNS = {"met": "○", "not_met": "×", "cannot_tell": "△", None: "－"}
COPIED = re.compile("リンクをコピーしました。|リンクをコピーできませんでした。.*アドレスをコピーしてください。")

HAS_RESULT = """async () => document.querySelector("#check #answer:not([hidden])") !== null"""
#: The other programmes come after the result and push away what is below them.
HAS_OTHERS = "document.querySelector('#others [data-slot=waiting]').hidden"
SETTINGS = "async () => ({ ...document.querySelector('#check, #batch').dataset })"
STORED = "async () => document.querySelector('p.stored:not([hidden])')?.textContent ?? null"
ADDRESS = "async () => location.href"
HAS_LINK = "location.hash.startsWith('#a=1.')"
GIVEN = """async () => document.querySelector("#answer [data-slot=given]").textContent"""
COMPARISON = """async () => [...document.querySelectorAll("#answer > .comparison tbody tr")].map(
    row => [...row.cells].map(cell => cell.querySelector("[data-slot]").textContent.trim()))"""
FAILED = """async () => [...document.querySelectorAll("#answer > .comparison tbody tr")].map(
    row => [...row.querySelectorAll("[data-slot=failed] li")].map(one => one.textContent))"""
SUMMARY = """async () => ({
    title: document.title,
    link: document.querySelector("#mistakes a").getAttribute("href"),
    invalid: [...document.querySelectorAll("[aria-invalid=true]")].map(field => field.id),
    described: document.getElementById(
        document.querySelector("[aria-invalid=true]").getAttribute("aria-describedby").split(" ").at(-1)) !== null,
})"""
BREAK_THE_POLICY = """async () => {
    const style = document.createElement("style");
    style.textContent = "body { color: red }";
    document.head.append(style);
}"""
#: Asks the calculator that the page itself has: whoever changes an answer makes the page ask it.
ASK_THE_PAGES_OWN = """async text => {
    const scripts = document.querySelector("script[type=module]").src;
    const { Calculator } = await import(new URL("calculator.mjs", scripts).href);
    const { ask } = Calculator.prototype;
    const own = new Promise(resolve => Calculator.prototype.ask = function (...question) {
        resolve(this);
        return ask.apply(this, question);
    });
    document.querySelector("#check-form").dispatchEvent(new Event("change"));
    const calculator = await own;
    Calculator.prototype.ask = ask;
    return calculator.ask("assess", text);
}"""
ASKED = """async () => [...document.querySelectorAll("#check-form [data-question]:not([hidden])")].find(
    question => question.checkVisibility())?.dataset.fact ?? null"""
FILLED_IN = """async () => [...document.querySelectorAll("#check-form :is(input, select)")].filter(
    field => ["radio", "checkbox"].includes(field.type) ? field.checked : field.value !== "").map(
    field => [field.closest("[data-fact]").dataset.fact, field.value])"""
COPY = """async () => {
    const { clipboard } = navigator, copy = clipboard.writeText.bind(clipboard);
    clipboard.writeText = text => { window.copied = text; return copy(text); };
}"""
#: Makes a link where nothing can be deflated, with the page's own script.
LINK_AS_IT_IS = """async answers => {
    const scripts = document.querySelector("script[type=module]").src, { CompressionStream } = globalThis;
    delete globalThis.CompressionStream;
    const { textOf } = await import(new URL("link.mjs?as-it-is", scripts).href);
    globalThis.CompressionStream = CompressionStream;
    return textOf({ edition: document.querySelector("#check").dataset.edition, answers, outcomes: {} });
}"""
OPEN_IN_PLACE = """async text => {
    document.activeElement.blur();
    location.hash = `a=${text}`;
}"""
SHEET = """async () => {
    const read = cells => [...cells].map(cell => cell.checkVisibility() ? cell.textContent.trim() : null);
    const rows = name => [...document.querySelectorAll(`#sheet [data-slot=${name}] > tr`)].map(row => read(row.cells));
    const [address, edition, day] = read(["[data-slot=address]", "code", "[data-slot=printed-on]"].map(
        place => document.querySelector(`#sheet ${place}`)));
    const besides = document.querySelector("#answer").checkVisibility();
    return { frames: rows("frames"), requirements: rows("requirements"), address, edition, day, besides };
}"""
REMEMBER_FILES = """async () => {
    const { createObjectURL } = URL;
    window.files = {};
    URL.createObjectURL = file => {
        const address = createObjectURL(file);
        files[address] = file;
        return address;
    };
}"""
COMPANIES = """async () => [...document.querySelectorAll("#batch-rows tbody")].map(body => {
    const told = (root, slot) => root.querySelector(`[data-slot=${slot}]`)?.textContent.trim() ?? null;
    const frames = [...body.rows[0].querySelectorAll("td[data-label]:not(.line)")];
    return [told(body, "line"), told(body, "name"), told(body, "mistakes"),
        frames.map(cell => [cell.dataset.label, told(cell, "outcome"), told(cell, "subsidy")])];
})"""
RESULTS = """async () => {
    const link = document.querySelector("#batch-result [data-slot=download]");
    const content = await files[link.href].arrayBuffer();
    return [link.download, new TextDecoder("utf-8", { ignoreBOM: true }).decode(content)];
}"""


@pytest.fixture(scope="module", params=ENGINES)
def window(request: pytest.FixtureRequest) -> Iterator[Window]:
    """A window of each engine, which may have a service worker."""
    yield from window_of(request)


@pytest.fixture(scope="module")
def recorder(window: Window, built_site: Path) -> Iterator[Recorder]:
    with recorded(built_site) as running:
        yield running


@pytest.fixture
def start(window: Window, recorder: Recorder) -> Iterator[Window]:
    """The Japanese self-diagnosis at its start, its calculator ready; what the server heard before is forgotten.

    Whatever a test does from there, the policy may stop nothing.
    """
    if window.run(HAS_RESULT):
        window.until(HAS_OTHERS)
        window.click("#answer [data-slot=again]")
    else:
        window.open(f"{recorder.address}ja/check/")
        window.until_ready()
    recorder.requests.clear()
    recorder.reports.clear()
    yield window
    assert violations(window, recorder) == []


@pytest.fixture
def check(start: Window) -> Window:
    """All questions of the self-diagnosis at once, open and ready."""
    start.click("#check [data-slot=ways] [data-slot=form]")
    start.until_focused("#questions")
    return start


def violations(window: Window, recorder: Recorder) -> list[str]:
    """What the policy of the server or of the page has stopped, on the page that is open."""
    return [*recorder.reports, *window.run("async () => window.violations ?? []")]


def answer_of_cpython(
    built_site: Path, settings: Mapping[str, str], answers: Mapping[str, Any], passed: Iterable[str] = ()
) -> dict[str, Any]:
    calculator.load((built_site / "rules.json").read_text(encoding="utf-8"))
    asked = {"rule_sets": settings["ruleSets"].split(" "), "round": int(settings["round"]), "saved": None}
    answer: dict[str, Any] = json.loads(
        calculator.judge(json.dumps({**asked, "answers": answers, "passed": list(passed)}))
    )
    return answer


def compared(answer: Mapping[str, Any]) -> list[list[str]]:
    """What the page should show: the name of each frame, and what of it is compared."""
    rows = []
    for frame in answer["frames"]:
        figures = {figure["name"]: figure["value"]["ja"] for figure in frame["figures"]}
        told = (figures[name] for name in ("rate", "upper_limit_yen", "subsidy_yen"))
        rows.append([frame["name"]["ja"], OUTCOMES["ja"][frame["outcome"]], *told])
    return rows


def test_the_page_shows_what_cpython_says_of_the_same_answers_and_tells_nobody(
    check: Window, recorder: Recorder, built_site: Path
) -> None:
    check.answer(ANSWERS)
    check.click("button[type=submit]")
    check.until_focused("#answer-heading")
    told = answer_of_cpython(built_site, check.run(SETTINGS), ANSWERS)
    assert check.run(COMPARISON) == compared(told)
    failed = [
        [one["label"]["ja"] for one in frame["reasons"] if one["verdict"] == "not_met"] for frame in told["frames"]
    ]
    assert check.run(FAILED) == failed
    assert any(failed)
    assert IN_WORDS in check.run(GIVEN)
    assert [request for request in recorder.requests if request != BROWSERS_OWN] == []
    assert violations(check, recorder) == []
    check.run(BREAK_THE_POLICY)  # otherwise this silence would mean nothing
    check.until("violations.includes('style-src-elem')")
    wait_until(lambda: any("style-src" in report for report in recorder.reports), "a report on style-src")
    recorder.reports.clear()
    check.run("async () => { violations.length = 0; }")


def test_the_keyboard_alone_leads_past_a_wrong_number_to_the_reasons(check: Window) -> None:
    check.tab_to("#answer-capital_yen")
    check.type("１，０００万円")
    check.tab_to("#answer-regular_employees")
    check.type("多い")
    check.press("Enter")
    check.until_focused("#mistakes")
    summary = check.run(SUMMARY)
    assert summary["title"].startswith("エラー: ")
    assert summary["link"] == "#answer-regular_employees"
    assert summary["invalid"] == ["answer-regular_employees"]
    assert summary["described"] is True
    check.tab_to("#mistakes a")
    check.press("Enter")
    check.until_focused("#answer-regular_employees")
    for _ in "多い":
        check.press("Backspace")
    check.type("２１人")
    check.press("Enter")
    check.until_focused("#answer-heading")
    assert "1,250万円" in check.run(COMPARISON)[0][3]
    check.tab_to(".comparison a")
    check.press("Enter")
    check.until_focused("details.frame[open] > summary")
    check.tab_to("details.frame[open] a")


@pytest.mark.parametrize("window", OTHER_ENGINES, indirect=True)
def test_a_wide_choice_of_cases_has_the_same_answers(check: Window, built_site: Path) -> None:
    """In Chromium test_same_answers.py compares all of them."""
    cases = [*(one.case for one in worked_cases()[::4]), *drawn_cases()]
    text = json.dumps([{**case, "switches": SWITCHES} for case in cases], ensure_ascii=False, default=str)
    calculator.load((built_site / "rules.json").read_text(encoding="utf-8"))
    check.click("button[type=submit]")
    check.until_focused("#answer-heading")
    assert check.run(ASK_THE_PAGES_OWN, text) == calculator.assess(text)


def test_on_paper_stand_all_verdicts_with_their_places(check: Window, recorder: Recorder, built_site: Path) -> None:
    check.answer({**ANSWERS, "dx_project": "unknown"})
    check.click("button[type=submit]")
    check.until("!document.querySelector('#sheet').hidden")
    settings = check.run(SETTINGS)
    told = answer_of_cpython(built_site, settings, {**ANSWERS, "dx_project": "unknown"})
    assert all(cell is None for cell in check.run(SHEET)["frames"][0])
    with check.on_paper():
        sheet = check.run(SHEET)
    assert [frame[1:6] for frame in sheet["frames"]] == compared(told)
    assert sheet["requirements"] == requirements_on_paper(told["frames"])
    assert sheet["edition"] == settings["edition"]
    assert sheet["address"].startswith(f"{recorder.address}ja/check/#a=")
    assert sheet["day"] == check.run("async () => new Date().toLocaleDateString('sv')")
    assert sheet["besides"] is False


def requirements_on_paper(frames: list[dict[str, Any]]) -> list[list[str]]:
    """Each requirement once, how it stands in each frame, and its document and place."""
    found: dict[str, tuple[dict[str, Any], dict[str, str]]] = {}
    for frame in frames:
        for reason in frame["reasons"]:
            same = json.dumps([reason["code"], reason["text"], reason["citation"]])
            found.setdefault(same, (reason, {}))[1][frame["rule_set"]] = reason["verdict"]
    rows = []
    for reason, verdicts in found.values():
        cited = reason["citation"]
        place = f"{cited['title']['ja']}「{cited['section']}」（{cited['status_text']['ja']}）"
        signs = [SIGNS[verdicts.get(frame["rule_set"])] for frame in frames]
        rows.append([f"{reason['label']['ja']} {reason['text']['ja']}", *signs, place])
    return rows


def test_an_interview_and_its_link_lose_no_answer_on_the_way_and_without_a_network(
    start: Window, recorder: Recorder, built_site: Path
) -> None:
    settings = start.run(SETTINGS)
    assert settings["offline"] == "kept"
    questions, told = interview_in_cpython(built_site, settings)
    assert interview(start) == questions
    assert start.run(COMPARISON) == compared(told)
    address = copied_link(start)
    other_text = start.run(LINK_AS_IT_IS, {**PASSING, "regular_employees": "21"})
    go_back_and_forward(start, questions)
    assert start.run(COMPARISON) == compared(told)
    assert start.run(ADDRESS) == address
    with recorder.away():
        load_anew(start, questions[-1])
        with start.another() as other:
            open_links(other, address, other_text, (built_site, settings))


def interview(window: Window) -> list[str]:
    """Answer one question after the other until the result is there; return them in their order."""
    window.click("#check [data-slot=ways] [data-slot=interview]")
    questions: list[str] = []
    while (name := window.run(ASKED)) is not None:
        questions.append(name)
        if name in PASSING:
            window.answer({name: PASSING[name]})
        else:
            window.click(f"[data-fact='{name}'] input[value=unknown]")
        window.click("button[type=submit]")
        window.until(f"document.querySelector('[data-fact={name}]').checkVisibility() === false")
    window.until_focused("#answer-heading")
    return questions


def interview_in_cpython(built_site: Path, settings: Mapping[str, str]) -> tuple[list[str], dict[str, Any]]:
    """The questions that should be asked of the same visitor, and the answer at their end."""
    name: str | None = settings["firstQuestion"]
    given: dict[str, Any] = {}
    told: dict[str, Any] = {}
    while name is not None:
        given[name] = PASSING.get(name, "unknown")
        told = answer_of_cpython(built_site, settings, given, given)
        name = told["interview"]["ask"]
    return list(given), told


def copied_link(window: Window) -> str:
    """Copy the link with the page's button; a driver may keep the page from the clipboard, and the page says so."""
    window.until(HAS_LINK)
    window.run(COPY)
    window.click("#answer [data-slot=copy]")
    window.until("document.querySelector('#keep-status').textContent !== ''")
    assert COPIED.fullmatch(window.run("async () => document.querySelector('#keep-status').textContent"))
    address: str = window.run("async () => copied")
    assert address == window.run(ADDRESS)
    return address


def go_back_and_forward(window: Window, questions: list[str]) -> None:
    """From the result back by two questions, one of them with the page's own button, and forward to it again."""
    filled_in = window.run(FILLED_IN)
    assert {fact for fact, _ in filled_in} >= set(questions)
    window.go(-1)
    window.until(shows(questions[-1]))
    window.click("#check-step [data-slot=back]")
    window.until(shows(questions[-2]))
    window.go(1)
    window.until(shows(questions[-1]))
    window.go(1)
    window.until_focused("#answer-heading")
    window.until(HAS_LINK)  # it is packed beside the answer, which is shown first
    assert window.run(FILLED_IN) == filled_in


def load_anew(window: Window, question: str) -> None:
    """Go back to a question, load its page anew, and leave it: every answer should be there again."""
    filled_in = window.run(FILLED_IN)
    window.go(-1)
    window.until(shows(question))
    window.reload()
    window.until(shows(question))
    assert COPY_SAYS in window.run(STORED)
    assert window.run(FILLED_IN) == filled_in
    window.load("about:blank")


def shows(question: str) -> str:
    return f"document.querySelector('#check[data-view=question] [data-fact={question}]')?.checkVisibility()"


def open_links(window: Window, address: str, other_text: str, asked: tuple[Path, Mapping[str, str]]) -> None:
    """Open the copied link, and in its place another one as browsers write it that cannot deflate."""
    window.load(address)
    window.until_focused("#answer-heading")
    assert COPY_SAYS in window.run(STORED)
    assert window.run(COMPARISON) == compared(answer_of_cpython(*asked, PASSING))
    assert other_text.startswith("0.")
    window.run(OPEN_IN_PLACE, other_text)
    window.until_focused("#answer-heading")
    others = compared(answer_of_cpython(*asked, {**PASSING, "regular_employees": "21"}))
    assert window.run(COMPARISON) == others != compared(answer_of_cpython(*asked, PASSING))


@pytest.mark.parametrize("window", OTHER_ENGINES, indirect=True)
def test_a_file_of_companies_comes_out_as_in_cpython(
    window: Window, recorder: Recorder, built_site: Path, tmp_path: Path
) -> None:
    """In Chromium test_batch.py compares every byte."""
    window.open(f"{recorder.address}ja/check/batch/")
    window.run(REMEMBER_FILES)
    recorder.reports.clear()
    (tmp_path / "companies.csv").write_text(TABLE, encoding="utf-8")
    window.choose_file("#batch-file", tmp_path / "companies.csv")
    window.until_focused("#batch-result-heading")
    window.until("document.querySelectorAll('#batch-rows tbody').length === 3")
    report = cpython_report(window.run(SETTINGS), built_site, TABLE, "ja")
    beginning, portion = report.beginning(), report.portion(len(TABLE))
    assert window.run(COMPANIES) == companies(beginning, portion)
    name, table = window.run(RESULTS)
    assert name.endswith(".csv")
    assert table == beginning["table"] + portion["table"]
    assert violations(window, recorder) == []


def companies(beginning: Mapping[str, Any], portion: Mapping[str, Any]) -> list[list[Any]]:
    """The rows that the page should show."""
    names = {frame["frame"]: frame["name"]["ja"] for frame in beginning["frames"]}
    return [
        [
            str(row["line"]),
            row["name"],
            "".join(mistake["ja"] for mistake in row["mistakes"]) or None,
            [
                [names[one["frame"]], OUTCOMES["ja"][one["outcome"]], one["subsidy"]["ja"] if one["subsidy"] else None]
                for one in row["frames"]
            ],
        ]
        for row in portion["rows"]
    ]
