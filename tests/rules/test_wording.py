"""Conditions become sentences that say exactly what they mean, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.expressions import (
    Aggregate,
    Aggregation,
    AllOf,
    AnyOf,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Field,
    Named,
    Not,
    OneOf,
    OpenPoint,
    Operation,
)
from calculator.kinds import Kind
from calculator.text import Text
from site_builder.rules.compilation import compile_condition
from site_builder.rules.reading.conditions import condition
from site_builder.rules.reading.folder import read_folder
from site_builder.rules.resolution.scopes import frame_scope
from site_builder.rules.wording import Wording
from site_builder.sources.source_file import SourceFile
from site_builder.sources.yaml_nodes import parse_yaml

GOOD = Path(__file__).parent.parent / "good" / "rules"
RULES = read_folder(GOOD).whole()
RULE_SET = RULES.programmes[0].rule_sets[0]
SCOPE = frame_scope(RULES, RULE_SET, RULE_SET.frames["special"], None)


def worded(yaml: str) -> Text:
    draft = condition(parse_yaml(SourceFile("a.yaml", yaml)))
    return Wording(SCOPE).condition(compile_condition(draft, SCOPE))


SENTENCES = [
    ("growth_pct >= growth", "付加価値額の年率平均の伸びが3%以上", "the growth of value added is 3% a year or more"),
    ("regular_employees <= 20人", "常時使用する従業員の数が20人以下", "the number of regular employees is 20 or less"),
    ("regular_employees > 20人", "常時使用する従業員の数が20人超", "the number of regular employees is more than 20"),
    ("regular_employees < 20人", "常時使用する従業員の数が20人未満", "the number of regular employees is less than 20"),
    ("20人 < regular_employees", "常時使用する従業員の数が20人超", "the number of regular employees is more than 20"),
    (
        "not regular_employees < 20人",
        "常時使用する従業員の数が20人以上",
        "the number of regular employees is 20 or more",
    ),
    (
        "capital_yen <= 3億円 or regular_employees <= 300人",
        "資本金の額が3億円以下 又は 常時使用する従業員の数が300人以下",
        "the capital is 300,000,000 yen or less or the number of regular employees is 300 or less",
    ),
    (
        "regular_employees >= 6人 and regular_employees <= 20人",
        "常時使用する従業員の数が6人以上20人以下",
        "the number of regular employees is 6 to 20",
    ),
    (
        "announced and (capital_yen < 1億円 or regular_employees < 5人)",
        "計画を従業員に表明している かつ （資本金の額が1億円未満 又は 常時使用する従業員の数が5人未満）",
        (
            "the plan has been announced to the employees and (the capital is less than 100,000,000 yen or "
            "the number of regular employees is less than 5)"
        ),
    ),
    (
        "announced and industry == retail or regular_employees < 5人",
        "次のいずれか：計画を従業員に表明している かつ 業種が小売業／常時使用する従業員の数が5人未満",
        (
            "one of these is so: the plan has been announced to the employees and the industry is retail; "
            "the number of regular employees is less than 5"
        ),
    ),
    ("not announced", "計画を従業員に表明していない", "the plan has not been announced to the employees"),
    ("announced is no", "計画を従業員に表明していない", "the plan has not been announced to the employees"),
    ("industry in [retail, services]", "業種が小売業又はサービス業", "the industry is retail or services"),
    ("industry is not retail", "業種が小売業以外", "the industry is not retail"),
    ("not industry in [retail, services]", "業種が小売業又はサービス業以外", "the industry is not retail or services"),
    ("small_business", "小規模事業者に当たる", "the applicant is a small business"),
    ("not small_business", "小規模事業者に当たらない", "the applicant is not a small business"),
    ("large_capital", "資本金が大きい", "the capital is large"),
    (
        "regular_employees > 5人 and regular_employees <= 20人",
        "常時使用する従業員の数が5人超20人以下",
        "the number of regular employees is more than 5 and no more than 20",
    ),
    (
        "regular_employees >= 5人 and regular_employees < 20人",
        "常時使用する従業員の数が5人以上20人未満",
        "the number of regular employees is 5 or more and less than 20",
    ),
    ("not large_capital", "資本金が大きくない", "the capital is not large"),
    ("capital_yen is none", "資本金の額が「資本金はない」", "the capital is “there is no capital”"),
    ("capital_yen is not none", "資本金の額が「資本金はない」以外", "the capital is other than “there is no capital”"),
    (
        "not capital_yen > 3億円",
        "（資本金の額が3億円超）に当たらない",
        "it is not so that the capital is more than 300,000,000 yen",
    ),
    (
        "granted_on + 10か月 < deadline",
        "前回の交付決定日の10か月後が応募締切日より前",
        "10 months after the date of the last grant is before the application deadline",
    ),
    (
        "deadline >= 2018-12-21",
        "応募締切日が2018年12月21日（金）以後",
        "the application deadline is 21 December 2018 (Friday) or later",
    ),
    (
        "largest(costs.unit_price_yen where category == machinery) >= unit_price",
        "経費（区分が機械装置費）のいずれかの単価が50万円以上",
        "the unit price of any of the costs for which the category is machinery is 500,000 yen or more",
    ),
    (
        "sum(costs.amount_yen) >= 1,500,000円",
        "経費の金額の合計が150万円以上",
        "the total amount of the costs is 1,500,000 yen or more",
    ),
    (
        "regular_employees * 2 >= employees_at_inspection",
        "常時使用する従業員の数×2が確定検査の時の従業員の数以上",
        "the number of regular employees × 2 is not less than the number of employees at the inspection",
    ),
    (
        "open(voluntary_members)",
        "資料では定まらない（任意団体が対象になるか）",
        "the documents leave it open (whether voluntary bodies may apply)",
    ),
    (
        "plan.status == applied and open(plan.status)",
        "計画の認定が申請中 かつ 計画の認定の結果がまだ決まっていない",
        (
            "the certification of the plan is applied for and "
            "the outcome of the certification of the plan is not settled yet"
        ),
    ),
    ("plan is none", "先端設備の計画が「申請していない」", "the plan for advanced equipment is “there is none”"),
    (
        "plan is not none",
        "先端設備の計画が「申請していない」以外",
        "the plan for advanced equipment is other than “there is none”",
    ),
    ("plan.municipality is yes", "市区町村の特例率がゼロである", "the rate of the municipality is zero"),
    (
        "plan.municipality is no",
        "市区町村の特例率がゼロでない",
        "the rate of the municipality is not zero",
    ),
    (
        "not plan.applied_on < 2018-12-21",
        "（計画の申請日が2018年12月21日（金）より前）に当たらない",
        "it is not so that the date of the plan is before 21 December 2018 (Friday)",
    ),
    (
        "lower_of(book_value_yen, market_value_yen) > 100万円",
        "帳簿価額と時価のいずれか低い方の額が100万円超",
        "the lower of the book value and the market value is more than 1,000,000 yen",
    ),
    (
        "higher_of(regular_employees, 5人) > joint_members * 2",
        "常時使用する従業員の数と5のいずれか高い方が共同申請者の数×2より大きい",
        "the higher of the number of regular employees and 5 is more than the number of joint applicants × 2",
    ),
    (
        "lower_of(plan.applied_on, deadline) < 2022-01-01",
        "計画の申請日と応募締切日のいずれか早い方が2022年1月1日（土）より前",
        "the earlier of the date of the plan and the application deadline is before 1 January 2022 (Saturday)",
    ),
    (
        "sum(costs.amount_yen up_to 200万円) <= 1億円",
        "経費の金額の合計（1件につき200万円まで）が1億円以下",
        "the total amount of the costs (counting at most 2,000,000 yen each) is 100,000,000 yen or less",
    ),
    (
        "count(members where type == sme) * 2 >= count(members)",
        "共同申請者（種類が中小企業者）の件数×2が共同申請者の件数以上",
        "the number of joint applicants for which the type is SME × 2 is not less than the number of joint applicants",
    ),
    (
        "{when: regular_employees >= 1人, then: announced}",
        "常時使用する従業員の数が1人以上の場合は、計画を従業員に表明している",
        "if the number of regular employees is 1 or more, the plan has been announced to the employees",
    ),
    (
        "{none_of: [announced, large_capital]}",
        "次のいずれにも当たらない（計画を従業員に表明している／資本金が大きい）",
        "none of these is so (the plan has been announced to the employees; the capital is large)",
    ),
    (
        "{all_of: [announced, {any_of: [small_business, large_capital]}]}",
        "計画を従業員に表明している かつ （小規模事業者に当たる 又は 資本金が大きい）",
        "the plan has been announced to the employees and (the applicant is a small business or the capital is large)",
    ),
    (
        "{all_of: [announced, {condition: large_capital, label: {ja: 大きい会社, en: a large company}}]}",
        "計画を従業員に表明している かつ 大きい会社",
        "the plan has been announced to the employees and a large company",
    ),
]


@pytest.mark.parametrize(("yaml", "ja", "en"), SENTENCES, ids=[yaml for yaml, _, _ in SENTENCES])
def test_a_condition_says_in_words_what_it_means(yaml: str, ja: str, en: str) -> None:
    assert worded(yaml if yaml.startswith("{") else f'"{yaml}"') == Text(ja, en)


OPPOSITES = [("<", ">="), ("<=", ">"), (">", "<="), (">=", "<"), ("==", "!="), ("!=", "==")]
MIRRORED = [("<", ">"), ("<=", ">="), (">", "<"), (">=", "<="), ("==", "=="), ("!=", "!=")]


@pytest.mark.parametrize(("sign", "opposite"), OPPOSITES)
def test_what_is_not_less_is_equal_or_more_and_so_for_every_comparison(sign: str, opposite: str) -> None:
    assert worded(f'"not regular_employees {sign} 20"') == worded(f'"regular_employees {opposite} 20"')


@pytest.mark.parametrize(("sign", "mirrored"), MIRRORED)
def test_a_figure_on_the_left_reads_as_one_on_the_right(sign: str, mirrored: str) -> None:
    assert worded(f'"20 {sign} regular_employees"') == worded(f'"regular_employees {mirrored} 20"')


leaves: st.SearchStrategy[Expression] = st.one_of(
    st.builds(
        Compare,
        st.sampled_from(list(Comparison)),
        st.just(Fact("regular_employees")),
        st.integers(0, 500).map(lambda count: Constant(Kind.COUNT, count)),
    ),
    st.builds(
        Compare,
        st.sampled_from(list(Comparison)),
        st.just(Fact("capital_yen")),
        st.integers(0, 10**9).map(lambda amount: Constant(Kind.YEN, amount)),
    ),
    st.just(Compare(Comparison.EQUAL, Fact("capital_yen"), Constant(Kind.YEN, None))),
    st.just(Fact("announced")),
    st.just(OneOf(Fact("industry"), ("retail", "services"))),
    st.just(Named("small_business", Fact("announced"))),
    st.just(OpenPoint("schedule")),
    st.just(OpenPoint("plan.status")),
    st.just(Compare(Comparison.EQUAL, Fact("plan"), Constant(Kind.RECORD, None))),
    st.builds(
        Compare,
        st.sampled_from(list(Comparison)),
        st.builds(
            Calculate,
            st.sampled_from([Operation.LOWER, Operation.HIGHER]),
            st.just(Fact("book_value_yen")),
            st.integers(0, 10**9).map(lambda most: Aggregate(Aggregation.SUM, "costs", "amount_yen", None, most)),
        ),
        st.integers(0, 10**9).map(lambda amount: Constant(Kind.YEN, amount)),
    ),
    st.builds(
        Compare,
        st.sampled_from(list(Comparison)),
        st.builds(
            Aggregate,
            st.sampled_from([Aggregation.SUM, Aggregation.LARGEST]),
            st.just("costs"),
            st.just("unit_price_yen"),
            st.none() | st.just(OneOf(Field("category"), ("machinery", "experts"))),
        ),
        st.integers(0, 10**9).map(lambda amount: Constant(Kind.YEN, amount)),
    ),
)


def larger(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(parts, min_size=1, max_size=4).map(tuple)
    return st.builds(AllOf, several) | st.builds(AnyOf, several) | st.builds(Not, parts)


expressions = st.recursive(leaves, larger, max_leaves=8)


@given(expressions)
def test_every_condition_has_words_in_both_languages_with_brackets_that_close(expression: Expression) -> None:
    words = Wording(SCOPE).clause(expression)
    for language in (words.ja, words.en):
        assert language.strip() == language != ""
        assert "{" not in language
        assert "None" not in language
    assert words.ja.count("（") == words.ja.count("）")
    assert words.en.count("(") == words.en.count(")")


@given(expressions)
def test_two_negations_are_none(expression: Expression) -> None:
    assert Wording(SCOPE).clause(Not(Not(expression))) == Wording(SCOPE).clause(expression)


@given(expressions, expressions, expressions)
def test_and_within_or_reads_differently_from_or_within_and(a: Expression, b: Expression, c: Expression) -> None:
    wording = Wording(SCOPE)
    assert wording.clause(AnyOf((AllOf((a, b)), c))) != wording.clause(AllOf((a, AnyOf((b, c)))))
