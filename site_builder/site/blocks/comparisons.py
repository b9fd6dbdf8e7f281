"""The frames of the newest call side by side, and which frames are looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calculator.rulebook import ClawbackCase, FrameRules, constant_yen
from calculator.text import Text
from site_builder.rules.model import Rules
from site_builder.site.awards import award_view
from site_builder.site.blocks.budgets import Way, grouped, newest_call, newest_ways, rows_by_budget
from site_builder.site.blocks.definitions import KeyFigure
from site_builder.site.blocks.sheets import Cell, Footing, Line, Row, Sheet, Table, cell
from site_builder.site.rounds import FrameRow, frame_rows, key_figures
from site_builder.site.wording import Wording


def purposes(rules: Rules, wording: Wording) -> tuple[FrameRow, ...]:
    """Return the frames of the newest call with what each of them supports."""
    call = newest_call(rules)
    return () if call is None else frame_rows(call, rules, wording)


def key_amounts(rules: Rules, wording: Wording) -> tuple[KeyFigure, ...]:
    """Return what the frames of the newest call give between them, for the first screen."""
    call = newest_call(rules)
    figures = None if call is None else key_figures(call.round, wording)
    if call is None or figures is None:
        return ()
    path = call.address.path(wording.language, "frames")
    worded = (("amount", figures.amount), ("rate", figures.rate))
    return tuple(KeyFigure(wording.words[name], value, path) for name, value in worded if value is not None)


def frames_compared(rules: Rules, wording: Wording) -> Sheet:
    """Return the frames of the newest call, a row for each, and what a breach costs, a row for those that are alike."""
    footing = Footing("compared", wording)
    ways = newest_ways(rules)
    named = ("upper_limit", "rate", "guide_own_requirements", "guide_second_look")
    table = Table(
        "compared",
        wording.words["guide_compared"],
        wording.words["frame"],
        tuple(wording.words[name] for name in named),
        tuple(Row(Cell((_frame(way, wording),)), _compared(way, rules, footing)) for way in ways),
    )
    return footing.sheet([table, _repaid_table(ways, footing)])


def _compared(way: Way, rules: Rules, footing: Footing) -> tuple[Cell, ...]:
    return (
        cell(_limits(way, rules, footing)),
        cell(_rates(way, rules, footing)),
        _own_requirements(way, footing),
        _second_look(way, footing),
    )


def _repaid_table(ways: tuple[Way, ...], footing: Footing) -> Table:
    wording = footing.wording
    alike: dict[tuple[Text, ...], list[Way]] = {}
    for way in ways:
        alike.setdefault(tuple(case.sentence for case in paid_cases(way.frame.rules)), []).append(way)
    return Table(
        "compared.repaid",
        wording.words["frame_section_repayment"],
        wording.words["frame"],
        (wording.words["guide_repaid"],),
        tuple(
            Row(Cell(tuple(_frame(way, wording) for way in some)), (_repaid(some[0], footing),))
            for some in alike.values()
        ),
    )


def _frame(way: Way, wording: Wording) -> Line:
    return Line(wording.say(way.frame.rules.name), way.path(wording))


def awards_compared(rules: Rules, wording: Wording) -> Sheet:
    """Return for every budget the frames in which the size of the business changes the limit or the rate."""
    footing = Footing("awards", wording, over_rounds=True)
    groups = (group for group in grouped(rules, _what_changes) if group.value is not None)
    rows = rows_by_budget(groups, lambda way: _award_cells(way, rules, footing), wording)
    columns = (wording.words["upper_limit"], wording.words["rate"])
    caption = wording.words["guide_awards"]
    return footing.sheet([Table("awards", caption, wording.words["guide_way"], columns, rows)])


def second_looks(rules: Rules, wording: Wording) -> Sheet:
    """Return what every budget says of an application that was not adopted."""
    footing = Footing("second-look", wording, over_rounds=True)
    groups = grouped(rules, lambda way: _sentence_of_second_look(way.frame.rules))
    rows = rows_by_budget(groups, lambda way: (_second_look(way, footing),), wording)
    columns = (wording.words["guide_second_look"],)
    return footing.sheet(
        [Table("second-look", wording.words["reexamination"], wording.words["guide_way"], columns, rows)]
    )


def _what_changes(way: Way) -> tuple[tuple[Text, ...], tuple[Text, ...]] | None:
    """Return the limits and rates where there is more than one of either."""
    award = way.frame.rules.award
    if award is None:
        return None
    limits = tuple(tier.sentence for tier in award.upper_limit.tiers)
    rates = tuple(case.sentence for case in award.rates)
    return (limits, rates) if len(limits) > 1 or len(rates) > 1 else None


def _award_cells(way: Way, rules: Rules, footing: Footing) -> tuple[Cell, Cell]:
    return cell(_limits(way, rules, footing)), cell(_rates(way, rules, footing))


def _limits(way: Way, rules: Rules, footing: Footing) -> Iterator[Line]:
    award = way.frame.rules.award
    if award is not None:
        for tier in award_view(award, rules.book.facts, footing.wording).tiers:
            words, value = (tier.amount, None) if tier.range is None else (tier.range, tier.amount)
            yield footing.line(words, award.upper_limit.citation, value=value)


def _rates(way: Way, rules: Rules, footing: Footing) -> Iterator[Line]:
    award = way.frame.rules.award
    if award is not None:
        worded = award_view(award, rules.book.facts, footing.wording).rates
        for case, view in zip(award.rates, worded, strict=True):
            yield footing.line(view.sentence, case.citation)


def _own_requirements(way: Way, footing: Footing) -> Cell:
    """Return what the frame asks beside what all frames share."""
    wording = footing.wording
    own = tuple(
        footing.line(wording.say(one.label), one.citation, path=way.path(wording, one.code))
        for one in way.frame.rules.requirements
        if one.additional
    )
    return cell(own or (Line(wording.words["guide_none_of_its_own"]),))


def _second_look(way: Way, footing: Footing) -> Cell:
    rule = way.frame.rules.reexamination
    return Cell(() if rule is None else (footing.line(footing.wording.say_sentence(rule.sentence), rule.citation),))


def _sentence_of_second_look(frame: FrameRules) -> Text | None:
    return None if frame.reexamination is None else frame.reexamination.sentence


def _repaid(way: Way, footing: Footing) -> Cell:
    """Return what each breach costs."""
    wording = footing.wording
    return cell(
        footing.line(
            wording.say_sentence(case.label),
            case.citation,
            path=way.path(wording, "clawback"),
            value=wording.say(case.amount_words),
        )
        for case in chief_cases(paid_cases(way.frame.rules))
        if case.amount_words is not None
    )


def chief_cases(cases: Iterable[ClawbackCase]) -> tuple[ClawbackCase, ...]:
    """Return one case for each reason: the first of those that hold without anybody's plea, else the first."""
    found: dict[str, ClawbackCase] = {}
    for case in sorted(cases, key=lambda one: one.counts_only_if_stated):
        found.setdefault(case.reason, case)
    return tuple(found.values())


def paid_cases(frame: FrameRules) -> Iterator[ClawbackCase]:
    """Yield the cases in which something is paid back, those that decide alone first."""
    if frame.clawback is not None:
        every = (*frame.clawback.whole, *(case for part in frame.clawback.parts for case in part.cases))
        yield from (case for case in every if constant_yen(case.amount) != 0)
