"""How much a frame gives, as a page prints it: limits by tier, rates by case and slice, eligible costs, open ranges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.rulebook import (
    Award,
    EligibleCosts,
    FactDefinition,
    FrameRules,
    LimitRange,
    LimitTier,
    LowerLimit,
    OpenAward,
    Rate,
    RateCase,
    RateRange,
    RuleBook,
    UpperLimit,
)
from calculator.text import Text
from site_builder.site.wording import CitationView, Wording


@dataclass(frozen=True, slots=True)
class TierView:
    """An upper limit and for whom it holds; `range` is None where there is one for all.

    `is_figure` says that the amount is one figure, which is not broken into lines: no range, and no sentence.
    """

    range: str | None
    amount: str
    is_figure: bool


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence of the rules with its place."""

    sentence: str
    citation: CitationView


@dataclass(frozen=True, slots=True)
class SliceView:
    """A part of the amount and the rate at which it is paid."""

    part: str
    rate: str


@dataclass(frozen=True, slots=True)
class RateView:
    """A rate and when it holds; `slices` has more than one line or none."""

    sentence: str
    slices: tuple[SliceView, ...]
    citation: CitationView


@dataclass(frozen=True, slots=True)
class LowerLimitView:
    """The lower limit; `code` is the requirement that a smaller subsidy fails."""

    code: str
    amount: str
    sentence: str
    citation: CitationView


@dataclass(frozen=True, slots=True)
class CostsView:
    """What counts as cost: the categories that count, or else the sentence that says it."""

    sentence: str
    categories: tuple[str, ...]
    citation: CitationView


@dataclass(frozen=True, slots=True)
class AwardView:
    """How much a frame gives."""

    tier_fact: str | None
    tiers: tuple[TierView, ...]
    upper_limit_citation: CitationView
    uplifts: tuple[CitedSentence, ...]
    rates: tuple[RateView, ...]
    lower_limit: LowerLimitView | None
    costs: CostsView | None
    rounding: CitationView


@dataclass(frozen=True, slots=True)
class OpenAwardView:
    """What the documents leave open, in words, and the ranges that they do print."""

    points: tuple[str, ...]
    rate: CitedSentence | None
    upper_limit: CitedSentence | None


@dataclass(frozen=True, slots=True)
class AwardSummary:
    """What a table or the first screen says of a frame; None where the documents print nothing.

    Attributes:
        amount: from how much to how much.
        rate: every rate that occurs.
        tiers: the upper limits.
        lower_limit: the lower limit.
        is_range: only the ends of the range are printed.
        is_raised: the upper limit can be raised.
        is_each: every member of a group has the limit for itself.
    """

    amount: str | None
    rate: str | None
    tiers: tuple[TierView, ...]
    lower_limit: str | None
    is_range: bool
    is_raised: bool
    is_each: bool


def award_view(award: Award, facts: Mapping[str, FactDefinition], wording: Wording) -> AwardView:
    """Word how much a frame gives."""
    by = award.upper_limit.by
    return AwardView(
        tier_fact=None if by is None else wording.say(facts[by].label),
        tiers=_tier_views(award.upper_limit, facts, wording),
        upper_limit_citation=wording.cite(award.upper_limit.citation),
        uplifts=tuple(
            CitedSentence(wording.say_sentence(uplift.sentence), wording.cite(uplift.citation))
            for uplift in award.upper_limit.uplifts
        ),
        rates=tuple(_rate_view(rate, wording) for rate in award.rates),
        lower_limit=_lower_limit_view(award.lower_limit, wording),
        costs=_costs_view(award.eligible_costs, facts, wording),
        rounding=wording.cite(award.rounding),
    )


def open_award_view(frame: FrameRules, book: RuleBook, wording: Wording) -> OpenAwardView | None:
    """Word what the documents leave open of an award, or return None where they settle it."""
    award = frame.open_award
    points = (*(() if award is None else (award.point,)), *frame.open_points)
    if not points:
        return None
    return OpenAwardView(
        points=tuple(wording.say_sentence(book.open_points[point]) for point in points),
        rate=_range_view(None if award is None else award.rate, wording),
        upper_limit=_range_view(None if award is None else award.upper_limit, wording),
    )


def award_summary(frame: FrameRules, facts: Mapping[str, FactDefinition], wording: Wording) -> AwardSummary:
    """Word how much a frame gives in a line."""
    award = frame.award
    if award is None:
        return _open_summary(frame.open_award, wording)
    return AwardSummary(
        amount=amount_range([frame], wording),
        rate=rate_range([frame], wording),
        tiers=_tier_views(award.upper_limit, facts, wording),
        lower_limit=None if award.lower_limit is None else wording.say(_yen(award.lower_limit.amount_yen)),
        is_range=False,
        is_raised=bool(award.upper_limit.uplifts),
        is_each=frame.consortium is not None,
    )


def amount_range(frames: Iterable[FrameRules], wording: Wording) -> str | None:
    """Say from which amount to which a subsidy can be, over all of `frames`, or None where nobody can tell.

    Where a limit has to be worked out, a single frame's own sentence says how.
    """
    frames = tuple(frames)
    limits = [limit for frame in frames for limit in _highest_limits(frame)]
    least, most = _least_yen(frames), max((limit for limit in limits if limit is not None), default=None)
    if None in limits:
        return _worked_out(frames, wording)
    if most is None:
        return None
    if least is None:
        return wording.fill("amount_up_to", most=_yen(most))
    return wording.fill("range_from_to", least=_yen(least), most=_yen(most))


def rate_range(frames: Iterable[FrameRules], wording: Wording) -> str | None:
    """List the rates that occur in `frames`, the smallest first, or None where none is printed."""
    frames = tuple(frames)
    alone = list(dict.fromkeys(_all_rates(frames, "rate_sliced", wording)))
    if len(alone) <= 1:
        return alone[0] if alone else None
    among_others = dict.fromkeys(_all_rates(frames, "rate_sliced_among_others", wording))
    return reduce(lambda one, other: wording.fill("either_or", one=one, other=other), among_others)


def _all_rates(frames: tuple[FrameRules, ...], sliced: str, wording: Wording) -> Iterator[str]:
    """Yield the words for whole rates, then for `sliced` ones, fixed sums and ranges."""
    rates = [case.rate for frame in frames if frame.award is not None for case in frame.award.rates]
    whole = {rate.slices[0].rate for rate in rates if len(rate.slices) == 1 and not rate.is_fixed}
    yield from (wording.say(_rate(rate)) for rate in sorted(whole))
    yield from (_rate_words(rate, sliced, wording) for rate in rates if len(rate.slices) > 1 or rate.is_fixed)
    for frame in frames:
        if frame.open_award is not None and frame.open_award.rate is not None:
            yield _range_words(_rate(frame.open_award.rate.least), _rate(frame.open_award.rate.most), wording)


def _rate_words(rate: Rate, sliced: str, wording: Wording) -> str:
    if rate.is_fixed:
        return wording.words["rate_fixed"]
    listed = reduce(
        lambda one, other: wording.fill("both", one=one, other=other),
        (wording.say(_rate(part.rate)) for part in rate.slices),
    )
    return wording.fill(sliced, rates=listed)


def _highest_limits(frame: FrameRules) -> Iterator[int | None]:
    """Yield the upper limits in yen; None is one that has to be worked out."""
    if frame.award is not None:
        yield from (tier.amount_yen for tier in frame.award.upper_limit.tiers)
    elif frame.open_award is not None and frame.open_award.upper_limit is not None:
        yield frame.open_award.upper_limit.most_yen


def _least_yen(frames: tuple[FrameRules, ...]) -> int | None:
    """Return the lowest lower limit, or None where a frame that gives anything has none."""
    giving = [frame for frame in frames if list(_highest_limits(frame))]
    lower = [frame.award.lower_limit for frame in giving if frame.award is not None]
    printed = [limit.amount_yen for limit in lower if limit is not None]
    return min(printed) if printed and len(printed) == len(giving) else None


def _worked_out(frames: tuple[FrameRules, ...], wording: Wording) -> str:
    match frames:
        case (FrameRules(award=Award(upper_limit=UpperLimit(tiers=(tier,)))),):
            return wording.say_sentence(tier.sentence)
        case _:
            return wording.words["amount_worked_out"]


def _open_summary(award: OpenAward | None, wording: Wording) -> AwardSummary:
    rate = None if award is None else award.rate
    limit = None if award is None else award.upper_limit
    amount = None if limit is None else _range_words(_yen(limit.least_yen), _yen(limit.most_yen), wording)
    return AwardSummary(
        amount=amount,
        rate=None if rate is None else _range_words(_rate(rate.least), _rate(rate.most), wording),
        tiers=() if amount is None else (TierView(None, amount, is_figure=False),),
        lower_limit=None,
        is_range=rate is not None or limit is not None,
        is_raised=False,
        is_each=False,
    )


def _range_words(least: Text, most: Text, wording: Wording) -> str:
    return wording.fill("range_from_to", least=least, most=most)


def _range_view(one: RateRange | LimitRange | None, wording: Wording) -> CitedSentence | None:
    return None if one is None else CitedSentence(wording.say_sentence(one.sentence), wording.cite(one.citation))


def _tier_views(limit: UpperLimit, facts: Mapping[str, FactDefinition], wording: Wording) -> tuple[TierView, ...]:
    by = None if limit.by is None else facts[limit.by]
    return tuple(
        TierView(
            None if by is None else _range(tier, by, wording),
            _tier_amount(tier, wording),
            is_figure=tier.amount_yen is not None,
        )
        for tier in limit.tiers
    )


def tier_words(limit: UpperLimit, facts: Mapping[str, FactDefinition], wording: Wording) -> tuple[str, ...]:
    """Word each upper limit with those for whom it holds, in a line."""
    return tuple(
        tier.amount if tier.range is None else wording.fill("tier_in_words", range=tier.range, amount=tier.amount)
        for tier in _tier_views(limit, facts, wording)
    )


def _tier_amount(tier: LimitTier, wording: Wording) -> str:
    """Word the limit of a tier; where it has to be worked out, its sentence says how."""
    if tier.amount_yen is None:
        return wording.say_sentence(tier.sentence)
    return wording.say(_yen(tier.amount_yen))


def _range(tier: LimitTier, by: FactDefinition, wording: Wording) -> str:
    """Say from where to where a tier goes; the unit is said once."""
    match tier.start, tier.end:
        case None, None:
            return wording.words["range_any"]
        case None, int() as end:
            return wording.fill("range_to", most=figure_text(by.kind, end, by.unit))
        case int() as start, None:
            return wording.fill("range_from", least=figure_text(by.kind, start, by.unit))
        case start, end:
            return wording.fill(
                "range_from_to", least=figure_text(by.kind, start), most=figure_text(by.kind, end, by.unit)
            )


def _rate_view(case: RateCase, wording: Wording) -> RateView:
    return RateView(
        wording.say_sentence(case.sentence), tuple(_slice_views(case.rate, wording)), wording.cite(case.citation)
    )


def _slice_views(rate: Rate, wording: Wording) -> Iterator[SliceView]:
    """Yield a line for each slice of a sliced rate."""
    if len(rate.slices) == 1:
        return
    start: int | None = None
    for one in rate.slices:
        yield SliceView(_part(rate, start, one.up_to_yen, wording), wording.say(_rate(one.rate)))
        start = one.up_to_yen


def _part(rate: Rate, start: int | None, end: int | None, wording: Wording) -> str:
    of = wording.words.text(f"slice_of_{rate.of.value}")
    match start, end:
        case None, int():
            return wording.fill("slice_to", of=of, most=_yen(end))
        case int(), None:
            return wording.fill("slice_from", of=of, least=_yen(start))
        case int(), int():
            return wording.fill("slice_from_to", of=of, least=_yen(start), most=_yen(end))
        case _:
            return wording.say(of)


def _lower_limit_view(limit: LowerLimit | None, wording: Wording) -> LowerLimitView | None:
    if limit is None:
        return None
    return LowerLimitView(
        limit.code,
        wording.say(_yen(limit.amount_yen)),
        wording.say_sentence(limit.sentence),
        wording.cite(limit.citation),
    )


def _costs_view(costs: EligibleCosts | None, facts: Mapping[str, FactDefinition], wording: Wording) -> CostsView | None:
    if costs is None:
        return None
    return CostsView(
        wording.say_sentence(costs.sentence), _categories(costs, facts, wording), wording.cite(costs.citation)
    )


def _categories(costs: EligibleCosts, facts: Mapping[str, FactDefinition], wording: Wording) -> tuple[str, ...]:
    if costs.rows is None:
        return ()
    labels = {choice.name: choice.label for field in facts[costs.rows].fields for choice in field.choices}
    return tuple(wording.say(labels[category]) for category in costs.categories)


def _yen(amount: int) -> Text:
    return figure_text(Kind.YEN, amount)


def _rate(rate: Fraction) -> Text:
    return figure_text(Kind.RATE, rate)
