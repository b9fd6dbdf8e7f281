"""Markdown: HTML is printed as text, and links are led to the page's own language."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from site_builder.render.markdown import html_of
from tests.bench.corpus import corpus


def test_html_in_markdown_is_printed_as_text() -> None:
    assert html_of("<script>x</script>", str) == "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "JaVaScript&colon;alert(1)", "vbscript:x", "data:text/html,x", " java\nscript:x"]
)
def test_a_link_that_would_run_something_is_none(target: str) -> None:
    assert "<a" not in html_of(f"[x]({target})", str)
    assert "<a" not in html_of(f"<{target}>", str)


def test_a_quote_in_a_link_stays_in_it() -> None:
    html = html_of('[a](/b?"onclick="x "c\\" onclick=\\"d")', str)
    (link,) = LexborHTMLParser(html).css("a")
    assert link.attributes.keys() <= {"href", "title"}


def test_a_picture_from_elsewhere_is_not_shown() -> None:
    assert "<img" not in html_of("![a](https://elsewhere.example/a.png)", str)


def test_a_link_to_a_page_is_led_there() -> None:
    assert html_of("[a](/schedule/)", lambda target: f"../..{target}") == '<p><a href="../../schedule/">a</a></p>\n'


def test_a_link_elsewhere_stays_as_it_is() -> None:
    assert 'href="https://example.org/"' in html_of("[a](https://example.org/)", lambda _: "wrong")


def test_the_reading_of_a_word_stands_above_it() -> None:
    html = html_of("｜公募《こうぼ》と｜締切《しめきり》です。", str)
    assert html == (
        "<p><ruby>公募<rp>（</rp><rt>こうぼ</rt><rp>）</rp></ruby>と"
        "<ruby>締切<rp>（</rp><rt>しめきり</rt><rp>）</rp></ruby>です。</p>\n"
    )


def test_there_are_no_pictures_no_links_by_reference_and_no_styles() -> None:
    html = html_of("![a](/a.png)\n\n[b]\n\n[b]: //example.org\n\n| c |\n| :-: |\n| d |\n", str)
    assert "<img" not in html
    assert "//example.org" in html
    assert 'href="//' not in html
    assert "style" not in html


def test_texts_without_signs_are_read_as_the_library_reads_them() -> None:
    library = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "reference"])
    cells = [
        "",
        " ",
        "a b",
        "a\\|b",
        "&amp;",
        "a\\",
        "1 < 2 > 0",
        "*a*",
        "**a",
        "`a|b`",
        "a_b_",
        "!a",
        "[a]",
        "ｱ　あ",
        "<b>",
    ]
    rows = [f"|{first}|{second}|" for first in cells for second in cells]
    texts = [
        "\n".join(("|a|b|", "|---|---|", *rows)),
        *(page.text("") for page in corpus(4)),
        "a  \nb\\\nc\n===\n",
        *cells,
    ]
    for text in texts:
        assert html_of(text, str) == library.render(text)
