"""Mutants of made-up rules: what notices them, what cannot be noticed, and what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from calculator.json_values import JsonObject
from calculator.rulebook import Rate, Slice, SliceBasis
from site_builder.build import PROJECT
from site_builder.errors import GuidanceErrors
from site_builder.examining.companies import Companies
from site_builder.examining.equivalence import pay_the_same
from site_builder.examining.mutants import SHARED, Fate, Hunt, Mutant, mutants
from site_builder.examining.pasting import pasted
from site_builder.examining.witnesses import Witness, witnesses_of
from site_builder.rules import check_drafts, read_drafts, resolve
from site_builder.rules.drafts.folder import RulesDraft
from site_builder.rules.late_book import book_with
from site_builder.rules.model import Example, Rules
from site_builder.site.content import read_messages
from tests.examining.test_changes import rules_with_round_4

GOOD = Path(__file__).parents[1] / "good" / "rules"


@pytest.fixture(scope="module")
def drafts() -> RulesDraft:
    return read_drafts(GOOD)


@pytest.fixture(scope="module")
def rules(drafts: RulesDraft) -> Rules:
    return resolve(drafts, read_messages(PROJECT / "content"))


def all_mutants(drafts: RulesDraft, scope: str) -> Iterator[Mutant]:
    return next(found for name, found in mutants(drafts) if name == scope)


def the_mutant(drafts: RulesDraft, scope: str, place: str, words: str) -> Mutant:
    (found,) = [
        one
        for one in all_mutants(drafts, scope)
        if (f"{one.place.path.removeprefix('rules/')}:{one.place.line}:{one.place.column}", one.words) == (place, words)
    ]
    return found


def hunt(drafts: RulesDraft, rules: Rules, examples: tuple[Example, ...]) -> Hunt:
    return Hunt.over(drafts, rules.book, witnesses_of(examples))


def test_a_change_that_an_example_notices_is_caught(drafts: RulesDraft, rules: Rules) -> None:
    mutant = the_mutant(drafts, SHARED, "definitions.yaml:8:67", "5 → 6")
    assert hunt(drafts, rules, rules.examples).fate(mutant) is Fate.CAUGHT
    assert hunt(drafts, rules, ()).fate(mutant) is Fate.SURVIVED


def test_a_figure_that_all_rule_sets_share_is_changed_once_and_in_all_of_them() -> None:
    real = read_drafts(PROJECT / "rules")
    file = "rules/definitions.yaml"
    per_scope = {scope: [one for one in some if one.place.path == file] for scope, some in mutants(real)}
    assert {scope for scope, some in per_scope.items() if some} == {SHARED}
    figures = {figure.value.node.place(): name for name, figure in real.defined.figures.items()}
    assert figures
    for mutant in per_scope[SHARED]:
        if mutant.place in figures:
            name, programmes = figures[mutant.place], mutant.rules.programmes
            held = [rule_set.file.figures[name] for programme in programmes for rule_set in programme.rule_sets]
            assert all(figure is mutant.rules.defined.figures[name] for figure in held)


def test_what_a_round_has_otherwise_is_changed_in_it_and_in_a_round_that_takes_it_over(tmp_path: Path) -> None:
    made_up = rules_with_round_4(tmp_path)
    searching = Hunt.over(made_up, resolve(made_up, {}).book, ())
    own = [one for one in all_mutants(made_up, "demo/b1") if one.place.path.endswith("/4.yaml")]
    rounds = [{number for (_, number), _, _ in searching.changed(one)} for one in own]
    assert len({(one.place, one.words) for one in own}) == len(own) > 0
    assert [(one.words, some) for one, some in zip(own, rounds, strict=True) if some != {4, 5}] == []


def test_a_planted_survivor_is_named_at_its_place_and_a_company_that_notices_it_is_found(
    drafts: RulesDraft, rules: Rules
) -> None:
    mutant = the_mutant(drafts, "demo/b1", "demo/b1/rule_set.yaml:17:12", "50万円 → 500,001円")
    searching = hunt(drafts, rules, rules.examples)
    assert searching.fate(mutant) is Fate.SURVIVED
    (rule_set, number), before, after = next(searching.changed(mutant))
    book = book_with(rules.book, mutant.rules)
    found = Companies(rules.book, rules.examples).between(
        rule_set, number, [one for one in (before, after) if one is not None], book
    )
    assert found is not None
    assert "unit_price_yen: 500000}" in pasted(found, "unit price", rules.book)
    assert Hunt.over(drafts, rules.book, (witness(found.case, found.answer),)).fate(mutant) is Fate.CAUGHT


def witness(case: JsonObject, right: JsonObject) -> Witness:
    return Witness(None, case["kind"], case["rule_set"], case["round"], case, lambda answer: answer != right)


def test_a_change_that_makes_no_difference_to_anybody_is_proved_to(drafts: RulesDraft, rules: Rules) -> None:
    mutant = the_mutant(drafts, SHARED, "definitions.yaml:8:11", "dropped")
    assert hunt(drafts, rules, ()).fate(mutant) is Fate.EQUIVALENT


def test_a_change_that_the_build_refuses_needs_no_example(drafts: RulesDraft, rules: Rules) -> None:
    changed = next(one for one in all_mutants(drafts, "demo/c1") if hunt(drafts, rules, ()).fate(one) is Fate.REFUSED)
    with pytest.raises(GuidanceErrors):
        check_drafts(changed.rules)


def test_rates_that_pay_the_same_of_every_whole_yen_are_proved_to() -> None:
    def sliced(border: int, beyond: Fraction = Fraction(2, 3)) -> Rate:
        return Rate((Slice(Fraction(3, 4), border), Slice(beyond)), SliceBasis.SUBSIDY)

    assert pay_the_same(sliced(500_000), sliced(499_999))
    assert not pay_the_same(sliced(500_000), sliced(500_010))
    assert not pay_the_same(sliced(500_000), sliced(500_000, Fraction(67, 100)))
    assert not pay_the_same(sliced(500_000), replace(sliced(500_000), of=SliceBasis.COST))
