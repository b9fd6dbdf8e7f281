"""What counts in the selection: points and deductions of every budget."""

from __future__ import annotations

from calculator.rulebook import PointLimit, SelectionItem
from calculator.text import Text
from site_builder.rules.model import Rules
from site_builder.site.blocks.budgets import Way, grouped, rows_by_budget
from site_builder.site.blocks.sheets import Cell, Footing, Sheet, Table, cell
from site_builder.site.requirements import with_limits
from site_builder.site.wording import Wording


def selection(rules: Rules, wording: Wording) -> Sheet:
    """Return the points and the deductions, budget by budget."""
    footing = Footing("points", wording, over_rounds=True)
    rows = rows_by_budget(
        grouped(rules, _gist),
        lambda way: (
            _items(way.frame.rules.bonuses, way, footing),
            _items(way.frame.rules.deductions, way, footing),
        ),
        wording,
    )
    columns = (wording.words["bonuses"], wording.words["deductions"])
    return footing.sheet([Table("points", wording.words["guide_points"], wording.words["guide_way"], columns, rows)])


def _gist(way: Way) -> tuple[tuple[bool, Text, Text], ...]:
    frame = way.frame.rules
    otherwise: tuple[SelectionItem | PointLimit, ...] = (*frame.deductions, *frame.point_limits)
    return (
        *((True, one.label, one.sentence) for one in frame.bonuses),
        *((False, one.label, one.sentence) for one in otherwise),
    )


def _items(items: tuple[SelectionItem, ...], way: Way, footing: Footing) -> Cell:
    wording, limits = footing.wording, way.frame.rules.point_limits
    return cell(
        footing.line(
            wording.say(one.label),
            one.citation,
            path=way.path(wording, "selection"),
            value=wording.say_sentence(one.sentence),
        )
        for one in with_limits(items, limits)
    )
