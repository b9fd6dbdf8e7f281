"""Awards, groups and repayment become sentences that say exactly what is paid, in both languages."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from calculator.expressions import Calculate, Constant, Expression, Fact, Operation
from calculator.kinds import Kind
from calculator.rulebook import Award, FrameRules, LimitTier, Rate, Slice, SliceBasis
from calculator.text import Text
from site_builder.rules import read_rules
from site_builder.rules.award_wording import lower_limit_sentence, rate_sentence, tier_sentence
from site_builder.rules.reading.folder import read_folder
from site_builder.rules.resolution.scopes import frame_scope
from site_builder.rules.wording import Wording

GOOD = Path(__file__).parent.parent / "good" / "rules"
RULES = read_folder(GOOD)
RULE_SET = RULES.programmes[0].rule_sets[0]
WORDING = Wording(frame_scope(RULES, RULE_SET, RULE_SET.frames["special"], None))
EMPLOYEES = RULES.facts.facts["regular_employees"]
BOOK = read_rules(GOOD, {}).book


def call(frame: str) -> FrameRules:
    return BOOK.frames[f"demo/c1/{frame}"].rounds[None]


def yen(amount: int) -> Constant:
    return Constant(Kind.YEN, amount)


def tier(start: int | None, end: int | None, amount: Expression) -> LimitTier:
    return LimitTier(start, end, amount, Text("", ""))


TIERS = [
    (
        tier(None, 5, yen(7_500_000)),
        "常時使用する従業員の数5人以下：750万円以内",
        "5 employees or fewer: up to 7,500,000 yen",
    ),
    (
        tier(6, 20, yen(10_000_000)),
        "常時使用する従業員の数6人〜20人：1,000万円以内",
        "6 to 20 employees: up to 10,000,000 yen",
    ),
    (
        tier(21, None, yen(12_500_000)),
        "常時使用する従業員の数21人以上：1,250万円以内",
        "21 employees or more: up to 12,500,000 yen",
    ),
    (
        tier(None, None, Calculate(Operation.MULTIPLY, yen(500_000), Fact("joint_members"))),
        "50万円×共同申請者の数以内",
        "up to 500,000 yen × the number of joint applicants",
    ),
]


@pytest.mark.parametrize(("one", "ja", "en"), TIERS)
def test_a_tier_names_its_bounds_and_its_amount(one: LimitTier, ja: str, en: str) -> None:
    assert tier_sentence(one, EMPLOYEES, WORDING) == Text(ja, en)


def test_one_tier_for_all_is_its_amount() -> None:
    sentence = tier_sentence(tier(None, None, yen(30_000_000)), None, WORDING)
    assert sentence == Text("3,000万円以内", "up to 30,000,000 yen")


def test_a_rate_names_those_for_whom_it_is() -> None:
    rate = Rate((Slice(Fraction(2, 3)),))
    small = Text("小規模事業者", "small business")
    assert rate_sentence(rate, small, is_only=False) == Text("小規模事業者：2/3", "small business: 2/3")
    assert rate_sentence(rate, None, is_only=False) == Text("上記以外：2/3", "otherwise: 2/3")
    assert rate_sentence(rate, None, is_only=True) == Text("2/3", "2/3")


def test_a_sliced_rate_names_each_slice_and_what_its_borders_measure() -> None:
    three_quarters, two_thirds, half = Fraction(3, 4), Fraction(2, 3), Fraction(1, 2)
    closed = Rate((Slice(three_quarters, 500_000), Slice(two_thirds, 3_500_000)))
    assert rate_sentence(closed, None, is_only=True) == Text(
        "補助金額50万円まで：3/4、50万円を超え350万円まで：2/3",
        "subsidy up to 500,000 yen: 3/4; above 500,000 yen up to 3,500,000 yen: 2/3",
    )
    to_the_end = Rate((Slice(half, 15_000_000), Slice(Fraction(1, 3))), SliceBasis.COST)
    assert rate_sentence(to_the_end, Text("中小企業者", "SME"), is_only=False) == Text(
        "中小企業者：（補助対象経費1,500万円まで：1/2、1,500万円超：1/3）",
        "SME: (eligible cost up to 15,000,000 yen: 1/2; above 15,000,000 yen: 1/3)",
    )
    one_with_an_end = Rate((Slice(half, 1_000_000),))
    assert rate_sentence(one_with_an_end, None, is_only=True).en == "subsidy up to 1,000,000 yen: 1/2"


def test_a_fixed_sum_is_called_so() -> None:
    assert [case.sentence for case in _award("alone").rates] == [Text("定額", "fixed sum")]


def test_a_lower_limit_is_a_condition_on_the_subsidy() -> None:
    assert lower_limit_sentence(1_000_000) == Text("補助金額が100万円以上", "the subsidy is 1,000,000 yen or more")


def test_an_uplift_says_for_whom_and_how_much() -> None:
    assert [uplift.sentence for uplift in _award("tablet").upper_limit.uplifts] == [
        Text("専門家を活用する：30万円を加算", "an expert is used: plus 300,000 yen"),
        Text(
            "共同申請者の数が2者以上：10万円×共同申請者の数を加算",
            "the number of joint applicants is 2 or more: plus 100,000 yen × the number of joint applicants",
        ),
    ]


def test_eligible_costs_say_which_rows_count_or_how_they_are_worked_out() -> None:
    assert _cost("software") == Text(
        "経費（区分が機械装置費又は専門家経費）の金額の合計",
        "the total amount of the costs for which the category is machinery or experts",
    )
    assert _cost("alone").ja == "自社の経費＋支援先（経費が0円超）の経費の合計（1件につき300万円まで）"


def test_a_range_names_both_its_ends() -> None:
    award = call("succession").open_award
    assert award is not None
    assert award.rate is not None
    assert award.upper_limit is not None
    assert award.rate.sentence == Text("1/2〜2/3", "1/2 to 2/3")
    assert award.upper_limit.sentence == Text("150万円〜600万円", "1,500,000 yen to 6,000,000 yen")


def test_a_pool_says_how_much_the_members_may_divide() -> None:
    consortium = call("alliance").consortium
    assert consortium is not None
    assert consortium.pool is not None
    assert consortium.pool.sentence == Text(
        "300万円×連携体の構成員の数までを構成員の間で配分",
        "up to 3,000,000 yen × the number of members, to be divided among the members",
    )


def test_a_case_of_repayment_says_for_whom_and_what_is_paid_back() -> None:
    clawback = call("software").clawback
    assert clawback is not None
    assert [case.sentence.ja for case in clawback.whole] == [
        "虚偽の報告が判明した（その申出又は判明があった場合に限る）：交付された補助金額を返還"
    ]
    wage, years = clawback.parts
    assert [case.sentence for case in wage.cases] == [
        Text("実績の伸びが1.5%以上：返還なし", "the achieved growth is 1.5% a year or more: nothing is paid back"),
        Text(
            "天災があった（その申出又は判明があった場合に限る）：返還なし",
            "there was a natural disaster (only where this is claimed or found): nothing is paid back",
        ),
        Text(
            "上記以外：（帳簿価額と時価のいずれか低い方の額）×（交付された補助金額÷取得価額）を返還",
            "otherwise: (the lower of the book value and the market value) × (the subsidy paid ÷ the purchase price) "
            "is paid back",
        ),
    ]
    assert [case.sentence.ja for case in years.cases] == ["（交付された補助金額÷5）×未達の年数を返還"]


def test_the_total_of_a_repayment_says_what_is_added_and_where_it_ends() -> None:
    with_others, alone = call("software").clawback, call("alone").clawback
    assert with_others is not None
    assert alone is not None
    assert with_others.total.sentence == Text(
        "各項目の返還額とその他の返還額の合計（交付された補助金額を上限とする）",
        "all parts and the other repayments together, at most the subsidy paid",
    )
    assert alone.total.sentence == Text(
        "各項目の返還額の合計（交付された補助金額を上限とする）", "all parts together, at most the subsidy paid"
    )


def _award(frame: str) -> Award:
    award = call(frame).award
    assert award is not None
    return award


def _cost(frame: str) -> Text:
    costs = _award(frame).eligible_costs
    assert costs is not None
    return costs.sentence
