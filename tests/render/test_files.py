"""All files of a site: every template prints every kind of frame, and every link leads somewhere."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from urllib.parse import urljoin

import jinja2
import pytest
from selectolax.lexbor import LexborHTMLParser

from site_builder.build import Sources, Workshop, silently
from site_builder.crew import LEAST_THINGS
from site_builder.memo import Memo
from site_builder.render.cards import Card
from site_builder.render.files import render, without_index
from site_builder.render.links import check_links
from site_builder.render.templates import Sheets
from site_builder.render.theme import read_theme
from site_builder.rules import read_rules
from site_builder.rules.model import Rules
from site_builder.runtime import RuntimePackage
from site_builder.site.content import read_messages
from site_builder.site.plan import RuntimeFolder, plan_site
from tests.site.hand_made_content import content_for, copy_without_names
from tests.site.hand_made_kinds import family

PROJECT = Path(__file__).parents[2]
CONTENT = PROJECT / "content"


def small_tree() -> Rules:
    """The made-up tree of `tests/good`."""
    return read_rules(PROJECT / "tests/good/rules", read_messages(CONTENT))


@pytest.fixture(scope="module", params=[family, small_tree])
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    rules: Rules = request.param()
    site = plan_site(rules, content_for(rules), RuntimeFolder("runtime-0", {}))
    theme = read_theme(PROJECT / "site_builder/theme", PROJECT / "node_modules")
    return {name: bytes(content) for name, content in render(site, theme).items()}


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, LexborHTMLParser]:
    return {name: LexborHTMLParser(content) for name, content in files.items() if name.endswith(".html")}


def test_every_link_leads_somewhere(files: dict[str, bytes]) -> None:
    check_links(files)


def test_no_page_has_the_same_id_twice(pages: dict[str, LexborHTMLParser]) -> None:
    for name, page in pages.items():
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids)), name


def test_every_page_of_a_language_has_the_menu(pages: dict[str, LexborHTMLParser]) -> None:
    for name, page in pages.items():
        if name.startswith(("ja/", "en/")):
            is_embedded = name.count("/") == 3 and "/embed/" in name  # a page inside a page of another site
            assert len(page.css("header nav.menu a")) == (0 if is_embedded else 6), name


def test_the_menu_marks_the_page_that_is_open(pages: dict[str, LexborHTMLParser]) -> None:
    marked = [node.text() for node in pages["en/schedule/index.html"].css("nav.menu [aria-current]")]
    assert marked == ["Dates"]


def test_the_ways_around_each_page_lead_to_the_same_pages_of_its_language(pages: dict[str, LexborHTMLParser]) -> None:
    led: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for name, page in pages.items():
        for ways in ("nav.menu a", "footer.site li a"):
            links = [urljoin(f"/{name}", node.attributes["href"]) for node in page.css(ways)]
            if links:
                led[name.partition("/")[0], ways].add(tuple(links))
        marked = [urljoin(f"/{name}", node.attributes["href"]) for node in page.css("nav.menu [aria-current]")]
        assert marked in ([], [f"/{name.removesuffix('index.html')}"]), name
    assert {key: len(those) for key, those in led.items()} == dict.fromkeys(led, 1)
    assert {language for language, _ in led} == {"ja", "en"}


def _named(card: Card) -> Path:
    return Path(f"{card.language} {card.context} {card.title}.png")


def test_a_site_is_the_same_in_any_number_of_processes(tmp_path: Path) -> None:
    sources = Sources(PROJECT / "tests/good/rules", copy_without_names(tmp_path))
    alone, together = (
        Workshop(sources, RuntimePackage({}, "runtime-0"), processes=processes).files(without_index, _named, silently)
        for processes in (1, 3)
    )
    assert sum(name.endswith(".html") for name in alone) > LEAST_THINGS
    assert sum(name.endswith(".png") for name in alone) > LEAST_THINGS
    assert list(together.items()) == list(alone.items())


def test_a_template_is_compiled_once_and_again_where_that_is_damaged(tmp_path: Path) -> None:
    def made(text: str) -> str:
        return Sheets({"a.html": text}, Memo(), tmp_path).filled("a.html", one="<")

    assert made("1 {{ one }}") == "1 &lt;"
    (kept,) = tmp_path.iterdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", None)
        assert made("1 {{ one }}") == "1 &lt;"
    kept.write_bytes(kept.read_bytes()[:20])
    assert made("1 {{ one }}") == "1 &lt;"
    assert made("2 {{ one }}") == "2 &lt;"
