"""Japanese on an English page is marked as Japanese."""

from __future__ import annotations

from site_builder.render.languages import mark_japanese


def test_a_run_of_japanese_is_marked() -> None:
    assert (
        mark_japanese("<p>the guidelines (公募要領)</p>") == '<p>the guidelines (<span lang="ja">公募要領</span>)</p>'
    )


def test_one_run_is_marked_once_with_its_punctuation() -> None:
    assert mark_japanese("<p>「通常枠・1次」</p>") == '<p><span lang="ja">「通常枠・1次」</span></p>'


def test_what_is_marked_already_stays_as_it_is() -> None:
    html = '<a lang="ja" href="x">日本語</a>'
    assert mark_japanese(html) == html


def test_attributes_and_titles_stay_as_they_are() -> None:
    html = '<title>公募</title><meta content="公募"><option value="x">公募</option>'
    assert mark_japanese(html) == html


def test_entities_stay_whole() -> None:
    assert mark_japanese("<p>公&amp;募</p>") == '<p><span lang="ja">公</span>&amp;<span lang="ja">募</span></p>'
