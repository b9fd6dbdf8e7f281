"""What changed between calls is found in the rules: every kind of change, nothing else, no more than is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from calculator.expressions import (
    AllOf,
    AnyOf,
    Compare,
    Comparison,
    Constant,
    Expression,
    Fact,
    Not,
    OneOf,
)
from calculator.kinds import Kind
from calculator.rulebook import Rate, Slice
from calculator.text import Text
from site_builder.rules import read_rules
from site_builder.rules.model import FrameInRound, Round, Rules
from site_builder.site.calls import programmes_in_order
from site_builder.site.differences.clauses import Topic
from site_builder.site.differences.comparison import Difference, Manner, compare
from site_builder.site.differences.marks import side_by_side
from site_builder.site.differences.meaning import mean_the_same
from site_builder.site.differences.steps import Fate, Offer, Step, Thread, steps_of
from tests.real import real_rules
from tests.site.made_calls import LATER, made_comparison, made_rules, step_to

ROOT = Path(__file__).parents[2]

REQUIREMENT = """requirements:
  - code: frame.large
    label: {ja: 大きさ, en: Size}
    citation: {source: guideline, section: 要件, status: printed}
    condition: regular_employees >= 2人
"""
ANNOUNCED = """  - code: plan.announced
    label: {ja: 表明, en: Announcement}
    citation: {source: guideline, section: 要件, status: printed}
    condition:
      when: regular_employees >= 1人
      then: announced
"""
UPLIFT = """    citation: {source: guideline, section: 補助上限額, status: printed}
    uplifts:
      - {when: announced, amount: 50万円, citation: {source: guideline, section: 補助上限額, status: printed}}
  lower_limit:
"""
CLAWBACK = """clawback:
  parts:
    growth:
      label: {ja: 成長の目標, en: Target of growth}
      cases:
        - reason: missed
          label: {ja: 未達, en: Missed}
          amount: subsidy_paid_yen * 1/2
          citation: {source: guideline, section: 返還, status: printed}
  total:
    ceiling: subsidy_paid_yen
    together: {reason: both, label: {ja: いずれも未達, en: Both missed}}
    capped: {reason: capped, label: {ja: 交付額が上限, en: Capped}}
    citation: {source: guideline, section: 返還, status: printed}
rounding:"""
LIMIT = "    citation: {source: guideline, section: 補助上限額, status: printed}\n  lower_limit:\n"

NAMED = "follows: {frame: demo/b1/special, citation: {source: guideline, section: 枠, status: printed}}\n"
GROWING = "    condition: growth_pct >= growth\nclasses"

#: Each change of the later budget: the file, the words there, what stands instead; what is found, and in which words.
CHANGES: Mapping[str, tuple[tuple[str, str, str], set[tuple[Topic, Manner, str]], tuple[str, str], tuple[str, str]]] = {
    "a requirement more": (
        ("plain.yaml", "requirements: []\n", REQUIREMENT),
        {(Topic.REQUIREMENT, Manner.ADDED, "frame.large")},
        ("", ""),
        ("常時使用する従業員の数が2人以上", "the number of regular employees is 2 or more"),
    ),
    "a requirement less": (
        ("rule_set.yaml", ANNOUNCED, ""),
        {(Topic.REQUIREMENT, Manner.NOT_PRINTED, "plan.announced")},
        ("人以上の場合は、", " or more, "),
        ("", ""),
    ),
    "another operator": (
        ("rule_set.yaml", "when: regular_employees >= 1人", "when: regular_employees > 1人"),
        {(Topic.REQUIREMENT, Manner.CHANGED, "plan.announced")},
        ("1人以上", "is 1 or more"),
        ("1人超", "is more than 1"),
    ),
    "another figure": (
        ("rounds/2.yaml", "value: 4%", "value: 5%"),
        {
            (Topic.FIGURE, Manner.CHANGED, "growth"),
            (Topic.REQUIREMENT, Manner.CHANGED, "plan.growth"),
            (Topic.DEFINITION, Manner.CHANGED, "growing"),
        },
        ("4%", "4%"),
        ("5%", "5%"),
    ),
    "another definition": (
        ("rule_set.yaml", GROWING, GROWING.replace(">=", ">")),
        {(Topic.DEFINITION, Manner.CHANGED, "growing")},
        ("4%以上", "4%"),
        ("4%超", "more than 4%"),
    ),
    "another rate": (
        ("plain.yaml", "rate: 1/2", "rate: 1/3"),
        {(Topic.RATE, Manner.CHANGED, "")},
        ("上記以外：1/2", "otherwise: 1/2"),
        ("上記以外：1/3", "otherwise: 1/3"),
    ),
    "another tier": (
        ("plain.yaml", "amount: 750万円", "amount: 800万円"),
        {(Topic.UPPER_LIMIT, Manner.CHANGED, "")},
        ("750万円以内", "up to 7,500,000 yen"),
        ("800万円以内", "up to 8,000,000 yen"),
    ),
    "an uplift": (
        ("plain.yaml", LIMIT, UPLIFT),
        {(Topic.UPLIFT, Manner.ADDED, "")},
        ("", ""),
        ("50万円を加算", "plus 500,000 yen"),
    ),
    "another lower limit": (
        ("plain.yaml", "amount: 100万円", "amount: 200万円"),
        {(Topic.LOWER_LIMIT, Manner.CHANGED, "")},
        ("100万円以上", "1,000,000 yen or more"),
        ("200万円以上", "2,000,000 yen or more"),
    ),
    "a category less": (
        ("rule_set.yaml", "categories: [machinery, experts]", "categories: [machinery]"),
        {(Topic.ELIGIBLE_COSTS, Manner.CHANGED, "")},
        ("専門家経費", "Experts"),
        ("機械装置", "Machinery"),
    ),
    "a point less": (
        ("rule_set.yaml", "    - code: bonus.growing\n", "    - code: bonus.other\n"),
        {(Topic.BONUS, Manner.NOT_PRINTED, "bonus.growing"), (Topic.BONUS, Manner.ADDED, "bonus.other")},
        ("成長する事業者に当たる", "the applicant is a growing business"),
        ("成長する事業者に当たる", "the applicant is a growing business"),
    ),
    "repayment": (
        ("rule_set.yaml", "rounding:", CLAWBACK),
        {(Topic.REPAYMENT, Manner.ADDED, "growth"), (Topic.REPAYMENT, Manner.ADDED, "total")},
        ("", ""),
        ("を返還", "is paid back"),
    ),
    "no second look": (
        ("special.yaml", "  frame: plain\n", "  frame: none\n"),
        {(Topic.REEXAMINATION, Manner.NOT_PRINTED, "")},
        ("通常枠で再審査されます。", "It is looked at again in the plain frame."),
        ("", ""),
    ),
    "another name": (
        ("plain.yaml", "name: {ja: 通常枠, en: Plain frame}", "name: {ja: 一般枠, en: General frame}"),
        {(Topic.FRAME, Manner.CHANGED, "plain")},
        ("通常枠", "Plain frame"),
        ("一般枠", "General frame"),
    ),
    "a frame that follows none": (
        ("special.yaml", NAMED, ""),
        {(Topic.FRAME, Manner.ADDED, "special"), (Topic.FRAME, Manner.NOT_PRINTED, "special")},
        ("海外展開", "Going abroad"),
        ("海外展開", "Going abroad"),
    ),
    "rate after adoption": (
        ("rule_set.yaml", "  by: employees_at_inspection\n", "  by: regular_employees\n"),
        {(Topic.RATE_CHANGE, Manner.CHANGED, "")},
        ("補助率は確定検査で見直されます。", "The rate is judged anew at the inspection."),
        ("補助率は確定検査で見直されます。", "The rate is judged anew at the inspection."),
    ),
}  # fmt: skip


#: What makes a frame of which nobody can tell whether round 1 had it already.
PERHAPS_NEW = (
    (
        "special.yaml",
        "offered: {rounds: [2],",
        "offered: {rounds: [2], not_known: {rounds: [1], open: later_schedule},",
    ),
    CHANGES["a frame that follows none"][0],
)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return real_rules()


def found(differences: tuple[Difference, ...]) -> set[tuple[Topic, Manner, str]]:
    return {(one.topic, one.manner, one.name) for one in differences}


def words_of(differences: tuple[Difference, ...], side: str) -> Iterator[Text]:
    return (line.words for one in differences for line in getattr(one, side))


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_found_alone_and_worded_in_both_languages(change: str, tmp_path: Path) -> None:
    edit, expected, before, after = CHANGES[change]
    differences = made_comparison(tmp_path, edit).differences
    assert found(differences) == expected
    for side, (ja, en) in (("before", before), ("after", after)):
        texts = list(words_of(differences, side))
        assert bool(texts) is bool(ja)
        assert not ja or any(ja in text.ja for text in texts)
        assert not en or any(en in text.en for text in texts)
    cited = [line.citation for one in differences for line in (*one.before, *one.after)]
    assert all(citation is not None for citation in cited)


def test_a_copy_of_a_budget_has_no_difference(tmp_path: Path) -> None:
    comparison = made_comparison(tmp_path)
    assert (comparison.differences, comparison.dates) == ((), ())
    assert {source for source, _ in comparison.read_before} == {source for source, _ in comparison.read_after}


def test_other_words_for_the_same_meaning_are_no_difference(tmp_path: Path) -> None:
    old = "granted_before is none and granted_on + 10か月 < deadline"
    swapped = ("rule_set.yaml", old, "granted_on + 10か月 < deadline and granted_before is none")
    turned = (
        "rule_set.yaml",
        "    condition: growth_pct >= growth\n  - code",
        "    condition: not growth_pct < growth\n  - code",
    )
    assert made_comparison(tmp_path / "turned", turned).differences == ()
    assert made_comparison(tmp_path / "swapped", swapped).differences == ()


def test_a_basis_that_moved_is_told_apart_from_changes(tmp_path: Path) -> None:
    edit = ("rule_set.yaml", ANNOUNCED, ANNOUNCED.replace("status: printed", "status: carried_over"))
    comparison = made_comparison(tmp_path, edit)
    assert comparison.differences == ()
    moved = [one for one in comparison.moved if one.name == "plan.announced"]
    assert [(one.before.status, one.after.status) for one in moved] == [("printed", "carried_over")]


def test_dates_are_told_apart_from_changes(tmp_path: Path) -> None:
    edit = ("rounds/2.yaml", "at: 2022-12-22 17:00", "at: 2022-12-23 17:00")
    comparison = made_comparison(tmp_path, edit)
    assert comparison.differences == ()
    assert [one.after.name for one in comparison.dates] == ["applications_close"]


def test_of_a_placeholder_nothing_can_be_told(tmp_path: Path) -> None:
    rules = made_rules(tmp_path)
    comparison = compare(step_to(rules, LATER, 3), rules.book)
    assert found(comparison.differences) == {(Topic.TERMS, Manner.CANNOT_TELL, "")}
    assert [text.en for text in words_of(comparison.differences, "after")] == ["the schedule of the next call"]


def test_whether_a_frame_is_new_cannot_be_told_where_nobody_knows_of_earlier_rounds(tmp_path: Path) -> None:
    differences = made_comparison(tmp_path, *PERHAPS_NEW).differences
    assert (Topic.FRAME, Manner.CANNOT_TELL, "special") in found(differences)
    assert (Topic.FRAME, Manner.ADDED, "special") not in found(differences)


def test_two_equal_calls_have_no_difference(rules: Rules) -> None:
    compared = 0
    for programme in programmes_in_order(rules):
        for step in steps_of(programme, rules.book):
            ends = [one.after for one in step.threads if one.after is not None]
            threads = tuple(Thread(Fate.CONTINUED, end, end) for end in ends)
            comparison = compare(Step(step.after, (step.after,), threads), rules.book)
            if not step.after.round.is_placeholder:
                open_terms = {one.topic for one in comparison.differences} - {Topic.TERMS}
                assert (open_terms, comparison.moved, comparison.dates) == (set(), (), ())
                compared += len(threads)
    assert compared > 40


def test_the_steps_of_the_real_programme(rules: Rules) -> None:
    programme = programmes_in_order(rules)[0]
    steps = {
        "/".join(step.after.address.parts): ["/".join(call.address.parts) for call in step.befores]
        for step in steps_of(programme, rules.book)
    }
    assert steps["monozukuri/r3s/10"] == ["monozukuri/r1s/9", "monozukuri/r2s3/9"]
    assert steps["monozukuri/r3s/3"] == ["monozukuri/r1s/9"]  # the business model type is counted apart
    assert steps["monozukuri/r3s/4"] == ["monozukuri/r3s/3"]
    assert steps["monozukuri/r1s/1"] == ["monozukuri/h30s2"]
    assert steps["monozukuri/r4s2/14"] == steps["monozukuri/r3s/14"] == ["monozukuri/r3s/13"]
    assert "monozukuri/h30s2" not in steps
    assert "monozukuri/r2s3/9" not in steps  # nothing says what it continues


def test_a_frame_that_a_call_leaves_out_is_gone_and_comes_back(rules: Rules) -> None:
    programme = programmes_in_order(rules)[0]
    rule_sets = [
        replace(one, rounds=tuple(without_green(each) if each.number == 12 else each for each in one.rounds))
        for one in programme.rule_sets
    ]
    steps = steps_of(replace(programme, rule_sets=tuple(rule_sets)), rules.book)
    fates = {
        step.after.round.number: [one.fate for one in step.threads if one.latest.frame.slug == "green"]
        for step in steps
        if step.after.rule_set.slug == "monozukuri/r3s" and not step.after.round.is_placeholder
    }
    assert {number: fates[number] for number in (10, 11, 12, 13)} == {
        10: [Fate.NEW], 11: [Fate.CONTINUED], 12: [Fate.GONE], 13: [Fate.RETURNED],
    }  # fmt: skip
    last = next(one for one in steps if one.after.address.parts == ("monozukuri", "r3s", "13"))
    assert found(compare(last, rules.book).differences) == {(Topic.FRAME, Manner.CHANGED, "green")}


def without_green(one: Round) -> Round:
    return replace(one, frames=tuple(frame for frame in one.frames if frame.slug != "green"))


def test_what_the_documents_say_changed_in_round_10_is_found(rules: Rules) -> None:
    """The domain's own list: the tiers, the specified operators, rehabilitation, and which frames came and went."""
    differences = compare(step_to(rules, "monozukuri/r3s", 10), rules.book).differences
    assert {
        (Topic.FRAME, Manner.ADDED, "recovery"),
        (Topic.FRAME, Manner.ADDED, "green"),
        (Topic.FRAME, Manner.CHANGED, "digital"),
        (Topic.TERMS, Manner.CANNOT_TELL, "digital"),
        (Topic.REQUIREMENT, Manner.CHANGED, "size.sme_or_specified"),
        (Topic.UPPER_LIMIT, Manner.CHANGED, ""),
        (Topic.RATE, Manner.CHANGED, ""),
        (Topic.BONUS, Manner.ADDED, "bonus.rehabilitation"),
    } <= found(differences)
    of_digital = [one for one in differences if any(end.latest.frame.slug == "digital" for end in one.threads)]
    assert {one.topic for one in of_digital} == {Topic.FRAME, Topic.TERMS}  # nothing is called added or gone there


#: Another comparison that means something else.
_OTHER = {
    Comparison.AT_LEAST: Comparison.MORE_THAN,
    Comparison.MORE_THAN: Comparison.AT_LEAST,
    Comparison.AT_MOST: Comparison.LESS_THAN,
    Comparison.LESS_THAN: Comparison.AT_MOST,
    Comparison.EQUAL: Comparison.NOT_EQUAL,
    Comparison.NOT_EQUAL: Comparison.EQUAL,
}


def with_another_operator(expression: Expression) -> Expression | None:
    """Return the expression with its first comparison outside of definitions turned into another; None without one."""
    match expression:
        case Compare(comparison, left, right):
            return Compare(_OTHER[comparison], left, right)
        case OneOf(subject, choices):
            return OneOf(subject, choices[1:])
        case Not(part):
            other = with_another_operator(part)
            return None if other is None else Not(other)
        case AllOf(parts) | AnyOf(parts):
            for place, part in enumerate(parts):
                other = with_another_operator(part)
                if other is not None:
                    return type(expression)((*parts[:place], other, *parts[place + 1 :]))
    return None


def mutants(frame: FrameInRound) -> Iterator[tuple[tuple[Topic, str], FrameInRound]]:
    """Yield the frame with one thing changed in memory, and what must be found."""
    rules, award = frame.rules, frame.rules.award
    for place, one in enumerate(rules.requirements):
        other = with_another_operator(one.condition)
        if other is not None:
            some = (*rules.requirements[:place], replace(one, condition=other), *rules.requirements[place + 1 :])
            yield (Topic.REQUIREMENT, one.code), replace(frame, rules=replace(rules, requirements=some))
    for name, figure in frame.figures.items():
        if figure.label is not None and not frame.stands_alone:
            value = replace(figure.value, value=figure.value.value + 1)  # type: ignore[operator]  # all are numbers
            yield (Topic.FIGURE, name), replace(frame, figures={**frame.figures, name: replace(figure, value=value)})
    assert award is not None
    lower, limit, costs = award.lower_limit, award.upper_limit, award.eligible_costs
    assert lower is not None
    changed = {
        Topic.RATE: replace(
            award, rates=(*award.rates[:-1], replace(award.rates[-1], rate=Rate((Slice(Fraction(1, 9)),))))
        ),
        Topic.LOWER_LIMIT: replace(award, lower_limit=replace(lower, amount_yen=lower.amount_yen + 1)),
        Topic.UPPER_LIMIT: replace(
            award,
            upper_limit=replace(
                limit, tiers=(*limit.tiers[:-1], replace(limit.tiers[-1], amount=Constant(Kind.YEN, 1)))
            ),
        ),
    }
    if costs is not None and costs.rows is not None:
        changed[Topic.ELIGIBLE_COSTS] = replace(award, eligible_costs=replace(costs, categories=costs.categories[1:]))
    for topic, other_award in changed.items():
        yield (topic, ""), replace(frame, rules=replace(rules, award=other_award))


def test_one_thing_changed_in_memory_is_the_one_difference(rules: Rules) -> None:
    """Every requirement, figure, rate, limit and list of costs of the newest budget with published terms."""
    tried = 0
    for number in (13, 4):
        call = step_to(rules, "monozukuri/r3s", number).after
        for frame in call.round.frames:
            for expected, mutant in mutants(frame):
                thread = Thread(Fate.CONTINUED, Offer(call, frame), Offer(call, mutant))
                differences = compare(Step(call, (call,), (thread,)), rules.book).differences
                assert [(one.topic, one.name) for one in differences] == [expected], frame.rules.rule_set
                tried += 1
    assert tried > 100


def test_meanings_are_compared_and_not_forms() -> None:
    three, four = (Constant(Kind.COUNT, number) for number in (3, 4))
    least = Compare(Comparison.AT_LEAST, Fact("years"), four)
    more = Compare(Comparison.MORE_THAN, Fact("years"), three)
    good = read_rules(ROOT / "tests/good/rules", {}).book
    years = replace(good, facts={**good.facts, "years": replace(good.facts["regular_employees"], name="years")})
    assert mean_the_same((least,), (more,), years)  # of whole numbers they are the same
    assert not mean_the_same((least,), (Compare(Comparison.AT_LEAST, Fact("years"), three),), years)
    assert mean_the_same((AllOf((least, more)), 1), (AllOf((more, least)), 1), years)
    assert not mean_the_same((least, 1), (least, 2), years)


def test_figures_are_marked_whole_and_sentences_with_little_in_common_as_a_whole() -> None:
    before, after = side_by_side("補助金額が100万円以上", "補助金額が1,000万円以上")
    assert [piece for piece in before if piece[1]] == [("100万", True)]
    assert [piece for piece in after if piece[1]] == [("1,000万", True)]
    assert side_by_side("定額", "上記以外：2/3") == ((("定額", True),), (("上記以外：2/3", True),))
    before, after = side_by_side(
        "補助対象外の経費", "次の経費は補助対象外の経費。家賃、保証金、敷金、仲介手数料、光熱水費"
    )
    assert before == (("補助対象外の経費", False),)
    assert [text for text, is_own in after if not is_own] == ["補助対象外の経費"]
    for one, other in (("a is 3 or more", "a is 4 or more"), ("同じ", "同じ")):
        assert tuple("".join(text for text, _ in side) for side in side_by_side(one, other)) == (one, other)
