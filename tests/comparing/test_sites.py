"""Two built sites compared: what only hashes or the edition of the rules change is no change of a page."""

from __future__ import annotations

import json
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from site_builder.comparing.report import report
from site_builder.comparing.sites import Change, Manner, SiteChanges, compare_sites
from site_builder.comparing.told import MOST_NAMED, told_site
from site_builder.comparing.words import Hunk

OLD, NEW = "0123456789ab", "ba9876543210"


def site(mark: str, **pages: str) -> dict[str, bytes | Path]:
    """A site whose folders and edition are made from a hash, with pages that name them."""
    frame = f'<link href="theme-{mark}/site.css"><p>Edition {mark}</p>'
    return {
        "rules.json": json.dumps({"edition": mark, "facts": []}).encode(),
        f"theme-{mark}/site.css": b"p {}",
        "sw.js": f'{{"build":"{mark}","theme-{mark}/site.css":"sha256-{mark * 3}abcdefg="}}'.encode(),
        **{f"{name}/index.html": f"{frame}{text}".encode() for name, text in pages.items()},
    }


def manners(changes: SiteChanges) -> dict[str, Manner]:
    return {one.name: one.manner for one in (*changes.pages, *changes.others)}


def test_the_same_site_is_no_change() -> None:
    assert manners(compare_sites(site(OLD, ja="a"), site(OLD, ja="a"))) == {}


def test_names_made_from_contents_and_the_edition_change_no_page() -> None:
    changes = compare_sites(site(OLD, ja="<p>a</p>"), site(NEW, ja="<p>a</p>"))
    assert set(manners(changes).values()) == {Manner.HASHES}
    assert next(told_site(changes)).endswith("0 changed in markup alone, 1 with the same content")


def test_a_figure_that_looks_like_a_hash_is_a_change() -> None:
    before, after = (site(OLD, ja=f"<p>{amount} yen</p>") for amount in (100000000000, 100000000001))
    assert manners(compare_sites(before, after)) == {"ja/index.html": Manner.CHANGED}


def test_a_file_in_a_folder_named_after_its_contents_is_compared_with_its_like() -> None:
    after = site(NEW, ja="a") | {f"theme-{NEW}/site.css": b"p { color: red }", f"theme-{NEW}/new.css": b""}
    found = manners(compare_sites(site(OLD, ja="a"), after))
    assert found["theme-…/site.css"] is Manner.CHANGED
    assert found["theme-…/new.css"] is Manner.ADDED


def test_markup_alone_is_told_apart_from_words() -> None:
    before, after = site(OLD, ja="<p>a</p>", en="<p>b c</p>"), site(OLD, ja="<p class=x>a</p>", en="<p>b d</p>")
    changes = compare_sites(before, after)
    assert manners(changes) == {"ja/index.html": Manner.MARKUP, "en/index.html": Manner.CHANGED}
    assert changes.pages_of(Manner.CHANGED)[0].words == 1


def test_pages_that_come_and_go_are_told_with_their_words(tmp_path: Path) -> None:
    (tmp_path / "page").write_bytes(b"<p>three words more</p>")
    changes = compare_sites({"old/index.html": tmp_path / "page"}, {"new/index.html": b"<p>one</p>"})
    assert {(one.name, one.manner, one.words) for one in changes.pages} == {
        ("old/index.html", Manner.REMOVED, 3),
        ("new/index.html", Manner.ADDED, 1),
    }
    assert list(told_site(changes))[1:3] == ["  added    new/  (1 word)", "  removed  old/  (3 words)"]


def test_against_nothing_every_page_is_new() -> None:
    changes = compare_sites({}, site(OLD, ja="a", en="b"))
    assert next(told_site(changes)).startswith("pages: 2 added, 0 removed, 0 changed (0 words)")


def test_a_long_list_is_cut_in_the_terminal_and_told_to_be() -> None:
    pages = tuple(Change(f"{number}/index.html", Manner.ADDED) for number in range(MOST_NAMED + 5))
    lines = list(told_site(SiteChanges(pages, (), 0, len(pages))))
    assert "  … and 5 more that are added" in lines
    assert len(lines) == MOST_NAMED + 3


def test_what_changed_alike_on_many_pages_stands_once_in_the_report() -> None:
    menu, own = Hunk(("Menu",), ("All pages",)), Hunk(("a",), ("b",))
    pages = [Change(f"{number}/index.html", Manner.CHANGED, 2, (menu,)) for number in range(3)]
    changes = SiteChanges((*pages, Change("own/index.html", Manner.CHANGED, 1, (own,))), (), 4, 4)
    assert [len(some) for _, some in changes.alike] == [3, 1]
    page = LexborHTMLParser(report("A", "B", site=changes))
    assert [node.text() for node in page.css("article h3")] == ["0/", "own/"]
    assert [node.text() for node in page.css("article summary")] == ["and alike on 2 more"]


def test_the_report_needs_no_other_file_and_runs_nothing_of_what_it_shows() -> None:
    evil = "<p>&lt;script&gt;alert(1)&lt;/script&gt; <img src=x></p>"
    text = report("<b>A</b>", "B", site=compare_sites(site(OLD, ja="<p>a</p>"), site(OLD, ja=evil)))
    page = LexborHTMLParser(text)
    assert "<script>alert(1)</script>" in page.body.text()  # type: ignore[union-attr]  # every page has a body
    assert page.css("script, img, link, [src], [href], [style], b:not(td b)") == []
    assert "url(" not in text


def test_pages_on_which_the_same_has_changed_are_one_line_of_the_terminal() -> None:
    before, after = (
        site(OLD, a=f"{menu}<p>x</p>", b=f"{menu}<p>y</p>", c="<p>z</p>") for menu in ("<p>old</p>", "<p>new</p>")
    )
    assert [line for line in told_site(compare_sites(before, after)) if "changed  " in line] == [
        "  changed  a/ and 1 more alike  (1 word)"
    ]


def test_a_page_in_both_languages_is_one_line_with_the_words_of_each() -> None:
    before = site(
        OLD, ja="<p>あ</p>", **{"ja/costs": "<p>費用</p>", "en/costs": "<p>Costs then</p>", "en/own": "<p>x</p>"}
    )
    after = site(
        OLD, ja="<p>い</p>", **{"ja/costs": "<p>経費</p>", "en/costs": "<p>Their cost</p>", "en/own": "<p>y</p>"}
    )
    lines = list(told_site(compare_sites(before, after)))
    assert [line for line in lines if "changed  " in line] == [
        "  changed  {ja,en}/costs/  (ja 1 word, en 2 words)",
        "  changed  ja/  (1 word)",
        "  changed  en/own/  (1 word)",
    ]
    added = list(told_site(compare_sites({}, after)))
    assert any(line.startswith("  added    {ja,en}/costs/  (ja ") for line in added)


def test_files_of_a_folder_named_after_its_contents_are_counted_where_they_come_and_go() -> None:
    before, after = {"x-0123456789ab/a": b"", "b.csv": b""}, {"x-ba9876543210/c": b"", "x-ba9876543210/d": b""}
    lines = list(told_site(compare_sites(before, after)))
    assert lines[1:] == [
        "other files: 2 added, 2 removed, 0 changed",
        "  added    x-…/  (2 files)",
        "  removed  b.csv",
        "  removed  x-…/  (1 file)",
    ]
