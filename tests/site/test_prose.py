"""Prose: figures come from the rules by name, and what is wrong is told with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.text import Text
from site_builder.errors import GuidanceError, GuidanceErrors
from site_builder.site.prose import TYPED_FIGURE, Prose, figure_hint, read_prose
from site_builder.sources.source_file import SourceFile

MOST = "subsidy/budget/7/plain:upper_limit.most"
FIGURES = {MOST: Text("900万円", "9,000,000 yen")}
PAGES = frozenset({"", "schedule/"})


def read(text: str) -> Prose:
    return read_prose(SourceFile("content/home.ja.md", text), "ja", FIGURES, PAGES, {"ways": frozenset()})


def the_error(text: str) -> GuidanceError:
    with pytest.raises(GuidanceErrors) as caught:
        read(text)
    (error,) = caught.value.errors
    return error


def test_a_file_is_a_title_a_lead_and_sections() -> None:
    prose = read("# 題\n\n前書き。\n\n次の段落。\n\n## 一つ目 {#one}\n\n本文。\n")
    assert (prose.title, prose.lead) == ("題", "前書き。\n\n次の段落。")
    assert [(one.anchor, one.heading, one.text) for one in prose.sections] == [("one", "一つ目", "本文。")]


def test_the_description_is_the_first_paragraph_without_marks() -> None:
    assert read("# 題\n\n前書きは**ここ**、[日程](/schedule/)へ。\n\n次。\n").description == "前書きはここ、日程へ。"


def test_a_figure_is_put_in_by_its_name() -> None:
    assert read(f"# 題\n\n上限は{{{MOST}}}です。\n").lead == "上限は900万円です。"


def test_an_unknown_figure_is_told_with_its_place_and_the_nearest_name() -> None:
    error = the_error("# 題\n\n上限は{subsidy/budget/7/plain:upper_limit.mots}です。\n")
    assert (error.code, error.place.line, error.place.column) == ("unknown-figure", 3, 4)
    assert error.hint == f"did you mean '{MOST}'?"


@pytest.mark.parametrize(
    "typed",
    ["750万円", "1億円", "５０万円", "1,000円", "1.5%", "３％", "20人", "2/3", "3分の2", "三分の二", "七百五十万円",
     "10か月", "9,000,000 yen", "20 employees", "3 per cent", "3 years"],
)  # fmt: skip
def test_a_figure_typed_by_hand_is_told(typed: str) -> None:
    error = the_error(f"# 題\n\nそれは {typed} です。\n")
    assert (error.code, error.place.line, error.place.column) == ("typed-figure", 3, 5)
    assert "refer to the rules by name" in error.hint


@pytest.mark.parametrize(
    "typed",
    ["2022年12月", "12月22日", "2022年12月22日", "令和4年12月22日", "22 December 2022", "22 December", "May 2022"],
)
def test_a_date_typed_by_hand_is_told_as_a_whole_with_the_way_to_its_round(typed: str) -> None:
    error = the_error(f"# 題\n\nそれは {typed} です。\n")
    assert (error.code, error.place.column, error.place.length) == ("typed-figure", 5, len(typed))
    assert "link to its round" in error.hint


@pytest.mark.parametrize("words", ["一人", "次の3つ", "第9回", "the 5 frames", "人気", "100点"])
def test_other_numbers_may_be_typed(words: str) -> None:
    assert TYPED_FIGURE.search(words) is None


def test_a_link_to_no_page_is_told() -> None:
    error = the_error("# 題\n\n[日程](/shedule/)へ。\n")
    assert (error.code, error.place.line, error.hint) == ("unknown-page", 3, "did you mean 'schedule/'?")


def test_a_section_without_anchor_is_told() -> None:
    assert the_error("# 題\n\n前書き。\n\n## 見出し\n").code == "no-anchor"


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    with pytest.raises(GuidanceErrors) as caught:
        read("題\n\n750万円。{nothing}\n\n## 見出し\n")
    assert [error.code for error in caught.value.errors] == ["no-title", "typed-figure", "unknown-figure", "no-anchor"]


def test_a_section_is_cut_at_its_blocks() -> None:
    prose = read("# 題\n\n前書き。\n\n## 枠 {#one}\n\n前。\n\n{block:ways}\n\n後。\n")
    (section,) = prose.sections
    assert [(part.text, part.block) for part in section.parts] == [("前。", None), (None, "ways"), ("後。", None)]


def test_a_block_that_the_page_does_not_have_is_told() -> None:
    error = the_error("# 題\n\n前書き。\n\n## 枠 {#one}\n\n{block:weys}\n")
    assert (error.code, error.place.line, error.hint) == ("unknown-block", 7, "did you mean 'ways'?")


def test_a_block_inside_a_sentence_is_told() -> None:
    assert the_error("# 題\n\n前書きに{block:ways}。\n").code == "block-in-sentence"


def test_the_plainest_words_stand_apart_from_the_sections() -> None:
    prose = read("# 題\n\n前書き。\n\n## やさしい日本語 {#plain}\n\nやさしい文。\n\n## 枠 {#one}\n\n本文。\n")
    assert prose.plain is not None
    assert (prose.plain.heading, prose.plain.text) == ("やさしい日本語", "やさしい文。")
    assert list(prose.headings) == ["one"]


ASKED = (
    "# 題\n\n前書き。\n\n## 枠 {#one}\n\n前。\n\n### 何ですか。 {#what}\n\n答え。\n\n二つ目の段落。\n\n"
    "### なぜですか。 {#why}\n\n理由。\n"
)


def test_a_question_is_read_with_its_answer() -> None:
    (section,) = read(ASKED).sections
    asked = [(one.anchor, one.question, one.answer) for one in section.questions]
    assert asked == [("what", "何ですか。", "答え。\n\n二つ目の段落。"), ("why", "なぜですか。", "理由。")]


def test_a_section_is_cut_at_its_questions() -> None:
    (section,) = read(ASKED).sections
    cut = [part.text or (part.question and part.question.anchor) for part in section.parts]
    assert cut == ["前。", "what", "答え。\n\n二つ目の段落。", "why", "理由。"]


def test_a_heading_without_an_anchor_is_no_question() -> None:
    (section,) = read("# 題\n\n前書き。\n\n## 枠 {#one}\n\n### 小見出し\n\n本文。\n").sections
    assert (section.questions, len(section.parts)) == ((), 1)


def test_a_question_without_answer_is_told() -> None:
    error = the_error("# 題\n\n前書き。\n\n## 枠 {#one}\n\n### 何ですか。 {#what}\n\n## 次 {#two}\n\n本文。\n")
    assert (error.code, error.place.line) == ("no-answer", 7)


def test_an_anchor_that_stands_twice_is_told() -> None:
    with pytest.raises(GuidanceErrors) as caught:
        read("# 題\n\n前書き。\n\n## 枠 {#one}\n\n### 何ですか。 {#one}\n\n答え。\n")
    assert [(error.code, error.place.line) for error in caught.value.errors] == [
        ("duplicate-anchor", 5),
        ("duplicate-anchor", 7),
    ]


@given(st.from_regex(TYPED_FIGURE, fullmatch=True))
def test_every_typed_figure_is_found(figure: str) -> None:
    with pytest.raises(GuidanceErrors) as caught:
        read(f"# 題\n\n語 {figure} 語\n")
    assert "typed-figure" in [error.code for error in caught.value.errors]


def test_the_nearest_figure_is_one_of_the_same_frame_or_the_same_of_another() -> None:
    figures = {
        f"a/b/{number}/{frame}:{name}" for number in (1, 2) for frame in ("x", "y") for name in ("rate", "limit")
    }
    assert figure_hint("a/b/1/x:limits", figures) == "did you mean 'a/b/1/x:limit'?"
    assert figure_hint("a/b/1/xx:limit", figures) == "did you mean 'a/b/1/x:limit'?"
    assert figure_hint("elsewhere:other", figures) == "write {programme/budget/round/frame:figure}"
    assert figure_hint("limit", figures) == "write {programme/budget/round/frame:figure}"
