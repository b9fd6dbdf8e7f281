"""Values that changed in a way that looks like a slip: those of one round beside those of the round before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import groupby, pairwise

from calculator.expressions import Constant
from calculator.kinds import Kind
from site_builder.errors import Place
from site_builder.examining.findings import Finding
from site_builder.examining.pasting import pasted
from site_builder.examining.subject import Call, Subject
from site_builder.rules.drafts.awards import AwardDraft, OpenAwardDraft
from site_builder.rules.drafts.parts import parts_under
from site_builder.rules.drafts.values import ValueDraft
from site_builder.rules.notation import literal
from site_builder.rules.resolution.scopes import award_figures, figures_in_force
from site_builder.sources.nodes import ScalarNode

#: What a value is rarely multiplied or divided by, and often by a slip: a nought more, 万 lost, % for a share, doubled.
_SLIPS: Mapping[Fraction, str] = {
    Fraction(10): "ten times",
    Fraction(100): "a hundred times",
    Fraction(1000): "a thousand times",
    Fraction(10_000): "ten thousand times",
    Fraction(1, 10): "a tenth of",
    Fraction(1, 100): "a hundredth of",
    Fraction(1, 1000): "a thousandth of",
    Fraction(1, 10_000): "a ten-thousandth of",
}
#: So many times, and its inverse, is looked at in any case: a nought too many is rarely all that changed.
_MUCH = 5
_DOUBLED = {Fraction(2): "double", Fraction(1, 2): "half of"}


def examine_neighbours(subject: Subject) -> Iterator[Finding]:
    """Yield the values of a frame that changed suspiciously from one of its rounds to the next.

    The first round of a frame that takes the place of an earlier one stands beside the last round of that.
    """
    calls = {name: list(some) for name, some in groupby(subject.calls, key=lambda call: call.name)}
    for of_frame in calls.values():
        follows = of_frame[0].frame.follows
        earlier = [] if follows is None else calls.get(follows.frame.value, [])[-1:]
        for before, after in pairwise([*earlier, *of_frame]):
            yield from _changed(before, after, subject)


def _changed(before: Call, after: Call, subject: Subject) -> Iterator[Finding]:
    earlier, later = values_of(before), values_of(after)
    for name, (now, place) in later.items():
        was = earlier.get(name)
        words = None if was is None else _slip(was[0], now)
        if was is None or words is None:
            continue
        written = (literal(now.kind, now.value), literal(now.kind, was[0].value))
        sentence = f"{name} is {written[0]}, {words} the {written[1]} of {_called(before, after)}"
        hint = "look it up in the document of each round"
        of, rounds = f"{after.name} {name}", (after.round.number,)
        yield Finding("suspicious-change", place, of, sentence, hint, _example(before, after, subject), rounds=rounds)


def _called(before: Call, after: Call) -> str:
    number = "its call" if before.round.number is None else f"round {before.round.number}"
    return number if before.name == after.name else f"{before.name} in {number}"


def _example(before: Call, after: Call, subject: Subject) -> str | None:
    """Return a company of the later round that would be answered otherwise by the rules of the round before."""
    if not subject.is_shown:
        return None
    book = subject.rules.book
    frame = book.frames[after.name]
    as_before = replace(frame, rounds={**frame.rounds, after.round.number: before.rules})
    other = replace(book, frames={**book.frames, after.name: as_before})
    company = subject.companies.between(after.name, after.round.number, (before.rules, after.rules), other)
    return None if company is None else pasted(company, f"as changed in round {after.round.number}", book)


def values_of(call: Call) -> dict[str, tuple[Constant, Place]]:
    """Return every value of a frame in a round that has a name: its figures, and those of its award."""
    figures = figures_in_force(call.rule_set.file.figures, call.frame.figures, call.round)
    found = {name: (one.value.constant, one.value.node.place()) for name, one in figures.items()}
    constants = {name: constant for name, (constant, _) in found.items()}
    for name, (constant, citation) in award_figures(call.frame.award, constants).items():
        node = _node_in_award(call.frame.award, name)
        figure = None if node is None else figures.get(node.value)
        if figure is not None:
            found[name] = (constant, figure.value.node.place())
        else:
            found[name] = (constant, (citation.source if node is None else node).place())
    return found


def _node_in_award(award: AwardDraft | OpenAwardDraft | None, name: str) -> ScalarNode | None:
    """Return where a value of an award is written, as texts call it: `rate.1`, `upper_limit.most`, `lower_limit`."""
    if not isinstance(award, AwardDraft):
        values = [part for part in parts_under(award) if isinstance(part, ValueDraft)]
        return values[0].node if values else None
    sort, _, at = name.partition(".")
    place = int(at) - 1 if at.isdigit() else -1
    match sort:
        case "rate":
            rate = award.rates[place].rate
            return rate.node if isinstance(rate, ValueDraft) else None
        case "uplift":
            return award.upper_limit.uplifts[place].amount.node
        case "lower_limit" if award.lower_limit is not None:
            return award.lower_limit.amount.node
        case _:
            return award.upper_limit.tiers[place].amount.node


def _slip(was: Constant, now: Constant) -> str | None:
    """Return in words what a value was multiplied by, if that looks like a slip."""
    if was.kind is not now.kind or was.kind not in (Kind.YEN, Kind.PERCENT, Kind.RATE, Kind.COUNT, Kind.MONTHS):
        return None
    before, after = was.value, now.value
    if not isinstance(before, int | Fraction) or not isinstance(after, int | Fraction) or not before or not after:
        return None
    ratio = Fraction(after) / Fraction(before)
    slips = {**_SLIPS, **(_DOUBLED if was.kind in (Kind.RATE, Kind.PERCENT) else {})}
    if ratio >= _MUCH:
        return slips.get(ratio, f"at least {_MUCH} times")
    return slips.get(ratio, f"at most a {_MUCH}th of" if ratio <= Fraction(1, _MUCH) else None)
