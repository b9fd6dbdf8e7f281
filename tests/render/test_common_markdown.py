"""Common Markdown, read without the general reader: the same HTML, and the general reader is seldom asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.render.common_markdown import Reader
from site_builder.render.markdown import general, html_of
from site_builder.site.prose import REFERENCE

PROJECT = Path(__file__).parents[2]
CONTENT = sorted((PROJECT / "content").rglob("*.md"))
#: What Markdown is made of, and what only looks like it.
PIECES = (
    *("a", "機械", "。", "、", " ", "  ", "\n", "\n\n", "\n\n\n", "1", "1. ", "2) ", "- ", "* ", "+ ", "# ", "### "),
    *("> ", "**", "**語**", "*", "_", "`", "``", "`語`", "~~~", "```", "[", "]", "](", ")", "[語](/a/#b)", "---"),
    *("[語](https://a.b/)", "![語](/a/)", "<", ">", "<b>", "<https://a.b/>", "&", "&amp;", "&#65;", '"', "'", "\\"),
    *("|", "| ", " |", "| 語 | 語 |\n", "| --- | --- |\n", "| :-- | --: |\n", "===", "***", "___", "　", "\t", "\r\n"),
    *("[a]: /b", "①", "！", "｜語《ご》", "- 語\n", "- **語**\n", "-", "=", ":", "!", "[ ] ", "(", "「語」", "   "),
    *("    ", "語\n語"),
)


def link_to(target: str) -> str:
    return f"../..{target}"


def both(markdown: str) -> tuple[str, str]:
    """Return the HTML of both readers; what is written above words is not theirs."""
    without_readings = markdown.replace("《", "〈")
    return str(html_of(without_readings, link_to)), general(link_to, without_readings)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("- a\n\n- b")
@example("- a\n\n  b\n\n語")
@example("| a |\n| --- |\n| b | c |\n|\n||")
@example("| a | b |\n| --- |")
@example("**a**b**c**")
@example("![a](/b/)")
@example("a \nb")
@example("`a` \nb")
@example("[a](//b/)")
@example("`a``b`")
@example("**a****b**")
@example("1. \n\n\n1. ")
def test_common_markdown_becomes_what_the_general_reader_makes_of_it(markdown: str) -> None:
    common, any_markdown = both(markdown)
    assert common == any_markdown


@pytest.mark.parametrize("file", CONTENT, ids=lambda file: file.name)
def test_all_content_becomes_what_the_general_reader_makes_of_it(file: Path) -> None:
    common, any_markdown = both(REFERENCE.sub("3", file.read_text("utf-8")))
    assert common == any_markdown


def test_an_ordinary_text_is_read_without_the_general_reader() -> None:
    def refused(text: str) -> str:
        raise AssertionError(text)

    text = (
        "[語](/a/)と**語**、`x`です。\n次の行です。\n\n| a | b |\n| --- | --- |\n| **c** | 1 |\n\n"
        "### A heading\n\nA list:\n\n- 1つ目です。\n- [two](/b/#c)"
    )
    html = Reader(refused, refused, str, str.strip, link_to).html_of(text)
    assert re.findall("<([a-z0-9]+)", html) == [
        *("p", "a", "strong", "code", "table", "thead", "tr", "th", "th", "tbody", "tr", "td", "strong", "td"),
        *("h3", "p", "ul", "li", "li", "a"),
    ]
