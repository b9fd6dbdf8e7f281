"""What facts.yaml and sources.yaml say beside questions and documents: what no form asks for, and what is our own."""

from __future__ import annotations

from pathlib import Path

from site_builder.rules import read_rules
from tests.bad_examples import GOOD, Change, make_rules

GROUP = "    title: {ja: 事業者, en: The business}\n"
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
