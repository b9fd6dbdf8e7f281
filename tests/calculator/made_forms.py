"""Made-up frames with the rarer forms of an award: slices, uplifts, worked-out limits, records, groups, repayment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from calculator.expressions import (
    Aggregate,
    Aggregation,
    AllOf,
    AnyOf,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Field,
    Not,
    OpenPoint,
    Operation,
)
from calculator.kinds import Kind
from calculator.rulebook import (
    Award,
    Choice,
    Clawback,
    ClawbackCase,
    ClawbackPart,
    ClawbackTotal,
    Consortium,
    EligibleCosts,
    FactDefinition,
    FrameRules,
    JointApplication,
    LimitTier,
    LowerLimit,
    Pool,
    Rate,
    RateCase,
    RowField,
    Slice,
    Uplift,
    UpperLimit,
)
from tests.calculator.made_rules import PLACE, WORDS, requirement, yen


def _fact(name: str, kind: Kind, *, at_least: int | None = None, **more: object) -> FactDefinition:
    return FactDefinition(name, kind, "firm", WORDS, WORDS, at_least=at_least, **more)  # type: ignore[arg-type]


AMOUNTS = (RowField("amount_yen", Kind.YEN, WORDS),)

FACTS: Mapping[str, FactDefinition] = {
    fact.name: fact
    for fact in (
        _fact("members", Kind.COUNT, at_least=0, at_most=50),
        _fact("expert", Kind.YES_NO),
        _fact("cost", Kind.YEN, at_least=0),
        _fact("others", Kind.LIST, fields=AMOUNTS),
        _fact("costs_by_member", Kind.LIST, fields=AMOUNTS, optional=True, none_label=WORDS),
        _fact("taken", Kind.LIST, fields=AMOUNTS),
        _fact(
            "group",
            Kind.LIST,
            fields=(RowField("type", Kind.CHOICE, WORDS, (Choice("sme", WORDS), Choice("npo", WORDS))), *AMOUNTS),
        ),
        _fact("certificate", Kind.RECORD, optional=True, none_label=WORDS),
        _fact("certificate.granted", Kind.YES_NO, record="certificate"),
        _fact("certificate.growth", Kind.PERCENT, record="certificate"),
        _fact("status", Kind.CHOICE, choices=tuple(Choice(name, WORDS) for name in ("no", "asked", "yes"))),
        _fact("paid", Kind.YEN, at_least=0),
        _fact("missed", Kind.COUNT, at_least=0),
        _fact("met", Kind.YES_NO),
        _fact("plea", Kind.YES_NO),
        _fact("back", Kind.YEN, at_least=0),
    )
}

IT_SLICES = Rate((Slice(Fraction(3, 4), 500_000), Slice(Fraction(2, 3), 3_500_000)))
HALF = Rate((Slice(Fraction(1, 2)),))
TWO_THIRDS = Rate((Slice(Fraction(2, 3)),))
FIXED = Rate((Slice(Fraction(1)),), is_fixed=True)

COST = Fact("cost")
OTHERS = Aggregate(Aggregation.SUM, "others", "amount_yen", None, 2_000_000)
ALL_COSTS = Calculate(Operation.ADD, Fact("cost"), OTHERS)


def only(rate: Rate) -> tuple[RateCase, ...]:
    return (RateCase(None, rate, WORDS, PLACE),)


def limit(amount: Expression, *uplifts: Uplift) -> UpperLimit:
    return UpperLimit(None, (LimitTier(None, None, amount, WORDS),), PLACE, uplifts)


def uplift(amount: int) -> Uplift:
    return Uplift(Fact("expert"), yen(amount), WORDS, PLACE)


def lower(amount: int) -> LowerLimit:
    return LowerLimit(amount, "amount.too_low", WORDS, WORDS, PLACE)


def award(
    rates: tuple[RateCase, ...], upper: UpperLimit, least: LowerLimit | None = None, total: Expression = COST
) -> Award:
    return Award(rates, upper, least, EligibleCosts(None, (), total, WORDS, PLACE), PLACE)


def frame(pays: Award, *conditions: Expression, **more: object) -> FrameRules:
    requirements = tuple(requirement(f"made.{place}", one) for place, one in enumerate(conditions))
    return FrameRules("made/up/form", None, WORDS, requirements, pays, **more)  # type: ignore[arg-type]


def at_least(left: Expression, kind: Kind, value: int | Fraction) -> Expression:
    return Compare(Comparison.AT_LEAST, left, Constant(kind, value))


GRANTED = AllOf((Fact("certificate.granted"), at_least(Fact("certificate.growth"), Kind.PERCENT, Fraction(3))))
WITH_CERTIFICATE = (RateCase(GRANTED, TWO_THIRDS, WORDS, PLACE), *only(HALF))
BY_MEMBERS = Calculate(Operation.LOWER, Calculate(Operation.MULTIPLY, yen(500_000), Fact("members")), yen(5_000_000))
SETTLED = AnyOf(
    (
        Compare(Comparison.EQUAL, Fact("status"), Constant(Kind.CHOICE, "yes")),
        AllOf((Compare(Comparison.EQUAL, Fact("status"), Constant(Kind.CHOICE, "asked")), OpenPoint("status"))),
    )
)


def _of_type(aggregation: Aggregation, type_: str, field: str | None = "amount_yen") -> Aggregate:
    where = Compare(Comparison.EQUAL, Field("type"), Constant(Kind.CHOICE, type_))
    return Aggregate(aggregation, "group", field, where)


_SME_COUNT = _of_type(Aggregation.COUNT, "sme", None)
_ALL_COUNT = Aggregate(Aggregation.COUNT, "group", None, None)
HALF_ARE_SMES = Compare(
    Comparison.AT_LEAST, Calculate(Operation.MULTIPLY, _SME_COUNT, Constant(Kind.COUNT, 2)), _ALL_COUNT
)
NPO_IS_NOT_HIGHEST = AnyOf(
    (
        Compare(Comparison.EQUAL, _of_type(Aggregation.LARGEST, "npo"), Constant(Kind.YEN, None)),
        Compare(Comparison.LESS_THAN, _of_type(Aggregation.LARGEST, "npo"), _of_type(Aggregation.LARGEST, "sme")),
    )
)

JOINT = JointApplication(
    members="group",
    requested=Aggregate(Aggregation.SUM, "group", "amount_yen", None),
    requirements=(requirement("joint.half", HALF_ARE_SMES), requirement("joint.npo", NPO_IS_NOT_HIGHEST)),
    citation=PLACE,
)

CONSORTIUM = Consortium(
    size="members",
    costs="costs_by_member",
    field="amount_yen",
    pool=Pool(
        Calculate(Operation.MULTIPLY, yen(2_000_000), Fact("members")),
        "taken",
        "amount_yen",
        "pool.exceeded",
        WORDS,
        WORDS,
        PLACE,
    ),
    citation=PLACE,
)


def consortium_frame() -> FrameRules:
    pays = replace(award(only(HALF), limit(yen(20_000_000), uplift(300_000))), eligible_costs=None)
    return frame(pays, at_least(Fact("members"), Kind.COUNT, 2), consortium=CONSORTIUM)


def case(
    reason: str, when: Expression | None, amount: Expression | None = None, *, only_if_stated: bool = False
) -> ClawbackCase:
    return ClawbackCase(reason, WORDS, when, only_if_stated, amount or yen(0), WORDS, PLACE)


def _part(name: str, of: Expression, *cases: ClawbackCase) -> ClawbackPart:
    owed = case(f"{name}_missed", None, of)
    return ClawbackPart(name, WORDS, (case("met", _nothing_missed()), *cases, owed))


def _nothing_missed() -> Expression:
    return Compare(Comparison.EQUAL, Fact("missed"), Constant(Kind.COUNT, 0))


CLAWBACK = Clawback(
    whole=(case("not_told", Not(Fact("met")), Fact("paid"), only_if_stated=True),),
    parts=(
        _part("one", Calculate(Operation.DIVIDE, Fact("paid"), Constant(Kind.COUNT, 3)),
              case("excused", Fact("plea"), only_if_stated=True)),
        _part("two", Calculate(Operation.DIVIDE, Fact("paid"), Constant(Kind.COUNT, 2)),
              case("few", Compare(Comparison.EQUAL, Fact("missed"), Constant(Kind.COUNT, 1)))),
    ),
    total=ClawbackTotal(Fact("back"), Fact("paid"), "both", WORDS, "capped", WORDS, WORDS, PLACE),
)  # fmt: skip
