"""The house style: for every rule one small text that breaks it, and one beside it that does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.build import Sources, make_site
from site_builder.errors import GuidanceErrors
from site_builder.runtime import RuntimePackage
from site_builder.sources.source_file import SourceFile
from site_builder.style import check_style, english, faults, japanese
from site_builder.style.faults import Pattern, has_any
from site_builder.style.passages import Language, Passage, hidden
from tests.site.hand_made_content import copy_without_names

PROJECT = Path(__file__).parents[2]


def codes(language: Language, raw: str, *, is_plain: bool = False) -> list[str]:
    passage = Passage(language, hidden(raw), raw, is_plain, SourceFile("content/x.md", raw).place)
    return [fault.code for fault in faults(passage)]


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("full-width-digits", "５人です。", "5人です。"),
        ("number-without-comma", "1000円です。", "1,000円です。2022年です。"),
        ("round-amount", "500,000円です。", "50万円です。1,000円です。1,499,999円です。"),
        ("small-ka", "3ヶ月です。", "3か月です。"),
        ("small-ka", "{a/b/c:months}ヶ月です。", "数か所です。"),
        ("html-tag", "会社<br />です。", "`<b>`です。1 < 2です。"),
        ("insecure-link", "[要領](http://example.org/)です。", "[要領](https://example.org/)です。"),
        ("reference-mark", "※対象外です。", "「※1」に記載があります。"),
        ("half-width-bracket", "会社(法人)です。", "会社（法人）です。"),
        ("double-space", "会社  法人です。", "会社 法人です。"),
        ("other-comma", "会社，法人です。", "会社、法人です。"),
        ("other-comma", "会社,法人です。", "1,000人です。"),
        ("double-negative", "受けられないわけではありません。", "受けられます。分からないことは聞いてください。"),
        ("double-negative", "受けられなくはありません。", "受けられません。"),
        ("banned-word", "申請して下さい。", "申請してください。"),
        ("banned-word", "申請出来ます。", "条件に合致します。"),
        ("plain-style", "対象である。", "対象です。"),
        ("plain-style", "対象だ。", "採択されました。"),
        ("plain-style", "申請できる。", "申請できます。"),
        ("empty-link-text", "[こちら](/schedule/)です。", "[日程](/schedule/)です。"),
        ("long-sentence", "あ" * 100 + "。", "あ" * 99 + "。"),
        ("long-sentence", "「あ。」" + "い" * 100 + "。", "「" + "あ" * 40 + "。" + "い" * 40 + "。」です。"),
    ],
)
def test_japanese(code: str, wrong: str, right: str) -> None:
    assert code in codes("ja", wrong)
    assert code not in codes("ja", right)


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("american-spelling", "The labor of programs.", "The labour of programmes, under the Labor Standards Act."),
        ("american-spelling", "They fulfill it.", "It is fulfilled."),
        ("american-spelling", "It goes toward a cost.", "It goes towards a cost."),
        ("number-without-comma", "It is 1000 yen.", "It is 1,000 yen, of “1000000” in 2022."),
        ("double-space", "Two  spaces.", "One space."),
        ("html-tag", "A <B>company</b>.", "A file called licences/<name>.txt, and **words**."),
        ("html-tag", 'See <a href="/schedule/">it</a>.', "See [all dates](/schedule/)."),
        ("insecure-link", "Read http://example.org/ first.", "Read https://example.org/ first."),
        ("space-before-mark", "A space , here.", "No space, here."),
        ("double-negative", "It is not uncommon.", "It is common."),
        ("banned-word", "In order to apply, wait.", "To apply, wait."),
        ("empty-link-text", "Read [here](/schedule/).", "Read the [schedule](/schedule/)."),
        ("long-sentence", "word " * 30 + "word.", "word " * 29 + "word. " + "word " * 29 + "word."),
        ("long-sentence", "A (日本語) " + "word " * 29 + "word.", "A (日本語) " + "word " * 28 + "word."),
    ],
)
def test_english(code: str, wrong: str, right: str) -> None:
    assert code in codes("en", wrong)
    assert code not in codes("en", right)


def test_the_plainest_words_are_shorter() -> None:
    assert codes("ja", "あ" * 45 + "。", is_plain=True) == ["long-sentence"]
    assert codes("ja", "｜" + "漢" * 44 + "《" + "か" * 90 + "》。", is_plain=True) == []
    assert codes("en", "word " * 18 + "word.", is_plain=True) == ["long-sentence"]
    assert codes("en", "word " * 17 + "word.", is_plain=True) == []


def test_an_amount_of_the_rules_and_an_address_count_as_one_letter() -> None:
    assert codes("ja", "{monozukuri/r3s/13/normal:upper_limit.most}" + "あ" * 98 + "。") == []
    assert codes("ja", "https://example.jp/" + "a" * 90 + " です。") == []


def test_quoted_words_are_not_ours() -> None:
    assert codes("ja", "「３ヶ月」とあります。") == []


def test_all_that_reads_badly_is_told_with_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "home.ja.md").write_text("# 題\n\n前書きです。\n\n## 見出し {#one}\n\n３人です。\n", encoding="utf-8")
    (folder / "a.yaml").write_text('one: {ja: "1件だ。", en: "The color."}\n', encoding="utf-8")
    with pytest.raises(GuidanceErrors) as caught:
        check_style(folder)
    told = [(one.place.path, one.place.line, one.place.column, one.code) for one in caught.value.errors]
    assert told == [
        ("content/a.yaml", 1, 13, "plain-style"),
        ("content/a.yaml", 1, 28, "american-spelling"),
        ("content/home.ja.md", 7, 1, "full-width-digits"),
    ]
    assert all(one.hint for one in caught.value.errors)


def test_a_section_in_the_plainest_words_is_known_by_its_anchor(tmp_path: Path) -> None:
    (tmp_path / "x.ja.md").write_text(
        f"# 題\n\n{'あ' * 60}。\n\n## やさしく {{#plain}}\n\n{'あ' * 60}。\n", encoding="utf-8"
    )
    with pytest.raises(GuidanceErrors) as caught:
        check_style(tmp_path)
    assert [(one.code, one.place.line) for one in caught.value.errors] == [("long-sentence", 7)]


def test_everything_written_for_the_site_reads_well() -> None:
    check_style(PROJECT / "rules", PROJECT / "content")


def test_a_site_is_not_made_of_what_reads_badly(tmp_path: Path) -> None:
    content = copy_without_names(tmp_path)
    with (content / "about.ja.md").open("a", encoding="utf-8") as file:
        file.write("\n３人です。\n")
    with pytest.raises(GuidanceErrors) as caught:
        make_site(Sources(PROJECT / "tests/good/rules", content), RuntimePackage({}, "runtime-not-packed"))
    assert ("content/about.ja.md", "full-width-digits") in {(one.place.path, one.code) for one in caught.value.errors}


@pytest.mark.parametrize("pattern", [one for one in (*english.PATTERNS, *japanese.PATTERNS) if one.signs])
@given(data=st.data())
def test_no_text_without_a_sign_has_the_words(pattern: Pattern, data: st.DataObject) -> None:
    words = data.draw(st.from_regex(pattern.words))
    assert has_any(pattern.signs, words.casefold())
