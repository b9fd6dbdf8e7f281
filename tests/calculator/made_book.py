"""A made-up rule book: one frame with two rounds and a placeholder, another without a second look, and all messages."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

from calculator.assess import Assessor
from calculator.expressions import AllOf, AnyOf, Calculate, Compare, Comparison, Constant, Fact, Not, Operation
from calculator.kinds import Kind
from calculator.messages import PARTS
from calculator.rulebook import (
    AccountLeadTime,
    ApplicantClass,
    FactDefinition,
    FactGroup,
    Frame,
    FrameRules,
    NotOffered,
    RateChange,
    Reexamination,
    RuleBook,
    ScheduledMoment,
    SelectionItem,
    Source,
)
from calculator.text import Text
from tests.calculator.made_rules import FACTS, IS_SMALL, PLACE, WORDS, at_least, award, requirement

JST = timezone(timedelta(hours=9))
OPENS = ScheduledMoment("applications_open", datetime(2022, 11, 7, 17, tzinfo=JST), PLACE)
CLOSES = ScheduledMoment("applications_close", datetime(2022, 12, 22, 17, tzinfo=JST), PLACE)
OTHER = ScheduledMoment("secretariat", datetime(2020, 2, 14, 17, tzinfo=JST), PLACE)

EARLIER = AnyOf(
    (
        Compare(Comparison.EQUAL, Fact("earlier_grant"), Constant(Kind.YES_NO, False)),
        AllOf(
            (
                Compare(Comparison.EQUAL, Fact("earlier_grant"), Constant(Kind.YES_NO, None)),
                Compare(
                    Comparison.LESS_THAN,
                    Calculate(Operation.ADD, Fact("granted_on"), Constant(Kind.MONTHS, 10)),
                    Fact("closes_on"),
                ),
            )
        ),
    )
)

MORE_FACTS = (
    FactDefinition("granted_on", Kind.DATE, "firm", WORDS, WORDS),
    FactDefinition("closes_on", Kind.DATE, "dates", WORDS, WORDS, given_by_round="applications_close"),
    FactDefinition("staff_later", Kind.COUNT, "dates", WORDS, WORDS, at_least=0),
    FactDefinition("rejected_in_frame", Kind.YES_NO, "dates", WORDS, WORDS),
    FactDefinition("submitted_at", Kind.MOMENT, "dates", WORDS, WORDS),
    FactDefinition("date", Kind.MOMENT, "dates", WORDS, WORDS),
    FactDefinition("gbizid_requested_on", Kind.DATE, "dates", WORDS, WORDS),
)


def rules(name: str, round_: int, *, again: str | None, scheduled: bool = True) -> FrameRules:
    return FrameRules(
        rule_set=f"made/up/{name}",
        round=round_,
        name=Text(name, name),
        requirements=(
            requirement("plan.growth", at_least("growth", 3)),
            requirement("owner", Not(Fact("big_owner"))),
            requirement("history", EARLIER),
        ),
        award=award(small_rate=Fraction(2, 3)),
        classes=(ApplicantClass("small", WORDS, IS_SMALL), ApplicantClass("other", WORDS, AllOf(()))),
        bonuses=(SelectionItem("told", WORDS, WORDS, Fact("announced"), PLACE),),
        reexamination=Reexamination(again, "again.never", WORDS, WORDS, PLACE),
        rate_change=RateChange("staff", "staff_later", WORDS, PLACE),
        schedule=(OPENS, CLOSES) if scheduled else (),
        other_moments=(OTHER,),
        account_lead_time=AccountLeadTime(WORDS, 14, 21, PLACE),
    )


def placeholder(name: str, round_: int) -> FrameRules:
    return FrameRules(f"made/up/{name}", round_, WORDS, (), None, open_points=("not_published",))


def book() -> RuleBook:
    frames: dict[str, dict[int | None, FrameRules]] = {
        "made/up/plain": {1: rules("plain", 1, again=None, scheduled=False), 2: rules("plain", 2, again=None)},
        "made/up/special": {2: rules("special", 2, again="made/up/plain"), 3: placeholder("special", 3)},
    }
    never = NotOffered("not_offered", WORDS, WORDS, PLACE)
    return RuleBook(
        edition="0123456789ab",
        facts={**FACTS, **{fact.name: fact for fact in MORE_FACTS}},
        groups=(FactGroup("firm", WORDS),),
        sources={"outline": Source("outline", WORDS, WORDS, WORDS, WORDS, WORDS, None)},
        messages={
            code: Text(*(f"{code}: {' '.join(f'{{{part}}}' for part in sorted(parts))}",) * 2)
            for code, parts in PARTS.items()
        },
        open_points={"not_published": WORDS},
        frames={name: Frame(name, WORDS, rounds, never) for name, rounds in frames.items()},
    )


def assessor() -> Assessor:
    return Assessor(book())


FACTS_THAT_PASS: dict[str, object] = {
    "trade": "works",
    "staff": 20,
    "capital": 100,
    "big_owner": False,
    "earlier_grant": False,
    "growth": 3,
    "costs": [{"category": "machine", "amount_yen": 900, "unit_yen": 900}],
}
TODAY = date(2022, 12, 1)
