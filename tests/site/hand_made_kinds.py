"""Rules of every other kind made by hand, with made-up figures: a sister programme whose calls have no numbers.

Its newest call has a frame with a sliced rate, one without an award, one whose award is open, one for consortia, and
one with joint applications, uplifts and repayment. Another budget has a placeholder with a frame that is only expected.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from calculator.expressions import Calculate, Fact, Operation
from calculator.kinds import Kind
from calculator.rulebook import (
    Award,
    AwardPart,
    Clawback,
    ClawbackCase,
    ClawbackPart,
    ClawbackTotal,
    Consortium,
    EligibleCosts,
    FactDefinition,
    Frame,
    FrameRules,
    JointApplication,
    LimitRange,
    LimitTier,
    OpenAward,
    Pool,
    Rate,
    RateCase,
    RateRange,
    Requirement,
    RowField,
    Slice,
    Uplift,
    UpperLimit,
)
from calculator.text import Text
from site_builder.rules.model import FrameInRound, Outline, Programme, Round, Rules, RuleSet
from site_builder.site.calls import Call
from tests.site.hand_made import AWARD, OUTSIDE, PLACEHOLDER, PRINTED, ROUND, SMALL, rules, said, stated, yen

SISTER = "sister/newer"
HALF = RateCase(None, Rate((Slice(Fraction(1, 2)),)), said("半分"), PRINTED)


def named(slug: str, **changes: object) -> FrameInRound:
    """Return a frame of the sister programme's newest call, which has nothing but these `changes` of its rules."""
    bare = FrameRules(f"{SISTER}/{slug}", None, Text(slug, slug.capitalize()), (), None)
    return FrameInRound(
        slug, replace(bare, **changes), stated(slug), (), (), (), (), {}, (), {}, {}, PRINTED  # type: ignore[arg-type]  # a test names what it changes
    )  # fmt: skip


def limited(amount: int, *uplifts: Uplift) -> UpperLimit:
    """Return an upper limit in yen that is one for all."""
    return UpperLimit(None, (LimitTier(None, None, yen(amount), said("上限")),), PRINTED, uplifts)


def spending(fact: str) -> EligibleCosts:
    """Return eligible costs without rows and categories."""
    return EligibleCosts(None, (), Fact(fact), said("経費の額"), PRINTED)


SLICED = named(
    "sliced",
    award=Award(
        (
            RateCase(
                None,
                Rate((Slice(Fraction(4, 5), 300_000), Slice(Fraction(2, 5), 900_000))),
                said("部分ごと"),
                PRINTED,
            ),
        ),
        limited(900_000),
        None,
        spending("spent_yen"),
        PRINTED,
    ),
    parts=(AwardPart("sliced", f"{SISTER}/sliced"), AwardPart("fixed", f"{SISTER}/fixed")),
)
FIXED = named(
    "fixed",
    award=Award(
        (RateCase(None, Rate((Slice(Fraction(1)),), is_fixed=True), said("定額"), PRINTED),),
        limited(100_000),
        None,
        spending("spent_yen"),
        PRINTED,
    ),
)
RANGED = named(
    "ranged",
    open_award=OpenAward(
        "figures_by_type",
        RateRange(Fraction(1, 4), Fraction(3, 4), said("率の幅"), PRINTED),
        LimitRange(200_000, 700_000, said("額の幅"), OUTSIDE),
    ),
)
SILENT = named("silent", open_award=OpenAward("figures_by_type"))
GROUP_LISTS = ("member_costs", "shares")
GROUP = named(
    "group",
    award=Award((HALF,), limited(5_000_000), None, None, PRINTED),
    consortium=Consortium(
        "members",
        GROUP_LISTS[0],
        "amount_yen",
        Pool(yen(100_000), GROUP_LISTS[1], "amount_yen", "pool.more", said("超過"), said("配分"), OUTSIDE),
        PRINTED,
    ),
)
TOGETHER = Requirement("joint.half", Text("半数", "Half"), said("半数"), SMALL, OUTSIDE)
CASE = ClawbackCase("met", Text("達成", "met"), SMALL, False, yen(0), said("達成"), PRINTED)
JOINT = replace(
    named(
        "joint",
        award=Award(
            (HALF,),
            limited(1_000_000, Uplift(SMALL, yen(200_000), said("上乗せ"), OUTSIDE)),
            AWARD.lower_limit,
            spending("spent_yen"),
            PRINTED,
        ),
        joint=JointApplication("members", Fact("asked_yen"), (TOGETHER,), PRINTED),
        clawback=Clawback(
            (replace(CASE, reason="hidden", counts_only_if_stated=True),),
            (
                ClawbackPart(
                    "wage",
                    Text("賃金", "wages"),
                    (
                        CASE,
                        replace(CASE, reason="excused", citation=OUTSIDE),
                        replace(CASE, reason="missed", when=None),
                    ),
                ),
            ),
            ClawbackTotal(
                None,
                Fact("paid_yen"),
                "both",
                Text("両方", "both"),
                "capped",
                Text("上限", "capped"),
                said("合計"),
                PRINTED,
            ),
        ),
    ),
    outlines={"joint.half": Outline(TOGETHER.sentence)},
)
BY_HEADS = named(
    "by-heads",
    award=Award(
        (HALF,),
        UpperLimit(
            None,
            (
                LimitTier(
                    None, None, Calculate(Operation.MULTIPLY, yen(10), Fact("members")), Text("1人10円", "ten each")
                ),
            ),
            PRINTED,
        ),
        None,
        spending("spent_yen"),
        PRINTED,
    ),
)
EXPECTED = named("expected", rule_set="sister/next/expected", round=9, open_points=("not_published",))

CALL = replace(ROUND, number=None, name=Text("公募", "Call"), frames=(SLICED, FIXED, RANGED, SILENT, GROUP, JOINT))
OLDER = replace(ROUND, number=None, name=Text("旧公募", "Older call"), schedule=(), frames=(SILENT,))
YET_TO_COME = replace(PLACEHOLDER, number=9, name=Text("9次締切", "Round 9"), schedule=(), frames=(EXPECTED,))


def sister(*rule_sets: RuleSet) -> Programme:
    """Return the sister programme."""
    return Programme("sister", Text("姉妹補助金", "Sister subsidy"), Text("姉妹", "Sister"), stated("運営"), rule_sets)


def budget(slug: str, *rounds: Round) -> RuleSet:
    """Return a rule set of the sister programme."""
    return RuleSet(f"sister/{slug}", Text(slug, slug.capitalize()), Text("前", "Before"), (), rounds)


def family() -> Rules:
    """Return the small rules with the sister programme before them, as folders sort them."""
    small = rules()
    programme = sister(budget("older", OLDER), budget("newer", CALL), budget("next", YET_TO_COME))
    amounts = (RowField("amount_yen", Kind.YEN, said("額")),)
    asked = (
        FactDefinition("spent_yen", Kind.YEN, "applicant", said("額"), said("額")),
        FactDefinition("members", Kind.COUNT, "applicant", said("数"), said("数")),
        *(FactDefinition(name, Kind.LIST, "applicant", said("額"), said("額"), fields=amounts) for name in GROUP_LISTS),
    )
    frames = {one.rules.rule_set: one for one in (*CALL.frames, EXPECTED)}
    not_offered = small.book.frames["subsidy/budget/plain"].not_offered
    book = replace(
        small.book,
        facts={**small.book.facts, **{fact.name: fact for fact in asked}},
        open_points={
            "figures_by_type": Text("どの類型にどの額か", "which type has which amount"),
            "not_published": Text("未公表", "not published"),
            "no_record": Text("記録なし", "no record"),
        },
        frames={
            **small.book.frames,
            **{
                name: Frame(name, frame.rules.name, {frame.rules.round: frame.rules}, not_offered)
                for name, frame in frames.items()
            },
        },
    )
    return replace(small, book=book, programmes=(programme, *small.programmes))


def call_of(rules: Rules, slug: str, number: int | None) -> Call:
    """Return the call of the rule set `slug` with that number."""
    (found,) = (
        Call(programme, rule_set, one)
        for programme in rules.programmes
        for rule_set in programme.rule_sets
        for one in rule_set.rounds
        if (rule_set.slug, one.number) == (slug, number)
    )
    return found
