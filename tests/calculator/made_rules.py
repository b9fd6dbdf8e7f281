"""Made-up rules for the engine's tests: small frames over a handful of facts, written by hand or drawn at random."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random

from calculator.expressions import (
    Aggregate,
    Aggregation,
    AllOf,
    AnyOf,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Field,
    Named,
    Not,
    OneOf,
)
from calculator.kinds import Kind
from calculator.rulebook import (
    Award,
    Choice,
    Citation,
    CitationStatus,
    EligibleCosts,
    FactDefinition,
    FrameRules,
    LimitTier,
    LowerLimit,
    Rate,
    RateCase,
    Requirement,
    RowField,
    Slice,
    UpperLimit,
)
from calculator.text import Text

WORDS = Text("ことば", "words")
PLACE = Citation("outline", "第1章", CitationStatus.PRINTED)
CATEGORIES = ("machine", "software")

FACTS: Mapping[str, FactDefinition] = {
    fact.name: fact
    for fact in (
        FactDefinition(
            "trade",
            Kind.CHOICE,
            "firm",
            WORDS,
            WORDS,
            choices=tuple(Choice(n, WORDS) for n in ("shop", "works", "farm")),
        ),
        FactDefinition("capital", Kind.YEN, "firm", WORDS, WORDS, optional=True, none_label=WORDS, at_least=0),
        FactDefinition("staff", Kind.COUNT, "firm", WORDS, WORDS, unit=Text("人", "employees"), at_least=0),
        FactDefinition("big_owner", Kind.YES_NO, "firm", WORDS, WORDS),
        FactDefinition("earlier_grant", Kind.YES_NO, "firm", WORDS, WORDS, optional=True, none_label=WORDS),
        FactDefinition("growth", Kind.PERCENT, "plan", WORDS, WORDS, changeable=True),
        FactDefinition("announced", Kind.YES_NO, "plan", WORDS, WORDS, changeable=True),
        FactDefinition(
            "costs",
            Kind.LIST,
            "plan",
            WORDS,
            WORDS,
            fields=(
                RowField("category", Kind.CHOICE, WORDS, tuple(Choice(n, WORDS) for n in CATEGORIES)),
                RowField("amount_yen", Kind.YEN, WORDS),
                RowField("unit_yen", Kind.YEN, WORDS, optional=True),
            ),
            changeable=True,
        ),
    )
}


def constant(kind: Kind, value: bool | int | Fraction | str) -> Constant:
    return Constant(kind, value)


def yen(amount: int) -> Constant:
    return Constant(Kind.YEN, amount)


def rate(share: Fraction) -> Rate:
    return Rate((Slice(share),))


def at_least(fact: str, value: int | Fraction) -> Expression:
    kind = FACTS[fact].kind
    return Compare(Comparison.AT_LEAST, Fact(fact), Constant(kind, Fraction(value) if kind is Kind.PERCENT else value))


def at_most(fact: str, value: int | Fraction) -> Expression:
    return Compare(Comparison.AT_MOST, Fact(fact), Constant(FACTS[fact].kind, value))


TOTAL = Aggregate(Aggregation.SUM, "costs", "amount_yen", OneOf(Field("category"), CATEGORIES))
DEAREST = Aggregate(
    Aggregation.LARGEST,
    "costs",
    "unit_yen",
    Compare(Comparison.EQUAL, Field("category"), constant(Kind.CHOICE, "machine")),
)
IS_SMALL = Named("small", AnyOf((at_most("staff", 5), AllOf((OneOf(Fact("trade"), ("works",)), at_most("staff", 20))))))


def requirement(code: str, condition: Expression) -> Requirement:
    return Requirement(code, WORDS, WORDS, condition, PLACE)


def award(*, small_rate: Fraction = Fraction(2, 3), lower: int = 100) -> Award:
    tiers = (
        LimitTier(None, 5, yen(750), WORDS),
        LimitTier(6, 20, yen(1000), WORDS),
        LimitTier(21, None, yen(1250), WORDS),
    )
    return Award(
        rates=(RateCase(IS_SMALL, rate(small_rate), WORDS, PLACE), RateCase(None, rate(Fraction(1, 2)), WORDS, PLACE)),
        upper_limit=UpperLimit("staff", tiers, PLACE),
        lower_limit=LowerLimit(lower, "amount.too_low", WORDS, WORDS, PLACE),
        eligible_costs=EligibleCosts("costs", CATEGORIES, TOTAL, WORDS, PLACE),
        rounding=PLACE,
    )


def frame(*requirements: Requirement, pays: Award | None = None) -> FrameRules:
    return FrameRules("made/up/frame", 1, WORDS, requirements, pays if pays is not None else award())


def drawn_condition(random: Random, depth: int = 2) -> Expression:
    """Return a random condition over the facts above."""
    if depth == 0 or random.random() < 0.35:
        return _drawn_atom(random)
    parts = tuple(drawn_condition(random, depth - 1) for _ in range(random.choice((2, 2, 3))))
    return random.choice((AllOf(parts), AnyOf(parts), Not(parts[0]), Named("made", AnyOf(parts))))


def _drawn_atom(random: Random) -> Expression:
    sign = random.choice(list(Comparison))
    return random.choice(
        (
            OneOf(Fact("trade"), tuple(random.sample(("shop", "works", "farm"), 2))),
            Compare(sign, Fact("capital"), constant(Kind.YEN, random.choice((100, 300)))),
            Compare(Comparison.EQUAL, Fact("capital"), Constant(Kind.YEN, None)),
            Compare(sign, Fact("staff"), constant(Kind.COUNT, random.choice((0, 5, 6, 20)))),
            Compare(sign, constant(Kind.COUNT, 20), Fact("staff")),
            Fact("big_owner"),
            Compare(Comparison.EQUAL, Fact("earlier_grant"), constant(Kind.YES_NO, random.random() < 0.5)),
            Compare(Comparison.NOT_EQUAL, Fact("earlier_grant"), Constant(Kind.YES_NO, None)),
            Compare(sign, Fact("growth"), constant(Kind.PERCENT, random.choice((Fraction(3), Fraction(3, 2))))),
            Fact("announced"),
        )
    )


def drawn_frame(random: Random) -> FrameRules:
    """Return a frame with random requirements and rates."""
    requirements = [requirement(f"made.{n}", drawn_condition(random)) for n in range(random.randint(0, 3))]
    if random.random() < 0.5:
        requirements.append(
            requirement("made.unit", Compare(Comparison.AT_LEAST, DEAREST, constant(Kind.YEN, random.choice((50, 60)))))
        )
    pays = award(
        small_rate=random.choice((Fraction(1, 2), Fraction(2, 3), Fraction(3, 4))), lower=random.choice((0, 100))
    )
    return frame(*requirements, pays=pays)
