"""The words of the programme: what is wrong in their file is told, they are found in texts, and sorted by reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from calculator.text import Text
from site_builder.errors import GuidanceErrors
from site_builder.site.terms import Term, finder, order_of, read_terms

BODIES = "bodies: {smea: {ja: 中小企業庁, en: the SME Agency}}\n"
SME = "  sme: {ja: 中小企業者, reading: ちゅうしょうきぎょうしゃ, en: SME, official: smea}\n"
FIGURES = {"a/b/c:limit": Text("750万円", "7,500,000 yen")}
PAGES = frozenset({"", "schedule/"})


def read(entries: str, folder: Path) -> tuple[Term, ...]:
    file = folder / "glossary.yaml"
    file.write_text(f"{BODIES}terms:\n{entries}", encoding="utf-8")
    return read_terms(file, "content/glossary.yaml", FIGURES, PAGES)


def term(name: str, ja: str, en: str, *, is_everyday: bool = False) -> Term:
    return Term(name, Text(ja, en), "よみ", None, False, {"ja": (), "en": ()}, None, None, is_everyday)


def test_a_term_is_read_with_whose_english_it_is(tmp_path: Path) -> None:
    (sme,) = read(SME.replace("official", "about: {ja: '{a/b/c:limit}', en: '{a/b/c:limit}'}, official"), tmp_path)
    assert (sme.name, sme.reading, sme.is_official) == ("sme", "ちゅうしょうきぎょうしゃ", True)
    assert sme.body == Text("中小企業庁", "the SME Agency")
    assert sme.about == FIGURES["a/b/c:limit"]


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        (SME + SME.replace("sme:", "other:").replace("en: SME", "en: other"), "duplicate-term"),
        (SME + SME.replace("sme:", "other:").replace("ja: 中小企業者", "ja: ほか"), "duplicate-term"),
        (SME + "  x: {ja: ほか, reading: ほか, en: other, also: {ja: [中小企業者]}}\n", "duplicate-term"),
        (SME.replace(", en: SME", ""), "missing-translation"),
        (SME.replace("official: smea", "about: {ja: 会社}"), "missing-translation"),
        (SME.replace("official: smea", "official: smaa"), "unknown-body"),
        (SME.replace("official: smea", "official: smea, follows: smea"), "two-origins"),
        (SME.replace("official: smea", "defined: /shedule/"), "unknown-page"),
        (SME.replace("official: smea", "about: {ja: '{a/b/c:limits}', en: no}"), "unknown-figure"),
        (SME.replace("official: smea", "about: {ja: 750万円, en: no}"), "typed-figure"),
        (SME.replace("ちゅうしょうきぎょうしゃ", "中小"), "bad-reading"),
        (SME.replace("official: smea", "offical: smea"), "unknown-key"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(entries: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(GuidanceErrors) as caught:
        read(entries, tmp_path)
    (error,) = caught.value.errors
    assert (error.code, error.place.path) == (code, "content/glossary.yaml")
    assert error.place.line == (4 if code == "duplicate-term" else 3)
    assert error.hint


def test_the_longest_form_counts() -> None:
    find = finder((term("a", "補助金", "subsidy"), term("b", "補助金額", "amount of subsidy")), "ja")
    assert [one.name for one in find("補助金額と補助金")] == ["b", "a"]
    assert [one.name for one in find("補助金額")] == ["b"]


def test_english_stands_between_boundaries_in_any_case_and_number() -> None:
    find = finder((term("a", "枠", "frame"), term("b", "率", "rate")), "en")
    assert [one.name for one in find("Frames and the rate")] == ["a", "b"]
    assert find("framework, operate, corporate") == []


def test_what_everybody_knows_is_not_found() -> None:
    assert finder((term("a", "枠", "frame", is_everyday=True),), "ja")("枠") == []


def test_readings_are_sorted_as_dictionaries_do() -> None:
    readings = ["はんい", "ばーど", "かーど", "がいど", "かあど", "きょく", "きよい", "はつ", "はっか"]
    assert sorted(readings, key=order_of) == [
        "かあど", "かーど", "がいど", "きよい", "きょく", "ばーど", "はつ", "はっか", "はんい",
    ]  # fmt: skip
