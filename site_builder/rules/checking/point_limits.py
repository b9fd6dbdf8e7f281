"""Checks of limits on points: they limit points that there are, all of one sort, and lie in one another or apart."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from site_builder.errors import GuidanceError, name_hint

if TYPE_CHECKING:
    from collections.abc import Collection

    from site_builder.errors import Gathering
    from site_builder.rules.drafts.requirements import PointLimitDraft, SelectionDraft


def check_limits(shared: SelectionDraft, own: SelectionDraft, errors: Gathering) -> None:
    """Check the limits that a frame has of its rule set, and its own."""
    bonuses = {one.code.value for one in (*shared.bonuses, *own.bonuses)}
    deductions = {one.code.value for one in (*shared.deductions, *own.deductions)}
    limits = (*shared.limits, *own.limits)
    for limit in limits:
        is_of_deductions = limit.of[0].value in deductions and limit.of[0].value not in bonuses
        _check_codes(limit, deductions if is_of_deductions else bonuses, errors)
    for one, other in combinations(limits, 2):
        _check_nesting(one, other, errors)


def _check_codes(limit: PointLimitDraft, known: Collection[str], errors: Gathering) -> None:
    for code in limit.of:
        if code.value not in known:
            sentence = f"'{limit.code.value}' limits '{code.value}', which is no point of its frame, or of another sort"
            hint = name_hint(code.value, known, "a limit names points of the same frame, or deductions")
            errors.add(GuidanceError(code.place(), sentence, hint, "unknown-point"))


def _check_nesting(one: PointLimitDraft, other: PointLimitDraft, errors: Gathering) -> None:
    first, second = ({code.value for code in limit.of} for limit in (one, other))
    if first & second and not (first <= second or second <= first):
        sentence = f"'{one.code.value}' and '{other.code.value}' limit some points together and some not"
        hint = "let one name all points of the other, or none: else nobody can tell which limit a point counts to"
        errors.add(GuidanceError(other.code.place(), sentence, hint, "limits-overlap"))
