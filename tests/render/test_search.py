"""The search index: the same files from the same pages, named after their contents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from site_builder.build import PROJECT
from site_builder.render import search
from site_builder.render.offline import service_worker
from site_builder.render.search import SearchIndex, SearchIndexError, search_index
from site_builder.render.theme import read_theme
from site_builder.rules import read_rules
from site_builder.site.content import read_messages
from site_builder.site.plan import RuntimeFolder, plan_site
from tests.site.hand_made_content import content_for

NODE_MODULES = PROJECT / "node_modules"


def page(language: str, words: str) -> bytes:
    return f'<html lang="{language}"><body><nav>menu</nav><main><h1>{words}</h1></main></body></html>'.encode()


PAGES = {
    "ja/index.html": page("ja", "補助金"),
    "ja/a/index.html": page("ja", "返還"),
    "en/index.html": page("en", "Subsidy"),
    "en/a/index.html": page("en", "Repayment"),
}


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return search_index(PAGES, NODE_MODULES)


def test_the_same_pages_in_another_order_give_the_same_bytes(index: SearchIndex) -> None:
    again = search_index(dict(reversed(PAGES.items())), NODE_MODULES)
    assert (again.directory_name, again.files) == (index.directory_name, index.files)


def test_another_word_gives_another_folder(index: SearchIndex) -> None:
    other = search_index({**PAGES, "en/a/index.html": page("en", "Deadline")}, NODE_MODULES)
    assert other.directory_name != index.directory_name


def test_each_language_has_a_table_of_its_own_pages_and_files(index: SearchIndex) -> None:
    for language in ("ja", "en"):
        table = json.loads(index.files[f"{language}.json"])
        assert sorted(table["pages"].values()) == [f"{language}/", f"{language}/a/"]
        assert {f"fragment/{name}.pf_fragment" for name in table["pages"]} < index.files.keys()
        assert set(table["files"]) < index.files.keys()
        assert {name.split("/")[1][:2] for name in table["files"] if name.startswith("index/")} == {language}


def test_no_interface_of_pagefind_is_published(index: SearchIndex) -> None:
    assert [name for name in index.files if name.endswith((".css", "ui.js", "worker.js", "highlight.js"))] == []


def test_an_index_is_made_once_of_the_same_pages(
    index: SearchIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [search_index(PAGES, NODE_MODULES, tmp_path)]
    (kept,) = tmp_path.iterdir()
    monkeypatch.setattr(search, "_run", None)
    made.append(search_index(dict(reversed(PAGES.items())), NODE_MODULES, tmp_path))
    assert [(one.directory_name, one.files) for one in made] == [(index.directory_name, index.files)] * 2
    with pytest.raises(TypeError):
        search_index({**PAGES, "en/index.html": page("en", "Award")}, NODE_MODULES, tmp_path)
    kept.write_bytes(kept.read_bytes()[:-30])
    with pytest.raises(TypeError):
        search_index(PAGES, NODE_MODULES, tmp_path)


def test_only_the_last_indexes_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_made", lambda pages, _node_modules: pages)
    monkeypatch.setattr(search, "_table", lambda _files, _language: b"")
    for number in range(search.MOST_KEPT):
        search_index({"a": b"%d" % number}, NODE_MODULES, tmp_path)
    before = {one.name: one.stat().st_mtime_ns for one in tmp_path.iterdir()}
    first = min(before, key=before.__getitem__)
    search_index({"a": b"0"}, NODE_MODULES, tmp_path)  # it is used again
    search_index({"a": b"new"}, NODE_MODULES, tmp_path)
    assert len([*tmp_path.iterdir()]) == search.MOST_KEPT
    assert (tmp_path / first).exists()


def test_a_missing_program_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SearchIndexError, match="is missing") as told:
        search_index(PAGES, tmp_path)
    assert "make build" in str(told.value)


def test_a_failing_program_is_told_in_its_own_words() -> None:
    with pytest.raises(SearchIndexError, match="cannot be made"):
        search_index({"index.txt": b"no page at all"}, NODE_MODULES)


def test_another_index_makes_another_build_for_the_service_worker() -> None:
    rules = read_rules(PROJECT / "tests/good/rules", read_messages(PROJECT / "content"))
    site = plan_site(rules, content_for(rules), RuntimeFolder("runtime-0", {}))
    templates = read_theme(PROJECT / "site_builder/theme", NODE_MODULES).templates
    workers = [service_worker(site, {f"search-{name}/ja.json": b""}, templates) for name in ("a", "a", "b")]
    assert workers[0] == workers[1] != workers[2]


def test_what_is_found_is_every_page_but_copies_for_other_sites_and_the_search_page(built_site: Path) -> None:
    (folder,) = built_site.glob("search-*")
    for language in ("ja", "en"):
        found = set(json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))["pages"].values())
        pages = {f"{file.parent.relative_to(built_site)}/" for file in (built_site / language).rglob("index.html")}
        left_out = pages - found
        assert found < pages
        assert {path.split("/")[1] for path in left_out} == {"embed", "search"}
        assert f"{language}/embed/" in found
