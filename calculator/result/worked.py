"""A figure worked out for the visitor: amounts as typed go in, the figure and how it came about come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from calculator.entries import number_in, units_of
from calculator.figures import figure_text
from calculator.json_values import JsonObject
from calculator.kinds import Kind
from calculator.messages import message
from calculator.rulebook import AmountPart, FactDefinition, RuleBook, WorkedOut
from calculator.text import Text
from calculator.working_out import YearlyGrowth, yearly_growth

Typed: TypeAlias = Mapping[str, str]
"""What was typed: `now.<amount>`, of a growth `later.<amount>` too, and `years`."""


@dataclass(slots=True)
class _Reading:
    """Reads what was typed, and keeps the mistakes."""

    book: RuleBook
    typed: Typed
    mistakes: list[JsonObject] = field(default_factory=list)

    def total(self, when: str, working: WorkedOut) -> int:
        """Return what the amounts of one moment come to."""
        return self._sum(when, working.added) - self._sum(when, working.taken_off)

    def _sum(self, when: str, parts: Iterable[AmountPart]) -> int:
        return sum(self._amount(f"{when}.{part.name}") for part in parts)

    def _amount(self, name: str) -> int:
        number = number_in(self.typed.get(name, ""), ("円", "yen"))
        if number is None or number.denominator != 1:
            return self._mistake(name, message(self.book.messages, "not_yen"))
        return int(number)

    def years(self, fact: FactDefinition) -> int:
        """Return over how many years the amounts grow: one at least."""
        number = number_in(self.typed.get("years", ""), units_of(fact))
        if number is None or number.denominator != 1:
            return self._mistake("years", message(self.book.messages, "not_count"))
        least, most = max(1, fact.at_least or 1), fact.at_most
        if number < least:
            return self._mistake("years", message(self.book.messages, "too_small", bound=str(least)))
        if most is not None and number > most:
            return self._mistake("years", message(self.book.messages, "too_large", bound=str(most)))
        return int(number)

    def _mistake(self, name: str, words: Text) -> int:
        self.mistakes.append({"field": name, "message": words.to_json()})
        return 1


def worked(book: RuleBook, name: str, typed: Typed) -> JsonObject:
    """Return the figure of the fact `name` as its field takes it, with the lines that lead to it.

    The figure is None where something cannot be read, or where there is no such growth.
    """
    fact = book.facts[name]
    working, reading = fact.worked_out, _Reading(book, typed)
    if working is None:
        raise ValueError(f"{name} is not worked out from anything")
    now = reading.total("now", working)
    if fact.grows_over is None:
        return _told(reading, str(now), (_line(book, "worked_sum", figure=figure_text(Kind.YEN, now)),))
    years, later = reading.years(book.facts[fact.grows_over]), reading.total("later", working)
    totals: dict[str, Text | str] = {
        "now": figure_text(Kind.YEN, now),
        "later": figure_text(Kind.YEN, later),
        "years": str(years),
    }
    growth = yearly_growth(now, later, years)
    first = _line(book, "worked_totals", **totals)
    if growth is None:
        return _told(reading, None, (first, _line(book, "worked_no_growth")))
    return _told(reading, _field_text(growth), (first, *_growth_lines(book, growth)))


def _growth_lines(book: RuleBook, growth: YearlyGrowth) -> tuple[Text, ...]:
    compound, simple = (figure_text(Kind.PERCENT, one) for one in (growth.compound, growth.simple))
    return (
        _line(book, "worked_compound", figure=compound),
        _line(book, "worked_simple", figure=simple),
        _line(book, "worked_either"),
    )


def _field_text(growth: YearlyGrowth) -> str:
    return figure_text(Kind.PERCENT, growth.compound).en.removesuffix("%")


def _line(book: RuleBook, code: str, **parts: Text | str) -> Text:
    return message(book.messages, code, **parts)


def _told(reading: _Reading, figure: str | None, lines: tuple[Text, ...]) -> JsonObject:
    if reading.mistakes:
        return {"mistakes": reading.mistakes, "figure": None, "lines": []}
    return {"mistakes": [], "figure": figure, "lines": [line.to_json() for line in lines]}
