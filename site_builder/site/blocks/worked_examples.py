"""Published examples of one kind, in the newest call of each budget, with the calculator's own answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from calculator.assess import Assessor
from site_builder.rules.model import Example, Rules
from site_builder.site.addresses import Link
from site_builder.site.blocks.budgets import Way, budgets
from site_builder.site.example_answers import WORDED, AnswerView
from site_builder.site.examples import ExampleView, answer_to, example_view, shown
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class ExampleOfKind:
    """An example, the frame that it belongs to, and the budget of that."""

    budget: str
    frame: Link
    example: ExampleView


def examples(rules: Rules, wording: Wording, told: tuple[str, ...]) -> tuple[ExampleOfKind, ...]:
    """Return the published examples of the kinds `told`; their links lead to the pages of their frames."""
    assessor = Assessor(rules.book)
    return tuple(
        ExampleOfKind(
            wording.fill("programme_and_round", programme=way.call.programme.short_name, round=way.call.round.name),
            Link(wording.say(way.frame.rules.name), way.path(wording)),
            _view(example, way, assessor, rules, wording),
        )
        for way, example in _of_kinds(told, rules)
    )


def example_kinds(_: Rules) -> frozenset[str]:
    """Return the kinds of examples that pages can show."""
    return frozenset(WORDED)


def _of_kinds(kinds: tuple[str, ...], rules: Rules) -> Iterator[tuple[Way, Example]]:
    for budget in budgets(rules):
        for way in budget.newest:
            yield from ((way, one) for one in shown(way.frame) if one.kind in kinds)


def _view(example: Example, way: Way, assessor: Assessor, rules: Rules, wording: Wording) -> ExampleView:
    view = example_view(example, way.frame, answer_to(example, assessor), rules.book, wording)
    anchor = f"{way.frame.rules.rule_set.replace('/', '.')}.{example.name}"
    return replace(view, anchor=anchor, answer=_from_afar(view.answer, way, wording))


def _from_afar(answer: AnswerView, way: Way, wording: Wording) -> AnswerView:
    """Return the answer with links that lead to the frame's page."""

    def far(path: str) -> str:
        return way.path(wording, path.removeprefix("#"))

    return replace(
        answer,
        unmet=tuple(one if one.path is None else replace(one, path=far(one.path)) for one in answer.unmet),
        cases=tuple(Link(one.text, far(one.path)) for one in answer.cases),
    )
