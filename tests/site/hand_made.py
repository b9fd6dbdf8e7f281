"""Small rules made by hand, with made-up figures.

One round with one frame, and a placeholder. Frames of every other kind are in `hand_made_kinds`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

from calculator.expressions import (
    Aggregate,
    Aggregation,
    AnyOf,
    Compare,
    Comparison,
    Constant,
    Fact,
    Field,
    Named,
    OneOf,
)
from calculator.kinds import Kind
from calculator.messages import PARTS
from calculator.rulebook import (
    Award,
    Choice,
    Citation,
    CitationStatus,
    EligibleCosts,
    FactDefinition,
    FactGroup,
    Frame,
    FrameRules,
    LimitTier,
    LowerLimit,
    NotOffered,
    Rate,
    RateCase,
    Reexamination,
    Requirement,
    RowField,
    RuleBook,
    ScheduledMoment,
    SelectionItem,
    Slice,
    Source,
    UpperLimit,
)
from calculator.text import Text
from site_builder.rules.model import (
    Change,
    DefinitionInWords,
    Document,
    Figure,
    FrameInRound,
    Note,
    Outline,
    Programme,
    Round,
    Rules,
    RuleSet,
    ScheduleEntry,
    Statement,
)

JST = timezone(timedelta(hours=9))
PRINTED = Citation("outline", "3. 応募要件", CitationStatus.PRINTED)
OUTSIDE = Citation("page", "スケジュール", CitationStatus.OUTSIDE)
CLOSES = ScheduledMoment("applications_close", datetime(2030, 5, 31, 17, 0, tzinfo=JST), PRINTED)


def said(name: str) -> Text:
    """Return a text that tells its languages apart."""
    return Text(f"{name}の説明", f"About {name}")


def stated(name: str) -> Statement:
    """Return a statement."""
    return Statement(name, Text(name, name.capitalize()), said(name), PRINTED)


def yen(amount: int) -> Constant:
    """Return an amount that is the same for everybody."""
    return Constant(Kind.YEN, amount)


EMPLOYEES = FactDefinition(
    "employees",
    Kind.COUNT,
    "applicant",
    Text("従業員の数", "number of employees"),
    Text("従業員は何人ですか", "How many employees do you have?"),
    unit=Text("人", "employees"),
    at_least=0,
)
COSTS = FactDefinition(
    "costs",
    Kind.LIST,
    "applicant",
    Text("経費", "costs"),
    Text("経費を入れてください", "What will you spend?"),
    fields=(
        RowField("category", Kind.CHOICE, Text("区分", "Category"), (Choice("machines", Text("機械", "Machines")),)),
        RowField("amount_yen", Kind.YEN, Text("金額", "Amount")),
    ),
)
SMALL = Named("small", Compare(Comparison.AT_MOST, Fact("employees"), Constant(Kind.COUNT, 9)))
SIZE = Requirement(
    "size.small", Text("会社の規模", "Size"), said("規模"), AnyOf((SMALL,)), PRINTED, explanation=said("数え方")
)
OWN = Requirement("frame.own", Text("枠の要件", "Own requirement"), said("枠"), SMALL, OUTSIDE, additional=True)
AWARD = Award(
    rates=(
        RateCase(SMALL, Rate((Slice(Fraction(3, 4)),)), said("小規模"), PRINTED),
        RateCase(None, Rate((Slice(Fraction(1, 3)),)), said("他"), PRINTED),
    ),
    upper_limit=UpperLimit(
        "employees",
        (
            LimitTier(None, 9, yen(7_000_000), said("9")),
            LimitTier(10, 30, yen(8_000_000), said("10")),
            LimitTier(31, None, yen(9_000_000), said("31")),
        ),
        PRINTED,
    ),
    lower_limit=LowerLimit(600_000, "amount.below_lower_limit", Text("下限", "Floor"), said("下限"), PRINTED),
    eligible_costs=EligibleCosts(
        "costs",
        ("machines",),
        Aggregate(Aggregation.SUM, "costs", "amount_yen", OneOf(Field("category"), ("machines",))),
        said("経費"),
        PRINTED,
    ),
    rounding=Citation("outline", "", CitationStatus.CONVENTION),
)
FRAME_RULES = FrameRules(
    "subsidy/budget/plain",
    7,
    Text("普通枠", "Plain frame"),
    (SIZE, OWN),
    AWARD,
    bonuses=(SelectionItem("bonus.early", Text("早期", "Early"), said("早期"), SMALL, PRINTED),),
    reexamination=Reexamination(None, "reexam.none", Text("再審査", "Second look"), said("再審査"), PRINTED),
    schedule=(CLOSES,),
)
SMALL_IN_WORDS = DefinitionInWords(
    "small", Text("小規模", "small business"), said("小規模"), Outline(said("小規模")), None, PRINTED
)
FRAME = FrameInRound(
    "plain",
    FRAME_RULES,
    stated("目的"),
    (stated("対象"),),
    (stated("参考"),),
    (stated("返還"),),
    (Note("words", "size.small", said("食い違い"), (PRINTED,)), Note("open", "frame", said("不明点"), (OUTSIDE,))),
    {
        "upper_limit.most": Figure(
            "upper_limit.most", Constant(Kind.YEN, 9_000_000), Text("900万円", "9,000,000 yen"), PRINTED
        )
    },
    (),
    {"small": SMALL_IN_WORDS},
    {one.code: Outline(one.sentence) for one in (SIZE, OWN)},
    PRINTED,
)
ROUND = Round(
    7,
    Text("7次締切", "Round 7"),
    False,
    said("7次"),
    stated("目的"),
    stated("予算"),
    (ScheduleEntry("applications_close", CLOSES, None),),
    (Document("form", Text("様式", "Form"), said("様式"), date(2030, 4, 1), PRINTED),),
    (stated("電子申請"),),
    (),
    (FRAME,),
)
PLACEHOLDER = Round(
    8,
    Text("8次締切", "Round 8"),
    True,
    said("8次"),
    stated("目的"),
    stated("予算"),
    (
        ScheduleEntry("applications_open", None, None),
        ScheduleEntry(
            "applications_close",
            None,
            ScheduledMoment("applications_close", datetime(2030, 9, 30, 17, 0, tzinfo=JST), OUTSIDE),
        ),
    ),
    (),
    (),
    (Note("later", "schedule", said("予定"), (PRINTED,)),),
    (),
)
MESSAGES = {
    **{
        code: Text(*(f"{code} {' '.join(f'{{{part}}}' for part in sorted(parts))}",) * 2)
        for code, parts in PARTS.items()
    },
    **{f"status_{one.value}": Text(f"印{number}", f"mark {number}") for number, one in enumerate(CitationStatus)},
    **{code: Text(code, code) for code in PARTS if code.startswith(("moment_", "step_"))},
    "moment_applications_open": Text("申請開始", "Applications open"),
    "moment_applications_close": Text("応募締切", "Applications close"),
}


def rules() -> Rules:
    """Return the rules."""
    book = RuleBook(
        "",
        {"employees": EMPLOYEES, "costs": COSTS},
        (FactGroup("applicant", Text("会社", "Business")),),
        {
            name: Source(name, said(name), said(name), said("発行"), said("時期"), said("信頼"), None)
            for name in ("outline", "page")
        },
        MESSAGES,
        {},
        {
            "subsidy/budget/plain": Frame(
                "subsidy/budget/plain",
                FRAME_RULES.name,
                {7: FRAME_RULES},
                NotOffered("frame.not_offered_in_round", said("枠"), said("枠"), PRINTED),
            )
        },
    )
    rule_set = RuleSet(
        "subsidy/budget",
        Text("試験補助金", "Test subsidy"),
        Text("6次締切", "Round 6"),
        (Change("cap", said("上限"), said("前"), said("後"), PRINTED),),
        (ROUND, PLACEHOLDER),
    )
    programme = Programme(
        "subsidy", Text("試験補助金", "Test subsidy"), Text("試験", "Test"), stated("運営"), (rule_set,)
    )
    return Rules(book, (programme,), {"small": SMALL_IN_WORDS}, (), {}, {"outline": date(2026, 11, 25), "page": None})
