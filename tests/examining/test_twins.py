"""The two languages of a text side by side: numbers, days and borders are read alike in both."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from site_builder.errors import Place
from site_builder.examining.borders import Border, borders_in
from site_builder.examining.counts import counted_in, counts_in
from site_builder.examining.numbers import days_in, numbers_in, quantities_in
from site_builder.examining.pairs import WrittenPair
from site_builder.examining.twins import told_apart
from site_builder.style.pairs import Pair, pairs_of
from site_builder.style.passages import Passage, passages_of
from tests.bad_examples import PROJECT


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        ("1,000万円", "10 million yen"),
        ("1億2,000万円", "120 million yen"),
        ("149万9,999円", "1,499,999 yen"),
        ("5千円", "5,000 yen"),
        ("3億円", "300 million yen"),
        ("3,600万円、4,400万円", "36 million and 44 million yen"),
        ("2.5%", "2.5 per cent"),
        ("3分の2", "two thirds"),
        ("半数", "half"),
        ("半額", "half"),
        ("三分の一", "one third"),
        ("4分の3", "3/4"),
    ],
)
def test_a_number_is_the_same_in_both_languages(ja: str, en: str) -> None:
    assert numbers_in(ja) == numbers_in(en)
    assert {value for value, _ in quantities_in(ja)} <= numbers_in(en)
    assert {value for value, _ in quantities_in(en)} <= numbers_in(ja)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,000万円", [10_000_000]),
        ("1,000 million yen", [1_000_000_000]),
        ("20人、10か月、2022年", []),
        ("1円未満、100円", [100]),
        ("20 employees in 2022", []),
        ("1.5%と3パーセント", [Fraction(3, 2), 3]),
        ("¥5,000 or 10 percent", [5000, 10]),
    ],
)
def test_money_and_shares_are_told_from_other_numbers(text: str, values: list[Fraction]) -> None:
    found = list(quantities_in(text))
    assert [value for value, _ in found] == values


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        ("4つの枠", "four frames"),
        ("三つの枠", "three frames"),
        ("21人", "Twenty-one employees"),
        ("3者目", "the third"),
        ("2つの枠", "both frames"),
        ("5社", "5 companies"),
        ("8割", "eight in ten"),
    ],
)
def test_a_count_is_found_in_the_other_language(ja: str, en: str) -> None:
    assert {value for value, _ in counts_in(ja, "ja")} <= counted_in(en)
    assert {value for value, _ in counts_in(en, "en")} <= counted_in(ja)


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("4つの枠、3社", "ja", [4, 3]),
        ("1つの枠、令和3年度、第3次、13回目", "ja", []),
        ("four frames for two of ten", "en", [4, 10]),
        ("one frame, both, 4 frames", "en", []),
    ],
)
def test_what_is_counted_is_told_from_other_numbers(text: str, language: str, values: list[int]) -> None:
    assert [value for value, _ in counts_in(text, language)] == values


def test_a_part_of_a_longer_number_is_no_number_of_its_own() -> None:
    assert counted_in("It costs 12,000,000 yen and 3.5 in 2022.") == {12_000_000, Fraction(7, 2), 2022}


def test_half_of_something_is_told_from_what_only_sounds_so() -> None:
    assert [value for value, _ in quantities_in("half the cost, half-width, a third party, two thirds")] == [
        Fraction(1, 2),
        Fraction(2, 3),
    ]


def test_a_scale_behind_several_numbers_is_that_of_each() -> None:
    assert {36_000_000, 44_000_000} <= numbers_in("They cost 36 and 44 million yen.")


def test_days_are_read_in_both_languages() -> None:
    assert set(days_in("2022年12月22日と1月5日")) == {(12, 22), (1, 5)}
    assert set(days_in("22 December 2022 and 5 January")) == {(12, 22), (1, 5)}
    assert set(days_in("21 to 23 December, in December 2022, the 5th")) == {(12, 21), (12, 23)}


@pytest.mark.parametrize(
    ("ja", "en", "border"),
    [
        ("20人以上", "at least 20", Border.FROM),
        ("20人未満", "fewer than 20", Border.FROM),
        ("20人に満たない", "20 employees or more", Border.FROM),
        ("20人を超える", "more than 20", Border.UP_TO),
        ("20人以下", "20 employees or fewer", Border.UP_TO),
        ("20人以内", "up to 20", Border.UP_TO),
        ("{a/b:growth}以上", "no less than {a/b:growth}", Border.FROM),
        ("1,000万円を超えない", "not more than 10 million yen", Border.UP_TO),
        ("3分の2以上", "at least two thirds", Border.FROM),
    ],
)
def test_a_border_is_on_the_same_side_in_both_languages(ja: str, en: str, border: Border) -> None:
    (one,), (other,) = borders_in(ja, "ja").items(), borders_in(en, "en").items()
    assert one[0] == other[0]
    assert (one[1][0], other[1][0]) == (border, border)


def test_a_border_that_a_text_draws_on_both_sides_is_left_out() -> None:
    assert borders_in("20人以上なら補助率が上がり、20人を超えると上限も上がります。", "ja") == {}


def test_texts_that_are_exchanged_are_told_from_all_others(real_pairs: list[Pair]) -> None:
    assert not any(pair.is_swapped for pair in real_pairs)
    exchanged = [Pair(pair.en, pair.ja) for pair in real_pairs if pair.ja.raw.endswith("。")]
    assert len(exchanged) > 1000
    assert [pair.en.raw for pair in exchanged if not pair.is_swapped] == []


_NUMBER = r"(?<=[0-9}人円%])"
SLIPS = [
    ("en", r"\{[a-z][a-z0-9_]*\}", "it"),
    ("ja", r"\{[a-z][a-z0-9_]*\}", "その数"),
    ("ja", r"(?<=[0-9])万円", "円"),
    ("en", r"(?<![0-9,])([0-9]{1,3})(?=(?:,000)+ yen)", r"\g<1>0"),
    ("ja", r"([0-9])%", r"\g<1>5%"),
    ("ja", r"1([0-9])月(?=[0-9]+日)", r"\1月"),
    ("ja", rf"{_NUMBER}以上", "を超える"),
    ("ja", rf"{_NUMBER}以下", "未満"),
    ("en", r"(?<=[0-9}n]) or more", " or less"),
    ("ja", r"(?<![0-9第,.])[2-9](?=つの)", "11"),
    ("ja", r"(?<![0-9第,.])[2-9](?=[社者人]の)", "17"),
    ("en", r"\b(?:three|four|five)\b", "seven"),
    ("en", r"\bthe whole subsidy", "half the subsidy"),
    ("ja", r"全額", "半額"),
]


@pytest.fixture(scope="module")
def real_pairs() -> list[Pair]:
    files = sorted((PROJECT / "rules").rglob("*.yaml"))
    return [pair for file in files for pair in pairs_of(passages_of(file.read_bytes(), file.name))]


@pytest.mark.parametrize(("language", "words", "slip"), SLIPS)
def test_a_slip_in_one_language_of_a_real_text_is_told(
    language: str, words: str, slip: str, real_pairs: list[Pair]
) -> None:
    seeded, told = 0, 0
    for pair in real_pairs:
        passage: Passage = getattr(pair, language)
        raw = re.sub(words, slip, passage.raw, count=1)
        if raw != passage.raw:
            changed = replace(pair, **{language: replace(passage, raw=raw, place=lambda *_: Place("rules/made.yaml"))})
            seeded += 1
            told += any(told_apart(WrittenPair("made", changed)))
    assert seeded > 3
    assert told >= 0.85 * seeded, f"{told} of {seeded}"
