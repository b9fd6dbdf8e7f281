"""What is paid back after the grant: the duties of every budget, and the worst that can come of a grant."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.evaluation import Facts
from calculator.expressions import AllOf, Compare, Comparison, Constant, Expression, Fact, OpenPoint, walk
from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.rulebook import Clawback, ClawbackCase, ClawbackPart, FrameRules, RuleBook, constant_yen
from calculator.text import Text
from calculator.worst_repayment import Breach, worst_repayment
from site_builder.rules.model import Rules
from site_builder.site.blocks.budgets import Group, Way, grouped, newest_ways, rows_by_budget
from site_builder.site.blocks.comparisons import chief_cases
from site_builder.site.blocks.sheets import Cell, Footing, Line, Row, Sheet, Table, cell, words
from site_builder.site.wording import Wording


def duties(rules: Rules, wording: Wording) -> Sheet:
    """Return a table for each set of duties, and one of the ways whose documents print no repayment."""
    footing = Footing("duties", wording, over_rounds=True)
    groups = list(grouped(rules, lambda way: _gist(way.frame.rules)))
    with_duties = [group for group in groups if group.first.frame.rules.clawback is not None]
    without = [group for group in groups if group.first.frame.rules.clawback is None]
    return footing.sheet(
        [
            *(_duties(number, group, rules.book, footing) for number, group in enumerate(with_duties, 1)),
            Table(
                "duties.without",
                wording.words["guide_duties_without"],
                wording.words["guide_way"],
                (wording.words["frame_section_repayment"],),
                rows_by_budget(without, lambda way: (_stated(way, footing),), wording),
            ),
        ]
    )


def worst_cases(rules: Rules, wording: Wording) -> Sheet:
    """Return for each frame of the newest call the worst that can come of a grant of its highest upper limit.

    The calculator works it out for the longest plan, of somebody of whom nothing else is known.
    """
    footing = Footing("worst", wording)
    rows: dict[tuple[Cell, ...], list[Line]] = {}
    for way in newest_ways(rules):
        cells = _worst(way, rules.book, footing)
        if cells is not None:
            rows.setdefault(cells, []).append(Line(wording.say(way.frame.rules.name), way.path(wording, "clawback")))
    columns = tuple(wording.words[name] for name in ("guide_worst_paid", "guide_worst_breaches", "guide_worst_total"))
    return footing.sheet(
        [
            Table(
                "worst",
                wording.words["guide_worst"],
                wording.words["frame"],
                columns,
                tuple(Row(Cell(tuple(lines)), cells) for cells, lines in rows.items()),
            )
        ]
    )


def _gist(frame: FrameRules) -> tuple[tuple[Text, Text], ...]:
    if frame.clawback is None:
        return ()
    every = (*frame.clawback.whole, *(case for part in frame.clawback.parts for case in part.cases))
    return tuple((case.label, case.sentence) for case in every)


def _duties(number: int, group: Group[tuple[tuple[Text, Text], ...]], book: RuleBook, footing: Footing) -> Table:
    wording, clawback = footing.wording, group.first.frame.rules.clawback
    assert clawback is not None  # noqa: S101 - asked by the caller
    frames = wording.listed(line.text for line in group.frames(wording))
    whole = ((None, clawback.whole),) if clawback.whole else ()
    parts: tuple[tuple[ClawbackPart | None, tuple[ClawbackCase, ...]], ...] = (
        *whole,
        *((part, part.cases) for part in clawback.parts),
    )
    return Table(
        anchor=f"duties.{number}",
        caption=wording.fill("stated", label=group.budget.name(wording), value=frames),
        corner=wording.words["guide_duty"],
        columns=(wording.words["guide_repaid"], wording.words["guide_excused"]),
        rows=(*(_duty(part, cases, group.first, book, footing) for part, cases in parts), _total(clawback, footing)),
    )


def _duty(
    part: ClawbackPart | None, cases: tuple[ClawbackCase, ...], way: Way, book: RuleBook, footing: Footing
) -> Row:
    wording = footing.wording
    name = "whole" if part is None else part.name
    label = wording.words["clawback_whole"] if part is None else wording.say_sentence(part.label)
    paid = [case for case in cases if constant_yen(case.amount) != 0]
    excused = [case for case in cases if constant_yen(case.amount) == 0]
    return Row(
        Cell((Line(label, way.path(wording, f"clawback.{name}")),)),
        (
            cell(_paid(case, book, footing) for case in paid),
            cell(footing.line(wording.say_sentence(case.label), case.citation) for case in excused),
        ),
    )


def _paid(case: ClawbackCase, book: RuleBook, footing: Footing) -> Line:
    """Return a case with its amount; where the documents leave open whether it is one, that instead."""
    wording = footing.wording
    parts = () if case.when is None else walk(case.when)
    left_open = [book.open_points[part.name] for part in parts if isinstance(part, OpenPoint)]
    value = wording.say_if_any(case.amount_words) if not left_open else " ".join(map(wording.say, left_open))
    return footing.line(wording.say_sentence(case.label), case.citation, value=value)


def _total(clawback: Clawback, footing: Footing) -> Row:
    wording = footing.wording
    line = footing.line(wording.say_sentence(clawback.total.sentence), clawback.total.citation)
    return Row(words(wording.words["clawback_total"]), (Cell((line,)), words(wording.words["guide_no_limit"])))


def _stated(way: Way, footing: Footing) -> Cell:
    """Return what is said of repayment in words, where no amount can be worked out."""
    wording = footing.wording
    return Cell(
        tuple(
            footing.line(wording.say(one.label), one.citation, value=wording.say(one.text))
            for one in way.frame.repayment
        )
    )


def _worst(way: Way, book: RuleBook, footing: Footing) -> tuple[Cell, Cell, Cell] | None:
    frame, wording = way.frame.rules, footing.wording
    most = highest_limit(frame)
    if frame.clawback is None or most is None or frame.award is None:
        return None
    worst = worst_repayment(frame.clawback, paid_facts(frame, most, book), book.facts)
    breaches = {breach.case: breach for duty in worst.duties for breach in duty.breaches}
    lines = [_breach_line(breaches[case], worst.ceiling_yen, book, footing) for case in chief_cases(breaches)]
    total = (
        ()
        if worst.worst_yen is None
        else (footing.line(_yen(worst.worst_yen, wording), frame.clawback.total.citation),)
    )
    paid = footing.line(_yen(most, wording), frame.award.upper_limit.citation)
    return Cell((paid,)), cell(lines), Cell(total)


def paid_facts(frame: FrameRules, paid: int, book: RuleBook) -> Facts:
    """Return what is known of a grant of `paid` yen: the sum, and that the plan is as long as it may be."""
    given = {name: paid for name, fact in book.facts.items() if fact.given_by_award}
    return {**given, **longest_plan(frame, book)}


def longest_plan(frame: FrameRules, book: RuleBook) -> Facts:
    """Return the most years that a plan may have, by the fact that says how long growth goes on."""
    years = {fact.grows_over for fact in book.facts.values() if fact.grows_over is not None}
    found: dict[str, int] = {}
    for one in frame.requirements:
        for name, most in _bounds(one.condition, Comparison.AT_MOST):
            if name in years:
                found[name] = min(most, found.get(name, most))
    return dict(found)


def shortest_plan(frame: FrameRules, book: RuleBook) -> Facts:
    """Return the fewest years that a plan may have, by the same fact."""
    years = {fact.grows_over for fact in book.facts.values() if fact.grows_over is not None}
    found: dict[str, int] = {}
    for one in frame.requirements:
        for name, least in _bounds(one.condition, Comparison.AT_LEAST):
            if name in years:
                found[name] = max(least, found.get(name, least))
    return dict(found)


def _bounds(condition: Expression, comparison: Comparison) -> Iterator[tuple[str, int]]:
    """Yield the counts that a condition bounds on one side, where all of it has to hold."""
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    for part in parts:
        for node in walk(part) if isinstance(part, Compare) else ():
            match node:
                case Compare(found, Fact(name), Constant(Kind.COUNT, int() as bound)) if found is comparison:
                    yield name, bound


def highest_limit(frame: FrameRules) -> int | None:
    """Return the highest upper limit in yen, uplifts apart, or None where one has to be worked out."""
    if frame.award is None:
        return None
    amounts = [tier.amount_yen for tier in frame.award.upper_limit.tiers]
    return None if None in amounts else max(amount for amount in amounts if amount is not None)


def _breach_line(breach: Breach, ceiling: int | None, book: RuleBook, footing: Footing) -> Line:
    """Return what a breach costs: for so many of something, an amount, or what it cannot be more than."""
    wording, label = footing.wording, footing.wording.say_sentence(breach.case.label)
    if breach.counted is not None:
        counts = wording.listed(
            wording.fill("guide_worst_counted", count=figure_text(Kind.COUNT, count), yen=_yen(yen, wording))
            for count, yen in breach.by_count
        )
        told = wording.fill("guide_worst_counts", fact=book.facts[breach.counted].label, counts=counts)
    elif breach.yen is not None:
        told = _yen(breach.yen, wording)
    elif ceiling is not None:
        told = wording.fill("amount_up_to", most=_yen(ceiling, wording))
    else:
        told = wording.words["not_printed"]
    return footing.line(label, breach.case.citation, value=told)


def _yen(amount: int, wording: Wording) -> str:
    return wording.say(figure_text(Kind.YEN, amount))
