"""Which costs count in which frame: a table for each budget, the categories down and the frames across."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.rulebook import Choice, EligibleCosts, FactDefinition, FrameRules
from site_builder.rules.model import Rules
from site_builder.site.blocks.budgets import Group, Way, grouped, rows_by_budget
from site_builder.site.blocks.sheets import Cell, Column, Footing, Line, Row, Sheet, Table, cell, words
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts as cost in a frame: categories of a list, or a sum that has none; neither where nothing is told."""

    rows: str | None
    categories: tuple[str, ...]
    sentence: str | None


def cost_matrix(rules: Rules, wording: Wording) -> Sheet:
    """Return a table for each budget that has categories of costs, and one of the budgets that have none."""
    footing = Footing("costs", wording, over_rounds=True)
    groups = list(grouped(rules, lambda way: _counted(way.frame.rules)))
    tables, without = [], []
    for slug in dict.fromkeys(group.budget.rule_set.slug for group in groups):
        some = [group for group in groups if group.budget.rule_set.slug == slug]
        with_categories = [group for group in some if group.value.categories]
        if with_categories:
            tables.append(_table(with_categories, rules, footing))
        without += [group for group in some if not group.value.categories]
    return footing.sheet([*tables, _without(without, footing)])


def _counted(frame: FrameRules) -> Counted:
    costs = None if frame.award is None else frame.award.eligible_costs
    if costs is None:
        return Counted(None, (), None)
    return Counted(costs.rows, costs.categories, None if costs.categories else costs.sentence.ja)


def _table(groups: list[Group[Counted]], rules: Rules, footing: Footing) -> Table:
    wording, budget = footing.wording, groups[0].budget
    choices = _choices(rules.book.facts[groups[0].value.rows or ""])
    names = [wording.listed(line.text for line in group.frames(wording)) for group in groups]
    places = tuple(_places(group, footing) for group in groups)
    return Table(
        anchor=f"costs.{budget.rule_set.slug.replace('/', '.')}",
        caption=budget.name(wording),
        corner=wording.words["guide_cost_category"],
        columns=tuple(names),
        rows=(
            *(
                Row(words(wording.say(choice.label)), tuple(_mark(choice, group, wording) for group in groups))
                for choice in choices
            ),
            Row(
                words(wording.words["guide_places"]),
                places,
            ),
        ),
        told=tuple(
            Column(place, tuple(_told(choices, group, wording))) for group, place in zip(groups, places, strict=True)
        ),
    )


def _choices(fact: FactDefinition) -> tuple[Choice, ...]:
    return next(field.choices for field in fact.fields if field.choices)


def _mark(choice: Choice, group: Group[Counted], wording: Wording) -> Cell:
    return words(wording.words["guide_cost_yes" if _counts(choice, group) else "guide_cost_no"])


def _told(choices: tuple[Choice, ...], group: Group[Counted], wording: Wording) -> Iterator[Line]:
    """Yield the categories that count, and those that do not."""
    for name, is_listed in (("guide_costs_listed", True), ("guide_costs_not_listed", False)):
        some = [wording.say(choice.label) for choice in choices if _counts(choice, group) is is_listed]
        if some:
            yield Line(wording.words[name], value=wording.listed(some))


def _counts(choice: Choice, group: Group[Counted]) -> bool:
    return choice.name in group.value.categories


def _places(group: Group[Counted], footing: Footing) -> Cell:
    """Return the ways to the frames' own pages, and the places where their costs are listed."""
    newest = {way.frame.slug: way for way in reversed(group.ways)}
    lines = (_place(way, footing) for way in group.ways if way is newest[way.frame.slug])
    return cell(lines)


def _place(way: Way, footing: Footing) -> Line:
    name = footing.wording.say(way.frame.rules.name)
    citations = (one.citation for one in _costs(way.frame.rules))
    return footing.line(name, *citations, path=way.path(footing.wording, "costs"))


def _costs(frame: FrameRules) -> tuple[EligibleCosts, ...]:
    costs = None if frame.award is None else frame.award.eligible_costs
    return () if costs is None else (costs,)


def _without(groups: list[Group[Counted]], footing: Footing) -> Table:
    wording = footing.wording
    return Table(
        anchor="costs.without",
        caption=wording.words["guide_costs_without"],
        corner=wording.words["guide_way"],
        columns=(wording.words["guide_costs_what"],),
        rows=rows_by_budget(groups, lambda way: (_sentences(way, footing),), wording),
    )


def _sentences(way: Way, footing: Footing) -> Cell:
    """Return what counts where costs have no categories; where the members of a group have theirs, no list is told."""
    costs = _costs(way.frame.rules)
    if not costs:
        return Cell()
    some: list[Line] = [footing.line(footing.wording.say_sentence(one.sentence), one.citation) for one in costs]
    return Cell(tuple(some))
