"""What a draft comes to is made once for scopes that mean the same by all that it reads, and again for any other."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from calculator.assess import Assessor
from calculator.expressions import Constant
from calculator.kinds import Kind
from calculator.rulebook import CitationStatus
from calculator.text import Text
from site_builder.build import PROJECT
from site_builder.memo import Memo
from site_builder.rules import read_rules
from site_builder.rules.alike import MOST_KEPT, Alike
from site_builder.rules.assessors import assessor_of
from site_builder.rules.model import Rules
from site_builder.rules.scope import Scope
from site_builder.site.content import read_messages

ONE, TWO = Constant(Kind.COUNT, 1), Constant(Kind.COUNT, 2)
SOURCES: Any = {"guidelines": SimpleNamespace(speaks_of=lambda _rule_set, number: number == 1)}
DRAFT = object()


def scope(number: int, **figures: Constant) -> Scope:
    words = {name: Text(str(one.value), str(one.value)) for name, one in figures.items()}
    return Scope({}, SOURCES, {}, figures, words, {}, "demo", number, is_in_round=True)


class Maker:
    """Makes something that reads the figure `limit`, and remembers how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, _draft: object, of: Scope) -> Any:  # noqa: ANN401 - whatever is read
        self.times += 1
        return of.figures["limit"].value


def test_what_reads_other_figures_or_none_is_made_once() -> None:
    alike, make = Alike(), Maker()
    assert alike.made(make, DRAFT, scope(1, limit=ONE, other=ONE)) == 1
    assert alike.made(make, DRAFT, scope(2, limit=ONE, other=TWO)) == 1
    assert make.times == 1


def test_what_reads_a_figure_that_differs_is_made_again_and_each_is_kept() -> None:
    alike, make = Alike(), Maker()
    assert [alike.made(make, DRAFT, scope(1, limit=one)) for one in (ONE, TWO, ONE, TWO)] == [1, 2, 1, 2]
    assert make.times == 2


def test_what_was_not_there_and_is_there_now_is_read_again() -> None:
    alike = Alike()

    def asking(_draft: object, of: Scope) -> bool:
        return "limit" in of.figures

    assert [alike.made(asking, DRAFT, scope(1, **one)) for one in ({}, {"limit": ONE}, {})] == [False, True, False]


def test_a_citation_is_carried_over_only_where_its_source_is_of_another_round() -> None:
    alike: Alike = Alike()
    citation: Any = SimpleNamespace(
        source=SimpleNamespace(value="guidelines"), section="1", status=CitationStatus.PRINTED
    )

    def cited(draft: Any, of: Scope) -> CitationStatus:  # noqa: ANN401 - stands for a draft
        return of.citation(draft).status

    found = [alike.made(cited, citation, scope(number)) for number in (1, 2, 3, 1)]
    carried = CitationStatus.CARRIED_OVER
    assert found == [CitationStatus.PRINTED, carried, carried, CitationStatus.PRINTED]


def test_whoever_notes_what_is_used_notes_what_was_made_before_too() -> None:
    alike, make, used = Alike(), Maker(), set[str]()
    alike.made(make, DRAFT, scope(1, limit=ONE, other=ONE))
    alike.made(make, DRAFT, scope(2, limit=TWO, other=ONE).noting(used))
    assert used == {"limit"}
    used.clear()
    alike.made(make, DRAFT, scope(3, limit=TWO, other=TWO).noting(used))
    assert used == {"limit"}
    assert make.times == 2


def test_what_goes_through_all_names_is_never_kept() -> None:
    alike = Alike()

    def names(_draft: object, of: Scope) -> list[str]:
        return sorted(of.words)

    assert alike.made(names, DRAFT, scope(1, limit=ONE)) == ["limit"]
    assert alike.made(names, DRAFT, scope(1, limit=ONE, other=ONE)) == ["limit", "other"]


def test_what_cannot_be_made_is_tried_again() -> None:
    alike, make, empty = Alike(), Maker(), scope(1)
    for _ in range(2):
        with pytest.raises(KeyError):
            alike.made(make, DRAFT, empty)
    assert alike.made(make, DRAFT, replace(empty, figures={"limit": ONE})) == 1


def test_no_rule_is_resolved_again_for_another_question_and_each_for_another_name(tmp_path: Path) -> None:
    folder, memo, messages = tmp_path / "rules", Memo(), read_messages(PROJECT / "content")
    shutil.copytree(PROJECT / "tests/good/rules", folder)
    before = read_rules(folder, messages, memo)
    facts = folder / "facts.yaml"
    written = facts.read_text("utf-8")
    facts.write_text(re.sub(r"question: \{ja: ", r"\g<0>まず、", written), "utf-8")
    asked = read_rules(folder, messages, memo)
    assert "まず、" in next(iter(asked.book.facts.values())).question.ja
    assert all(
        now is then
        for one, other in zip(asked.programmes, before.programmes, strict=True)
        for now, then in zip(one.rule_sets, other.rule_sets, strict=True)
    )
    assert judging(asked, memo) is judging(before, memo)
    facts.write_text(re.sub(r" label: \{ja: ", r"\g<0>新しい", written), "utf-8")
    named = read_rules(folder, messages, memo)
    assert named == read_rules(folder, messages)
    assert named.programmes != before.programmes
    assert judging(named, memo) is not judging(before, memo)


def judging(rules: Rules, memo: Memo) -> Assessor:
    """Return what judges the examples of a budget."""
    return assessor_of((rules.programmes[0].rule_sets[0].slug,), rules.book, memo)


def test_examples_stay_unless_they_name_what_changes_and_none_is_judged_again_for_words_alone(tmp_path: Path) -> None:
    folder, memo, messages = tmp_path / "rules", Memo(), read_messages(PROJECT / "content")
    shutil.copytree(PROJECT / "tests/good/rules", folder)

    def read_again(file: str, was: str, now: str) -> Rules:
        written = (folder / file).read_text("utf-8")
        assert was in written
        (folder / file).write_text(written.replace(was, now, 1), "utf-8")
        return read_rules(folder, messages, memo)

    before = read_rules(folder, messages, memo)
    worded = read_again("demo/b1/plain.yaml", "purpose:\n  label: {ja: ", "purpose:\n  label: {ja: 主な")
    assert worded == read_rules(folder, messages)
    assert worded.programmes != before.programmes
    assert judging(worded, memo) is judging(before, memo)
    later = read_again("demo/b1/rounds/2.yaml", "2022-12-22 17:00", "2022-12-23 17:00")
    assert later == read_rules(folder, messages)
    assert {one.round for one, other in zip(later.examples, worded.examples, strict=True) if one is not other} <= {2}
    assert judging(later, memo) is not judging(worded, memo)
    dearer = read_again("demo/b1/plain.yaml", "amount: 750万円", "amount: 760万円")
    assert dearer == read_rules(folder, messages)
    changed = [one for one, other in zip(dearer.examples, later.examples, strict=True) if one is not other]
    assert {one.name for one in changed} == {"five-employees"}
    assert all("760" in one.story.ja for one in changed)


def test_of_states_that_have_gone_only_so_many_are_kept() -> None:
    alike, make = Alike(), Maker()
    for number in range(10 * MOST_KEPT):
        alike.made(make, DRAFT, scope(1, limit=Constant(Kind.COUNT, number)))
    assert make.times == 10 * MOST_KEPT
    alike.made(make, DRAFT, scope(1, limit=Constant(Kind.COUNT, 9 * MOST_KEPT)))
    alike.made(make, DRAFT, scope(1, limit=Constant(Kind.COUNT, 9 * MOST_KEPT - 1)))
    assert make.times == 10 * MOST_KEPT + 1
