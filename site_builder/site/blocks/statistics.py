"""The figures about the programme: applications and adoptions with their pictures, targets, budgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from site_builder.rules.model import Programme, Result, Rules, RuleSet
from site_builder.site.addresses import Link, round_address
from site_builder.site.calls import programmes_in_order, rule_set_link
from site_builder.site.charts import Bar, Drawing, Point, bars, shares
from site_builder.site.wording import CitationView, Wording

#: Shares that the drawing marks.
_MARKS = tuple(Fraction(part, 4) for part in range(5))


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A line of the table; `of` is None where it is of the whole round, `adopted` and `share` where not known."""

    round: Link
    of: str | None
    applied: str | None
    adopted: str | None
    share: str | None
    remark: str | None
    citation: CitationView


@dataclass(frozen=True, slots=True)
class ResultsView:
    """The results of one programme; `anchor` is its heading. The drawings have its numbered rounds, if any."""

    anchor: str
    programme: str
    bars: Drawing | None
    shares: Drawing | None
    rows: tuple[ResultRow, ...]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What a budget aims at."""

    programme: str
    link: Link
    text: str
    citation: CitationView


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """How large a budget is."""

    label: str
    amount: str
    citation: CitationView


@dataclass(frozen=True, slots=True)
class _Total:
    """A whole round: as its source has it, or its parts added up."""

    number: int
    applied: int
    adopted: int | None


def results(rules: Rules, wording: Wording) -> tuple[ResultsView, ...]:
    """Return the results of every programme that has some."""
    return tuple(
        _results(programme, found, rules, wording)
        for programme in programmes_in_order(rules)
        if (found := [one for one in rules.statistics.results if _is_of(one.rule_set, programme)])
    )


def target_outcomes(rules: Rules, wording: Wording) -> tuple[TargetRow, ...]:
    """Return what every budget aims at."""
    rows = []
    for target in rules.statistics.targets:
        programme, rule_set = _owner(target.rule_set, rules)
        link = rule_set_link(rule_set, wording)
        text, cited = wording.say(target.statement.text), wording.cite(target.statement.citation)
        rows.append(TargetRow(wording.say(programme.short_name), link, text, cited))
    return tuple(rows)


def budgets(rules: Rules, wording: Wording) -> tuple[BudgetRow, ...]:
    """Return how large every budget is."""
    return tuple(
        BudgetRow(wording.say(one.label), wording.say(one.figure.text), wording.cite(one.figure.citation))
        for one in rules.statistics.budgets
    )


def percent(share: Fraction) -> str:
    """Return a share in per cent, rounded to one place after the point, halves up: 5/8 is 62.5%."""
    tenths = (share.numerator * 2000 + share.denominator) // (2 * share.denominator)
    return f"{tenths // 10}.{tenths % 10}%"


def _results(programme: Programme, found: list[Result], rules: Rules, wording: Wording) -> ResultsView:
    totals = sorted(_totals(found), key=lambda total: total.number)
    known = [Point(one.number, share, percent(share)) for one in totals if (share := _share(one)) is not None]
    marks = [(value, percent(value).replace(".0", "")) for value in _MARKS]
    return ResultsView(
        anchor=f"results-{programme.slug}",
        programme=wording.say(programme.short_name),
        bars=bars([_bar(one, wording) for one in totals]) if totals else None,
        shares=shares(known, marks) if len(known) > 1 else None,
        rows=tuple(_row(one, rules, wording) for one in found),
    )


def _totals(found: Iterable[Result]) -> Iterator[_Total]:
    """Yield each numbered round as a whole; parts that make up a round are added."""
    for number, group in groupby((one for one in found if one.round is not None), key=lambda one: one.round):
        parts = tuple(group)
        whole = tuple(one for one in parts if one.frame is None and one.label is None) or parts
        applied, adopted = [one.applied for one in whole], [one.adopted for one in whole]
        if number is not None and None not in applied:
            yield _Total(number, _sum(applied), None if None in adopted else _sum(adopted))


def _sum(counts: Iterable[int | None]) -> int:
    return sum(count for count in counts if count is not None)


def _share(one: Result | _Total) -> Fraction | None:
    return Fraction(one.adopted, one.applied) if one.adopted is not None and one.applied else None


def _bar(one: _Total, wording: Wording) -> Bar:
    share = _share(one)
    name = wording.fill("results_round", number=str(one.number))
    if share is None:
        words = wording.fill("results_applied_only", applied=f"{one.applied:,}")
    else:
        numbers = {"applied": f"{one.applied:,}", "adopted": f"{one.adopted:,}"}
        words = wording.fill("results_numbers", share=percent(share), **numbers)
    return Bar(name, words, one.applied, one.adopted)


def _row(one: Result, rules: Rules, wording: Wording) -> ResultRow:
    _, rule_set = _owner(one.rule_set, rules)
    round_ = rule_set.round(one.round)
    name = wording.say(rule_set.name if one.round is None else round_.name)
    share = _share(one)
    frame = next((frame.rules.name for frame in round_.frames if frame.slug == one.frame), None)
    return ResultRow(
        round=Link(name, round_address(rule_set.slug, one.round).path(wording.language)),
        of=wording.say_if_any(frame if one.frame is not None else one.label),
        applied=None if one.applied is None else f"{one.applied:,}",
        adopted=None if one.adopted is None else f"{one.adopted:,}",
        share=None if share is None else percent(share),
        remark=wording.say_if_any(one.remark),
        citation=wording.cite(one.citation),
    )


def _is_of(rule_set: str, programme: Programme) -> bool:
    return any(one.slug == rule_set for one in programme.rule_sets)


def _owner(rule_set: str, rules: Rules) -> tuple[Programme, RuleSet]:
    return next(
        (programme, one) for programme in rules.programmes for one in programme.rule_sets if one.slug == rule_set
    )
