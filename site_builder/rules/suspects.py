"""What many worked examples that differ have in common: one figure that would put all of them right, or one rule.

Both are tried, not guessed: the figure is given each value that those examples have, and every example of its budgets
is worked out again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial, reduce
from typing import TYPE_CHECKING, TypeAlias

from calculator.assess import Assessor
from calculator.expressions import Constant
from calculator.kinds import Kind
from site_builder.errors import GuidanceError, GuidanceErrors
from site_builder.rules.assessors import budget_of
from site_builder.rules.drafts.awards import AwardDraft, BoundDraft
from site_builder.rules.drafts.parts import parts_under
from site_builder.rules.late_book import book_with, with_definitions, with_rule_set
from site_builder.rules.notation import literal
from site_builder.rules.proof import case_of, differing, unmet_examples
from site_builder.rules.resolution.carrying import as_in_round, taken_over_again
from site_builder.rules.resolution.inheritance import shared_with
from site_builder.rules.syntax import ExpressionDraft, names_of

if TYPE_CHECKING:
    from calculator.expressions import Scalar
    from site_builder.memo import Memo
    from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.named import FigureDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.rules.model import Example, Rules
    from site_builder.sources.nodes import ScalarNode

#: Fewer examples that differ are looked at one by one.
_FEWEST = 3

With: TypeAlias = Callable[["FigureDraft"], "RulesDraft"]
"""What puts a figure in the place of another, and returns the rules with it."""


@dataclass(frozen=True, slots=True)
class _Unmet:
    """An example that differs: in which parts, by which requirements, and the names on which that may rest."""

    example: Example
    codes: Mapping[str, ScalarNode]
    names: frozenset[str]


def suspects(draft: RulesDraft, rules: Rules, memo: Memo) -> tuple[GuidanceError, ...]:
    """Return what many of the examples that differ have in common, told where it stands; nothing where they are few.

    `rules` are what `draft` stands for; what `memo` knows was worked out before.
    """
    examples = unmet_examples(rules, memo)
    if len({(one.rule_set, one.name) for one in examples}) < _FEWEST:
        return ()
    assessor = Assessor(rules.book)
    unmet = tuple(_unmet(draft, one, json.loads(assessor.answer_line(case_of(one)))) for one in examples)
    return tuple(_figures_at_fault(draft, rules, unmet)) or tuple(_requirements_at_fault(unmet))


def _figures_at_fault(draft: RulesDraft, rules: Rules, unmet: tuple[_Unmet, ...]) -> Iterator[GuidanceError]:
    """Yield each figure of which another value would make every example come out as it is written."""
    common = reduce(frozenset.intersection, (one.names for one in unmet))
    examples = tuple(one.example for one in unmet)
    order = [*examples, *(one for one in rules.examples if one not in examples)]
    for name, figure, changed in _figures(draft, examples):
        constant = figure.value.constant
        tried = _by_distance(_values(examples, constant.kind), constant.value) if name in common else []
        right = next((one for one in tried if _all_met(changed(_with_value(figure, one)), rules, order)), None)
        if right is not None:
            value = literal(constant.kind, right)
            sentence = f"{_count(examples)} differ, and all would come out as written if '{name}' were {value}"
            hint = "compare the value with the document that it cites; where it is right, mend the examples"
            yield GuidanceError(figure.value.node.place(), sentence, hint, "suspect-rule")


def _requirements_at_fault(unmet: tuple[_Unmet, ...]) -> Iterator[GuidanceError]:
    """Yield each requirement that every example that differs judges otherwise."""
    for code, node in unmet[0].codes.items():
        if all(one.codes.get(code) == node for one in unmet):
            sentence = f"{_count([one.example for one in unmet])} differ, and '{code}' is otherwise in all of them"
            hint = "compare its condition, and what that names, with the document; where it is right, mend the examples"
            yield GuidanceError(node.place(), sentence, hint, "suspect-rule")


def _count(examples: tuple[Example, ...] | list[Example]) -> str:
    return f"{len({(one.rule_set, one.name) for one in examples})} worked examples"


def _unmet(draft: RulesDraft, example: Example, answer: Mapping[str, object]) -> _Unmet:
    budget, _, slug = example.rule_set.rpartition("/")
    written = _rule_set(draft, budget)
    rule_set, round_ = as_in_round(written, written.rounds[example.round])
    frame = rule_set.frames[slug]
    parts = differing(example, answer)
    codes = _codes(rule_set, frame, _otherwise(example, answer)) if "failed" in parts else {}
    return _Unmet(
        example, codes, _names(draft, rule_set, frame, round_, tuple(_rest_on(rule_set, frame, parts, codes)))
    )


def _otherwise(example: Example, answer: Mapping[str, object]) -> frozenset[object]:
    """Return the codes that only one of an example and its answer says to fail."""
    expected, given = example.expected.get("failed"), answer.get("failed")
    return frozenset(expected if isinstance(expected, list) else ()) ^ frozenset(
        given if isinstance(given, list) else ()
    )


def _codes(rule_set: RuleSetDraft, frame: FrameDraft, codes: frozenset[object]) -> Mapping[str, ScalarNode]:
    requirements = (*shared_with(frame, rule_set).requirements, *frame.requirements)
    return {one.code.value: one.code for one in requirements if one.code.value in codes}


def _rest_on(
    rule_set: RuleSetDraft, frame: FrameDraft, parts: tuple[str, ...], codes: Mapping[str, ScalarNode]
) -> Iterator[object]:
    """Yield what of a frame's rules decides the parts of an answer that differ: all of it, where that is not told."""
    shared = shared_with(frame, rule_set)
    award = frame.award if isinstance(frame.award, AwardDraft) else None
    told: list[object] = [one for one in (*shared.requirements, *frame.requirements) if one.code.value in codes]
    if award is not None:
        of_award = {"rate": award.rates, "upper_limit_yen": award.upper_limit, "lower_limit_yen": award.lower_limit}
        told += [part for key, part in of_award.items() if key in parts]
    if "applicant_class" in parts:
        told.append(shared.classes)
    yield from told or [replace(frame, definitions={}, figures={}), shared]


def _names(
    draft: RulesDraft, rule_set: RuleSetDraft, frame: FrameDraft, round_: RoundDraft, parts: tuple[object, ...]
) -> frozenset[str]:
    """Return every name in those parts, and in the definitions that they name."""
    definitions = {
        **draft.definitions,
        **rule_set.file.definitions,
        **round_.added.definitions,
        **frame.definitions,
    }
    found: set[str] = set()
    waiting = list(_named_in(parts))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _named_in(definitions.get(name))
    return frozenset(found)


def _named_in(parts: object) -> Iterator[str]:
    for part in parts_under(parts):
        if isinstance(part, ExpressionDraft):
            yield from names_of(part.syntax)
        elif isinstance(part, BoundDraft) and part.literal is None:
            yield part.node.value


def _figures(draft: RulesDraft, examples: tuple[Example, ...]) -> Iterator[tuple[str, FigureDraft, With]]:
    """Yield the figures that all of the examples can rest on: shared ones, and those of the only budget and frame."""
    for name, figure in draft.defined.figures.items():
        yield name, figure, partial(_with_shared, draft, name)
    budgets = {budget_of(one.rule_set) for one in examples}
    if len(budgets) > 1:
        return
    rule_set = _rule_set(draft, *budgets)
    for name, figure in rule_set.file.figures.items():
        if figure is not draft.defined.figures.get(name):
            yield name, figure, partial(_with_own, draft, rule_set, name)
    frames = {one.rule_set for one in examples}
    for slug, frame in rule_set.frames.items():
        for name, figure in frame.figures.items() if frames == {f"{rule_set.slug}/{slug}"} else ():
            yield name, figure, partial(_with_frames, draft, rule_set, slug, name)
    for number, round_ in rule_set.rounds.items():
        own = round_.figures if round_.carried is None else round_.carried.own_figures
        for name in own:
            yield name, round_.figures[name], partial(_with_rounds, draft, rule_set, number, name)


def _with_value(figure: FigureDraft, value: Scalar) -> FigureDraft:
    constant = Constant(figure.value.constant.kind, value)
    return replace(figure, value=replace(figure.value, constant=constant))


def _with_shared(draft: RulesDraft, name: str, figure: FigureDraft) -> RulesDraft:
    return with_definitions(draft, replace(draft.defined, figures={**draft.defined.figures, name: figure}))


def _with_own(draft: RulesDraft, rule_set: RuleSetDraft, name: str, figure: FigureDraft) -> RulesDraft:
    file = replace(rule_set.file, figures={**rule_set.file.figures, name: figure})
    return with_rule_set(draft, replace(rule_set, file=file))


def _with_frames(draft: RulesDraft, rule_set: RuleSetDraft, slug: str, name: str, figure: FigureDraft) -> RulesDraft:
    frame = rule_set.frames[slug]
    changed = replace(frame, figures={**frame.figures, name: figure})
    return with_rule_set(draft, replace(rule_set, frames={**rule_set.frames, slug: changed}))


def _with_rounds(
    draft: RulesDraft, rule_set: RuleSetDraft, number: int | None, name: str, figure: FigureDraft
) -> RulesDraft:
    round_ = rule_set.rounds[number]
    changed = replace(round_, figures={**round_.figures, name: figure})
    return with_rule_set(draft, taken_over_again(replace(rule_set, rounds={**rule_set.rounds, number: changed})))


def _rule_set(draft: RulesDraft, slug: str) -> RuleSetDraft:
    return next(one for programme in draft.programmes for one in programme.rule_sets if one.slug == slug)


def _values(examples: tuple[Example, ...], kind: Kind) -> frozenset[int | Fraction]:
    """Return the values of a kind that the examples state or expect: a threshold has an example that stands at it."""
    leaves = (leaf for one in examples for leaf in _leaves((one.facts, one.expected)))
    return frozenset(value for leaf in leaves if (value := _as_kind(leaf, kind)) is not None)


def _by_distance(values: frozenset[int | Fraction], now: Scalar) -> list[int | Fraction]:
    """Return the values, the nearest to what it is now first: of those that would do, that one is told."""
    if not isinstance(now, int | Fraction):
        return []
    return sorted(values - {now}, key=lambda one: (abs(one - now), one))


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, list | tuple):
        for part in value:
            yield from _leaves(part)
    else:
        yield value


def _as_kind(leaf: object, kind: Kind) -> int | Fraction | None:
    match kind, leaf:
        case _, bool():
            return None
        case Kind.YEN | Kind.COUNT | Kind.MONTHS, int():
            return leaf
        case Kind.PERCENT, int() | float():
            return Fraction(str(leaf))
        case Kind.RATE, str() if leaf.replace("/", "", 1).isdecimal() and "/" in leaf[1:-1]:
            return Fraction(leaf)
    return None


def _all_met(changed: RulesDraft, rules: Rules, order: list[Example]) -> bool:
    """Say whether every example comes out as it is written by changed rules; one that does not is asked first next."""
    assessor = Assessor(book_with(rules.book, changed))
    try:
        for at, example in enumerate(order):
            if not _is_met(assessor, example):
                order.insert(0, order.pop(at))
                return False
    except (GuidanceError, GuidanceErrors):  # no such rules can be
        return False
    return True


def _is_met(assessor: Assessor, example: Example) -> bool:
    answer = json.loads(assessor.answer_line(case_of(example)))
    return "error" not in answer and not differing(example, answer)
