"""What the site prints of a frame, worked out for a company as a reader would: without the calculator, from its tables.

Limits, rates and slices are read off the tables of the page (HTML), conditions and costs off the open data of the same
frame, which writes them in the rule language; every requirement of the one must be one of the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from pathlib import Path
from random import Random
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from calculator.evaluation import Facts, Row
from calculator.expressions import Aggregation, Scalar
from calculator.rulebook import Rate, Slice, SliceBasis
from site_builder.rules.grammar import expression
from site_builder.rules.literals import read_literal
from site_builder.rules.syntax import (
    AggregateSyntax,
    AllOfSyntax,
    AnyOfSyntax,
    CalculateSyntax,
    CompareSyntax,
    NameSyntax,
    NotSyntax,
    OneOfSyntax,
    OpenSyntax,
    Syntax,
    ValueSyntax,
)
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.source_file import SourceFile
from tests.calculator.brute_force import _calculated, _compared, paid
from tests.calculator.real_questions import Asked, drawn, facts_json, newest_asked
from tests.fuzz.cases import answered

#: Groups of what decides nothing of the verdict on one company.
IN_THE_SELECTION = ("bonus", "deduction", "joint")
_RANGE = re.compile(r"(?:(?P<least>[0-9,]+)[^0-9,]*～)?(?P<most>[0-9,]+)\D+?(?P<word>以下|以上)?")
_AMOUNT = re.compile(r"[0-9,億万]+円")
_RATE = re.compile(r"([0-9]+)/([0-9]+)")


class OpenError(Exception):
    """What the documents leave open: nobody can work it out."""


@lru_cache(10_000)
def tree(text: str) -> Syntax:
    """The tree of an expression as the open data writes it."""
    return expression(ScalarNode(SourceFile("data.json", text), 0, len(text), text)).syntax


@dataclass(frozen=True)
class Tier:
    """A line of the table of limits: from how many to how many, and the limit in yen."""

    least: int | None
    most: int | None
    yen: int


@dataclass(frozen=True)
class Printed:
    """A frame as the site prints it."""

    data: Mapping[str, Any]
    page: LexborHTMLParser

    @classmethod
    def of(cls, site: Path, rule_set: str, number: int | None) -> Printed:
        """Return what is printed of a frame in a round."""
        budget, _, frame = rule_set.rpartition("/")
        way = f"{budget}/{frame}" if number is None else f"{budget}/{number}/{frame}"
        data = json.loads((site / "data" / f"{way}.json").read_text(encoding="utf-8"))
        return cls(data, LexborHTMLParser((site / "ja" / way / "index.html").read_text(encoding="utf-8")))

    # --- the page

    @cached_property
    def codes(self) -> frozenset[str]:
        """The requirements on the page."""
        return frozenset(str(one.attributes["id"]) for one in self.page.css("li.requirement[id]"))

    @cached_property
    def tiers(self) -> tuple[Tier, ...]:
        """The limits on the page; of one that a sentence says how to work out there is none here."""
        table = self.page.css_first("table:has(#tiers-table)")
        if table is None:
            alone = self.page.css_first("#upper-limit + p > strong")
            is_amount = alone is not None and _AMOUNT.fullmatch(alone.text().strip())
            return (Tier(None, None, _yen(alone.text())),) if alone is not None and is_amount else ()
        return tuple(_tier(row) for row in table.css("tbody > tr"))

    @cached_property
    def rates(self) -> tuple[tuple[tuple[Fraction, int | None], ...], ...]:
        """The rates on the page in their order, each with the yen up to which each slice of it goes."""
        found = self.page.css_first("#rate ~ ul.rates")
        return () if found is None else tuple(tuple(_slices(one)) for one in found.css("ul.rates > li"))

    @cached_property
    def least_yen(self) -> int:
        """The lower limit on the page."""
        lower = self.data["award"]["lower_limit"]
        if lower is None:
            return 0
        sentence = self.page.css_first(f'[id="{lower["code"]}"] + p')
        assert sentence is not None
        return _yen(sentence.text())

    # --- a company

    def failed(self, facts: Facts) -> list[str]:
        """Return the requirements that a company does not meet.

        Raises:
            OpenError: the documents leave open whether it meets one.
        """
        binding = [one for one in self.data["requirements"] if one["group"] not in IN_THE_SELECTION]
        return [one["code"] for one in binding if self.value(tree(one["expression"]), facts) is not True]

    def subsidy(self, facts: Facts) -> int:
        """Return what a company that meets all requirements is paid in yen, before the lower limit."""
        award = self.data["award"]
        cost = self._worked_out(award["eligible_costs"]["expression"], facts)
        return min(paid(self._rate(facts), cost), self._limit(facts))

    def _limit(self, facts: Facts) -> int:
        limit = self.data["award"]["upper_limit"]
        by = None if limit["by"] is None else facts[limit["by"]]
        raised = [
            self.value(tree(one["expression"]), facts) for one in limit["uplifts"] if self._holds(one["when"], facts)
        ]
        if self.tiers:
            (yen,) = [one.yen for one in self.tiers if _is_in(one, by)]
        else:
            (yen,) = [self._worked_out(one["expression"], facts) for one in limit["tiers"]]
        return yen + sum(int(one) for one in raised if isinstance(one, int | Fraction))

    def _worked_out(self, amount: str, facts: Facts) -> int:
        value = self.value(tree(amount), facts)
        assert isinstance(value, int | Fraction)
        return int(value)

    def _rate(self, facts: Facts) -> Rate:
        for said, slices in zip(self.data["award"]["rates"], self.rates, strict=True):
            if self._holds(said["when"], facts):
                parts = tuple(Slice(rate, up_to) for rate, up_to in slices)
                return Rate(parts, SliceBasis(said["of"]), said["is_fixed"])
        raise AssertionError("no rate holds")

    def _holds(self, when: str | None, facts: Facts) -> bool:
        return when is None or self.value(tree(when), facts) is True

    def value(self, syntax: Syntax, facts: Facts, row: Row | None = None) -> Scalar:
        """Return what an expression comes to for a company of which all is known.

        Raises:
            OpenError: the documents, or what is applied for, leave it open.
        """
        match syntax:
            case ValueSyntax(constant):
                return None if constant is None else constant.value
            case NameSyntax(name):
                return self._named(name, facts, row)
            case CompareSyntax(comparison, left, right):
                return _compared(comparison, self.value(left, facts, row), self.value(right, facts, row))
            case OneOfSyntax(subject, choices):
                return self.value(subject, facts, row) in [one.name for one in choices]
            case AllOfSyntax(parts):
                return _all(self._each(parts, facts, row))
            case AnyOfSyntax(parts):
                return not _all(_not(one) for one in self._each(parts, facts, row))
            case NotSyntax(part):
                return self.value(part, facts, row) is not True
            case CalculateSyntax(operation, left, right):
                return _calculated(operation, self.value(left, facts, row), self.value(right, facts, row))
            case AggregateSyntax():
                return self._added_up(syntax, facts)
            case OpenSyntax():
                raise OpenError

    def _each(self, parts: tuple[Syntax, ...], facts: Facts, row: Row | None) -> Iterator[bool | None]:
        """Yield whether each part holds; None where that is open."""
        for part in parts:
            try:
                yield self.value(part, facts, row) is True
            except OpenError:
                yield None

    def _named(self, name: str, facts: Facts, row: Row | None) -> Scalar:
        if row is not None and name in row:
            return row[name]
        record, _, part = name.partition(".")
        if record in facts:
            known = None if part and facts[record] is None else facts[name]
            return True if isinstance(known, tuple) else known
        for one in self.data["definitions"]:
            if one["name"] == name:
                return self.value(tree(one["expression"]), facts)
        return name

    def _added_up(self, syntax: AggregateSyntax, facts: Facts) -> Scalar:
        rows = facts[syntax.rows.name]
        where, up_to = syntax.where, None if syntax.up_to is None else self.value(syntax.up_to, facts)
        found = [
            one
            for one in (rows if isinstance(rows, tuple) else ())
            if where is None or self.value(where, facts, one) is True
        ]
        if syntax.field is None:
            return len(found)
        figures = [figure for one in found if isinstance(figure := one[syntax.field.name], int)]
        if syntax.aggregation is Aggregation.LARGEST:
            return max(figures, default=None)
        return sum(figure if not isinstance(up_to, int) else min(figure, up_to) for figure in figures)


def _all(parts: Iterator[bool | None]) -> bool:
    known = list(parts)
    if False in known:
        return False
    if None in known:
        raise OpenError
    return True


def _not(one: bool | None) -> bool | None:
    return None if one is None else not one


def _is_in(tier: Tier, by: object) -> bool:
    if by is None:
        return True
    assert isinstance(by, int)
    return (tier.least is None or tier.least <= by) and (tier.most is None or by <= tier.most)


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def _yen(text: str) -> int:
    found = _AMOUNT.search(text)
    assert found is not None, text
    constant = read_literal(found[0])
    assert constant is not None
    assert isinstance(constant.value, int)
    return constant.value


def _tier(row: LexborNode) -> Tier:
    head, cell = (row.css_first(name) for name in ("th", "td"))
    assert head is not None
    assert cell is not None
    found = _RANGE.fullmatch(head.text().strip())
    assert found is not None, head.text()
    most = _number(found["most"])
    if found["least"] is not None:
        return Tier(_number(found["least"]), most, _yen(cell.text()))
    return Tier(most, None, _yen(cell.text())) if found["word"] == "以上" else Tier(None, most, _yen(cell.text()))


def _slices(item: LexborNode) -> Iterator[tuple[Fraction, int | None]]:
    rows = item.css("tbody > tr")
    for row in rows:
        part, rate = (row.css_first(name) for name in ("th", "td"))
        assert part is not None
        assert rate is not None
        found = _AMOUNT.findall(part.text())
        yield _fraction(rate.text()), None if row is rows[-1] or row == rows[-1] else _yen(found[-1])
    if not rows:
        yield _fraction(item.text(deep=False)), None


def _fraction(text: str) -> Fraction:
    found = _RATE.findall(text)
    return Fraction(int(found[-1][0]), int(found[-1][1])) if found else Fraction(1)


# --- and the calculator


_printed = lru_cache(200)(Printed.of)


def asked_of_tables() -> tuple[Asked, ...]:
    """What the tables of a page answer: whether one company may apply, and for how much."""
    return tuple(one for one in newest_asked() if one.kind == "eligibility" and one.rules.award is not None)


def differences(site: Path, asked: Asked, chance: Random, printed: Printed | None = None) -> list[str]:
    """Return what the calculator says otherwise of a company drawn at random than what is printed, or printed here."""
    applicant = drawn(chance, asked, 0, 1)
    facts: dict[str, Any] = {**asked.candidates.given, **applicant.known}
    answer = answered(json.dumps({**asked.case(applicant.known), "facts": facts_json(facts)}, default=_written))
    printed = printed or _printed(site, asked.rules.rule_set, asked.rules.round)
    try:
        failed = printed.failed(facts)
        subsidy = printed.subsidy(facts) if not failed and printed.data["award"]["eligible_costs"] else None
    except OpenError:
        return []
    codes = {one["code"] for one in printed.data["requirements"] if one["group"] not in IN_THE_SELECTION}
    found = [] if codes <= printed.codes else [f"not on the page: {sorted(codes - printed.codes)}"]
    if not failed and subsidy is not None and subsidy < printed.least_yen:
        failed = [printed.data["award"]["lower_limit"]["code"]]
    expected = "not_eligible" if failed else "eligible"
    if answer["outcome"] != expected:
        found.append(f"{expected} by the tables, {answer['outcome']} by the calculator")
    below = {printed.data["award"]["lower_limit"]["code"]} if printed.data["award"]["lower_limit"] else set()
    if set(failed) - below != set(answer["failed"]) - below:
        found.append(f"fails {failed} by the tables, {answer['failed']} by the calculator")
    if expected == "eligible" and subsidy is not None and answer["subsidy_yen"] != subsidy:
        found.append(f"{subsidy} yen by the tables, {answer['subsidy_yen']} by the calculator")
    return [f"{asked.name}: {one}: {facts}" for one in found]


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)
