"""No line of a Japanese heading ends within a fiscal year."""

from __future__ import annotations

from site_builder.render.headings import keep_whole


def test_a_fiscal_year_and_a_number_in_its_row_stay_whole() -> None:
    assert keep_whole("<h1>令和2年度第3次補正予算</h1>") == (
        '<h1><span class="whole">令和2年度</span><span class="whole">第3次</span>補正予算</h1>'
    )
    assert keep_whole('<h2 id="a"><a href="x">令和元年度</a></h2>') == (
        '<h2 id="a"><a href="x"><span class="whole">令和元年度</span></a></h2>'
    )


def test_what_is_no_heading_and_what_stands_within_a_tag_stays_as_it_is() -> None:
    for html in (
        "<title>令和2年度</title>",
        '<h3 title="平成30年度第2次">予算</h3>',
        "<p>平成30年度</p>",
        "<header>第2次",
    ):
        assert keep_whole(html) == html
