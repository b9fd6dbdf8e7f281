"""The small mistakes that are made in a rule: which there are, and that each is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from calculator.kinds import Kind
from calculator.rulebook import FactDefinition
from calculator.text import Text
from site_builder.examining.changes import changes_of
from site_builder.examining.syntax_changes import Vocabulary, changed_syntax
from site_builder.rules import read_drafts
from site_builder.rules.drafts.folder import RulesDraft
from site_builder.rules.grammar import expression
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.source_file import SourceFile
from tests.rules.test_carried_rounds import ADDED, AWARDS, FIFTH, LIMIT, PLACE, POINT, REPAYMENT, WORKED_OUT, made

GOOD = Path(__file__).parents[1] / "good" / "rules"


@pytest.fixture(scope="module")
def drafts() -> RulesDraft:
    return read_drafts(GOOD)


def changes_in(text: str, drafts: RulesDraft) -> set[tuple[str, str]]:
    """Return what is changed in an expression, each with the words that it is changed in."""
    node = ScalarNode(SourceFile("here", text), 0, len(text), text)
    facts = {**drafts.facts.facts, "asked": FactDefinition("asked", Kind.YES_NO, "", _NONE, _NONE, optional=True)}
    return {
        (text[one.span.start : one.span.end], one.words)
        for one in changed_syntax(expression(node).syntax, Vocabulary(facts))
    }


_NONE = Text("", "")


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("growth_pct >= 1.5%", {("growth_pct >= 1.5%", ">= → >"), ("1.5%", "1.5% → 1.4%"), ("1.5%", "1.5% → 1.6%")}),
        (
            "capital_yen <= 5,000万円",
            {
                ("capital_yen <= 5,000万円", "<= → <"),
                ("5,000万円", "50,000,000円 → 49,999,999円"),
                ("5,000万円", "50,000,000円 → 50,000,001円"),
            },
        ),
        (
            "announced or not growing",
            {
                ("announced or not growing", "or → and"),
                ("announced", "dropped"),
                ("not growing", "dropped"),
                ("not growing", "not dropped"),
            },
        ),
        (
            "industry in [retail, services]",
            {("retail", "retail dropped"), ("services", "services dropped"), ("services", "manufacturing added")},
        ),
        ("asked is yes", {("asked is yes", "== → !="), ("yes", "yes → no"), ("yes", "yes → none")}),
        ("open(weather)", {("open(weather)", "open → yes"), ("open(weather)", "open → no")}),
        (
            "sum(costs.amount_yen up_to 200円 where category == machinery) == capital_yen * 1/2",
            {
                ("sum(costs.amount_yen up_to 200円 where category == machinery) == capital_yen * 1/2", "== → !="),
                ("costs", "sum → largest"),
                ("category == machinery", "where dropped"),
                ("category == machinery", "== → !="),
                ("machinery", "machinery → experts"),
                ("machinery", "machinery → advertising"),
                ("200円", "up_to dropped"),
                ("200円", "200円 → 199円"),
                ("200円", "200円 → 201円"),
                ("capital_yen * 1/2", "* → /"),
                ("1/2", "1/2 → 49/100"),
                ("1/2", "1/2 → 51/100"),
            },
        ),
    ],
)
def test_an_expression_has_these_changes(text: str, changes: set[tuple[str, str]], drafts: RulesDraft) -> None:
    assert changes_in(text, drafts) == changes


def test_each_change_of_a_rule_set_is_one_and_has_a_place(drafts: RulesDraft) -> None:
    vocabulary = Vocabulary(drafts.facts.facts)
    for rule_set in drafts.programmes[0].rule_sets:
        changed = list(changes_of(rule_set, vocabulary))
        assert changed
        for one in changed:
            assert one.draft != rule_set
            assert one.place.path.startswith(f"rules/{rule_set.slug}/")
            assert one.place.source
        assert len({(one.place, one.words) for one in changed}) == len(changed)


@pytest.mark.parametrize(
    "words",
    [
        "plan.growth dropped", "`when` dropped", "3% → 2.9%", "2022-12-22 17:00 → 2022-12-22 17:01", "any_of → all_of",
        "none_of → any_of", "a part of none_of dropped", "class sme dropped", "bonus.growing dropped", "5人 → 6",
        "rate_change dropped", "experts dropped", "advertising added", "a rate dropped", "lower limit dropped",
        "round 2 not offered", "round 1 offered too", "plain → none", "deduction.voluntary dropped",
    ],
)  # fmt: skip
def test_there_is_a_change_of_every_sort_of_rule(words: str, drafts: RulesDraft) -> None:
    vocabulary = Vocabulary(drafts.facts.facts)
    rule_sets = drafts.programmes[0].rule_sets
    assert any(one.words == words for rule_set in rule_sets for one in changes_of(rule_set, vocabulary))


IN_ROUND_4 = f"""figures: {{growth: {{value: 5%, {PLACE}}}}}
added: {{figures: {{fewest: {{value: 7人, label: {{ja: 最少, en: Fewest}}, {PLACE}}}}}}}
requirements: {{dropped: [plan.growth], added: [{ADDED.replace("2人", "fewest")}], {PLACE}}}
{AWARDS}selection: {{dropped: [deduction.voluntary], bonuses: [{POINT}], limits: [{LIMIT}], {PLACE}}}
{REPAYMENT}"""


def rules_with_round_4(folder: Path) -> RulesDraft:
    """Return good rules with a round that has much otherwise than that before it, and one that takes over from it."""
    made(folder, IN_ROUND_4, special=("tags:", WORKED_OUT))
    (folder / "rules" / "demo" / "b1" / "rounds" / "5.yaml").write_text(f"{FIFTH}carried_from: 4\n", encoding="utf-8")
    return read_drafts(folder / "rules")


def test_what_a_round_has_otherwise_is_changed_as_in_a_frame(tmp_path: Path) -> None:
    drafts = rules_with_round_4(tmp_path)
    changes = changes_of(drafts.programmes[0].rule_sets[0], Vocabulary(drafts.facts.facts))
    words = [one.words for one in changes if one.place.path.endswith("/4.yaml")]
    assert {
        "plan.growth not dropped", "plan.new dropped", "7人 → 8", "5% → 5.1%",
        "5人 → 6", "7,000,000円 → 7,000,001円", "uplift dropped", "lower limit dropped", "2,000,000円 → 1,999,999円",
        "deduction.voluntary not dropped", "bonus.new dropped", "bonus.most dropped",
        "growth not dropped", "report not dropped", "1% → 1.1%", "met dropped", "written with `when_stated`",
    } <= set(words)  # fmt: skip
    assert words.count(">= → >") == len(["plan.new", "the uplift", "bonus.new", "the case of repayment"])
