"""From every figure that a page prints a reader gets to the document that says it."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.render.reach import Reach

CITED = '<p class="citation">根拠： <a href="../sources/outline/#abcd"><cite>概要</cite></a></p>'
KEY = '<dl class="key"><div><dt><a href="#how">率</a></dt><dd>2/3</dd></div></dl>'
ROUND = "<main><section><h2 id='rate'>補助率</h2><p>2/3</p></section><section><h2 id='other'>他</h2></section></main>"


def missing(main: str) -> list[str]:
    """What is out of reach on a made-up page beside the page of a round."""
    pages = {"ja/page/index.html": f"<main>{main}</main>", "ja/round/index.html": ROUND}
    return Reach({name: LexborHTMLParser(html) for name, html in pages.items()}).missing("ja/page/index.html")


def test_every_figure_on_every_page_has_its_citation_in_reach(pages: dict[str, LexborHTMLParser]) -> None:
    reach = Reach(pages)
    # Forms print no rule: their figures show how an answer may be written.
    printed = [name for name in pages if "check" not in name.split("/") and "embed" not in name.split("/")]
    assert {name: words for name in printed if (words := reach.missing(name))} == {}
    assert len(printed) > 150


@pytest.mark.parametrize(
    "main",
    [
        f"<section><h2>額</h2><p>100万円</p>{CITED}</section>",
        f"<ul><li>100万円{CITED}</li></ul>",
        f"<section><table><tr><th>5人</th><td>750万円</td></tr></table>{CITED}</section>",
        f"<section><ul><li>2/3</li><li>1/2</li></ul>{CITED}</section>",
        f"<ol><li><ul><li>20人以下</li></ul>{CITED}</li></ol>",
        '<table><tr><th><a href="../round/">13次締切</a></th><td>2/3</td></tr></table>',
        '<dl class="key"><div><dt><a href="../round/#rate">補助率</a></dt><dd>2/3</dd></div></dl>',
        f'{KEY}<section><h2 id="how">額</h2><p>2/3</p>{CITED}</section>',
        '<div class="example"><p>従業員20人の会社</p></div>',
        "<p>13次締切、令和3年度補正予算</p>",
        '<p class="own-date">2026年11月26日現在</p><p>公募は2026年11月26日までに終わっています。</p>',
    ],
)
def test_a_figure_is_in_reach(main: str) -> None:
    assert missing(main) == []


@pytest.mark.parametrize(
    ("main", "words"),
    [
        ("<p>100万円</p>", ["100万円"]),
        (f"<section><h2>額</h2><p>100万円</p></section><section><h2>率</h2>{CITED}</section>", ["100万円"]),
        (f"<section><p>100万円</p><h3>率</h3><p>半分</p>{CITED}</section>", ["100万円"]),
        (f"<ul><li>2/3{CITED}</li><li>1/2</li></ul>", ["1/2"]),
        (f'<div class="note"><ul><li>30円{CITED}</li><li>45円</li></ul></div>', ["45円"]),
        ('<table><tr><th><a href="../round/">13次締切</a></th><td>3/4</td></tr></table>', ["3/4"]),
        (f'{KEY}<section><h2 id="how">額</h2></section>', ["2/3"]),
        ('<p>2022年12月22日 <span class="terms"><a href="../round/">13次締切</a></span></p>', ["2022年12月22日"]),
        ('<p class="own-date">2026年11月26日現在</p><p>2022年12月22日</p>', ["2022年12月22日"]),
        ("<p>5 employees, 3% and 7,500,000 yen</p>", ["5 employees, 3% and 7,500,000 yen"] * 3),
    ],
)  # fmt: skip
def test_a_figure_is_out_of_reach(main: str, words: list[str]) -> None:
    assert missing(main) == words
