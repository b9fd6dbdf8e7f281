"""Companies whose answer a difference changes, in words: what they are, and both answers with the reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from calculator.figures import decimal_text, figure_text
from calculator.json_values import JsonObject
from calculator.kinds import Kind
from calculator.rulebook import FrameRules, RuleBook
from calculator.text import Text
from site_builder.site.addresses import Link
from site_builder.site.differences.steps import Offer
from site_builder.site.example_answers import FigureView, told_rate
from site_builder.site.examples import StatedView, stated_views
from site_builder.site.flips.search import ELIGIBLE, Flip
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class SideOfFlip:
    """The answer under one call: its frame, the verdict, the figures, what is not met or left open.

    `idle` is what is told of the company and has no part in this answer.
    """

    frame: Link
    verdict: str
    figures: tuple[FigureView, ...]
    unmet: tuple[Link, ...]
    open_points: tuple[str, ...]
    idle: tuple[StatedView, ...]


@dataclass(frozen=True, slots=True)
class FlipView:
    """A company: what the difference rests on, what else is assumed, and both answers.

    `cases` are the two lines by which `python -m calculator assess` gives the two answers.
    """

    told: tuple[StatedView, ...]
    rest: tuple[StatedView, ...]
    sides: tuple[SideOfFlip, ...]
    cases: tuple[str, ...]


def flip_view(flip: Flip, book: RuleBook, wording: Wording, *, with_idle: bool = False) -> FlipView:
    """Word a company and its two answers; `with_idle` tells of each what it does not rest on."""
    told = {name: value for name, value in flip.facts.items() if name in flip.told}
    rest = {name: value for name, value in flip.facts.items() if name not in flip.told}
    before, after = flip.thread.before, flip.thread.after
    idle = flip.idle if with_idle else ((), ())
    return FlipView(
        told=stated_views(told, book, wording),
        rest=stated_views(rest, book, wording),
        sides=tuple(
            _side(offer, answer, {name: flip.facts[name] for name in names}, book, wording)
            for offer, answer, names in ((before, flip.before, idle[0]), (after, flip.after, idle[1]))
            if offer is not None
        ),
        cases=tuple(_case(offer, flip) for offer in (before, after) if offer is not None),
    )


def _case(offer: Offer, flip: Flip) -> str:
    rules = offer.frame.rules
    case = {"kind": flip.kind, "rule_set": rules.rule_set, "round": rules.round, "facts": flip.facts}
    return json.dumps(case, ensure_ascii=False, default=decimal_as_text)


def decimal_as_text(growth: Fraction) -> str:
    """Return a growth or a share in per cent as JSON holds it without loss, and the calculator reads it."""
    return decimal_text(growth).replace(",", "")


def _side(offer: Offer, answer: JsonObject, idle: JsonObject, book: RuleBook, wording: Wording) -> SideOfFlip:
    rules, address = offer.frame.rules, offer.call.frame_address(offer.frame.slug)
    name = wording.fill("changes_frame_in_call", frame=rules.name, round=offer.call.round.name)
    labels = dict(_requirements(rules))
    return SideOfFlip(
        frame=Link(name, address.path(wording.language)),
        verdict=_verdict(answer, book, wording),
        figures=tuple(_figures(answer, rules, book, wording)),
        unmet=tuple(
            Link(wording.say(labels[code]), address.path(wording.language, code)) for code in answer.get("failed", ())
        ),
        open_points=tuple(
            wording.say_sentence(book.open_points[name]) for name in answer["missing"] if name in book.open_points
        ),
        idle=stated_views(idle, book, wording),
    )


def _verdict(answer: JsonObject, book: RuleBook, wording: Wording) -> str:
    if "clawback" in answer:
        return wording.fill("example_repaid", total=figure_text(Kind.YEN, answer["clawback"]["total_yen"]))
    return wording.say(book.messages[f"verdict_{answer['outcome']}"])


def _figures(answer: JsonObject, rules: FrameRules, book: RuleBook, wording: Wording) -> Iterator[FigureView]:
    """Yield the figures of an answer that is paid something."""
    if answer.get("outcome") != ELIGIBLE:
        return
    yield FigureView(wording.words["rate"], told_rate(str(answer["rate"]), rules, book, wording))
    for name in ("upper_limit_yen", "eligible_cost_yen", "subsidy_yen"):
        label = wording.say(wording.messages[f"figure_{name}"])
        yield FigureView(label, wording.say(figure_text(Kind.YEN, answer[name])))


def _requirements(rules: FrameRules) -> Iterator[tuple[str, Text]]:
    """Yield the label of all that can fail, by its code."""
    lower = None if rules.award is None else rules.award.lower_limit
    for one in (*rules.requirements, *(() if lower is None else (lower,))):
        yield one.code, one.label
