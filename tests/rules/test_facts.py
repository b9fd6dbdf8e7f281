"""What facts.yaml and sources.yaml say beside questions and documents: what no form asks for, and what is our own."""

from __future__ import annotations

from pathlib import Path

from site_builder.rules import read_rules
from site_builder.rules.asking import askers, with_figures
from tests.bad_examples import GOOD, Change, make_rules

GROUP = "    title: {ja: 事業者, en: The business}\n"
QUESTION = 'question: {ja: 何%伸びますか。, en: "How much does it grow?"}'
PUBLISHED = "    trust: {ja: 非公式, en: unofficial}\n"


def test_a_group_is_asked_unless_it_says_no(tmp_path: Path) -> None:
    assert all(group.asked for group in read_rules(GOOD, {}).book.groups)
    rules = make_rules([Change("facts.yaml", None, GROUP, f"{GROUP}    asked: no\n")], tmp_path)
    assert not read_rules(rules, {}).book.groups[0].asked


def test_a_source_is_a_document_unless_it_is_our_own(tmp_path: Path) -> None:
    assert not any(source.is_own for source in read_rules(GOOD, {}).book.sources.values())
    rules = make_rules([Change("sources.yaml", None, PUBLISHED, f"{PUBLISHED}    own: yes\n")], tmp_path)
    own = {source.name for source in read_rules(rules, {}).book.sources.values() if source.is_own}
    assert own == {"newspaper"}


def test_a_question_has_the_figures_of_the_round_that_asks(tmp_path: Path) -> None:
    asking = 'question: {ja: "{growth}以上伸びますか。", en: "Does it grow by {growth}?"}'
    book = (rules := read_rules(make_rules([Change("facts.yaml", None, QUESTION, asking)], tmp_path), {})).book
    b1 = next(one for one in rules.programmes[0].rule_sets if one.slug == "demo/b1")
    fact = book.facts["growth_pct"]
    for number, growth in ((1, "3%"), (2, "4%")):
        question = with_figures(fact, askers(book, b1.round(number))["growth_pct"][0]).question
        assert (question.ja, question.en) == (f"{growth}以上伸びますか。", f"Does it grow by {growth}?")
