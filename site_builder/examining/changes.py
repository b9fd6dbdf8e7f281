"""Small mistakes that somebody could make in a rule: a draft goes in, and one draft for each mistake comes out.

A change is made in the syntax tree that was read from the file, so it has a place, and whatever is made of the rules
is made of the changed ones in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from calculator.expressions import Constant
from calculator.kinds import Kind
from calculator.rulebook import SliceBasis
from site_builder.examining.syntax_changes import Vocabulary, changed_syntax, smallest_steps
from site_builder.rules.drafts.awards import AwardDraft, BoundDraft, CostRowsDraft, SlicedRateDraft, UpperLimitDraft
from site_builder.rules.drafts.carried import (
    CarriedAwardsDraft,
    CarriedDraft,
    CarriedRepaymentDraft,
    CarriedRequirementsDraft,
    CarriedSelectionDraft,
)
from site_builder.rules.drafts.clawbacks import ClawbackCaseDraft, ClawbackTotalDraft
from site_builder.rules.drafts.conditions import ConditionDraft, PartsDraft, Together, WhenDraft
from site_builder.rules.drafts.examples import ExamplesDraft
from site_builder.rules.drafts.folder import RuleSetDraft
from site_builder.rules.drafts.frames import FrameDraft
from site_builder.rules.drafts.named import FigureDraft
from site_builder.rules.drafts.requirements import PointLimitDraft, RequirementDraft, SelectionDraft, SelectionItemDraft
from site_builder.rules.drafts.rounds import RoundDraft, WhenMomentDraft
from site_builder.rules.drafts.rule_sets import HeadDraft, OtherMomentDraft, RuleSetFileDraft, SharedDraft
from site_builder.rules.drafts.statements import CitationDraft, StatementDraft
from site_builder.rules.notation import literal
from site_builder.rules.syntax import ExpressionDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.source_file import SourceFile
from site_builder.sources.texts import TextDraft

if TYPE_CHECKING:
    from site_builder.errors import Place

T = TypeVar("T")

#: What decides nothing, or is changed as a part of what holds it.
_LEFT_ALONE = (
    BoundDraft, CitationDraft, ExamplesDraft, HeadDraft, ScalarNode, SourceFile, StatementDraft, TextDraft,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A changed draft: where the change is, what was done there in words, and the sort of change."""

    draft: object
    place: Place
    words: str
    sort: str


def changes_of(draft: object, vocabulary: Vocabulary) -> Iterator[Change]:
    """Yield `draft` with one change in it, for each change that can be made in it or under it."""
    if isinstance(draft, _LEFT_ALONE):
        return
    yield from _own_changes(draft, vocabulary)
    match draft:
        case ExpressionDraft(syntax, node):
            for one in changed_syntax(syntax, vocabulary):
                place = node.place(one.span.start, one.span.end)
                yield Change(replace(draft, syntax=one.syntax), place, one.words, one.sort)
        case Mapping():
            for name, part in draft.items():
                yield from _within(part, vocabulary, partial(_with_entry, draft, name))
        case tuple():
            for at, part in enumerate(draft):
                yield from _within(part, vocabulary, partial(_with_part, draft, at))
        case _ if is_dataclass(draft):
            for field in _fields_that_decide(draft):
                yield from _within(getattr(draft, field), vocabulary, partial(_with_field, draft, field))


def _within(part: object, vocabulary: Vocabulary, put_back: Callable[[object], object]) -> Iterator[Change]:
    for change in changes_of(part, vocabulary):
        yield Change(put_back(change.draft), change.place, change.words, change.sort)


def _with_entry(draft: Mapping[str, object], name: str, new: object) -> object:
    return {**draft, name: new}


def _with_part(draft: tuple[object, ...], at: int, new: object) -> object:
    return (*draft[:at], new, *draft[at + 1 :])


def _with_field(draft: Any, field: str, new: object) -> object:  # noqa: ANN401 - whichever draft has the field
    return replace(draft, **{field: new})


def _fields_that_decide(draft: object) -> list[str]:
    match draft:
        case RoundDraft():
            return ["schedule", "figures", "added", "carried"]
        case CarriedDraft():
            return ["requirements", "awards", "repayments", "selection"]
        case RuleSetFileDraft():
            return ["shared", "definitions", "figures"]
        case RuleSetDraft():
            return ["file", "frames", "rounds"]
        case FrameDraft():
            return [
                "definitions", "figures", "requirements", "award", "selection", "joint", "consortium", "clawback",
            ]  # fmt: skip
    return [one.name for one in fields(draft)]  # type: ignore[arg-type]  # it is a dataclass


def _own_changes(draft: object, vocabulary: Vocabulary) -> Iterator[Change]:
    match draft:
        case FigureDraft(value=value):
            for constant in smallest_steps(value.constant):
                words = f"{value.node.value} → {literal(constant.kind, constant.value)}"
                changed = replace(draft, value=replace(value, constant=constant))
                yield Change(changed, value.node.place(), words, "value")
        case PartsDraft():
            yield from _parts(draft)
        case WhenDraft():
            place = _place(draft.when)
            yield Change(draft.then, place, "`when` dropped", "part dropped")
        case WhenMomentDraft() | OtherMomentDraft():
            yield from _moments(draft)
        case SharedDraft():
            yield from _shared(draft)
        case FrameDraft():
            yield from _frame(draft)
        case RuleSetDraft():
            yield from _offered(draft)
        case CarriedRequirementsDraft() | CarriedSelectionDraft() | CarriedAwardsDraft() | CarriedRepaymentDraft():
            yield from _carried(draft)
        case _:
            yield from _of_an_award(draft, vocabulary)


def _parts(draft: PartsDraft) -> Iterator[Change]:
    place = _place(draft)
    others = {
        Together.ALL_OF: Together.ANY_OF,
        Together.ANY_OF: Together.ALL_OF,
        Together.NONE_OF: Together.ANY_OF,
    }
    other = others[draft.together]
    if len(draft.parts) > 1 or draft.together is Together.NONE_OF:
        yield Change(replace(draft, together=other), place, f"{draft.together} → {other}", "connective")
    for at, part in enumerate(draft.parts) if len(draft.parts) > 1 else ():
        left = replace(draft, parts=_without(draft.parts, at))
        yield Change(left, _place(part), f"a part of {draft.together} dropped", "part dropped")


def _moments(draft: WhenMomentDraft | OtherMomentDraft) -> Iterator[Change]:
    at: datetime | None = draft.at
    on: date | None = draft.on if isinstance(draft, WhenMomentDraft) else None
    place = draft.node.place() if isinstance(draft, WhenMomentDraft) else draft.citation.source.place()
    if at is not None:
        for moved in smallest_steps(Constant(Kind.MOMENT, at)):
            words = f"{at:%Y-%m-%d %H:%M} → {literal(moved.kind, moved.value)}"
            yield Change(replace(draft, at=moved.value), place, words, "date")  # type: ignore[arg-type]
    elif on is not None and isinstance(draft, WhenMomentDraft):
        for moved in smallest_steps(Constant(Kind.DATE, on)):
            yield Change(replace(draft, on=moved.value), place, f"{on} → {moved.value}", "date")  # type: ignore[arg-type]


def _shared(draft: SharedDraft) -> Iterator[Change]:
    for at, one in enumerate(draft.requirements):
        yield _dropped(one, replace(draft, requirements=_without(draft.requirements, at)))
    for name, applicant_class in draft.classes.items():
        left = {other: value for other, value in draft.classes.items() if other != name}
        yield Change(
            replace(draft, classes=left), applicant_class.label.ja.place(), f"class {name} dropped", "rule dropped"
        )
    yield from _selection(draft)
    yield from _joint(draft)
    if draft.rate_change is not None:
        place = draft.rate_change.fact.place()
        yield Change(replace(draft, rate_change=None), place, "rate_change dropped", "rule dropped")


def _frame(draft: FrameDraft) -> Iterator[Change]:
    for at, one in enumerate(draft.requirements):
        yield _dropped(one, replace(draft, requirements=_without(draft.requirements, at)))
    yield from _selection(draft)
    yield from _joint(draft)
    again = draft.reexamination
    if again is not None and again.frame is not None:
        changed = replace(draft, reexamination=replace(again, frame=None))
        yield Change(changed, again.frame.place(), f"{again.frame.value} → none", "rule dropped")
    if again is not None:
        changed = replace(draft, reexamination=None)
        yield Change(changed, again.code.place(), "reexamination dropped", "rule dropped")
    if isinstance(draft.award, AwardDraft) and draft.award.lower_limit is not None:
        place = draft.award.lower_limit.code.place()
        changed = replace(draft, award=replace(draft.award, lower_limit=None))
        yield Change(changed, place, "lower limit dropped", "rule dropped")
    if draft.consortium is not None and draft.consortium.pool is not None:
        changed = replace(draft, consortium=replace(draft.consortium, pool=None))
        yield Change(changed, draft.consortium.pool.code.place(), "pool dropped", "rule dropped")


def _selection(draft: SharedDraft | FrameDraft) -> Iterator[Change]:
    for one, left in _fewer_points(draft.selection):
        yield _dropped(one, replace(draft, selection=left))


def _fewer_points(selection: SelectionDraft) -> Iterator[tuple[SelectionItemDraft | PointLimitDraft, SelectionDraft]]:
    """Yield each point, deduction and limit, with what is left without it."""
    for at, one in enumerate(selection.bonuses):
        yield one, replace(selection, bonuses=_without(selection.bonuses, at))
    for at, one in enumerate(selection.deductions):
        yield one, replace(selection, deductions=_without(selection.deductions, at))
    for at, limit in enumerate(selection.limits):
        yield limit, replace(selection, limits=_without(selection.limits, at))


def _carried(
    draft: CarriedRequirementsDraft | CarriedSelectionDraft | CarriedAwardsDraft | CarriedRepaymentDraft,
) -> Iterator[Change]:
    """Yield what a round may have otherwise of the rules that it takes over: what it drops kept, what it adds gone."""
    for at, (name, place) in enumerate(_names_dropped(draft)):
        left = _without(draft.dropped, at)
        yield Change(_with_field(draft, "dropped", left), place, f"{name} not dropped", "rule dropped")
    match draft:
        case CarriedRequirementsDraft(added=added):
            for at, one in enumerate(added):
                yield _dropped(one, replace(draft, added=_without(added, at)))
        case CarriedSelectionDraft(added=selection):
            for item, left_over in _fewer_points(selection):
                yield _dropped(item, replace(draft, added=left_over))
        case CarriedAwardsDraft():
            yield from _carried_awards(draft)


def _names_dropped(
    draft: CarriedRequirementsDraft | CarriedSelectionDraft | CarriedAwardsDraft | CarriedRepaymentDraft,
) -> list[tuple[str, Place]]:
    if isinstance(draft, CarriedAwardsDraft):
        return [(name, draft.frames[0].place()) for name in draft.dropped]
    return [(name.value, name.place()) for name in draft.dropped]


def _carried_awards(draft: CarriedAwardsDraft) -> Iterator[Change]:
    rates = draft.rates or ()
    for at, case in enumerate(rates[:-1]):
        yield Change(replace(draft, rates=_without(rates, at)), case.at, "a rate dropped", "rule dropped")
    for at, uplift in enumerate(draft.uplifts):
        changed = replace(draft, uplifts=_without(draft.uplifts, at))
        yield Change(changed, uplift.amount.node.place(), "uplift dropped", "rule dropped")
    if draft.lower_limit is not None:
        place = draft.lower_limit.code.place()
        yield Change(replace(draft, lower_limit=None), place, "lower limit dropped", "rule dropped")


def _joint(draft: SharedDraft | FrameDraft) -> Iterator[Change]:
    joint = draft.joint
    if joint is None:
        return
    for at, one in enumerate(joint.requirements):
        changed = replace(joint, requirements=_without(joint.requirements, at))
        yield _dropped(one, replace(draft, joint=changed))


def _dropped(one: RequirementDraft | SelectionItemDraft | PointLimitDraft, left: object) -> Change:
    return Change(left, one.code.place(), f"{one.code.value} dropped", "rule dropped")


def _offered(draft: RuleSetDraft) -> Iterator[Change]:
    for slug, frame in draft.frames.items():
        offered = frame.offered.rounds
        if not offered:
            continue
        numbers = {number for number, _ in offered}
        others = [one.number for one in draft.rounds.values() if one.number not in numbers and one.placeholder is None]
        changed = [(f"round {number} not offered", _without(offered, at)) for at, (number, _) in enumerate(offered)]
        changed += [
            (f"round {number} offered too", (*offered, (number, offered[0][1])))
            for number in others
            if number is not None
        ]
        for words, rounds in changed:
            other = replace(frame, offered=replace(frame.offered, rounds=rounds))
            yield Change(replace(draft, frames={**draft.frames, slug: other}), frame.offered.at, words, "round")


def _of_an_award(draft: object, vocabulary: Vocabulary) -> Iterator[Change]:
    match draft:
        case AwardDraft(rates=rates):
            for at, case in enumerate(rates[:-1]):
                yield Change(replace(draft, rates=_without(rates, at)), case.at, "a rate dropped", "rule dropped")
        case SlicedRateDraft(slices=slices, of=of):
            basis = SliceBasis.COST if of is SliceBasis.SUBSIDY else SliceBasis.SUBSIDY
            yield Change(replace(draft, of=basis), slices[0].at, f"of: {of} → {basis}", "value")
            for at, one in enumerate(slices if len(slices) > 1 else ()):
                yield Change(replace(draft, slices=_without(slices, at)), one.at, "a slice dropped", "rule dropped")
        case UpperLimitDraft():
            yield from _borders(draft)
            for at, uplift in enumerate(draft.uplifts):
                changed = replace(draft, uplifts=_without(draft.uplifts, at))
                yield Change(changed, uplift.amount.node.place(), "uplift dropped", "rule dropped")
        case CostRowsDraft():
            yield from _categories(draft, vocabulary)
        case ClawbackCaseDraft() if draft.when is not None:
            written = "when" if draft.counts_only_if_stated else "when_stated"
            stated = replace(draft, counts_only_if_stated=not draft.counts_only_if_stated)
            yield Change(stated, draft.reason.place(), f"written with `{written}`", "connective")
        case ClawbackTotalDraft(others=others) if others is not None:
            yield Change(replace(draft, others=None), others.node.place(), "others dropped", "rule dropped")
        case tuple() if len(draft) > 1 and all(isinstance(one, ClawbackCaseDraft) for one in draft):
            for at, case in enumerate(draft):
                if case.when is not None:
                    yield Change(
                        _without(draft, at), case.reason.place(), f"{case.reason.value} dropped", "rule dropped"
                    )


def _borders(draft: UpperLimitDraft) -> Iterator[Change]:
    """Move each border that is written out, on both of its sides."""
    for at, (below, above) in enumerate(pairwise(draft.tiers)):
        if below.end is None or below.end.literal is None:
            continue
        written = below.end.literal.constant
        for moved in smallest_steps(written):
            start = above.start
            if start is not None and start.literal is not None:
                step = moved.value - written.value  # type: ignore[operator]
                begins = Constant(moved.kind, start.literal.constant.value + step)  # type: ignore[operator, arg-type]
                start = replace(start, literal=replace(start.literal, constant=begins))
            end = replace(below.end, literal=replace(below.end.literal, constant=moved))
            tiers = (
                *draft.tiers[:at],
                replace(below, end=end),
                replace(above, start=start),
                *draft.tiers[at + 2 :],
            )
            words = f"{below.end.node.value} → {literal(moved.kind, moved.value)}"
            yield Change(replace(draft, tiers=tiers), below.end.node.place(), words, "value")


def _categories(draft: CostRowsDraft, vocabulary: Vocabulary) -> Iterator[Change]:
    for at, one in enumerate(draft.categories if len(draft.categories) > 1 else ()):
        changed = replace(draft, categories=_without(draft.categories, at))
        yield Change(changed, one.place(), f"{one.value} dropped", "choice")
    names = {one.value for one in draft.categories}
    last = draft.categories[-1]
    for name in vocabulary.choices(draft.category.value, draft.column.rows.value):
        if name not in names:
            changed = replace(draft, categories=(*draft.categories, replace(last, value=name)))
            yield Change(changed, last.place(), f"{name} added", "choice")


def _place(draft: ConditionDraft) -> Place:
    """Return where the first expression of a condition stands."""
    match draft:
        case ExpressionDraft(_, node):
            return node.place()
        case PartsDraft(parts=(first, *_)):
            return _place(first)
        case WhenDraft(when=when):
            return _place(when)
        case _:
            return _place(draft.condition)  # type: ignore[union-attr]


def _without(parts: tuple[T, ...], at: int) -> tuple[T, ...]:
    return (*parts[:at], *parts[at + 1 :])
