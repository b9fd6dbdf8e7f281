"""The real site's words: the glossary and the ways to it, the questions, and what a public site has to say."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from site_builder.site.terms import order_of

Pages = dict[str, LexborHTMLParser]


def in_languages(pages: Pages, name: str) -> list[LexborHTMLParser]:
    return [pages[f"{language}/{name}index.html"] for language in ("ja", "en")]


def test_the_glossary_has_each_term_once_in_each_language(pages: Pages) -> None:
    ja, en = (
        [str(node.attributes["id"]) for node in page.css(".entries > div")] for page in in_languages(pages, "glossary/")
    )
    assert sorted(ja) == sorted(en)
    assert len(ja) == len(set(ja)) > 180


def test_the_glossary_is_sorted_by_reading_and_by_letter(pages: Pages) -> None:
    ja, en = in_languages(pages, "glossary/")
    readings = [node.text() for node in ja.css(".entries dt small")]
    assert len(readings) > 100
    assert readings == sorted(readings, key=order_of)
    terms = [node.text().strip().casefold() for node in en.css(".entries dt")]
    assert terms == sorted(terms)
    assert [node.text() for node in ja.css("nav.contents a")] == [f"{row}行" for row in "あかさたなはまやらわ"]


def test_the_table_has_all_terms_under_one_heading(built_site: Path, pages: Pages) -> None:
    for language in ("ja", "en"):
        text = (built_site / language / "glossary/terms.csv").read_text(encoding="utf-8-sig")
        heading, *rows = csv.reader(io.StringIO(text))
        assert heading[:3] == ["term", "reading", "english"]
        assert len(rows) == len(pages[f"{language}/glossary/index.html"].css(".entries > div"))
        assert {len(row) for row in rows} == {len(heading)}


def test_a_page_lists_the_terms_of_its_text_folded_at_its_foot(pages: Pages) -> None:
    page = pages["ja/monozukuri/r3s/13/normal/index.html"]
    (block,) = (node for node in page.css("main ~ details, main details") if "このページの用語" in node.text())
    assert "open" not in block.attributes
    listed = {link.text(): link.attributes["href"] for link in block.css("a")}
    assert listed["中小企業者"] == "../../../../glossary/#sme"
    assert all(name != "補助金" for name in listed)


def test_the_glossary_and_embedded_pages_list_no_terms(pages: Pages) -> None:
    for name in ("ja/glossary/index.html", "ja/embed/monozukuri/index.html", "ja/check/index.html"):
        assert "このページの用語" not in pages[name].body.text()  # type: ignore[union-attr]  # every page has a body


def test_every_question_has_its_anchor_and_the_same_ones_in_both_languages(pages: Pages) -> None:
    ja, en = (
        [node.attributes.get("id") for node in page.css("main section h3")] for page in in_languages(pages, "faq/")
    )
    assert ja == en
    assert 25 <= len(ja) <= 40
    assert None not in ja


def test_every_page_leads_to_what_a_public_site_has_to_say(pages: Pages) -> None:
    for name, page in pages.items():
        if name.startswith(("ja/", "en/")) and "/embed/" not in name:
            ends = {str(link.attributes["href"]).rstrip("/").rsplit("/", 1)[-1] for link in page.css("footer.site a")}
            stem = name.split("/")[-2]
            assert {"accessibility", "privacy", "glossary", "faq"} - {stem} <= ends, name


def test_the_page_for_what_is_not_there_leads_on_in_both_languages(pages: Pages) -> None:
    page = pages["404.html"]
    for language in ("ja", "en"):
        targets = {str(link.attributes["href"]) for link in page.css(f'li[lang="{language}"] a')}
        assert {f"/{language}/", f"/{language}/check/", f"/{language}/schedule/", f"/{language}/glossary/"} <= targets


def test_main_pages_have_a_part_in_the_plainest_words(pages: Pages) -> None:
    for name in (
        "",
        "schedule/",
        "sources/",
        "about/",
        "check/",
        "monozukuri/",
        "monozukuri/r3s/13/",
        "it/r3s/software/",
    ):
        for page in in_languages(pages, name):
            (heading,) = page.css("#plain")
            assert heading.text() in ("やさしい日本語", "In short")
        assert pages[f"ja/{name}index.html"].css("#plain ~ p ruby"), name


def test_the_plainest_words_of_a_frame_have_its_figures(pages: Pages) -> None:
    page = pages["en/monozukuri/r3s/13/normal/index.html"]
    said = " ".join(node.text() for node in page.css("#plain ~ p"))
    for figure in page.css("dl.key dd"):
        assert figure.text().strip() in said
