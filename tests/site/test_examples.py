"""Worked examples on pages: the words are those of the calculator's own answer, whatever kind of question it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from calculator.figures import figure_text
from calculator.kinds import Kind
from site_builder.rules.model import Example, FrameInRound, Rules
from site_builder.site.example_answers import WORDED
from site_builder.site.examples import Answers, ExampleView, example_views, work_out
from site_builder.site.wording import Wording, Words
from tests.real import real_rules
from tests.site.hand_made_content import content_for

ROOT = Path(__file__).parents[2]
#: The answer's own name of what is paid, or paid back, in the end.
IN_THE_END = ("subsidy_yen", "total_subsidy_yen", "payable_total_yen", "subsidy_at_application_yen", "total_yen")


@pytest.fixture(scope="module")
def rules() -> Rules:
    """The real rules, with the newest round alone of each budget: the others have the same examples."""
    every = real_rules()
    return replace(
        every,
        programmes=tuple(
            replace(one, rule_sets=tuple(replace(some, rounds=some.rounds[-2:]) for some in one.rule_sets))
            for one in every.programmes
        ),
    )


@pytest.fixture(scope="module")
def answers(rules: Rules) -> Answers:
    return work_out(rules)


@pytest.fixture(scope="module")
def wording(rules: Rules) -> Wording:
    words = Words(content_for(rules).interface, "en")
    return Wording("en", words, rules.book.sources, rules.book.messages)


def frames(rules: Rules) -> Iterator[FrameInRound]:
    for programme in rules.programmes:
        for rule_set in programme.rule_sets:
            for one in rule_set.rounds:
                yield from one.frames


def worded(rules: Rules, answers: Answers, wording: Wording) -> Iterator[tuple[Example, ExampleView]]:
    for frame in frames(rules):
        views = {
            view.anchor: view
            for of_repayment in (False, True)
            for view in example_views(frame, answers, rules.book, wording, of_repayment=of_repayment)
        }
        for example in frame.examples:
            if example.published:
                yield example, views[f"example.{example.name}"]


def amounts(expected: object) -> Iterator[int]:
    """Yield the amounts that an example expects in the end, those inside of its repayment included."""
    if isinstance(expected, dict):
        for name, value in expected.items():
            if name in IN_THE_END and isinstance(value, int):
                yield value
            yield from amounts(value)


def test_every_kind_that_can_be_worded_is_published(rules: Rules) -> None:
    published = {one.kind for frame in frames(rules) for one in frame.examples if one.published}
    assert published == set(WORDED)


def test_an_example_prints_the_amounts_that_it_is_proved_to_give(
    rules: Rules, answers: Answers, wording: Wording
) -> None:
    for example, view in worded(rules, answers, wording):
        if example.expected.get("outcome", "eligible") == "eligible":
            printed = " ".join([view.answer.verdict or "", *(figure.value for figure in view.answer.figures)])
            for amount in amounts(dict(example.expected)):
                assert figure_text(Kind.YEN, amount).en in printed, example.name
        else:
            assert view.answer.figures == (), example.name


def test_an_example_names_what_fails_and_what_is_missing(rules: Rules, answers: Answers, wording: Wording) -> None:
    for example, view in worded(rules, answers, wording):
        assert len(view.answer.unmet) == len(example.expected.get("failed", ())), example.name  # type: ignore[arg-type]  # a list
        assert bool(view.answer.missing) is (example.expected.get("outcome") == "cannot_tell"), example.name


def test_an_example_prints_all_that_it_states(rules: Rules, answers: Answers, wording: Wording) -> None:
    for example, view in worded(rules, answers, wording):
        stated = [value for value in example.facts.values() if value != "unknown"]
        assert len(view.stated) >= len(stated), example.name


def test_a_frame_without_requirements_does_not_say_that_all_are_met(
    rules: Rules, answers: Answers, wording: Wording
) -> None:
    for frame in frames(rules):
        if not frame.rules.requirements:
            for view in example_views(frame, answers, rules.book, wording):
                assert view.answer.verdict != wording.say(rules.book.messages["verdict_eligible"])
