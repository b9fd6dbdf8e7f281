"""Pictures of made-up answers, in whole: every place, word and figure as they were looked at.

What holds for every picture (nothing leaves it, nothing overlaps, its figures are those of the answer) is claimed in
test_pictures.py. Here is where each line goes. Whoever moves one looks at the drawings, and writes them anew:

    .venv/bin/python -m tests.calculator.test_pictures_in_whole
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from calculator.assess import Assessor
from calculator.cases import read_facts
from calculator.expressions import (
    AllOf,
    AnyOf,
    Calculate,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Not,
    Operation,
)
from calculator.json_values import JsonObject, JsonValue
from calculator.kinds import Kind
from calculator.pictures.all_pictures import pictures
from calculator.pictures.growth import growths
from calculator.result.judgment import Judgment, judged
from calculator.rulebook import (
    Award,
    EligibleCosts,
    FactDefinition,
    Frame,
    FrameRules,
    LimitTier,
    LowerLimit,
    OpenAward,
    Rate,
    RateCase,
    RuleBook,
    ScheduledMoment,
    Slice,
    UpperLimit,
)
from calculator.text import Text
from tests.calculator.made_book import CLOSES, JST, OPENS, book
from tests.calculator.made_rules import (
    CATEGORIES,
    DEAREST,
    IS_SMALL,
    PLACE,
    TOTAL,
    WORDS,
    at_least,
    at_most,
    requirement,
    yen,
)

GOLDEN = Path(__file__).parent / "golden" / "pictures.txt"
ROUND = 2
MILLION = 1_000_000
#: Words as long as those of the site, so that they take as much room; all others are those of the made-up book.
WORDED = {
    "cost_flag_least": Text("下限額に届く", "Lower limit reached"),
    "cost_flag_slice": Text("補助率が変わる", "Rate changes"),
    "cost_flag_most": Text("上限額に届く", "Upper limit reached"),
    "cost_flag_own": Text("この計画の投資額", "Plan"),
    "cost_area_subsidy": Text("補助金", "Subsidy"),
    "cost_area_own_share": Text("自己負担", "You pay"),
    "cost_axis": Text("投資額（万円）", "Investment (million yen)"),
    "notches_axis": Text("補助金額（万円）", "Subsidy (million yen)"),
    "notches_yours": Text("この計画", "This plan"),
    "notches_short_from": Text("{least}～", "{least}+"),
    "notches_short_between": Text("{least}～{most}", "{least}–{most}"),
    "growth_axis": Text("計画の年数", "Years of the plan"),
    "growth_required_line": Text("必要 {percent}", "Required {percent}"),
    "growth_planned_line": Text("計画 {percent}", "Plan {percent}"),
    "timeline_flag": Text("{day} {label}", "{day} {label}"),
    "timeline_account": Text("{day} アカウント申請", "{day} account"),
}


def slices(*some: Slice) -> Rate:
    return Rate(some)


HALF, TWO_THIRDS = slices(Slice(Fraction(1, 2))), slices(Slice(Fraction(2, 3)))
#: Everything is paid, up to the limit; and a rate that ends before it reaches the limit.
WHOLLY, ENDED = Rate((Slice(Fraction(1)),), is_fixed=True), slices(Slice(Fraction(3, 4), 3 * MILLION))
SLICED = slices(Slice(Fraction(2, 3), 6 * MILLION), Slice(Fraction(1, 2), 15 * MILLION), Slice(Fraction(1, 3)))
BY_STATUS = (RateCase(IS_SMALL, TWO_THIRDS, WORDS, PLACE), RateCase(None, HALF, WORDS, PLACE))
BY_STAFF = UpperLimit(
    "staff",
    (
        LimitTier(None, 5, yen(7_500_000), WORDS),
        LimitTier(6, 6, yen(8_500_000), WORDS),
        LimitTier(7, 1000, yen(10 * MILLION), WORDS),
        LimitTier(1001, None, yen(12_500_000), WORDS),
    ),
    PLACE,
)
FOR_ALL = UpperLimit(None, (LimitTier(None, None, yen(10 * MILLION), WORDS),), PLACE)
BY_HEAD = Calculate(Operation.LOWER, Calculate(Operation.MULTIPLY, yen(500_000), Fact("staff")), yen(10 * MILLION))
LOWER = LowerLimit(MILLION, "amount.too_low", WORDS, WORDS, PLACE)
COUNTED = EligibleCosts("costs", CATEGORIES, TOTAL, WORDS, PLACE)

GROWS = requirement("plan.growth", at_least("growth", 3))
GROWS_MORE = requirement(
    "plan.growth", Compare(Comparison.MORE_THAN, Fact("growth"), Constant(Kind.PERCENT, Fraction(3, 2)))
)
GROWS_UNLESS_ANNOUNCED = requirement(
    "plan.growth", AllOf((at_least("growth", 1), AnyOf((Fact("announced"), at_least("growth", 2)))))
)
GROWS_IF_NOT_ANNOUNCED = requirement("plan.either", AnyOf((Fact("announced"), at_least("growth", 5))))
GROWS_AND_IS_FREE = requirement("plan.both", AllOf((Not(Fact("big_owner")), at_least("growth", 1))))
IS_DEAR = requirement("unit", Compare(Comparison.AT_LEAST, DEAREST, Constant(Kind.YEN, 50)))
HAS_PARTNERS = Compare(Comparison.AT_LEAST, Fact("partners"), Constant(Kind.COUNT, 3))
IS_ANNOUNCED_AND_FEW = AllOf((Fact("announced"), at_most("staff", 5)))
NO_BIG_OWNER = requirement("owner", Not(Fact("big_owner")))
LONG_ENOUGH = requirement("plan.years", Compare(Comparison.AT_LEAST, Fact("years"), Constant(Kind.COUNT, 1)))
CALLED = replace(OPENS, name="call_opens")
ON_THE_LAST_OF_A_MONTH = replace(OPENS, at=datetime(2022, 10, 31, 17, tzinfo=JST))
LATER = ScheduledMoment("applications_close", datetime(2023, 4, 3, 17, tzinfo=JST), PLACE)
IN_FEBRUARY = replace(LATER, at=datetime(2023, 2, 9, 17, tzinfo=JST))

PLAIN = book().frames["made/up/plain"].rounds[ROUND]
WITHOUT_DATES = replace(PLAIN, account_lead_time=None, schedule=(), classes=(), bonuses=())


def paying(rates: tuple[RateCase, ...], upper: UpperLimit = FOR_ALL, total: Expression = TOTAL) -> FrameRules:
    """Return a frame without requirements and without a lower limit."""
    return replace(
        WITHOUT_DATES, award=Award(rates, upper, None, replace(COUNTED, total=total), PLACE), requirements=()
    )


WHOLE = replace(
    WITHOUT_DATES,
    award=Award(BY_STATUS, BY_STAFF, LOWER, COUNTED, PLACE),
    requirements=(GROWS, NO_BIG_OWNER, LONG_ENOUGH),
)
NO_AWARD = replace(WITHOUT_DATES, award=None, open_award=OpenAward("law"), requirements=())
FRAMES: Mapping[str, FrameRules] = {
    "dated": replace(WHOLE, schedule=(LATER, OPENS, CALLED), account_lead_time=PLAIN.account_lead_time),
    "whole": WHOLE,
    "sliced": replace(
        WITHOUT_DATES,
        award=Award((RateCase(None, SLICED, WORDS, PLACE),), FOR_ALL, None, COUNTED, PLACE),
        requirements=(GROWS_MORE, GROWS_UNLESS_ANNOUNCED, GROWS_IF_NOT_ANNOUNCED, GROWS_AND_IS_FREE),
    ),
    "priced": replace(WHOLE, requirements=(IS_DEAR,)),
    "wholly": paying((RateCase(None, WHOLLY, WORDS, PLACE),)),
    "ended": paying((RateCase(None, ENDED, WORDS, PLACE),)),
    "by status": paying(BY_STATUS),
    "by announcement": paying((RateCase(IS_ANNOUNCED_AND_FEW, SLICED, WORDS, PLACE), *BY_STATUS[1:])),
    "by price": paying((RateCase(IS_DEAR.condition, TWO_THIRDS, WORDS, PLACE), *BY_STATUS[1:])),
    "by partners": paying((RateCase(HAS_PARTNERS, TWO_THIRDS, WORDS, PLACE), *BY_STATUS[1:])),
    "by head": paying(BY_STATUS, replace(FOR_ALL, tiers=(LimitTier(None, None, BY_HEAD, WORDS),))),
    "costs by head": paying(BY_STATUS, total=Calculate(Operation.MULTIPLY, yen(MILLION), Fact("staff"))),
    "dates": replace(NO_AWARD, schedule=(ON_THE_LAST_OF_A_MONTH, CLOSES)),
    "tight": replace(NO_AWARD, schedule=(ON_THE_LAST_OF_A_MONTH, IN_FEBRUARY)),
    "one-day": replace(NO_AWARD, schedule=(CLOSES,)),
}


def costs(amount: int) -> list[JsonValue]:
    return [{"category": "machine", "amount_yen": amount, "unit_yen": 1}]


KNOWN: Mapping[str, JsonValue] = {
    "trade": "works",
    "staff": 20,
    "big_owner": False,
    "growth": Fraction(9, 2),
    "years": 5,
    "costs": costs(12 * MILLION),
}
#: Applicants by what is seen in their pictures: the frame, and the facts that differ from those of `KNOWN`.
APPLICANTS: Mapping[str, tuple[str, Mapping[str, JsonValue]]] = {
    "all is known and paid": ("dated", {}),
    "neither costs nor growth nor staff are known": (
        "whole",
        {"costs": "unknown", "growth": "unknown", "staff": "unknown"},
    ),
    "one yen more would be paid less": ("whole", {"staff": 6, "costs": costs(14_200_000), "growth": 3, "years": 1}),
    "the costs are too low": ("whole", {"costs": costs(1_400_000), "growth": Fraction(31, 10), "years": 11}),
    "another requirement fails": ("whole", {"growth": Fraction(-5, 2), "years": 3, "costs": costs(50 * MILLION)}),
    "only the costs are not known": ("whole", {"years": "unknown", "costs": "unknown"}),
    "only the staff is not known": ("whole", {"years": "unknown", "staff": "unknown"}),
    "only the trade is not known": ("whole", {"years": "unknown", "trade": "unknown"}),
    "nothing that is bought is dear enough": ("priced", {}),
    "the name of the area just fits": ("sliced", {"costs": costs(70_250_000), "years": "unknown"}),
    "the name of the area does not fit": ("sliced", {"costs": costs(80 * MILLION), "years": "unknown"}),
    "all costs are paid": ("wholly", {"costs": costs(2 * MILLION)}),
    "the rate ends before the limit": ("ended", {"costs": costs(2 * MILLION)}),
    "the staff decides about the rate alone": ("by status", {}),
    "the staff would decide if it were announced": ("by announcement", {"announced": False}),
    "the staff decides as it is announced": ("by announcement", {"announced": True, "staff": 3}),
    "the price decides about the rate": ("by price", {}),
    "there is always one partner": ("by partners", {"partners": 2}),
    "the limit is worked out with the staff": ("by head", {}),
    "the costs are worked out with the staff": ("costs by head", {}),
    "a growth that is never enough": ("sliced", {"big_owner": True, "announced": False, "costs": "unknown"}),
    "the company belongs to a big one": ("whole", {"big_owner": True}),
    "the plan is too short": ("whole", {"years": 0}),
    "the costs are far beyond the limit": ("sliced", {"costs": costs(600 * MILLION), "growth": 100, "announced": True}),
    "the growth is just too low": (
        "sliced",
        {"growth": Fraction(3, 2), "announced": False, "costs": costs(15 * MILLION)},
    ),
    "the costs are on a border": ("sliced", {"costs": costs(6 * MILLION), "years": "unknown"}),
    "only dates are told": ("dates", {}),
    "the name of the last month just fits": ("tight", {}),
    "only one day is told": ("one-day", {}),
}


def made_book() -> RuleBook:
    plain = book()
    years = FactDefinition("years", Kind.COUNT, "plan", WORDS, WORDS, at_least=0)
    growth = replace(plain.facts["growth"], grows_over="years", optional=True, none_label=WORDS)
    partners = FactDefinition("partners", Kind.COUNT, "plan", WORDS, WORDS, at_least=1)
    facts = {**plain.facts, "years": years, "growth": growth, "partners": partners}
    never = plain.frames["made/up/plain"].not_offered
    frames = {name: Frame(name, WORDS, {ROUND: replace(one, rule_set=name)}, never) for name, one in FRAMES.items()}
    words = {f"picture_{name}": text for name, text in WORDED.items()}
    return replace(plain, facts=facts, frames=frames, messages={**plain.messages, **words})


def judgment_of(applicant: str) -> Judgment:
    rules, (frame, others) = made_book(), APPLICANTS[applicant]
    facts, mistakes = read_facts(rules, {**KNOWN, **others})
    assert mistakes == ()
    judgment = judged(Assessor(rules), frame, ROUND, facts)
    assert judgment is not None
    return judgment


def described(applicant: str) -> str:
    """Return the pictures of an applicant as lines, which are easier to compare than JSON."""
    return "\n".join(
        [f"# {applicant}", *(line for one in pictures(judgment_of(applicant)) for line in lines_of(one)), ""]
    )


def lines_of(picture: JsonObject) -> Iterator[str]:
    assert list(picture) == ["name", "title", "remarks", "width", "height", "shapes", "labels", "columns", "rows"]
    yield f"{picture['name']} {picture['width']}x{picture['height']}"
    yield f"  title {words(picture['title'])}"
    yield from (f"  remark {words(one)}" for one in picture["remarks"])
    for shape in picture["shapes"]:
        assert list(shape) == ["look", "path"]
        yield f"  {shape['look']} {shape['path']}"
    for label in picture["labels"]:
        assert list(label) == ["look", "x", "y", "anchor", "text"]
        yield f"  {label['look']} at {label['x']} {label['y']} {label['anchor']}: {words(label['text'])}"
    yield f"  columns {' | '.join(map(words, picture['columns']))}"
    for row in picture["rows"]:
        assert list(row) == ["cells", "is_own"]
        yield f"  {'own row' if row['is_own'] else 'row'} {' | '.join(map(words, row['cells']))}"


def words(text: JsonObject) -> str:
    return text["en"] if text["ja"] == text["en"] else f"{text['ja']} / {text['en']}"


@pytest.fixture(scope="module")
def looked_at() -> Mapping[str, str]:
    """The pictures of each applicant as they were looked at."""
    parts = GOLDEN.read_text(encoding="utf-8").split("# ")[1:]
    return {part.partition("\n")[0]: f"# {part}" for part in parts}


@pytest.mark.parametrize("applicant", APPLICANTS)
def test_a_picture_is_drawn_as_it_was_looked_at(applicant: str, looked_at: Mapping[str, str]) -> None:
    assert described(applicant) == looked_at[applicant]


def test_a_growth_that_must_be_more_than_a_percentage_is_told_from_one_that_may_be_just_that() -> None:
    found = growths(judgment_of("the growth is just too low"))
    assert [(one.condition.code, one.required, one.is_strict) for one in found] == [
        ("plan.growth", Fraction(3, 2), True),
        ("plan.growth", 2, False),
        ("plan.either", 5, False),
        ("plan.both", 1, False),
    ]


if __name__ == "__main__":
    GOLDEN.write_text("".join(map(described, APPLICANTS)), encoding="utf-8")
