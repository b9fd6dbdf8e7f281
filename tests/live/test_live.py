"""A site served while it is written: what is saved is shown, what is wrong is told, and nothing old is given."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from site_builder.build import HERE, PROJECT, Sources, Workshop, silently
from site_builder.live import making
from site_builder.live.making import Maker
from site_builder.live.serving import live
from site_builder.rules.model import Rules
from site_builder.runtime import RuntimePackage
from site_builder.serve import address
from tests.site.hand_made_content import copy_without_names

GUIDE = "content/guides/documents.ja.md"
PAGE = "ja/documents/"
A_TAB = "\n\tindented: by a tab\n"


@dataclass
class Served:
    """A small site in a folder of its own, served while it is edited; `said` is what the terminal prints."""

    folder: Path
    address: str
    said: list[str] = field(default_factory=list)

    def write(self, name: str, change: Callable[[str], str]) -> None:
        """Save a file as editors do: under another name first, and then in its place."""
        file = self.folder / name
        beside = file.with_name(f".{file.name}.new")
        beside.write_text(change(file.read_text("utf-8")), "utf-8")
        beside.replace(file)

    def get(self, path: str) -> tuple[int, str]:
        """Return the status and the text at `path`."""
        try:
            with urllib.request.urlopen(f"{self.address}{path}") as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.read().decode()

    @contextlib.contextmanager
    def told(self, path: str) -> Iterator[Iterator[dict[str, str]]]:
        """Listen as a page does; the block gets one state after the other."""
        with urllib.request.urlopen(f"{self.address}_live/events?page=/{path}") as answer:
            lines = (line.decode() for line in answer)
            yield (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: "))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Served]:
    said: list[str] = []
    with live(_workshop(tmp_path), 0, said.append) as server:
        yield Served(tmp_path, address(server), said)


def _workshop(folder: Path) -> Workshop:
    shutil.copytree(PROJECT / "tests/good/rules", folder / "rules")
    shutil.copytree(HERE / "theme", folder / "theme")
    copy_without_names(folder)
    sources = Sources(folder / "rules", folder / "content", theme=folder / "theme")
    return Workshop(sources, RuntimePackage({}, "runtime-none"), works_offline=False)


@pytest.fixture
def page(chromium: Browser, site: Served) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": 800, "height": 400}) as context:
        page = context.new_page()
        page.goto(f"{site.address}{PAGE}")
        yield page


def test_what_was_saved_is_in_the_next_answer_without_waiting(site: Served) -> None:
    for title in ("一つ目の題名", "二つ目の題名", "三つ目の題名"):
        site.write(GUIDE, partial(re.sub, r"\A# .*", f"# {title}"))
        assert f"<h1>{title}</h1>" in site.get(PAGE)[1]


def test_a_page_is_told_that_it_has_changed_and_others_are_not(site: Served) -> None:
    with site.told(PAGE) as here, site.told("ja/privacy/") as elsewhere:
        before, other = next(here), next(elsewhere)
        site.write(GUIDE, lambda text: text.replace("\n\n", "\n\n試しの文です。", 1))
        assert next(here)["page"] != before["page"]
        assert next(elsewhere)["page"] == other["page"]


@pytest.fixture
def seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files be looked at by themselves so seldom that no test waits for it."""
    monkeypatch.setattr(making, "SECONDS_BETWEEN_LOOKS", 10**4)


@pytest.mark.usefixtures("seldom")
def test_what_the_rest_is_broken_off_for_is_read_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    maker = Maker(_workshop(tmp_path), said.append)
    maker.begin()
    changed = maker.watch.is_changed

    def saved_meanwhile() -> bool:
        (tmp_path / GUIDE).write_text("# 題名\n", "utf-8")
        return changed()

    monkeypatch.setattr(maker.watch, "is_changed", saved_meanwhile)
    maker._next_look = 0.0
    assert maker._goes_on()
    maker.turn()
    assert said[-1].startswith(f"{GUIDE}: read and made")


def test_new_styles_do_not_make_a_new_page(site: Served) -> None:
    with site.told(PAGE) as told:
        before = next(told)
        site.write("theme/styles/site.css", lambda text: f"{text}\nh1 {{ color: red }}\n")
        after = next(told)
    assert (after["page"], after["errors"]) == (before["page"], "")
    assert after["theme"] != before["theme"]
    assert "color:red" in site.get(f"{after['theme']}/styles/site.css")[1]


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("content/interface.yaml", lambda text: text + A_TAB, "[tab]"),
        ("rules/demo/b1/plain.yaml", lambda text: f"{text}\nnonsense: yes\n", "[unknown-key]"),
        (
            "theme/templates/guide.html",
            lambda text: text.replace("{% block main %}", "{% block main %}{% if %}"),
            "[template]",
        ),
        (
            "theme/templates/guide.html",
            lambda text: text.replace("{% block main %}", "{% block main %}{{ nobody.name }}"),
            "[template]",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_gone_when_it_is_mended(
    site: Served, capsys: pytest.CaptureFixture[str], name: str, change: Callable[[str], str], code: str
) -> None:
    right = (site.folder / name).read_text("utf-8")
    with site.told(PAGE) as told:
        before = next(told)
        site.write(name, change)
        broken = next(told)
        assert code in broken["errors"]
        assert f"{name.removeprefix('theme/')}:" in broken["errors"]
        assert site.get(PAGE)[0] == 500
        site.write(name, lambda _: right)
        assert next(state for state in told if not state["errors"]) == before
    assert site.get(PAGE)[0] == 200
    assert broken["errors"] in capsys.readouterr().err
    assert "that is mended" in site.said


def test_what_is_checked_of_the_whole_site_is_told_to_the_page_that_is_open(site: Served) -> None:
    with site.told(PAGE) as told:
        next(told)
        site.write(GUIDE, lambda text: text.replace("\n\n", "\n\n[遠くへ](/schedule/#nowhere)です。", 1))
        errors = next(state["errors"] for state in told if state["errors"])
    assert "there is no place #nowhere on the page /schedule/ [unknown-anchor]" in errors


def test_a_deleted_file_is_told_and_a_new_one_has_a_page_at_once(site: Served) -> None:
    (site.folder / GUIDE).rename(site.folder / "kept")
    assert site.get(PAGE)[0] == 500
    (site.folder / "kept").rename(site.folder / GUIDE)
    assert site.get(PAGE)[0] == 200
    assert site.get("ja/demo/b1/2/fresh/")[0] == 404
    plain = (site.folder / "rules/demo/b1/plain.yaml").read_text("utf-8")
    (site.folder / "rules/demo/b1/fresh.yaml").write_text(plain, "utf-8")
    assert site.get("ja/demo/b1/2/fresh/")[0] == 500  # it is not in the order of frames yet
    site.write("rules/demo/b1/rule_set.yaml", lambda text: text.replace("[plain, special]", "[plain, special, fresh]"))
    assert site.get("ja/demo/b1/2/fresh/")[0] == 200


def test_files_beside_the_pages_wait_until_they_are_made_of_what_was_saved(site: Served) -> None:
    site.write("content/following.yaml", lambda text: text.replace("feed_title: {ja: ", "feed_title: {ja: 新しい"))
    status, feed = site.get("ja/feed.xml")
    assert status == 200
    assert "新しい" in feed


def test_only_the_script_of_the_server_is_let_in_beside_what_pages_run(site: Served) -> None:
    _, html = site.get(PAGE)
    policy = html.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    assert policy == (
        "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
        "; script-src 'self'"
    )


def test_no_browser_is_let_to_fetch_ahead_what_may_change_before_it_is_shown(site: Served) -> None:
    with urllib.request.urlopen(f"{site.address}ja/") as answer:
        assert "Speculation-Rules" not in answer.headers


def test_a_browser_keeps_only_what_is_named_after_its_contents(site: Served) -> None:
    html = site.get(PAGE)[1]
    styles = re.findall(r'href="(?:/|(?:\.\./)*)((?:theme-[^"]*/site|_live/[^"]*/live)\.css)"', html)
    assert len(styles) == 2
    kept = {}
    for path in (*styles, PAGE, "sw.js", *(f"{style}.gone" for style in styles)):
        with contextlib.suppress(urllib.error.HTTPError), urllib.request.urlopen(f"{site.address}{path}") as answer:
            kept[path] = answer.headers["Cache-Control"]
    for_good = dict.fromkeys(styles, "public, max-age=31536000, immutable")
    assert kept == {**for_good, PAGE: "no-cache", "sw.js": "no-cache"}


def test_what_is_named_after_its_contents_is_given_while_something_else_is_made(tmp_path: Path) -> None:
    sources = Sources(PROJECT / "tests/good/rules", tmp_path, theme=HERE / "theme")
    library = tmp_path / "python.zip"
    library.write_bytes(b"")
    maker = Maker(Workshop(sources, RuntimePackage({library.name: library}, "runtime-one")), silently)
    assert maker.settled("runtime-one/python.zip") == library  # its thread does not even run
    assert maker.settled("runtime-other/python.zip") is None


def test_a_service_worker_of_before_is_ended(site: Served) -> None:
    assert "registration.unregister()" in site.get("sw.js")[1]


def test_a_browser_need_not_read_one_script_to_learn_of_the_next(site: Served) -> None:
    html = site.get("ja/check/")[1]
    ahead = re.findall(r'<link rel="modulepreload" href="/([^"]*)">', html)
    first = re.findall(r'<script type="module" src="(?:\.\./)*(theme-[^"]*)"', html)
    scripts = {path: re.sub(r"(?s:/\*.*?\*/)|//.*", "", site.get(path)[1]) for path in (*first, *ahead)}
    imported = {
        f"{path.rpartition('/')[0]}/{name}"
        for path, script in scripts.items()
        for name in re.findall(r"""\b(?:from|import)\s*["']\./([^"']+)["']""", script)
    }
    assert (len(first), len(ahead)) == (1, len(set(ahead)))
    assert set(ahead) == imported
    assert len(imported) > 20
    assert "modulepreload" not in site.get(PAGE)[1]


def test_the_browser_shows_what_is_saved_and_stays_where_it_was(site: Served, page: Page) -> None:
    page.evaluate("scrollTo(0, 300)")
    site.write(GUIDE, lambda text: text.replace("\n\n", "\n\n試しの文です。", 1))
    expect(page.get_by_text("試しの文です。")).to_be_attached()
    expect(page.locator("html")).to_have_js_property("scrollTop", 300)


def test_what_was_open_stays_open_and_the_answers_stay_in_the_address(site: Served, chromium: Browser) -> None:
    closed = "<details><summary>一</summary>一つ目</details><details open><summary>二</summary>二つ目</details>"
    site.write(
        "theme/templates/guide.html", lambda text: text.replace("{% block main %}", f"{{% block main %}}{closed}")
    )
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.address}{PAGE}#employees=20")
        before = page.locator("main details").evaluate_all("all => all.map((one) => one.open)")
        for summary in page.locator("main details > summary").all()[:2]:
            summary.click()
        site.write(GUIDE, lambda text: text.replace("\n\n", "\n\n試しの文です。", 1))
        expect(page.get_by_text("試しの文です。")).to_be_attached()
        expect(page.locator("main details").first).to_have_js_property("open", True)  # it is put back
        after = page.locator("main details").evaluate_all("all => all.map((one) => one.open)")
        assert (before[:2], after[:2], after[2:]) == ([False, True], [True, False], before[2:])
        assert page.url.endswith("#employees=20")


def test_what_no_document_confirms_yet_is_said_whenever_that_changes(
    site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def named(rules: Rules) -> Iterator[str]:
        yield f"{rules.programmes[0].name.en}: not confirmed yet"

    monkeypatch.setattr(making, "unconfirmed_lines", named)
    site.write("rules/demo/programme.yaml", lambda text: text.replace("en: ", "en: New ", 1))
    site.get(PAGE)
    site.write(GUIDE, lambda text: text.replace("\n\n", "\n\n試しの文です。", 1))
    site.get(PAGE)
    site.write("rules/demo/programme.yaml", lambda text: text.replace("en: New ", "en: Newer ", 1))
    site.get(PAGE)
    told = [line.split()[0] for line in site.said if line.endswith("not confirmed yet")]
    assert told[-2:] == ["New", "Newer"]
    assert told.count("New") == 1


def test_the_browser_takes_new_styles_without_loading_the_page(site: Served, page: Page) -> None:
    page.evaluate("window.stays = true")
    site.write("theme/styles/site.css", lambda text: f"{text}\nh1 {{ color: rgb(1, 2, 3) }}\n")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    assert page.evaluate("window.stays")


def test_the_browser_shows_what_is_wrong_until_it_is_mended(
    site: Served, page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    right = (site.folder / GUIDE).read_text("utf-8")
    site.write(GUIDE, lambda text: f"{text}\n上限は750万円です。\n")
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_be_visible()
    shown = dialog.locator("pre").text_content()
    assert "[typed-figure]" in (shown or "")
    assert "^^^^^^" in (shown or "")
    assert shown is not None
    assert shown in capsys.readouterr().err
    assert dialog.evaluate("element => element.contains(document.activeElement)")
    other = page.context.new_page()
    other.goto(f"{site.address}ja/privacy/")
    expect(other.get_by_role("alertdialog")).to_be_visible()
    site.write(GUIDE, lambda _: right)
    expect(dialog).to_have_count(0)
    expect(other.get_by_role("heading", level=1)).not_to_have_text("This page cannot be made")
