"""Rules are complete in themselves for each frame and round, cited as that round may cite."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from calculator.expressions import (
    Aggregate,
    Aggregation,
    Compare,
    Comparison,
    Constant,
    Fact,
    Field,
    Named,
    Not,
    OneOf,
)
from calculator.kinds import Kind
from calculator.rulebook import CitationStatus, FrameRules, Rate, Slice
from calculator.text import Text
from site_builder.rules import read_rules
from site_builder.rules.literals import JAPAN
from site_builder.rules.model import FrameInRound, Rules, RuleSet

GOOD = Path(__file__).parent.parent / "good" / "rules"
PLAIN, SPECIAL = "demo/b1/plain", "demo/b1/special"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(GOOD, {"too_late": Text("遅い", "too late")})


@pytest.fixture(scope="module")
def rule_set(rules: Rules) -> RuleSet:
    return rules.programmes[0].rule_sets[0]


def frame(rules: Rules, name: str, number: int | None) -> FrameRules:
    return rules.book.frames[name].rounds[number]


def page(rule_set: RuleSet, number: int | None, slug: str) -> FrameInRound:
    return next(one for one in rule_set.round(number).frames if one.slug == slug)


def test_a_frame_has_rules_for_the_rounds_it_is_offered_in_and_for_placeholders(rules: Rules) -> None:
    assert list(rules.book.frames[PLAIN].rounds) == [1, 2, 3]
    assert list(rules.book.frames[SPECIAL].rounds) == [2, 3]


def test_basic_requirements_come_before_additional_ones(rules: Rules) -> None:
    requirements = frame(rules, SPECIAL, 2).requirements
    assert [(one.code, one.additional) for one in requirements] == [
        ("plan.growth", False),
        ("plan.announced", False),
        ("history.grant", False),
        ("investment.unit_price", False),
        ("frame.has_employees", True),
        ("frame.no_advertising", True),
    ]


def test_a_round_gives_a_figure_another_value_in_conditions_sentences_and_texts(
    rules: Rules, rule_set: RuleSet
) -> None:
    first, second = (frame(rules, PLAIN, number).requirements[0] for number in (1, 2))
    assert first.condition == Compare(Comparison.AT_LEAST, Fact("growth_pct"), Constant(Kind.PERCENT, Fraction(3)))
    assert second.condition == Compare(Comparison.AT_LEAST, Fact("growth_pct"), Constant(Kind.PERCENT, Fraction(4)))
    assert second.sentence.ja == "付加価値額の年率平均の伸びが4%以上"
    assert second.explanation == Text("年率平均4%以上です。{注}", "It is 4% a year or more. {note}")
    assert rule_set.round(2).summary.en == "The target of growth is 4%."
    assert [note.text.en for note in page(rule_set, 2, "plain").notes] == [
        "The document says 4%.",
        "At most 12,500,000 yen.",
    ]
    assert rule_set.round(1).purpose.text.en == "It supports a growth of 3% a year."
    assert rule_set.round(2).purpose.text.en == "It supports a growth of 4% a year."


def test_a_changed_figure_keeps_its_label_and_has_the_citation_of_the_round(rule_set: RuleSet) -> None:
    figure = page(rule_set, 2, "plain").figures["growth"]
    assert figure.label == Text("成長の目標", "Target of growth")
    assert (figure.text.ja, figure.citation.source) == ("4%", "guideline")


def test_the_figures_of_an_award_can_be_named_in_texts_of_the_rule_set(rule_set: RuleSet) -> None:
    assert page(rule_set, 2, "plain").repayment[0].text.en == "The share of 2/3 is paid back."
    assert [example.story.ja for example in page(rule_set, 1, "plain").examples] == ["上限は750万円です。"]
    assert page(rule_set, 1, "plain").figures["upper_limit.most"].text.ja == "1,250万円"


def test_printed_is_carried_over_in_a_round_that_the_source_does_not_print(rules: Rules, rule_set: RuleSet) -> None:
    statuses = [frame(rules, PLAIN, number).requirements[0].citation.status for number in (1, 2)]
    assert statuses == [CitationStatus.PRINTED, CitationStatus.CARRIED_OVER]
    assert [rule_set.round(number).budget.citation.status for number in (1, 2)] == statuses


def test_other_statuses_stay_as_they_are(rules: Rules, rule_set: RuleSet) -> None:
    award = frame(rules, PLAIN, 2).award
    assert award is not None
    assert award.rounding.status is CitationStatus.CONVENTION
    reported = rule_set.round(1).schedule[2].reported_day
    assert reported is not None
    assert reported.citation.status is CitationStatus.OUTSIDE


def test_definitions_keep_their_name_and_their_meaning(rules: Rules) -> None:
    award = frame(rules, PLAIN, 1).award
    assert award is not None
    when = award.rates[0].when
    assert isinstance(when, Named)
    assert when.name == "small_business"
    bonus = frame(rules, PLAIN, 2).bonuses[0].condition
    four = Compare(Comparison.AT_LEAST, Fact("growth_pct"), Constant(Kind.PERCENT, Fraction(4)))
    assert bonus == Named("growing", four)
    class_ = frame(rules, PLAIN, 1).classes[0].condition
    assert isinstance(class_, Not)


def test_rates_stand_in_order_and_the_last_is_for_all_others(rules: Rules) -> None:
    award = frame(rules, PLAIN, 1).award
    assert award is not None
    assert [(case.rate, case.sentence.ja) for case in award.rates] == [
        (Rate((Slice(Fraction(2, 3)),)), "小規模事業者：2/3"),
        (Rate((Slice(Fraction(1, 2)),)), "上記以外：1/2"),
    ]


def test_an_upper_limit_has_one_tier_for_all_or_tiers_by_a_fact(rules: Rules) -> None:
    plain, special = frame(rules, PLAIN, 2).award, frame(rules, SPECIAL, 2).award
    assert plain is not None
    assert special is not None
    assert plain.upper_limit.by == "regular_employees"
    assert [(tier.start, tier.end, tier.amount_yen) for tier in plain.upper_limit.tiers] == [
        (None, 5, 7_500_000),
        (6, 20, 10_000_000),
        (21, None, 12_500_000),
    ]
    assert special.upper_limit.by is None
    assert [(tier.start, tier.end, tier.amount_yen) for tier in special.upper_limit.tiers] == [(None, None, 30_000_000)]


def test_eligible_costs_are_the_frames_or_the_rule_sets_and_are_added_up(rules: Rules) -> None:
    plain, special = frame(rules, PLAIN, 2).award, frame(rules, SPECIAL, 2).award
    assert plain is not None
    assert special is not None
    where = OneOf(Field("category"), ("machinery", "experts"))
    assert plain.eligible_costs is not None
    assert special.eligible_costs is not None
    assert plain.eligible_costs.total == Aggregate(Aggregation.SUM, "costs", "amount_yen", where)
    assert special.eligible_costs.categories == ("machinery",)


def test_only_moments_with_an_hour_go_to_the_calculator_and_no_hour_is_invented(
    rules: Rules, rule_set: RuleSet
) -> None:
    assert frame(rules, PLAIN, 1).schedule == ()
    opens = rule_set.round(1).schedule[0]
    assert opens.moment is None
    assert opens.day is not None
    assert opens.day.on == date(2022, 2, 16)
    deadline = frame(rules, PLAIN, 2).moment("applications_close")
    assert deadline is not None
    assert deadline.at == datetime(2022, 12, 22, 17, 0, tzinfo=JAPAN)
    assert frame(rules, PLAIN, 1).day("call_opens") == opens.day
    assert frame(rules, PLAIN, 2).scheduled_days == ()


def test_a_frame_with_calls_of_its_own_has_no_date_of_the_round(tmp_path: Path) -> None:
    copy = tmp_path / "rules"
    shutil.copytree(GOOD, copy)
    file = copy / "demo" / "b1" / "plain.yaml"
    file.write_text(f"own_calls: yes\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    read = read_rules(copy, {"too_late": Text("遅い", "too late")})
    plain, other = (
        page(read.programmes[0].rule_sets[0], 2, "plain"),
        page(read.programmes[0].rule_sets[0], 2, "special"),
    )
    assert (plain.own_calls, other.own_calls) == (True, False)
    for number in (1, 2):
        alone = frame(read, PLAIN, number)
        assert (alone.schedule, alone.scheduled_days) == ((), ())
    assert frame(read, PLAIN, 2).later_steps == ()  # round 2 says it, not the rule set
    assert (len(other.rules.schedule), len(other.rules.later_steps)) == (3, 1)
    one = read.programmes[0].rule_sets[0].round(2)
    assert one.schedule_of(other) == one.schedule
    assert [entry.name for entry in one.schedule_of(plain)] == [entry.name for entry in one.schedule]
    assert all(
        (entry.moment, entry.day, entry.reported, entry.reported_day) == (None,) * 4 for entry in one.schedule_of(plain)
    )


def test_statements_about_the_time_after_the_deadline_go_to_the_calculator_and_no_others(rules: Rules) -> None:
    (later,) = frame(rules, PLAIN, 2).later_steps
    assert (later.name, later.label) == ("grant", Text("交付決定", "Grant decision"))
    assert frame(rules, PLAIN, 1).later_steps == ()


def test_a_placeholder_has_an_open_point_and_nothing_that_decides(rules: Rules, rule_set: RuleSet) -> None:
    placeholder = frame(rules, PLAIN, 3)
    assert placeholder == FrameRules(
        rule_set=PLAIN,
        round=3,
        name=Text("通常枠", "Plain frame"),
        requirements=(),
        award=None,
        open_points=("schedule",),
    )
    assert rules.book.open_points["schedule"].en == "the schedule of the next call"
    assert rule_set.round(3).is_placeholder
    assert rule_set.round(3).frames == ()


def test_a_second_look_names_its_frame_in_full(rules: Rules) -> None:
    second_look = frame(rules, SPECIAL, 2).reexamination
    assert second_look is not None
    assert second_look.frame == PLAIN
    assert frame(rules, PLAIN, 2).reexamination is None


def test_an_example_stands_in_each_of_its_rounds_with_the_facts_of_the_one_it_is_like(rules: Rules) -> None:
    assert [(one.name, one.round) for one in rules.examples] == [
        ("five-employees", 1),
        ("five-employees", 2),
        ("six-employees", 2),
        ("fixed", None),
    ]
    assert rules.examples[2].facts["regular_employees"] == 6
    assert rules.examples[2].facts["capital_yen"] is None
    assert rules.examples[2].facts["growth_pct"] == 10.0
    assert rules.examples[2].expected == {"outcome": "eligible", "failed": [], "rate": "1/2"}


def test_notes_stand_only_beside_what_their_frame_has(rule_set: RuleSet) -> None:
    assert [note.about for note in page(rule_set, 2, "special").notes] == ["plan.growth"]
    assert [note.about for note in rule_set.round(3).notes] == ["plan.growth", "schedule"]


def test_frames_stand_in_the_order_of_the_rule_set(rules: Rules, rule_set: RuleSet) -> None:
    assert list(rules.book.frames)[:2] == [PLAIN, SPECIAL]
    assert [one.slug for one in rule_set.round(2).frames] == ["plain", "special"]


def test_the_calculator_gets_its_messages_and_every_fact(rules: Rules) -> None:
    assert rules.book.messages == {"too_late": Text("遅い", "too late")}
    assert rules.book.edition == ""
    assert rules.book.facts["capital_yen"].none_label == Text("資本金はない", "There is no capital")


def test_a_new_round_changes_nothing_in_the_rounds_before_it(rules: Rules, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(GOOD, folder)
    rounds = folder / "demo" / "b1" / "rounds"
    fourth = (rounds / "2.yaml").read_text(encoding="utf-8").replace("value: 4%", "value: 5%")
    fourth = fourth.replace("2次締切", "4次締切").replace("Round 2", "Round 4")
    (rounds / "4.yaml").write_text(fourth, encoding="utf-8")
    for file, rounds_of in ((folder / "demo" / "b1" / "plain.yaml", "rounds"), (folder / "sources.yaml", "demo/b1")):
        text = file.read_text(encoding="utf-8").replace(f"{rounds_of}: [1, 2]", f"{rounds_of}: [1, 2, 4]")
        file.write_text(text, encoding="utf-8")
    extended = read_rules(folder, {})
    assert frame(extended, PLAIN, 1) == frame(rules, PLAIN, 1)
    assert frame(extended, PLAIN, 2) == frame(rules, PLAIN, 2)
    assert frame(extended, PLAIN, 4).requirements[0].sentence.ja == "付加価値額の年率平均の伸びが5%以上"


def test_a_frame_names_the_figures_that_its_rules_and_texts_use_and_no_others(rules: Rules, rule_set: RuleSet) -> None:
    plain = page(rule_set, 2, "plain")
    assert plain.named == {"growth", "unit_price", "rate.1", "upper_limit.most"}
    assert plain.figures.keys() - plain.named == {
        "rate.2",
        "upper_limit.1",
        "upper_limit.2",
        "upper_limit.3",
        "lower_limit",
    }
