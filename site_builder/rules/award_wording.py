"""Awards, groups and repayment in words: compiled rules go in, their sentences in both languages come out.

Like the clauses of `wording`, these have no full stop and no capital; "A: B" says that B is for those for whom A holds.
"""

from __future__ import annotations

from calculator.expressions import Expression, Named
from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.rulebook import FactDefinition, LimitTier, Rate, Slice, SliceBasis, constant_yen
from calculator.text import Text
from site_builder.rules import phrases
from site_builder.rules.compilation import Condition
from site_builder.rules.wording import Wording

_FIXED = Text("定額", "fixed sum")
_BASES = {SliceBasis.SUBSIDY: Text("補助金額", "subsidy"), SliceBasis.COST: Text("補助対象経費", "eligible cost")}
_SLICE_UP_TO = Text("{up_to}まで：{rate}", "up to {up_to}: {rate}")
_SLICE_BETWEEN = Text("{above}を超え{up_to}まで：{rate}", "above {above} up to {up_to}: {rate}")
_SLICE_ABOVE = Text("{above}超：{rate}", "above {above}: {rate}")

_FOR = Text("{who}：{what}", "{who}: {what}")
_OTHERWISE = Text("上記以外：{what}", "otherwise: {what}")
_RANGE = Text("{least}〜{most}", "{least} to {most}")
_UPLIFT = Text("{amount}を加算", "plus {amount}")
_POOL = Text("{amount}までを構成員の間で配分", "up to {amount}, to be divided among the members")

_REPAID = Text("{amount}を返還", "{amount} is paid back")
_NOTHING_REPAID = Text("返還なし", "nothing is paid back")
_IF_STATED = Text("{when}（その申出又は判明があった場合に限る）", "{when} (only where this is claimed or found)")
_TOTAL = Text("各項目の返還額の合計（{ceiling}を上限とする）", "all parts together, at most {ceiling}")
_TOTAL_WITH_OTHERS = Text(
    "各項目の返還額と{others}の合計（{ceiling}を上限とする）", "all parts and {others} together, at most {ceiling}"
)


def tier_sentence(tier: LimitTier, by: FactDefinition | None, wording: Wording) -> Text:
    """Return `tier` in words, such as 「…6人〜20人：1,000万円以内」; `by` is the fact that tells the tiers apart."""
    amount = wording.term(tier.amount)
    limit = Text(f"{amount.ja}以内", f"up to {amount.en}")
    if by is None or (tier.start is None and tier.end is None):
        return limit
    reach = _reach(tier, by)
    # a unit such as "employees" says in English what is counted; an amount of yen does not
    what = "" if by.kind is Kind.COUNT and by.unit is not None else f"{phrases.small(by.label.en)} "
    return Text(f"{by.label.ja}{reach.ja}：{limit.ja}", f"{what}{reach.en}: {limit.en}")


def rate_words(rate: Rate) -> Text:
    """Return a rate in words: `2/3`, 定額, or slice by slice."""
    if rate.is_fixed:
        return _FIXED
    if len(rate.slices) == 1 and rate.slices[0].up_to_yen is None:
        return figure_text(Kind.RATE, rate.slices[0].rate)
    starts = (None, *(slice_.up_to_yen for slice_ in rate.slices))
    slices = phrases.joined([_slice(*both) for both in zip(starts, rate.slices, strict=False)], "、", "; ")
    basis = _BASES[rate.of]
    return Text(f"{basis.ja}{slices.ja}", f"{basis.en} {slices.en}")


def rate_sentence(rate: Rate, when: Text | None, *, is_only: bool) -> Text:
    """Return a rate with when it holds; `when` None is in all other cases."""
    words = rate_words(rate)
    if len(rate.slices) > 1 and not (is_only and when is None):
        words = phrases.in_brackets(words)
    return _case(when, words, is_only=is_only)


def uplift_sentence(when: Text, amount: Text) -> Text:
    """Return what is added to the upper limit, and for whom."""
    return _FOR.filled(who=when, what=_UPLIFT.filled(amount=amount))


def lower_limit_sentence(amount_yen: int) -> Text:
    """Return the lower limit in words."""
    amount = figure_text(Kind.YEN, amount_yen)
    return Text(f"補助金額が{amount.ja}以上", f"the subsidy is {amount.en} or more")


def range_sentence(least: Text, most: Text) -> Text:
    """Return the two ends of a range in words."""
    return _RANGE.filled(least=least, most=most)


def pool_sentence(amount: Text) -> Text:
    """Return what the members of a group may divide."""
    return _POOL.filled(amount=amount)


def clawback_sentence(
    when: Text | None, amount: Expression, wording: Wording, *, is_stated: bool, is_only: bool
) -> Text:
    """Return a case of repayment: for whom it is, and what is paid back."""
    is_nothing = constant_yen(amount) == 0
    what = _NOTHING_REPAID if is_nothing else _REPAID.filled(amount=wording.term(amount))
    return _case(_IF_STATED.filled(when=when) if is_stated and when is not None else when, what, is_only=is_only)


def clawback_total_sentence(others: Text | None, ceiling: Text) -> Text:
    """Return how the parts are added up, and where they end."""
    if others is None:
        return _TOTAL.filled(ceiling=ceiling)
    return _TOTAL_WITH_OTHERS.filled(others=others, ceiling=ceiling)


def class_label(condition: Condition, wording: Wording) -> Text:
    """Return who `condition` speaks of, for a rate: the name of a definition alone, else its sentence."""
    if condition.label is None and isinstance(condition.expression, Named):
        label = wording.scope.text(wording.scope.definitions[condition.expression.name].label)
        return Text(label.ja, phrases.small(label.en))
    return wording.condition(condition)


def _case(when: Text | None, what: Text, *, is_only: bool) -> Text:
    if when is not None:
        return _FOR.filled(who=when, what=what)
    return what if is_only else _OTHERWISE.filled(what=what)


def _slice(above: int | None, slice_: Slice) -> Text:
    rate = figure_text(Kind.RATE, slice_.rate)
    start = None if above is None else figure_text(Kind.YEN, above)
    end = None if slice_.up_to_yen is None else figure_text(Kind.YEN, slice_.up_to_yen)
    if end is None:
        assert start is not None  # noqa: S101 - a rate in one slice without an end is worded as itself
        return _SLICE_ABOVE.filled(above=start, rate=rate)
    return (
        _SLICE_UP_TO.filled(up_to=end, rate=rate)
        if start is None
        else _SLICE_BETWEEN.filled(above=start, up_to=end, rate=rate)
    )


def _reach(tier: LimitTier, by: FactDefinition) -> Text:
    start = None if tier.start is None else phrases.figure(by.kind, tier.start, by.unit)
    end = None if tier.end is None else phrases.figure(by.kind, tier.end, by.unit)
    if start is None and end is not None:
        return Text(f"{end.ja}以下", f"{end.en} or fewer" if by.kind is Kind.COUNT else f"{end.en} or less")
    if start is not None and end is None:
        return Text(f"{start.ja}以上", f"{start.en} or more")
    assert start is not None  # noqa: S101 - a tier open at both ends has no reach to word
    assert end is not None  # noqa: S101 - the same
    first = f"{tier.start:,}" if by.kind is Kind.COUNT else start.en
    return Text(f"{start.ja}〜{end.ja}", f"{first} to {end.en}")
