"""Figures of a plan worked out: for a made-up business, and the least that a plan must reach in so many years.

What the business has in its accounts stands in the prose, as in `{block:worked value_added_growth_pct years=3
operating_profit=6000000:7000000 …}` (now and at the end of the plan). All else comes from the calculator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from calculator.evaluation import evaluate
from calculator.expressions import Compare, Comparison, Constant, Fact, facts_of
from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.result.worked import worked as work_out
from calculator.rulebook import AmountPart, FactDefinition, Requirement
from calculator.text import Text
from calculator.working_out import yearly_growth
from site_builder.rules.model import Rules
from site_builder.site.blocks.budgets import Way, newest_ways
from site_builder.site.blocks.repayments import longest_plan, shortest_plan
from site_builder.site.blocks.sheets import Cell, Footing, Row, Sheet, Table, anchor_of, words
from site_builder.site.wording import CitationView, Wording


@dataclass(frozen=True, slots=True)
class AmountRow:
    """An amount of the accounts: now, and at the end of the plan (None where only one moment counts)."""

    label: str
    now: str
    later: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the figure meets a requirement of the newest call, and where that stands."""

    sentence: str
    citation: CitationView


@dataclass(frozen=True, slots=True)
class Formula:
    """What a figure is called, how it is explained, and what it is worked out from."""

    label: str
    explanation: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Worked:
    """A figure worked out for an example: its accounts, the lines of the sum, and what it meets."""

    anchor: str
    title: str
    accounts: tuple[AmountRow, ...]
    lines: tuple[str, ...]
    verdicts: tuple[Verdict, ...]


def formulas(rules: Rules, wording: Wording, told: tuple[str, ...]) -> tuple[Formula, ...]:
    """Return how the figures `told` are worked out."""
    facts = (rules.book.facts.get(name) for name in told)
    return tuple(
        Formula(
            wording.say_sentence(fact.label),
            wording.say_if_any(fact.explanation),
            _formula(fact, wording),
        )
        for fact in facts
        if fact is not None and fact.worked_out is not None
    )


def worked(rules: Rules, wording: Wording, told: tuple[str, ...]) -> Worked | None:
    """Return how the figure `told` first is worked out, with the amounts told after it."""
    name, *amounts = told
    fact = rules.book.facts.get(name)
    if fact is None or fact.worked_out is None:
        return None
    typed = dict(_typed(amounts))
    answer = work_out(rules.book, name, typed)
    if answer["mistakes"]:
        raise ValueError(f"the example of {name}: {answer['mistakes']}")
    years = typed.get("years")
    return Worked(
        anchor=anchor_of("worked", [name, *((years,) if years else ())]),
        title=wording.words["guide_example"] if years is None else _title(int(years), fact, rules, wording),
        accounts=tuple(_accounts(fact, typed, wording)),
        lines=tuple(wording.say(Text(**line)) for line in answer["lines"]),
        verdicts=tuple(_verdicts(fact, answer["figure"], rules, wording)),
    )


def _title(years: int, fact: FactDefinition, rules: Rules, wording: Wording) -> str:
    return wording.fill("guide_example_for", years=figure_text(Kind.COUNT, years, _unit_of_years(fact, rules)))


def worked_names(rules: Rules) -> frozenset[str]:
    """Return the figures that can be worked out, and all that an example states of them."""
    facts = {name: fact for name, fact in rules.book.facts.items() if fact.worked_out is not None}
    return frozenset((*facts, "years", *(part.name for fact in facts.values() for part in _parts(fact))))


def least_growth(rules: Rules, wording: Wording, told: tuple[str, ...]) -> Sheet:
    """Return what the amounts told must come to at the least, for every length that a plan may have."""
    name, *amounts = told
    footing = Footing(anchor_of("least", [name]), wording)
    way = next(iter(newest_ways(rules)), None)
    fact = rules.book.facts.get(name)
    target = None if way is None or fact is None else _target(name, way)
    if way is None or fact is None or fact.worked_out is None or target is None:
        return footing.sheet([])
    requirement, growth = target
    now = _total(fact, dict(_typed(amounts)))
    rows = tuple(
        Row(
            words(wording.say(figure_text(Kind.COUNT, years, _unit_of_years(fact, rules)))),
            (
                Cell((footing.line(wording.say(figure_text(Kind.YEN, least)), requirement.citation),)),
                words(wording.say(figure_text(Kind.YEN, least - now))),
            ),
        )
        for years in _lengths(fact, way, rules)
        for least in (least_later(now, years, growth),)
    )
    caption = wording.fill("guide_least", fact=fact.label, now=figure_text(Kind.YEN, now))
    columns = (wording.words["guide_least_later"], wording.words["guide_least_more"])
    return footing.sheet([Table(footing.name, caption, wording.words["guide_years"], columns, rows)])


def least_later(now: int, years: int, growth: Fraction) -> int:
    """Return the fewest yen to which `now` must grow in `years`, so that the yearly growth is `growth` per cent.

    The calculator's own stricter reading decides: the same percentage every year.
    """
    least, most = now, now * (1 + 2 * years * (int(growth) + 1))
    while least < most:
        middle = (least + most) // 2
        found = yearly_growth(now, middle, years)
        if found is not None and found.compound >= growth:
            most = middle
        else:
            least = middle + 1
    return least


def _typed(amounts: list[str]) -> Iterator[tuple[str, str]]:
    """Yield `now.<amount>`, `later.<amount>` and `years` as a visitor would type them."""
    for one in amounts:
        name, _, value = one.partition("=")
        now, mark, later = value.partition(":")
        yield ("years" if name == "years" else f"now.{name}"), now
        if mark:
            yield f"later.{name}", later


def _parts(fact: FactDefinition) -> tuple[AmountPart, ...]:
    return () if fact.worked_out is None else (*fact.worked_out.added, *fact.worked_out.taken_off)


def _total(fact: FactDefinition, typed: Mapping[str, str]) -> int:
    working = fact.worked_out
    assert working is not None  # noqa: S101 - asked by the caller
    plus = sum(int(typed[f"now.{part.name}"]) for part in working.added)
    return plus - sum(int(typed[f"now.{part.name}"]) for part in working.taken_off)


def _formula(fact: FactDefinition, wording: Wording) -> str:
    whole = _sum(fact, wording)
    return whole if fact.grows_over is None else wording.fill("guide_formula_growth", sum=whole)


def _sum(fact: FactDefinition, wording: Wording) -> str:
    working = fact.worked_out
    assert working is not None  # noqa: S101 - asked by the caller
    whole = ""
    for part in working.added:
        label = wording.say(part.label)
        whole = wording.fill("guide_plus", one=whole, other=label) if whole else label
    for part in working.taken_off:
        whole = wording.fill("guide_minus", one=whole, other=wording.say(part.label))
    return whole


def _accounts(fact: FactDefinition, typed: Mapping[str, str], wording: Wording) -> Iterator[AmountRow]:
    for part in _parts(fact):
        later = typed.get(f"later.{part.name}")
        yield AmountRow(
            wording.say(part.label),
            _yen(typed[f"now.{part.name}"], wording),
            None if later is None else _yen(later, wording),
        )


def _yen(typed: str, wording: Wording) -> str:
    return wording.say(figure_text(Kind.YEN, int(typed)))


def _verdicts(fact: FactDefinition, figure: str | None, rules: Rules, wording: Wording) -> Iterator[Verdict]:
    """Yield a verdict for each requirement of the newest call that asks for this figure alone."""
    way = next(iter(newest_ways(rules)), None)
    if way is None or figure is None:
        return
    value = int(figure.replace(",", "")) if fact.kind.is_whole else Fraction(figure.replace(",", ""))
    for one in way.frame.rules.requirements:
        if facts_of(one.condition) == {fact.name}:
            name = "guide_met" if evaluate(one.condition, {fact.name: value}) is True else "guide_not_met"
            yield Verdict(
                wording.fill(name, requirement=one.label, sentence=one.sentence),
                wording.cite(one.citation),
            )


def _target(name: str, way: Way) -> tuple[Requirement, Fraction] | None:
    """Return the requirement that asks for at least so much of a figure, and how much."""
    for one in way.frame.rules.requirements:
        match one.condition:
            case Compare(Comparison.AT_LEAST, Fact(fact), Constant(Kind.PERCENT, Fraction() | int() as least)):
                if fact == name:
                    return one, Fraction(least)
    return None


def _lengths(fact: FactDefinition, way: Way, rules: Rules) -> range:
    frame, name = way.frame.rules, fact.grows_over or ""
    least, most = shortest_plan(frame, rules.book).get(name), longest_plan(frame, rules.book).get(name)
    return range(least, most + 1) if isinstance(least, int) and isinstance(most, int) else range(0)


def _unit_of_years(fact: FactDefinition, rules: Rules) -> Text | None:
    return None if fact.grows_over is None else rules.book.facts[fact.grows_over].unit
